"""Hands samples in and grades them: the one place that knows how a batch is started."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from assessments.archive import write_archive
from assessments.errors import TalentpoolError
from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE
from grader.batch import Batch, Summary
from grader.execution import Executor, Result, Task
from grader.grading import SubmissionJob
from grader.handout import bundle_files, issue
from grader.intake import open_path, take_in
from grader.pool import Answer, Finished, Function, Job, Pool
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applicants import register
from onboarding.demo.sitting import fill_in
from tests.samples import as_issued
from tests.submissions.assessment import NAME, NOTEBOOK
from tests.submissions.collection import Files, Sample
from tests.submissions.traps import Traps

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Ran(NamedTuple):
    """A finished batch, and what came out of the sandbox in it, by submission."""

    summary: Summary
    emitted: Mapping[str, str]


def run_batch(workspace: Workspace, store: Store) -> Ran:
    """Grade everything that was handed in."""
    with Pool(workspace.engine) as pool:
        workers = _Watched(pool)
        summary = Batch(workspace, store, workers).run([], lambda _row, _graded: None)
    return Ran(summary, workers.emitted)


class _Watched:
    """Workers of whom it is known what came out of their sandboxes."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.emitted: dict[str, str] = {}

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once."""
        for job, answer, problem in self._pool.run(partial(_watched, function), jobs):
            if answer:
                assert isinstance(job, SubmissionJob)
                self.emitted[job.submission_id] = answer[1]
            yield Finished(job, answer[0] if answer else None, problem)


def _watched(function: Function[Job, Answer], job: Job, executor: Executor) -> tuple[Answer, str]:
    """Runs in a worker."""
    watching = _Watching(executor)
    return function(job, watching), "\n".join(watching.seen)


class _Watching:
    """An executor that keeps the results."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.isolated = executor.isolated
        self.seen: list[str] = []

    def execute(self, task: Task) -> Result:
        """Run one task."""
        result = self._executor.execute(task)
        self.seen.append(result.model_dump_json())
        return result


class Desk:
    """Issues the assessment to people and takes in what they hand in, one second after the other.

    Args:
        honest: the samples that others start from.
        folder: where hand-ins are put together.
    """

    def __init__(self, workspace: Workspace, store: Store, honest: dict[str, Sample], folder: Path) -> None:
        self._workspace, self._store, self._honest, self.folder = workspace, store, honest, folder
        self._seconds = 0

    def hand_in(self, sample: Sample, applicant_id: str, traps: Traps, theirs: Files) -> str:
        """Register somebody, let them answer as the sample does, and take in what they send.

        Returns:
            The id of the submission, or why it was refused.
        """
        register(self._store, applicant_id, "", now=NOW)
        (self.folder / applicant_id).mkdir()
        if sample.about.attempts == 2:
            theirs = self.answered(applicant_id, self._honest["blank"])
            self._take_in(self._honest["blank"], applicant_id, self._packed(applicant_id, theirs))
        if sample.name in self._honest:
            sent: Files | Path = self.answered(applicant_id, sample)
        else:
            sent = sample.hand_in(self._started(applicant_id, sample), theirs, self.folder / applicant_id)
        if isinstance(sent, dict):
            sent = self._packed(applicant_id, {name: traps.fill_in(content) for name, content in sent.items()})
        return self._take_in(sample, applicant_id, sent)

    def answered(self, applicant_id: str, sample: Sample) -> Files:
        """What somebody has in front of them after answering as an honest sample does."""
        packet = issue(self._workspace, self._store, NAME, applicant_id, now=NOW)
        issued = bundle_files(self._workspace, self._store, packet)
        answers = as_issued(self._workspace.bank(NAME), packet, sample.answers())
        files = sample.hand_in(fill_in(issued, packet, answers, now=NOW), {}, self.folder)
        assert isinstance(files, dict)
        return {name: files[name] for name in (NOTEBOOK, PACKET_FILE, RESPONSES_FILE)}

    def _started(self, applicant_id: str, sample: Sample) -> Files:
        """The honest submission that a sample is a change of, with what the sample answers in the form."""
        start = self._honest[sample.about.starts_from]
        answers = {**start.about.answers, **sample.about.answers}
        return self.answered(applicant_id, start._replace(about=start.about.model_copy(update={"answers": answers})))

    def _packed(self, applicant_id: str, files: Files) -> Path:
        path = self.folder / applicant_id / "sent.zip"
        write_archive(path, files)
        return path

    def _take_in(self, sample: Sample, applicant_id: str, path: Path) -> str:
        self._seconds += 1
        now = NOW + timedelta(minutes=sample.about.arrives_after, seconds=self._seconds)
        sender = applicant_id if sample.about.sent_by == "sender" else None
        try:
            return take_in(self._workspace, self._store, open_path(path), now=now, sent_by=sender).submission_id
        except TalentpoolError as error:
            return error.message
