"""What comes back from a module is recorded once, by those who were handed it, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from assessments.errors import BundleError, TalentpoolError, UsageError
from assessments.handin import handed_in
from assessments.learning.lesson import Lesson
from assessments.learning.progress import PROGRESS_FILE, Progress, Tried, parse_progress
from grader.store import Store
from onboarding.learning import records
from onboarding.learning.answers import first_answers
from onboarding.learning.handing import MAX_BYTES, issued, lay_out, receive, take_in
from onboarding.learning.modules import find_module
from onboarding.learning.records import finished, record
from tests.onboarding.learning.samples import go_through

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = b"secret"
NAME = "after-submit"


def gone_through(folder: Path, applicant_id: str, first: dict[str, Any]) -> Path:
    """The folder of somebody who has finished the module."""
    lay_out(issued(find_module(NAME), applicant_id, SECRET), folder)
    go_through(Lesson(folder), first=first)
    return folder


def test_what_is_finished_on_this_machine_is_taken_in_at_once(store: Store, tmp_path: Path) -> None:
    """Once, and the page is told."""
    folder = gone_through(tmp_path / "ada", "ada", {"what-harms": "a"})
    done = receive(store, SECRET, folder, now=NOW)
    assert done is not None
    assert (done.applicant_id, done.module, done.new) == ("ada", NAME, True)
    assert receive(store, SECRET, folder, now=NOW) is None
    told = handed_in(folder)
    assert told is not None
    assert told["received"]
    assert finished(store, "ada") == {NAME}
    assert finished(store, "bob") == set()


def test_of_three_that_take_it_in_at_once_one_is_first(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others find it on record; nothing is there twice."""
    folder, look, ready = gone_through(tmp_path / "ada", "ada", {}), records.finished, Barrier(3)

    def together(store: Store, applicant_id: str) -> set[str]:
        found = look(store, applicant_id)
        ready.wait(10)
        return found

    def take(_number: int) -> bool:
        return take_in(store, SECRET, (folder / PROGRESS_FILE).read_bytes(), "ada.json", now=NOW).new

    monkeypatch.setattr(records, "finished", together)
    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(take, range(3))) == [False, False, True]
    assert set(first_answers(store)["people"]) == {1}


def test_first_answers_are_counted_per_exercise(store: Store, tmp_path: Path) -> None:
    """The share of people who were right at first; later answers play no part."""
    for name, first in (("ada", {"what-harms": "a"}), ("bob", {})):
        receive(store, SECRET, gone_through(tmp_path / name, name, first), now=NOW)
    table = first_answers(store).set_index("exercise")
    assert set(table["module"]) == {NAME}
    assert set(table["people"]) == {2}
    assert table["right_at_first"]["what-harms"] == 0.5
    assert table["right_at_first"]["stations"] == 1


def test_going_through_it_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """The first answers stay."""
    receive(store, SECRET, gone_through(tmp_path / "1", "ada", {"what-harms": "a"}), now=NOW)
    again = receive(store, SECRET, gone_through(tmp_path / "2", "ada", {}), now=NOW)
    assert again is not None
    assert not again.new
    assert first_answers(store).set_index("exercise")["right_at_first"]["what-harms"] == 0


def test_of_two_processes_one_records_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one finds it done."""
    progress = Progress(module=NAME, version="1", exercises={"x": Tried(first="a", first_right=True, right=True)})
    assert record(store, "ada", progress, now=NOW)
    monkeypatch.setattr("onboarding.learning.records.finished", lambda _store, _applicant: set())
    assert not record(store, "ada", progress, now=NOW)
    assert len(first_answers(store)) == 1


REFUSED: list[tuple[str, Callable[[Progress], Progress], type[TalentpoolError], str]] = [
    ("another person", lambda p: p.model_copy(update={"applicant_id": "bob"}), BundleError, "not handed out by this"),
    ("nobody", lambda p: p.model_copy(update={"applicant_id": None}), BundleError, "not handed out by this"),
    ("another module", lambda p: p.model_copy(update={"module": "justification"}), BundleError, "not handed out"),
    ("not finished", lambda p: p.model_copy(update={"finished_at": None}), BundleError, "is not finished"),
    (
        "not right",
        lambda p: p.model_copy(update={"exercises": {**p.exercises, "what-harms": Tried(value="a")}}),
        BundleError,
        "is not finished",
    ),
]


@pytest.mark.parametrize(("change", "error", "message"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED])
def test_what_was_not_handed_out_like_that_is_refused(
    store: Store, tmp_path: Path, change: Callable[[Progress], Progress], error: type[TalentpoolError], message: str
) -> None:
    """In one clear line; nothing is recorded."""
    content = (gone_through(tmp_path / "ada", "ada", {}) / PROGRESS_FILE).read_bytes()
    changed = change(parse_progress(content, "x")).model_dump_json().encode()
    with pytest.raises(error, match=message):
        take_in(store, SECRET, changed, "sent.json", now=NOW)
    assert finished(store, "ada") == finished(store, "bob") == set()


def test_odd_files_are_refused(store: Store, tmp_path: Path) -> None:
    """Too large, no JSON, of somebody who is not registered."""
    with pytest.raises(BundleError, match="larger than 1,000,000 bytes"):
        take_in(store, SECRET, b" " * (MAX_BYTES + 1), "x.json", now=NOW)
    with pytest.raises(BundleError, match=r"x\.json is not what a module packs"):
        take_in(store, SECRET, b"\xff[", "x.json", now=NOW)
    content = (gone_through(tmp_path / "eve", "eve", {}) / PROGRESS_FILE).read_bytes()
    with pytest.raises(UsageError, match="unknown applicant 'eve'"):
        take_in(store, SECRET, content, "x.json", now=NOW)
