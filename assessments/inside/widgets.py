"""Stands in for the page that shows widgets: an open Output widget takes what a cell puts out."""

from collections.abc import Iterator
from typing import Any

Outputs = list[dict[str, Any]]


class OutputWidgets:
    """The Output widgets of a notebook; which of them is open is known from the messages that they send."""

    def __init__(self) -> None:
        self._outputs: dict[str, Outputs] = {}
        self._open: list[str] = []
        self._changed: set[str] = set()
        self._cause = ""

    def begin_cell(self, cause: str) -> None:
        """The next cell starts: what was left open does not take its outputs.

        Args:
            cause: the id of the message that started it.
        """
        self._open.clear()
        self._cause = cause

    def heed(self, kind: str, content: dict[str, Any]) -> None:
        """A message of a widget (the kinds and their meaning: Jupyter's messaging protocol)."""
        widget, state = content["comm_id"], content["data"].get("state") or {}
        if kind == "comm_open" and state.get("_model_name") == "OutputModel":
            self._outputs[widget] = []
        elif widget in self._outputs and "msg_id" in state:
            if state["msg_id"] == self._cause:
                self._open.append(widget)
            elif widget in self._open:
                self._open.remove(widget)

    def taker(self) -> Outputs | None:
        """Where the next output goes; None for the cell itself."""
        if not self._open:
            return None
        self._changed.add(self._open[-1])
        return self._outputs[self._open[-1]]

    def replies(self) -> Iterator[dict[str, Any]]:
        """What the page tells the widgets after a cell: the outputs that they took."""
        for widget in sorted(self._changed):
            state = {"outputs": [_whole(output) for output in self._outputs[widget]]}
            data = {"method": "update", "state": state, "buffer_paths": []}
            yield {"content": {"comm_id": widget, "data": data}, "buffers": []}
        self._changed.clear()


def _whole(output: dict[str, Any]) -> dict[str, Any]:
    return {**output, "text": "".join(output["text"])} if output["output_type"] == "stream" else output
