"""Scores `rewrite`: what was wrong is gone, what was right is still there; the rest is for a person."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field, PositiveFloat

from assessments.items import Record, Response, Text
from assessments.kinds.rewrite import RewriteItem
from grader.scoring.base import Judgement
from grader.scoring.checks import Finding, OpenKey, TextCheck, check_problems, findings, judge
from grader.scoring.edits import edits, named_share
from grader.scoring.guesses import fitted, stock
from grader.scoring.words import has_phrase, words_of

MOST = 0.5
"""Reasons fit if they speak of at least this share of the changes."""


_GENERAL = "I corrected grammar, spelling and numbers, added what was missing, and made it shorter and clearer."


class Flaw(Record):
    """Something wrong in the draft.

    Args:
        says: what is looked for, in plain words, for people who review.
        phrases: the wrong words as they stand in the draft, signs included; all of them have to go.
        instead: words of which one has to be there afterwards, written exactly so. Capitals only count where one of
            them differs from the wrong words in nothing else.
        reasons: words of which one shows, in the applicant's reasons, that the flaw was understood.
    """

    says: Text
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]
    instead: tuple[Text, ...] = ()
    reasons: tuple[Text, ...] = ()
    weight: PositiveFloat = 1.0
    required: bool = False

    def is_in(self, text: str) -> bool:
        """Whether any of the wrong words stand in the text."""
        return any(self._stands_in(phrase, text) for phrase in self.phrases)

    def is_gone(self, text: str) -> bool:
        """Whether it is out of the text, and put right where the key says how."""
        right = not self.instead or any(self._stands_in(phrase, text) for phrase in self.instead)
        return right and not self.is_in(text)

    def _stands_in(self, phrase: str, text: str) -> bool:
        """Whether a phrase stands in a text as whole words, whatever the white space and the shape of apostrophes."""
        wanted, whole = (" ".join(each.replace("’", "'").split()) for each in (phrase, text))
        start, end = (r"\b" if edge.isalnum() else "" for edge in (wanted[0], wanted[-1]))
        pattern = start + re.escape(wanted) + end
        return re.search(pattern, whole, re.NOFLAG if self._is_about_capitals else re.IGNORECASE) is not None

    @property
    def _is_about_capitals(self) -> bool:
        return not {phrase.casefold() for phrase in self.phrases}.isdisjoint(each.casefold() for each in self.instead)


class RewriteKey(OpenKey[RewriteItem]):
    """What has to go, what has to stay, what has to be there, and a version that is right.

    Flaws that are gone and checks that hold earn. What should have been kept and is not costs, as do reasons that do
    not fit the changes; so the draft earns nothing, and neither does deleting it. Checks look at the version, unless
    they say `within = "reasons"`.
    """

    gone: tuple[Flaw, ...] = ()
    kept: tuple[TextCheck, ...] = ()
    answer: Text
    answer_reasons: str = ""

    def problems(self, item: RewriteItem) -> list[str]:
        parts = ["text", "reasons"] if item.reasons else ["text"]
        found = check_problems((*self.checks, *self.kept), parts, self.machine_share, earning=len(self.gone))
        found += self._misplaced({"text": item.draft, "reasons": ""})
        easy = sum(self._won_by_deleting(item, flaw) for flaw in self.gone)
        if easy > (weight := sum(check.weight for check in self.kept)):
            found.append(
                f"key.kept: found a weight of {weight:g}, allowed from {easy:g}, or deleting the draft would pay"
            )
        if not item.is_answered(self.reference(item)):
            found.append(
                "key.answer: found what is no answer, allowed a changed draft, with reasons if they are asked for"
            )
        return found

    def _won_by_deleting(self, item: RewriteItem, flaw: Flaw) -> float:
        explained = item.reasons is not None and bool(flaw.reasons)
        return 0.0 if flaw.instead else flaw.weight * (1 + explained)

    def _misplaced(self, before: Mapping[str, str]) -> list[str]:
        """What the draft should hold and does not, and the other way round."""
        absent = [
            *(f"key.gone: {flaw.says}" for flaw in self.gone if not flaw.is_in(before["text"])),
            *(f"key.kept: {check.says}" for check in self.kept if not check.holds(before)),
        ]
        present = [check.says for check in self.checks if check.earns and check.holds(before)]
        return [
            *(f"{name}: found what is not so in the draft, allowed what is" for name in absent),
            *(f"key.checks: {name}: found what is so in the draft already, allowed in key.kept" for name in present),
        ]

    def score(self, item: RewriteItem, response: Response) -> Judgement:
        if not isinstance(response, dict) or item.is_unchanged(response):
            return Judgement(credit=0.0, explanation="the draft was not changed")
        texts = {name: str(text) for name, text in response.items()}
        stays = [finding.model_copy(update={"earns": False}) for finding in findings(map(_in_text, self.kept), texts)]
        there = findings(map(_in_text, self.checks), texts)
        return judge([*self._mended(item, texts), *there, *stays], self.machine_share)

    def _mended(self, item: RewriteItem, texts: Mapping[str, str]) -> list[Finding]:
        text, reasons = texts["text"], texts.get("reasons", "")
        found = [
            Finding(says=flaw.says, holds=flaw.is_gone(text), weight=flaw.weight, required=flaw.required)
            for flaw in self.gone
        ]
        if not item.reasons:
            return found
        spoken = words_of(reasons)
        found += [
            Finding(
                says=f"the reasons explain it: {flaw.says}",
                holds=flaw.is_gone(text) and any(has_phrase(spoken, phrase) for phrase in flaw.reasons),
                weight=flaw.weight,
            )
            for flaw in self.gone
            if flaw.reasons
        ]
        fits = named_share(edits(item.draft, text), reasons) >= MOST
        return [*found, Finding(says="the reasons speak of the changes that were made", holds=fits, earns=False)]

    def reference(self, item: RewriteItem) -> Response:
        return {"text": self.answer, **({"reasons": self.answer_reasons} if item.reasons else {})}

    def guesses(self, item: RewriteItem) -> Mapping[str, Sequence[Response]]:
        """The draft as it is, with a word more, halved, and something else; with reasons that fit everything."""
        words = item.draft.split(" ")
        ways = {
            "the draft": item.draft,
            "a word added": f"{item.draft} Thanks.",
            "its first half": " ".join(words[: (len(words) + 1) // 2]),
            "stock sentences": stock(1, item.max_words),
        }
        limits = item.reasons
        reasons = {"reasons": fitted(_GENERAL.split(), limits.min_words, limits.max_words)} if limits else {}
        responses: dict[str, Response] = {name: {"text": text, **reasons} for name, text in ways.items()}
        return {name: [response] for name, response in responses.items() if item.problem(response) is None}

    def secrets(self) -> Sequence[str]:
        return [self.answer]


def _in_text(check: TextCheck) -> TextCheck:
    return check if check.within else check.model_copy(update={"within": "text"})
