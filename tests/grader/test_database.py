"""What holds on every database: the first start, order, odd values, several writers, and what a failure says."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, inspect, text

from assessments.errors import UsageError
from benchmarks.courses import make_course
from grader.database import json_text, open_engine
from grader.errors import UnavailableError, WorkspaceError
from grader.judge import Graded, ItemScore, Status
from grader.outcome import Outcome
from grader.store import Store, migrate
from grader.tables import VERSION_TABLE, SubmissionRow
from grader.workspace import create_workspace
from tests.command import talentpool
from tests.conftest import use_database
from tests.postgres import Server
from tests.samples import NOW

NewDatabase = Callable[..., str]

FIRST_START = """
import sys
from pathlib import Path
from grader.course.authoring import create_gradebook
from grader.store import migrate
from grader.workspace import find_workspace
workspace = find_workspace(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
create_gradebook(workspace)
migrate(workspace.database_url)
"""


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    migrate(url)
    opened = Store(url)
    yield opened
    opened.close()


def submission(content: str = "a" * 64) -> SubmissionRow:
    """What nobody in particular handed in."""
    return SubmissionRow(id=content, received_at=NOW, received_name="x.zip", notes=[])


@pytest.mark.kernel
def test_processes_that_start_together_do_not_collide(url: str, tmp_path: Path) -> None:
    """Neither over nbgrader's tables nor over ours."""
    root = create_workspace(tmp_path / "workspace", starter=False).root
    use_database(root, url)
    command = [sys.executable, "-c", FIRST_START, str(root)]
    pipe = subprocess.PIPE
    started = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    failures = [error for process in started if (error := process.communicate()[1]) or process.returncode]
    assert failures == []
    engine = create_engine(url)
    assert {"alembic_version", "grade", VERSION_TABLE, "talentpool_result"} <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_order_does_not_depend_on_the_database(store: Store) -> None:
    """Which would sort small letters before large ones, or look past a hyphen."""
    ids = ["B", "a", "a-b", "aa", "ab"]
    for applicant_id in reversed(ids):
        store.add_applicant(applicant_id, "", now=NOW)
    assert [row.id for row in store.applicants()] == ids
    row = store.add_submission(submission())
    scores = [score(slot) for slot in reversed(ids)]
    graded = Graded(outcome=Outcome.GRADED, points=0, max_points=1, scores=tuple(scores))
    with store.session() as session:
        store.save_result(session, row.id, graded, fingerprint="", now=NOW)
    assert [row.slot for row in store.item_scores([row.id])] == ids


def score(slot: str, response: object = None) -> ItemScore:
    """A blank response, if nothing else is said."""
    names = {"item_id": "i", "item_version": 1, "kind": "k", "task_type": "t", "skill": "s", "explanation": ""}
    return ItemScore.model_validate(
        {**names, "slot": slot, "status": Status.BLANK, "points": 0, "max_points": 1, "response": response}
    )


def test_odd_responses_are_kept(store: Store) -> None:
    """Numbers that are none, halves of characters, null bytes."""
    odd = [float("nan"), {"a": float("-inf")}, "\ud800", "a\0b", 10**300, 1e300]
    row = store.add_submission(submission())
    graded = Graded(outcome=Outcome.GRADED, points=0, max_points=1, scores=(score("q", odd),))
    with store.session() as session:
        store.save_result(session, row.id, graded, fingerprint="", now=NOW)
    (kept,) = store.item_scores([row.id])
    assert kept.response == ["nan", {"a": "-inf"}, "\ud800", "a\0b", 10**300, 1e300]


def test_the_same_content_from_several_processes_is_recorded_once(url: str, store: Store) -> None:
    """All of them get the first record."""

    def add(number: int) -> list[str]:
        mine = Store(url)
        names = []
        for content in "abcdef":
            row = submission(content * 64)
            row.received_name = str(number)
            names.append(mine.add_submission(row).received_name)
        mine.close()
        return names

    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(names) for names in pool.map(add, range(4))}) == 1
    assert len(store.submissions()) == 6


@pytest.mark.postgres
def test_what_the_database_cannot_hold_is_one_clear_line(new_database: NewDatabase) -> None:
    """PostgreSQL counts characters and knows no null bytes; nothing is cut off."""
    migrate(url := new_database())
    store = Store(url)
    for name in ("x" * 201, "a\0b", "caf\udce9"):
        with pytest.raises(UsageError, match=r"^the database cannot hold .*$"):
            store.add_applicant("ada", name, now=NOW)
    assert store.applicants() == []
    store.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("gradebook.db", "database: found 'gradebook.db'; allowed: sqlite:///FILE and postgresql"),
        ("mysql://ada:secret@host/x", "database: found 'mysql://ada:***@host/x'; allowed"),
        ("postgresql+nothing://ada:secret@host/x", "'postgresql+nothing://ada:***@host/x', whose driver is not"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(url: str, message: str) -> None:
    """Without its password."""
    with pytest.raises(WorkspaceError) as caught:
        open_engine(url)
    assert message in caught.value.message


def test_a_missing_server_is_our_failure(tmp_path: Path) -> None:
    """In one line."""
    url = f"postgresql+psycopg://ada:secret@/x?host={tmp_path}"
    with pytest.raises(UnavailableError, match=r"^the database does not answer: .*") as caught:
        migrate(url)
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message


@pytest.mark.postgres
def test_lost_connections_are_our_failure_and_replaced(new_database: NewDatabase, postgres: Server) -> None:
    """In the middle of a transaction they say so; before one they are opened anew."""
    migrate(url := new_database())
    store = Store(url)
    store.applicants()
    postgres.disconnect()
    assert store.applicants() == []
    with pytest.raises(UnavailableError):
        ask_twice(store, between=postgres.disconnect)
    store.close()


def ask_twice(store: Store, *, between: Callable[[], None]) -> None:
    """Two questions in one transaction."""
    with store.session() as session:
        session.execute(text("SELECT 1"))
        between()
        session.execute(text("SELECT 1"))


def test_json_knows_no_odd_numbers() -> None:
    """Others than finite ones would not be JSON."""
    assert json_text({"a": (float("nan"), 1.5)}) == '{"a": ["nan", 1.5]}'


@pytest.mark.kernel
def test_a_plain_course_is_graded_on_it(url: str, tmp_path: Path) -> None:
    """nbgrader's own tables, late penalty and all; the same scores as on the other database."""
    config = f'c.CourseDirectory.db_url = "{url}"\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
    root = make_course(tmp_path / "course", "small", 3, config=config)
    with Gradebook(url, "benchmark") as gradebook:
        gradebook.update_or_create_assignment("small", duedate="2020-01-01")
    late = root / "submitted" / "student00001" / "small"
    (late / "timestamp.txt").write_text("2020-01-02 00:00:00 UTC")
    outcome = talentpool("grade", "--workspace", root, "--json")
    assert outcome.code == 0, outcome.err
    with Gradebook(url, "benchmark") as gradebook:
        found = [gradebook.find_submission_notebook("work", "small", f"student0000{n}") for n in range(3)]
        assert [(book.score, book.late_submission_penalty) for book in found] == [(8, None), (8, 8), (8, None)]
    assert json.loads(talentpool("grade", "--workspace", root, "--json").out)["submissions"] == 0
