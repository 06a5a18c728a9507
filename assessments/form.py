"""What an applicant's notebook shows: header, a question per slot, the end. The notebook calls nothing else."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython

from assessments import page
from assessments.clock import every, loop_caller
from assessments.coding import keep_source, tried
from assessments.errors import BundleError
from assessments.handin import handed_in, pack_and_lock
from assessments.items import Response, Shown
from assessments.kinds.code import CodeItem
from assessments.packet import IssuedSlot, read_packet
from assessments.responses import Mark, ResponseFile, SavedResponse
from assessments.showing import ending, heading, question

REFRESH_SECONDS = 5
ANSWER_CELL = "answer-"
"""The cell id of a code answer is this and the slot: `answer-q09`."""


class Form:
    """One applicant's assessment, in the folder that it was issued in.

    Args:
        app: shown without a notebook around it, so that code is written in the form too.
        behind: for each slot what stands behind it (Markdown) and may be unfolded; for authors.
        opened: what this kernel opened before. A form of the same packet shares its answers: some may still be on
            their way to the disk, and both pages go on writing into the same file.
    """

    def __init__(
        self, folder: Path, *, app: bool = False, behind: Mapping[str, str] | None = None, opened: Iterable["Form"] = ()
    ) -> None:
        self.packet = read_packet(folder)
        self._folder, self._app, self._behind = folder, app, behind or {}
        self._in_loop = loop_caller()
        self._failure = ""
        self._on_disk_until = datetime.now(UTC)
        shared = (form.answers for form in opened if form.answers.is_for(folder, self.packet.packet_id))
        self.answers: ResponseFile = next(shared, None) or ResponseFile(folder, self.packet.packet_id)
        self.answers.told.append(self._written)
        self._slots = {slot.slot: slot for slot in self.packet.slots}
        self._parts: dict[str, page.Part] = {}
        self._header = page.part("header", spec=heading(self.packet, keys=behind is not None))
        self._header.on_msg(self._heed_work)
        self._header.answer(lambda _ping: {})
        self._finish = page.part("finish", spec=ending(self.packet))
        self._finish.answer(self._hand_in)
        self._refresh()

    def header(self) -> page.Part:
        """Title, progress and time left, kept current."""
        every(REFRESH_SECONDS, self._refresh)
        return self._header

    def slot(self, name: str) -> page.Part:
        """The question in this slot, restored to what was answered."""
        slot, current = self._slots[name], self.answers.current
        mark = current.marks.get(name, Mark()).model_dump()
        shown = question(self.packet, slot, self._folder, self._behind.get(name, ""))
        shown["item"]["here"] = self._app
        part = page.part(
            "question", spec=shown, value=current.value(name), mark=mark, state=self._state_of(name, locked=self.locked)
        )
        part.observe(lambda change: self._save(name, change["new"]), "value")
        part.observe(lambda change: self._mark(name, change["new"]), "mark")
        part.answer(partial(self._reply, slot))
        self._parts[name] = part
        return part

    def examples(self, name: str) -> page.Part:
        """Below the cell of a code question: runs it, and the public examples against it."""
        part = page.part("examples", spec={"cell": f"{ANSWER_CELL}{name}"})
        part.answer(partial(self._reply, self._slots[name]))
        return part

    def finish(self) -> page.Part:
        """What is still unanswered, and handing in."""
        self._refresh()
        return self._finish

    def record_code(self, name: str, source: str) -> None:
        """Keep the source of an answer cell that was just run."""
        if name in self._slots and self.answers.current.value(name) != source:
            self._save(name, source)

    def unanswered(self) -> list[str]:
        """The slots that still need an answer."""
        value = self.answers.current.value
        return [name for name, slot in self._slots.items() if not slot.item.is_answered(value(name))]

    @property
    def locked(self) -> bool:
        """Whether it was handed in, so that nothing may be changed any more."""
        return handed_in(self._folder) is not None

    def _save(self, name: str, value: Response) -> None:
        if self.locked:
            return
        self.answers.save(name, value)
        if self._app and isinstance(self._slots[name].item, CodeItem) and isinstance(value, str):
            keep_source(self._folder / f"{self.packet.assessment}.ipynb", f"{ANSWER_CELL}{name}", value)
        self._refresh()

    def _mark(self, name: str, mark: Shown) -> None:
        if not self.locked:
            self.answers.mark(name, Mark.model_validate(mark))
            self._refresh()

    def _reply(self, slot: IssuedSlot, message: Shown) -> Shown:
        if isinstance(slot.item, CodeItem):
            return tried(slot.item, message.get("source"))
        return slot.item.reply(message, self.answers.current.value(slot.slot))

    def _heed_work(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """The page says how many seconds somebody worked."""
        if isinstance(message, dict) and isinstance(seconds := message.get("worked"), int) and 0 < seconds <= 60:
            self.answers.worked(seconds)

    def _hand_in(self, _message: Shown) -> Shown:
        """Pack what is on the disk by now, and lock the form."""
        if not self.locked:
            try:
                done = self.answers.flush()
                self._failure = "" if done else "Your answers are not on the disk yet; please try again."
                if not self._failure:
                    pack_and_lock(self._folder, self._folder.parent)
            except (OSError, BundleError) as error:
                self._failure = f"This could not be packed: {error}"
        self._refresh()
        return {}

    def _written(self, when: datetime, failure: str) -> None:
        """The writer's thread says how it went; widgets belong to the kernel's loop."""
        self._in_loop(partial(self._tell, when, failure))

    def _tell(self, when: datetime, failure: str) -> None:
        self._failure = failure
        if not failure:
            self._on_disk_until = when
        self._refresh()

    def _state_of(self, name: str, *, locked: bool) -> Shown:
        saved = self.answers.current.responses.get(name)
        return {"saved_at": self._saved(saved), "failure": self._failure, "locked": locked}

    def _saved(self, response: SavedResponse | None) -> str | None:
        """When it was saved, once it is on the disk."""
        return response.saved_at.isoformat() if response and response.saved_at <= self._on_disk_until else None

    def _refresh(self) -> None:
        missing, current = self.unanswered(), self.answers.current
        unsure = [name for name in self._slots if current.marks.get(name, Mark()).unsure]
        last = max(current.responses.values(), key=lambda response: response.saved_at, default=None)
        handover = handed_in(self._folder)
        common = {"failure": self._failure, "locked": handover is not None}
        self._header.state = {
            **common,
            "answered": len(self._slots) - len(missing),
            "saved_at": self._saved(last),
        }
        self._finish.state = {
            **common,
            "missing": self._links(missing),
            "unsure": self._links(unsure),
            "handed_in": handover,
        }
        for name, part in self._parts.items():
            part.state = self._state_of(name, locked=handover is not None)

    def _links(self, names: list[str]) -> list[Shown]:
        order = list(self._slots)
        return [{"slot": name, "number": order.index(name) + 1} for name in names]


_current: list[Form] = []


def open_form(folder: str = ".", *, app: bool = False) -> Form:
    """The form for the packet that lies in `folder`; the first cell calls this.

    Raises:
        UsageError: the packet or the saved answers cannot be read; IPython shows its one line without a traceback.
    """
    try:
        form = Form(Path(folder).resolve(), app=app, opened=_current)
    except BundleError as error:
        raise UsageError(escape(f"{error.message}. {error.tip}".strip(), quote=False)) from None
    if app:
        # code reads its data files beside the notebook
        os.chdir(folder)
    elif not _current:
        get_ipython().events.register("post_run_cell", _cell_ran)
    _current[:] = [form]
    return form


def _cell_ran(result: Any) -> None:
    """IPython's hook: remember the code of an answer cell as soon as it has run."""
    cell_id = getattr(result.info, "cell_id", None) or ""
    if cell_id.startswith(ANSWER_CELL):
        _current[0].record_code(cell_id.removeprefix(ANSWER_CELL), result.info.raw_cell)
