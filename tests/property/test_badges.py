"""Whatever is changed in a badge: it is not valid any more."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import UsageError
from onboarding.pool.badges import multibase, revocations
from onboarding.pool.badges.verifying import Status, verify
from tests.onboarding.badge_samples import DID, NOW, badge

BADGE = badge()
Place = tuple[Any, ...]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(data: Any, here: Place = ()) -> Iterator[Place]:
    """Every place in JSON data."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield (*here, key)
        yield from places(part, (*here, key))


def status(document: Any) -> Status | None:
    """What is said of a badge; None where it is not taken for one."""
    try:
        content = json.dumps(document).encode()
        return verify(content, trusted={DID}, revoked=None, now=NOW).status
    except UsageError:
        return None


def holder(document: Any, place: Place) -> Any:
    """What the last key of the place is a key of."""
    for key in place[:-1]:
        document = document[key]
    return document


PLACES = list(places(BADGE))
assert status(BADGE) is Status.VALID


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_nothing_can_be_taken_away(place: Place) -> None:
    """No field and no entry of a list."""
    document = copy.deepcopy(BADGE)
    del holder(document, place)[place[-1]]
    assert status(document) is not Status.VALID


@given(st.sampled_from(PLACES), values)
def test_nothing_can_be_changed(place: Place, value: Any) -> None:
    """To whatever value, unless it is the same one."""
    document = copy.deepcopy(BADGE)
    holder(document, place)[place[-1]] = value
    assert status(document) is not Status.VALID or document == BADGE


@given(st.sampled_from([place for place in PLACES if isinstance(place[-1], str)]), st.text(max_size=8), values)
def test_nothing_can_be_added(place: Place, name: str, value: Any) -> None:
    """Beside any field, also in the proof."""
    document = copy.deepcopy(BADGE)
    beside = holder(document, place)
    if name not in beside:
        beside[name] = value
        assert status(document) is not Status.VALID


@given(st.permutations(list(BADGE)), st.sampled_from([None, 0, 3]))
def test_order_and_spaces_do_not_matter(names: list[str], indent: int | None) -> None:
    """The same content, written otherwise, is the same badge."""
    content = json.dumps({name: BADGE[name] for name in names}, indent=indent).encode()
    assert verify(content, trusted={DID}, revoked=None, now=NOW).status is Status.VALID


@given(st.integers(0, 511))
def test_no_bit_of_the_signature_can_be_turned(bit: int) -> None:
    """Nor can it be written in another way."""
    document = copy.deepcopy(BADGE)
    number = int.from_bytes(multibase.decode(document["proof"]["proofValue"])) ^ 1 << bit
    document["proof"]["proofValue"] = multibase.encode(number.to_bytes(64))
    assert status(document) is Status.ALTERED


@given(st.binary(max_size=80))
def test_bytes_come_back_from_multibase(content: bytes) -> None:
    """All of them, leading zeros too."""
    assert multibase.decode(multibase.encode(content)) == content


@given(st.sets(st.integers(0, revocations.SIZE - 1), max_size=20), st.integers(0, revocations.SIZE - 1))
def test_a_list_holds_what_was_revoked(revoked: set[int], other: int) -> None:
    """And nothing else."""
    text = revocations.encoded(revoked)
    assert all(revocations.is_set(text, index) for index in revoked)
    assert revocations.is_set(text, other) is (other in revoked)
