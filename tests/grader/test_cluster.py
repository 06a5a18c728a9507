"""A real Dask scheduler with two worker processes on this machine's loopback."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.errors import UsageError
from benchmarks.courses import make_course
from grader.cluster import Cluster
from grader.errors import UnavailableError
from grader.execution import Engine
from tests import pooled
from tests.command import talentpool
from tests.course.courses import records

pytestmark = pytest.mark.kernel
ROOT = Path(__file__).parents[2]
LOCAL = ("--host", "127.0.0.1", "--no-dashboard")


class Dask:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        while not self._file.exists():
            assert self.scheduler.poll() is None
            time.sleep(0.1)
        self.address = str(json.loads(self._file.read_text())["address"])
        self.workers = [self._start("worker", "--nthreads", "1", "--no-nanny") for _ in range(2)]

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self._file), *LOCAL, *options]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    """Started for one test, as tests kill parts of it."""
    cluster = Dask(tmp_path)
    yield cluster
    cluster.close()


def test_a_killed_worker_loses_and_doubles_nothing(dask: Dask) -> None:
    """One of two workers is killed in mid-batch; every job has exactly one answer."""
    found: Counter[int] = Counter()
    with Cluster(Engine(preload=()), dask.address) as cluster:
        for finished in cluster.run(pooled.unhurried, range(24)):
            assert finished.answer == finished.job * 2, finished.problem
            found[finished.job] += 1
            if sum(found.values()) == 6:
                dask.workers[0].kill()
    assert found == Counter(range(24))


def test_a_course_is_graded_by_a_cluster(dask: Dask, tmp_path: Path) -> None:
    """With the same records as on this machine."""
    courses = [make_course(tmp_path / name, "small", 6) for name in ("here", "there")]
    here = talentpool("grade", "--json", "--workspace", courses[0])
    there = talentpool("grade", "--json", "--workspace", courses[1], "--cluster", dask.address)
    assert (here.code, there.code) == (0, 0), there.err
    assert json.loads(there.out)["graded"] == 6
    assert records(courses[0]) == records(courses[1])


def test_nobody_answers() -> None:
    """One clear line."""
    with pytest.raises(UnavailableError, match="no Dask scheduler answers"):
        Cluster(Engine(), "tcp://127.0.0.1:1")


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        Cluster(Engine(), "tcp://127.0.0.1:1")
    assert "talentpool[cluster]" in (caught.value.tip or "")
