"""Whatever is handed in: it is stored as it came or refused with a reason, and nothing else on the machine changes."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from assessments import archive
from assessments.archive import content_hash, read_archive, read_files, write_archive
from assessments.errors import BundleError
from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE
from grader import intake
from grader.bookkeeping import Books
from grader.database import json_text
from grader.execution import Ending, Limits, Result, Task, Value
from grader.grading import SubmissionJob, grade_job
from grader.handout import issue
from grader.intake import RECEIVED, RECORD, open_path, stored_archive, take_in
from grader.released import keys_for, released_notebook
from grader.store import Store
from grader.workspace import Workspace, find_workspace
from tests.conftest import Released
from tests.property.handins import MAKERS, Files, archives, changes, names, packet_changes
from tests.samples import NOW, hand_in, reference_answers

pytestmark = [pytest.mark.kernel, pytest.mark.parametrize("released", ["sqlite"], indirect=True)]

SECRET = b"what nobody was given"
NOTEBOOK = "small.ipynb"


def cases(number: int) -> settings:
    """So many cases, however long one takes."""
    return settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))


# --- what must hold


class Idle:
    """Runs nothing: every call was never reached."""

    isolated = True

    def execute(self, task: Task) -> Result:
        """What comes out of no run."""
        values = {slot: tuple(Value(error="NotReached") for _ in calls) for slot, calls in task.calls.items()}
        return Result(values=values, ending=Ending.COMPLETE, wall_seconds=0)


class Place(NamedTuple):
    """A workspace with one valid submission that is not handed in yet; other files lie beside it."""

    workspace: Workspace
    store: Store
    job: SubmissionJob
    files: Files

    def __repr__(self) -> str:
        return "place"

    @property
    def root(self) -> Path:
        """Where all of it lies."""
        return self.workspace.root.parent

    @property
    def sent(self) -> Path:
        """What is handed in lies here."""
        return self.root / "sent"


@pytest.fixture(scope="module")
def place(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One for all cases; limits are lowered, so that small bombs are bombs."""
    root = tmp_path_factory.mktemp("fuzz")
    shutil.copytree(released.root, root / "workspace")
    (root / "secret").write_bytes(SECRET)
    workspace = find_workspace(root / "workspace")
    store = Store(workspace.database_url)
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    packet = issue(workspace, store, "small", "ada", now=NOW)
    path = hand_in(workspace, store, packet, reference_answers(workspace.bank("small"), packet))
    signed = store.packet(packet.packet_id)
    assert signed
    job = SubmissionJob(
        submission_id="",
        archive=b"",
        signed=signed,
        keys=keys_for(workspace, store, packet),
        released=released_notebook(workspace, packet.assessment, packet.bank_version),
        paper=Books(workspace, store).paper(packet.assessment),
        received_at=NOW,
        grace=workspace.grace,
        disputed=False,
        limits=Limits(),
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MAX_FILES", 30), ("MAX_FILE_BYTES", 200_000), ("MAX_TOTAL_BYTES", 400_000)):
            patch.setattr(archive, name, value)
            patch.setattr(intake, name, value, raising=False)
        yield Place(workspace, store, job, read_files(path))
    store.close()


def check(place: Place, path: Path) -> Files | None:
    """Hand it in; returns what was stored, None if it was refused."""
    before = tree(place)
    try:
        handed_in = open_path(path)
    except BundleError as error:
        complain(error)
        assert tree(place) == before
        return None
    receipt = take_in(place.workspace, place.store, handed_in, now=NOW)
    folder = place.workspace.intake / receipt.submission_id
    assert list(place.workspace.intake.iterdir()) == [folder]
    assert {path.name for path in folder.iterdir()} == {RECEIVED, RECORD}
    assert read_archive(stored_archive(place.workspace, folder.name)) == handed_in.files
    assert content_hash(handed_in.files) == folder.name
    assert not [name for name, content in handed_in.files.items() if SECRET in content]
    grade(place, stored_archive(place.workspace, folder.name))
    shutil.rmtree(folder)
    assert tree(place) == before
    return dict(handed_in.files)


def complain(error: BundleError) -> None:
    """One printable line of bounded length."""
    assert error.message.isprintable()
    assert len(error.message) < 1000


def grade(place: Place, stored: bytes) -> None:
    """As a worker does, but for the code, and write down the result."""
    graded = grade_job(place.job.model_copy(update={"archive": stored}), Idle()).graded
    assert 0 <= (graded.points or 0) <= 12
    json_text(list(graded.reasons)).encode()
    for score in graded.scores:
        json.loads(json_text(score.response))
        score.explanation.encode()


def tree(place: Place) -> dict[str, tuple[int, ...]]:
    """Everything around but the database and what was taken in."""
    found: dict[str, tuple[int, ...]] = {}
    for folder, folders, plain in os.walk(place.root):
        folders[:] = [name for name in folders if Path(folder, name) != place.workspace.intake]
        for path in (Path(folder, name) for name in plain if not name.startswith("gradebook.db")):
            status = path.lstat()
            found[str(path)] = status.st_mode, status.st_size, status.st_mtime_ns
        found |= {f"{folder}/{name}": () for name in folders}
    return found


@contextlib.contextmanager
def laid_out(place: Place, name: str = "sent.zip") -> Iterator[Path]:
    """Where something is sent from; nothing is left of it."""
    place.sent.mkdir()
    try:
        yield place.sent / name
    finally:
        shutil.rmtree(place.sent)


@given(data=st.data())
@cases(900)
def test_damaged_files(place: Place, data: st.DataObject) -> None:
    """Notebook, packet and responses, each with something wrong in it."""
    files = dict(place.files)
    for name in data.draw(st.lists(st.sampled_from([NOTEBOOK, PACKET_FILE, RESPONSES_FILE]), min_size=1, max_size=3)):
        change = data.draw(changes | packet_changes() if name == PACKET_FILE else changes)
        with contextlib.suppress(ValueError, IndexError, ZeroDivisionError, TypeError, KeyError, RecursionError):
            files[name] = change(files[name])
    for name in data.draw(st.sets(st.sampled_from(sorted(files)), max_size=1)):
        del files[name]
    with laid_out(place) as path:
        write_archive(path, files)
        stored = check(place, path)
    fits = all(len(content) <= archive.MAX_FILE_BYTES for content in files.values())
    assert stored == files or not fits


@given(build=archives())
@cases(900)
def test_odd_archives(place: Place, build: Callable[[Files], bytes]) -> None:
    """What cannot be opened is kept as it came."""
    with laid_out(place) as path:
        path.write_bytes(content := build(place.files))
        stored = check(place, path)
    if stored and "unreadable.bin" in stored and len(stored) == 1:
        assert stored["unreadable.bin"] in (content, b"".join(stored.values()))
    assert stored is not None or len(content) > archive.MAX_FILE_BYTES


@given(content=st.binary(max_size=300), name=names)
@cases(400)
def test_any_bytes_under_any_name(place: Place, content: bytes, name: str) -> None:
    """A file that is no archive at all."""
    with laid_out(place) as path:
        target = path.parent / f"_{name.replace('/', '_').replace(chr(0), '_')[:60]}"
        with contextlib.suppress(UnicodeEncodeError, IsADirectoryError):
            target.write_bytes(content)
            assert check(place, target) == {"unreadable.bin": content}


@given(parts=st.lists(st.tuples(names, st.sampled_from(sorted(MAKERS))), max_size=3), wrapped=st.booleans())
@cases(400)
def test_odd_folders(place: Place, parts: list[tuple[str, str]], wrapped: bool) -> None:
    """Names that a system allows and archives do not, links, pipes, more than anybody hands in."""
    with laid_out(place, "folder") as path:
        folder = path / "inner" if wrapped else path
        folder.mkdir(parents=True)
        for name, content in place.files.items():
            (folder / name).write_bytes(content)
        for name, kind in parts:
            inside = name.replace("\0", "").strip("/").replace("..", "__")
            with contextlib.suppress(OSError, UnicodeEncodeError):
                (folder / inside).parent.mkdir(parents=True, exist_ok=True)
                MAKERS[kind](folder / inside)
        check(place, path)
