"""The assignment of five parts: which responses are possible, when a part is done, what graders read."""

from random import Random
from typing import Any

import pytest

from assessments.catalogue import TASK_TYPES
from assessments.items import Response
from assessments.kinds import KINDS

FIELDS: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "kind": "assignment",
    "task_type": "mul-prompt",
    "skill": "s",
    "prompt": "Do all five parts.",
    "brief": "A **nurse** visits a man of 84 who takes a sleeping tablet and a water tablet. He fell twice at night.",
    "request": "He is 84, takes a sleeping tablet and a water tablet, and fell twice at night. What should I look at?",
    "answers": {
        "more": "Give him two sleeping tablets, so that he does not get up any more.",
        "right": "Look at both tablets: they make falls likelier. Measure the blood pressure lying and standing.",
        "vague": "Falls are common in old age. He should drink less and be careful.",
    },
    "prompt_words": {"minimum": 10, "maximum": 60},
    "justification_words": {"minimum": 10, "maximum": 100},
    "ideal_words": {"minimum": 10, "maximum": 100},
}
WORK: dict[str, Any] = {
    "prompt": "My patient of 84 fell twice last week on the way to the toilet. Could a sleeping tablet be the cause?",
    "criteria": [
        {"id": "c1", "text": "Names both tablets as a cause of falls", "weight": 5},
        {"id": "c2", "text": "Says what to measure before the doctor is called", "weight": 3},
        {"id": "c4", "text": "Advises nothing that could hurt a man of 84", "weight": 4},
    ],
    "ratings": {
        "more": {"c1": 1, "c2": 1, "c4": 1},
        "right": {"c1": 5, "c2": 4, "c4": 5},
        "vague": {"c1": 1, "c2": 1, "c4": 3},
    },
    "order": ["right", "vague", "more"],
    "justification": (
        "Answer B names both tablets as a cause of the falls and says what to measure, so it meets my first two "
        "criteria. Answer C blames age and would leave him thirsty. Answer A doubles the dose, which could hurt a man "
        "of 84."
    ),
    "ideal": (
        "Both the sleeping tablet and the water tablet can bring him down at night. Measure his blood pressure lying "
        "and standing, ask when he takes them, and call his doctor before he stops or changes either of them."
    ),
}
ITEM: Any = KINDS["assignment"].model_validate(FIELDS)


def work(**changes: Any) -> Any:
    """A whole piece of work, changed."""
    return {**WORK, **changes}


def rows(*texts: str) -> list[dict[str, Any]]:
    """Criteria with ids from c1 on."""
    return [{"id": f"c{number}", "text": text, "weight": 3} for number, text in enumerate(texts, start=1)]


def test_a_whole_piece_of_work_is_an_answer() -> None:
    """All five parts are done."""
    assert ITEM.problem(WORK) is None
    assert ITEM.done(WORK) == ("prompt", "criteria", "evaluate", "justification", "ideal")
    assert ITEM.is_answered(WORK)


@pytest.mark.parametrize(
    "response",
    [
        *(None, 5, "x", [], {}, {"prompt": ""}, work(prompt=None), work(ideal="a" * 20_001), work(extra=1)),
        *(
            work(criteria={}),
            work(criteria=["c1"]),
            work(criteria=[{"id": "c1", "text": "x"}]),
            work(criteria=rows("a") * 2),
        ),
        *(
            work(criteria=[{"id": "c0", "text": "x", "weight": 1}]),
            work(criteria=[{"id": ["c1"], "text": "", "weight": 1}]),
        ),
        *(
            work(criteria=[{"id": "c1", "text": "x", "weight": True}]),
            work(criteria=[{"id": "c1", "text": "", "weight": 6}]),
        ),
        *(work(criteria=rows(*"abcdefghijklmnopqrstu")), work(ratings=[]), work(ratings={"right": 5})),
        *(work(ratings={"right": {"c3": 5}}), work(ratings={"other": {"c1": 5}}), work(ratings={"right": {"c1": 6}})),
        *(
            work(ratings={"right": {"c1": True}}),
            work(ratings={"right": {"c1": "5"}}),
            work(order=None),
            work(order=["right"]),
        ),
        *(work(order=["right", "right", "more"]), work(order=[{}, [], None]), work(order={"right": 1})),
    ],
)
def test_an_impossible_response_has_a_reason(response: Response) -> None:
    """Nothing fails on it."""
    problem = ITEM.problem(response)
    assert problem is not None
    assert problem.startswith("the response must")
    assert ITEM.done(response) == ()
    assert not ITEM.is_answered(response)
    assert isinstance(ITEM.describe(response), str)


@pytest.mark.parametrize(
    ("changes", "open_parts"),
    [
        ({"prompt": "Too short."}, {"prompt"}),
        ({"ideal": "word " * 101}, {"ideal"}),
        ({"justification": ""}, {"justification"}),
        ({"order": []}, {"evaluate"}),
        ({"ratings": {}}, {"evaluate"}),
        ({"ratings": {**WORK["ratings"], "vague": {"c1": 2}}}, {"evaluate"}),
        ({"criteria": [], "ratings": {}}, {"criteria", "evaluate"}),
        (
            {"criteria": WORK["criteria"][:2], "ratings": {key: {"c1": 1, "c2": 1} for key in FIELDS["answers"]}},
            {"criteria"},
        ),
        ({"criteria": [*WORK["criteria"][:2], {**WORK["criteria"][2], "text": "…"}]}, {"criteria"}),
        ({"criteria": [*WORK["criteria"][:2], {**WORK["criteria"][2], "text": "word " * 31}]}, {"criteria"}),
    ],
)
def test_when_a_part_is_done(changes: dict[str, Any], open_parts: set[str]) -> None:
    """What is not done yet may be handed in all the same."""
    response = work(**changes)
    assert ITEM.problem(response) is None
    assert set(ITEM.done(response)) == set(ITEM.done(WORK)) - open_parts
    assert not ITEM.is_answered(response)


def test_graders_read_it_part_by_part() -> None:
    """With the answers called as the applicant saw them."""
    text = ITEM.describe(work(ideal=" ", ratings={"vague": {"c1": 2}}))
    assert "Set your criteria:\n- Names both tablets as a cause of falls (weight 5)\n" in text
    assert "Answer C: Names both tablets as a cause of falls 2, Says what to measure" in text
    assert "Best first: Answer B > Answer C > Answer A" in text
    assert text.endswith("Write the ideal answer:\n(nothing)")


def test_the_answers_keep_their_letters() -> None:
    """The author's own justification and rationale call them by these."""
    assert ITEM.shuffled(Random(1)) == ITEM
    assert [answer["name"] for answer in ITEM.shown()["answers"]] == ["Answer A", "Answer B", "Answer C"]


def test_it_stands_for_all_rows_of_the_family() -> None:
    """And for none outside of it."""
    assert ITEM.task_types == ("mul-prompt", "mul-criteria", "mul-evaluate", "mul-justify", "mul-ideal")
    assert set(ITEM.task_types) <= set(TASK_TYPES)
    with pytest.raises(ValueError, match="task_type"):
        KINDS["assignment"].model_validate({**FIELDS, "task_type": "gen-prompt"})


@pytest.mark.parametrize(
    "wrong", [{"answers": {"a": "one"}}, {"min_criteria": 9}, {"ideal_words": {"minimum": 9, "maximum": 3}}]
)
def test_items_that_cannot_be(wrong: Any) -> None:
    """Refused when the bank is read."""
    with pytest.raises(ValueError, match=r"answers|min_criteria|min_words"):
        KINDS["assignment"].model_validate({**FIELDS, **wrong})


def test_the_page_gets_what_it_shows() -> None:
    """Texts from the bank as HTML that was made here."""
    shown = ITEM.shown()
    assert "<strong>nurse</strong>" in shown["brief_html"]
    assert shown["words"]["prompt"] == {"minimum": 10, "maximum": 60}
    assert "**Answer C**" in ITEM.question()
