"""Scores `assignment`: its five parts, and whether they fit together; the rest is for a person."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from assessments.items import OptionId, Record, Response, Text
from assessments.kinds.assignment import PARTS, TEXTS, AssignmentItem, criteria_of
from assessments.wordcount import count_words
from grader.scoring.agreement import mean_ranks, order_agreement, scores_agreement
from grader.scoring.base import Check, Judgement, renamed
from grader.scoring.checks import Finding, OpenKey, TextCheck, check_problems, judge_checks, no_work
from grader.scoring.consistency import letters_named, own_agreement, taken_up, weighted_means
from grader.scoring.criteria import rubric_findings
from grader.scoring.guesses import stock_sentences, written_guesses
from grader.scoring.weaknesses import Weakness, mended_share, mending, naming

SHARES = {
    "prompt": 0.15,
    "criteria": 0.15,
    "evaluate": 0.2,
    "justification": 0.15,
    "ideal": 0.15,
    "consistency": 0.2,
}
"""What the parts, and their fitting together, count; sums to 1."""

MOST_ALIKE = 0.7
"""The largest share of words (Jaccard) that two criteria may have in common."""

REFERRED = 0.3
"""A justification takes up a criterion if it has more than this share of its words."""


class Work(Record):
    """A whole piece of work, as the author would hand it in."""

    prompt: Text
    criteria: tuple[Mapping[str, Any], ...]
    ratings: Mapping[OptionId, Mapping[str, int]]
    order: tuple[OptionId, ...]
    justification: Text
    ideal: Text


class AssignmentKey(OpenKey[AssignmentItem]):
    """What each part should hold, the experts' order of the answers, and what is wrong with each answer.

    Credit = Σ share · credit over the five parts and their consistency (`SHARES`). With m the machine's share:
    texts and criteria earn m · (won − lost) / possible by their checks, and 1 − m waits for a person.
    The order of the answers earns max(0, τ_b / τ_best) (Kendall, 1945), by the machine alone.
    Consistency earns m · right · fitting, and 1 − m waits, if all parts are there; see `_consistency`.

    Args:
        checks: each `within` prompt, criteria, justification or ideal; of the criteria, one alone has to hold it.
        panel: the experts' orders, each with all answers, best first.
        weaknesses: for each answer that has any, what is wrong with it.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ("panel", "weaknesses")

    panel: Annotated[tuple[tuple[OptionId, ...], ...], Field(min_length=1)]
    weaknesses: Annotated[Mapping[OptionId, tuple[Weakness, ...]], Field(min_length=1)]
    answer: Work

    def aliased(self, names: Mapping[str, str]) -> Self:
        own = {"ratings": renamed(self.answer.ratings, names), "order": renamed(self.answer.order, names)}
        return super().aliased(names).model_copy(update={"answer": self.answer.model_copy(update=own)})

    def problems(self, item: AssignmentItem) -> list[str]:
        found = [
            f"key.panel: found {', '.join(ranking)}, allowed {', '.join(item.answers)}, each once"
            for ranking in self.panel
            if sorted(ranking) != sorted(item.answers)
        ]
        if not found and len(set(mean_ranks(self.panel).values())) == 1:
            found.append("key.panel: found orders that cancel out, allowed a panel that puts one answer before another")
        if unknown := set(self.weaknesses) - set(item.answers):
            found.append(f"key.weaknesses: found {', '.join(sorted(unknown))}, allowed {', '.join(item.answers)}")
        if not any(weakness.mended for weakness in self._weaknesses()):
            found.append("key.weaknesses: found none with mended, allowed one or more that an ideal answer has right")
        return found + self._check_problems() + self._answer_problems(item)

    def _check_problems(self) -> list[str]:
        parts = [*TEXTS, "criteria"]
        found = check_problems(self.checks, parts, self.machine_share, earning=1)
        found += [
            f"key.checks: {check.says}: found no within, allowed {', '.join(parts)}"
            for check in self.checks
            if check.within is None
        ]
        lacking = [part for part in ("prompt", "criteria") if not any(check.earns for check in self._within(part))]
        return found + [f"key.checks: found none that looks for something in {part}, allowed one" for part in lacking]

    def _answer_problems(self, item: AssignmentItem) -> list[str]:
        response = self.reference(item)
        if problem := item.problem(response):
            return [f"key.answer: found what is no answer, allowed what the item asks for: {problem}"]
        missing = [PARTS[part] for part in PARTS if part not in item.done(response)]
        return [f"key.answer: found parts that are not complete: {', '.join(missing)}"] if missing else []

    def score(self, item: AssignmentItem, response: Response) -> Judgement:
        parts = {part: self._part(item, response, part) for part in PARTS}
        parts["consistency"] = self._consistency(item, response)
        told = " · ".join(f"{part}: {judgement.explanation}" for part, judgement in parts.items())
        return Judgement(
            credit=sum(SHARES[part] * judgement.credit for part, judgement in parts.items()),
            pending=sum(SHARES[part] * judgement.pending for part, judgement in parts.items()),
            explanation=told,
            checks=tuple(
                check.model_copy(update={"says": f"{part}: {check.says}"})
                for part, judgement in parts.items()
                for check in judgement.checks
            ),
        )

    def _part(self, item: AssignmentItem, response: Response, part: str) -> Judgement:
        """One part by itself."""
        given: Any = response
        if part == "evaluate":
            credit = order_agreement(given["order"], self.panel) if given["order"] else 0.0
            return Judgement(credit=credit, explanation=f"{credit:.0%} agreement with the panel's order")
        if part not in item.done(response):
            return Judgement(credit=0.0, explanation="not complete, or not within its limits")
        text, checks = _text(response, part), self._within(part)
        also: list[Finding] = []
        if part == "criteria":
            # what is looked for has to stand in one of them alone; what is forbidden, in none
            rows = [row["text"] for row in criteria_of(response)]
            also = rubric_findings(rows, [check for check in checks if check.earns], MOST_ALIKE)
            checks = [check for check in checks if not check.earns]
        elif part != "prompt":
            also = (naming if part == "justification" else mending)(self._weaknesses(), text)
        return judge_checks(checks, {part: text}, self.machine_share, sources=_sources(item, part), also=also)

    def _consistency(self, item: AssignmentItem, response: Response) -> Judgement:
        """Right · fitting. What is merely consistent earns nothing, nor does what is right but does not fit together.

        right: the mean of how well the own ratings agree with the panel, and how much of what the own justification
        found wrong the ideal answer mends (0 if it repeats an error).
        fitting: the mean of how the criteria take up the situation, how the own ratings agree with the own order, and
        how the justification takes up the own criteria and all answers.
        """
        written = [*TEXTS, "criteria"]
        if not item.is_answered(response) or any(
            no_work([_text(response, part)], _sources(item, part)) for part in written
        ):
            return Judgement(credit=0.0, explanation="judged if all parts are there")
        given: Any = response
        rows = [row["text"] for row in given["criteria"]]
        scores = weighted_means(given["criteria"], given["ratings"])
        letters = [name.split()[-1] for name in item.names().values()]
        right = {
            "the ratings agree with the panel's order": scores_agreement(scores, self.panel),
            "the ideal answer mends what the justification found": mended_share(
                self._weaknesses(), given["justification"], given["ideal"]
            ),
        }
        fitting = {
            "the criteria fit the situation": taken_up(rows, f"{given['prompt']} {item.brief} {item.request}"),
            "the ratings agree with the own order": own_agreement(scores, given["order"]),
            "the justification takes up the own criteria": taken_up(rows, given["justification"], REFERRED),
            "the justification speaks of every answer": letters_named(given["justification"], letters),
        }
        share = _mean(right.values()) * _mean(fitting.values())
        return Judgement(
            credit=self.machine_share * share,
            pending=1 - self.machine_share,
            explanation=f"{share:.0%} by the machine's view",
            checks=tuple(Check(says=says, holds=value >= 0.5) for says, value in {**right, **fitting}.items()),
        )

    def reference(self, item: AssignmentItem) -> Response:
        return self.answer.model_dump(mode="json")

    def guesses(self, item: AssignmentItem) -> Mapping[str, Sequence[Response]]:
        """Stock sentences, the given texts copied and their words strung together, with every order and its ratings."""
        given = f"{item.brief} {item.request}"
        texts = {part: written_guesses(given, item.words(part).minimum, item.words(part).maximum) for part in TEXTS}
        ways = [way for way in texts["prompt"] if all(way in each for each in texts.values())]
        return {
            way: [
                _guess(item, {part: texts[part][way] for part in TEXTS}, order) for order in permutations(item.answers)
            ]
            for way in ways
        }

    def secrets(self) -> Sequence[str]:
        work = self.answer
        texts = [work.prompt, work.justification, work.ideal, *(str(row.get("text", "")) for row in work.criteria)]
        return [text for text in texts if count_words(text) >= 5]

    def _within(self, part: str) -> list[TextCheck]:
        return [check for check in self.checks if check.within == part]

    def _weaknesses(self) -> list[Weakness]:
        return [weakness for found in self.weaknesses.values() for weakness in found]


def _guess(item: AssignmentItem, texts: Mapping[str, str], order: Sequence[str]) -> Response:
    """Ratings that fit the order, whatever the criteria are."""
    rows = [
        {"id": f"c{number}", "text": " ".join(text.split()[: item.criterion_words]), "weight": 3}
        for number, text in enumerate(stock_sentences(item.max_criteria), start=1)
    ]
    ratings = {answer: {str(row["id"]): max(1, 5 - place) for row in rows} for place, answer in enumerate(order)}
    response: Any = {**texts, "criteria": rows, "ratings": ratings, "order": [*order]}
    return response  # type: ignore[no-any-return]


def _text(response: Response, part: str) -> str:
    """What was written in a part."""
    given: Any = response
    return "\n".join(row["text"] for row in criteria_of(response)) if part == "criteria" else str(given[part])


def _sources(item: AssignmentItem, part: str) -> list[str]:
    """What was given, of which a part must not mostly be a copy."""
    answers = item.answers.values() if part in ("justification", "ideal") else ()
    return [item.prompt, item.brief, item.request, *answers]


def _mean(values: Any) -> float:
    found = [*values]
    return sum(found) / len(found) if found else 0.0
