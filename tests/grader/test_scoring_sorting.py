"""Worked examples of `label`, `ranking` and `ordering`, and the keys that do not fit."""

from typing import Any

import pytest
from pydantic import ValidationError

from assessments.items import Response
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.agreement import tau_b

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "p"}
FIELDS: dict[str, dict[str, Any]] = {
    "label": {"labels": {key: {"name": key, "meaning": "m"} for key in "abcde"}},
    "several": {"labels": {key: {"name": key, "meaning": "m"} for key in "abcde"}, "multi": True},
    "ranking": {"answers": {"a": "long text", "b": "x", "c": "text", "d": "longest text"}},
    "ordering": {"steps": {"a": "long text", "b": "x", "c": "text", "d": "longest text"}},
}


def made(name: str, key: dict[str, Any]) -> tuple[Any, Any]:
    """An item and its key."""
    kind = "label" if name == "several" else name
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **FIELDS[name]}), KEYS[kind].model_validate(key)


PANEL = {"panel": {"a": 10, "b": 8, "c": 5, "d": 1}, "experts": 10}
"""Leads 10, 6, 0, −8, −10: most experts applied a and b (weight 16), most did not apply d and e (weight 18)."""
TIED = {"panel": [["a", "b", "c", "d"], ["b", "a", "c", "d"]]}
"""Mean ranks 1.5, 1.5, 3, 4: five pairs are ordered, one ties."""


@pytest.mark.parametrize(
    ("name", "key", "response", "credit"),
    [
        ("label", {"answer": ["b"]}, ["b"], 1),
        ("label", {"answer": ["b"]}, ["a"], 0),
        ("label", {"panel": {"a": 6, "b": 3, "c": 1}, "experts": 10}, ["a"], 1),
        ("label", {"panel": {"a": 6, "b": 3, "c": 1}, "experts": 10}, ["b"], 0.5),
        ("label", {"panel": {"a": 6, "b": 3, "c": 1}, "experts": 10}, ["e"], 0),
        ("several", PANEL, ["a", "b"], 1),
        # on c the panel is split in half: it neither pays nor costs
        ("several", PANEL, ["a", "b", "c"], 1),
        ("several", PANEL, ["a"], 10 / 16),
        ("several", PANEL, ["b"], 6 / 16),
        ("several", PANEL, ["a", "b", "d"], 1 - 8 / 18),
        ("several", PANEL, ["a", "e"], 10 / 16 - 10 / 18),
        ("several", PANEL, [], 0),
        ("several", PANEL, ["a", "b", "c", "d", "e"], 0),
        ("several", PANEL, ["d", "e"], 0),
        # as in `multiple`: two of three found, one of two wrong ones picked
        ("several", {"answer": ["a", "b", "c"]}, ["a", "b", "e"], 2 / 3 - 1 / 2),
        # nothing applies: the share of the labels that were left out, less what a coin gives
        ("several", {"answer": []}, [], 1),
        ("several", {"answer": []}, ["a"], 2 * 4 / 5 - 1),
        ("several", {"answer": []}, ["a", "b", "c"], 0),
        ("several", {"answer": ["a", "b", "c", "d", "e"]}, ["a", "b", "c", "d"], 2 * 4 / 5 - 1),
        ("ranking", {"panel": [["b", "c", "a", "d"]]}, ["b", "c", "a", "d"], 1),
        # one of six pairs the wrong way round: (5 − 1) / 6
        ("ranking", {"panel": [["b", "c", "a", "d"]]}, ["c", "b", "a", "d"], 4 / 6),
        ("ranking", {"panel": [["b", "c", "a", "d"]]}, ["d", "a", "c", "b"], 0),
        ("ranking", TIED, ["a", "b", "c", "d"], 1),
        ("ranking", TIED, ["b", "a", "c", "d"], 1),
        # one of the five ordered pairs the wrong way round: (4 − 1) / 5
        ("ranking", TIED, ["b", "a", "d", "c"], 3 / 5),
        ("ordering", {"answer": ["b", "c", "a", "d"]}, ["b", "c", "a", "d"], 1),
        ("ordering", {"answer": ["b", "c", "a", "d"]}, ["b", "c", "d", "a"], 4 / 6),
        ("ordering", {"answer": ["b", "c", "a", "d"]}, ["a", "d", "b", "c"], 0),
    ],
)
def test_credit(name: str, key: dict[str, Any], response: Response, credit: float) -> None:
    """Computed by hand."""
    item, made_key = made(name, key)
    assert made_key.problems(item) == []
    assert made_key.score(item, response).credit == pytest.approx(credit)
    assert made_key.score(item, made_key.reference(item)).credit == 1


@pytest.mark.parametrize(
    ("name", "key", "problem"),
    [
        ("label", {"answer": ["z"]}, "key.answer: found z, allowed a, b, c, d, e"),
        ("label", {"answer": ["a", "b"]}, "key.answer: found 2 labels, allowed 1: one of each expert"),
        ("label", {"answer": []}, "key.answer: found 0 labels, allowed 1: one of each expert"),
        ("label", {"panel": {"a": 6, "z": 1}, "experts": 7}, "key.panel: found z, allowed a, b, c, d, e"),
        ("label", {"panel": {"a": 6, "b": 3}, "experts": 10}, "key.panel: found 9 views, allowed 10: one of each"),
        ("label", {"panel": dict.fromkeys("abcde", 2), "experts": 10}, "key.panel: found [2, 2, 2, 2, 2], allowed"),
        ("several", {"panel": {"a": 6}, "experts": 5}, "key.panel: found a count of 6, allowed at most 5, the experts"),
        ("several", {"panel": dict.fromkeys("abcde", 5), "experts": 10}, "key.panel: found every label split in half"),
        (
            "ranking",
            {"panel": [["a", "b", "c", "d"], ["a", "b", "c"]]},
            "key.panel: found a, b, c, allowed a, b, c, d,",
        ),
        ("ranking", {"panel": [["a", "b", "c", "d"], ["d", "c", "b", "a"]]}, "key.panel: found rankings that cancel"),
        ("ordering", {"answer": ["a", "b", "c", "c"]}, "key.answer: found a, b, c, c, allowed a, b, c, d, each once"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(name: str, key: dict[str, Any], problem: str) -> None:
    """With what was found and what is allowed."""
    item, made_key = made(name, key)
    (found,) = made_key.problems(item)
    assert found.startswith(problem)


@pytest.mark.parametrize("key", [{}, {"panel": {"a": 1}}, {"answer": ["a"], "panel": {"a": 1}, "experts": 1}])
def test_a_label_key_has_one_source(key: dict[str, Any]) -> None:
    """Either an answer or a panel with its size."""
    with pytest.raises(ValidationError, match="either answer, or panel and experts"):
        KEYS["label"].model_validate(key)


def test_guessing_earns_next_to_nothing_for_several_labels() -> None:
    """No number of labels at random, and no label ticked whatever the text is."""
    item, key = made("several", {"answer": ["a", "b"]})
    for name, responses in key.guesses(item).items():
        earned = sum(key.score(item, response).credit for response in responses) / len(responses)
        assert earned <= 0.5 if name.startswith("always") else earned <= 0.2, name


@pytest.mark.parametrize(
    ("first", "second", "tau"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1),
        # two pairs in the same order; the one ties one pair of six, the other three
        ([1, 1, 2, 3], [1, 2, 2, 2], 2 / (5 * 3) ** 0.5),
        ([1, 2, 3], [5, 5, 5], 0),
        ([], [], 0),
    ],
)
def test_tau_b(first: list[float], second: list[float], tau: float) -> None:
    """By hand, with ties on one side, on both, everywhere."""
    assert tau_b(first, second) == pytest.approx(tau)


def test_tau_b_wants_equal_lengths() -> None:
    """One value for each thing on both sides."""
    with pytest.raises(ValueError, match="shorter"):
        tau_b([1, 2], [1])
