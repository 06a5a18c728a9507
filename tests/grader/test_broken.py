"""Submissions that are broken by accident, one for each way: safe, kept, and with a kind word about what is wrong."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assessments.archive import read_files, write_archive
from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE
from grader.handout import issue
from grader.intake import open_path, take_in
from grader.store import Store
from grader.workspace import Workspace
from tests.grader.test_batch import grade, send
from tests.samples import NOW, hand_in, reference_answers

pytestmark = pytest.mark.kernel
Files = dict[str, bytes]
NOTEBOOK = "small.ipynb"


def notebook(content: bytes) -> Callable[[Files], Files]:
    """Another notebook."""
    return lambda files: {**files, NOTEBOOK: content}


def responses(content: bytes) -> Callable[[Files], Files]:
    """Another file of answers."""
    return lambda files: {**files, RESPONSES_FILE: content}


def changed(change: Callable[[dict[str, Any]], Any]) -> Callable[[Files], Files]:
    """A changed notebook."""

    def apply(files: Files) -> Files:
        data = json.loads(files[NOTEBOOK])
        change(data)
        return {**files, NOTEBOOK: json.dumps(data).encode()}

    return apply


def without_metadata(data: dict[str, Any]) -> None:
    """As some editors save it."""
    for cell in data["cells"]:
        cell.pop("metadata")


def answers_of_wrong_types(files: Files) -> Files:
    """Every answer is a list of lists."""
    data = json.loads(files[RESPONSES_FILE])
    for answer in data["responses"].values():
        answer["value"] = [[1], {"a": None}]
    return {**files, RESPONSES_FILE: json.dumps(data).encode()}


def without(name: str) -> Callable[[Files], Files]:
    """A file was forgotten."""
    return lambda files: {other: content for other, content in files.items() if other != name}


def other_assessment(files: Files) -> Files:
    """The notebook of another one."""
    return {"latin.ipynb": files[NOTEBOOK], **{name: files[name] for name in (PACKET_FILE, RESPONSES_FILE)}}


ALL, FEWER, NOTHING = 12.0, 10.0, None
"""Points: everything (the code comes from responses.json), everything but code, could not be graded."""

BROKEN: dict[str, tuple[Callable[[Files], Files], float | None, str]] = {
    "empty notebook": (notebook(b""), ALL, "small.ipynb is not a notebook that can be read"),
    "notebook that is not JSON": (notebook(b"hello"), ALL, "small.ipynb is not a notebook that can be read"),
    "notebook of nbformat 3": (
        notebook(b'{"nbformat": 3, "worksheets": []}'),
        ALL,
        "is not a notebook that can be read",
    ),
    "notebook of nbformat 5": (changed(lambda data: data.update(nbformat=5)), ALL, ""),
    "notebook without metadata": (changed(without_metadata), ALL, "cells of the paper were removed and put back"),
    "notebook without cells": (changed(lambda data: data.update(cells=[])), ALL, "removed and put back"),
    "notebook of null bytes": (notebook(b"\0" * 5_000), ALL, "is not a notebook that can be read"),
    "notebook of invalid UTF-8": (notebook(b"\xff\xfe{}"), ALL, "is not a notebook that can be read"),
    "notebook of deep lists": (notebook(b"[" * 100_000), ALL, "is not a notebook that can be read"),
    "notebook with a huge number": (notebook(b'{"cells": ' + b"9" * 10_000 + b"}"), ALL, "is not a notebook"),
    "notebook of another assessment": (other_assessment, ALL, "small.ipynb is missing"),
    "no responses": (
        lambda files: {n: c for n, c in files.items() if n != RESPONSES_FILE},
        2.0,
        "responses.json is missing",
    ),
    "responses cut off": (responses(b'{"format": 1, "packet'), 2.0, "responses.json cannot be read"),
    "responses of 6 MB": (responses(b" " * 6_000_000), 2.0, "responses.json is larger than"),
    "responses of deep lists": (responses(b"[" * 100_000), 2.0, "responses.json cannot be read"),
    "answers of wrong types": (answers_of_wrong_types, 2.0, ""),
    "packet cut off": (lambda files: {**files, PACKET_FILE: b'{"packet": "'}, NOTHING, "packet.json cannot be read"),
    "no packet": (
        lambda files: {n: c for n, c in files.items() if n != PACKET_FILE},
        NOTHING,
        "packet.json is missing",
    ),
    "nothing at all": (lambda _files: {}, NOTHING, "packet.json is missing"),
    "a cell that ends the kernel": (
        changed(lambda data: data["cells"].append({"cell_type": "code", "source": "import os\nos._exit(1)"})),
        FEWER,
        "",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_by_accident(workspace: Workspace, store: Store, what: str) -> None:
    """The batch finishes, an honest submission beside it is untouched, what is wrong is said."""
    change, points, message = BROKEN[what]
    packet = issue(workspace, store, "small", "bob", now=NOW)
    good = hand_in(workspace, store, packet, reference_answers(workspace.bank("small"), packet))
    path = workspace.root / "broken.zip"
    write_archive(path, change(read_files(good)))
    before = path.read_bytes()
    row = take_in(workspace, store, open_path(path), now=NOW + timedelta(minutes=3))
    send(workspace, store, "ada")
    summary = grade(workspace, store)
    assert summary.unavailable == 0
    assert (summary.failed == 1) == (points is None)
    assert path.read_bytes() == before
    results = {result.applicant_id: result for result in store.results()}
    assert results["ada"].points == 12
    if points is None:
        assert message in " ".join(row.notes)
    else:
        assert results["bob"].points == points
        assert message in " ".join(results["bob"].reasons)


def test_a_notebook_that_is_too_large(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """50 MB are not unpacked; the file is kept, and its sender gets a reason."""
    packet = issue(workspace, store, "small", "bob", now=NOW)
    files = read_files(hand_in(workspace, store, packet, {}))
    write_archive(tmp_path / "large.zip", {**files, NOTEBOOK: b" " * 50_000_000})
    receipt = take_in(workspace, store, open_path(tmp_path / "large.zip"), now=NOW)
    assert "'small.ipynb' is too large: 40,000,000 bytes a file" in " ".join(receipt.notes)
    assert grade(workspace, store).failed == 1
