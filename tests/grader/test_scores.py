"""Score tables and their exports."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from grader.export import FORMATS, harmless, terminal_table, write_table
from grader.handout import issue
from grader.outcome import Outcome
from grader.report import summary, write_report
from grader.scores import COLUMNS, ITEM_COLUMNS, item_table, score_table
from grader.store import Store
from grader.workspace import Workspace
from tests.command import talentpool
from tests.grader.test_batch import grade, send
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel


@pytest.fixture
def graded(workspace: Workspace, store: Store) -> Store:
    """Ada right, bob half, in the database."""
    send(workspace, store, "ada")
    send(workspace, store, "bob", {"q2": ["b"], "q3": "=1+1"})
    grade(workspace, store)
    return store


def test_one_row_per_applicant_and_assessment(graded: Store) -> None:
    """With each skill's share."""
    table = score_table(graded).set_index("applicant_id")
    assert [*COLUMNS[1:], "skill: code", "skill: judgement", "skill: logic", "skill: numbers"] == list(table.columns)
    bob = table.loc["bob"]
    assert (bob.points, bob.max_points, bob.score, bob.attempt, bob.minutes_used) == (1, 12, 1 / 12, 1, 10)
    assert (bob["skill: logic"], bob["skill: numbers"]) == (0.25, 0)
    assert str(bob.submitted_at.tz) == "UTC"


def test_one_row_per_response(graded: Store) -> None:
    """With what was answered."""
    table = item_table(graded)
    assert list(table.columns) == list(ITEM_COLUMNS)
    bob = table[table.applicant_id == "bob"].set_index("slot")
    assert list(bob.status) == ["blank", "scored", "invalid", "blank", "blank", "blank"]
    (packet,) = graded.packets("bob", "small")
    options = packet.slots[1].item.model_dump()["options"]
    assert [options[name] for name in bob.response["q2"]] == ["2"]


def test_points_that_wait_are_in_no_score(workspace: Workspace, store: Store) -> None:
    """It is the share of what was judged; status, skills and items say so too."""
    record(store, packet := issue(workspace, store, "small", "ada", now=NOW), partly_judged(packet))
    record(store, other := issue(workspace, store, "small", "bob", now=NOW), partly_judged(other, pending=0))
    table = score_table(store).set_index("applicant_id")
    ada, bob = table.loc["ada"], table.loc["bob"]
    assert (ada.points, ada.points_pending, ada.max_points, ada.score, ada.status) == (10, 2, 12, 1.0, "review")
    assert (ada.minutes_used, ada.minutes_worked) == (20, 12.5)
    assert table["skill: code"].isna()["ada"]
    assert (bob.points_pending, bob.score, bob.status, bob["skill: code"]) == (0, 1.0, "graded", 1.0)
    items = item_table(store)
    row = items[(items.applicant_id == "ada") & (items.slot == "q6")].iloc[0]
    assert pd.isna(row.share)
    assert row.checks == "yes: has three sentences\nno: names a source"


def test_where_everything_waits_there_is_no_score(workspace: Workspace, store: Store) -> None:
    """Which is not zero; a flag stays in sight."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    all_waits = {"points": 0.0, "points_pending": 12.0, "outcome": Outcome.FLAGGED}
    record(store, packet, partly_judged(packet).model_copy(update=all_waits))
    (result,) = store.results()
    assert (result.score, result.status) == (None, "flagged")


def test_an_empty_workspace_has_empty_tables(store: Store) -> None:
    """With their columns."""
    assert list(score_table(store).columns) == list(COLUMNS)
    assert list(item_table(store).columns) == list(ITEM_COLUMNS)


@pytest.mark.parametrize("by", ["assessment", "item"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_can_be_read_back(workspace: Workspace, graded: Store, tmp_path: Path, kind: str, by: str) -> None:
    """With the same number of rows."""
    path = tmp_path / f"scores.{kind}"
    where = [] if kind == "table" else ["--output", str(path)]
    outcome = talentpool("scores", "--workspace", workspace.root, "--by", by, "--format", kind, *where)
    assert (outcome.code, outcome.err) == (0, "")
    rows = len((score_table if by == "assessment" else item_table)(graded))
    readers: dict[str, Callable[[], int]] = {
        "csv": lambda: len(pd.read_csv(path)),
        "json": lambda: len(json.loads(path.read_text())),
        "parquet": lambda: len(pd.read_parquet(path)),
        "xlsx": lambda: len(pd.read_excel(path)),
        "html": lambda: path.read_text().count("<tr") - 1,
        "table": lambda: sum(line.startswith("│") for line in outcome.out.splitlines() if " small" in line),
    }
    assert readers[kind]() == rows


def test_formulas_are_neutralised() -> None:
    """What a spreadsheet would run becomes text; numbers stay numbers."""
    texts = ["=1+1", "+x", "-x", "@x", "\tx", "\n=1", "#N/A", "7\x1b[31m\0", "plain"]
    table = pd.DataFrame({"a": texts, "n": range(-1, len(texts) - 1)})
    safe = harmless(table)
    wanted = ["'=1+1", "'+x", "'-x", "'@x", "'\tx", "'\n=1", "'#N/A", "7\ufffd[31m\ufffd", "plain"]
    assert list(safe.a) == wanted
    assert list(safe.n) == list(table.n)
    safe.to_excel(io.BytesIO())


def test_the_terminal_gets_no_control_characters() -> None:
    """Names and responses come from applicants."""
    from rich.console import Console

    stream = io.StringIO()
    table = pd.DataFrame({"who": ["\x1b[2Jevil", None], "score": [0.5, float("nan")]})
    Console(file=stream, width=80).print(terminal_table(table))
    assert "\x1b" not in stream.getvalue()
    assert "50%" in stream.getvalue()


def test_wrong_words_are_one_line(workspace: Workspace) -> None:
    """What was found, what is allowed."""
    root = workspace.root
    for arguments, message in (
        (["--format", "pdf"], "unknown format 'pdf'; allowed: table, csv, json, html, parquet, xlsx"),
        (["--format", "xlsx"], "xlsx cannot be shown in a terminal"),
        (["--by", "moon"], "unknown row 'moon'; allowed: assessment, item"),
        (["--assessment", "latin"], "unknown assessment 'latin'; this workspace has: small"),
    ):
        outcome = talentpool("scores", "--workspace", root, *arguments)
        assert outcome.code == 2
        assert message in outcome.err


def test_the_terminal_writes_through_write_table(graded: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV without a file goes to standard output as it is."""
    from assessments.console import make_console

    write_table(score_table(graded), "csv", None, make_console())
    assert len(pd.read_csv(io.StringIO(capsys.readouterr().out))) == 2


def test_the_report_counts_what_waits(workspace: Workspace, store: Store) -> None:
    """Beside the scores of what was judged so far."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    record(store, packet, partly_judged(packet))
    row = summary(score_table(store)).iloc[0]
    assert (row["submissions"], row["wait"], row["mean score"], row["median minutes worked"]) == (1, 1, 1.0, 12.5)
    write_report(store, workspace.root / "r.html", now=NOW)
    assert "Points that wait for a person are no part of a score yet" in (workspace.root / "r.html").read_text()


def test_a_report_without_scores_is_a_report(workspace: Workspace, tmp_path: Path) -> None:
    """Before anybody has handed in, and when nothing could be scored."""
    root = ("--workspace", workspace.root)
    assert talentpool("report", "--output", tmp_path / "r.html", *root).code == 0
    talentpool("issue", "small", "--applicant", "ada", "--folder", *root)
    (workspace.bundles / "small-ada-attempt1" / "small.ipynb").unlink()
    talentpool("intake", workspace.bundles / "small-ada-attempt1", *root)
    assert talentpool("grade", *root).code == 0
    assert talentpool("report", "--output", tmp_path / "r.html", *root).code == 0
    assert "failed" in (tmp_path / "r.html").read_text()
