"""Grades one submission of an assessment, away from any database: what was handed in and the keys in, points out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from assessments.archive import read_archive
from assessments.items import Record
from assessments.packet import Packet, SignedPacket
from grader.course.autograde import GradedNotebook
from grader.course.snapshot import Paper
from grader.course.trusted import show_to_nbgrader
from grader.entries import BankItem
from grader.execution import Ending, Executor, Limits, Result, Task
from grader.issue import personal_notebook
from grader.judge import Graded, judge
from grader.outcome import Outcome
from grader.paper import rebuilt_paper, show_points
from grader.reading import Reading, Unreadable, read_submission

DISPUTED = "several different submissions of this attempt came in, and not all of them say who sent them"
UNSAFE = "the code was run without a sandbox, as the operator chose"


class SubmissionJob(Record):
    """Everything that grading one submission needs.

    Args:
        archive: what was handed in, as it is stored.
        keys: the bank's items with their keys, by slot.
        released: the notebook as it was released (JSON text).
        paper: what nbgrader's gradebook knows of the assessment.
        disputed: several submissions came in, and nobody knows who sent some of them.
    """

    submission_id: str
    archive: bytes
    signed: SignedPacket
    keys: Mapping[str, BankItem]
    released: str
    paper: Paper
    received_at: datetime
    grace: timedelta
    disputed: bool
    limits: Limits


class GradedJob(Record):
    """The result of a submission.

    Args:
        notebook: what nbgrader's tools show of it; None where nothing could be read.
        submitted: the notebook as it was handed in, as it is.
    """

    graded: Graded
    notebook: GradedNotebook | None = None
    submitted: bytes = b""


def grade_job(job: SubmissionJob, executor: Executor) -> GradedJob:
    """Read, run, judge.

    Raises:
        UnavailableError: our machinery failed.
    """
    packet = job.signed.open()
    files = read_archive(job.archive)
    try:
        reading = read_submission(files, job.signed, job.received_at, released=job.released, grace=job.grace)
    except Unreadable as error:
        return GradedJob(graded=Graded(outcome=Outcome.FAILED, reasons=(str(error),)))
    if job.disputed:
        reading = reading.model_copy(update={"flags": (*reading.flags, DISPUTED)})
    result = _execute(job, packet, reading, executor)
    graded = judge(packet, job.keys, reading, result)
    graded = graded.model_copy(update={"reasons": (*graded.reasons, *_remarks(result, isolated=executor.isolated))})
    content = rebuilt_paper(personal_notebook(job.released, packet), reading)
    notebook = show_to_nbgrader(
        content, job.paper, packet.applicant_id, lambda paper: show_points(paper, packet, graded)
    )
    notebook = notebook.model_copy(update={"scores": {**notebook.scores, **_for_a_person(graded)}})
    return GradedJob(graded=graded, notebook=notebook, submitted=files.get(f"{packet.assessment}.ipynb", b""))


def _for_a_person(graded: Graded) -> dict[str, None]:
    """The cells to which nbgrader gives no automatic score, so that its formgrader asks a person for one."""
    return {score.slot: None for score in graded.scores if score.points_pending}


def _execute(job: SubmissionJob, packet: Packet, reading: Reading, executor: Executor) -> Result | None:
    """Run the code answers, if there are any."""
    slots = [slot for slot, item in packet.code_items().items() if item.is_answered(reading.answers[slot])]
    if not slots:
        return None
    calls = {slot: tuple(job.keys[slot].key.calls()) for slot in slots}
    cells = tuple(cell.source for cell in reading.cells)
    return executor.execute(Task(cells=cells, calls=calls, limits=job.limits))


def _remarks(result: Result | None, *, isolated: bool) -> list[str]:
    """What a person should know of the run."""
    if result is None:
        return []
    remarks = [] if result.ending is Ending.COMPLETE else [f"the code's run ended early: {result.ending}"]
    return remarks + ([] if isolated else [UNSAFE])
