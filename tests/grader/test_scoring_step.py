"""Worked examples of `step`: the step, near ones, and the reasons."""

from typing import Any

import pytest

from assessments.items import Item
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.base import Judgement, Key

PROMPT = "How much syrup is one dose for a child of 18 kg, at 15 mg/kg and 120 mg in 5 mL?"
COMMON = {"id": "x", "version": 1, "kind": "step", "task_type": "jus-correct", "skill": "s", "prompt": PROMPT}
STEPS = {"s1": "15 × 18 = 270 mg.", "s2": "120 / 5 = 25 mg in 1 mL.", "s3": "270 / 25 = 10.8 mL.", "s4": "So 10.8 mL."}
WHY = "One millilitre holds 24 mg, because 120 divided by 5 is 24, so the dose would be 11.25 mL."
CHECKS: list[dict[str, Any]] = [
    {"says": "gives the right strength", "any": ["24 mg"]},
    {"says": "gives the right volume", "any": ["11.25"], "weight": 3},
]
NEAR = {"s3": 0.5}
EXPLAIN = {"min_words": 3, "max_words": 60}


def made(key: dict[str, Any], *, explain: Any = None) -> tuple[Item, Key[Any]]:
    """An item and its key."""
    item = KINDS["step"].model_validate({**COMMON, "steps": STEPS, "explain": explain})
    return item, KEYS["step"].model_validate(key)


def judged(case: tuple[Item, Key[Any]], step: str, why: str = "") -> Judgement:
    """What a response earns."""
    item, key = case
    assert key.problems(item) == []
    assert item.problem({"step": step, "why": why}) is None
    return key.score(item, {"step": step, "why": why})


BARE = made({"answer": "s2", "near": NEAR})
ASKED = made(
    {"answer": "s2", "near": NEAR, "checks": CHECKS, "why": WHY, "machine_share": 0.5, "why_share": 0.4},
    explain=EXPLAIN,
)


@pytest.mark.parametrize(("step", "credit"), [("s2", 1), ("s3", 0.5), ("s1", 0), ("none", 0)])
def test_without_reasons_the_step_decides(step: str, credit: float) -> None:
    """Near ones earn what the author says."""
    assert judged(BARE, step).credit == credit


def test_every_step_may_be_right() -> None:
    """Then any step is wrong."""
    case = made({"answer": "none"})
    assert judged(case, "none").credit == 1
    assert judged(case, "s1").credit == 0


def test_reasons_have_their_share() -> None:
    """0.6 for the step; of 0.4 half by the checks, of which 3 of 4 hold, and half for a person."""
    found = judged(ASKED, "s2", "The result should have been 11.25 mL for this child.")
    assert found.credit == pytest.approx(0.6 + 0.4 * 0.5 * 3 / 4)
    assert found.pending == pytest.approx(0.4 * 0.5)
    assert [check.holds for check in found.checks] == [False, True]


def test_the_reference_leaves_only_what_a_person_judges() -> None:
    """Credit and pending are all."""
    found = judged(ASKED, "s2", WHY)
    assert [found.credit, found.pending] == pytest.approx([0.8, 0.2])
    assert ASKED[1].needs_review
    assert not BARE[1].needs_review


def test_a_wrong_step_earns_nothing_and_waits_for_nobody() -> None:
    """However well explained."""
    assert judged(ASKED, "s1", WHY) == Judgement(credit=0.0, explanation="another answer is right")


def test_a_near_step_earns_its_share_of_everything() -> None:
    """Half of the reference's."""
    found = judged(ASKED, "s3", WHY)
    assert [found.credit, found.pending] == pytest.approx([0.4, 0.1])


def test_copied_reasons_earn_nothing_and_wait_for_nobody() -> None:
    """The question is no reason; the step still counts."""
    found = judged(ASKED, "s2", PROMPT)
    assert [found.credit, found.pending] == pytest.approx([0.6, 0])


def test_explanations_do_not_name_the_step() -> None:
    """They are shown to graders and, one day, to applicants."""
    told = {
        judged(case, step, why).explanation for case, why in ((BARE, ""), (ASKED, WHY)) for step in (*STEPS, "none")
    }
    assert not [text for text in told if any(step in text.split() for step in STEPS)]


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ({"answer": "s9"}, "key.answer: found s9, allowed s1, s2, s3, s4, none"),
        ({"answer": "s2", "near": {"s2": 0.5, "x": 0.5}}, "key.near: found s2, x, allowed s1, s3, s4, none"),
        ({"answer": "s2", "why": "Because."}, "allowed only if the item has explain"),
    ],
)
def test_what_does_not_fit_is_told(key: dict[str, Any], problem: str) -> None:
    """In the author's words."""
    item, made_key = made(key)
    assert problem in "\n".join(made_key.problems(item))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"why": "Short."}, "key.why: found what is no answer"),
        ({"why": WHY, "checks": []}, "key.machine_share: found 1.0, allowed 0"),
        ({"why": WHY, "checks": [{**CHECKS[0], "within": "step"}]}, "found within = 'step', allowed why"),
    ],
)
def test_reasons_that_cannot_be_judged_are_told(more: dict[str, Any], problem: str) -> None:
    """Too short a model answer, points without checks, a part that there is not."""
    item, key = made({"answer": "s2", "checks": CHECKS, **more}, explain=EXPLAIN)
    assert problem in "\n".join(key.problems(item))
