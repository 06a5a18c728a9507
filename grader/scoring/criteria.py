"""Scores `criteria`: what the rubric covers, and whether one could mark by it; the rest is for a person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from assessments.items import Record, Response, Text
from assessments.kinds.criteria import WEIGHTS, CriteriaItem
from grader.scoring.base import Judgement
from grader.scoring.checks import Finding, OpenKey, Share, TextCheck, check_problems, judge_checks
from grader.scoring.guesses import fitted, strung
from grader.scoring.prose import telling
from grader.scoring.words import closest, words_of

FEWEST_WORDS = 3
_VAGUE = frozenset(
    word
    for text in (
        "good nice great fine okay bad better best well quality high low overall general important interesting proper",
        "clear easy understandable complete accurate structured appropriate suitable adequate useful helpful excellent",
        "satisfying satisfactory right correct wrong perfect",
        "answer response reply text output result model ai assistant user question it is thing work really very quite",
    )
    for word in words_of(text)
)
_GENERIC = (
    "The answer is correct and contains no mistakes.",
    "The answer is complete and leaves nothing out.",
    "It is clear and easy to understand.",
    "It is polite and has a suitable tone.",
    "It is well structured.",
    "It does exactly what was asked for.",
    "It is neither too long nor too short.",
    "It is safe and does no harm.",
)


class Row(Record):
    """A criterion of the author's own rubric."""

    text: Text
    weight: Annotated[int, Field(ge=WEIGHTS[0], le=WEIGHTS[-1])] = 3


class CriteriaKey(OpenKey[CriteriaItem]):
    """The dimensions that a rubric has to cover, and one that covers them.

    Args:
        covers: what has to be covered, each by one criterion alone; `checks` are looked for in all of them together.
        most_alike: the largest share of words (Jaccard) that two criteria may have in common.
    """

    covers: tuple[TextCheck, ...] = ()
    most_alike: Share = 0.7
    answer: Annotated[tuple[Row, ...], Field(min_length=1)]

    def problems(self, item: CriteriaItem) -> list[str]:
        found = check_problems(self.checks, ["criteria"], self.machine_share, earning=len(self.covers))
        found += [
            f"key.covers: {check.says}: found nothing in any or all, allowed what one criterion has to name"
            for check in self.covers
            if not check.earns
        ]
        if problem := item.problem(self.reference(item)):
            found.append(f"key.answer: found what is no answer, allowed what the item asks for: {problem}")
        return found

    def score(self, item: CriteriaItem, response: Response) -> Judgement:
        rows = [str(row["text"]) for row in response if isinstance(row, dict)] if isinstance(response, list) else []
        texts = {"criteria": "\n".join(rows)}
        also = rubric_findings(rows, self.covers, self.most_alike)
        return judge_checks(self.checks, texts, self.machine_share, sources=[item.prompt], also=also)

    def reference(self, item: CriteriaItem) -> Response:
        return [row.model_dump() for row in self.answer]

    def guesses(self, item: CriteriaItem) -> Mapping[str, Sequence[Response]]:
        """As many criteria as there may be: such as fit every question, or the question's words."""
        count = item.max_rows
        words = strung(item.prompt, count, count * item.max_words).split() or ["good"]
        ways = {
            "criteria that always fit": [_GENERIC[n % len(_GENERIC)] for n in range(count)],
            "the question's words": [" ".join(words[n::count] or words) for n in range(count)],
        }
        return {
            name: [[{"text": fitted(text.split(), 1, item.max_words), "weight": 3} for text in texts]]
            for name, texts in ways.items()
        }

    def secrets(self) -> Sequence[str]:
        return [row.text for row in self.answer]


def rubric_findings(rows: Sequence[str], covers: Iterable[TextCheck], most_alike: float) -> list[Finding]:
    """What a rubric covers, each by one criterion alone, and whether one could mark by it."""
    covered = [
        Finding(
            says=check.says,
            holds=any(check.holds({"criteria": row}) for row in rows),
            weight=check.weight,
            required=check.required,
        )
        for check in covers
    ]
    loose = [str(number) for number, row in enumerate(rows, start=1) if not is_checkable(row)]
    where = f" (not so: {', '.join(loose)})" if loose else ""
    differ = closest(rows) <= most_alike
    return [
        *covered,
        Finding(says=f"each criterion names something that one can look for{where}", holds=not loose, earns=False),
        Finding(says="the criteria differ from one another", holds=differ, earns=False),
    ]


def is_checkable(criterion: str) -> bool:
    """Whether a criterion names anything beside vague praise. A heuristic: it cannot tell whether that makes sense."""
    return len(words_of(criterion)) >= FEWEST_WORDS and not _VAGUE.issuperset(telling(criterion))
