"""Worked examples of every scorer."""

from typing import Any

import pytest

from assessments.items import Response
from assessments.values import encode
from grader.execution import Value
from grader.scoring.code import same
from grader.scoring.guesses import most_like
from tests.samples import small_bank

ENTRIES = small_bank().items


@pytest.mark.parametrize(
    ("item_id", "response", "credit"),
    [
        ("pick", "b", 1),
        ("pick", "a", 0),
        ("all-that", ["b", "d"], 1),
        ("all-that", ["b"], 0.5),
        # one of two right, one of three wrong: 1/2 - 1/3
        ("all-that", ["a", "b"], 1 / 6),
        ("all-that", ["a"], 0),
        ("number", "1250", 1),
        ("number", "1,255", 1),
        ("number", "1255.1", 0),
        ("rate", {"accuracy": 1, "clarity": 5}, 1),
        # accuracy: D(1) = .3, D(2) = .7, mean over the scale 5.1; 1 - .4 / 4.8
        ("rate", {"accuracy": 2, "clarity": 5}, (1 - 0.4 / 4.8 + 1) / 2),
        ("rate", {"accuracy": 5, "clarity": 1}, 0),
        ("compare", "a_much", 1),
        ("compare", "a_slightly", 0.5),
        ("compare", "tie", 1 / 6),
        ("compare", "b_much", 0),
    ],
)
def test_credit(item_id: str, response: Response, credit: float) -> None:
    """Computed by hand."""
    entry = ENTRIES[item_id]
    assert entry.key.score(entry.item, response).credit == pytest.approx(credit)


def test_code_credit_and_reasons() -> None:
    """Two of four, with the errors that cost something."""
    values = [
        Value(value=encode([])),
        Value(value=encode((1, 1, 2, 2))),
        Value(error="NameError", message="name 'y' is not defined"),
        Value(error="TypeError"),
    ]
    judgement = ENTRIES["double"].key.score_values(values)
    assert judgement.credit == 0.5
    assert judgement.explanation == "2 of 4 held-out calls right; 1 × NameError"


@pytest.mark.parametrize(
    ("found", "wanted", "equal"),
    [
        (1, 1, True),
        (True, 1, False),
        (1, True, False),
        (1.0, 1, False),
        (1, 1.0, True),
        (0.1 + 0.2, 0.3, True),
        (float("nan"), float("nan"), True),
        ([1, 2], (1, 2), False),
        ({1: "a"}, {1: "a"}, True),
        ({True: "a"}, {1: "a"}, False),
        ({1, 2}, {2, 1}, True),
        ({True}, {1}, False),
        ([[1.0]], [[1.0 + 1e-13]], True),
        (10**400, 1.0, False),
        ("1", 1, False),
    ],
)
def test_same_is_exact_about_types(found: Any, wanted: Any, equal: bool) -> None:
    """Two allowances only: rounding of floats, and a whole number for a float of its value."""
    assert same(found, wanted) is equal


def test_explanations_do_not_tell_the_key() -> None:
    """They are shown to graders and, one day, to applicants."""
    for entry in ENTRIES.values():
        for responses in entry.key.guesses(entry.item).values():
            if not entry.key.calls():
                text = entry.key.score(entry.item, responses[0]).explanation
                assert str(entry.key.reference(entry.item)) not in text.split()


def test_a_guesser_follows_the_questions_words() -> None:
    """The gate tries it, so that a key that only repeats the question is found."""
    options = {"a": "a hammer", "b": "the price of a train ticket", "c": "tickets"}
    assert most_like(options, "What did the **ticket** for the train cost?") == ["b"]
    assert most_like(options, "Which?") == ["a", "b", "c"]
