"""Collects what cells put out, in the form in which a notebook stores it (nbformat 4)."""

import io
import os
from contextvars import ContextVar
from typing import Any

from jupyter_client.session import Session

from assessments.inside.widgets import OutputWidgets

OUTPUTS = ("execute_result", "display_data", "error")
WIDGETS = ("comm_open", "comm_msg")
_STARTED_IN: ContextVar[int] = ContextVar("started_in")
"""The cell that an asynchronous task belongs to; threads belong to none."""


class TooMuchOutput(BaseException):
    """The cells put out more than they may; no cell can catch it where it matters, as the process then ends."""


class Collector(Session):  # type: ignore[misc]
    """Stands where a kernel's messaging session stands: what a kernel would send becomes a cell's output."""

    def begin(self, limit_bytes: int) -> None:
        """Start a notebook."""
        self.cells: dict[int, list[dict[str, Any]]] = {}
        self.changed: set[int] = set()
        self.widgets = OutputWidgets()
        self._left = limit_bytes
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._captured = {name: _Descriptor(number) for number, name in ((1, "stdout"), (2, "stderr"))}
        self.open_cell(-1)

    def open_cell(self, place: int) -> None:
        """From now on outputs belong to the cell at this place of the task."""
        _STARTED_IN.set(place)
        self.cell = place
        self._is_open = True
        self.cells[place] = []
        self.widgets.begin_cell(str(place))
        self._clear_first: set[int] = set()

    def send(self, _stream: Any, msg_or_type: Any, content: Any = None, *_args: Any, **_kwargs: Any) -> None:
        """What the shell publishes, message by message (the kinds and their meaning: Jupyter's messaging protocol)."""
        kind, content = (msg_or_type, content) if isinstance(msg_or_type, str) else _opened(msg_or_type)
        if self._is_late():
            return
        if kind == "clear_output":
            self._clear(wait=bool(content.get("wait")))
        elif kind == "update_display_data":
            self._update(content)
        elif kind in WIDGETS:
            self.collect()
            self.widgets.heed(kind, content)
        elif kind in OUTPUTS:
            self.collect()
            if _display_id(content):
                self._update(content)
            self._add(_output(kind, content), _display_id(content))

    def stream(self, name: str, text: str) -> None:
        """Text on standard output or error; neighbours are joined."""
        if not self._is_late():
            self.collect()
            self._text(name, text)

    def close_cell(self) -> None:
        """The cell has its reply: what its tasks put out from now on is lost, as it is in a notebook."""
        self.collect()
        self._is_open = False

    def _is_late(self) -> bool:
        return not self._is_open or _STARTED_IN.get(self.cell) != self.cell

    def collect(self) -> None:
        """Take in what was written past Python's streams, by C code or by other processes."""
        for name, descriptor in self._captured.items():
            if text := descriptor.new_text():
                self._text(name, text)

    def add_error(self, name: str, value: str, traceback: list[str]) -> None:
        """An error that the shell itself did not show."""
        self._add({"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}, "")

    def _text(self, name: str, text: str) -> None:
        if not text:
            return
        self._spend(text)
        outputs = self._outputs()
        last = outputs[-1] if outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def _add(self, output: dict[str, Any], display_id: str) -> None:
        self._spend(output)
        self._outputs().append(output)
        if display_id:
            self._shown.setdefault(display_id, []).append(output)

    def _outputs(self) -> list[dict[str, Any]]:
        """Where the next output goes, after a clearing that waited for it."""
        outputs = self._target()
        if id(outputs) in self._clear_first:
            self._clear(wait=False)
        return outputs

    def _target(self) -> list[dict[str, Any]]:
        taker = self.widgets.taker()
        return self.cells[self.cell] if taker is None else taker

    def _clear(self, *, wait: bool) -> None:
        outputs = self._target()
        if wait:
            self._clear_first.add(id(outputs))
            return
        self._clear_first.discard(id(outputs))
        self.collect()
        outputs.clear()

    def _update(self, content: dict[str, Any]) -> None:
        self._spend(content)
        shown = self._shown.get(_display_id(content), [])
        for output in shown:
            output.update(data=content["data"], metadata=content["metadata"])
        places = {id(output): place for place, outputs in self.cells.items() for output in outputs}
        self.changed |= {places[id(output)] for output in shown if id(output) in places}

    def _spend(self, what: Any) -> None:
        self._left -= len(what) if isinstance(what, str) else len(str(what))
        if self._left < 0:
            raise TooMuchOutput


class OutStream(io.TextIOBase):
    """Python's standard output or error; the name is the one that a kernel's have."""

    encoding = "UTF-8"

    def __init__(self, collector: Collector, name: str) -> None:
        self._collector, self.name = collector, name
        self._owner = os.getpid()
        self._is_shut = False
        self._nowhere = os.open(os.devnull, os.O_WRONLY)

    def write(self, text: str) -> int:
        """Pass it on at once, so that the order of both streams is kept."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if self._is_shut:
            raise ValueError("I/O operation on closed file")
        if os.getpid() == self._owner:
            self._collector.stream(self.name, text)
        else:
            os.write(1 if self.name == "stdout" else 2, text.encode("utf-8", "replace"))
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """Where a kernel was started, which is not in the notebook."""
        return self._nowhere

    def close(self) -> None:
        """Refuse text from now on; `flush` still works, as the shell needs it."""
        self._is_shut = True

    @property
    def closed(self) -> bool:
        """Whether text is refused; of no concern to `flush`."""
        return self._is_shut

    def flush(self) -> None:
        """Nothing to do."""


class _Descriptor:
    """A file in memory in the place of descriptor 1 or 2, read as it grows."""

    def __init__(self, number: int) -> None:
        self._file = os.memfd_create("output")
        os.dup2(self._file, number)
        self._read = 0

    def new_text(self) -> str:
        """What was written since the last time."""
        content = b""
        while chunk := os.pread(self._file, 1 << 20, self._read):
            self._read += len(chunk)
            content += chunk
        return content.decode("utf-8", "replace")


def _opened(message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    kind = message.get("msg_type") or message["header"]["msg_type"]
    return kind, message["content"]


def _display_id(content: dict[str, Any]) -> str:
    return (content.get("transient") or {}).get("display_id") or ""


def _output(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    if kind == "error":
        return {"output_type": kind, **{name: content[name] for name in ("ename", "evalue", "traceback")}}
    output = {"output_type": kind, "data": content["data"], "metadata": content["metadata"]}
    return output | {"execution_count": content["execution_count"]} if kind == "execute_result" else output
