"""What the judge puts on record."""

from grader.judge import MAX_RESPONSE_CHARS, Status, judge
from grader.reading import Reading
from tests.samples import small_bank, small_packet


def test_very_long_responses_stay_where_they_were_handed_in() -> None:
    """A row of the database, a table and a page say how long it was."""
    bank, packet = small_bank(), small_packet()
    items = {slot.slot: bank.items[slot.item.id] for slot in packet.slots}
    answers = {"q1": "b" * MAX_RESPONSE_CHARS, "q2": ["b"], "q6": "é" * 1_000_000}
    graded = judge(packet, items, Reading(answers=answers, cells=(), flags=()), None)
    scores = {score.slot: score for score in graded.scores}
    assert scores["q1"].response == "(a response of 200,002 characters, see what was handed in)"
    assert scores["q6"].response == "(a response of 1,000,002 characters, see what was handed in)"
    assert {scores[slot].status for slot in ("q1", "q6")} == {Status.INVALID}
    assert scores["q2"].response == ["b"]
