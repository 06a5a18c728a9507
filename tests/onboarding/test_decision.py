"""Decisions: pure, with reasons, and never better for a worse score."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcome import Outcome
from onboarding.decision import AUTOMATIC, Decision, Verdict, decide
from onboarding.errors import PolicyError
from onboarding.evidence import Evidence, Measure, Range, measure
from onboarding.policy import Policy, read_policy

NOW = datetime(2026, 3, 2, tzinfo=UTC)
POLICY = """
title = "Two tests"
band = 1.0
[[stages]]
name = "First"
assessments = ["english"]
[[stages]]
name = "Second"
assessments = ["python"]
[assessments.english]
qualification = "English"
minimum_score = 0.7
attempts = 2
waiting_days = 14
valid_days = 100
[assessments.english.minimum_skill_scores]
grammar = 0.5
[assessments.python]
qualification = "Python"
minimum_score = 0.6
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The policy above."""
    return policy_of(tmp_path_factory.mktemp("policy"), POLICY)


def policy_of(folder: Path, text: str) -> Policy:
    """A policy from its text."""
    (folder / "policy.toml").write_text(text)
    return read_policy(folder)


def evidence(assessment: str, score: float, error: float = 0.01, **fields: Any) -> Evidence:
    """A graded result; English has the skill grammar, with the same score unless another is given."""
    skills = {"grammar": fields.pop("grammar", Measure(score=score, standard_error=error))}
    return Evidence(
        assessment=assessment,
        submission_id="0" * 64,
        attempt=fields.pop("attempt", 1),
        received_at=NOW,
        total=Measure(score=score, standard_error=error),
        skills=skills,
        **{"outcome": Outcome.GRADED, **fields},
    )


def decided(policy: Policy, *found: Evidence) -> Decision:
    """The decision, which must be one."""
    decision = decide("ada", policy, found, now=NOW)
    assert decision is not None
    return decision


def test_all_passed_is_admitted(policy: Policy) -> None:
    """With qualifications that expire, inputs and the policy's version."""
    decision = decided(policy, evidence("english", 0.9), evidence("python", 0.8))
    assert decision.verdict is Verdict.ADMIT
    assert decision.reasons[0] == "every minimum score is reached"
    assert [(q.name, q.until - q.since) for q in decision.qualifications] == [
        ("English", timedelta(days=100)),
        ("Python", timedelta(days=365)),
    ]
    assert decision.decided_by == AUTOMATIC
    assert decision.policy_version == policy.version
    assert [e.assessment for e in decision.inputs] == ["english", "python"]


def test_something_missing_is_no_decision_yet(policy: Policy) -> None:
    """Nor is something that our side has not graded."""
    assert decide("ada", policy, [evidence("english", 0.9)], now=NOW) is None
    waiting = evidence("python", 0.0).model_copy(update={"outcome": Outcome.UNAVAILABLE, "total": None})
    assert decide("ada", policy, [evidence("english", 0.9), waiting], now=NOW) is None


def test_a_failed_minimum_declines_at_once(policy: Policy) -> None:
    """With the number, the minimum, and when to try again."""
    decision = decided(policy, evidence("english", 0.4))
    assert decision.verdict is Verdict.DECLINE
    assert decision.reasons[0] == "english: the score is 40% (± 1%), the minimum is 70%"
    assert "english: may be tried again from 2026-03-16" in decision.reasons
    last = decided(policy, evidence("english", 0.4, attempt=2))
    assert "english: all 2 attempts are used" in last.reasons


def test_a_good_total_never_hides_a_failed_skill(policy: Policy) -> None:
    """The skill decides."""
    weak = Measure(score=0.2, standard_error=0.05)
    decision = decided(policy, evidence("english", 0.95, grammar=weak), evidence("python", 0.9))
    assert decision.verdict is Verdict.DECLINE
    assert decision.reasons[0] == "english: the skill grammar is 20% (± 5%), the minimum is 50%"


def test_too_close_to_tell_goes_to_a_person(policy: Policy) -> None:
    """On both sides of the minimum."""
    for score in (0.65, 0.75):
        decision = decided(policy, evidence("english", score, 0.1), evidence("python", 0.9))
        assert decision.verdict is Verdict.REVIEW
        assert "too close to the minimum for a rule" in decision.reasons[0]


def test_flags_go_to_a_person(policy: Policy) -> None:
    """So does what could not be graded for reasons on the applicant's side."""
    late = evidence("python", 0.9, outcome=Outcome.FLAGGED, flags=("late by 9 minutes",))
    decision = decided(policy, evidence("english", 0.9), late)
    assert (decision.verdict, decision.reasons[0]) == (
        Verdict.REVIEW,
        "python: a person looks at it: late by 9 minutes",
    )
    hopeless = evidence("python", 0.1, outcome=Outcome.FLAGGED, flags=("responses.json is missing",))
    assert decided(policy, evidence("english", 0.9), hopeless).verdict is Verdict.REVIEW
    broken = evidence("python", 0, outcome=Outcome.FAILED, flags=("responses.json is missing",))
    broken = broken.model_copy(update={"total": None})
    decision = decided(policy, evidence("english", 0.9), broken)
    assert decision.verdict is Verdict.REVIEW
    assert "could not be graded" in decision.reasons[0]


def waits(worst: float, best: float, error: float = 0.01) -> Range:
    """What becomes of a score once all is judged."""
    return Range(worst=Measure(score=worst, standard_error=error), best=Measure(score=best, standard_error=error))


@pytest.mark.parametrize(
    ("worst", "best", "verdict", "why"),
    [
        (0.5, 0.8, Verdict.REVIEW, "a person judges what waits first"),
        (0.605, 0.8, Verdict.REVIEW, "a person judges what waits first"),
        (0.65, 0.95, Verdict.ADMIT, "what waits cannot change this"),
        (0.05, 0.35, Verdict.DECLINE, "what waits cannot change this"),
    ],
)
def test_a_rule_decides_only_what_waiting_points_cannot_change(
    policy: Policy, worst: float, best: float, verdict: Verdict, why: str
) -> None:
    """However good or bad the rest is; the band holds at both ends."""
    python = evidence("python", 0.7, waiting=(6.0, 20.0), range=waits(worst, best))
    decision = decided(policy, evidence("english", 0.9), python)
    assert decision.verdict is verdict
    assert any(f"between {worst:.0%} and {best:.0%}" in reason and why in reason for reason in decision.reasons)
    said = "python: 6 of 20 points wait for a person"
    assert (said in decision.reasons) == (verdict is Verdict.REVIEW)


def test_while_a_skill_waits_a_person_decides(policy: Policy) -> None:
    """A good total hides no skill that may still fail."""
    english = evidence(
        "english", 0.9, waiting=(1.0, 20.0), range=waits(0.85, 0.9), skill_ranges={"grammar": waits(0.3, 0.8)}
    )
    decision = decided(policy, english, evidence("python", 0.9))
    assert decision.verdict is Verdict.REVIEW
    assert any("the skill grammar will be between 30% and 80%" in reason for reason in decision.reasons)


def test_where_everything_waits_a_person_decides(policy: Policy) -> None:
    """Another assessment may decide in the meantime."""
    nothing = evidence("python", 0.0, waiting=(20.0, 20.0), range=waits(0, 1)).model_copy(
        update={"total": None, "skills": {}}
    )
    decision = decided(policy, evidence("english", 0.9), nothing)
    assert (decision.verdict, decision.reasons[0]) == (Verdict.REVIEW, "python: 20 of 20 points wait for a person")
    assert decided(policy, evidence("english", 0.1), nothing).verdict is Verdict.DECLINE


ORDER = [Verdict.DECLINE, Verdict.REVIEW, Verdict.ADMIT]
shares = st.floats(0, 1)


@given(english=shares, python=shares, grammar=shares, more=shares, error=st.floats(0, 0.2))
def test_a_better_score_never_worsens_the_outcome(
    policy: Policy, english: float, python: float, grammar: float, more: float, error: float
) -> None:
    """With the same standard error."""

    def verdict(score: float) -> int:
        skill = Measure(score=grammar, standard_error=error)
        first = evidence("english", score, error, grammar=skill)
        return ORDER.index(decided(policy, first, evidence("python", python, error)).verdict)

    assert verdict(max(english, more)) >= verdict(min(english, more))


def test_standard_error_of_equal_items() -> None:
    """Lord's binomial error: s(1 - s) / (n - 1)."""
    found = measure([(1.0, 1.0)] * 8 + [(0.0, 1.0)] * 2)
    assert found.score == 0.8
    assert found.standard_error == pytest.approx((0.8 * 0.2 / 9) ** 0.5)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.5, 5)), min_size=1, max_size=40))
def test_scores_and_errors_stay_in_range(parts: list[tuple[float, float]]) -> None:
    """Whatever the weights; nobody is certainly perfect."""
    found = measure([(share * most, most) for share, most in parts])
    assert 0 <= found.score <= 1 + 1e-12
    assert 0 < found.standard_error <= 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["python"]', '["english"]', "stages: english is found twice, allowed once"),
        ('["python"]', '["latin"]', "stages name latin, which has no minimum score"),
        ('[[stages]]\nname = "Second"\nassessments = ["python"]\n', "", "assessments.python stands in no stage"),
        ("minimum_score = 0.6", "minimum_score = 60", "assessments.python.minimum_score: Input should be less than"),
        ("attempts = 2", "atempts = 2", "assessments.english.atempts: Extra inputs are not permitted"),
        ('title = "Two tests"', "title = ", "is not readable TOML"),
        ("waiting_days = 14", 'waiting_days = 14\ncountry = "any"', "assessments.english.country: Extra inputs"),
    ],
)
def test_a_policy_that_does_not_hold_together(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One line: file, field, what is allowed."""
    assert old in POLICY
    with pytest.raises(PolicyError) as caught:
        policy_of(tmp_path, POLICY.replace(old, new))
    assert message in caught.value.message
    assert caught.value.message.startswith("policy.toml")
