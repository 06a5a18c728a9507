"""A plain nbgrader course for tests: the example that ships with nbgrader, with things in it that must not get out."""

import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import nbgrader
import pytest

EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
HIDDEN = "hidden-line-1729"
SCHEME = "mark-scheme-4711"
FOREIGN = "foreign.example"
NASTY_MARKDOWN = f"""My answer. <script>window.ran = "markdown"</script><img src=x onerror="window.ran = 'onerror'">
<svg onload="window.ran = 'svg'"></svg> [click](javascript:window.ran='link') ![pixel](http://{FOREIGN}/pixel.png)
<style>@import url(http://{FOREIGN}/style.css); body {{ display: none }}</style>
<div style="background: url(http://{FOREIGN}/back.png)" class="score nbgrader_cell" id="correct_squares">styled</div>
"""
NASTY_CODE = f"""from IPython.display import HTML, SVG, Javascript, display
display(HTML("<b>bold</b><script>window.ran = 'html'</script><iframe src='http://{FOREIGN}/frame'></iframe>"))
display(HTML("<img src='http://{FOREIGN}/output.png'><a href='javascript:window.ran=2'>press</a>"))
display(Javascript("window.ran = 'javascript'"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran=1'><text>drawn</text></svg>"))
print(In)
"""


@functools.cache
def graded_course(base: Path) -> Path:
    """The example course with one nasty submission, graded by nbgrader itself; copied, never used."""
    root = base / "graded-course"
    shutil.copytree(EXAMPLE / "source" / "ps1", root / "source" / "ps1")
    shutil.copytree(EXAMPLE / "submitted" / "bitdiddle", root / "submitted" / "bitdiddle")
    (root / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "example"\n')
    edit(root / "source" / "ps1" / "problem1.ipynb", _hide)
    run("generate_assignment", "ps1", cwd=root)
    for name in ("problem1", "problem2"):
        edit(root / "submitted" / "bitdiddle" / "ps1" / f"{name}.ipynb", _make_nasty)
    run("autograde", "ps1", cwd=root)
    return root


def copy_of_graded_course(factory: pytest.TempPathFactory, target: Path) -> Path:
    """A copy of it to work on."""
    shutil.copytree(graded_course(factory.getbasetemp()), target / "course")
    return target / "course"


def run(*arguments: str, cwd: Path) -> None:
    """Run nbgrader."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, check=False, timeout=120, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a notebook file."""
    notebook = json.loads(path.read_text())
    change(notebook)
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))


def _hide(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name == "squares_invalid_input":
            hidden = f'assert squares(3) == [1, 4, 9], "{HIDDEN}"'
            cell["source"] += [f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"]
        elif cell["metadata"].get("nbgrader", {}).get("task"):
            cell["source"] += [f"\n=== BEGIN MARK SCHEME ===\n{SCHEME}\n=== END MARK SCHEME ==="]


def _make_nasty(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in {"sum_of_squares_equation", "part-a"}:
            cell["source"] = NASTY_MARKDOWN
    added: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": NASTY_CODE,
    }
    notebook["cells"].append(added)


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def check(self) -> None:
        """Nothing of the applicant's runs or loads."""
        assert not {"svg", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in self.found}
        for tag, attributes in self.found:
            assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
            assert not [value for value in attributes.values() if FOREIGN in value or "window.ran" in value], tag


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    text: str


class Server:
    """A Jupyter server that a command started on a free port of this machine."""

    def __init__(self, *command: str | Path, cwd: Path, home: Path) -> None:
        places = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
        self._process = subprocess.Popen(
            [sys.executable, *command],
            cwd=cwd,
            env={**os.environ, **places},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.url = self._find_url()
        self.base = self.url[: self.url.index("/", len("http://"))]
        self._token = self.url.partition("token=")[2]
        self._wait()

    def _find_url(self) -> str:
        assert self._process.stderr is not None
        seen = []
        for line in self._process.stderr:
            seen.append(line)
            if match := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line):
                return match.group(0)
        raise AssertionError("the server did not start:\n" + "".join(seen))

    def _wait(self) -> None:
        """A server says its address a moment before it listens there."""
        port = int(self.base.rpartition(":")[2])
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server does not listen")

    def ask(self, path: str, method: str = "GET", *, token: bool = True) -> Answer:
        """Send a request; redirects are followed."""
        headers = {"Authorization": f"token {self._token}"} if token else {}
        try:
            with urlopen(Request(self.base + path, method=method, headers=headers), timeout=60) as response:
                return Answer(response.status, dict(response.headers), response.read().decode("utf-8", "replace"))
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read().decode("utf-8", "replace"))

    def stop(self) -> None:
        """End the command."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.communicate(timeout=30)


def formgrader(root: Path) -> Server:
    """`talentpool formgrader`, as a user would start it."""
    command = ("-m", "assessments", "formgrader", "--no-browser", "--port", "0")
    return Server(*command, cwd=root, home=root.parent / "home")
