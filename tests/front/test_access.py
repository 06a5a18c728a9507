"""Every interaction, with the practice assessment's own questions: nothing that axe-core calls serious, in any theme.

axe-core is Deque's automated accessibility check; it comes with axe-playwright-python.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from assessments.items import Item
from assessments.kinds import KINDS
from grader.bank import read_bank
from tests.front.conftest import DARK, Mount

pytestmark = pytest.mark.browser
SOURCE = Path(__file__).parents[2] / "source"
ITEMS = {entry.item.kind: entry.item for entry in read_bank(SOURCE / "practice.toml").items.values()}
SERIOUS = ("serious", "critical")


def test_every_interaction_can_be_practised() -> None:
    """The practice assessment has a question of every kind."""
    assert set(ITEMS) == set(KINDS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_nothing_stands_in_anybodys_way(mount: Mount, item: Item, locked: bool, theme: str) -> None:
    """Names, roles, contrast, focus."""
    shown = mount(item, locked=locked, folder=SOURCE / "practice")
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    found = Axe().run(shown.page).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found if v["impact"] in SERIOUS] == []


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_it_fits_a_narrow_page_at_twice_the_size(mount: Mount, item: Item) -> None:
    """Nothing has to be scrolled sideways on half the width with letters twice as large."""
    shown = mount(item, folder=SOURCE / "practice")
    shown.page.set_viewport_size({"width": 640, "height": 900})
    shown.page.add_style_tag(content=".tp-form { font-size: 30px !important; }")
    width = shown.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 640
