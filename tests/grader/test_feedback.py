"""Feedback says what was scored and why, and gives away nothing."""

import json
import os
import re
import stat
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.errors import WorkspaceError
from grader.feedback import write_feedback
from grader.folder import CourseFolder, find_course
from grader.workspace import Workspace
from tests.command import talentpool
from tests.courses import HIDDEN, SCHEME, Tags, copy_of_graded_course, edit

pytestmark = pytest.mark.kernel


@pytest.fixture
def course(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A graded course with one nasty submission."""
    return copy_of_graded_course(tmp_path_factory, tmp_path)


def page(course: Path, name: str) -> str:
    """A page of feedback, written now."""
    write_feedback(CourseFolder(course))
    return (course / "feedback" / "bitdiddle" / "ps1" / f"{name}.html").read_text()


def comment(course: Path, cell: str, text: str) -> None:
    """What a grader typed in the formgrader."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.find_comment(cell, "problem1", "ps1", "bitdiddle").manual_comment = text
        book.db.commit()


def test_hidden_things_stay_hidden(course: Path) -> None:
    """In the source of tests, in tracebacks, and in what an applicant's own cells printed of it."""
    graded = (course / "autograded" / "bitdiddle" / "ps1" / "problem1.ipynb").read_text()
    assert graded.count(HIDDEN) > 2  # the test, its traceback, and `print(In)`
    assert SCHEME in graded
    html = page(course, "problem1")
    assert HIDDEN not in html
    assert SCHEME not in html
    assert "HIDDEN TESTS" not in html
    assert "MARK SCHEME" not in html
    assert "Test failed: AssertionError" in html
    assert "Test passed." in html
    assert "This notebook has tests that stay hidden." in html


def test_an_error_with_a_made_up_name_is_not_named(course: Path) -> None:
    """It might spell out a hidden test."""

    def rename(notebook: dict[str, list[dict[str, list[dict[str, str]]]]]) -> None:
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                output["ename"] = HIDDEN

    edit(course / "autograded" / "bitdiddle" / "ps1" / "problem1.ipynb", rename)
    html = page(course, "problem1")
    assert HIDDEN not in html
    assert "Test failed: another error" in html


def test_a_region_without_an_end_is_not_shown(course: Path) -> None:
    """In whatever cell it stands."""

    def copy(notebook: dict[str, list[dict[str, object]]]) -> None:
        source = f"kept\n### BEGIN HIDDEN TESTS\n{HIDDEN}"
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})

    edit(course / "autograded" / "bitdiddle" / "ps1" / "problem1.ipynb", copy)
    assert HIDDEN not in page(course, "problem1")


def test_a_notebook_without_hidden_tests_shows_its_outputs(course: Path) -> None:
    """Cleaned."""
    html = page(course, "problem2")
    assert "<b>bold</b>" in html
    assert "stay hidden" not in html


def test_nothing_in_a_page_runs_or_loads(course: Path) -> None:
    """No script, no handler, no link that runs, no address but that of a link that a person may click."""
    for name in ("problem1", "problem2"):
        html = page(course, name)
        assert "My answer." in html
        tags = Tags(html)
        tags.check()
        assert not {"script", "link"} & {tag for tag, _ in tags.found}
        policies = [found["content"] for tag, found in tags.found if tag == "meta" and "http-equiv" in found]
        assert policies == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
        (style,) = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
        assert "url(" not in style
        assert "@import" not in style


def test_scores_and_comments_are_shown(course: Path) -> None:
    """With what is still open."""
    comment(course, "sum_of_squares_equation", "**Almost**: <script>x</script>start at 1")
    html = page(course, "problem1")
    assert "<b>0.5</b> of 10 points" in html
    assert "1 of 1 points" not in html
    assert "<strong>Almost</strong>: start at 1" in html
    assert "Some answers are still to be read by a person" in html
    assert "No response." in html  # nbgrader's own comment


def test_a_penalty_is_taken_off(course: Path) -> None:
    """As nbgrader does."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.find_submission_notebook("problem1", "ps1", "bitdiddle").late_submission_penalty = 0.25
        book.db.commit()
    html = page(course, "problem1")
    assert "<b>0.25</b> of 10 points" in html
    assert "A penalty of 0.25 points" in html


def test_files_can_be_read_and_released(course: Path) -> None:
    """Whatever the umask; with what nbgrader's release_feedback asks for, and no file of the applicant's."""
    graded = course / "autograded" / "bitdiddle" / "ps1"
    (graded / "evil.html").write_text("<script>window.ran = 1</script>")
    (graded / "submission_secret.txt").write_text("secret")
    before = os.umask(0o077)
    try:
        write_feedback(CourseFolder(course))
    finally:
        os.umask(before)
    files = {path.name: path for path in (course / "feedback" / "bitdiddle" / "ps1").iterdir()}
    assert set(files) == {"problem1.html", "problem2.html", "timestamp.txt", "submission_secret.txt"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o644}


def test_the_command_says_what_it_did(course: Path) -> None:
    """One line each, and exit codes."""
    done = talentpool("feedback", "ps1", "--student", "bitdiddle", "--workspace", course)
    assert done.code == 0
    assert [line.rsplit("/", 1)[1] for line in done.out.splitlines()] == ["problem1.html", "problem2.html"]
    unknown = talentpool("feedback", "ps9", "--workspace", course)
    assert (unknown.code, unknown.err) == (2, "error: unknown assessment 'ps9'; the gradebook has: ps1\n")
    nobody = talentpool("feedback", "--student", "eve", "--workspace", course)
    assert (nobody.code, nobody.err) == (2, "error: unknown student 'eve'; the gradebook has: bitdiddle\n")


def test_a_notebook_that_cannot_be_read_stops_no_other(course: Path) -> None:
    """It is named, and the exit code says so."""
    broken = course / "autograded" / "bitdiddle" / "ps1" / "problem1.ipynb"
    broken.chmod(0o644)
    broken.write_text("{")
    done = talentpool("feedback", "--workspace", course)
    assert done.code == 1
    assert "no feedback for bitdiddle ps1: problem1.ipynb is not a notebook that can be read" in done.out
    assert (course / "feedback" / "bitdiddle" / "ps1" / "problem2.html").is_file()


def test_nothing_graded_is_said(course: Path) -> None:
    """And is no error."""
    for path in (course / "autograded" / "bitdiddle" / "ps1").iterdir():
        path.unlink()
    done = talentpool("feedback", "--workspace", course)
    assert (done.code, done.out) == (
        0,
        "nothing to write: no graded notebook was found; run talentpool grade first\n",
    )


def test_a_submission_is_no_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lies in it: its settings would run as ours."""
    planted = course / "submitted" / "bitdiddle" / "ps1"
    (planted / "nbgrader_config.py").write_text(f"open({str(course / 'ran')!r}, 'w')")
    (planted / "source").mkdir()
    monkeypatch.chdir(planted)
    for arguments in ((), ("--workspace", planted)):
        refused = talentpool("feedback", *arguments)
        assert refused.code == 2
        assert f"lies among the files of others in the course {course}" in refused.err
    (planted / "talentpool.toml").write_text("")
    with pytest.raises(WorkspaceError, match="lies among the files of others"):
        find_course(None)
    assert talentpool("feedback", "--workspace", course).code == 0
    assert not (course / "ran").exists()


def test_no_course_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what makes one."""
    monkeypatch.chdir(tmp_path)
    assert "no course folder was found here" in talentpool("feedback").err
    assert f"{tmp_path} is no course folder" in talentpool("feedback", "--workspace", tmp_path).err


def test_a_workspace_is_a_course_with_its_own_database(workspace: Workspace) -> None:
    """Which its settings name, and not nbgrader's."""
    assert find_course(workspace.root) == CourseFolder(workspace.root, workspace.database_url)


def test_feedback_on_an_assessment(workspace: Workspace) -> None:
    """Question, response and points, without the cells of the form and without a key."""
    root = ("--workspace", workspace.root)
    talentpool("issue", "small", "--applicant", "ada", "--folder", *root)
    talentpool("intake", workspace.bundles / "small-ada-attempt1", *root)
    assert json.loads(talentpool("grade", "--json", *root).out)["unavailable"] == 0
    assert talentpool("feedback", *root).code == 0
    html = (workspace.root / "feedback" / "ada" / "small" / "small.html").read_text()
    assert "Select every even number." in html
    assert "Question <code>q1</code>" in html
    assert "0 of 2 points" in html
    assert "form.slot" not in html
    assert "stay hidden" not in html
