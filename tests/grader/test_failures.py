"""Failures of ours are ours: killed processes, a full disk, a locked database. Nobody's zero, and a rerun completes."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from benchmarks.courses import make_course
from grader import database
from grader.batch import Batch
from grader.pool import Inline
from grader.scores import score_table
from grader.store import Store
from grader.walls import jail
from grader.workspace import Workspace
from tests.command import talentpool
from tests.conftest import use_database
from tests.course.courses import records
from tests.engines import sandbox
from tests.grader.test_batch import grade, send

pytestmark = pytest.mark.kernel
COMMAND = (sys.executable, "-m", "assessments", "grade", "--json")
QUICK = "c.TalentpoolAutograde.preload = []\n"
MOMENTS = 20
SQLITE = pytest.mark.parametrize("released", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with many small submissions; copied, never graded."""
    root = make_course(tmp_path_factory.mktemp("failures") / "course", "small", 150)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(QUICK)
    return root


@pytest.fixture(scope="module")
def undisturbed(course: Path) -> dict[str, list[tuple[object, ...]]]:
    """What its gradebook says after a run that nobody disturbs."""
    copy = course.with_name("undisturbed")
    shutil.copytree(course, copy)
    subprocess.run(COMMAND, cwd=copy, check=True, capture_output=True)
    return records(copy)


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, above in pairs if above == parent]
    return found[1:]


def done(course: Path) -> int:
    """How many submissions are graded."""
    return len(list(course.glob("autograded/*/small")))


def test_the_command_is_killed_at_any_moment(
    course: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    """It is the one writer as well. Twenty times; then a last run leaves what an undisturbed one leaves."""
    copy = tmp_path / "course"
    shutil.copytree(course, copy)
    rng = Random(11)
    for _ in range(MOMENTS):
        before = done(copy)
        process = subprocess.Popen(COMMAND, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # in some rounds before anything is graded, mostly while submissions are being written
        deadline = time.monotonic() + rng.uniform(1, 20)
        while done(copy) == before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.06))
        started = descendants(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_for_the_end_of(started)
    summary = json.loads(subprocess.run(COMMAND, cwd=copy, check=True, capture_output=True, text=True).stdout)
    assert 0 < summary["submissions"] < 150
    assert records(copy) == undisturbed
    assert not list(copy.glob("autograded/*/.*"))


def wait_for_the_end_of(processes: list[int]) -> None:
    """What a killed command had started ends by itself."""
    deadline = time.monotonic() + 20
    while left := [pid for pid in processes if Path(f"/proc/{pid}/exe").exists() and _runs(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_everything_it_started_is_killed_now_and_then(
    course: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    """Workers, fork servers, sandboxes: whichever is hit, the run goes on, and at most asks for another run."""
    copy = tmp_path / "course"
    shutil.copytree(course, copy)
    rng = Random(5)
    process = subprocess.Popen(COMMAND, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while done(copy) == 0:
        assert process.poll() is None
        time.sleep(0.01)
    for _ in range(6):
        if victims := [pid for pid in descendants(process.pid) if b"resource_tracker" not in _command(pid)]:
            try:
                os.kill(rng.choice(victims), signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.1)
    out, err = process.communicate(timeout=120)
    assert process.returncode in (0, 1), err
    assert json.loads(out)["failed"] == 0, out
    subprocess.run(COMMAND, cwd=copy, check=False, capture_output=True)
    assert records(copy) == undisturbed


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b"resource_tracker"


FULL = """
set -e
mount -t tmpfs -o size=6m tmpfs {disk}
cp -r {course} {disk}/course
cd {disk}/course
head -c 100m /dev/zero > filler 2>/dev/null || true
truncate -s -{left} filler
set +e
{grade} > {out}/first.json 2> {out}/first.err
echo $? > {out}/first.code
rm filler
{grade} > {out}/second.json 2> {out}/second.err
echo $? > {out}/second.code
cp -r {disk}/course {out}/course
"""


@pytest.mark.parametrize("left", ["100k", "700k"])
def test_the_disk_is_full(course: Path, tmp_path: Path, left: str) -> None:
    """On a small disk of its own: what fits is recorded, the rest is unavailable until there is room again."""
    small = tmp_path / "small"
    shutil.copytree(course, small, ignore=shutil.ignore_patterns("student000[3-9]*", "student001*"))
    disk = tmp_path / "disk"
    disk.mkdir()
    script = FULL.format(disk=disk, course=small, out=tmp_path, left=left, grade=" ".join(COMMAND))
    # root of a user namespace may mount, whoever runs the tests
    command = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c", script]
    environment = {**os.environ, "PYTHONPATH": str(Path(jail.__file__).parents[2])}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "first.code").read_text() == "1\n"
    first = (tmp_path / "first.json").read_text()
    assert not first or (json.loads(first)["unavailable"] > 0 and json.loads(first)["failed"] == 0), first
    assert "Traceback" not in (tmp_path / "first.err").read_text()
    assert (tmp_path / "second.code").read_text() == "0\n", (tmp_path / "second.err").read_text()
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(small, undisturbed)
    subprocess.run(COMMAND, cwd=undisturbed, check=True, capture_output=True)
    assert records(tmp_path / "course") == records(undisturbed)


@SQLITE
def test_a_locked_database(workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else holds it for longer than we wait: unavailable, tried again, no zero."""
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.2)
    send(workspace, store, "ada")
    impatient = Store(workspace.database_url)
    holder = sqlite3.connect(workspace.root / "gradebook.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    summary = Batch(workspace, impatient, Inline(sandbox())).run([], lambda _row, _graded: None)
    holder.execute("ROLLBACK")
    holder.close()
    impatient.close()
    assert (summary.unavailable, summary.graded) == (1, 0)
    assert score_table(store).points.isna().all()
    assert grade(workspace, store).graded == 1


@SQLITE
@pytest.mark.parametrize("server", [False, True])
def test_a_database_that_is_gone(workspace: Workspace, server: bool) -> None:
    """One clear line and exit code 1, before anything is run."""
    (workspace.root / "gradebook.db").unlink()
    (workspace.root / "gradebook.db").mkdir()
    if server:
        use_database(workspace.root, "postgresql+psycopg://nobody@127.0.0.1:1/none")
    outcome = talentpool("grade", "--workspace", workspace.root)
    assert outcome.code == 1
    assert "database" in outcome.err
    assert "Traceback" not in outcome.err


def test_four_runs_at_once_in_a_course(
    course: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    """They share it: nothing twice, nothing missing."""
    copy = tmp_path / "course"
    shutil.copytree(course, copy)
    command = [*COMMAND, "--workers", "1"]
    runs = [subprocess.Popen(command, cwd=copy, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    summaries = [json.loads(run.communicate()[0]) for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert sum(summary["graded"] for summary in summaries) == 150
    assert records(copy) == undisturbed
