"""The sandbox's walls, on this machine, as whoever runs the tests: what is seen and reached inside."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from grader import sandbox as module
from grader.errors import UnavailableError
from grader.execution import Engine, Limits, Task
from grader.sandbox import Sandbox
from grader.walls import jail
from grader.walls.shown import read_only
from tests.engines import run, value

pytestmark = pytest.mark.kernel


SEES = """
import os
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


def test_multiprocessing_works() -> None:
    """With its semaphores; nothing of it is shared with another sandbox."""
    code = "import multiprocessing\ndef f():\n    with multiprocessing.Pool(2) as p: return p.map(abs, [-1, 2])"
    assert value(run(code)) == [1, 2]


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
