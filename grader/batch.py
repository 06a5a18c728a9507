"""Grades every submission that needs it, one after another, whatever is in them; may be killed and run again."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from assessments.items import Record
from assessments.packet import Packet, SignedPacket
from assessments.responses import write_atomically
from grader import course
from grader.bank import BankItem
from grader.errors import UnavailableError
from grader.execution import Executor, Limits, Result, Task
from grader.intake import stored_files
from grader.issue import personal_notebook
from grader.judge import Graded, Outcome, judge
from grader.paper import rebuilt_paper, show_points
from grader.reading import Reading, Unreadable, read_submission
from grader.release import keys_for, released_notebook
from grader.results import counting
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace

SCORING_VERSION = "1"
"""Changes when the same submission and keys could earn other points; everything is then graded again."""

DISPUTED = "several different submissions of this attempt came in, and not all of them say who sent them"
UNSAFE = "the code was run without a sandbox, as the operator chose"

log = logging.getLogger("talentpool.grade")


class Summary(Record):
    """What one run did; `graded` counts submissions without flags."""

    submissions: int
    graded: int
    flagged: int
    failed: int
    unavailable: int
    unchanged: int
    wall_seconds: float


Report = Callable[[SubmissionRow, Graded | None], None]
"""Told after each submission what became of it; None if nothing had changed since it was graded."""


class Batch:
    """One run of the grader in one workspace."""

    def __init__(self, workspace: Workspace, store: Store, executor: Executor) -> None:
        self._workspace = workspace
        self._store = store
        self._executor = executor
        self._course = course.Course(workspace)

    def run(self, assessments: Sequence[str], report: Report) -> Summary:
        """Grade what is new or changed (all assessments if none is named)."""
        started = time.monotonic()
        known = self._store.fingerprints()
        counts: dict[str, int] = dict.fromkeys([*Outcome, "unchanged"], 0)
        rows = self._store.submissions(assessments)
        for row in rows:
            graded = self._grade(row, known.get(row.id))
            counts[graded.outcome if graded else "unchanged"] += 1
            report(row, graded)
        seconds = time.monotonic() - started
        return Summary(submissions=len(rows), wall_seconds=round(seconds, 3), **counts)

    def _grade(self, row: SubmissionRow, known: str | None) -> Graded | None:
        """Grade one submission and record it; never raises, so that no submission stops the others."""
        fingerprint = ""
        try:
            signed = self._store.packet(row.packet_id) if row.packet_id else None
            keys = keys_for(self._workspace, signed.open()) if signed else {}
            disputed = self._store.is_disputed(row.packet_id)
            fingerprint = _fingerprint(row, keys, disputed=disputed)
            # one without a sandbox is not as good as one with it
            unsafe = hashlib.sha256(f"without a sandbox {fingerprint}".encode()).hexdigest()
            if known == fingerprint or (known == unsafe and not self._executor.isolated):
                return None
            fingerprint = fingerprint if self._executor.isolated else unsafe
            graded = self._graded(row, signed, keys, disputed=disputed)
        except UnavailableError as error:
            fingerprint, graded = "", Graded(outcome=Outcome.UNAVAILABLE, reasons=(error.message,))
        except Exception as error:
            # a defect of ours: logged with its traceback, reported, tried again next time, and nobody's zero
            log.exception("submission %s", row.id)
            reason = f"internal error ({type(error).__name__}), see talentpool.log"
            fingerprint, graded = "", Graded(outcome=Outcome.UNAVAILABLE, reasons=(reason,))
        # a failure of ours never takes the place of a result
        if not known or graded.outcome is not Outcome.UNAVAILABLE:
            graded = self._save(row, graded, fingerprint)
        return graded

    def _save(self, row: SubmissionRow, graded: Graded, fingerprint: str) -> Graded:
        """Put the result on record; if the database refuses it, that is a failure of ours."""
        try:
            self._store.save_result(row.id, graded, fingerprint=fingerprint, now=datetime.now(UTC))
        except UnavailableError as error:
            return Graded(outcome=Outcome.UNAVAILABLE, reasons=(error.message,))
        except Exception as error:
            log.exception("result of submission %s", row.id)
            return Graded(outcome=Outcome.UNAVAILABLE, reasons=(f"could not be recorded ({type(error).__name__})",))
        return graded

    def _graded(
        self, row: SubmissionRow, signed: SignedPacket | None, keys: dict[str, BankItem], *, disputed: bool
    ) -> Graded:
        if signed is None:
            return Graded(outcome=Outcome.FAILED, reasons=tuple(row.notes))
        packet = signed.open()
        released = released_notebook(self._workspace, packet.assessment, packet.bank_version)
        files = stored_files(self._workspace, row.id)
        try:
            reading = read_submission(files, signed, row.received_at, released=released, grace=self._workspace.grace)
        except Unreadable as error:
            return Graded(outcome=Outcome.FAILED, reasons=(str(error),))
        if disputed:
            reading = reading.model_copy(update={"flags": (*reading.flags, DISPUTED)})
        result = self._execute(packet, keys, reading)
        graded = judge(packet, keys, reading, result)
        if result and not self._executor.isolated:
            graded = graded.model_copy(update={"reasons": (*graded.reasons, UNSAFE)})
        if self._counts(row, packet):
            self._record(row, packet, reading, graded, files, personal_notebook(released, packet))
        return graded

    def _counts(self, row: SubmissionRow, packet: Packet) -> bool:
        """Whether nbgrader's gradebook, which has room for one submission, should show this one."""
        results = self._store.results(applicant_id=packet.applicant_id, assessment=packet.assessment)
        as_graded = [
            result.model_copy(update={"outcome": Outcome.GRADED}) if result.submission_id == row.id else result
            for result in results
        ]
        return counting(as_graded)[0].submission_id == row.id

    def _execute(self, packet: Packet, keys: dict[str, BankItem], reading: Reading) -> Result | None:
        """Run the code answers, if there are any."""
        slots = [slot for slot, item in packet.code_items().items() if item.is_answered(reading.answers[slot])]
        if not slots:
            return None
        calls = {slot: tuple(keys[slot].key.calls()) for slot in slots}
        cells = tuple(cell.source for cell in reading.cells)
        return self._executor.execute(Task(cells=cells, calls=calls, limits=Limits()))

    def _record(
        self,
        row: SubmissionRow,
        packet: Packet,
        reading: Reading,
        graded: Graded,
        files: dict[str, bytes],
        personal: str,
    ) -> None:
        """Show the trusted points to nbgrader: its gradebook, formgrader and export read them from here on."""
        name, applicant_id = packet.assessment, packet.applicant_id
        paper = course.as_notebook(rebuilt_paper(personal, reading))
        paper = self._course.sanitise(paper, name, applicant_id)
        show_points(paper, packet, graded)
        paper = course.as_notebook(paper)
        folders = self._workspace.nbgrader_folders(applicant_id, name)
        course.write_notebook(paper, folders.autograded / f"{name}.ipynb")
        folders.submitted.mkdir(parents=True, exist_ok=True)
        write_atomically(folders.submitted / f"{name}.ipynb", files.get(f"{name}.ipynb", b""))
        write_atomically(folders.submitted / "timestamp.txt", f"{row.received_at:%Y-%m-%d %H:%M:%S} UTC".encode())
        self._course.record(paper, name, applicant_id, row.received_at)


def _fingerprint(row: SubmissionRow, keys: dict[str, BankItem], *, disputed: bool) -> str:
    """Everything that the result depends on."""
    parts = {slot: entry.key.model_dump(mode="json") for slot, entry in keys.items()}
    ingredients = [SCORING_VERSION, disputed, row.id, row.packet_id, parts]
    return hashlib.sha256(json.dumps(ingredients, sort_keys=True).encode()).hexdigest()
