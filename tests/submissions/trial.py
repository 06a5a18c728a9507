"""All samples in one workspace, graded in one batch: the evidence that tests look at."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import MetaData, create_engine, select

from assessments.archive import read_files
from grader.batch import Summary
from grader.results import SubmissionResult
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace, find_workspace
from tests.submissions.batch import Desk, run_batch
from tests.submissions.collection import Sample, load
from tests.submissions.traps import Traps

HONEST_AFTER = 12
"""One honest submission comes after so many attacks."""
IN_FLUX = ("gradebook.db", "talentpool.log", ".nbgrader.log")
"""Files of a workspace that belong to everybody; their content is looked at otherwise."""


class Record(NamedTuple):
    """What the grader's record says of one submission. `row` is None where it was refused."""

    sample: Sample
    submission_id: str
    row: SubmissionRow | None
    result: SubmissionResult | None
    said: str
    emitted: str


class State(NamedTuple):
    """A workspace at one moment: the hash of every file, and every row of the database as text."""

    files: dict[str, str]
    rows: Counter[str]


class Evidence(NamedTuple):
    """The batch with the attacks in it.

    Args:
        alone: points of the honest samples when nobody else hands in.
        before, after: the workspace before and after the batch; everything was taken in and one person graded before.
    """

    workspace: Workspace
    store: Store
    traps: Traps
    summary: Summary
    records: dict[str, Record]
    alone: dict[str, float | None]
    before: State
    after: State


@contextmanager
def evidence(released: Path, folder: Path) -> Iterator[Evidence]:
    """Hand in and grade everything; the traps lie there as long as somebody looks.

    Args:
        released: a workspace that is copied.
        folder: an empty one to work in.
    """
    with _opened(released, folder / "alone") as (desk, workspace, store, traps):
        alone = {name: desk.hand_in(sample, name, traps, {}) for name, sample in load("honest").items()}
        run_batch(workspace, store)
        points = {result.submission_id: result.points for result in store.results()}
    with _opened(released, folder / "together") as (desk, workspace, store, traps):
        desk.hand_in(load("honest")["full-marks"], "graded-before", traps, {})
        run_batch(workspace, store)
        handed_in = _everybody(desk, traps)
        before = _state(workspace)
        ran = run_batch(workspace, store)
        yield Evidence(
            workspace=workspace,
            store=store,
            traps=traps,
            summary=ran.summary,
            records=_records(store, handed_in, ran.emitted),
            alone={name: points[number] for name, number in alone.items()},
            before=before,
            after=_state(workspace),
        )


@contextmanager
def _opened(released: Path, folder: Path) -> Iterator[tuple[Desk, Workspace, Store, Traps]]:
    """A copy of a workspace with its desk and the traps laid around it."""
    (folder / "sent").mkdir(parents=True)
    workspace = find_workspace(shutil.copytree(released, folder / "workspace"))
    store = Store(workspace.database_url)
    with closing(store), Traps(folder / "home", workspace.root).laid() as traps:
        yield Desk(workspace, store, load("honest"), folder / "sent"), workspace, store, traps


def _everybody(desk: Desk, traps: Traps) -> dict[str, tuple[Sample, str]]:
    """All attacks with honest submissions between them, as (sample, what the desk says) by applicant."""
    honest = load("honest")
    found = {"victim": (honest["full-marks"], desk.hand_in(honest["full-marks"], "victim", traps, {}))}
    theirs = read_files(desk.folder / "victim" / "sent.zip")
    for number, sample in enumerate(load("attacks").values()):
        found[sample.applicant_id] = (sample, desk.hand_in(sample, sample.applicant_id, traps, theirs))
        if number % HONEST_AFTER == 0:
            between = list(honest.values())[number // HONEST_AFTER % len(honest)]
            person = f"honest-{number}"
            found[person] = (between, desk.hand_in(between, person, traps, {}))
    return found


def _records(store: Store, handed_in: dict[str, tuple[Sample, str]], emitted: Mapping[str, str]) -> dict[str, Record]:
    rows = {row.id: row for row in store.submissions()}
    results = {result.submission_id: result for result in store.results()}
    said: dict[str, list[str]] = {}
    for score in store.item_scores(list(rows)):
        said.setdefault(score.submission_id, []).append(score.explanation)
    found = {}
    for person, (sample, number) in handed_in.items():
        row, result = rows.get(number), results.get(number)
        words = [number] if row is None else [*row.notes, *(result.reasons if result else ()), *said.get(number, [])]
        found[person] = Record(sample, number, row, result, " | ".join(words), emitted.get(number, ""))
    return found


def _state(workspace: Workspace) -> State:
    paths = [path for path in workspace.root.rglob("*") if path.is_file() and not path.name.startswith(IN_FLUX)]
    names = [path.relative_to(workspace.root).as_posix() for path in paths]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    return State(dict(zip(names, hashes, strict=True)), _rows(workspace))


def _rows(workspace: Workspace) -> Counter[str]:
    engine = create_engine(workspace.database_url)
    schema = MetaData()
    schema.reflect(engine)
    found: Counter[str] = Counter()
    with engine.connect() as connection:
        for table in schema.tables.values():
            found.update(f"{table.name}: {tuple(row)!r}" for row in connection.execute(select(table)))
    engine.dispose()
    return found
