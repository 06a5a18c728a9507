"""Submissions that are broken by accident, on each database; most ways lie in tests/submissions/attacks/broken."""

import json
from datetime import timedelta

import pytest

from assessments.archive import read_files, write_archive
from assessments.responses import RESPONSES_FILE
from grader.handout import issue
from grader.intake import open_path, take_in
from grader.store import Store
from grader.workspace import Workspace
from tests.grader.test_batch import grade, send
from tests.samples import NOW, hand_in, reference_answers

pytestmark = pytest.mark.kernel
NOTEBOOK = "small.ipynb"
LAST_CELL = {"cell_type": "code", "source": "import os\nos._exit(1)"}
EVERYTHING, ALL_BUT_CODE, ONLY_CODE = 12.0, 10.0, 2.0
"""Points: the code comes from either file, all other answers from responses.json."""
BROKEN = {
    "a huge number": (NOTEBOOK, b'{"cells": ' + b"9" * 10_000 + b"}", EVERYTHING, "is not a notebook"),
    "a cell that ends the kernel": (NOTEBOOK, json.dumps({"cells": [LAST_CELL]}).encode(), ALL_BUT_CODE, "removed"),
    "6 MB": (RESPONSES_FILE, b" " * 6_000_000, ONLY_CODE, "responses.json is larger than"),
    "deep lists": (RESPONSES_FILE, b"[" * 100_000, ONLY_CODE, "responses.json cannot be read"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_by_accident(workspace: Workspace, store: Store, what: str) -> None:
    """The batch finishes, an honest submission beside it is untouched, what is wrong is said."""
    name, content, points, message = BROKEN[what]
    packet = issue(workspace, store, "small", "bob", now=NOW)
    good = hand_in(workspace, store, packet, reference_answers(workspace.bank("small"), packet))
    path = workspace.root / "broken.zip"
    write_archive(path, {**read_files(good), name: content})
    before = path.read_bytes()
    take_in(workspace, store, open_path(path), now=NOW + timedelta(minutes=3))
    send(workspace, store, "ada")
    summary = grade(workspace, store)
    assert (summary.unavailable, summary.failed) == (0, 0)
    assert path.read_bytes() == before
    results = {result.applicant_id: result for result in store.results()}
    assert results["ada"].points == 12
    assert results["bob"].points == points
    assert message in " ".join(results["bob"].reasons)
