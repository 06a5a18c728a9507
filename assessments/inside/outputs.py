"""Collects what cells put out, in the form in which a notebook stores it (nbformat 4)."""

import io
import os
from typing import Any

from jupyter_client.session import Session

OUTPUTS = ("execute_result", "display_data", "error")


class TooMuchOutput(BaseException):
    """The cells put out more than they may; no cell can catch it where it matters, as the process then ends."""


class Collector(Session):
    """Stands where a kernel's messaging session stands: what a kernel would send becomes a cell's output."""

    def begin(self, limit_bytes: int) -> None:
        """Start a notebook."""
        self.cells: dict[int, list[dict[str, Any]]] = {}
        self.changed: set[int] = set()
        self._left = limit_bytes
        self._clear_first = False
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._captured = {name: _Descriptor(number) for number, name in ((1, "stdout"), (2, "stderr"))}
        self.open_cell(-1)

    def open_cell(self, place: int) -> None:
        """From now on outputs belong to the cell at this place of the task."""
        self.cell = place
        self.cells[place] = []
        self._clear_first = False

    def send(  # type: ignore[override]
        self, _stream: Any, msg_or_type: Any, content: Any = None, *_args: Any, **_kwargs: Any
    ) -> None:
        """What the shell publishes, message by message (the kinds and their meaning: Jupyter's messaging protocol)."""
        kind, content = (msg_or_type, content) if isinstance(msg_or_type, str) else _opened(msg_or_type)
        if kind == "clear_output":
            self._clear(wait=bool(content.get("wait")))
        elif kind == "update_display_data":
            self._update(content)
        elif kind in OUTPUTS:
            self.collect()
            self._add(_output(kind, content), _display_id(content))

    def stream(self, name: str, text: str) -> None:
        """Text on standard output or error; neighbours are joined."""
        self.collect()
        self._text(name, text)

    def collect(self) -> None:
        """Take in what was written past Python's streams, by C code or by other processes."""
        for name, descriptor in self._captured.items():
            if text := descriptor.new_text():
                self._text(name, text)

    def add_error(self, name: str, value: str, traceback: list[str]) -> None:
        """An error that the shell itself did not show."""
        self._add({"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}, "")

    def _text(self, name: str, text: str) -> None:
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
        if self._clear_first:
            self._clear(wait=False)
        return self.cells[self.cell]

    def _clear(self, *, wait: bool) -> None:
        self._clear_first = wait
        if not wait:
            self.collect()
            self.cells[self.cell].clear()

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


class Stream(io.TextIOBase):
    """Python's standard output or error."""

    encoding = "UTF-8"

    def __init__(self, collector: Collector, name: str) -> None:
        self._collector, self.name = collector, name

    def write(self, text: str) -> int:
        """Pass it on at once, so that the order of both streams is kept."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._collector.stream(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The descriptor that other processes inherit."""
        return 1 if self.name == "stdout" else 2


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
