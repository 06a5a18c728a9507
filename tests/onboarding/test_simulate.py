"""What another minimum score would change, and decisions by rule and by person on real evidence."""

from datetime import timedelta
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records
from onboarding.audit import verify
from onboarding.deciding import decide_all, decide_by_person, workspace_policy
from onboarding.decision import AUTOMATIC, Verdict
from onboarding.evidence import evidence_of
from onboarding.explain import explanation
from onboarding.simulate import simulate, with_cut
from onboarding.tables import ApplicationRow
from tests.command import talentpool
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel


@pytest.fixture
def handed_in(workspace: Workspace, store: Store) -> Workspace:
    """Ada has 12 of 12 points, bob 8."""
    for name, wrong in (("ada", 0), ("bob", 2)):
        packet = issue(workspace, store, "small", name, now=NOW)
        graded = partly_judged(packet, pending=0)
        scores = [
            score.model_copy(update={"points": 0.0}) if n < wrong else score for n, score in enumerate(graded.scores)
        ]
        points = sum(score.points for score in scores)
        record(store, packet, graded.model_copy(update={"scores": tuple(scores), "points": points}))
    return workspace


def test_another_cut_decides_anew_and_records_nothing(handed_in: Workspace, store: Store) -> None:
    """Bob would pass with 60 %; what a person decided stands."""
    policy = workspace_policy(handed_in)
    changed = with_cut(policy, 0.6, "small")
    found = {each.applicant_id: (each.now, each.then) for each in simulate(store, policy, changed, now=NOW)}
    assert found == {"ada": (Verdict.ADMIT, Verdict.ADMIT), "bob": (Verdict.DECLINE, Verdict.ADMIT)}
    assert records.history(store) == []
    decide_by_person(handed_in, store, "bob", Verdict.REVIEW, by="Maria", reason="To be talked about.", now=NOW)
    (_, bob) = simulate(store, policy, changed, now=NOW)
    assert (bob.now, bob.then, bob.by_person) == (Verdict.REVIEW, Verdict.REVIEW, True)


def test_a_cut_that_makes_no_sense(handed_in: Workspace) -> None:
    """One line, with what is allowed."""
    policy = workspace_policy(handed_in)
    with pytest.raises(UsageError, match="found large, which is in no stage of the policy; allowed: small"):
        with_cut(policy, 0.6, "large")
    way = policy.journey.model_copy(update={"near_miss": 0.3})
    with pytest.raises(UsageError, match=r"would contradict itself: journey\.near_miss: found 0\.3, allowed"):
        with_cut(policy.model_copy(update={"journey": way}), 0.2)


def test_the_commands(handed_in: Workspace) -> None:
    """Counts, who changes, nothing recorded; the policy in plain words."""
    place = ("--workspace", handed_in.root)
    said = talentpool("policy", "simulate", "--cut", "0.6", *place).out
    assert next(line.split() for line in said.splitlines() if "admit" in line)[1::2] == ["admit", "1", "2"]
    assert "1 of 2 would change; nothing was recorded" in said
    checked = talentpool("policy", "check", *place)
    assert (checked.code, "no problems found" in checked.out) == (0, True)
    (handed_in.root / "policy.toml").write_text((handed_in.root / "policy.toml").read_text().replace("0.7", "0.5"))
    checked = talentpool("policy", "check", *place)
    assert (checked.code, "below the bank's cut_score of 0.7" in checked.out) == (1, True)


def test_the_record_of_a_decision(handed_in: Workspace, store: Store) -> None:
    """Rule by rule, inputs by hash, until when to object, what would have changed it; in a chain."""
    ada, bob = decide_all(handed_in, store, now=NOW)
    assert records.history(store) == [ada, bob]
    assert (ada.decided_by, bob.objection_until) == (AUTOMATIC, NOW + timedelta(days=30))
    (rule,) = bob.rules
    assert (rule.required, rule.found, rule.change) == (0.7, 8 / 12, "0.4 more points would have passed this minimum")
    (evidence,) = bob.inputs
    assert evidence.fingerprint == ""
    story = explanation(store, "bob")
    assert "  what would have changed it: small: 0.4 more points would have passed this minimum" in story.splitlines()
    assert (
        f"  To object until 2026-04-01 09:30 UTC, write to the person who invited you and name decision {bob.id};"
        in story
    )
    assert verify(handed_in, store).problems == []


def test_no_person_is_called_automatic(handed_in: Workspace, store: Store) -> None:
    """So that nobody takes their decision for the rule's."""
    with pytest.raises(UsageError, match="is no person's name"):
        decide_by_person(handed_in, store, "ada", Verdict.ADMIT, by=AUTOMATIC, reason="x", now=NOW)


def application(store: Store, applicant_id: str, **declared: Any) -> None:
    """Put an application on record, without any checks."""
    data = {"languages": [{"language": "en", "level": "C1"}], "domains": [{"domain": "law", "years": 2}], **declared}
    with store.session() as session:
        session.add(ApplicationRow(applicant_id=applicant_id, data=data, submitted_at=NOW))


def test_country_age_gender_and_degree_change_nothing(handed_in: Workspace, store: Store) -> None:
    """The same results, everything else different."""
    for name, differs in (
        ("ada", {"country": "ES", "age": 21, "gender": "f", "degree": "", "name": "Ada", "hours_a_week": 5}),
        ("bob", {"country": "KE", "age": 64, "gender": "m", "degree": "PhD", "name": "Bob", "hours_a_week": 60}),
    ):
        application(store, name, **differs)
    ada = evidence_of(store, ["ada"])["ada"]
    found = {each.applicant_id: each for each in decide_all(handed_in, store, now=NOW)}
    assert found["ada"].inputs == tuple(ada)
    assert not {"ES", "PhD", "KE"} & set(found["bob"].model_dump_json().split('"'))


def test_what_was_declared_decides_what_is_required(handed_in: Workspace, store: Store) -> None:
    """A lawyer need not pass the test for physicians."""
    text = (handed_in.root / "policy.toml").read_text()
    (handed_in.root / "policy.toml").write_text(f'{text}\n[domains.medicine]\nassessments = ["small"]\n')
    application(store, "ada", domains=[{"domain": "medicine", "years": 1}])
    application(store, "bob")
    assert [each.applicant_id for each in decide_all(handed_in, store, now=NOW)] == ["ada"]
