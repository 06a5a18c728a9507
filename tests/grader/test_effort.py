"""How long an assessment takes, and how hard it is to read."""

import pytest

from grader.bank import parse_bank
from grader.effort import READ, WRITE, Effort, effort, lix
from tests.samples import bank_data, small_bank


def test_lix_by_hand() -> None:
    """Ten words in two sentences, two of them longer than six letters."""
    assert lix("Careful readers notice small faults. They also remark on them.") == 10 / 2 + 100 * 2 / 10
    assert lix("") == 0
    assert lix("Yes. No. Maybe so.") == 0


@pytest.mark.parametrize(("level", "words"), [(24, "very easy"), (25, "easy"), (54, "hard"), (70, "very hard")])
def test_reading_levels_in_words(level: int, words: str) -> None:
    """For somebody who never heard of an index."""
    assert Effort(minutes=1, lix=level).reading == words


def test_more_to_read_takes_longer() -> None:
    """By the reading speed; a guideline is looked at again while working."""
    before = effort(small_bank()).minutes
    for field, times in (("instructions", 1), ("guideline", 2)):
        data = {**bank_data(), field: "word " * READ * 10}
        assert effort(parse_bank("small", data, b"")).minutes == before + 10 * times


def test_more_to_write_takes_longer() -> None:
    """By the reference answer, at the speed of writing; only what is new counts."""
    before, data = effort(small_bank()), bank_data()
    double = next(item for item in data["items"] if item["id"] == "double")
    double["key"]["reference"] += "    # " + "more " * WRITE * 10
    assert effort(parse_bank("small", data, b"")).minutes == before.minutes + 10


def test_slower_people_finish_too() -> None:
    """The limit leaves a margin."""
    assert Effort(minutes=50, lix=30).fits(60)
    assert not Effort(minutes=55, lix=30).fits(60)


def test_the_markup_of_a_picture_is_not_read() -> None:
    """A picture is looked at."""
    before, data = effort(small_bank()), bank_data()
    svg = '<svg xmlns="http://www.w3.org/2000/svg">' + "<text>1</text>" * READ * 10 + "</svg>"
    item = next(item for item in data["items"] if item["id"] == "number")
    item["figure"] = {"alt": "A chart with one bar.", "svg": svg}
    assert effort(parse_bank("small", data, b"")).minutes <= before.minutes + 1
