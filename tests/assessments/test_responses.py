"""Answers survive everything but the disk."""

import errno
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import BundleError
from assessments.responses import RESPONSES_FILE, ResponseFile, Responses, parse_responses

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=6,
)
slots = st.from_regex(r"q[0-9]{1,3}", fullmatch=True)


@given(st.dictionaries(slots, json_values, max_size=5))
def test_round_trip(answers: dict[str, object]) -> None:
    """What was answered is what is read."""
    responses = Responses(packet_id="p")
    for slot, value in answers.items():
        responses = responses.with_value(slot, value, now=datetime(2026, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
    again = parse_responses(responses.model_dump_json())
    assert {slot: again.value(slot) for slot in answers} == answers


def test_reopening_finds_the_answers(tmp_path: Path) -> None:
    """A new kernel reads what the old one saved."""
    answers = ResponseFile(tmp_path, "p")
    answers.save("q1", ["a", "b"])
    assert answers.flush()
    assert ResponseFile(tmp_path, "p").current.value("q1") == ["a", "b"]


def test_a_full_disk_leaves_the_old_file_and_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new content replaces the old one in one step; who waits for it is told, and it is written later."""
    told: list[str] = []
    heard = threading.Event()

    def written(_when: datetime, failure: str) -> None:
        told.append(failure)
        heard.set()

    answers = ResponseFile(tmp_path, "p")
    answers.told.append(written)
    answers.save("q1", "first")
    assert answers.flush()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        heard.clear()
        answers.save("q1", "second")
        assert heard.wait(10)
        assert not answers.flush(0.1)
    assert told[-1] == "No space left on device"
    assert on_disk(tmp_path) == "first"
    answers.save("q2", "more")
    assert answers.flush()
    assert on_disk(tmp_path) == "second"


def on_disk(folder: Path) -> str:
    """The answer to q1."""
    return str(json.loads((folder / RESPONSES_FILE).read_text())["responses"]["q1"]["value"])


def test_the_last_of_many_answers_is_the_one_that_stays(tmp_path: Path) -> None:
    """Nobody waits for the disk while answers come faster than it takes them."""
    answers = ResponseFile(tmp_path, "p")
    for number in range(300):
        answers.save("q1", str(number))
    assert answers.flush()
    assert on_disk(tmp_path) == "299"


def test_answers_to_another_packet_are_not_mixed_in(tmp_path: Path) -> None:
    """A folder holds one attempt."""
    ResponseFile(tmp_path, "p").save("q1", "a")
    with pytest.raises(BundleError, match="belongs to another packet"):
        ResponseFile(tmp_path, "other")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": 2, "packet_id": "p"}', '{"format": 1, "packet_id": 5}', "\0"]
)
def test_a_broken_file_is_one_clear_line(text: str) -> None:
    """The first problem is named, without a traceback."""
    with pytest.raises(BundleError, match=r"responses.json cannot be read") as caught:
        parse_responses(text)
    assert "\n" not in caught.value.message


def test_what_is_wrong_is_said_in_one_short_line() -> None:
    """Whatever the names in the file are: they may be anybody's words."""
    name = "<script>\u001b[2J\n" * 100_000
    text = json.dumps({"packet_id": "p", "responses": {name: {"value": 1, "saved_at": "2026-01-01T00:00:00Z"}}})
    with pytest.raises(BundleError) as caught:
        parse_responses(text)
    assert len(caught.value.message) < 600
    assert caught.value.message.isprintable()
