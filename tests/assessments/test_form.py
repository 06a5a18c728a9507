"""The form in the notebook, without a browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from assessments import form as form_module
from assessments import panels
from assessments.form import Form, open_form
from assessments.packet import PACKET_FILE
from grader.issue import sign
from tests.samples import NOW, SECRET, small_packet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as issued."""
    (tmp_path / PACKET_FILE).write_text(sign(small_packet(), SECRET).model_dump_json())
    return tmp_path


def test_every_slot_is_shown_and_counted(folder: Path) -> None:
    """Progress goes from nothing to everything, and the final check says what is missing."""
    form = Form(folder)
    assert form.unanswered() == [1, 2, 3, 4, 5, 6]
    for slot in form.packet.slots:
        assert form.slot(slot.slot).children
    form._save("q1", "b")
    form.record_code("q6", "def double(x):\n    return 2")
    assert form.unanswered() == [2, 3, 4, 5]
    (summary,) = form.finish().children
    assert "Still unanswered: question 2, 3, 4, 5." in summary.value
    assert Form(folder).unanswered() == [2, 3, 4, 5]


def test_a_wrong_folder_is_one_line(tmp_path: Path) -> None:
    """No traceback for somebody who opens a copy of the notebook elsewhere."""
    with pytest.raises(UsageError, match=r"packet.json is missing"):
        open_form(str(tmp_path))


def test_running_the_answer_cell_records_the_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the id of the cell, whatever else is run."""
    shell = InteractiveShell.instance()
    monkeypatch.setattr(form_module, "_current", [])
    monkeypatch.setattr(form_module, "get_ipython", lambda: shell)
    try:
        form = open_form(str(folder))
        shell.run_cell("def double(x): return [x, x]", cell_id="answer-q6")
        shell.run_cell("1 + 1", cell_id="scratch")
        assert form.answers.current.value("q6") == "def double(x): return [x, x]"
        box: Any = form.examples("q6")
        button, result = box.children
        button.click()
        assert "differs" in result.value
        assert "[[1], [1]]" in result.value
    finally:
        shell.events.unregister("post_run_cell", form_module._cell_ran)
        InteractiveShell.clear_instance()


def test_time_in_words() -> None:
    """Rounded up to minutes, hours named, the end named."""
    texts = [panels.duration(timedelta(seconds=s)) for s in (0, 1, 60, 61, 3600, 5400)]
    assert texts == ["time is up", "1 min", "1 min", "2 min", "1 h 00 min", "1 h 30 min"]


def test_names_are_shown_as_text() -> None:
    """A title with markup stays text."""
    packet = small_packet().model_copy(update={"title": "<script>"})
    assert "<script>" not in panels.header(packet, 1, timedelta(minutes=5), NOW)
    assert "time is up" in panels.header(packet, 1, timedelta(0), None)
