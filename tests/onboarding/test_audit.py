"""The chain over decisions: whatever is altered, removed, inserted or moved is seen, on both databases."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text, update

from assessments.errors import UsageError
from grader.store import Store, migrate
from grader.workspace import Workspace, create_workspace
from onboarding import recording, records
from onboarding.audit import accept, erasing, verify
from onboarding.chain import HEAD_FILE, NEXT_FILE, Head, canonical, link, prepare
from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.errors import AuditError
from onboarding.policy import version_of
from onboarding.tables import DecisionRow
from tests.command import talentpool
from tests.conftest import use_database

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
POLICY = b"title = 'kept'"
PEOPLE = ("ada", "bob", "cleo", "dan")


@pytest.fixture
def workspace(tmp_path: Path, url: str) -> Workspace:
    """An empty workspace on each database, with four people."""
    create_workspace(tmp_path / "pool", starter=False)
    workspace = use_database(tmp_path / "pool", url)
    migrate(workspace.database_url)
    (workspace.root / "policies").mkdir()
    (workspace.root / "policies" / f"{version_of(POLICY)}.toml").write_bytes(POLICY)
    return workspace


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """Its store, with people."""
    opened = Store(workspace.database_url)
    for name in PEOPLE:
        opened.add_applicant(name, "", now=NOW)
    yield opened
    opened.close()


def decision(name: str, reason: str = "grün ✓") -> Decision:
    """A decision about somebody."""
    return Decision(
        applicant_id=name,
        verdict=Verdict.ADMIT,
        reasons=(reason,),
        qualifications=(),
        inputs=(),
        policy_version=version_of(POLICY),
        decided_by=AUTOMATIC,
        decided_at=NOW,
        objection_until=NOW,
    )


@pytest.fixture
def ids(workspace: Workspace, store: Store) -> list[int]:
    """Four decisions on record, added two at a time; their numbers."""
    added = [recording.add(workspace, store, [decision(name) for name in names]) for names in (PEOPLE[:2], PEOPLE[2:])]
    found = [each.id for portion in added for each in portion]
    assert [each.id for each in records.history(store)] == found
    return [number for number in found if number]


def problems(workspace: Workspace, store: Store) -> list[str]:
    """What the audit finds."""
    return verify(workspace, store).problems


def test_an_untouched_record_is_whole(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """And what was read is what was added; the head can be noted elsewhere."""
    report = verify(workspace, store)
    assert (report.decisions, report.problems) == (len(ids), [])
    assert records.history(store, "bob") == [decision("bob").model_copy(update={"id": ids[1]})]
    recording.add(workspace, store, [decision("ada")])
    assert verify(workspace, store, noted=report.chain[:16]).problems == []
    assert "was noted" in verify(workspace, store, noted="f" * 16).problems[0]


COLUMNS = [column.name for column in DecisionRow.__table__.columns if column.name != "id"]
CHANGES: dict[str, object] = {
    "applicant_id": "ada",
    "outcome": "decline",
    "reasons": ["another"],
    "qualifications": [{"name": "x"}],
    "inputs": [{"score": 1}],
    "rules": [{"found": 1}],
    "decided_by": "Maria",
    "decided_at": NOW.replace(hour=1),
    "objection_until": None,
    "policy_version": "0" * 16,
    "chain": "0" * 64,
}


@pytest.mark.parametrize("column", CHANGES)
def test_an_altered_decision_is_seen(workspace: Workspace, store: Store, ids: list[int], column: str) -> None:
    """In every column, also in the last decision, after which nothing follows."""
    for number in (ids[1], ids[-1]):
        with store.session() as session:
            session.execute(update(DecisionRow).where(DecisionRow.id == number).values({column: CHANGES[column]}))
        assert any(f"decision {number} (" in problem for problem in problems(workspace, store))


@pytest.mark.parametrize("gone", [[0], [1], [1, 2], [3], [2, 3], [0, 1, 2, 3]])
def test_a_missing_decision_is_seen(workspace: Workspace, store: Store, ids: list[int], gone: list[int]) -> None:
    """The first, one in the middle, the last ones, all."""
    with store.session() as session:
        session.execute(delete(DecisionRow).where(DecisionRow.id.in_([ids[place] for place in gone])))
    assert f"{len(gone)} of 4 decisions are missing" in problems(workspace, store)


def copied(store: Store, number: int, **changes: object) -> dict[str, object]:
    """The columns of a decision, some of them changed."""
    with store.session() as session:
        row = session.get_one(DecisionRow, number)
        return {
            **{name: getattr(row, name) for name in COLUMNS},
            **changes,
        }


def test_an_inserted_decision_is_seen(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """Also at the end, with a link that somebody worked out rightly, which needs no secret; or with none."""
    with store.session() as session:
        last = list(records.stream(session))[-1]
        assert last.chain
        forged = link(last.chain, canonical(last.content))
        session.execute(insert(DecisionRow).values(**copied(store, ids[-1], chain=forged, decided_by=AUTOMATIC)))
    assert "1 decisions were added beside the kit: audit.head says 4" in problems(workspace, store)
    with store.session() as session:
        session.execute(update(DecisionRow).where(DecisionRow.chain == forged).values(chain=None))
    assert any("is not in the chain" in problem for problem in problems(workspace, store))
    with pytest.raises(AuditError, match=r"does not end where audit\.head says"):
        recording.add(workspace, store, [decision("ada")])


def test_moved_decisions_are_seen(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """Two that change places."""
    first, second = (copied(store, number) for number in ids[1:3])
    with store.session() as session:
        session.execute(update(DecisionRow).where(DecisionRow.id == ids[1]).values(**second))
        session.execute(update(DecisionRow).where(DecisionRow.id == ids[2]).values(**first))
    found = problems(workspace, store)
    assert any(problem.startswith(f"decision {ids[1]} (cleo") for problem in found)
    assert any(problem.startswith(f"decision {ids[2]} (bob") for problem in found)


def test_a_chain_that_was_made_anew_does_not_fit_the_head(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """Its links need no secret; the head does."""
    with store.session() as session:
        session.execute(update(DecisionRow).where(DecisionRow.id == ids[0]).values(outcome="decline"))
        recording.chain_anew(session)
    assert problems(workspace, store) == [
        "the record does not end with the link that audit.head says: its last decisions were made anew"
    ]


def test_a_head_that_was_changed_or_is_missing_is_seen(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """It is signed; and without it nothing can be added."""
    head = workspace.root / HEAD_FILE
    kept = head.read_text()
    head.write_text(kept.replace('"decisions":4', '"decisions":3'))
    with pytest.raises(AuditError, match=r"audit\.head was changed"):
        verify(workspace, store)
    head.unlink()
    assert problems(workspace, store) == [
        "audit.head is missing: nothing shows that the last decisions are still there"
    ]
    with pytest.raises(AuditError, match="nothing was added"):
        recording.add(workspace, store, [decision("ada")])
    head.write_text(kept)
    assert problems(workspace, store) == []


def test_policies_that_decided_are_kept(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """As they were."""
    path = workspace.root / "policies" / f"{version_of(POLICY)}.toml"
    path.write_text("title = 'another'")
    assert problems(workspace, store) == [f"policies/{path.name} was changed: decisions name this version"]
    path.unlink()
    assert problems(workspace, store) == [f"policies/{path.name} is missing: decisions name this version"]


@pytest.mark.parametrize("committed", [False, True])
def test_an_interruption_loses_nothing(workspace: Workspace, store: Store, ids: list[int], committed: bool) -> None:
    """Between the head that was prepared and the commit, and between the commit and the head."""
    before = shutil.copy(workspace.root / HEAD_FILE, workspace.root / "kept")
    recording.add(workspace, store, [decision("ada")])
    (workspace.root / HEAD_FILE).rename(workspace.root / NEXT_FILE)
    shutil.copy(before, workspace.root / HEAD_FILE)
    if not committed:
        with store.session() as session:
            session.execute(delete(DecisionRow).where(DecisionRow.id > ids[-1]))
    assert problems(workspace, store) == []
    recording.add(workspace, store, [decision("bob")])
    assert (verify(workspace, store).decisions, problems(workspace, store)) == (5 + committed, [])
    assert not (workspace.root / NEXT_FILE).exists()


def test_processes_that_add_at_once_do_not_fork_the_chain(workspace: Workspace, store: Store) -> None:
    """Four of them, one after the other: no decision is lost, and each follows the one before."""

    def add_ten(name: str) -> None:
        own = Store(workspace.database_url)
        for _ in range(10):
            recording.add(workspace, own, [decision(name)])
        own.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_ten, PEOPLE))
    report = verify(workspace, store)
    assert (report.decisions, report.problems) == (40, [])


def test_a_process_that_is_killed_gives_the_lock_back(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """Whatever it was doing."""
    store.close()
    child = os.fork()
    if child == 0:  # pragma: no cover
        own = Store(workspace.database_url)
        with erasing(workspace, own, ids):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    own = Store(workspace.database_url)
    recording.add(workspace, own, [decision("ada")])
    assert (verify(workspace, own).decisions, problems(workspace, own)) == (5, [])
    own.close()


def test_decisions_from_before_the_chain_are_chained(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """As they are when the next one is added."""
    with store.session() as session:
        session.execute(text("UPDATE talentpool_decision SET chain = NULL"))
    (workspace.root / HEAD_FILE).unlink()
    assert "audit.head is missing" in problems(workspace, store)[-1]
    recording.add(workspace, store, [decision("ada")])
    assert problems(workspace, store) == []


def test_personal_data_may_leave_a_decision(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """The chain holds, and what is left is sealed."""
    with erasing(workspace, store, ids[1:2]) as session:
        session.execute(update(DecisionRow).where(DecisionRow.id == ids[1]).values(reasons=["erased"]))
    recording.add(workspace, store, [decision("ada")])
    report = verify(workspace, store)
    assert (report.erased, report.problems) == (1, [])
    with store.session() as session:
        session.execute(update(DecisionRow).where(DecisionRow.id == ids[1]).values(reasons=["again"]))
    assert problems(workspace, store) == [
        f"decision {ids[1]} (bob, 2026-03-02 09:30 UTC) was altered after the erasure of data"
    ]


def test_a_person_may_take_the_record_as_it_stands(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """With a reason that stays; decisions can be added again."""
    with store.session() as session:
        session.execute(delete(DecisionRow).where(DecisionRow.id == ids[-1]))
    with pytest.raises(UsageError, match="needs --by NAME and --reason TEXT"):
        accept(workspace, store, by="Maria", reason=" ", now=NOW)
    accept(workspace, store, by="Maria", reason="restored from Monday's backup", now=NOW)
    recording.add(workspace, store, [decision("ada")])
    report = verify(workspace, store)
    assert (report.decisions, report.problems) == (4, [])
    assert [(each.by, each.decisions) for each in report.accepted] == [("Maria", 3)]


def test_a_foreign_secret_signs_no_head(workspace: Workspace, store: Store, ids: list[int]) -> None:
    """Who can write the workspace's files, but not read its secret, forges none."""
    (workspace.root / "secret.key").chmod(0o600)
    kept = (workspace.root / "secret.key").read_bytes()
    (workspace.root / "secret.key").write_bytes(b"another")
    prepare(workspace, Head(decisions=0))
    (workspace.root / "secret.key").write_bytes(kept)
    with pytest.raises(AuditError, match="its signature does not fit"):
        verify(workspace, store)


@pytest.fixture
def run(workspace: Workspace, store: Store, ids: list[int]) -> Callable[..., tuple[int, str]]:
    """Runs a command in the workspace; its exit code and output."""

    def command(*arguments: str) -> tuple[int, str]:
        found = talentpool(*arguments, "--workspace", workspace.root)
        return found.code, found.out + found.err

    return command


def test_the_commands(run: Callable[..., tuple[int, str]], store: Store) -> None:
    """Exit code 0 and the head; 1 and one line for each problem; accepted by a person."""
    code, said = run("audit", "verify")
    assert (code, "the record of 4 decisions is whole; its head" in said) == (0, True)
    with store.session() as session:
        session.execute(update(DecisionRow).where(DecisionRow.applicant_id == "bob").values(outcome="decline"))
    code, said = run("audit", "verify")
    assert code == 1
    assert "(bob, 2026-03-02 09:30 UTC) does not follow from the one before: it was altered, or one was" in said
    assert run("audit", "accept", "--by", "Maria", "--reason", "known")[0] == 0
    code, said = run("audit", "verify")
    assert code == 0
    assert "accepted as it stood" in said
    assert "by Maria: known" in said
