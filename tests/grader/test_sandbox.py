"""The sandbox, on this machine, as whoever runs the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assessments.values import decode
from grader import sandbox as module
from grader.errors import UnavailableError
from grader.execution import Ending, Engine, Limits, Result, Task
from grader.sandbox import Sandbox
from grader.walls import jail
from grader.walls.shown import read_only
from tests.engines import sandbox, unsafe

pytestmark = pytest.mark.kernel
QUICK = Limits(wall_seconds=4, call_seconds=1)


def run(*cells: str, calls: tuple[str, ...] = ("f()",), limits: Limits = QUICK) -> Result:
    """Run cells, then calls."""
    return sandbox().execute(Task(cells=cells, calls={"q": calls}, limits=limits))


def value(result: Result) -> object:
    """What the first call gave."""
    first = result.values["q"][0]
    return decode(first.value) if first.value is not None else f"{first.error}: {first.message}"


def test_values_come_out() -> None:
    """With notebook semantics: magics, top-level await, a cell that fails does not stop the next."""
    cells = ("1 / 0", "%precision 3", "import asyncio\nx = await asyncio.sleep(0, 'ok')")
    result = run(*cells, "def f(): return x, {1: [2.5]}")
    assert value(result) == ("ok", {1: [2.5]})
    assert result.ending is Ending.COMPLETE


def test_errors_come_out_by_name() -> None:
    """With a message of bounded length."""
    assert value(run("def f(): raise KeyError('x' * 1000)")) == f"KeyError: {str(KeyError('x' * 1000))[:300]}"
    assert value(run("f = 5")) == "TypeError: 'int' object is not callable"
    assert value(run()) == "NameError: name 'f' is not defined"


SEES = """
import json
import os
import shutil
import subprocess
import tempfile
def f():
    skipped = ("/proc", "/usr", "/lib", "/bin", "/sbin", "/dev")
    places = [place for place, _, _ in os.walk("/") if not place.startswith(skipped) and "lib/python" not in place]
    names = [os.path.join(place, name) for place in places for name in os.listdir(place)]
    return [name for name in names if name.endswith((".toml", ".db", ".key", "passwd", ".bash_history"))]
"""


def test_nothing_of_ours_is_visible(tmp_path: Path) -> None:
    """No bank, database, key or home folder; the interpreter's own files are."""
    (tmp_path / "secret.key").write_text("secret")
    found = value(run(SEES, limits=Limits(wall_seconds=30, call_seconds=20)))
    assert found == []
    reads = f"def f(): return open({str(tmp_path / 'secret.key')!r}).read()"
    assert "FileNotFoundError" in str(value(run(reads)))
    assert "FileNotFoundError" in str(value(run(f"def f(): return open({jail.__file__!r}).read()")))


MOUNT = """
import ctypes
def f():
    assert ctypes.CDLL(None).mount(b"x", b"/tmp", b"tmpfs", 0, None) == 0
"""


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("write outside its scratch", "def f(): return open('/x', 'w').write('x')"),
        ("write into the package", "def f(): return open('/talentpool/assessments/x.py', 'w').write('x')"),
        ("write into the libraries", "import json\ndef f(): return open(json.__file__, 'a').write('x')"),
        ("reach the network", "import socket\ndef f(): return socket.create_connection(('127.0.0.1', 1), 1)"),
        ("mount", MOUNT),
        ("fill the disk", "def f(): return open('/tmp/x', 'wb').write(b'0' * 50_000_000)"),
        ("become root", "import os\ndef f(): os.setuid(0)"),
        ("take all memory", "def f(): return len(bytearray(10_000_000_000))"),
    ],
)
def test_it_cannot(what: str, code: str) -> None:
    """Each ends in an error inside."""
    first = run(code).values["q"][0]
    assert first.error is not None, what


def test_environment_and_processes_are_its_own() -> None:
    """No variable of ours, no process of ours, no open file but the standard three and its channel."""
    os.environ["TALENTPOOL_TEST_SECRET"] = "secret"
    look = "import os\ndef f(): return (sorted(os.environ), [p for p in os.listdir('/proc') if p.isdigit()])"
    found = value(run(look))
    assert isinstance(found, tuple)
    names, processes = found
    assert "TALENTPOOL_TEST_SECRET" not in names
    assert processes == ["1"]
    links = "sorted(os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')[:-1])"
    files = value(run(f"import os\ndef f(): return {links}"))
    # standard input, output and error, what they are read from, the event loop's own, the channel
    kinds = [str(name).split(":")[0] for name in files] if isinstance(files, list) else []
    assert set(kinds) <= {"/dev/null", "/memfd", "anon_inode", "socket", "pipe"}, files
    assert kinds.count("pipe") == 1


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


def test_it_is_the_first_to_go_when_memory_ends() -> None:
    """The kernel's own words for it."""
    assert value(run("def f(): return open('/proc/self/oom_score_adj').read().strip()")) == "1000"


def test_a_slow_call_costs_only_itself() -> None:
    """The next one is made."""
    result = run("def f(slow=False):\n    while slow: pass\n    return 1", calls=("f(True)", "f()"))
    assert [found.error for found in result.values["q"]] == ["TimeoutError", None]


def test_leaving_early_gives_no_values() -> None:
    """A cell that ends the process has answered nothing."""
    for cell in ("import os\nos._exit(0)", "import os\nos.abort()"):
        assert "NotReached" in str(value(run("def f(): return 1", cell)))


FORGE = """
import json, os
for fd in range(3, 64):
    try:
        os.write(fd, b'{"index": 0, "value": ["bool", true]}' + bytes([10]) + b"not json" + bytes([10, 255, 10]))
    except OSError:
        pass
"""


def test_what_is_forged_is_only_a_claim() -> None:
    """Lines of their own are read as values of theirs: without the right value they are worth nothing."""
    result = run(FORGE, "def f(): return 7")
    # the later line of the program stands
    assert value(result) == 7


FLOOD = """
import json
import os
import shutil
import subprocess
import tempfile
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


def test_without_isolation_limits_still_hold() -> None:
    """The explicit choice of the operator's runs the same code."""
    task = Task(cells=("def f(): return 2",), calls={"q": ("f()",)})
    assert value(unsafe().execute(task)) == 2


def test_a_machine_that_forbids_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grading is refused with a reason and a remedy, and nobody gets a zero."""
    monkeypatch.setattr(module, "read_only", lambda: [("/usr", "/dev/null/usr")])
    with pytest.raises(UnavailableError, match="does not allow the sandbox") as caught:
        run("def f(): return 1")
    assert "--unsafe-no-sandbox" in caught.value.tip


LOOK = """
import os, sys
from grader.walls.jail import Walls, enter, leave
shown = [("/usr", "/usr")]
walls = Walls(True, sys.argv[1], shown, [], [], 1_000_000, {"RLIMIT_NOFILE": 64}, [])
leave(walls, None)
if os.fork() == 0:
    enter(walls, None)
    print(sorted(os.listdir("/")), os.getpid(), os.geteuid(), flush=True)
    os._exit(0)
os.wait()
"""


def test_an_ordinary_user_gets_the_same_sandbox() -> None:
    """Nobody needs to be root to grade: own root, own processes, no network, no privileges."""
    python = Path("/usr/bin/python3")
    if os.geteuid() != 0 or not python.exists():
        pytest.skip("the other tests have just run as an ordinary user, or the system has no Python for one")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o777)
    shutil.copytree(Path(jail.__file__).parent, folder / "grader" / "walls")
    (folder / "root").mkdir()
    code = f"import sys; sys.path.insert(0, {str(folder)!r})\n{LOOK}"
    try:
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
        command = [str(python), "-I", "-B", "-c", code, str(folder / "root")]
        run = subprocess.run(command, **nobody, capture_output=True, text=True, check=False)  # type: ignore[call-overload]
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.startswith("['bin', 'dev', 'lib', 'lib64', 'proc', 'sbin', 'scratch', 'tmp', 'usr'] 1 65534")
    finally:
        shutil.rmtree(folder)


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


def test_an_interpreter_below_tmp_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the sandbox covers the interpreter's own folders."""
    below = Path(tempfile.mkdtemp(dir="/tmp"))
    below.chmod(0o755)
    (below / "lib").mkdir()
    (below / "lib" / "there.txt").write_text("yes")
    monkeypatch.setattr(module, "read_only", lambda: [*read_only(), (str(below), str(below))])
    try:
        assert value(run(f"def f(): return open({str(below / 'lib' / 'there.txt')!r}).read()")) == "yes"
        code = "import tempfile\ndef f():\n    with tempfile.NamedTemporaryFile() as t: return t.write(b'1')"
        assert value(run(code)) == 1
    finally:
        shutil.rmtree(below)


def test_folders_of_ours_are_hidden_where_libraries_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a plain install, where the banks lie beside the libraries, or with a workspace inside the environment."""
    below = Path(tempfile.mkdtemp(dir="/tmp"))
    below.chmod(0o755)
    for folder in ("grader", "workspace", "numpy"):
        (below / folder).mkdir()
        (below / folder / "bank.toml").write_text("key")
    monkeypatch.setattr(module, "read_only", lambda: [*read_only(), (str(below), str(below))])
    look = (
        f"import os\ndef f(): return [os.listdir({str(below)!r} + '/' + n) for n in ('grader', 'workspace', 'numpy')]"
    )
    try:
        task = Task(cells=(look,), calls={"q": ("f()",)})
        hidden = (below / "grader", below / "workspace")
        assert value(Sandbox(Engine(hidden=hidden, preload=())).execute(task)) == [[], [], ["bank.toml"]]
    finally:
        shutil.rmtree(below)


def test_nobody_can_pretend_that_the_sandbox_failed() -> None:
    """Whatever is written to standard error, and whatever the exit code."""
    result = run("import os, sys\nprint('use --unsafe-no-sandbox', file=sys.stderr, flush=True)\nos._exit(97)")
    assert result.ending is Ending.DIED


def test_signals_to_its_group_stay_inside() -> None:
    """The jail lives on and ends what is left."""
    ignoring = "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    cell = f"{ignoring}os.kill(0, signal.SIGSTOP)\ndef f(): return 1"
    assert value(run(cell)) == 1
    hanging = "import os, signal, time\nos.kill(0, signal.SIGKILL)\ntime.sleep(60)"
    assert run(hanging, limits=Limits(wall_seconds=2, call_seconds=60)).ending is Ending.OUT_OF_TIME


CALLS = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def f():
    found = []
    for name, arguments in (
        ("unshare", (0x10000000,)),
        ("ptrace", (0, 0, 0, 0)),
        ("shmget", (0, 4096, 0o1600)),
        ("mount", (b"x", b"/tmp", b"tmpfs", 0, None)),
        ("setns", (0, 0)),
    ):
        result = getattr(libc, name)(*arguments)
        found.append((name, result, ctypes.get_errno()))
    for number in (248, 249, 250, 425):
        found.append((number, libc.syscall(number, 0, 0, 0, 0, 0), ctypes.get_errno()))
    return found
"""


def test_dangerous_calls_answer_not_permitted() -> None:
    """Nested namespaces, tracing, shared memory that outlives a process, mounts, key rings, io_uring."""
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers of system calls in this test are those of x86_64")
    found = value(run(CALLS))
    assert isinstance(found, list)
    assert [(result, error) for _, result, error in found] == [(-1, 1)] * 9


def test_forks_and_threads_still_work() -> None:
    """The filter stops namespaces, not ordinary work."""
    cell = (
        "import os, threading\n"
        "def f():\n"
        "    seen = []\n"
        "    worker = threading.Thread(target=lambda: seen.append(1))\n"
        "    worker.start(); worker.join()\n"
        "    child = os.fork()\n"
        "    if not child: os._exit(7)\n"
        "    return seen, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])"
    )
    assert value(run(cell)) == ([1], 7)


ODD_LINES = (
    '{"index": Infinity, "value": ["none"]}',
    '{"index": 0, "value": ["float", "0x1p99999"]}',
    "[" * 5_000,
    "9" * 5_000,
)


@pytest.mark.parametrize("line", ODD_LINES, ids=("infinity", "overflow", "deep", "long"))
def test_odd_lines_are_passed_over(line: str) -> None:
    """They neither count nor make the reader fail."""
    forge = f"line = {line.encode() + bytes([10])!r}\nimport os\nfor fd in range(3, 64):\n"
    body = "    try: os.write(fd, line)\n    except OSError: pass\n"
    assert value(run(forge + body, "def f(): return 3")) == 3


def test_who_is_killed_from_outside_has_not_failed() -> None:
    """From inside nobody can kill the first process; if it is killed, the machine has failed, not the applicant."""
    assert run("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "def f(): return 1").ending is Ending.COMPLETE

    def kill_it() -> None:
        while not (found := inside()):
            time.sleep(0.01)
        os.kill(found[0], signal.SIGKILL)

    def inside() -> list[int]:
        named = [path.parent for path in Path("/proc").glob("[0-9]*/comm") if _reads(path) == "slow-notebook"]
        return [int(path.name) for path in named]

    cell = "import ctypes, time\nctypes.CDLL(None).prctl(15, b'slow-notebook')\ntime.sleep(30)"
    killer = threading.Thread(target=kill_it)
    killer.start()
    with pytest.raises(UnavailableError, match="killed from outside"):
        run(cell, limits=Limits(wall_seconds=20))
    killer.join()


@pytest.mark.parametrize("code", [137, 9, 247])
def test_nobody_can_pretend_to_have_been_killed(code: int) -> None:
    """An exit code is not a signal: who leaves with one has ended his own run."""
    assert run(f"import os\nos._exit({code})").ending is Ending.DIED


def _reads(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def test_the_processor_time_is_limited() -> None:
    """A loop in C that no alarm interrupts ends when its CPU seconds are used up."""
    burns = "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"
    result = run(burns, limits=Limits(wall_seconds=30, cpu_seconds=1, cell_seconds=25, call_seconds=25))
    assert result.ending is Ending.OUT_OF_TIME
    assert result.wall_seconds < 20


MUTE = """
class Mute(Exception):
    def __str__(self):
        raise ValueError("nothing to say")
class Slow(Exception):
    def __str__(self):
        while True: pass
def f(error): raise (Mute if error == 1 else Slow)
def g(): return 1
"""


def test_an_error_that_fails_to_say_what_it_is_costs_only_itself() -> None:
    """The calls after it are made."""
    result = run(MUTE, calls=("f(1)", "f(2)", "g()"), limits=Limits(wall_seconds=20, call_seconds=2))
    assert [value.error for value in result.values["q"]] == ["Mute", "Slow", None]


def test_multiprocessing_works() -> None:
    """With its semaphores; nothing of it is shared with another sandbox."""
    code = "import multiprocessing\ndef f():\n    with multiprocessing.Pool(2) as p: return p.map(abs, [-1, 2])"
    assert value(run(code)) == [1, 2]
