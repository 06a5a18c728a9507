"""The page of the kind that docs/how-to/add-an-item-kind.md adds."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessments import page
from tests.front.conftest import Mount
from tests.test_docs import blocks, kind_of_the_how_to

pytestmark = pytest.mark.browser


def test_the_page_of_the_how_to_works(mount: Mount, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By mouse, by keyboard, restored, locked; the response is one that its Python file accepts."""
    item, key = kind_of_the_how_to(monkeypatch)
    front = tmp_path / "front"
    shutil.copytree(page.FRONT, front)
    (script,) = blocks("add-an-item-kind.md", "js")
    (front / "kinds" / "matching.js").write_text(script, encoding="utf-8")
    monkeypatch.setattr(page, "FRONT", front)
    # the parts of the page are put together once
    monkeypatch.setattr(page, "_part_class", page._part_class.__wrapped__)
    shown = mount(item)
    shown.label("cat").select_option(label="-s")
    assert shown.value == {"a": "s"}
    shown.label("box").focus()
    shown.page.keyboard.type("-e")
    shown.label("wolf").focus()
    shown.page.keyboard.type("-v")
    assert shown.value == key.reference(item)
    shown.lock()
    expect(shown.label("wolf")).to_be_disabled()
    expect(shown.label("wolf")).to_have_value("ves")
    for odd in ("nonsense", [1], {"a": ["s"]}):
        shown = mount(item, odd)
        expect(shown.label("cat")).to_have_value("")
        shown.label("cat").select_option("es")
        shown.label("cat").select_option("")
        assert shown.value is None
