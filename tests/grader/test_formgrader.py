"""The formgrader that `talentpool formgrader` serves: one course, nobody's code, no page that runs what it shows."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.workspace import Workspace
from tests.courses import HIDDEN, Tags, copy_of_graded_course, formgrader
from tests.serving import Asked

pytestmark = pytest.mark.kernel
SUBMISSION = "submitted/bitdiddle/ps1"


class Served(NamedTuple):
    """A course and the server for it."""

    root: Path
    server: Asked

    def page_of(self, notebook: str) -> str:
        """Where the page of bitdiddle's notebook is."""
        query = "select s.id from submitted_notebook s join notebook n on n.id = s.notebook_id where n.name = ?"
        with sqlite3.connect(self.root / "gradebook.db") as database:
            ((submission_id,),) = database.execute(query, [notebook])
        database.close()
        return f"/formgrader/submissions/{submission_id}/"


def plant(folder: Path, mark: Path) -> None:
    """Settings that would run, were they read, and an applicant's code that would."""
    code = f"open({str(mark)!r}, 'w').close()\n"
    for name in ("nbgrader_config.py", "jupyter_server_config.py", "jupyter_config.py", "sitecustomize.py"):
        (folder / name).write_text(code)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graded course with one nasty submission."""
    root = copy_of_graded_course(tmp_path_factory, tmp_path_factory.mktemp("served"))
    plant(root / SUBMISSION, root / "ran")
    server = formgrader(root)
    yield Served(root, server)
    server.stop()


def test_only_its_own_course_can_be_opened(served: Served) -> None:
    """A submission's settings are never read, and the course stays the one that it was."""
    for path in (served.root / SUBMISSION, SUBMISSION, "..", "/"):
        refused = served.server.ask(f"/formgrader/?path={path}")
        assert refused.status == 403
        assert refused.text == (
            f"403: this formgrader serves the course {served.root} and no other folder; leave out path=\n"
        )
    assert served.server.ask(f"/formgrader/gradebook?path={SUBMISSION}").status == 403
    for path in ("", ".", served.root):
        assert served.server.ask(f"/formgrader/?path={path}").status == 200
    names = [row["name"] for row in json.loads(served.server.ask("/formgrader/api/assignments").text)]
    assert names == ["ps1"]
    assert not (served.root / "ran").exists()


def test_stock_nbgrader_runs_a_submissions_settings(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """What the guard is for: the same request, to nbgrader's own formgrader."""
    root = copy_of_graded_course(tmp_path_factory, tmp_path)
    plant(root / SUBMISSION, root / "ran")
    extension = "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"
    command = ("-m", "jupyter_server", "--no-browser", "--allow-root", "--port=0", extension)
    server = Asked(*command, cwd=root, home=tmp_path / "home")
    try:
        server.ask(f"/formgrader/?path={root / SUBMISSION}")
    finally:
        server.stop()
    assert (root / "ran").exists()


def test_nobodys_code_is_run(served: Served) -> None:
    """The page's button for it says what to do instead."""
    source = f"open({str(served.root / 'ran')!r}, 'w').close()"
    path = served.root / SUBMISSION / "problem2.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"].insert(0, {**notebook["cells"][1], "cell_type": "code", "source": source, "metadata": {}})
    path.write_text(json.dumps(notebook))
    answer = json.loads(served.server.ask("/formgrader/api/submission/ps1/bitdiddle/autograde", "POST").text)
    assert answer["success"] is False
    assert "talentpool grade ps1" in answer["log"]
    assert not (served.root / "ran").exists()


def test_feedback_is_ours(served: Served) -> None:
    """For one person and for all; and nothing else is handed out."""
    page = served.root / "feedback" / "bitdiddle" / "ps1" / "problem1.html"
    for who in ("", "/bitdiddle"):
        answer = json.loads(served.server.ask(f"/formgrader/api/assignment/ps1{who}/generate_feedback", "POST").text)
        assert answer["success"] is True
        assert "wrote " in answer["log"]
        html = page.read_text()
        Tags(html).check()
        assert HIDDEN not in html
        page.unlink()
        released = json.loads(served.server.ask(f"/formgrader/api/assignment/ps1{who}/release_feedback", "POST").text)
        assert released["success"] is False
        assert "Nothing was released" in released["log"]
    unknown = json.loads(served.server.ask("/formgrader/api/assignment/ps9/generate_feedback", "POST").text)
    assert unknown == {"success": False, "log": "unknown assessment 'ps9'; the gradebook has: ps1"}


def test_a_submissions_page_is_clean(served: Served) -> None:
    """Its scripts are nbgrader's, from this server, and the browser is told to run no others."""
    for notebook in ("problem1", "problem2"):
        answer = served.server.ask(served.page_of(notebook))
        tags = Tags(answer.text)
        tags.check()
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        scripts = [attributes for tag, attributes in tags.found if tag == "script"]
        assert {script["nonce"] for script in scripts} == {policy["script-src"].removeprefix("'nonce-").rstrip("'")}
        sources = [value for _, attributes in tags.found for name, value in attributes.items() if name == "src"]
        assert all(source.startswith(("/formgrader/static/", "data:image/png;base64,")) for source in sources)
        assert "My answer." in answer.text
    first, second = (served.server.ask(served.page_of("problem1")).headers for _ in range(2))
    assert first["Content-Security-Policy"] != second["Content-Security-Policy"]


def test_controls_are_those_of_the_graded_cells(served: Served) -> None:
    """One score box for each, and a comment for each answer; nothing of the applicant's takes their names."""
    found = Tags(served.server.ask(served.page_of("problem1")).text).found
    ids = [attributes["id"] for _, attributes in found if attributes.get("id", "").startswith("sum_of_squares")]
    assert sorted(ids) == [
        "sum_of_squares-comment",
        *(f"sum_of_squares_{name}" for name in ("application", "application-comment", "application_extra_credit")),
        *(f"sum_of_squares_{name}" for name in ("equation", "equation-comment", "equation_extra_credit")),
        *(f"sum_of_squares_{name}" for name in ("uses_squares", "uses_squares_extra_credit")),
    ]
    assert [attributes.get("id") for _, attributes in found].count("correct_squares") == 1


def test_a_submissions_files_are_saved_and_not_opened(served: Served) -> None:
    """None of them is a page of this server, and none lies elsewhere."""
    folder = served.root / "autograded" / "bitdiddle" / "ps1"
    for name in ("evil.html", "evil.svg", "evil.js"):
        (folder / name).write_text("<script>window.ran = 1</script>")
        answer = served.server.ask(served.page_of("problem1") + name)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (folder / "link").symlink_to(served.root / "nbgrader_config.py")
    for name in ("link", "..%2f..%2f..%2fgradebook.db"):
        answer = served.server.ask(served.page_of("problem1") + name)
        assert (answer.status, answer.text) == (403, "403: this file does not lie in the submission\n")
    assert served.server.ask(served.page_of("problem1") + "%2fetc%2fpasswd").status == 403
    assert served.server.ask("/formgrader/submissions/nobody/evil.html").status == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/lab",
            "/tree",
            "/tree/source",
            "/notebooks/x.ipynb",
            "/edit/x",
            "/terminals/1",
            "/files/nbgrader_config.py",
        ),
        *("/api/contents", "/api/kernels", "/api/sessions", "/api/terminals", "/view/x", "/nbconvert/html/x"),
    ],
)
def test_the_server_has_nothing_else(served: Served, path: str) -> None:
    """What a page might be tricked into cannot open, change or run a file."""
    assert served.server.ask(path).status == 404


def test_names_are_text_in_every_page(served: Served) -> None:
    """Also those that come with the address, which nbgrader puts into its pages as they are."""
    for page in ("manage_submissions", "gradebook", "manage_students"):
        answer = served.server.ask(f"/formgrader/{page}/%22;alert(1);%22%3Csvg%20onload=alert(1)%3E")
        assert answer.status == 200
        assert '"&#34;' not in answer.text or ";alert(1);" in answer.text
        assert "<svg onload" not in answer.text
        assert '";alert(1)' not in answer.text


def test_data_is_no_page(served: Served) -> None:
    """nbgrader sends it as HTML; a browser that is led there runs nothing of it."""
    answer = served.server.ask("/formgrader/api/students")
    assert json.loads(answer.text)[0]["id"] == "bitdiddle"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_strangers_get_nothing(served: Served) -> None:
    """Without the token: no data, no change."""
    for page in ("/formgrader/api/students", served.page_of("problem1"), served.page_of("problem1") + "jupyter.png"):
        assert "Token authentication is enabled" in served.server.ask(page, token=False).text
    posted = served.server.ask("/formgrader/api/assignment/ps1/generate_feedback", "POST", token=False)
    assert posted.status == 403


def test_a_course_without_an_exchange_is_no_error(served: Served) -> None:
    """It is said where it matters, quietly; and no settings are shown, which may hold a password."""
    page = served.server.ask("/formgrader/manage_assignments")
    assert page.status == 200
    assert "Release and collect need an exchange" in page.text
    assert "alert-warning" not in page.text
    assert "Current configuration" not in page.text


def test_a_notebook_that_cannot_be_shown_is_named(served: Served) -> None:
    """One that is gone, and one that is none."""
    path = served.root / "autograded" / "bitdiddle" / "ps1" / "problem2.ipynb"
    whole = path.read_bytes()
    path.unlink()
    gone = served.server.ask(served.page_of("problem2"))
    assert gone.status == 404
    assert "was not found" in gone.text
    path.write_text("{")
    broken = served.server.ask(served.page_of("problem2"))
    assert (broken.status, broken.text) == (500, "500: problem2.ipynb is not a notebook that can be read\n")
    path.write_bytes(whole)


@pytest.mark.parametrize("released", ["sqlite"], indirect=True)
def test_a_workspace_is_served_with_its_own_database(workspace: Workspace, tmp_path: Path) -> None:
    """The one of talentpool.toml, whatever nbgrader_config.py says."""
    (workspace.root / "gradebook.db").rename(workspace.root / "other.db")
    (workspace.root / "talentpool.toml").write_text('database = "sqlite:///other.db"\n')
    server = formgrader(workspace.root)
    try:
        for _ in range(2):
            assert [row["name"] for row in json.loads(server.ask("/formgrader/api/assignments").text)] == ["small"]
            assert server.ask("/formgrader/manage_assignments").status == 200
    finally:
        server.stop()
    assert not (workspace.root / "gradebook.db").exists()
