"""One item for every slot, none twice."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from grader.drawing import assign, unfillable

CHOICES = st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4), max_size=5)


def can_be_filled(choices: list[list[str]]) -> bool:
    """Whether some way of taking one each takes none twice, tried one after the other."""
    return any(len(set(taken)) == len(taken) for taken in product(*choices))


@given(CHOICES)
def test_what_cannot_be_filled_is_found(choices: list[list[str]]) -> None:
    """The first slot in order that is too much."""
    place = unfillable(choices)
    if place is None:
        assert can_be_filled(choices)
    else:
        assert can_be_filled(choices[:place])
        assert not can_be_filled(choices[: place + 1])


@given(CHOICES.filter(can_be_filled), st.sets(st.sampled_from("abcdef")))
def test_every_slot_gets_one_of_its_own(choices: list[list[str]], worse: set[str]) -> None:
    """From the better ones, unless that leaves another slot without."""
    ranked = [[[i for i in items if i not in worse], [i for i in items if i in worse]] for items in choices]
    chosen = assign(ranked)
    assert len(set(chosen)) == len(choices)
    assert all(item in items for item, items in zip(chosen, choices, strict=True))
    if can_be_filled([better for better, _ in ranked]):
        assert not worse & set(chosen)


def test_a_slot_leaves_to_others_what_only_they_can_use() -> None:
    """The preferred item of the first slot is the only one of the second."""
    assert assign([[["x", "y"]], [["x"]]]) == ["y", "x"]


def test_something_worse_is_taken_where_it_must_be() -> None:
    """By the slot that has nothing else, not by the one before it."""
    assert assign([[["x", "y"], []], [["x"], ["z"]]]) == ["y", "x"]
    assert assign([[["x"], ["y"]], [["x"], ["z"]]]) == ["x", "z"]
