"""Grades every submission that needs it, in parallel, whatever is in them; may be killed and run again at any time."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence

from assessments.items import Record
from grader.bookkeeping import Books
from grader.claims import claims_for
from grader.entries import BankItem
from grader.errors import UnavailableError
from grader.execution import Limits
from grader.grading import GradedJob, SubmissionJob, grade_job
from grader.intake import is_kept, stored_archive
from grader.judge import Graded
from grader.outcome import Outcome
from grader.pool import Finished, Workers
from grader.released import keys_for, released_notebook
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace

SCORING_VERSION = "2"
"""Changes when the same submission and keys could earn other points; everything is then graded again."""

log = logging.getLogger("talentpool.grade")


class Summary(Record):
    """What one run did; `graded` counts submissions without flags, `elsewhere` those that another run is grading.

    `review` counts the submissions, of those graded now, of which a part waits for a person; `erased` those, of the
    unchanged, that would have been graded again if their files had not been erased.
    """

    submissions: int
    graded: int
    flagged: int
    failed: int
    unavailable: int
    review: int
    unchanged: int
    elsewhere: int
    erased: int
    wall_seconds: float


Report = Callable[[SubmissionRow, Graded | None], None]
"""Told after each submission what became of it; None if nothing had changed since it was graded."""


class Batch:
    """One run of the grader in one workspace.

    Args:
        workers: who grades; this process alone writes.
        isolated: whether they keep the code away from the machine.
    """

    def __init__(self, workspace: Workspace, store: Store, workers: Workers, *, isolated: bool = True) -> None:
        self._workspace, self._store, self._workers, self._isolated = workspace, store, workers, isolated
        self._claims = claims_for(workspace.database_url, workspace.root)
        self._books = Books(workspace, store)

    def run(self, assessments: Sequence[str], report: Report) -> Summary:
        """Grade what is new or changed (all assessments if none is named)."""
        started = time.monotonic()
        self._counts: dict[str, int] = dict.fromkeys([*Outcome, "review", "unchanged", "elsewhere", "erased"], 0)
        self._report = report
        self._known = self._store.fingerprints()
        self._pending: dict[str, tuple[SubmissionRow, str]] = {}
        rows = self._store.submissions(assessments)
        try:
            for finished in self._workers.run(grade_job, self._jobs(rows)):
                self._finish(finished)
        finally:
            self._claims.close()
        seconds = time.monotonic() - started
        return Summary(submissions=len(rows), wall_seconds=round(seconds, 3), **self._counts)

    def _tell(self, row: SubmissionRow, graded: Graded | None) -> None:
        self._claims.release(row.id)
        self._counts[graded.outcome if graded else "unchanged"] += 1
        self._counts["review"] += bool(graded and graded.points_pending)
        self._report(row, graded)

    def _jobs(self, rows: Sequence[SubmissionRow]) -> Iterator[SubmissionJob]:
        """What workers have to do, made when one of them is free; never raises, so that none stops the others."""
        for row in rows:
            try:
                job = self._job(row)
            except Exception as error:
                self._tell(row, self._unavailable(row, error))
                continue
            if job:
                yield job

    def _job(self, row: SubmissionRow) -> SubmissionJob | None:
        """The job, or None if there is nothing to do or it could be done at once."""
        signed = self._store.packet(row.packet_id) if row.packet_id else None
        packet = signed.open() if signed else None
        keys = keys_for(self._workspace, self._store, packet) if packet else {}
        limits = self._workspace.limits(packet.assessment if packet else "")
        disputed = self._store.is_disputed(row.packet_id)
        fingerprint = _fingerprint(row, keys, limits, disputed=disputed)
        # one without a sandbox is not as good as one with it
        unsafe = hashlib.sha256(f"without a sandbox {fingerprint}".encode()).hexdigest()
        known = self._known.get(row.id)
        is_same = known == fingerprint or (known == unsafe and not self._isolated)
        # what was erased cannot be graded again: its points stay as they were
        is_erased = bool(known and signed) and not is_kept(self._workspace, row.id)
        if is_same or is_erased:
            self._counts["erased"] += not is_same
            self._tell(row, None)
            return None
        if not self._is_mine(row, known):
            return None
        fingerprint = fingerprint if self._isolated else unsafe
        if signed is None or packet is None:
            graded = Graded(outcome=Outcome.FAILED, reasons=tuple(row.notes))
            self._books.save(row, GradedJob(graded=graded), None, fingerprint=fingerprint)
            self._tell(row, graded)
            return None
        self._pending[row.id] = row, fingerprint
        return SubmissionJob(
            submission_id=row.id,
            archive=stored_archive(self._workspace, row.id),
            signed=signed,
            keys=keys,
            released=released_notebook(self._workspace, packet.assessment, packet.bank_version),
            paper=self._books.paper(packet.assessment),
            received_at=row.received_at,
            grace=self._workspace.grace,
            disputed=disputed,
            limits=limits,
        )

    def _is_mine(self, row: SubmissionRow, known: str | None) -> bool:
        """Whether nobody else is grading it, or has graded it since this run began."""
        if not self._claims.take(row.id):
            self._counts["elsewhere"] += 1
            self._report(row, None)
            return False
        if self._store.fingerprint(row.id) != known:
            self._claims.release(row.id)
            self._tell(row, None)
            return False
        return True

    def _finish(self, finished: Finished[SubmissionJob, GradedJob]) -> None:
        """Put a result on record; a failure of ours never takes the place of a result, and is nobody's zero."""
        row, fingerprint = self._pending.pop(finished.job.submission_id)
        if finished.answer is None:
            self._tell(row, self._unavailable(row, UnavailableError(finished.problem)))
            return
        try:
            self._books.save(row, finished.answer, finished.job.signed, fingerprint=fingerprint)
        except Exception as error:
            self._tell(row, self._unavailable(row, error))
            return
        self._tell(row, finished.answer.graded)

    def _unavailable(self, row: SubmissionRow, error: Exception) -> Graded:
        """Report a failure of ours and have it tried again next time."""
        if isinstance(error, (UnavailableError, OSError)):
            reason = str(error)
        else:
            log.exception("submission %s", row.id, exc_info=error)
            reason = f"internal error ({type(error).__name__}), see talentpool.log"
        graded = Graded(outcome=Outcome.UNAVAILABLE, reasons=(reason,))
        if row.id not in self._known:
            try:
                self._books.save(row, GradedJob(graded=graded), None, fingerprint="")
            except UnavailableError:
                log.warning("submission %s: the failure could not be recorded either: %s", row.id, reason)
        return graded


def _fingerprint(row: SubmissionRow, keys: dict[str, BankItem], limits: Limits, *, disputed: bool) -> str:
    """Everything that the result depends on."""
    parts = {slot: entry.key.model_dump(mode="json") for slot, entry in keys.items()}
    ingredients = [SCORING_VERSION, disputed, row.id, row.packet_id, parts, limits.model_dump()]
    return hashlib.sha256(json.dumps(ingredients, sort_keys=True).encode()).hexdigest()
