"""Every known way to steal, spy or break, in one batch with honest people between: nobody gains, nobody loses."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from grader.admin import AdminView
from grader.export import FORMULA_STARTS, write_table
from grader.outcome import Outcome
from grader.report import write_report
from grader.scores import item_table, score_table
from tests.submissions.assessment import EXPECTED, NAME, NOTEBOOK, released_workspace
from tests.submissions.batch import NOW
from tests.submissions.collection import Sample, load
from tests.submissions.traps import TRACE, WORD, Traps
from tests.submissions.trial import Evidence, evidence

pytestmark = pytest.mark.kernel
ATTACKS, HONEST = load("attacks"), load("honest")
WAYS = {"broken", "elsewhere", "exhausting", "inside", "outside", "paper", "reader", "tools"}
HELD_OUT = "lantern-4417"
"""What a held-out call is made with."""


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """All of them, handed in and graded."""
    folder = tmp_path_factory.mktemp("attacks")
    released_workspace(folder / "released")
    with evidence(folder / "released", folder) as found:
        yield found


def test_there_are_some_of_each_sort() -> None:
    """And each says what it tries."""
    assert {name.split("/")[0] for name in ATTACKS} == WAYS
    assert len(ATTACKS) > 150
    assert all(sample.about.tries.rstrip(".") for sample in ATTACKS.values())


@pytest.mark.parametrize("sample", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_earns_what_its_honest_part_is_worth(batch: Evidence, sample: Sample) -> None:
    """And the record says what happened."""
    record = batch.records[sample.applicant_id]
    assert (record.row is None) == bool(sample.about.refused)
    assert sample.about.refused in record.said
    assert sample.about.remark in record.said
    assert (record.result.points if record.result else None) == sample.about.earns
    if record.result and sample.about.remark and sample.name.startswith("paper/"):
        # whoever changes the paper is looked at by a person
        assert record.result.outcome is Outcome.FLAGGED


def test_honest_people_get_what_they_would_have_got_alone(batch: Evidence) -> None:
    """Which is what their samples say."""
    assert batch.alone == {name: sample.about.earns for name, sample in HONEST.items()}
    between = [record for person, record in batch.records.items() if person.startswith("honest-")]
    assert len(between) >= len(HONEST)
    for record in between:
        assert record.result
        assert (record.result.outcome, record.result.points) == (Outcome.GRADED, batch.alone[record.sample.name])
    victim = batch.records["victim"].result
    assert victim
    assert victim.points == 10


def test_the_batch_finishes_and_nothing_of_ours_fails(batch: Evidence) -> None:
    """Every submission has an outcome, or says why nobody can be found for it."""
    taken_in = [record for record in batch.records.values() if record.row]
    first_attempts = sum(sample.about.attempts - 1 for sample in ATTACKS.values())
    summary = batch.summary
    assert (summary.unavailable, summary.unchanged) == (0, 1)
    assert summary.graded + summary.flagged + summary.failed == len(taken_in) + first_attempts
    failed = [record for record in taken_in if record.row and record.row.packet_id is None]
    assert len(failed) == summary.failed
    assert all(record.result and record.result.outcome for record in taken_in if record not in failed)
    assert all(record.row and record.row.notes for record in failed)


def test_nothing_of_others_is_changed(batch: Evidence) -> None:
    """No file and no row that was there before; new files lie where nbgrader's tools look for them."""
    assert batch.before.files.items() <= batch.after.files.items()
    new = set(batch.after.files) - set(batch.before.files)
    assert {name.split("/")[0] for name in new} == {"autograded", "submitted"}
    assert {name.rsplit("/", 1)[1] for name in new} == {"trial.ipynb", "timestamp.txt"}
    assert batch.before.rows <= batch.after.rows


def test_nothing_is_read(batch: Evidence) -> None:
    """Neither comes a secret out of a sandbox, nor does one stand in anything that was recorded."""
    for record in batch.records.values():
        told = batch.traps.told_in(record.emitted)
        # who answers rightly says what was expected
        right = record.result is not None and bool(record.result.points)
        assert not [word for word in told if word != EXPECTED or not right], record.sample.name
    recorded = "\n".join(batch.after.rows)
    for path in (*batch.workspace.root.glob("autograded/**/*"), *batch.workspace.root.glob("*.log")):
        recorded += path.read_text(errors="replace") if path.is_file() else ""
    assert not [word for word in (HELD_OUT, EXPECTED, batch.traps.secret) if word in recorded]


def test_nobody_gets_out(batch: Evidence) -> None:
    """Nothing is reached, and no file and no process is left."""
    assert batch.traps.visitors() == []
    assert batch.traps.traces() == []


class Active(HTMLParser):
    """What runs, or is loaded from elsewhere, when a page is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of it."""
        if tag in ("script", "iframe", "object", "embed", "base", "link", "svg", "form"):
            self.found.append(tag)
        for name, value in attrs:
            loads = name in ("src", "href", "action", "background") and not (value or "").startswith(("data:", "#"))
            if loads or name.startswith(("on", "data-commandlinker")) or (name == "style" and "(" in (value or "")):
                self.found.append(f"{tag} {name}={value}")


def test_the_traps_catch(tmp_path: Path) -> None:
    """A file, a process, a visitor, a secret that is told, a page that acts."""
    with Traps(tmp_path, tmp_path / "workspace").laid() as traps:
        (tmp_path / TRACE).touch()
        command = [sys.executable, "-c", "print(flush=True); input()", TRACE]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            assert traps.traces() == [str(tmp_path / TRACE), f"process {process.pid}"]
            process.communicate(b"\n")
        with socket.create_connection(traps.listeners[0].getsockname()):
            assert len(traps.visitors()) == 1
        assert traps.told_in(f"x{os.environ['TALENTPOOL_SECRET']}") == [WORD]
    assert Active("<p><img src=x onerror=y><a href='javascript:z'>").found == [
        "img src=x",
        "img onerror=y",
        "a href=javascript:z",
    ]


def test_pages_for_people_run_and_load_nothing(
    batch: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The admin's view of each person, the report, exported pages."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(batch.workspace.root))
    view = AdminView()
    pages = {person: view._detail(person, NAME) for person in view.scores["applicant_id"]}
    view.store.close()
    write_report(batch.store, tmp_path / "report.html", now=NOW)
    pages["the report"] = (tmp_path / "report.html").read_text()
    for name, table in (("scores", score_table(batch.store)), ("items", item_table(batch.store))):
        write_table(table, "html", tmp_path / "table.html", Console())
        pages[name] = (tmp_path / "table.html").read_text()
    assert "talentpool_was_here" in pages["reader-script-in-the-answer"]
    assert not {name: found for name, page in pages.items() if (found := Active(page).found)}


def test_tables_hold_no_formulas_and_no_escapes(batch: Evidence, tmp_path: Path) -> None:
    """Neither for a spreadsheet nor for a terminal."""
    for table in (score_table(batch.store), item_table(batch.store)):
        write_table(table, "csv", tmp_path / "table.csv", Console())
        rows = list(csv.reader(io.StringIO((tmp_path / "table.csv").read_text())))
        assert len(rows) == len(table) + 1
        numbers = [name for name in table if table[name].dtype.kind in "if"]
        texts = [cell for row in rows[1:] for name, cell in zip(rows[0], row, strict=True) if name not in numbers]
        assert not [text for text in texts if text.startswith(FORMULA_STARTS)]
        with io.StringIO() as stream:
            write_table(table, "table", None, Console(file=stream, width=300))
            assert "\x1b" not in stream.getvalue()
            assert "\x9b" not in stream.getvalue()


def test_graded_notebooks_hold_nothing_that_acts(batch: Evidence) -> None:
    """What graders open is the kit's paper: only sources are the applicant's, as text."""
    released = json.loads((batch.workspace.release / NAME / NOTEBOOK).read_text())
    known = {cell["id"]: cell["metadata"] for cell in released["cells"]}
    paths = list(batch.workspace.root.glob(f"autograded/*/{NAME}/{NOTEBOOK}"))
    assert len(paths) > len(ATTACKS) / 2
    for path in paths:
        notebook = json.loads(path.read_text())
        assert set(notebook["metadata"]) - {"talentpool"} <= set(released["metadata"]), path
        for cell in notebook["cells"]:
            assert cell["metadata"] == known.get(cell["id"], {}), path
            assert cell["cell_type"] == "code" or cell["id"] in known, path
            kinds = {kind for output in cell.get("outputs", ()) for kind in output.get("data", {"text/plain": ""})}
            assert kinds <= {"text/plain"}, path
