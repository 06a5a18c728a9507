"""The boundary to the page: parts of the form, each an anywidget with a front-end file of ours (assessments/front/)."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from assessments.items import Shown

FRONT = Path(__file__).with_name("front")
PARTS = (
    *("header", "question", "examples", "finish", "section", "completed"),
    *("application", "selfcheck", "sending"),
)
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


def part(name: str, **traits: Any) -> Part:
    """A part of the form or of a module, one of `PARTS`. The header brings what the others need."""
    return _part_class(name)(**traits)


@cache
def _part_class(name: str) -> type[Part]:
    """A class for each part: anywidget takes the front end from the class."""
    texts = [f"const PART = {json.dumps(name)};", _text("loader.js")]
    style = ""
    if name == "header":
        texts, style = [*texts, front_end()], style_sheet()
    return type("Part", (Part,), {"_esm": "\n".join(texts), "_css": style})


def front_end() -> str:
    """The whole front end as one script, to come after the loader: shared pieces, parts, kinds."""
    shared = [_text(f"lib/{path.name}") for path in sorted(FRONT.glob("lib/*.js"))]
    kinds = {path.stem: _closed(f"kinds/{path.name}", "answerTo") for path in sorted(FRONT.glob("kinds/*.js"))}
    parts = {name: _closed(f"{name}.js", "show") for name in PARTS}
    return "\n".join(
        [
            *("{", *shared),
            f"const kinds = {_table(kinds)};",
            f"const parts = {_table(parts)};",
            *("globalThis.talentpool.arrive({ draw, parts });", "}"),
        ]
    )


def _closed(file: str, result: str) -> str:
    """A file's text in a scope of its own, which gives one of its functions."""
    return f"(() => {{\n{_text(file)}\nreturn {result};\n}})()"


def _table(members: Mapping[str, str]) -> str:
    return "{" + ",\n".join(f"{json.dumps(name)}: {text}" for name, text in members.items()) + "}"


def _text(file: str) -> str:
    return (FRONT / file).read_text(encoding="utf-8")


def style() -> ipywidgets.Widget:
    """The style sheet alone, for notebooks without a form."""
    return ipywidgets.HTML(f"<style>{style_sheet()}</style>")


@cache
def style_sheet() -> str:
    """The look of every part."""
    return _text("style.css")
