"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds.numeric import parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250", 1250.0),
        (" 1 250 ", 1250.0),
        ("1,250", 1250.0),
        ("1,250.5", 1250.5),
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("-3", -3.0),
        ("\u22123", -3.0),
        (".5", 0.5),
        ("1.2e3", 1200.0),
        ("1'000", 1000.0),
        ("٣٫٥".replace("٫", "."), 3.5),
    ],
)
def test_ways_to_write_a_number(text: str, number: float) -> None:
    """Spaces, thousands separators, decimal commas, the real minus sign and digits of any script are read."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "12 km", "1.2.3", "inf", "nan", "1e999", "--1", "0x10"])
def test_what_is_no_number(text: str) -> None:
    """Nothing is guessed."""
    assert parse_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read(number: float) -> None:
    """A reference answer written by repr comes back."""
    assert parse_number(repr(number)) == number


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    """Any text is a number or not."""
    parse_number(text)
