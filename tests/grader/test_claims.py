"""Claims: only one process has one, and it ends with the process."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.claims import Claims, claims_for
from grader.errors import UnavailableError
from grader.workspace import MARKER, Workspace, find_workspace
from tests.conftest import DATABASES
from tests.postgres import Server

WORKER = """
import sys
from pathlib import Path
from grader.claims import claims_for
from grader.workspace import find_workspace
place = find_workspace(Path(sys.argv[1]))
claims = claims_for(place.database_url, place.root)
for line in sys.stdin:
    action, key = line.split()
    print(getattr(claims, action)(key), flush=True)
"""
RACER = """
import sys
from pathlib import Path
from grader.claims import claims_for
from grader.workspace import find_workspace
place = find_workspace(Path(sys.argv[1]))
claims = claims_for(place.database_url, place.root)
print("ready", flush=True)
sys.stdin.readline()
print(*[key for key in map(str, range(300)) if claims.take(key)], flush=True)
sys.stdin.readline()
"""
# forks a child that outlives it, and says which
PARENT = """
import os, sys, time
from pathlib import Path
from grader.claims import FileClaims
claims = FileClaims(Path(sys.argv[1]) / ".claims")
claims.take("a")
child = os.fork()
if child == 0:
    os.closerange(0, 3)
    time.sleep(60)
    os._exit(0)
print(child, flush=True)
time.sleep(60)
"""


class Worker:
    """Another process, which does as it is told."""

    def __init__(self, workspace: Workspace, program: str = WORKER) -> None:
        command = [sys.executable, "-c", program, str(workspace.root)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, line: str) -> None:
        """What it is to do."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        """What it says next."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def take(self, key: str) -> bool:
        """Whether it could take a claim."""
        self.tell(f"take {key}")
        return self.answer() == "True"

    def end(self, how: signal.Signals) -> None:
        """End it."""
        self._process.send_signal(how)
        self._process.communicate()


Start = Callable[..., Worker]


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """A workspace with no more in it than its settings."""
    database = "sqlite:///x.db" if request.param == "sqlite" else request.getfixturevalue("new_database")()
    (tmp_path / MARKER).write_text(f'database = "{database}"\n')
    return find_workspace(tmp_path)


@pytest.fixture
def claims(place: Workspace) -> Iterator[Claims]:
    """This process's claims."""
    mine = claims_for(place.database_url, place.root)
    yield mine
    mine.close()


@pytest.fixture
def start(place: Workspace) -> Iterator[Start]:
    """Starts other processes, which end with the test."""
    started = []

    def worker(program: str = WORKER) -> Worker:
        started.append(Worker(place, program))
        return started[-1]

    yield worker
    for one in started:
        one.end(signal.SIGKILL)


def test_one_process_has_a_claim_until_it_releases_it(claims: Claims, start: Start) -> None:
    """Others are told at once; other keys are free."""
    worker = start()
    assert claims.take("a")
    assert claims.take("a")
    assert [worker.take(key) for key in "aba"] == [False, True, False]
    assert not claims.take("b")
    claims.release("a")
    claims.release("never taken")
    assert worker.take("a")
    assert not claims.take("a")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_claim_ends_with_its_process(claims: Claims, start: Start, how: signal.Signals) -> None:
    """However it ends."""
    worker = start()
    assert worker.take("a")
    assert not claims.take("a")
    worker.end(how)
    assert eventually(lambda: claims.take("a"))


def eventually(happens: Callable[[], bool]) -> bool:
    """A server notices the end of a process a moment later."""
    return any(happens() for _ in range(100_000))


def test_closing_gives_up_everything(claims: Claims, start: Start) -> None:
    """Many at once."""
    worker = start()
    keys = [str(number) for number in range(300)]
    assert all(claims.take(key) for key in keys)
    assert not any(worker.take(key) for key in keys)
    claims.close()
    assert eventually(lambda: worker.take(keys[0]))
    assert all(worker.take(key) for key in keys)


def test_four_processes_share_a_batch(start: Start) -> None:
    """Each part falls to one of them, whoever comes first."""
    workers = [start(RACER) for _ in range(4)]
    assert [worker.answer() for worker in workers] == ["ready"] * 4
    for worker in workers:
        worker.tell("go")
    taken = [key for worker in workers for key in worker.answer().split()]
    assert sorted(taken, key=int) == list(map(str, range(300)))


def test_no_child_keeps_the_claim_of_a_killed_parent(tmp_path: Path) -> None:
    """Whatever the holder had started."""
    (tmp_path / MARKER).write_text("")
    parent = Worker(place := find_workspace(tmp_path), PARENT)
    child = int(parent.answer())
    claims = claims_for(place.database_url, place.root)
    assert not claims.take("a")
    parent.end(signal.SIGKILL)
    assert claims.take("a")
    os.kill(child, signal.SIGKILL)
    claims.close()


@pytest.mark.postgres
def test_lost_claims_are_named(new_database: Callable[..., str], postgres: Server, tmp_path: Path) -> None:
    """With the server, the claims are gone; when it is back, they can be taken again."""
    (tmp_path / MARKER).write_text(f'database = "{new_database()}"\n')
    place = find_workspace(tmp_path)
    claims, other = (claims_for(place.database_url, place.root) for _ in range(2))
    claims.take("a")
    postgres.disconnect()
    with pytest.raises(UnavailableError):
        claims.take("b")
    assert other.take("a")
    assert not claims.take("a")
    claims.close()
    other.close()
