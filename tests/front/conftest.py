"""Mounts a question's front end on an empty page, with a stand-in for the kernel that keeps what it is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from assessments.items import Item, Response
from assessments.kinds import KINDS
from assessments.packet import IssuedSlot
from assessments.page import front_end, part, style_sheet
from assessments.showing import question
from tests.samples import small_packet

MODEL = """
async ([script, traits]) => {
  delete globalThis.talentpool;
  const module = await import(URL.createObjectURL(new Blob([script], {type: "text/javascript"})));
  const heard = {};
  const tell = (name, ...rest) => (heard[name] || []).forEach((heed) => heed(...rest));
  window.model = {
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
  await module.default.render({model: window.model, el: document.querySelector("#part")});
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

    def __init__(self, page: Page, item: Item, value: Response, *, locked: bool, folder: Path) -> None:
        self.page, self.part = page, page.locator("#part")
        packet = small_packet()
        slot = IssuedSlot(slot="q1", points=2, item=item)
        packet = packet.model_copy(update={"slots": (slot,)})
        spec = question(packet, slot, folder, "")
        page.set_content(f'<html lang="en"><title>x</title><style>{style_sheet()}</style><main id="part"></main>')
        page.expose_function("reply", item.reply)
        state = {"saved_at": None, "failure": "", "locked": locked}
        page.evaluate(
            MODEL,
            [
                f"{part('question')._esm}\n{front_end()}",
                {"spec": spec, "value": value, "mark": {}, "state": state},
            ],
        )

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
    """`mount(item, value=None, locked=False, folder=…)`; a figure's file lies in the folder."""
    opened: list[Page] = []

    def mounted(item: Item, value: Response = None, *, locked: bool = False, folder: Path = Path()) -> Mounted:
        page = browser.new_page(viewport={"width": 900, "height": 900})
        page.set_default_timeout(10_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        found = Mounted(page, item, value, locked=locked, folder=folder)
        assert not errors
        return found

    yield mounted
    for page in opened:
        page.close()
