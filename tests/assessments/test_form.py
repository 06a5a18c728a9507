"""The form in the notebook, without a browser."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from assessments import form as form_module
from assessments.app import app_command, app_notebook
from assessments.archive import write_missing
from assessments.form import Form, open_form
from assessments.handin import HANDED_IN_FILE, find_folder, handed_in
from assessments.packet import Packet
from assessments.responses import RESPONSES_FILE, parse_responses
from assessments.showing import heading, question
from grader.layout import unreleased_files
from tests.samples import SECRET, small_bank, small_packet


@pytest.fixture
def packet() -> Packet:
    """Ada's."""
    return small_packet()


@pytest.fixture
def folder(tmp_path: Path, packet: Packet) -> Path:
    """A folder as issued."""
    folder = tmp_path / "issued"
    write_missing(folder, unreleased_files(small_bank(), tmp_path / "none", packet, SECRET))
    return folder


def saved(folder: Path) -> Any:
    """What is on the disk."""
    return parse_responses((folder / RESPONSES_FILE).read_bytes())


def test_every_slot_is_shown_and_counted(folder: Path) -> None:
    """Progress goes from nothing to everything, and the end says what is missing."""
    form = Form(folder)
    assert form.unanswered() == ["q1", "q2", "q3", "q4", "q5", "q6"]
    parts = {slot.slot: form.slot(slot.slot) for slot in form.packet.slots}
    parts["q1"].value = "b"
    form.record_code("q6", "def double(x):\n    return 2")
    assert form.unanswered() == ["q2", "q3", "q4", "q5"]
    assert [link["number"] for link in form.finish().state["missing"]] == [2, 3, 4, 5]
    assert form.header().state["answered"] == 2
    assert form.answers.flush()
    again = Form(folder)
    assert again.unanswered() == ["q2", "q3", "q4", "q5"]
    assert again.slot("q1").value == "b"
    assert again.slot("q1").state["saved_at"]


def test_what_is_said_about_a_question_is_kept(folder: Path) -> None:
    """Not being sure, a problem, and the time worked."""
    form = Form(folder)
    form.slot("q2").mark = {"unsure": True, "problem": "Two of them are odd."}
    form._heed_work(None, {"worked": 15}, [])
    form._heed_work(None, {"worked": 99_999}, [])
    assert [link["slot"] for link in form.finish().state["unsure"]] == ["q2"]
    assert form.answers.flush()
    assert saved(folder).marks["q2"].problem == "Two of them are odd."
    assert saved(folder).worked_seconds == 15
    assert Form(folder).slot("q2").mark["unsure"]


def test_handing_in_packs_and_locks(folder: Path) -> None:
    """What was answered last is in the file; nothing can be changed afterwards."""
    form = Form(folder)
    part = form.slot("q1")
    part.value = "a"
    form._hand_in({})
    record = handed_in(folder)
    assert record is not None
    assert (folder.parent / record["file"]).is_file()
    assert saved(folder).value("q1") == "a"
    assert part.state["locked"]
    assert form.finish().state["handed_in"] == record
    part.value = "b"
    part.mark = {"unsure": True, "problem": ""}
    assert form.answers.flush()
    assert saved(folder).value("q1") == "a"
    assert "q1" not in saved(folder).marks
    assert Form(folder).slot("q1").state["locked"]


def test_a_disk_that_takes_nothing_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is handed in then, and the form goes on."""
    form = Form(folder)
    monkeypatch.setattr(form.answers, "flush", lambda: False)
    form._hand_in({})
    assert not (folder / HANDED_IN_FILE).exists()
    assert "try again" in form.finish().state["failure"]


def test_a_wrong_folder_is_one_line(tmp_path: Path) -> None:
    """No traceback for somebody who opens a copy of the notebook elsewhere."""
    with pytest.raises(UsageError, match=r"packet.json is missing"):
        open_form(str(tmp_path))


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A notebook's shell."""
    found = InteractiveShell.instance()
    monkeypatch.setattr(form_module, "_current", [])
    for module in ("form", "coding"):
        monkeypatch.setattr(f"assessments.{module}.get_ipython", lambda: found)
    yield found
    if form_module._cell_ran in found.events.callbacks["post_run_cell"]:
        found.events.unregister("post_run_cell", form_module._cell_ran)
    InteractiveShell.clear_instance()


def test_a_reload_on_a_slow_disk_shows_the_last_answer(
    folder: Path, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel still has it in its hands; what the old page sends afterwards is kept too."""
    slow = threading.Event()
    old_page = open_form(str(folder)).slot("q1")
    with monkeypatch.context() as patch:
        patch.setattr("assessments.saving.write_atomically", lambda _path, _content: slow.wait(10))
        old_page.value = "a"
        form = open_form(str(folder))
        slow.set()
    assert form.slot("q1").value == "a"
    form.slot("q4").value = {"quality": 2}
    old_page.value = "b"
    assert form.answers.flush()
    assert (saved(folder).value("q1"), saved(folder).value("q4")) == ("b", {"quality": 2})


def test_running_the_answer_cell_records_the_code(folder: Path, shell: Any) -> None:
    """By the id of the cell, whatever else is run."""
    form = open_form(str(folder))
    shell.run_cell("def double(x): return [x, x]", cell_id="answer-q6")
    shell.run_cell("1 + 1", cell_id="scratch")
    assert form.answers.current.value("q6") == "def double(x): return [x, x]"
    (trial,) = form._reply(form.packet.slots[5], {})["trials"]
    assert (trial["found"], trial["holds"]) == ("[[1], [1]]", False)


def test_code_written_on_the_page_stands_in_the_notebook_too(
    folder: Path, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that both views and the grader see the same."""
    monkeypatch.chdir(folder)
    form = open_form(str(folder), app=True)
    source = "def double(x):\n    return [part for part in x for _ in range(2)]"
    form.slot("q6").value = source
    cells = {cell["id"]: cell for cell in json.loads((folder / "small.ipynb").read_text())["cells"]}
    assert cells["answer-q6"]["source"] == source
    (trial,) = form._reply(form.packet.slots[5], {"source": source})["trials"]
    assert trial["holds"]
    (failed,) = form._reply(form.packet.slots[5], {"source": "def double(x:"})["trials"]
    assert failed["found"].startswith("SyntaxError")
    monkeypatch.setattr("assessments.coding.RUN_SECONDS", 0.2)
    (stopped,) = form._reply(form.packet.slots[5], {"source": "while True: pass"})["trials"]
    assert stopped["found"].startswith("TimeoutError")


def test_the_pages_notebook_holds_no_code_of_the_applicants(folder: Path, packet: Packet) -> None:
    """Nothing of theirs runs before the form is there."""
    issued = json.loads((folder / "small.ipynb").read_text())
    sources = [cell["source"] for cell in app_notebook(packet, issued)["cells"]]
    assert [source for source in sources if "form" in source][-1] == "form.finish()"
    assert len(sources) == 1 + 1 + 6 + 1
    assert not [source for source in sources if "def double" in source]
    command = app_command(folder, packet, browser=False)
    assert "--no-browser" in command


def test_words_of_others_are_not_markup(packet: Packet) -> None:
    """A title stays text, and a prompt's HTML is shown as it is written."""
    assert heading(packet.model_copy(update={"title": "<script>"}), keys=False)["title"] == "<script>"
    slot = packet.slots[0]
    slot = slot.model_copy(update={"item": slot.item.model_copy(update={"prompt": "<b>x</b>"})})
    shown = question(packet.model_copy(update={"slots": (slot,)}), slot, Path(), "")
    assert "&lt;b&gt;" in shown["prompt_html"]


def test_the_folder_is_found_by_who_and_what(folder: Path) -> None:
    """Here or one below."""
    assert find_folder(folder.parent, "small", "ada") == folder
