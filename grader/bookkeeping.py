"""Puts a graded submission of an assessment on record: our tables, nbgrader's tables and files."""

from datetime import UTC, datetime

from assessments.packet import Packet, SignedPacket
from assessments.saving import write_atomically
from grader.course.gradebook import Gradebook, Scores
from grader.course.snapshot import Paper, read_paper
from grader.database import transaction
from grader.grading import GradedJob
from grader.outcome import Outcome
from grader.results import counting
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace


class Books:
    """The one writer of a run."""

    def __init__(self, workspace: Workspace, store: Store) -> None:
        self._workspace, self._store = workspace, store
        self._papers: dict[str, Paper] = {}

    def paper(self, assessment: str) -> Paper:
        """What nbgrader's gradebook knows of an assessment; read once."""
        if assessment not in self._papers:
            with transaction(self._store.engine) as connection:
                self._papers[assessment] = read_paper(connection, assessment)
        return self._papers[assessment]

    def save(self, row: SubmissionRow, answer: GradedJob, signed: SignedPacket | None, *, fingerprint: str) -> None:
        """Both books in one transaction, after nbgrader's files: a rerun after a crash in between repeats both.

        Raises:
            UnavailableError: the database does not answer.
            OSError: the files cannot be written.
        """
        packet = signed.open() if signed else None
        shown = packet if packet and answer.notebook and self._counts(row, packet) else None
        if shown:
            self._write_files(row, shown, answer)
        with self._store.session() as session:
            self._store.save_result(session, row.id, answer.graded, fingerprint=fingerprint, now=datetime.now(UTC))
            if shown and answer.notebook:
                book = Gradebook(self.paper(shown.assessment))
                # to the second, as in timestamp.txt: nbgrader would otherwise call everything newer than graded
                received = row.received_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
                ids = book.open_submission(session.connection(), shown.applicant_id, received)
                scores = Scores(scores=answer.notebook.scores, comments=answer.notebook.comments)
                book.save(session.connection(), ids[shown.assessment], shown.assessment, scores)

    def _counts(self, row: SubmissionRow, packet: Packet) -> bool:
        """Whether nbgrader's gradebook, which has room for one submission, should show this one."""
        results = self._store.results(applicant_id=packet.applicant_id, assessment=packet.assessment)
        as_graded = [
            result.model_copy(update={"outcome": Outcome.GRADED}) if result.submission_id == row.id else result
            for result in results
        ]
        return counting(as_graded)[0].submission_id == row.id

    def _write_files(self, row: SubmissionRow, packet: Packet, answer: GradedJob) -> None:
        """What nbgrader's tools look for: the notebook with the trusted points, and what was handed in."""
        folders = self._workspace.nbgrader_folders(packet.applicant_id, packet.assessment)
        text = answer.notebook.text if answer.notebook else ""
        for folder, content in ((folders.autograded, text.encode()), (folders.submitted, answer.submitted)):
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / f"{packet.assessment}.ipynb", content)
        write_atomically(folders.submitted / "timestamp.txt", f"{row.received_at:%Y-%m-%d %H:%M:%S} UTC".encode())
