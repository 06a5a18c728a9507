"""What is read out of a submission, and what is flagged."""

import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE
from grader.builder import notebook_of
from grader.issue import personal_notebook, sign
from grader.notebooks import notebook_text
from grader.reading import Reading, Unreadable, read_submission
from onboarding.demo.sitting import fill_in
from tests.samples import NOW, SECRET, reference_answers, small_bank, small_packet

BANK, PACKET = small_bank(), small_packet()
SIGNED = sign(PACKET, SECRET)
RELEASED = notebook_text(notebook_of(BANK))
ANSWERS = reference_answers(BANK, PACKET)
NOTEBOOK = "small.ipynb"
FILES = fill_in(
    {NOTEBOOK: personal_notebook(RELEASED, PACKET).encode(), PACKET_FILE: SIGNED.model_dump_json().encode()},
    PACKET,
    ANSWERS,
    now=NOW,
)


def read(files: dict[str, bytes], minutes: float = 10) -> Reading:
    """Read files that arrived so long after the issue."""
    received = NOW + timedelta(minutes=minutes)
    return read_submission(files, SIGNED, received, released=RELEASED, grace=timedelta(minutes=2))


def edited(change: Callable[[dict[str, Any]], Any]) -> dict[str, bytes]:
    """The good submission with a changed notebook."""
    notebook = json.loads(FILES[NOTEBOOK])
    change(notebook)
    return {**FILES, NOTEBOOK: json.dumps(notebook).encode()}


def cell(notebook: dict[str, Any], cell_id: str) -> Any:
    """One cell."""
    return next(cell for cell in notebook["cells"] if cell["id"] == cell_id)


def test_an_honest_submission_has_no_flags() -> None:
    """And gives its answers."""
    reading = read(FILES)
    assert reading.flags == ()
    assert dict(reading.answers) == ANSWERS
    assert [own.slot for own in reading.cells] == ["q6"]


def test_late_is_by_our_clock() -> None:
    """With some minutes of grace."""
    assert read(FILES, 31.9).flags == ()
    assert read(FILES, 45).flags == ("late by 15 minutes",)


FLAGS: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("locked source", lambda n: cell(n, "q1").update(source="1.0"), "changed and put back: q1"),
    ("cell type", lambda n: cell(n, "q1").update(cell_type="markdown"), "changed and put back: q1"),
    ("removed", lambda n: n["cells"].remove(cell(n, "q2")), "removed and put back: q2"),
    ("copied", lambda n: n["cells"].append(dict(cell(n, "q3"))), "copied and put back: q3"),
]


@pytest.mark.parametrize(("change", "flag"), [case[1:] for case in FLAGS], ids=[case[0] for case in FLAGS])
def test_changes_to_the_paper_are_flagged(change: Callable[[dict[str, Any]], Any], flag: str) -> None:
    """They change no answer."""
    reading = read(edited(change))
    assert reading.flags == (f"cells of the paper were {flag}",)
    assert dict(reading.answers) == ANSWERS


def test_a_copied_answer_counts_last() -> None:
    """Both run, as they would in the notebook."""

    def change(notebook: dict[str, Any]) -> None:
        notebook["cells"].append({**cell(notebook, "answer-q6"), "id": "copy", "source": "second"})

    reading = read(edited(change))
    assert reading.answers["q6"] == "second"
    assert [own.source for own in reading.cells] == [ANSWERS["q6"], "second"]


def test_cells_of_their_own_run_in_their_place() -> None:
    """A helper above the answer is there when it is needed; Markdown and our forms are not run."""

    def change(notebook: dict[str, Any]) -> None:
        place = notebook["cells"].index(cell(notebook, "answer-q6"))
        notebook["cells"].insert(place, {"cell_type": "code", "source": ["import ", "math"], "metadata": {}})
        notebook["cells"].insert(0, {"cell_type": "markdown", "source": "note", "metadata": {}})

    reading = read(edited(change))
    assert [(own.source, own.slot) for own in reading.cells] == [("import math", None), (ANSWERS["q6"], "q6")]


def test_code_that_was_run_but_not_saved_is_not_lost() -> None:
    """The notebook still holds the starter; the last run is in responses.json."""

    def change(notebook: dict[str, Any]) -> None:
        cell(notebook, "answer-q6")["source"] = "def double(x):\n    ..."

    reading = read(edited(change))
    assert reading.answers["q6"] == ANSWERS["q6"]
    assert [own.source for own in reading.cells] == [ANSWERS["q6"]]


def test_without_a_notebook_the_recorded_code_counts() -> None:
    """It is flagged, and nothing is lost."""
    for notebook in (
        None,
        b"",
        b"\0\0",
        b"[]",
        b'{"cells": 5}',
        b'{"cells": [1]}',
        b'{"worksheets": [], "nbformat": 3}',
    ):
        files = {name: content for name, content in FILES.items() if name != NOTEBOOK}
        reading = read(files if notebook is None else {**files, NOTEBOOK: notebook})
        assert reading.answers["q6"] == ANSWERS["q6"]
        assert len(reading.flags) == 1
        assert [own.slot for own in reading.cells] == ["q6"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b'{"format":1,"packet_id":"other"}', b"\xff\xfe"])
def test_without_answers_what_stands_in_the_notebook_counts(content: bytes | None) -> None:
    """Code is graded; the rest is flagged and goes to a person."""
    files = {name: data for name, data in FILES.items() if name != RESPONSES_FILE}
    reading = read(files if content is None else {**files, RESPONSES_FILE: content})
    assert reading.answers["q6"] == ANSWERS["q6"]
    assert reading.answers["q1"] is None
    assert "responses.json" in reading.flags[0]


def test_nothing_at_all_is_unreadable() -> None:
    """With every reason."""
    with pytest.raises(Unreadable, match=r"packet.json is missing.*responses.json is missing.*small.ipynb is missing"):
        read({})


def test_a_changed_packet_is_replaced_by_ours() -> None:
    """More time or other questions are not for the applicant to give."""
    other = SIGNED.model_copy(update={"packet": SIGNED.packet.replace('"minutes":30', '"minutes":999')})
    reading = read({**FILES, PACKET_FILE: other.model_dump_json().encode()}, 60)
    assert reading.flags == (
        "packet.json is not the one that was issued; the packet on record was used",
        "late by 30 minutes",
    )


def test_answers_that_were_never_asked_are_ignored() -> None:
    """And named."""
    data = json.loads(FILES[RESPONSES_FILE])
    data["responses"]["q99"] = data["responses"]["q1"]
    reading = read({**FILES, RESPONSES_FILE: json.dumps(data).encode()})
    assert reading.flags == ("answers to questions that were never issued were ignored: q99",)
    assert "q99" not in reading.answers


scraps = st.sampled_from([*FILES.values(), b"", b"{}", b"[]", b"null", b'{"cells": [{"source": []}]}']) | st.binary()


@given(st.dictionaries(st.sampled_from([NOTEBOOK, PACKET_FILE, RESPONSES_FILE, "x"]), scraps))
def test_no_submission_makes_reading_fail(files: dict[str, bytes]) -> None:
    """It is read, or it is unreadable."""
    with contextlib.suppress(Unreadable):
        assert set(read(files).answers) == set(ANSWERS)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_one_wrong_byte_never_makes_reading_fail(place: int, byte: int) -> None:
    """Anywhere in the notebook."""
    content = bytearray(FILES[NOTEBOOK])
    content[place % len(content)] = byte
    with contextlib.suppress(Unreadable):
        assert read({**FILES, NOTEBOOK: bytes(content)}).answers["q1"] == ANSWERS["q1"]


def test_very_many_cells_are_refused_at_once() -> None:
    """Also copies of ours, which would take long to compare."""
    copies = {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": "q5"}}}
    reading = read(edited(lambda notebook: notebook["cells"].extend([copies] * 60_000)))
    assert reading.flags == ("small.ipynb has more than 1,000 cells",)
    large = read({**FILES, NOTEBOOK: FILES[NOTEBOOK] + b" " * 10_000_000})
    assert large.flags == ("small.ipynb is larger than 10,000,000 bytes",)


def test_an_untouched_code_cell_stays_as_it_is() -> None:
    """No word of ours gets into it."""
    starter = "def double(x):\n    ..."
    files = edited(lambda notebook: cell(notebook, "answer-q6").update(source=starter))
    reading = read({**files, RESPONSES_FILE: f'{{"format": 1, "packet_id": "{PACKET.packet_id}"}}'.encode()})
    assert [own.source for own in reading.cells] == [starter]


def test_what_is_said_about_questions_is_read() -> None:
    """Problems in words, not being sure as an empty text; nothing about questions that were never issued."""
    responses = json.loads(FILES[RESPONSES_FILE])
    responses["marks"] = {
        "q1": {"unsure": True, "problem": " Which year? "},
        "q2": {"unsure": True},
        "q3": {"unsure": False, "problem": "  "},
        "q99": {"problem": "not mine"},
    }
    responses["worked_seconds"] = 90
    reading = read({**FILES, RESPONSES_FILE: json.dumps(responses).encode()})
    assert reading.reports == {"q1": "Which year?", "q2": ""}
    assert reading.worked_minutes == 1.5
