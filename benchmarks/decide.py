"""How fast decisions are: a workspace with many applicants, written into the database at once, then decided.

Run: .venv/bin/python benchmarks/decide.py [--applicants N] [--postgresql]. Everybody has handed in the
three assessments that the stages of the starter policy name, with all questions; every second one has an application.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).parents[1]))

from grader.bank import Bank
from grader.course import authoring
from grader.store import Store, migrate
from grader.tables import ApplicantRow, ItemScoreRow, PacketRow, ResultRow, SubmissionRow
from grader.workspace import Workspace
from onboarding.audit import verify
from onboarding.deciding import workspace_policy
from onboarding.explain import explanation
from onboarding.journey.catching_up import catch_up_all
from onboarding.journey.cli import status_of
from onboarding.policy import read_policy
from onboarding.tables import ApplicationRow
from onboarding.workspace_cli import new_workspace
from tests.conftest import use_database
from tests.postgres import Server

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BEFORE = NOW - timedelta(days=10)
"""Of what is older than a week nobody is told any more: notices are written of decisions alone."""
AT_ONCE = 500
Rows = dict[type, list[dict[str, Any]]]


def fill(workspace: Workspace, store: Store, count: int) -> None:
    """Write all applicants with their results."""
    banks = [workspace.bank(name) for name in workspace_policy(workspace).required]
    rng = Random(1)
    for start in range(0, count, AT_ONCE):
        rows: Rows = {table: [] for table in (ApplicantRow, ApplicationRow, PacketRow, SubmissionRow, ResultRow)}
        rows[ItemScoreRow] = []
        for number in range(start, min(start + AT_ONCE, count)):
            _person(rows, number, banks, rng)
        with store.session() as session:
            for table, some in rows.items():
                session.execute(insert(table), some)


def _person(rows: Rows, number: int, banks: list[Bank], rng: Random) -> None:
    name, ability = f"p{number:06}", rng.gauss(0.72, 0.12)
    rows[ApplicantRow].append({"id": name, "name": "", "registered_at": BEFORE})
    if number % 2 == 0:
        data = {
            "languages": [{"language": "en", "level": "C1"}],
            "domains": [{"domain": "programming", "years": 3}],
            "came_by": "file",
        }
        rows[ApplicationRow].append({"applicant_id": name, "data": data, "submitted_at": BEFORE})
    for bank in banks:
        packet = sha256(f"{name} {bank.assessment}".encode()).hexdigest()
        rows[PacketRow].append(_packet(packet[:32], name, bank.assessment))
        rows[SubmissionRow].append(
            {"id": packet, "packet_id": packet[:32], "received_at": BEFORE, "received_name": "x", "notes": []}
        )
        scores = [_score(packet, slot, rng.random() < ability) for slot in bank.blueprint.slots]
        rows[ItemScoreRow] += scores
        rows[ResultRow].append(_result(packet, scores))


def _packet(packet_id: str, name: str, assessment: str) -> dict[str, Any]:
    return {
        "id": packet_id,
        "applicant_id": name,
        "assessment": assessment,
        "attempt": 1,
        "issued_at": BEFORE - timedelta(hours=1),
        "closes_at": BEFORE + timedelta(hours=1),
        "signed": "x" * 2000,
        "parameters": {},
    }


def _score(submission_id: str, slot: Any, right: bool) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "slot": slot.id,
        "item_id": f"item-{slot.id}",
        "item_version": 1,
        "kind": "choice",
        "task_type": "skill",
        "skill": slot.skill,
        "status": "scored",
        "points": slot.points * right,
        "points_pending": 0.0,
        "max_points": slot.points,
        "explanation": "the right option" if right else "another option than the right one",
        "checks": [],
        "response": "b",
    }


def _result(submission_id: str, scores: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "outcome": "graded",
        "points": sum(score["points"] for score in scores),
        "points_pending": 0.0,
        "max_points": sum(score["max_points"] for score in scores),
        "worked_minutes": 30.0,
        "reasons": [],
        "fingerprint": submission_id,
        "graded_at": NOW,
    }


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what something took, and how much of it this process worked: the machine may have been busy otherwise."""
    started, worked = time.monotonic(), time.process_time()
    yield
    seconds, worked = time.monotonic() - started, time.process_time() - worked
    print(f"  {what}: {seconds:.3f} s, {worked:.3f} s of them work", flush=True)


def update(workspace: Workspace, store: Store) -> int:
    """As `way update` does; how many events were entered."""
    return sum(len(entered) for entered in catch_up_all(store, read_policy(workspace.root), now=NOW))


def one_applicant(workspace: Workspace, store: Store, name: str) -> None:
    """What is asked for again and again: medians, within this process and as commands."""
    policy = read_policy(workspace.root)
    for what, work in (
        ("status", lambda: status_of(store, policy, name, now=NOW)),
        ("explain", lambda: explanation(store, name)),
    ):
        took = median(_milliseconds(work) for _ in range(20))
        command = partial(as_command, workspace, what, name)
        whole = median(_milliseconds(command) for _ in range(7))
        print(f"  {what} of one applicant: {took:.1f} ms; as a command, with Python's start: {whole:.0f} ms")


def as_command(workspace: Workspace, *arguments: str) -> str:
    """What a command prints; it has to succeed."""
    command = [sys.executable, "-m", "assessments", *arguments, "--workspace", str(workspace.root)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return 1000 * (time.monotonic() - started)


def run(folder: Path, count: int, place: Callable[[Path], Workspace]) -> None:
    """All measurements on one database."""
    workspace = place(folder / "pool")
    store = Store(workspace.database_url)
    print(f"{store.engine.dialect.name}, {count:,} applicants")
    with timed("to write them"):
        fill(workspace, store, count)
    with timed("talentpool decide, about all of them"):
        assert f"{count} decided automatically" in as_command(workspace, "decide")
    with timed("talentpool decide, when nothing is new"):
        assert "nothing new to decide" in as_command(workspace, "decide")
    with timed("to enter everybody's way, with a notice of each decision"):
        update(workspace, store)
    with timed("to look at everybody's way again"):
        assert update(workspace, store) == 0
    one_applicant(workspace, store, f"p{count // 2:06}")
    with timed("to verify the record"):
        assert verify(workspace, store).problems == []
    store.close()


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applicants", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true", help="also on a PostgreSQL server of its own")
    given = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, Linux {platform.release()}")
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder) / "sqlite", given.applicants, lambda root: new_workspace(root, starter=True))
        if given.postgresql:
            server = Server()
            try:
                run(Path(folder) / "server", given.applicants, lambda root: _on(server, root))
            finally:
                server.stop()
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _on(server: Server, root: Path) -> Workspace:
    new_workspace(root, starter=True)
    workspace = use_database(root, server.create("benchmark"))
    authoring.create_gradebook(workspace)
    migrate(workspace.database_url)
    return workspace


if __name__ == "__main__":
    main()
