"""Mounts a question's front end on an empty page, with a stand-in for the kernel that keeps what it is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from assessments.items import Item, Response
from assessments.kinds import KINDS
from assessments.packet import IssuedSlot
from assessments.page import part, style_sheet
from assessments.showing import heading, question
from tests.samples import small_packet

MODEL = """
async ([selector, script, traits]) => {
  const module = await import(URL.createObjectURL(new Blob([script], {type: "text/javascript"})));
  const heard = {};
  const tell = (name, ...rest) => (heard[name] || []).forEach((heed) => heed(...rest));
  const model = {
    traits,
    get: (name) => traits[name],
    set: (name, value) => { traits[name] = value; tell(`change:${name}`); },
    save_changes: () => {},
    on: (name, heed) => { (heard[name] ||= []).push(heed); },
    send: async (message) => {
      if (!("ask" in message)) return;
      tell("msg:custom", {ask: message.ask, reply: await window.reply(message.question, traits.value)});
    },
  };
  await module.default.render({model, el: document.querySelector(selector)});
  window.model = model;
}
"""
DARK = """html {
  background: #111; color-scheme: dark; --jp-layout-color1: #111; --jp-layout-color2: #222;
  --jp-ui-font-color1: #eee; --jp-ui-font-color2: #bbb; --jp-border-color0: #888; --jp-border-color2: #444;
  --jp-brand-color1: #64b5f6; --jp-error-color0: #ff8a80; --jp-success-color0: #a5d6a7;
  --jp-content-link-color: #90caf9;
}"""
"""JupyterLab's dark theme, as far as the form uses it."""
COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "Do **this**."}


def item_of(kind: str, **fields: Any) -> Item:
    """An item of a kind."""
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **fields})


class Mounted:
    """A question on a page."""

    def __init__(
        self, page: Page, item: Item, value: Response, *, locked: bool, folder: Path, guideline: str = ""
    ) -> None:
        self.page, self.part = page, page.locator("#part")
        slot = IssuedSlot(slot="q1", points=2, item=item)
        packet = small_packet().model_copy(update={"slots": (slot,), "guideline": guideline})
        main = '<main><div id="bar"></div><div id="part"></div></main>'
        page.set_content(f'<html lang="en"><title>x</title><style>{style_sheet()}</style>{main}')
        page.expose_function("reply", item.reply)
        state = {"answered": 0, "saved_at": None, "failure": "", "locked": locked}
        self._mount("#bar", "header", {"spec": heading(packet, keys=False), "state": state})
        spec = question(packet, slot, folder, "")
        self._mount("#part", "question", {"spec": spec, "value": value, "mark": {}, "state": state})

    def _mount(self, place: str, name: str, traits: dict[str, Any]) -> None:
        self.page.evaluate(MODEL, [place, part(name)._esm, traits])

    @property
    def value(self) -> Any:
        """The answer that the kernel would have by now (texts arrive 0.3 s after the last key)."""
        return self.page.evaluate("window.model.traits.value")

    @property
    def mark(self) -> Any:
        """What was said about the question."""
        return self.page.evaluate("window.model.traits.mark")

    def label(self, text: str, *, exact: bool = True) -> Locator:
        """The control with this label."""
        return self.part.get_by_label(text, exact=exact)

    def lock(self) -> None:
        """As after handing in."""
        self.page.evaluate("window.model.set('state', {...window.model.traits.state, locked: true})")

    def leave(self) -> None:
        """Take the focus away, which keeps what is still being typed."""
        self.page.evaluate("document.activeElement.blur()")


Mount = Callable[..., Mounted]


@pytest.fixture
def mount(browser: Browser) -> Iterator[Mount]:
    """`mount(item, value=None, locked=False, folder=…, guideline="")`; a figure's file lies in the folder."""
    opened: list[Page] = []

    def mounted(
        item: Item, value: Response = None, *, locked: bool = False, folder: Path = Path(), guideline: str = ""
    ) -> Mounted:
        page = browser.new_page(viewport={"width": 900, "height": 900})
        page.set_default_timeout(10_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        found = Mounted(page, item, value, locked=locked, folder=folder, guideline=guideline)
        assert not errors
        return found

    yield mounted
    for page in opened:
        page.close()
