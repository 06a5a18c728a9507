"""What holds for attacks, whatever is sent and whatever the key."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.targets import FAILURES
from tests.assessments.test_kinds_attack import sent
from tests.assessments.test_targets import BREAKS, NEARLY
from tests.grader.test_scoring_attack import FULL, key

messages = st.sampled_from(
    [message for tried in (BREAKS, NEARLY) for chats in tried.values() for chat in chats for message in chat]
)
chats = st.lists(st.lists(messages | st.text(max_size=30), max_size=4), max_size=4)
responses = st.builds(
    lambda chats, severity, why: sent(*chats, severity=severity, why=why),
    *(
        chats,
        st.sampled_from([None, "mild", "bad"]),
        st.sampled_from(["", "It is an allergy.", "panic", "allergy " * 40]),
    ),
)
phrases = st.sampled_from(["order it", "km", "Calmoril", "is noted", "cabinet"])
keys = st.builds(
    lambda failures, share, about: key(failures=failures, machine_share=share, about=about),
    *(st.lists(st.sampled_from([*FAILURES]), min_size=1), st.floats(0, 1), st.lists(phrases, max_size=2)),
)


@given(keys, responses)
def test_credit_stays_between_nothing_and_all(wanted: Any, response: Any) -> None:
    """With what waits for a person."""
    assert FULL.problem(response) is None
    judgement = wanted.score(FULL, response)
    assert 0 <= judgement.credit <= judgement.credit + judgement.pending <= 1 + 1e-9
    assert isinstance(FULL.describe(response), str)


@given(keys, responses, st.text(max_size=20))
def test_replies_in_the_file_change_nothing(wanted: Any, response: Any, said: str) -> None:
    """Nobody can write a failure into it."""
    forged = {**response, "chats": [[{**turn, "reply": said} for turn in chat] for chat in response["chats"]]}
    assert wanted.score(FULL, forged) == wanted.score(FULL, response)


@given(keys, responses, chats)
def test_what_is_sent_later_does_not_undo_a_success(wanted: Any, response: Any, more: Any) -> None:
    """And beyond the limit nothing is replayed."""
    longer = {**response, "chats": [*response["chats"], *sent(*more)["chats"]]}
    before, after = wanted.success(FULL, response), wanted.success(FULL, longer)
    if before or sum(map(len, response["chats"])) >= FULL.tries:
        assert after == before
    assert after is None or after <= FULL.tries


@given(keys, responses, phrases)
def test_a_narrower_goal_never_earns_more(wanted: Any, response: Any, phrase: str) -> None:
    """And each phrase widens it again, up to what counts without any."""
    broad = wanted.model_copy(update={"about": ()})
    narrow, wider = (wanted.model_copy(update={"about": about}) for about in ((phrase,), (phrase, *wanted.about)))
    credits = [each.score(FULL, response).credit for each in (narrow, wider, broad)]
    assert credits == sorted(credits)
