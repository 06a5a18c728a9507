"""The sandbox's limits: what has no end is ended, and only that."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import forkserver
from grader.errors import UnavailableError
from grader.execution import Ending, Engine, Limits, Task
from grader.sandbox import Sandbox
from tests.engines import run, sandbox, value

pytestmark = pytest.mark.kernel


CATCHER = """
import time
while True:
    try:
        time.sleep(9)
    except BaseException:
        pass
"""
BLOCKER = """
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
time.sleep(99)
"""
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
time.sleep(99)
"""
HOSTILE = {
    "sleeps and catches everything": CATCHER,
    "blocks every signal": BLOCKER,
    "never returns from C": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "leaves a daemon": DAEMON,
}


@pytest.mark.parametrize("cell", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_ends_in_time(cell: str) -> None:
    """With everything that it started."""
    result = run("def f(): return 1", cell, limits=Limits(wall_seconds=2, call_seconds=60))
    assert result.ending is Ending.OUT_OF_TIME
    assert value(result) == "NotReached: the run ended before this call (out of time)"
    assert result.wall_seconds < 10


def test_signals_to_its_group_stay_inside() -> None:
    """The jail lives on and ends what is left."""
    ignoring = "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    cell = f"{ignoring}os.kill(0, signal.SIGSTOP)\ndef f(): return 1"
    assert value(run(cell)) == 1
    hanging = "import os, signal, time\nos.kill(0, signal.SIGKILL)\ntime.sleep(60)"
    assert run(hanging, limits=Limits(wall_seconds=2, call_seconds=60)).ending is Ending.OUT_OF_TIME


def test_the_processor_time_is_limited() -> None:
    """A loop in C that no alarm interrupts ends when its CPU seconds are used up."""
    burns = "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"
    result = run(burns, limits=Limits(wall_seconds=30, cpu_seconds=1, cell_seconds=25, call_seconds=25))
    assert result.ending is Ending.OUT_OF_TIME
    assert result.wall_seconds < 20


FLOOD = """
import os
while True:
    for fd in range(3, 64):
        try:
            os.write(fd, b"x" * 65536)
        except OSError:
            pass
"""


def test_too_much_output_is_cut() -> None:
    """The reader stops, the run ends."""
    result = run(FLOOD, limits=Limits(wall_seconds=60, call_seconds=60, output_bytes=1_000_000))
    assert result.ending is Ending.TOO_MUCH_OUTPUT


def test_it_is_the_first_to_go_when_memory_ends() -> None:
    """The kernel's own words for it."""
    assert value(run("def f(): return open('/proc/self/oom_score_adj').read().strip()")) == "1000"


CROWD = """
import subprocess
def f():
    crowd = [subprocess.Popen(["/bin/sleep", "4"]) for _ in range(20)]
    return all(sleeper.wait() == 0 for sleeper in crowd)
"""


def test_limits_do_not_count_the_neighbours() -> None:
    """Somebody who starts as many processes as he may keeps nobody else from starting his."""
    few = Limits(wall_seconds=10, call_seconds=9, processes=24)
    with Sandbox(Engine(preload=())) as other, ThreadPoolExecutor() as threads:
        task = Task(cells=(CROWD,), calls={"q": ("f()",)}, limits=few)
        crowds = [threads.submit(executor.execute, task) for executor in (other, sandbox())]
        assert [value(crowd.result()) for crowd in crowds] == [True, True]


NAME = f"slow-{os.getpid()}"
SLOW = f"import ctypes, time\nctypes.CDLL(None).prctl(15, b'{NAME}')\ntime.sleep(30)"


def test_who_is_killed_from_outside_has_not_failed() -> None:
    """From inside nobody can kill the first process; if it is killed, the machine has failed, not the applicant."""
    assert run("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "def f(): return 1").ending is Ending.COMPLETE

    with ThreadPoolExecutor() as threads:
        threads.submit(lambda: os.kill(_slow_notebook(), signal.SIGKILL))
        with pytest.raises(UnavailableError, match="killed from outside"):
            run(SLOW, limits=Limits(wall_seconds=20))


def test_what_cannot_be_ended_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for it gives up, and says so."""
    monkeypatch.setattr(forkserver, "END_SECONDS", 1)
    with ThreadPoolExecutor() as threads:
        stopped = threads.submit(_stop_the_guard)
        with pytest.raises(UnavailableError, match="did not end within 1 s"):
            run(SLOW, limits=Limits(wall_seconds=6, cell_seconds=30, call_seconds=30))
        os.kill(stopped.result(), signal.SIGCONT)
    assert value(run("def f(): return 1")) == 1


@pytest.mark.parametrize("code", [137, 9, 247])
def test_nobody_can_pretend_to_have_been_killed(code: int) -> None:
    """An exit code is not a signal: who leaves with one has ended his own run."""
    assert run(f"import os\nos._exit({code})").ending is Ending.DIED


def _slow_notebook() -> int:
    """Its process id, as soon as it runs."""
    for _ in range(2_000):
        for path in Path("/proc").glob("[0-9]*/comm"):
            if _reads(path) == NAME:
                return int(path.parent.name)
        time.sleep(0.01)
    raise AssertionError("it does not run")


def _stop_the_guard() -> int:
    """Stop the process that waits for the slow notebook; its id."""
    guard = int(Path(f"/proc/{_slow_notebook()}/stat").read_text().split()[3])
    os.kill(guard, signal.SIGSTOP)
    return guard


def _reads(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
