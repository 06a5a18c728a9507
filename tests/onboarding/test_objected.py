"""While an appeal is open, nobody decides but by that appeal: neither the policy nor a person."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from assessments.errors import UsageError
from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from onboarding import deciding, recording, records
from onboarding.audit import verify
from onboarding.deciding import decide_all, decide_by_person
from onboarding.decision import AUTOMATIC, Verdict
from onboarding.help.appeals import appeal, decide_appeal
from onboarding.help.pending import count_objecting
from tests.command import talentpool
from tests.onboarding.help.test_desk import at_once
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel
LATER = NOW + timedelta(days=1)


@pytest.fixture
def decided(workspace: Workspace, store: Store) -> Workspace:
    """The policy has decided about ada and bob."""
    for name in ("ada", "bob"):
        packet = issue(workspace, store, "small", name, now=NOW)
        record(store, packet, partly_judged(packet, pending=0))
    assert len(decide_all(workspace, store, now=NOW)) == 2
    return workspace


def test_the_policy_leaves_out_who_objected(decided: Workspace, store: Store) -> None:
    """Also with another policy; the appeal's decision sees what is new, so that the policy finds nothing afterwards."""
    opened = appeal(decided, store, "ada", "Question 3 has two answers.", now=LATER)
    policy = decided.root / "policy.toml"
    policy.write_text(policy.read_text().replace("minimum_score = 0.7", "minimum_score = 0.6"))
    assert [new.applicant_id for new in decide_all(decided, store, now=LATER)] == ["bob"]
    assert count_objecting(store) == 1
    said = talentpool("decide", "--workspace", decided.root).out.splitlines()
    assert said == [
        "nothing new to decide",
        "left out: 1 with an open appeal, which decides next; see talentpool help list",
    ]
    decide_appeal(decided, store, opened.number, Verdict.ADMIT, by="Tom Ek", reason="It has.", now=LATER)
    assert count_objecting(store) == 0
    assert decide_all(decided, store, now=LATER) == []
    assert [each.decided_by for each in records.history(store, "ada")] == [AUTOMATIC, "Tom Ek"]
    assert verify(decided, store).problems == []


def test_the_policy_does_not_overrule_who_was_quicker(
    decided: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person decides and another one's appeal arrives while the policy is being applied: both are left out."""
    policy = decided.root / "policy.toml"
    policy.write_text(policy.read_text().replace("minimum_score = 0.7", "minimum_score = 0.6"))
    add = recording.append

    def late(*arguments: object, **named: object) -> object:
        monkeypatch.setattr(deciding, "append", add)
        decide_by_person(decided, store, "ada", Verdict.DECLINE, by="Maria", reason="Read it.", now=LATER)
        appeal(decided, store, "bob", "No.", now=LATER)
        return add(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(deciding, "append", late)
    assert decide_all(decided, store, now=LATER) == []
    assert [each.decided_by for each in records.history(store)] == [AUTOMATIC, AUTOMATIC, "Maria"]


def test_of_two_people_who_decide_at_once_one_is_told(
    decided: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen the same decision in force; the second leaves nothing behind."""
    add, ready = recording.add, Barrier(2)

    def together(*arguments: object, **named: object) -> object:
        ready.wait(10)
        return add(*arguments, **named)  # type: ignore[arg-type]

    def decide(name: str) -> None:
        decide_by_person(decided, store, "ada", Verdict.DECLINE, by=name, reason="Read it.", now=LATER)

    monkeypatch.setattr(deciding, "add", together)
    said = at_once(*(partial(decide, name) for name in ("Maria", "Tom Ek")))
    assert said == ["", "ada: somebody else has decided in this moment; nothing was recorded"]
    assert len(records.history(store, "ada")) == 2
    assert verify(decided, store).problems == []


def test_a_person_decides_by_the_appeal_alone(decided: Workspace, store: Store) -> None:
    """The refusal names it and the command; nothing is recorded, and nobody else is refused."""
    number = appeal(decided, store, "ada", "No.", now=LATER).number
    with pytest.raises(UsageError, match=f"ada: appeal {number} is open") as refused:
        decide_by_person(decided, store, "ada", Verdict.DECLINE, by="Maria", reason="Read it.", now=LATER)
    assert f"talentpool appeal decide {number} --by NAME" in refused.value.tip
    decide_by_person(decided, store, "bob", Verdict.DECLINE, by="Maria", reason="Read it.", now=LATER)
    assert [each.applicant_id for each in records.history(store)] == ["ada", "bob", "bob"]
