"""What may not lie where a grader works is moved, listed, and never lost."""

import os
import subprocess
from pathlib import Path

import pytest

from assessments.errors import BundleError, UsageError
from benchmarks.courses import make_course
from grader.errors import WorkspaceError
from grader.folder import find_course
from grader.quarantine import MAX_ENTRIES, MAX_FILE_BYTES, check_id, quarantine, why_not
from tests.command import talentpool

DANGEROUS = (
    *("nbgrader_config.py", "NBGRADER_CONFIG.PY", "jupyter_server_config.py", "jupyter_notebook_config.json"),
    *("jupyter_config.json", "ipython_config.py", "ipython_kernel_config.py", "sitecustomize.py", "usercustomize.py"),
    *("x.pth", "conftest.py", "setup.py", "pyproject.toml", ".ipython", ".jupyter", ".bashrc", "json.py", "numpy.py"),
    *("pandas.cpython-311-x86_64-linux-gnu.so", "nbgrader.py", "IPython.pyc", "a\nb.txt", "\x1b[31m.txt"),
    *("nbgrader_config.json", "jupyter_notebook_config.d", "voila.json", "profile_default", "caf\udce9.txt"),
)
HARMLESS = (
    "problem1.ipynb",
    "timestamp.txt",
    "data.csv",
    "helper.py",
    "jupyter.png",
    "json.txt",
    "numpy",
    "my_config.py",
    "json.old.py",
    "why.txt",
)


@pytest.mark.parametrize("name", DANGEROUS)
def test_dangerous_names(name: str) -> None:
    """Each has its reason."""
    assert why_not(name)


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_names(name: str) -> None:
    """They stay."""
    assert why_not(name) is None


def test_everything_odd_is_moved_and_nothing_lost(tmp_path: Path) -> None:
    """Files, folders, packages, links of both kinds, pipes."""
    folder, away, secret = tmp_path / "in", tmp_path / "away" / "ada", tmp_path / "secret"
    secret.write_text("secret")
    for name in ("p.ipynb", "nbgrader_config.py", "deep/setup.py", "deep/data.csv", "numpy/__init__.py", "own/json.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / ".ipython" / "startup").mkdir(parents=True)
    (folder / ".ipython" / "startup" / "x.py").write_text("evil")
    (folder / "link.txt").symlink_to(secret)
    os.link(secret, folder / "hard.txt")
    os.mkfifo(folder / "pipe")
    found = dict(quarantine(folder, away, allowed=()))
    assert found == {
        ".ipython": "hidden files may be settings",
        "deep/setup.py": "settings of a grader's tools",
        "hard.txt": "linked to another file",
        "link.txt": "a link",
        "nbgrader_config.py": "settings of a grader's tools",
        "numpy": "shadows the module numpy",
        "pipe": "a device, pipe or socket",
    }
    left = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    # in a package of the applicant's own, json shadows nothing
    assert left == ["deep/data.csv", "own/json.py", "p.ipynb"]
    assert dict(line.split(": ") for line in (away / "why.txt").read_text().splitlines()) == {
        f"{name!a}": reason for name, reason in found.items()
    }
    assert (away / "nbgrader_config.py").read_text() == "nbgrader_config.py"
    assert (away / ".ipython" / "startup" / "x.py").read_text() == "evil"
    assert (away / "link.txt.link").read_text() == f"{str(secret)!a}\n"
    assert not (away / "link.txt").exists()
    # the same once more stays beside what is there
    (folder / "nbgrader_config.py").write_text("second")
    quarantine(folder, away, allowed=())
    assert (away / "nbgrader_config.py").read_text() == "nbgrader_config.py"
    assert (away / "nbgrader_config.py.2").read_text() == "second"


def test_what_is_in_quarantine_is_no_course(tmp_path: Path) -> None:
    """Its settings would run as ours."""
    course, planted = tmp_path, tmp_path / "quarantine" / "ada" / "ps1"
    for folder in (course, planted):
        (folder / "source").mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text("")
    assert find_course(course).root == course
    with pytest.raises(WorkspaceError, match="lies among the files of others"):
        find_course(planted)


def test_what_the_instructor_ships_too_stays(tmp_path: Path) -> None:
    """Theirs comes before the applicant's anyway."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "random.py").write_text("x")
    assert quarantine(tmp_path / "in", tmp_path / "away", allowed={"random.py"}) == []


def test_what_has_no_end_is_moved_or_refused(tmp_path: Path) -> None:
    """Folders in one another are moved unread, large files unread, and too many of all stay where they are."""
    folder, away = tmp_path / "in", tmp_path / "away"
    deepest = folder
    for _ in range(1_500):
        deepest.mkdir()
        deepest /= "d"
    with (folder / "large.csv").open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    (folder / "data.csv").write_text("x")
    found = quarantine(folder, away, allowed={"data.csv"})
    assert [reason for _, reason in found] == ["larger than 50,000,000 bytes", "more than 20 folders in one another"]
    assert sum(1 for _ in folder.rglob("*")) == 21
    # too deep for Python to remove
    subprocess.run(["rm", "-r", away], check=True)
    for number in range(MAX_ENTRIES):
        (folder / str(number)).touch()
    with pytest.raises(BundleError, match="it holds more than 5,000 files and folders"):
        quarantine(folder, away, allowed=())


def test_names_as_long_as_the_system_allows(tmp_path: Path) -> None:
    """There is room for what is added."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ("n" * 255)).symlink_to("/nowhere")
    for number in range(3):
        (tmp_path / "in" / ("." + "n" * 254)).write_text(str(number))
        quarantine(tmp_path / "in", tmp_path / "away", allowed=())
    assert list((tmp_path / "in").iterdir()) == []
    kept = {path.name[-7:]: path.read_text() for path in (tmp_path / "away").iterdir() if path.name != "why.txt"}
    assert kept == {"nn.link": "'/nowhere'\n", "nnnnnnn": "0", "nnnnn.2": "1", "nnnnn.3": "2"}


def test_names_that_are_alike_cost_a_few_looks_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of them, handed in again and again, would otherwise hold up everybody else's grading."""
    looks = []

    def looking(path: Path) -> bool:
        looks.append(path)
        return path.exists()

    monkeypatch.setattr("os.path.lexists", looking)
    count = 200
    for _ in range(2):
        (tmp_path / "in").mkdir(exist_ok=True)
        for number in range(count):
            (tmp_path / "in" / f".{'n' * 245}{number}").touch()
        quarantine(tmp_path / "in", tmp_path / "away", allowed=())
    assert len(list((tmp_path / "away").iterdir())) == 2 * count + 1
    assert len(looks) < 2 * count * 20


@pytest.mark.parametrize("found", ["ada", "ada_l@example.org", "Grace Hopper", "ps-1.b", "josé"])
def test_ids_that_courses_have(found: str) -> None:
    """As they are."""
    assert check_id("student", found) == found


@pytest.mark.parametrize(
    "found", ["", "*", "a/b", "..", "-x", "a+b", "a\nb", "x" * 200, "a[1]", "caf\udce9", "a\u202eb", "a\u2028b"]
)
def test_ids_that_would_be_read_as_something_else(found: str) -> None:
    """One clear line."""
    with pytest.raises(UsageError, match="student"):
        check_id("student", found)


@pytest.mark.kernel
def test_a_course_is_cleaned_before_it_is_graded(tmp_path: Path) -> None:
    """Settings and links of a submission are in quarantine, the record says so; the others are graded as ever."""
    course = make_course(tmp_path / "course", "small", 3)
    submitted = course / "submitted"
    trap = submitted / "student00000" / "small" / "nbgrader_config.py"
    trap.write_text("raise SystemExit('run')")
    stolen = submitted / "student00001" / "small" / "work.ipynb"
    stolen.unlink()
    stolen.symlink_to(submitted / "student00002" / "small" / "work.ipynb")
    (submitted / "student00003").mkdir()
    (submitted / "student00003" / "small").symlink_to(submitted / "student00002" / "small")
    outcome = talentpool("grade", "--workspace", course)
    assert outcome.code == 1
    assert "graded      student00000 small: 'nbgrader_config.py' was put into quarantine/" in outcome.out
    assert "failed      student00001 small: 'work.ipynb' was put into quarantine/: a link" in outcome.out
    assert "failed      student00003 small: its folder is a link" in outcome.out
    assert not trap.exists()
    assert (course / "quarantine" / "student00000" / "small" / "nbgrader_config.py").exists()
    graded = sorted(path.parent.name for path in course.glob("autograded/*/small"))
    assert graded == ["student00000", "student00002"]
