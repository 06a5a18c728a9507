"""What a policy may ask beside single minimum scores: by what was declared, together, for how long, how often."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.outcome import Outcome
from onboarding.decision import Decision, Verdict, decide
from onboarding.evidence import Evidence, Measure, Range, weighted_mean
from onboarding.policy import Policy
from onboarding.requirements import Declared
from onboarding.retrying import Retry, retry
from onboarding.standing import Standing
from tests.onboarding.test_policy import POLICY, policy_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERYTHING = Declared(languages=frozenset({"es"}), domains=frozenset({"programming"}))


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """Judgement of everybody, Python and Spanish of who declares them."""
    return policy_of(tmp_path)


def result(assessment: str, score: float, error: float = 0.001, **fields: Any) -> Evidence:
    """A graded result with 20 points; judgement has the skill facts, with the same score and 8 points."""
    facts = fields.pop("facts", score)
    skills = {"facts": Measure(score=facts, standard_error=error, max_points=8)} if assessment == "judgement" else {}
    return Evidence(
        assessment=assessment,
        submission_id="0" * 64,
        attempt=fields.pop("attempt", 1),
        received_at=fields.pop("received_at", NOW),
        total=Measure(score=score, standard_error=error, max_points=20),
        skills=skills,
        **{"outcome": Outcome.GRADED, **fields},
    )


def decided(policy: Policy, *found: Evidence, declared: Declared | None = None) -> Decision:
    """The decision, which must be one."""
    decision = decide("ada", policy, found, now=NOW, declared=declared)
    assert decision is not None
    return decision


def test_only_what_was_declared_is_asked_for(policy: Policy) -> None:
    """Without an application, all that the stages name."""
    judgement = result("judgement", 0.9)
    assert decided(policy, judgement, declared=Declared()).verdict is Verdict.ADMIT
    assert decide("ada", policy, [judgement], now=NOW, declared=EVERYTHING) is None
    assert decide("ada", policy, [judgement], now=NOW) is None


def test_who_has_to_take_nothing_is_never_decided_about_by_a_rule(tmp_path: Path) -> None:
    """Nothing was failed, and nothing passed either."""
    policy = policy_of(tmp_path, POLICY.replace("[domains.p", '[domains.all]\nassessments = ["judgement"]\n[domains.p'))
    assert decide("ada", policy, [result("spanish", 1)], now=NOW, declared=Declared()) is None


def test_failing_what_was_declared_closes_that_alone(policy: Policy) -> None:
    """As long as one of them is passed; doubt about another one does not hold up."""
    judgement, python = result("judgement", 0.9), result("python", 0.9)
    for spanish in (result("spanish", 0.2), result("spanish", 0.6, 0.1)):
        decision = decided(policy, judgement, python, spanish, declared=EVERYTHING)
        assert decision.verdict is Verdict.ADMIT
        assert [q.name for q in decision.qualifications] == ["Judgement", "Python"]
        assert decision.reasons[0] == "every minimum score is reached that admission needs"
        assert decision.reasons[1].startswith("spanish: the score is")
    weak = result("python", 0.55)
    assert decided(policy, judgement, weak, result("spanish", 0.2), declared=EVERYTHING).verdict is Verdict.DECLINE
    unsure = result("spanish", 0.6, 0.1)
    assert decided(policy, judgement, weak, unsure, declared=EVERYTHING).verdict is Verdict.REVIEW


def test_failing_what_everybody_needs_declines(policy: Policy) -> None:
    """Whatever else is passed; and with `all` any other one does too."""
    good = [result("python", 1.0), result("spanish", 1.0)]
    assert decided(policy, result("judgement", 0.5), *good, declared=EVERYTHING).verdict is Verdict.DECLINE
    strict = policy.model_copy(update={"failing": "all"})
    failed = [result("judgement", 1.0), result("python", 1.0), result("spanish", 0.2)]
    assert decided(policy, *failed, declared=EVERYTHING).verdict is Verdict.ADMIT
    assert decided(strict, *failed, declared=EVERYTHING).verdict is Verdict.DECLINE


def test_the_weighted_mean_comes_on_top(policy: Policy) -> None:
    """(2 × 0.72 + 0.65) / 3 is not 0.75; a good mean hides no failed minimum."""
    decision = decided(policy, result("judgement", 0.72), result("python", 0.65))
    assert decision.verdict is Verdict.DECLINE
    assert decision.reasons[0] == (
        "all together: the weighted mean of judgement, python is 70% (± 0%), the minimum is 75%"
    )
    assert decided(policy, result("judgement", 0.8), result("python", 0.66)).verdict is Verdict.ADMIT
    assert decided(policy, result("judgement", 1.0), result("python", 0.5)).verdict is Verdict.DECLINE


def test_the_error_of_a_weighted_mean() -> None:
    """Errors add up in squares: (2 × 0.03)² + (1 × 0.08)² = 0.1², over the sum of the weights."""
    found = weighted_mean([(2, Measure(score=0.8, standard_error=0.03)), (1, Measure(score=0.5, standard_error=0.08))])
    assert found.score == pytest.approx(0.7)
    assert found.standard_error == pytest.approx(0.1 / 3)


def test_the_weighted_mean_waits_for_a_person_too(policy: Policy) -> None:
    """Where points wait, a rule decides only what they cannot change; where a flag is, nothing."""
    low, high = (Measure(score=score, standard_error=0.001) for score in (0.62, 0.9))
    waits = result("python", 0.9, waiting=(4.0, 20.0), range=Range(worst=low, best=high))
    decision = decided(policy, result("judgement", 0.75), waits)
    assert decision.verdict is Verdict.REVIEW
    assert "will be between 71% and 80%" in decision.reasons[0]
    flagged = result("python", 0.61, outcome=Outcome.FLAGGED, flags=("late",))
    assert decided(policy, result("judgement", 0.71), flagged).verdict is Verdict.REVIEW
    broken = result("python", 0, outcome=Outcome.FAILED).model_copy(update={"total": None})
    assert decided(policy, result("judgement", 0.9), broken).verdict is Verdict.REVIEW


def test_each_requirement_may_have_a_band_of_its_own(policy: Policy) -> None:
    """Python leaves everything to the rule."""
    close = {"judgement": result("judgement", 0.75, 0.1), "python": result("python", 0.62, 0.1)}
    standings = {
        check.assessment: check.standing for check in decided(policy, *close.values()).rules if check.required == 0.6
    }
    assert standings == {"python": Standing.PASSED}
    assert decided(policy, close["judgement"], result("python", 1)).verdict is Verdict.REVIEW


def test_what_has_expired_has_to_be_taken_again(policy: Policy) -> None:
    """A year after it was passed; what was failed stays failed."""
    old = NOW - timedelta(days=366)
    fresh = [result("python", 0.9), result("spanish", 0.9)]
    assert decide("ada", policy, [result("judgement", 0.9, received_at=old), *fresh], now=NOW) is None
    day_before = old + timedelta(days=1)
    assert decided(policy, result("judgement", 0.9, received_at=day_before), *fresh).verdict is Verdict.ADMIT
    assert decided(policy, result("judgement", 0.2, received_at=old), *fresh).verdict is Verdict.DECLINE


def test_every_rule_is_on_record(policy: Policy) -> None:
    """What was required, what was found, what follows; and until when to object."""
    decision = decided(policy, result("judgement", 0.8, facts=0.3), result("python", 0.9))
    rules = [(check.assessment, check.required, check.found, check.standing) for check in decision.rules]
    assert rules == [
        ("judgement", 0.5, 0.3, Standing.FAILED),
        ("judgement", 0.7, 0.8, Standing.PASSED),
        ("python", 0.6, 0.9, Standing.PASSED),
        ("all together", 0.75, pytest.approx(0.8333, abs=1e-4), Standing.PASSED),
    ]
    assert decision.objection_until == NOW + timedelta(days=21)


def changes(decision: Decision) -> list[str]:
    """What would have changed it."""
    return [check.change for check in decision.rules if check.change]


def test_what_would_have_changed_it(tmp_path: Path) -> None:
    """In points of that skill, rounded up; with a band also what would have been enough for a person to look."""
    exact = policy_of(tmp_path, POLICY.replace("objection_days = 21", "band = 0"))
    failed = decided(exact, result("judgement", 0.9, facts=0.25), result("python", 0.9))
    assert changes(failed) == ["2 more points in facts would have passed this minimum"]
    banded = policy_of(tmp_path)
    failed = decided(banded, result("judgement", 0.6, 0.05, facts=0.9), result("python", 0.9))
    assert changes(failed) == [
        "1 more point would have sent it to a person; 3 more points would have passed this minimum",
        "2 % more would have sent it to a person; 9 % more would have passed this minimum",
    ]
    doubtful = decided(banded, result("judgement", 0.72, 0.05, facts=0.9), result("python", 0.9))
    assert changes(doubtful)[0] == "0.6 more points would have passed this minimum"
    assert changes(decided(banded, result("judgement", 1.0), result("python", 1.0))) == []


def retry_of(policy: Policy, decision: Decision, *, by_person: bool = False) -> Retry:
    """What may be tried again."""
    return retry(policy, decision.rules, decision.inputs, by_person=by_person)


def test_a_near_miss_may_try_again(policy: Policy) -> None:
    """After the wait, while attempts are left; who missed by more may not, and is told so."""
    python = result("python", 1.0)
    near = decided(policy, result("judgement", 0.65), python)
    assert retry_of(policy, near) == (("judgement",), NOW + timedelta(days=7))
    assert "judgement: may be tried again from 2026-03-09, after the training" in near.reasons
    far = decided(policy, result("judgement", 0.55), python)
    assert retry_of(policy, far) == ((), None)
    assert "judgement: cannot be tried again: a minimum was missed by more than 10%" in far.reasons
    last = decided(policy, result("judgement", 0.65, attempt=2), python)
    assert retry_of(policy, last) == ((), None)
    assert "judgement: all 2 attempts are used" in last.reasons


def test_nothing_is_tried_again_that_would_not_be_enough(policy: Policy) -> None:
    """Python has one attempt only: a better judgement would not help who needs both."""
    strict = policy.model_copy(update={"failing": "all"})
    both = [result("judgement", 0.65), result("python", 0.55)]
    assert retry_of(strict, decided(strict, *both)) == ((), None)


def test_the_weighted_mean_is_mended_by_what_may_be_tried_again(policy: Policy) -> None:
    """And after a person declined, by what was too close for a rule."""
    decision = decided(policy, result("judgement", 0.72), result("python", 0.65))
    assert retry_of(policy, decision).assessments == ("judgement",)
    doubtful = decided(policy, result("judgement", 0.705, 0.05), result("python", 1.0))
    assert doubtful.verdict is Verdict.REVIEW
    assert retry_of(policy, doubtful, by_person=True).assessments == ("judgement",)
    assert retry_of(policy, doubtful).assessments == ()
