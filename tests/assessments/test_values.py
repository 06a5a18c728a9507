"""What leaves the sandbox keeps its exact type, and nothing else can be smuggled in."""

import contextlib
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.values import MAX_TEXT, Other, ValueTooLarge, decode, encode

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
hashables = st.recursive(scalars, lambda part: st.tuples(part, part) | st.frozensets(part, max_size=3), max_leaves=4)
values = st.recursive(
    hashables,
    lambda part: (
        st.lists(part, max_size=4)
        | st.tuples(part)
        | st.sets(hashables, max_size=3)
        | st.dictionaries(hashables, part, max_size=3)
    ),
    max_leaves=12,
)


@given(values)
def test_round_trip_keeps_value_and_type(value: Any) -> None:
    """Whatever an item may ask for comes out as it went in."""
    found = decode(encode(value))
    assert found == value
    assert repr(type(found)) == repr(type(value))


def test_nan_and_infinity_survive() -> None:
    """Floats that are no numbers are values too."""
    assert math.isnan(decode(encode(math.nan)))
    assert decode(encode(-math.inf)) == -math.inf


def test_true_is_not_one() -> None:
    """Booleans and integers stay apart."""
    assert encode(True) != encode(1)
    assert type(decode(encode([True, 1]))[0]) is bool


def test_lookalikes_become_other() -> None:
    """A subclass or an object that equals everything is not taken for a value."""

    class Sly(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    assert isinstance(decode(encode(Sly(3))), Other)


@pytest.mark.parametrize(
    "value", ["x" * (MAX_TEXT + 1), [0] * 30_000, 1 << (5 * MAX_TEXT)], ids=["text", "list", "int"]
)
def test_large_values_are_refused(value: Any) -> None:
    """Size limits hold before anything is written."""
    with pytest.raises(ValueTooLarge):
        encode(value)


def test_deep_values_are_refused() -> None:
    """So do depth limits."""
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(ValueTooLarge):
        encode(deep)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["list", "dict", "set", "int"]),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=4), part, max_size=2),
    max_leaves=12,
)


@given(json_like)
def test_forged_data_is_a_value_error_or_a_value(data: Any) -> None:
    """Nothing that a cell could write makes the judge fail in another way."""
    with contextlib.suppress(ValueError):
        decode(data)
