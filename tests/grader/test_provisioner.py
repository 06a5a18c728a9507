"""Other Jupyter clients' kernels in the sandbox, with nothing changed but an environment variable."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from grader.errors import UnavailableError, WorkspaceError
from grader.kernels import process
from grader.kernels.limits import kernel_limits
from grader.kernels.shown import is_ours, shown_for, working_folder
from grader.walls import jail
from tests.course.courses import GUIDE, records
from tests.plain_course import new_course, run
from tests.test_docs import blocks

pytestmark = pytest.mark.kernel
NAME = "talentpool-sandbox"
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(autouse=True)
def _sandboxed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a user sets."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    KernelProvisionerFactory.clear_instance()
    yield
    KernelProvisionerFactory.clear_instance()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission's folder in a course with a secret."""
    (tmp_path / "gradebook.db").write_text("secret")
    place = tmp_path / "autograded" / "ada" / "one"
    place.mkdir(parents=True)
    return place


def execute(folder: Path, *cells: str, **options: Any) -> list[str]:
    """Run a notebook with nbclient; what each cell gave: its text, its kinds of data, the name of its error."""
    book = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=PYTHON)
    client = NotebookClient(book, resources={"metadata": {"path": str(folder)}}, allow_errors=True, **options)
    client.execute()
    return [" ".join(map(shown, cell.outputs)).strip() for cell in book.cells]


def shown(output: Any) -> str:
    """An output in a word or two."""
    return str(output.get("text") or output.get("ename") or sorted(output["data"])).strip()


def test_a_notebook_runs_as_in_any_kernel(folder: Path) -> None:
    """Text, pictures, shell cells, errors, time-outs; its folder is where it is, and keeps what it writes."""
    (folder / "grader.py").write_text("ANSWER = 42")
    cells = (
        "import os; from grader import ANSWER; print(ANSWER, os.getcwd())",
        "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
        "%%bash\necho made > made.txt; cat made.txt",
        "1 / 0",
        "import time; time.sleep(60)",
        "!sleep 60",
        "await __import__('asyncio').sleep(0, 'later')",
    )
    found = execute(folder, *cells, timeout=2, interrupt_on_timeout=True)
    plain = [f"42 {folder}", "['image/png', 'text/plain']", "made", "ZeroDivisionError"]
    assert found[:4] == plain
    assert found[4] == "KeyboardInterrupt"
    assert found[6] == "['text/plain']"
    assert (folder / "made.txt").read_text() == "made\n"
    assert (folder / "made.txt").stat().st_uid == os.geteuid()


def test_nbconvert_runs_too(folder: Path) -> None:
    """With its own preprocessor, as papermill and `jupyter nbconvert --execute` do."""
    book = new_notebook(cells=[new_code_cell("print(__import__('os').getpid())")], metadata=PYTHON)
    ExecutePreprocessor().preprocess(book, {"metadata": {"path": str(folder)}})
    # the first process of a world of its own
    assert shown(book.cells[0].outputs[0]) == "1"


def test_the_walls_hold(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine is there but the folder; what is left in it leads nobody astray."""
    monkeypatch.setenv("MY_SECRET", "secret")
    look = "print(sorted(n for p in {places} for n in os.listdir(p)), 'MY_SECRET' in os.environ)"
    cells = (
        "import os, socket",
        look.format(places=[str(tmp_path), str(folder.parent)]),
        f"open({str(tmp_path / 'gradebook.db')!r})",
        "socket.create_connection(('127.0.0.1', 22), 1)",
        f"os.symlink({str(tmp_path / 'gradebook.db')!r}, 'innocent.txt')",
        "os.mkfifo('pipe')",
        "print(sorted(os.listdir('/connection'))[0], [p for p in os.listdir('/proc') if p.isdigit()])",
        "open('/connection/more', 'w')",
    )
    found = execute(folder, *cells)
    assert found[1] == "['autograded', 'one'] False"
    assert found[2] == "FileNotFoundError"
    assert found[3] in ("PermissionError", "OSError")
    assert found[4:6] == ["PermissionError", "PermissionError"]
    assert found[6] == "connection.json ['1']"
    assert found[7] == "PermissionError"
    assert list(folder.iterdir()) == []


def test_shown_folders_stay_as_they_are(folder: Path) -> None:
    """Even below the notebook's own: an interpreter may be there, which others will start outside."""
    (folder / "lib").mkdir()
    (folder / "lib" / "code.py").write_text("pass")
    (folder / "keys").mkdir()
    (folder / "keys" / "key.toml").write_text("secret")
    config = Config()
    config.SandboxProvisioner.show = [str(folder / "lib")]
    config.SandboxProvisioner.hide = [str(folder / "keys")]
    cells = (
        "print(open('lib/code.py').read())",
        "open('lib/code.py', 'a')",
        "import os; os.rename('lib', 'bil')",
        "print(os.listdir('keys'))",
    )
    assert execute(folder, *cells, config=config) == ["pass", "OSError", "OSError", "[]"]


def sleepers(seconds: str) -> list[str]:
    """Processes that sleep for as long as this."""
    names = [path.name for path in Path("/proc").iterdir()]
    return [name for name in names if name.isdigit() and command_line(name) == f"sleep\0{seconds}\0"]


def command_line(pid: str) -> str:
    """What a process was started with; nothing if it is gone."""
    try:
        return Path("/proc", pid, "cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.parametrize("how", ["shutdown", "now", "restart"])
def test_nothing_is_left(folder: Path, how: str) -> None:
    """However it ends, whatever it has started, and with its sockets."""
    manager, client = start_new_kernel(cwd=str(folder))
    sockets = Path(manager.ip).parent
    assert sockets.is_dir()
    assert manager.is_alive()
    start = "import subprocess; subprocess.Popen(['sleep', '98.7'], start_new_session=True)"
    client.execute_interactive(start, output_hook=lambda _message: None, timeout=10)
    assert sleepers("98.7")
    if how == "restart":
        manager.restart_kernel()
        client.wait_for_ready(timeout=30)
        assert not sleepers("98.7")
        assert (
            client.execute_interactive("subprocess", output_hook=print, timeout=10)["content"]["ename"] == "NameError"
        )
    client.stop_channels()
    manager.shutdown_kernel(now=how == "now")
    assert not manager.is_alive()
    assert not sleepers("98.7")
    assert not sockets.parent.exists()


CLIENT = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(cwd=sys.argv[1])
client.execute("import subprocess; subprocess.run(['sleep', '97.6'])")
print(manager.ip, flush=True)
input()
"""


def test_everything_ends_with_its_client(folder: Path) -> None:
    """Even if that is killed."""
    command = [sys.executable, "-c", CLIENT, str(folder)]
    user = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert user.stdout
    sockets = Path(user.stdout.readline().strip()).parents[1]
    assert within(30, lambda: sleepers("97.6"))
    (server,) = Path(f"/proc/{user.pid}/task/{user.pid}/children").read_text().split()
    assert "grader.walls.server" in command_line(server)
    user.send_signal(signal.SIGKILL)
    user.communicate()
    assert within(10, lambda: not sleepers("97.6") and not command_line(server))
    shutil.rmtree(sockets)


def within(seconds: float, condition: Any) -> bool:
    """Whether it comes true in this time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_without_a_sandbox_there_is_no_kernel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is said, and nothing is left."""
    monkeypatch.setattr(
        process.server(
            (),
        ),
        "mount_point",
        Path("/nowhere"),
    )
    spec = {"argv": ["/bin/true", "{connection_file}"], "display_name": "true", "language": "none"}
    kernels = folder.parent / "kernels" / "true"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(folder.parent))
    manager = KernelManager(kernel_name="true")
    with pytest.raises(UnavailableError, match=r"does not allow the sandbox: .*nowhere"):
        manager.start_kernel(cwd=str(folder))
    assert not manager.is_alive()
    assert not Path(manager.ip).parent.parent.exists()


def test_limits_are_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In JSON; wrong ones are refused in one line."""
    monkeypatch.setenv("TALENTPOOL_LIMITS", '{"file_bytes": 1000, "wall_seconds": 4}')
    found = execute(folder, "open('small', 'w').write('x' * 900) and None", "open('large', 'w').write('x' * 9000)")
    assert found == ["", "OSError"]
    with pytest.raises(DeadKernelError):
        execute(folder, "import time; time.sleep(30)")
    for wrong in ('{"file_bytes": "many"}', '{"bytes": 1}', "no JSON", "[]"):
        with pytest.raises(WorkspaceError, match="TALENTPOOL_LIMITS: "):
            kernel_limits(wrong)


def test_a_notebook_does_not_get_the_whole_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what the interpreter lives in; a folder of its own it gets."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "work").mkdir(parents=True)
    for too_much in (tmp_path / "home", tmp_path, Path(sys.prefix), Path("/")):
        with pytest.raises(WorkspaceError, match="is too much"):
            working_folder(too_much)
    assert working_folder(tmp_path / "home" / "work") == tmp_path / "home" / "work"


def test_other_interpreters_are_shown_with_what_they_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their prefix, and that of what they link to; but nobody's home."""
    base, venv, home = tmp_path / "base", tmp_path / "venv", tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for place in (base, venv, home):
        (place / "bin").mkdir(parents=True)
    (base / "bin" / "python").write_text("")
    (venv / "bin" / "python").symlink_to(base / "bin" / "python")
    (home / "bin" / "kernel").write_text("")
    command = [str(venv / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert not is_ours(command)
    new = [path for path, _ in shown_for(command, "/resources", [])][-2:]
    assert new == [str(venv), str(base)]
    new = [path for path, _ in shown_for([str(home / "bin" / "kernel"), "/resources/x"], "/resources", [])][-2:]
    assert new == [str(home / "bin" / "kernel"), "/resources"]
    assert is_ours([sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"])


def test_an_ordinary_user_gets_the_same(folder: Path) -> None:
    """Here one who is root only among himself, who can become nobody else."""
    if not shutil.which("unshare") or jail.user_inside() is None:
        pytest.skip("the other tests have just run as an ordinary user, or util-linux is missing")
    notebook = folder / "book.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("print(open('book.ipynb').read(3))")], metadata=PYTHON), notebook)
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        sys.executable,
        "-m",
        "nbconvert",
        "--execute",
        "--to",
        "markdown",
    ]
    subprocess.run([*command, str(notebook)], check=True, capture_output=True)
    assert "    {\n" in notebook.with_suffix(".md").read_text()


def test_the_how_to_is_right() -> None:
    """Its kernel starts, its settings and limits exist."""
    (spec,) = [json.loads(block) for block in blocks("provisioner.md", "json")]
    (settings,) = blocks("provisioner.md", "python")
    (limits,) = re.findall(r"TALENTPOOL_LIMITS='(.*)'", "".join(blocks("provisioner.md", "console")))
    provisioner = spec["metadata"]["kernel_provisioner"]
    entry = entry_points(group="jupyter_client.kernel_provisioners", name=provisioner["provisioner_name"])
    traits = entry[provisioner["provisioner_name"]].load().class_trait_names(config=True)
    config = Config()
    exec(settings, {"c": config})
    assert {*config.SandboxProvisioner, *provisioner["config"]} <= set(traits)
    assert kernel_limits(config.SandboxProvisioner.limits).memory_bytes > 4_000_000_000
    assert kernel_limits(limits).wall_seconds == 3600
    assert is_ours(spec["argv"])


def test_nbgrader_autogrades_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own example course, with the same records."""
    source = {path.name: path for path in (GUIDE / "source" / "ps1").iterdir() if path.is_file()}
    course = new_course(tmp_path / "course", {"ps1": source})
    shutil.copytree(GUIDE / "submitted", course / "submitted", dirs_exist_ok=True)
    plain = tmp_path / "plain"
    shutil.copytree(course, plain)
    run("nbgrader", "autograde", "ps1", cwd=course)
    monkeypatch.delenv("JUPYTER_DEFAULT_PROVISIONER_NAME")
    run("nbgrader", "autograde", "ps1", cwd=plain)
    assert records(course) == records(plain)
    assert records(course)["grades"]
