"""Pictures: which are possible, and what the page is told of them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assessments.items import Figure
from assessments.showing import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        *[("a.png", "image/png"), ("b/c.jpg", "image/jpeg"), ("c.jpeg", "image/jpeg"), ("d.svg", "image/svg+xml")],
        *[("e.webp", "image/webp"), ("f.gif", "image/gif"), ("g.PNG", "image/png")],
    ],
)
def test_a_file_becomes_a_data_address(tmp_path: Path, file: str, media_type: str) -> None:
    """Its type is the same on every machine."""
    (tmp_path / "b").mkdir()
    (tmp_path / file).write_bytes(b"x")
    shown = picture(Figure(alt="a chart", file=file), tmp_path)
    assert shown == {"alt": "a chart", "source": f"data:{media_type};base64,eA=="}


def test_a_drawing_needs_no_file(tmp_path: Path) -> None:
    """It stands in the packet."""
    assert picture(Figure(alt="a", svg=SVG), tmp_path)["source"].startswith("data:image/svg+xml;base64,")


def test_a_missing_or_unreadable_file_is_one_line(tmp_path: Path) -> None:
    """A folder of that name cannot be read either."""
    (tmp_path / "folder.png").mkdir()
    for name in ("none.png", "folder.png"):
        shown = picture(Figure(alt="a", file=name), tmp_path)
        assert "source" not in shown
        assert shown["failure"].startswith(f"The picture {name} is missing or cannot be read.")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "needs either file or svg"),
        ({"file": "a.png", "svg": SVG}, "needs either file or svg"),
        ({"file": "a.exe"}, "must end in .png"),
        ({"file": "../a.png"}, "pattern"),
        ({"file": "/a.png"}, "pattern"),
        ({"svg": "<svg/>"}, "must begin with <svg xmlns="),
        ({"svg": "<html/>"}, "must begin with <svg xmlns="),
    ],
)
def test_what_is_no_picture_is_refused(fields: dict[str, str], reason: str) -> None:
    """With what is allowed."""
    with pytest.raises(ValidationError, match=reason):
        Figure.model_validate({"alt": "a", **fields})


def test_a_drawing_may_begin_as_a_file_does() -> None:
    """As drawing programs save it."""
    assert Figure(alt="a", svg=f'<?xml version="1.0"?>\n{SVG}').media_type == "image/svg+xml"
