"""What applicants reported about items."""

import json

import pytest

from grader.handout import issue
from grader.reports import COLUMNS, report_table
from grader.store import Store
from grader.workspace import Workspace
from tests.command import talentpool
from tests.samples import NOW, partly_judged, record

pytestmark = pytest.mark.kernel


def test_one_row_per_item_the_newest_first(workspace: Workspace, store: Store) -> None:
    """Who hands in twice reports once, with what was said last."""
    ada, bob = (issue(workspace, store, "small", name, now=NOW) for name in ("ada", "bob"))
    record(store, ada, partly_judged(ada, reports={"q2": "old", "q3": "no unit"}), minutes=5)
    record(store, ada, partly_judged(ada, reports={"q2": "which of\nthem?", "q3": "no unit"}), minutes=6, number=1)
    record(store, bob, partly_judged(bob, reports={"q2": "two are right", "q3": ""}), minutes=9)
    table = report_table(store)
    assert tuple(table.columns) == COLUMNS
    shown = ["item_id", "item_version", "reports", "not_sure", "texts"]
    assert list(table[shown].itertuples(index=False, name=None)) == [
        ("all-that", 1, 2, 0, "two are right\nwhich of them?"),
        ("number", 1, 1, 1, "no unit"),
    ]
    assert (table.newest[0] - NOW).total_seconds() == 9 * 60
    assert report_table(store, "another").empty


def test_the_command_prints_it(workspace: Workspace, store: Store) -> None:
    """Also where nobody reported anything."""
    where = ("--workspace", workspace.root)
    assert json.loads(talentpool("reports", "--format", "json", *where).out) == []
    packet = issue(workspace, store, "small", "ada", now=NOW)
    record(store, packet, partly_judged(packet, reports={"q2": "too hard"}))
    (row,) = json.loads(talentpool("reports", "--assessment", "small", "--format", "json", *where).out)
    assert (row["assessment"], row["item_id"], row["texts"]) == ("small", "all-that", "too hard")
    assert "unknown assessment 'x'" in talentpool("reports", "--assessment", "x", *where).err


def test_grading_again_replaces_them(workspace: Workspace, store: Store) -> None:
    """A result is replaced as a whole."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    record(store, packet, partly_judged(packet, reports={"q2": "too hard"}))
    record(store, packet, partly_judged(packet))
    assert report_table(store).empty
