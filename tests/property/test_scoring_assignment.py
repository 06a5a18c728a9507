"""What holds for assignments, whatever is written and rated."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessments.test_kinds_assignment import FIELDS, ITEM, WORK
from tests.grader.test_scoring_assignment import key

ANSWERS = sorted(FIELDS["answers"])
texts = st.sampled_from(
    [*(WORK[part] for part in ("prompt", "justification", "ideal")), FIELDS["brief"], "", "age " * 30]
)


@st.composite
def works(draw: st.DrawFn) -> Any:
    count = draw(st.integers(0, 6))
    weights = st.integers(1, 5)
    criteria = [
        {
            "id": f"c{number}",
            "text": draw(st.sampled_from(["Names the cause", "Good", "What to measure", ""])),
            "weight": draw(weights),
        }
        for number in range(1, count + 1)
    ]
    ids = [row["id"] for row in criteria]
    ratings = {answer: {row: draw(weights) for row in draw(st.sampled_from([ids, ids[1:]]))} for answer in ANSWERS}
    order = draw(st.permutations(ANSWERS) | st.just([]))
    return {
        "criteria": criteria,
        "ratings": ratings,
        "order": order,
        **{part: draw(texts) for part in ("prompt", "justification", "ideal")},
    }


shares = st.sampled_from([0.0, 0.3, 1.0])


@given(works(), shares)
def test_credit_stays_between_nothing_and_all(work: Any, share: float) -> None:
    """With what waits for a person; and graders can read whatever it is."""
    assert ITEM.problem(work) is None
    judgement = key(machine_share=share).score(ITEM, work)
    assert 0 <= judgement.credit <= judgement.credit + judgement.pending <= 1 + 1e-9
    assert isinstance(ITEM.describe(work), str)


@given(works())
def test_the_names_of_criteria_ids_change_nothing(work: Any) -> None:
    """They only tie ratings to criteria."""
    new = {row["id"]: f"c{900 - place}" for place, row in enumerate(work["criteria"])}
    renamed = {
        **work,
        "criteria": [{**row, "id": new[row["id"]]} for row in work["criteria"]],
        "ratings": {
            answer: {new[row]: point for row, point in rated.items()} for answer, rated in work["ratings"].items()
        },
    }
    assert key().score(ITEM, renamed) == key().score(ITEM, work)


@given(works())
def test_the_machine_decides_its_share_alone(work: Any) -> None:
    """What a person might add is never counted as earned."""
    none, some, all_ = (key(machine_share=share).score(ITEM, work) for share in (0.0, 0.5, 1.0))
    assert some.credit == pytest.approx((none.credit + all_.credit) / 2)
    assert all_.pending == 0
    assert some.pending == pytest.approx(none.pending / 2)
