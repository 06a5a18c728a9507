"""From what the tables say to the journal, the notices and the words in which somebody is told where they stand."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from onboarding.deciding import decide_all, decide_by_person, workspace_policy
from onboarding.decision import Verdict
from onboarding.journey import events
from onboarding.journey.catching_up import catch_up, change, require_start
from onboarding.journey.cli import status_of
from onboarding.journey.due import due
from onboarding.journey.facts import Facts
from onboarding.journey.journal import journey_of
from onboarding.journey.states import Journey, RefusedError, State
from onboarding.journey.status import in_words
from onboarding.journey.usual import UNKNOWN, usual
from onboarding.notices.outbox import notices
from onboarding.requirements import Policy
from onboarding.tables import ApplicationRow
from tests.command import talentpool
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def policy(workspace: Workspace) -> Policy:
    """The one of the tests, with training for near misses, a module, and some patience."""
    path = workspace.root / "policy.toml"
    way = '[journey]\ntraining = true\nmodules = ["after-submit"]\npatience_days = { retry = 100 }\n'
    path.write_text(path.read_text().replace("[[stages]]", f"{way}[[stages]]", 1))
    return workspace_policy(workspace)


def takes(workspace: Workspace, store: Store, *, right: bool, now: datetime = NOW) -> None:
    """Ada is issued the test and hands it in, all right or half of it."""
    packet = issue(workspace, store, "small", "ada", now=now)
    graded = partly_judged(packet, pending=0)
    wrong = tuple(score.model_copy(update={"points": 0.5 * score.points}) for score in graded.scores)
    record(store, packet, graded if right else graded.model_copy(update={"scores": wrong, "points": 6.0}))


def test_what_happened_is_entered_once_and_told(workspace: Workspace, store: Store, policy: Policy) -> None:
    """In its order, with a notice for each."""
    takes(workspace, store, right=True)
    decide_all(workspace, store, now=LATER)
    kinds = [entry.event.kind for entry in catch_up(store, policy, "ada", now=LATER)]
    assert kinds == ["applied", "tests-assigned", "test-started", "test-handed-in", "decided"]
    assert catch_up(store, policy, "ada", now=LATER) == []
    told = [notice.template for notice in notices(store, applicant_id="ada")]
    assert told == ["applied", "tests-assigned", "test-started", "test-received", "onboarding"]
    journey = journey_of(store, "ada")
    assert journey is not None
    assert (journey.state, journey.verdict) == (State.ONBOARDING, Verdict.ADMIT)


def test_what_is_long_past_is_not_told_any_more(workspace: Workspace, store: Store, policy: Policy) -> None:
    """As when a workspace gets its journal after months."""
    takes(workspace, store, right=True)
    assert catch_up(store, policy, "ada", now=NOW + timedelta(days=60))
    assert notices(store, applicant_id="ada") == []


def test_a_near_miss_is_asked_for_the_training(workspace: Workspace, store: Store, policy: Policy) -> None:
    """Before another attempt; somebody says when it is done."""
    takes(workspace, store, right=False)
    decide_all(workspace, store, now=LATER)
    with pytest.raises(UsageError, match="training comes before another attempt"):
        require_start(store, policy, "ada", "small", now=LATER)
    entry = change(store, policy, "ada", events.TrainingDone(at=LATER, by="mia"), now=LATER)
    assert entry.journey.trained
    with pytest.raises(RefusedError, match="may be tried again from 2026-03-09"):
        require_start(store, policy, "ada", "small", now=LATER)
    require_start(store, policy, "ada", "small", now=NOW + timedelta(days=8))
    templates = [notice.template for notice in notices(store, applicant_id="ada")]
    assert templates[-2:] == ["retry", "training-done"]


def test_an_attempt_goes_on_only_on_a_way_that_does(workspace: Workspace, store: Store, policy: Policy) -> None:
    """Who withdrew gets nothing; who applies again goes on with what was begun."""
    issue(workspace, store, "small", "ada", now=NOW)
    require_start(store, policy, "ada", "small", now=LATER)
    change(store, policy, "ada", events.Withdrawn(at=LATER, by="ada"), now=LATER)
    with pytest.raises(RefusedError, match="the application is withdrawn"):
        require_start(store, policy, "ada", "small", now=LATER)
    change(store, policy, "ada", events.Applied(at=LATER, by="ada"), now=LATER)
    require_start(store, policy, "ada", "small", now=LATER)
    assert status_of(store, policy, "ada", now=LATER).next_step.each == ("Small",)


def test_a_module_of_the_same_name_is_the_training(store: Store, policy: Policy) -> None:
    """Gone through after the decision; nobody has to say so."""
    journey = Journey(state=State.RETRY, since=LATER, number=6, retry=("justification",))
    known = Facts(
        applicant_id="ada",
        applied_at=NOW,
        filled_in_page=False,
        self_assessed_at=None,
        language="en",
        issued=(),
        handed_in=(),
        decisions=(),
        modules=(("justification", LATER + timedelta(hours=1)),),
        assigned=(),
    )
    (event,) = due(journey, known, policy, now=LATER)
    assert (event.kind, event.at) == ("training-done", LATER + timedelta(hours=1))
    earlier = known.model_copy(update={"modules": (("justification", NOW),)})
    assert list(due(journey, earlier, policy, now=LATER)) == []
    assert list(due(journey.model_copy(update={"retry": ("small",)}), known, policy, now=LATER)) == []


def test_what_the_policy_does_not_name_may_always_be_tried(store: Store, policy: Policy) -> None:
    """As for a test that is only being tried out."""
    require_start(store, policy, "ada", "unknown", now=LATER)
    change(store, policy, "ada", events.Withdrawn(at=LATER, by="ada"), now=LATER)
    require_start(store, policy, "ada", "unknown", now=LATER)
    with pytest.raises(RefusedError, match="withdrawn"):
        require_start(store, policy, "ada", "small", now=LATER)


def test_another_policy_assigns_other_tests(workspace: Workspace, store: Store, policy: Policy) -> None:
    """Whoever is not decided about is told at once."""
    catch_up(store, policy, "ada", now=NOW)
    more = policy.assessments["small"].model_copy(update={"qualification": "More"})
    stage = policy.stages[0].model_copy(update={"assessments": ("small", "more")})
    other = policy.model_copy(update={"stages": (stage,), "assessments": {**policy.assessments, "more": more}})
    month = NOW + timedelta(days=30)
    (entry,) = catch_up(store, other, "ada", now=month)
    assert (entry.event.at, entry.journey.state) == (month, State.TESTS_ASSIGNED)
    assert entry.journey.assigned == ("small", "more")
    assert notices(store, applicant_id="ada")[-1].data["assessments"] == ["Small", "More"]
    require_start(store, other, "ada", "more", now=month)


def test_who_applies_again_stands_where_the_decision_left_them(
    workspace: Workspace, store: Store, policy: Policy
) -> None:
    """At once, and is told; older decisions are past."""
    takes(workspace, store, right=True)
    decide_by_person(workspace, store, "ada", Verdict.REVIEW, by="Mia", reason="A look.", now=LATER)
    decide_by_person(workspace, store, "ada", Verdict.ADMIT, by="Mia", reason="Good.", now=LATER)
    change(store, policy, "ada", events.Withdrawn(at=LATER, by="ada"), now=LATER)
    month = NOW + timedelta(days=30)
    change(store, policy, "ada", events.Applied(at=month, by="ada"), now=month)
    entered = catch_up(store, policy, "ada", now=month)
    assert [entry.event.kind for entry in entered] == ["tests-assigned", "decided"]
    assert entered[-1].journey.state is State.ONBOARDING
    assert [notice.template for notice in notices(store, applicant_id="ada")][-3:] == [
        *("applied", "tests-assigned", "onboarding"),
    ]
    assert catch_up(store, policy, "ada", now=month) == []


def test_members_are_told_before_a_qualification_expires(workspace: Workspace, store: Store) -> None:
    """Once, and from then on attempts count anew; before, they are what they were."""
    policy = workspace_policy(workspace)
    takes(workspace, store, right=True)
    decide_all(workspace, store, now=LATER)
    catch_up(store, policy, "ada", now=LATER)
    journey = journey_of(store, "ada")
    assert journey is not None
    until = journey.valid_until["small"]
    soon = datetime.combine(until, LATER.timetz()) - timedelta(days=30)
    catch_up(store, policy, "ada", now=soon - timedelta(days=1))
    assert "qualification-expiring" not in {notice.template for notice in notices(store)}
    for _ in range(2):
        catch_up(store, policy, "ada", now=soon)
    (told,) = (notice for notice in notices(store) if notice.template == "qualification-expiring")
    assert told.data == {"qualification": "Small things", "until": str(until), "assessment": "Small"}
    step = status_of(store, policy, "ada", now=soon).next_step
    assert (step.said[:4], step.each) == ("take", (f"Small, valid until {until}",))


def test_who_misses_a_renewal_has_the_attempts_of_that_round(workspace: Workspace, store: Store) -> None:
    """The decision says so in words, and the way leads there; the earlier attempt led to what expires."""
    policy = workspace_policy(workspace)
    takes(workspace, store, right=True)
    decide_all(workspace, store, now=LATER)
    catch_up(store, policy, "ada", now=LATER)
    soon = NOW + timedelta(days=350)
    takes(workspace, store, right=False, now=soon)
    (missed,) = decide_all(workspace, store, now=soon + timedelta(hours=2))
    assert missed.verdict is Verdict.DECLINE
    assert any(f"may be tried again from {soon + timedelta(days=7):%Y-%m-%d}" in reason for reason in missed.reasons)
    entered = catch_up(store, policy, "ada", now=soon + timedelta(hours=2))
    assert entered[-1].journey.state is State.RETRY
    assert entered[-1].journey.started == {"small": 2}
    require_start(store, policy, "ada", "small", now=soon + timedelta(days=8))
    takes(workspace, store, right=False, now=soon + timedelta(days=8))
    (missed,) = decide_all(workspace, store, now=soon + timedelta(days=9))
    assert any("all 2 attempts are used" in reason for reason in missed.reasons)
    (*_, last) = catch_up(store, policy, "ada", now=soon + timedelta(days=9))
    assert last.journey.state is State.DECIDED


def test_patience_ends(workspace: Workspace, store: Store, policy: Policy) -> None:
    """By the policy; nothing else happens afterwards."""
    takes(workspace, store, right=False)
    decide_all(workspace, store, now=LATER)
    (last,) = catch_up(store, policy, "ada", now=LATER)[-1:]
    assert last.journey.state is State.RETRY
    (ended,) = catch_up(store, policy, "ada", now=LATER + timedelta(days=100))
    assert ended.journey.state is State.EXPIRED
    assert catch_up(store, policy, "ada", now=LATER + timedelta(days=200)) == []


def test_who_withdraws_is_out(workspace: Workspace, store: Store, policy: Policy) -> None:
    """Also a decision made afterwards does not bring them back."""
    takes(workspace, store, right=True)
    change(store, policy, "ada", events.Withdrawn(at=LATER, by="ada"), now=LATER)
    decide_by_person(workspace, store, "ada", Verdict.ADMIT, by="Mia", reason="Good.", now=LATER)
    assert catch_up(store, policy, "ada", now=LATER) == []
    with pytest.raises(RefusedError, match="a new one begins again"):
        change(store, policy, "ada", events.Withdrawn(at=LATER, by="ada"), now=LATER)


def test_where_somebody_stands_is_said_in_words(workspace: Workspace, store: Store, policy: Policy) -> None:
    """What comes next, who has to do it, the results with their reasons, how to object and to get help."""
    takes(workspace, store, right=False)
    decide_all(workspace, store, now=LATER)
    found = status_of(store, policy, "ada", now=LATER)
    text = in_words(found)
    assert found.state is State.RETRY
    assert found.next_step.who == "you"
    for words in (
        "# Where you stand: you may try again",
        "go through the training; then you may try these again from 2026-03-09 on:\n\n- Small\n",
        "the score is 50%",
        "what would have changed it",
        "You may object until",
        "Asking costs nothing",
        UNKNOWN,
    ):
        assert words in text, text


def test_how_long_it_usually_takes_is_what_it_took(workspace: Workspace, store: Store, policy: Policy) -> None:
    """The median of those who left the state."""
    for number in range(5):
        store.add_applicant(f"p{number}", "", now=NOW)
        catch_up(store, policy, f"p{number}", now=NOW)
        days = timedelta(days=2 * number)
        change(store, policy, f"p{number}", events.Withdrawn(at=NOW + days, by="x"), now=NOW + days)
    assert usual(store, State.TESTS_ASSIGNED) == "For half of the people this lasts 4 days or less."
    assert usual(store, State.POOL) == UNKNOWN


def test_the_commands(workspace: Workspace, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a person, for everybody, as a notebook."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(workspace.root))
    said = talentpool("status", "ada")
    assert (said.code, said.out.splitlines()[0]) == (0, "# Where you stand: your tests are chosen")
    assert "**Waiting for:** you." in said.out.splitlines()
    assert json.loads(talentpool("status", "ada", "--json").out)["next_step"]["each"] == ["Small"]
    assert talentpool("status", "ada", "--notebook", tmp_path / "my-status.ipynb").code == 0
    (cell,) = json.loads((tmp_path / "my-status.ipynb").read_text())["cells"]
    assert "- Small\n" in cell["source"]
    assert "cannot be written" in talentpool("status", "ada", "--notebook", tmp_path / "no" / "status.ipynb").err
    assert "2 events entered for 1 person" in talentpool("way", "update").out
    assert talentpool("way", "withdraw", "bob", "--by", "Bob").out == "bob: withdrawn\n"
    assert "training" in talentpool("way", "trained", "ada", "--by", "Mia").err
    assert talentpool("status", "nobody").code == 2


@pytest.mark.parametrize(("came_by", "state"), [("page", State.APPLIED), ("file", State.TESTS_ASSIGNED)])
def test_only_the_page_asks_for_the_self_assessment(
    workspace: Workspace, store: Store, policy: Policy, came_by: str, state: State
) -> None:
    """Whoever came in a file could not do it: nothing waits for it."""
    data: dict[str, Any] = {"languages": [], "domains": [], "self_assessed_at": None, "came_by": came_by}
    with store.session() as session:
        session.add(ApplicationRow(applicant_id="ada", email="ada@example.org", data=data, submitted_at=NOW))
    catch_up(store, policy, "ada", now=LATER)
    journey = journey_of(store, "ada")
    assert journey is not None
    assert journey.state is state
    with store.session() as session:
        row = session.get_one(ApplicationRow, "ada")
        row.data = {**data, "self_assessed_at": NOW.isoformat()}
    (*_, last) = [entry.journey.state for entry in catch_up(store, policy, "ada", now=LATER)] or [state]
    assert last is State.TESTS_ASSIGNED
