"""Which words of a message are ruled out, as a careful reader understands it: in its own clause, or by what follows."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile

from assessments.targets.wordings import (
    ENDS,
    GO_ON,
    LIST_ENDS,
    NEGATORS,
    NO_SUCH,
    NOTS,
    PAST,
    QUESTIONS,
    REWORDED,
    STATES,
    SUBJECTS,
    THEM,
    THEN,
)
from assessments.targets.words import tokens


def reworded(text: str) -> tuple[str, ...]:
    """The words of a message, where roundabout ways of ruling out are put simply."""
    said = " ".join(tokens(text))
    for pattern, simply in REWORDED:
        said = re.sub(pattern, simply, said)
    return tuple(said.split())


def negated(said: tuple[str, ...], words: Collection[str]) -> set[int]:
    """The places of those of `words` that are ruled out; what is uncertain is not.

    Args:
        said: as `reworded` gives it.
    """
    before, after = set(_after_negations(said, words)), set(_before_verdicts(said, words))
    # of two negations (`I have no nut allergy`) nothing is left
    doubled = {i for i in before & after if _has_none(said, i)}
    return (before | after) - doubled


def _after_negations(said: tuple[str, ...], words: Collection[str]) -> Iterator[int]:
    """A negation holds up to the end of its clause, but after the first word only for what is listed with it."""
    opened: int | None = None
    hit: int | None = None
    for i, word in enumerate(said):
        if _is_negator(said, i):
            opened, hit = (None if opened is not None and hit is None and _cancels(said, opened, i) else i), None
        elif opened is None:
            continue
        elif word in words:
            if hit in (None, i - 1):
                hit = i
                yield i
            else:
                opened = None
        elif word == "or" or (word in (",", "and") and _goes_on(said[i + 1 : i + 3], words)):
            hit = None
        elif word in (",", "and") or _ends(said, opened, i):
            opened = None


def _is_negator(said: tuple[str, ...], i: int) -> bool:
    word, following = said[i], said[i + 1 : i + 2]
    if word.endswith("n't") and word not in PAST:
        # "Don't you have something with nuts?", "Wouldn't nuts be nice?"
        starts = i == 0 or said[i - 1] in ".!?"
        return not (following and following[0] in SUBJECTS) and not (starts and word in QUESTIONS)
    return word in NEGATORS


def _cancels(said: tuple[str, ...], first: int, second: int) -> bool:
    """Whether a second negation takes the first one back: `not without`, but not `no not` or `allergic so never`."""
    stressed = second == first + 1 and said[first] in ("no", "not", "never") and said[second] in NOTS
    return said[second] != "nor" and said[first] not in STATES and not stressed


def _goes_on(after: tuple[str, ...], words: Collection[str]) -> bool:
    """Whether a list goes on behind a comma or an `and`: `no nuts, milk or eggs`, `cannot eat, drink or smell nuts`."""
    return after[1:] == ("or",) or (
        after[:1] != () and after[0] in words and (after[1:] == () or after[1] in LIST_ENDS)
    )


def _ends(said: tuple[str, ...], opened: int, i: int) -> bool:
    word, before, following = said[i], said[i - 1], said[i + 1] if i + 1 < len(said) else ""
    if word.split("'")[0] in SUBJECTS:
        # `nobody wants you to order`: it is no subject there
        return before not in GO_ON | NEGATORS and following != "to"
    return (
        word in ENDS
        or (word == "care" and following != "for")
        or (word in ("have", "has", "need") and following == "to")
        or (word == "so" and i > opened + 1)
    )


def _before_verdicts(said: tuple[str, ...], words: Collection[str]) -> Iterator[int]:
    """The words, and those joined with them by and or or, that are ruled out by what comes after."""
    for i, word in enumerate(said):
        if word in words and THEN.match(" ".join(said[i + 1 : i + 9])):
            yield from _joined(said, i, words)
    whole = " ".join(said)
    for found in re.finditer(rf"(?<!\S){THEM.pattern}", whole):
        earlier = [i for i in range(len(whole[: found.start()].split())) if said[i] in words]
        if earlier:
            yield from _joined(said, earlier[-1], words)


def _joined(said: tuple[str, ...], last: int, words: Collection[str]) -> Iterator[int]:
    """The place and those before it in the same list."""
    yield last
    while last >= 2 and said[last - 1] in ("and", "or") and said[last - 2] in words:
        last -= 2
        yield last


def _has_none(said: tuple[str, ...], i: int) -> bool:
    start = i - len([*takewhile(NO_SUCH.__contains__, reversed(said[:i]))])
    return start > 0 and _is_negator(said, start - 1)
