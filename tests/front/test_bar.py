"""The bar that stays in sight while an applicant scrolls."""

import pytest
from playwright.sync_api import Browser

from assessments.page import style_sheet

pytestmark = pytest.mark.browser
THEME = ":root { --jp-layout-color0: #111111; --jp-layout-color1: #212121; }"


def test_what_is_behind_the_bar_has_the_colour_of_the_page(browser: Browser) -> None:
    """In JupyterLab's dark theme too, in which cells have another colour than the page."""
    page = browser.new_page()
    cell = '<div class="tp-applicant"><div class="jp-CodeCell"><header class="tp-bar">x</header></div></div>'
    page.set_content(f"<style>{THEME}{style_sheet()}</style>{cell}")
    colour = page.locator(".jp-CodeCell").evaluate("(cell) => getComputedStyle(cell).backgroundColor")
    page.close()
    assert colour == "rgb(17, 17, 17)"
