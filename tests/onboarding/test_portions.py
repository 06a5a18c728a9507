"""What the policy decides is the same, wherever it is worked out and however it is written."""

from datetime import timedelta

import pytest

from grader.errors import UnavailableError
from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from onboarding import portions as at_once
from onboarding.audit import verify
from onboarding.chain import canonical
from onboarding.deciding import decide_all, workspace_policy
from onboarding.portions import portions
from onboarding.records import stream
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def taken(workspace: Workspace, store: Store) -> Workspace:
    """Ada and bob have handed in a test."""
    for name in ("ada", "bob"):
        packet = issue(workspace, store, "small", name, now=NOW)
        record(store, packet, partly_judged(packet, pending=3 if name == "bob" else 0))
    return workspace


def test_processes_side_by_side_decide_the_same(
    taken: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same order, one person in each portion."""
    policy = workspace_policy(taken)
    monkeypatch.setattr(at_once, "PORTION", 1)
    here = list(portions(store, policy, now=LATER))
    assert [[new.applicant_id for new in part.due] for part in here] == [["ada"], ["bob"]]
    assert list(portions(store, policy, now=LATER, many=0)) == here


def test_a_process_that_is_ended_is_no_decision(
    taken: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and nobody is decided about."""
    policy = workspace_policy(taken)
    monkeypatch.setattr(at_once, "_begin", _end)
    with pytest.raises(UnavailableError, match="a process that decides was ended from outside"):
        list(portions(store, policy, now=LATER, many=0))


def _end(*_: object) -> None:
    raise SystemExit(1)


def test_what_is_written_is_what_is_chained(taken: Workspace, store: Store) -> None:
    """The text that the link is made from is that of what is read again."""
    found = portions(store, workspace_policy(taken), now=LATER)
    texts = {new.applicant_id: new.text for part in found for new in part.due}
    decide_all(taken, store, now=LATER)
    with store.session() as session:
        read = {str(each.content["applicant_id"]): canonical(each.content) for each in stream(session)}
    assert read == texts
    assert verify(taken, store).problems == []
