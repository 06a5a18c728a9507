"""What a machine can look for in a text, and what it may make of it; the rest of the points waits for a person."""

from abc import ABC
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Generic, Self

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, model_validator

from assessments.items import Record, Text
from grader.scoring.base import Check, ItemT, Judgement, Key
from grader.scoring.prose import is_prose, without_lists
from grader.scoring.words import Words, copied_share, has_phrase, words_of

MOSTLY = 0.5
"""A text with a larger share of copied words is no work of one's own."""

Share = Annotated[float, Field(ge=0, le=1)]


def _with_words(phrase: str) -> str:
    if not words_of(phrase):
        raise ValueError(f"found {phrase!r}, allowed phrases with at least one letter or digit")
    return phrase


Phrase = Annotated[Text, AfterValidator(_with_words)]
"""Words to look for in a text, as `has_phrase` finds them."""


class TextCheck(Record):
    """Words or phrases that a text should or should not hold.

    A check that looks for something earns points where it holds. One that only forbids (`none`) costs as much where it
    does not: an answer about something else would pass it too.

    Args:
        says: what is looked for, in plain words that do not give the phrases away; people who review read it.
        any: as many of these as `at_least` says have to be there.
        all: every one of these has to be there.
        none: none of these may be there.
        within: the field (text) or role (conversation) that is looked at; all of them if left out.
        weight: how much the check counts, against the weights of the others.
        required: an answer for which it does not hold earns nothing, and nobody has to read it.
    """

    says: Text
    any: tuple[Phrase, ...] = ()
    all: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    at_least: PositiveInt = 1
    within: str | None = None
    weight: PositiveFloat = 1.0
    required: bool = False

    @model_validator(mode="after")
    def _looks_for_something(self) -> Self:
        if not (self.any or self.all or self.none):
            raise ValueError("found nothing to look for, allowed phrases in any, all or none")
        if self.at_least > max(len(self.any), 1):
            raise ValueError(f"at_least: found {self.at_least}, allowed up to {len(self.any)}, the phrases in any")
        return self

    @property
    def earns(self) -> bool:
        """Whether something has to be there for it to hold."""
        return bool(self.any or self.all)

    def holds(self, texts: Mapping[str, str]) -> bool:
        """Whether it holds for the texts, by field or role; in long lists only forbidden words are heeded."""
        seen = [text for part, text in texts.items() if self.within in (None, part)]
        counted = [without_lists(text) for text in seen]
        return (
            (not self.any or sum(_in_one(counted, phrase) for phrase in self.any) >= self.at_least)
            and all(_in_one(counted, phrase) for phrase in self.all)
            and not any(_in_one([*map(words_of, seen)], phrase) for phrase in self.none)
        )


class Finding(Record):
    """What came of a check, and how much it counts.

    Args:
        earns: points are earned where it holds; else they are lost where it does not.
    """

    says: str
    holds: bool
    earns: bool = True
    weight: float = 1.0
    required: bool = False


class OpenKey(Key[ItemT], ABC, Generic[ItemT]):
    """A key for work that has no single right answer.

    Args:
        machine_share: the share of the points that the checks alone decide; a person judges the rest.
    """

    machine_share: Share
    checks: tuple[TextCheck, ...] = ()

    @property
    def needs_review(self) -> bool:
        return self.machine_share < 1


def judge_checks(
    checks: Iterable[TextCheck],
    texts: Mapping[str, str],
    machine_share: float,
    *,
    sources: Sequence[str] = (),
    also: Sequence[Finding] = (),
) -> Judgement:
    """Judge written work by checks; copies and what lacks the essential earn nothing, and lists of words nothing that a
    person does not give them. One part that is a list makes the whole one.

    Args:
        texts: the response, by field or role.
        sources: texts that the applicant was given; what is mostly taken from them earns nothing.
        also: what was looked for beside words.
    """
    if reason := no_work(texts.values(), sources):
        return Judgement(credit=0.0, explanation=reason)
    found = [*also, *findings(checks, texts)]
    whole = "\n".join(texts.values())
    if lacks_essential(found) or all(map(is_prose, (whole, *texts.values()))):
        return judge(found, machine_share)
    sentences = Check(says="is written in sentences", holds=False)
    return Judgement(
        credit=0.0,
        pending=1 - machine_share,
        explanation=_told("it reads like a list of words", machine_share),
        checks=(sentences, *_checks(found)),
    )


def no_work(texts: Iterable[str], sources: Sequence[str]) -> str | None:
    """Why texts show no work of one's own, or None if they may."""
    whole = "\n".join(texts)
    if not words_of(whole):
        return "nothing was written"
    return "most of it was copied from what was given" if copied_share(whole, sources) > MOSTLY else None


def findings(checks: Iterable[TextCheck], texts: Mapping[str, str]) -> list[Finding]:
    """What came of each check."""
    return [
        Finding(
            says=check.says,
            holds=check.holds(texts),
            earns=check.earns,
            weight=check.weight,
            required=check.required,
        )
        for check in checks
    ]


def lacks_essential(found: Iterable[Finding]) -> bool:
    """Whether a required check does not hold."""
    return any(each.required and not each.holds for each in found)


def judge(found: Sequence[Finding], machine_share: float) -> Judgement:
    """Credit = machine_share · max(0, won − lost) / possible; 1 − machine_share waits for a person.

    Won is the weight of the earning checks that hold, possible the weight of all earning checks, lost the weight of the
    others that do not hold: hits less false alarms (Youden, 1950), so that what any text would pass pays nothing. Where
    a required check does not hold, nothing is earned and nothing waits.
    """
    checks = _checks(found)
    if lacks_essential(found):
        return Judgement(credit=0.0, explanation="something that it cannot do without is missing", checks=checks)
    possible = sum(each.weight for each in found if each.earns)
    won = sum(each.weight for each in found if each.earns and each.holds)
    lost = sum(each.weight for each in found if not each.earns and not each.holds)
    return Judgement(
        credit=machine_share * (max(0.0, won - lost) / possible) if possible else 0.0,
        pending=1 - machine_share,
        explanation=_told(f"{sum(check.holds for check in checks)} of {len(checks)} checks hold", machine_share),
        checks=checks,
    )


def check_problems(
    checks: Iterable[TextCheck], parts: Iterable[str], machine_share: float, *, earning: int = 0
) -> list[str]:
    """What does not fit: checks of parts that there are not, and a machine's share without a check that earns.

    Args:
        parts: the fields or roles that a check may look within.
        earning: how many checks beside these earn points.
    """
    checks, allowed = [*checks], [*parts]
    wrong = [check.within for check in checks if check.within is not None and check.within not in allowed]
    found = [f"key.checks: found within = {within!r}, allowed {', '.join(allowed)}" for within in wrong]
    if machine_share > 0 and not earning and not any(check.earns for check in checks):
        found.append(f"key.machine_share: found {machine_share}, allowed 0 unless a check looks for something")
    return found


def _in_one(texts: Sequence[Words], phrase: str) -> bool:
    return any(has_phrase(words, phrase) for words in texts)


def _checks(found: Iterable[Finding]) -> tuple[Check, ...]:
    return tuple(Check(says=each.says, holds=each.holds) for each in found)


def _told(what: str, machine_share: float) -> str:
    return f"{what}; a person judges the rest" if machine_share < 1 else what
