"""The boundary to the page: parts of the form, each an anywidget with a front-end file of ours (assessments/front/)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from assessments.items import Shown

FRONT = Path(__file__).with_name("front")
Ask = Callable[[Shown], Shown]


class Part(anywidget.AnyWidget):
    """One part of the form on the page.

    Args:
        spec: what is shown; it does not change.
        value: the answer, as the page last said; None for "not answered".
        mark: what the applicant says about the question: `unsure` and `problem`.
        state: what changes while the form is open: when it was saved, whether it is locked.
    """

    spec = traitlets.Dict().tag(sync=True)
    value = traitlets.Any().tag(sync=True)
    mark = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def answer(self, ask: Ask) -> None:
        """Let `ask` answer what the page asks."""

        def heed(_widget: Any, message: Any, _buffers: Any) -> None:
            if isinstance(message, dict) and "ask" in message:
                self.send({"ask": message["ask"], "reply": ask(message["question"])})

        self.on_msg(heed)


def question(kind: str, **traits: Any) -> Part:
    """A question of a kind of item."""
    return _part(f"kinds/{kind}.js", "question.js")(**traits)


def part(name: str, **traits: Any) -> Part:
    """Another part: `header`, `examples`, `finish`."""
    return _part(f"{name}.js")(**traits)


@cache
def _part(*files: str) -> type[Part]:
    """A class for each script: anywidget takes the front end from the class."""
    return type("Part", (Part,), {"_esm": script(*files), "_css": style_sheet()})


def script(*files: str) -> str:
    """What every part shares and these files of front/, as one module."""
    paths = [*sorted(FRONT.glob("lib/*.js")), *map(FRONT.joinpath, files)]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def style() -> ipywidgets.Widget:
    """The style sheet alone, for notebooks without a form."""
    return ipywidgets.HTML(f"<style>{style_sheet()}</style>")


@cache
def style_sheet() -> str:
    """The look of every part."""
    return (FRONT / "style.css").read_text(encoding="utf-8")
