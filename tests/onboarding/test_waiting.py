"""Points that wait for a person, from the database to the decision and its explanation."""

import pytest

from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from onboarding.deciding import decide_all
from onboarding.decision import Verdict
from onboarding.evidence import evidence_of
from onboarding.explain import explanation
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel


def test_the_rule_waits_with_them(workspace: Workspace, store: Store) -> None:
    """Measured is what was judged; the reason says what waits; judging the rest is new evidence."""
    policy = workspace.root / "policy.toml"
    policy.write_text(policy.read_text().replace("minimum_score = 0.7", "minimum_score = 0.9"))
    packet = issue(workspace, store, "small", "ada", now=NOW)
    record(store, packet, partly_judged(packet))
    (evidence,) = evidence_of(store, ["ada"])["ada"]
    assert evidence.total is not None
    assert (evidence.total.score, evidence.waiting) == (1.0, (2.0, 12.0))
    assert "code" not in evidence.skills
    (decision,) = decide_all(workspace, store, now=NOW)
    assert (decision.verdict, decision.reasons[0]) == (Verdict.REVIEW, "small: 2 of 12 points wait for a person")
    assert decide_all(workspace, store, now=NOW) == []
    story = explanation(store, "ada")
    for line in (
        "  score 10.00 of 10 points judged so far = 100%",
        "  2 of 12 points wait for a person",
        "    q6   0.00 / 2 (2 wait for a person)  code, double v1: right",
    ):
        assert line in story.splitlines()
    record(store, packet, partly_judged(packet, pending=0))
    assert [decision.verdict for decision in decide_all(workspace, store, now=NOW)] == [Verdict.ADMIT]
    assert "  score 12.00 of 12 points = 100%" in explanation(store, "ada").splitlines()


def test_what_cannot_change_the_outcome_is_not_waited_for(workspace: Workspace, store: Store) -> None:
    """10 of 12 points are enough, whatever the other two earn."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    record(store, packet, partly_judged(packet))
    (decision,) = decide_all(workspace, store, now=NOW)
    assert decision.verdict is Verdict.ADMIT
    assert "between 83% and 100%" in " ".join(decision.reasons)
