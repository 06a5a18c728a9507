"""How the assignment of five parts is scored: each part, and whether they fit together."""

from typing import Any

import pytest

from grader.scoring import KEYS
from grader.scoring.agreement import scores_agreement
from grader.scoring.consistency import letters_named, own_agreement, taken_up, weighted_means
from tests.assessments.test_kinds_assignment import FIELDS, ITEM, WORK, rows, work

KEY: dict[str, Any] = {
    "machine_share": 0.5,
    "panel": [["right", "vague", "more"], ["right", "vague", "more"], ["right", "more", "vague"]],
    "checks": [
        {"says": "says when it happens", "any": ["toilet", "bathroom"], "within": "prompt"},
        {"says": "asks what lies behind it", "any": ["cause"], "within": "prompt"},
        {"says": "the cause", "any": ["cause"], "within": "criteria"},
        {"says": "what to measure", "any": ["measure", "pressure"], "within": "criteria"},
        {"says": "no talk of taste", "none": ["nice"], "within": "criteria"},
        {"says": "no idle praise", "none": ["awesome"], "within": "justification"},
    ],
    "weaknesses": {
        "more": [
            {
                "says": "raises a dangerous dose",
                "named": ["doubles the dose", "two tablets", "too much"],
                "mended": ["before he stops or changes", "reduce"],
                "error": ["two sleeping tablets"],
            }
        ],
        "vague": [{"says": "makes him thirsty", "named": ["thirsty", "dehydrated"], "error": ["drink less"]}],
    },
    "answer": WORK,
}


def key(**changes: Any) -> Any:
    """The key, changed."""
    return KEYS["assignment"].model_validate({**KEY, **changes})


def test_the_reference_leaves_only_the_persons_part() -> None:
    """0.2 for the order is the machine's alone; of 0.8 a person judges half."""
    assert key().problems(ITEM) == []
    judgement = key().score(ITEM, key().reference(ITEM))
    assert judgement.credit == pytest.approx(0.2 + 0.8 * 0.5)
    assert judgement.pending == pytest.approx(0.8 * 0.5)
    assert all(check.holds for check in judgement.checks)
    assert key(machine_share=1).score(ITEM, WORK).credit == pytest.approx(1)


PARTS_ONLY = 0.2 + 0.5 * 4 * 0.15
"""Credit without consistency."""


@pytest.mark.parametrize(
    ("changes", "credit", "pending"),
    [
        # consistency needs all parts; a part that is not there is not pending either
        ({"ideal": ""}, 0.2 + 0.5 * 3 * 0.15, 0.5 * 3 * 0.15),
        # the prompt asks for no cause: half of its checks
        (
            {"prompt": "My patient of 84 fell twice last week on the way to the toilet. What could have been wrong?"},
            PARTS_ONLY + 0.1 - 0.5 * 0.15 / 2,
            0.4,
        ),
        # the same word for word as the brief: no work, and so no consistency
        ({"prompt": FIELDS["brief"]}, 0.2 + 0.5 * 3 * 0.15, 0.5 * 3 * 0.15),
        # two of three pairs as the panel has them, and as the own ratings have them: tau is 1/3 both times
        ({"order": ["vague", "right", "more"]}, 0.2 / 3 + 0.3 + 0.5 * 0.2 * (1 / 3 + 3) / 4, 0.4),
        # a planted error in the ideal answer: one of one check, less one; consistency: right is (1 + 0) / 2
        (
            {"ideal": f"{WORK['ideal']} Or give two sleeping tablets."},
            PARTS_ONLY - 0.5 * 0.15 + 0.5 * 0.2 / 2,
            0.4,
        ),
    ],
)
def test_credit(changes: dict[str, Any], credit: float, pending: float) -> None:
    """Computed by hand: 0.15 for each text and the criteria, 0.2 for the order, 0.2 for consistency."""
    judgement = key().score(ITEM, work(**changes))
    assert judgement.credit == pytest.approx(credit)
    assert judgement.pending == pytest.approx(pending)


def test_ratings_that_contradict_everything_cost_the_consistency() -> None:
    """All alike say nothing: no agreement with the panel or the own order; mending alone is right."""
    alike = {answer: dict.fromkeys(("c1", "c2", "c4"), 3) for answer in FIELDS["answers"]}
    judgement = key().score(ITEM, work(ratings=alike))
    assert judgement.credit == pytest.approx(PARTS_ONLY + 0.5 * 0.2 * (0 + 1) / 2 * (1 + 0 + 1 + 1) / 4)
    assert [check.says for check in judgement.checks if not check.holds] == [
        "consistency: the ratings agree with the panel's order",
        "consistency: the ratings agree with the own order",
    ]


def test_consistent_nonsense_earns_no_consistency() -> None:
    """Ratings and order turned round fit each other, and nothing is mended."""
    turned = {"more": WORK["ratings"]["right"], "vague": WORK["ratings"]["vague"], "right": WORK["ratings"]["more"]}
    ideal = "He should be told that falls are common at night, and that he had better stay in bed until the morning."
    response = work(ratings=turned, order=["more", "vague", "right"], ideal=ideal)
    assert key().score(ITEM, response).credit == pytest.approx(0.5 * 3 * 0.15)


def test_criteria_are_looked_at_one_by_one() -> None:
    """What one of them alone has to say; vague praise and repetition cost."""
    part = {"checks": [{"says": "cause", "all": ["cause", "falls"], "within": "criteria"}, *KEY["checks"][:2]]}
    apart = rows("Names what may be the cause", "Speaks about the falls", "Tells what to measure")
    whole = rows("Names the cause of the falls", "Says who should be called", "Tells what to measure")
    vague = rows("Names the cause of the falls", "The answer is good and clear", "Tells what to measure")
    alike = rows("Names the cause of the falls", "Names the cause of all falls", "Tells what to measure")
    # without ratings of them there is no consistency
    found = [key(**part).score(ITEM, work(criteria=each, ratings={})).credit for each in (apart, whole, vague, alike)]
    without = 0.2 + 0.5 * 3 * 0.15
    assert found == pytest.approx([without, without + 0.5 * 0.15, without, without])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_guesses_earn_little(share: float) -> None:
    """On average over all orders: the order's own chance level and nothing more."""
    guessed = key(machine_share=share)
    for responses in guessed.guesses(ITEM).values():
        assert all(ITEM.is_answered(response) for response in responses)
        earned = [guessed.score(ITEM, response).credit for response in responses]
        assert sum(earned) / len(earned) < 0.15


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"panel": [["right", "more"]]}, "key.panel: found right, more, allowed more, right, vague"),
        (
            {"panel": [["right", "vague", "more"], ["more", "vague", "right"]]},
            "key.panel: found orders that cancel out",
        ),
        ({"weaknesses": {"none": KEY["weaknesses"]["more"]}}, "key.weaknesses: found none, allowed more, right, vague"),
        ({"weaknesses": {"vague": KEY["weaknesses"]["vague"]}}, "key.weaknesses: found none with mended"),
        ({"checks": KEY["checks"][2:]}, "key.checks: found none that looks for something in prompt"),
        ({"checks": [*KEY["checks"], {"says": "x", "any": ["x"]}]}, "key.checks: x: found no within"),
        ({"checks": [*KEY["checks"], {"says": "x", "any": ["x"], "within": "y"}]}, "key.checks: found within = 'y'"),
        ({"answer": work(order=["right"])}, "key.answer: found what is no answer"),
        ({"answer": work(prompt="Short.")}, "key.answer: found parts that are not complete: Write a prompt"),
    ],
)
def test_keys_that_do_not_fit(wrong: Any, says: str) -> None:
    """In words for the author."""
    assert any(problem.startswith(says) for problem in key(**wrong).problems(ITEM))


def test_the_authors_own_texts_are_secrets() -> None:
    """All that are long enough."""
    assert {WORK["prompt"], WORK["justification"], WORK["ideal"]} < set(key().secrets())


def test_weighted_means() -> None:
    """By the weights of the own criteria."""
    assert weighted_means(WORK["criteria"], WORK["ratings"]) == pytest.approx(
        {"more": 1.0, "right": (25 + 12 + 20) / 12, "vague": (5 + 3 + 12) / 12}
    )


@pytest.mark.parametrize(
    ("scores", "agreement"),
    [
        ({"a": 3, "b": 2, "c": 1}, 1),
        ({"a": 3, "b": 1, "c": 2}, 1 / 3),
        ({"a": 1, "b": 2, "c": 3}, 0),
        ({"a": 2, "b": 2, "c": 2}, 0),
        # of three pairs two agree, one is tied here: 2 / √(2 · 3)
        ({"a": 3, "b": 1, "c": 1}, 2 / 6**0.5),
    ],
)
def test_agreement_of_scores_with_an_order(scores: dict[str, float], agreement: float) -> None:
    """Tau-b, floored at 0; with a panel of one the same as with one's own order."""
    assert own_agreement(scores, "abc") == pytest.approx(agreement)
    assert scores_agreement(scores, ["abc"]) == pytest.approx(agreement)


def test_scores_may_tie_where_the_panel_does() -> None:
    """They agree as well as can be."""
    assert scores_agreement({"a": 3, "b": 3, "c": 1}, ["abc", "bac"]) == 1
    assert scores_agreement({"a": 3, "b": 2, "c": 1}, ["abc", "bac"]) == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("It names the dose. It warns of bleeding.", 1),
        # half of the criteria are enough
        ("The dose is there.", 1),
        ("By criterion 2 it is better.", 1),
        ("It is better.", 0),
        ("", 0),
    ],
)
def test_criteria_taken_up_in_a_text(text: str, share: float) -> None:
    """By their words or numbers."""
    assert taken_up(["Gives the dose", "Warns of bleeding"], text, 0.3) == share


def test_a_third_of_the_criteria_is_less_than_enough() -> None:
    """One of three, where one and a half would do."""
    assert taken_up(["Gives the dose", "Warns of bleeding", "Sends to a doctor"], "The dose.") == pytest.approx(1 / 1.5)
    assert taken_up([], "The dose.") == 0


def test_answers_called_by_letter() -> None:
    """As words of their own."""
    assert letters_named("Answer A beats B.", "ABC") == pytest.approx(2 / 3)
    assert letters_named("About all cats.", "ABC") == 0
