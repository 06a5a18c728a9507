"""Answers survive everything but the disk."""

import json
import os
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
    ResponseFile(tmp_path, "p").save("q1", ["a", "b"])
    assert ResponseFile(tmp_path, "p").current.value("q1") == ["a", "b"]


def test_a_crash_while_saving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new content replaces the old one in one step, after it is on the disk."""
    answers = ResponseFile(tmp_path, "p")
    answers.save("q1", "first")

    def crash(_descriptor: int) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="power cut"):
        answers.save("q1", "second")
    assert json.loads((tmp_path / RESPONSES_FILE).read_text())["responses"]["q1"]["value"] == "first"


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
