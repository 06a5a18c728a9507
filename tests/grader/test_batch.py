"""Grading as a whole: right scores, nothing lost, nothing counted twice, whatever is handed in."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from nbgrader.api import Gradebook

from assessments.archive import read_files, write_archive
from assessments.items import Response
from assessments.packet import Packet
from grader.batch import Batch, Summary
from grader.errors import GateError, UnavailableError
from grader.execution import Executor, Result, Task
from grader.grading import DISPUTED
from grader.handout import issue
from grader.intake import open_path, take_in
from grader.pool import Inline
from grader.release import gate, release
from grader.scores import item_table, score_table
from grader.store import Store
from grader.workspace import COURSE_ID, Workspace
from onboarding.applicants import register
from onboarding.demo.conduct import CONDUCTS
from tests.engines import sandbox, unsafe
from tests.samples import BANK, NOW, hand_in, reference_answers

pytestmark = pytest.mark.kernel


def grade(workspace: Workspace, store: Store, executor: Executor | None = None) -> Summary:
    """Grade everything."""
    executor = executor or sandbox()
    batch = Batch(workspace, store, Inline(executor), isolated=executor.isolated)
    return batch.run([], lambda _row, _graded: None)


def send(
    workspace: Workspace,
    store: Store,
    applicant: str,
    answers: dict[str, Response] | None = None,
    *,
    minutes: float = 10,
    packet: Packet | None = None,
) -> Packet:
    """Issue, answer (rightly, if nothing else is said) and take in."""
    packet = packet or issue(workspace, store, "small", applicant, now=NOW)
    given = reference_answers(workspace.bank("small"), packet) if answers is None else answers
    path = hand_in(workspace, store, packet, given, f"{applicant}-{len(given)}.zip")
    take_in(workspace, store, open_path(path), now=NOW + timedelta(minutes=minutes), sent_by=applicant)
    return packet


def scores(store: Store) -> dict[str, float]:
    """Each applicant's score."""
    return dict(score_table(store)[["applicant_id", "score"]].itertuples(index=False))


def test_right_answers_score_all_in_both_books(workspace: Workspace, store: Store) -> None:
    """Ours and nbgrader's show the same points."""
    send(workspace, store, "ada")
    send(workspace, store, "bob", {"q3": "1250", "q2": ["b"], "q6": "def double(x):\n    return x + x"})
    summary = grade(workspace, store)
    assert (summary.submissions, summary.graded) == (2, 2)
    # bob: 2 for the number, half of 2 for one of two, and double([]) and the error are right for x + x
    assert scores(store) == {"ada": 1.0, "bob": (2 + 1 + 1) / 12}
    with Gradebook(workspace.database_url, COURSE_ID) as gradebook:
        theirs = {
            s["student"]: (s["score"], s["max_score"], s["needs_manual_grade"])
            for s in gradebook.submission_dicts("small")
        }
    assert theirs == {"ada": (12, 12, False), "bob": (4, 12, False)}


def mend(workspace: Workspace, store: Store) -> None:
    """Release the bank with another answer to question 3."""
    (workspace.source / "small.toml").write_text(BANK.replace("answer = 1250", "answer = 1300"))
    bank = workspace.bank("small")
    release(workspace, store, bank, gate(workspace, bank))


def test_a_second_run_grades_only_what_changed(workspace: Workspace, store: Store) -> None:
    """Nothing; a new submission; then those whose key was mended."""
    send(workspace, store, "ada")
    assert grade(workspace, store).graded == 1
    assert grade(workspace, store).unchanged == 1
    send(workspace, store, "bob", {"q3": "1300"})
    assert (summary := grade(workspace, store)).unchanged == 1
    assert summary.graded == 1
    mend(workspace, store)
    assert grade(workspace, store).graded == 2
    assert scores(store) == {"ada": 10 / 12, "bob": 2 / 12}


def test_what_was_erased_keeps_its_points(workspace: Workspace, store: Store) -> None:
    """A mended key does not make it unavailable, and it is counted; what was never graded is missed as ever."""
    packet = send(workspace, store, "ada")
    assert grade(workspace, store).graded == 1
    (ada,) = store.submissions([])
    shutil.rmtree(workspace.intake / ada.id)
    assert (summary := grade(workspace, store)).unchanged == 1
    assert summary.erased == 0
    mend(workspace, store)
    send(workspace, store, "bob", {"q3": "1300"})
    summary = grade(workspace, store)
    assert (summary.graded, summary.unchanged, summary.erased, summary.unavailable) == (1, 1, 1, 0)
    assert scores(store) == {"ada": 1.0, "bob": 2 / 12}
    send(workspace, store, "ada", {"q3": "1300"}, packet=packet, minutes=20)
    for row in store.submissions([]):
        if row.id != ada.id and row.packet_id == ada.packet_id:
            shutil.rmtree(workspace.intake / row.id)
    assert grade(workspace, store).unavailable == 1


def test_late_blank_and_repeated(workspace: Workspace, store: Store) -> None:
    """Late is flagged and keeps its points; of two hand-ins the one in time counts, and the last of those."""
    send(workspace, store, "ada", minutes=60)
    packet = send(workspace, store, "bob", {"q3": "9"}, minutes=5)
    send(workspace, store, "bob", {"q3": "1250"}, minutes=20, packet=packet)
    send(workspace, store, "bob", {"q2": ["b", "d"], "q3": "1250"}, minutes=90, packet=packet)
    grade(workspace, store)
    table = score_table(store).set_index("applicant_id")
    assert (table.status["ada"], table.points["ada"]) == ("flagged", 12)
    assert (table.status["bob"], table.points["bob"]) == ("graded", 2)
    with Gradebook(workspace.database_url, COURSE_ID) as gradebook:
        assert {s["student"]: s["score"] for s in gradebook.submission_dicts("small")} == {"ada": 12, "bob": 2}


@pytest.mark.parametrize("conduct", [name for name in CONDUCTS if name != "late"])
def test_no_conduct_gains_a_point(workspace: Workspace, store: Store, conduct: str) -> None:
    """What was answered counts, as it would have without the attempt; the honest one beside it is not touched."""
    answers: dict[str, Response] = {"q3": "1250", "q4": {"accuracy": 5, "clarity": 1}}
    honest = 2.0
    packet = issue(workspace, store, "small", "bob", now=NOW)
    files = CONDUCTS[conduct].change(read_files(hand_in(workspace, store, packet, answers)))
    path = workspace.root / "odd.zip"
    write_archive(path, files)
    take_in(workspace, store, open_path(path), now=NOW + timedelta(minutes=5))
    send(workspace, store, "ada")
    summary = grade(workspace, store)
    assert summary.unavailable == 0
    table = score_table(store).set_index("applicant_id")
    assert table.points["ada"] == 12
    if table.status["bob"] == "failed":
        assert table.points.isna()["bob"]
    else:
        assert table.points["bob"] <= honest


def test_what_an_applicant_wrote_shows_in_the_paper(workspace: Workspace, store: Store) -> None:
    """The autograded notebook has the response, the reason and no control characters; the key is not in it."""
    send(workspace, store, "ada", {"q3": "7\x1b[31m", "q6": "def double(x):\n    return [1]"})
    grade(workspace, store)
    path = workspace.nbgrader_folders("ada", "small").autograded / "small.ipynb"
    text = path.read_text()
    assert "0 of 4 held-out calls right" in text
    assert "\\u001b" not in text
    assert "for _ in range(2)" not in text


class Broken:
    """Machinery that fails for every submission with code."""

    isolated = True

    def execute(self, task: Task) -> Result:
        """Fail."""
        raise UnavailableError("no sandbox today")


def test_our_failures_are_nobodys_zero(workspace: Workspace, store: Store) -> None:
    """They are reported, and tried again next time."""
    send(workspace, store, "ada")
    assert grade(workspace, store, Broken()).unavailable == 1
    table = score_table(store)
    assert list(table.status) == ["unavailable"]
    assert table.score.isna().all()
    assert grade(workspace, store).graded == 1
    assert scores(store) == {"ada": 1.0}


class FailsOnce:
    """A defect of ours that shows at the first submission."""

    isolated = True

    def __init__(self) -> None:
        self.calls = 0

    def execute(self, task: Task) -> Result:
        """Fail the first time."""
        self.calls += 1
        if self.calls == 1:
            raise ZeroDivisionError
        return sandbox().execute(task)


def test_a_defect_of_ours_stops_nobody_else(workspace: Workspace, store: Store) -> None:
    """It is one submission's internal error, and mended by the next run."""
    send(workspace, store, "ada")
    send(workspace, store, "bob")
    summary = grade(workspace, store, FailsOnce())
    assert (summary.graded, summary.unavailable) == (1, 1)
    assert grade(workspace, store).graded == 1
    assert scores(store) == {"ada": 1.0, "bob": 1.0}


def test_killing_the_command_loses_nothing(workspace: Workspace, store: Store) -> None:
    """Killed again and again at any moment, a last run leaves what an undisturbed run leaves."""
    rng = Random(7)
    for number in range(6):
        register(store, f"p{number}", "", now=NOW)
        send(workspace, store, f"p{number}", {"q2": ["b", "d"], "q3": "1250"} if number % 2 else None)
    command = [sys.executable, "-m", "assessments", "grade", "--workspace", str(workspace.root)]
    for _ in range(4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(1.2, 2.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
    finished = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    summary = json.loads(finished.stdout)
    assert summary["submissions"] == 6
    assert summary["failed"] + summary["unavailable"] + summary["flagged"] == 0
    assert scores(store) == {f"p{number}": (4 / 12 if number % 2 else 1.0) for number in range(6)}
    assert len(item_table(store)) == 36
    with Gradebook(workspace.database_url, COURSE_ID) as gradebook:
        theirs = {s["student"]: s["score"] for s in gradebook.submission_dicts("small")}
    assert theirs == {f"p{number}": (4 if number % 2 else 12) for number in range(6)}


def test_what_was_handed_in_is_never_changed(workspace: Workspace, store: Store) -> None:
    """Not by grading, not by grading again."""
    send(workspace, store, "ada")

    def contents() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(workspace.intake.rglob("*")) if path.is_file()}

    before = contents()
    grade(workspace, store)
    grade(workspace, store)
    assert contents() == before
    assert before


def test_a_later_failure_of_ours_replaces_no_result(workspace: Workspace, store: Store) -> None:
    """It is reported and tried again; the score stays."""
    send(workspace, store, "ada")
    grade(workspace, store)
    (workspace.source / "small.toml").write_text(BANK.replace('gives = "[]"', 'gives = "[] "'))
    bank = workspace.bank("small")
    release(workspace, store, bank, gate(workspace, bank))
    assert grade(workspace, store, Broken()).unavailable == 1
    assert scores(store) == {"ada": 1.0}
    assert grade(workspace, store).graded == 1


def test_an_edited_release_flags_nobody(workspace: Workspace, store: Store) -> None:
    """A submission is compared with what was issued, not with what was released since."""
    packet = send(workspace, store, "ada")
    (workspace.source / "small.toml").write_text(BANK.replace('instructions = "Answer."', 'instructions = "Please."'))
    bank = workspace.bank("small")
    release(workspace, store, bank, gate(workspace, bank))
    assert packet.bank_version != bank.version
    assert grade(workspace, store).graded == 1


def test_a_result_does_not_depend_on_the_process(workspace: Workspace, store: Store) -> None:
    """Another hash seed grades nothing again."""
    send(workspace, store, "ada")
    command = [sys.executable, "-m", "assessments", "grade", "--json", "--workspace", str(workspace.root)]
    for seed, expected in (("1", 0), ("2", 1), ("3", 1)):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert json.loads(run.stdout)["unchanged"] == expected


def test_grading_without_a_sandbox_is_recorded(workspace: Workspace, store: Store) -> None:
    """With the submission, where `explain` prints it."""
    send(workspace, store, "ada")
    grade(workspace, store, unsafe())
    (result,) = store.results()
    assert result.reasons == ("the code was run without a sandbox, as the operator chose",)
    assert grade(workspace, store, unsafe()).unchanged == 1
    assert grade(workspace, store).graded == 1
    assert store.results()[0].reasons == ()
    # what was graded safely is not run again without a sandbox
    assert grade(workspace, store, unsafe()).unchanged == 1


def test_slots_of_an_issued_assessment_stay(workspace: Workspace, store: Store) -> None:
    """The release is refused before nbgrader touches anything."""
    send(workspace, store, "ada")
    (workspace.source / "small.toml").write_text(BANK.replace('id = "q1"', 'id = "q0"'))
    bank = workspace.bank("small")
    with pytest.raises(GateError, match="was issued already, so its slots and points cannot change"):
        release(workspace, store, bank, gate(workspace, bank))
    assert (workspace.release / "small" / "small.ipynb").exists()
    assert grade(workspace, store).graded == 1


def test_made_up_error_names_tell_nothing(workspace: Workspace, store: Store) -> None:
    """An error's name may spell out a held-out input."""
    leak = "def double(x):\n    raise type(f'leak {x!r}', (Exception,), {})"
    send(workspace, store, "ada", {"q6": leak})
    grade(workspace, store)
    explanation = item_table(store).set_index("slot").explanation["q6"]
    assert explanation == "0 of 4 held-out calls right; 4 × another error"


def test_a_second_hand_in_by_nobody_knows_whom_goes_to_a_person(workspace: Workspace, store: Store) -> None:
    """Somebody with ada's packet hands in blanks for her: neither counts unseen."""
    packet = send(workspace, store, "ada", minutes=20)
    assert grade(workspace, store).graded == 1
    path = hand_in(workspace, store, packet, {}, "forged.zip")
    take_in(workspace, store, open_path(path), now=NOW + timedelta(minutes=25))
    assert grade(workspace, store).flagged == 2
    assert {result.reasons for result in store.results()} == {(DISPUTED,)}


def test_half_a_character_is_no_obstacle(workspace: Workspace, store: Store) -> None:
    """A lone surrogate in a cell is replaced."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    files = read_files(hand_in(workspace, store, packet, reference_answers(workspace.bank("small"), packet)))
    data = json.loads(files["small.ipynb"])
    data["cells"].append({"cell_type": "code", "metadata": {}, "source": "x = '\ud800'"})
    write_archive(workspace.root / "odd.zip", {**files, "small.ipynb": json.dumps(data).encode()})
    take_in(workspace, store, open_path(workspace.root / "odd.zip"), now=NOW)
    assert grade(workspace, store).graded == 1
    assert scores(store) == {"ada": 1.0}


def test_a_database_that_refuses_a_result_stops_nobody(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one submission's failure of ours."""
    send(workspace, store, "ada")
    send(workspace, store, "bob")
    real, first = store.save_result, [True]

    def save_result(*arguments: Any, **options: Any) -> None:
        if first.pop() if first else False:
            raise ValueError("no such value")
        real(*arguments, **options)

    monkeypatch.setattr(store, "save_result", save_result)
    summary = grade(workspace, store)
    assert (summary.graded, summary.unavailable) == (1, 1)
    assert grade(workspace, store).graded == 1


def test_four_runs_at_once_share_the_work(workspace: Workspace, store: Store) -> None:
    """Every submission is graded by exactly one of them, and nothing is lost."""
    for number in range(12):
        register(store, f"p{number:02}", "", now=NOW)
        send(workspace, store, f"p{number:02}", {"q2": ["b", "d"], "q3": "1250"} if number % 2 else None)
    command = [sys.executable, "-m", "assessments", "grade", "--json", "--workers", "1"]
    runs = [
        subprocess.Popen([*command, "--workspace", str(workspace.root)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    summaries = [json.loads(run.communicate()[0]) for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert sum(summary["graded"] for summary in summaries) == 12
    for summary in summaries:
        assert summary["graded"] + summary["unchanged"] + summary["elsewhere"] == 12
    assert scores(store) == {f"p{number:02}": (4 / 12 if number % 2 else 1.0) for number in range(12)}
    with Gradebook(workspace.database_url, COURSE_ID) as gradebook:
        theirs = {s["student"]: s["score"] for s in gradebook.submission_dicts("small")}
    assert theirs == {f"p{number:02}": (4 if number % 2 else 12) for number in range(12)}
