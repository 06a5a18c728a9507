"""What an applicant's notebook shows: header, a question per slot, the final check. The notebook calls nothing else."""

from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython

from assessments import panels
from assessments.calls import try_example
from assessments.clock import every
from assessments.errors import BundleError
from assessments.items import Response
from assessments.kinds.code import CodeItem
from assessments.packet import IssuedSlot, read_packet
from assessments.responses import ResponseFile

REFRESH_SECONDS = 15
ANSWER_CELL = "answer-"
"""The cell id of a code answer is this and the slot: `answer-q09`."""


class Form:
    """One applicant's assessment, in the folder that it was issued in."""

    def __init__(self, folder: Path) -> None:
        self.packet = read_packet(folder)
        self.answers = ResponseFile(folder, self.packet.packet_id)
        self._slots = {slot.slot: slot for slot in self.packet.slots}
        self._header = ipywidgets.HTML()
        self._summary = ipywidgets.HTML()
        self._refresh()

    def header(self) -> ipywidgets.Widget:
        """Title, progress and time left, kept current."""
        every(REFRESH_SECONDS, self._refresh)
        return _form_part(panels.style(), self._header)

    def slot(self, name: str) -> ipywidgets.Widget:
        """The question in this slot, restored to what was answered."""
        slot = self._slots[name]
        number = self._number(name)
        prompt = ipywidgets.HTML(panels.question(number, len(self._slots), slot))
        view = slot.item.view(self.answers.current.value(name), partial(self._save, name))
        return _form_part(prompt, view)

    def examples(self, name: str) -> ipywidgets.Widget:
        """A button that runs the public examples against the function in the cell above."""
        button = ipywidgets.Button(description="Try the examples", icon="play")
        result = ipywidgets.HTML()
        button.on_click(lambda _: setattr(result, "value", self._tried(self._slots[name])))
        return _form_part(button, result)

    def finish(self) -> ipywidgets.Widget:
        """What is still unanswered, and how to hand in."""
        self._refresh()
        return _form_part(self._summary)

    def record_code(self, name: str, source: str) -> None:
        """Keep the source of an answer cell that was just run."""
        if name in self._slots and self.answers.current.value(name) != source:
            self._save(name, source)

    def unanswered(self) -> list[int]:
        """The numbers of the questions that still need an answer."""
        value = self.answers.current.value
        return [self._number(name) for name, slot in self._slots.items() if not slot.item.is_answered(value(name))]

    def _number(self, name: str) -> int:
        return list(self._slots).index(name) + 1

    def _save(self, name: str, value: Response) -> None:
        self.answers.save(name, value)
        self._refresh()

    def _refresh(self) -> None:
        left = self.packet.remaining(datetime.now(UTC))
        missing = self.unanswered()
        saved = max((r.saved_at for r in self.answers.current.responses.values()), default=None)
        self._header.value = panels.header(self.packet, len(missing), left, saved)
        self._summary.value = panels.summary(self.packet, missing, left)

    def _tried(self, slot: IssuedSlot) -> str:
        assert isinstance(slot.item, CodeItem)
        namespace: dict[str, Any] = get_ipython().user_ns
        return panels.trials([try_example(e.call, e.gives, namespace) for e in slot.item.examples])


def _form_part(*parts: ipywidgets.Widget) -> ipywidgets.Widget:
    box = ipywidgets.VBox(parts)
    box.add_class("tp-form")
    return box


_current: list[Form] = []


def open_form(folder: str = ".") -> Form:
    """The form for the packet that lies beside this notebook; the first cell calls this.

    Raises:
        UsageError: the packet or the saved answers cannot be read; IPython shows its one line without a traceback.
    """
    try:
        form = Form(Path(folder))
    except BundleError as error:
        raise UsageError(escape(f"{error.message}. {error.tip}".strip(), quote=False)) from None
    if not _current:
        get_ipython().events.register("post_run_cell", _cell_ran)
    _current[:] = [form]
    return form


def _cell_ran(result: Any) -> None:
    """IPython's hook: remember the code of an answer cell as soon as it has run."""
    cell_id = getattr(result.info, "cell_id", None) or ""
    if cell_id.startswith(ANSWER_CELL):
        _current[0].record_code(cell_id.removeprefix(ANSWER_CELL), result.info.raw_cell)
