"""A plain nbgrader course for tests: the example that ships with nbgrader, with things in it that must not get out."""

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbgrader
import pytest

from tests.serving import Asked

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


def formgrader(root: Path) -> Asked:
    """`talentpool formgrader`, as a user would start it."""
    command = ("-m", "assessments", "formgrader", "--no-browser", "--port", "0")
    return Asked(*command, cwd=root, home=root.parent / "home")
