"""Scores `step`: the first wrong step, and what the checks find in the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from assessments.items import OptionId, Response
from assessments.kinds.step import ALL_RIGHT, StepItem
from grader.scoring.base import Judgement
from grader.scoring.checks import OpenKey, Share, check_problems, judge_checks
from grader.scoring.guesses import written_guesses


class StepKey(OpenKey[StepItem]):
    """The first wrong step, or "none"; where the item asks for the reasons, checks of them.

    Only the first error counts, as in process supervision (Lightman et al., 2023): what follows from it is no error of
    its own. With s = 1 for the right step, its share for a step in `near`, else 0: credit = s without reasons, and
    s · (1 − `why_share` + `why_share` · r) with r the credit of the reasons; what waits for a person is scaled alike.

    Args:
        near: other steps, and the share of the points that they earn, as one that merely follows from the wrong one.
        why: very good reasons.
        why_share: the share of the points that the reasons decide.
        machine_share: the share of `why_share` that the checks alone decide.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ("answer", "near")

    answer: OptionId
    near: Mapping[OptionId, Annotated[float, Field(gt=0, lt=1)]] = {}
    why: str = ""
    why_share: Share = 0.5
    machine_share: Share = 1.0

    def problems(self, item: StepItem) -> list[str]:
        return [*self._misnamed(item), *self._reasons_problems(item)]

    def score(self, item: StepItem, response: Response) -> Judgement:
        given: Any = response
        share = 1.0 if given["step"] == self.answer else self.near.get(given["step"], 0.0)
        told = (
            "another answer is right" if share == 0 else "the right answer" if share == 1 else "near the right answer"
        )
        if share == 0 or item.explain is None:
            return Judgement(credit=share, explanation=told)
        sources = [item.prompt, item.explain.prompt, *item.steps.values()]
        reasons = judge_checks(self.checks, {"why": given["why"]}, self.machine_share, sources=sources)
        return Judgement(
            credit=share * (1 - self.why_share + self.why_share * reasons.credit),
            pending=share * self.why_share * reasons.pending,
            explanation=f"{told}; the reasons: {reasons.explanation}",
            checks=reasons.checks,
        )

    def reference(self, item: StepItem) -> Response:
        return {"step": self.answer, "why": self.why}

    def guesses(self, item: StepItem) -> Mapping[str, Sequence[Response]]:
        """Any step, the first, the last, "every step is right"; each with reasons that fit everything."""
        steps = list(item.steps)
        ways = {"a step at random": steps, "step 1": steps[:1], "the last step": steps[-1:], "all right": [ALL_RIGHT]}
        if item.explain is None:
            return {how: [{"step": step, "why": ""} for step in picked] for how, picked in ways.items()}
        whys = written_guesses(item.prompt, item.explain.min_words, item.explain.max_words)
        return {
            f"{how}, {name}": [{"step": step, "why": why} for step in picked]
            for how, picked in ways.items()
            for name, why in whys.items()
        }

    def secrets(self) -> Sequence[str]:
        return [self.why] if self.why else []

    def _misnamed(self, item: StepItem) -> Iterator[str]:
        answers = [*item.steps, ALL_RIGHT]
        if self.answer not in answers:
            yield f"key.answer: found {self.answer}, allowed {', '.join(answers)}"
        others = [answer for answer in answers if answer != self.answer]
        if unknown := set(self.near) - set(others):
            yield f"key.near: found {', '.join(sorted(unknown))}, allowed {', '.join(others)}"

    def _reasons_problems(self, item: StepItem) -> list[str]:
        if item.explain is None:
            given = bool(self.checks or self.why or self.machine_share < 1)
            return ["key: found checks, why or machine_share, allowed only if the item has explain"] * given
        found = check_problems(self.checks, ["why"], self.machine_share)
        if problem := item.problem({"step": ALL_RIGHT, "why": self.why}):
            found.append(f"key.why: found what is no answer, allowed what the item asks for: {problem}")
        return found
