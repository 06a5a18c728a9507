"""What was changed between a draft and a version of it, and whether somebody's reasons speak of it. A heuristic."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assessments.items import Record
from grader.scoring.prose import telling
from grader.scoring.words import has_phrase, words_of

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_ALIKE = 0.6
"""A replacement that shares so much of its letters is a matter of spelling or grammar."""

_SPEAKS_OF = {
    "number": "number figure digit dose date year amount value percent unit fact sum",
    "sign": "punctuation comma stop mark apostrophe colon quotation grammar article preposition",
    "form": "spelling misspelled typo grammar agreement agree tense plural singular verb form capital",
    "cut": "removed deleted cut dropped shorter shortened concise repetition repeated redundant unnecessary",
    "added": "added add missing inserted included lacked",
    "wording": "wording phrase replaced tone formal polite clear clearer simple simpler style jargon precise meaning",
}


class Edit(Record):
    """Words in a row that went, and those that came in their place.

    Args:
        kind: what sort of change it is, as far as one can see: a key of what reasons speak of.
    """

    removed: tuple[str, ...]
    added: tuple[str, ...]
    kind: str


def edits(draft: str, version: str) -> list[Edit]:
    """The changes, in their order; capitals count, white space does not."""
    old, new = _TOKEN.findall(draft), _TOKEN.findall(version)
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Edit(removed=old[a:b], added=new[c:d], kind=_kind(old[a:b], new[c:d], before=old[max(a - 1, 0) : a]))
        for tag, a, b, c, d in changes
        if tag != "equal"
    ]


def named_share(changes: Sequence[Edit], reasons: str) -> float:
    """The share of the changes that the reasons speak of, by one of their words or by their kind, 0…1."""
    spoken = words_of(reasons)

    def is_named(edit: Edit) -> bool:
        words = [*telling(" ".join((*edit.removed, *edit.added))), *_SPEAKS_OF[edit.kind].split()]
        return any(has_phrase(spoken, word) for word in words)

    return sum(map(is_named, changes)) / len(changes) if changes else 0.0


def _kind(removed: Sequence[str], added: Sequence[str], *, before: Sequence[str]) -> str:
    words = [*removed, *added]
    if any(word[0].isdigit() for word in (*before, *words)):
        return "number"
    if not telling(" ".join(words)):
        return "sign"
    if not added:
        return "cut"
    if not removed:
        return "added"
    ratio = SequenceMatcher(None, " ".join(removed), " ".join(added), autojunk=False).ratio()
    return "form" if ratio >= _ALIKE else "wording"
