"""nbgrader's `autograde` with this kit's engine: the same options and files, submissions in parallel, one writer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Student
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from traitlets.utils.importstring import import_item

from assessments.errors import TalentpoolError
from grader.claims import claims_for
from grader.course.autograde import GradedSubmission, Submission, grade_submission
from grader.course.collect import TooLarge, lay_out, read_folder, remove
from grader.course.recording import Penalty, Recorded, Recorder
from grader.course.settings import Settings
from grader.course.snapshot import Paper, read_paper
from grader.database import open_engine, transaction
from grader.errors import UnavailableError, WorkspaceError
from grader.pool import Finished, Pool, Workers
from grader.quarantine import check_id, quarantine, why_not
from grader.store import migrate


class _Handed(NamedTuple):
    """What of a submission does not travel to a worker."""

    notebooks: list[str]
    timestamp: datetime | None
    missing: list[str]
    remarks: list[str]


class TalentpoolAutograde(Settings):
    """nbgrader's converter for submissions; `start()` grades what `nbgrader autograde` would grade."""

    pool: Workers | None = None
    """Who runs the jobs; a pool of this converter's own if None."""
    report: Callable[[Recorded], None] | None = None
    """Told of each submission when it is done."""

    def convert_notebooks(self) -> None:
        """Grade every submission that is new, was handed in again, or is forced.

        Raises:
            NbGraderException: some could not be graded; all others were.
        """
        self._prepare()
        if self.pool:
            self._run(self.pool)
        else:
            with Pool(self.engine, self.workers or None) as pool:
                self._run(pool)
        for recorded in self._failed:
            reasons = "; ".join(recorded.reasons)
            self.log.error("%s of %s: %s: %s", recorded.assignment, recorded.student, recorded.outcome, reasons)
        if self._failed:
            raise NbGraderException(f"{len(self._failed)} submissions could not be graded")

    def _prepare(self) -> None:
        pattern = re.compile(self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True))
        found = ((folder, pattern.match(folder)) for folder in sorted(self.assignments))
        self._folders = [(folder, match["assignment_id"], match["student_id"]) for folder, match in found if match]
        self._courses = {assignment: self.course(assignment) for _, assignment, _ in self._folders}
        self._failed: list[Recorded] = []
        self._handed: dict[tuple[str, str], _Handed] = {}
        self._papers: dict[str, Paper] = {}
        self._sources: dict[str, dict[str, bytes]] = {}
        migrate(self.coursedir.db_url)
        self._database = open_engine(self.coursedir.db_url)
        self._claims = claims_for(self.coursedir.db_url, Path(self.coursedir.root))
        self._recorder = Recorder(self._database, self._penalty, isolated=self.isolated)

    def _run(self, workers: Workers) -> None:
        try:
            for finished in workers.run(grade_submission, self._submissions()):
                self._tell(self._finish(finished))
        finally:
            self._claims.close()
            self._database.dispose()

    def _tell(self, recorded: Recorded) -> None:
        self._claims.release(f"{recorded.assignment}/{recorded.student}")
        if recorded.outcome != "graded":
            self._failed.append(recorded)
        if self.report:
            self.report(recorded)

    def _submissions(self) -> Iterator[Submission]:
        """What is to be graded, read when somebody is free to grade it; what cannot be read is failed at once."""
        for folder, assignment, student in self._folders:
            self.notebooks = sorted(self.assignments[folder])
            # several runs may share the work
            if not self._claims.take(f"{assignment}/{student}"):
                continue
            try:
                if self._is_due(Path(folder), assignment, student):
                    self.run_pre_convert_hook()
                    yield self._read(Path(folder), assignment, student)
                else:
                    self._claims.release(f"{assignment}/{student}")
            except UnavailableError:
                raise
            except (TooLarge, TalentpoolError, OSError) as error:
                self._fail(assignment, student, str(error))

    def _fail(self, assignment: str, student: str, reason: str) -> None:
        recorded = Recorded(assignment=assignment, student=student, outcome="failed", reasons=(reason,))
        self._recorder.note(recorded, add_student=self.create_student)
        self._withdraw(assignment, student, self.notebooks)
        self._tell(recorded)

    def _is_due(self, folder: Path, assignment: str, student: str) -> bool:
        """nbgrader's rule: never graded, forced, or handed in after it was graded."""
        if student in self.coursedir.student_id_exclude.split(","):
            return False
        target = Path(self._format_dest(assignment, student))
        wanted = [target] if self._is_whole else [target / Path(notebook).name for notebook in self.notebooks]
        if self.force or not all(path.exists() for path in wanted):
            return True
        handed_in, graded = (self._timestamp(place) for place in (folder, target))
        return handed_in is not None and graded is not None and bool(handed_in > graded)

    def _read(self, folder: Path, assignment: str, student: str) -> Submission:
        paper = self._paper(assignment)
        self._check_student(student)
        remarks = self._put_away(folder, assignment, student)
        names = [Path(path).stem for path in self.notebooks]
        known = [name for name in names if name in paper.notebooks]
        missing = [name for name in paper.notebooks if known and not (folder / f"{name}.ipynb").exists()]
        paths = [str(folder / f"{name}.ipynb") for name in known]
        self._handed[assignment, student] = _Handed(paths, self._timestamp(folder), missing, remarks)
        return Submission(
            student=student,
            paper=paper,
            notebooks={name: (folder / f"{name}.ipynb").read_bytes() for name in known},
            files=read_folder(folder, self.coursedir.ignore) | self._source_files(assignment),
            course=self._courses[assignment],
        )

    def _put_away(self, folder: Path, assignment: str, student: str) -> list[str]:
        """Move what a grader's tools would run or be misled by into quarantine; a line for each.

        Raises:
            UsageError: an id that no tool of ours may get.
            WorkspaceError: the submission or one of its notebooks is a link.
        """
        check_id("student", student)
        check_id("assignment", assignment)
        if folder.is_symlink() or folder.parent.is_symlink():
            raise WorkspaceError("its folder is a link")
        away = Path(self.coursedir.root) / "quarantine" / student / assignment
        moved = quarantine(folder, away, allowed=self._source_files(assignment))
        if lost := [name for name, _ in moved if name.endswith(".ipynb") and "/" not in name]:
            raise WorkspaceError(f"{lost[0]} is no plain file; it is in quarantine/")
        return [f"{name!a} was put into quarantine/: {reason}" for name, reason in moved]

    def _timestamp(self, folder: Path) -> datetime | None:
        """When a submission was handed in.

        Raises:
            WorkspaceError: its timestamp.txt does not say a time.
        """
        try:
            found: datetime | None = self.coursedir.get_existing_timestamp(str(folder))
        except (ValueError, OverflowError, AttributeError):
            # nbgrader's own way of saying so calls a method that it does not have
            raise WorkspaceError("its timestamp.txt does not say a time") from None
        return found

    def _finish(self, finished: Finished[Submission, GradedSubmission]) -> Recorded:
        """Record a result, then show it in autograded/: a rerun after a crash in between repeats both."""
        submission, graded = finished.job, finished.answer
        names = {"assignment": submission.paper.name, "student": submission.student}
        handed = self._handed.pop((names["assignment"], names["student"]))
        if graded is None:
            return Recorded(**names, outcome="unavailable", reasons=(finished.problem,))
        try:
            recorded = self._recorder.save(submission, graded, handed.timestamp, handed.missing, handed.remarks)
            if recorded.outcome == "graded":
                self._show(submission, graded)
            else:
                self._withdraw(names["assignment"], names["student"], handed.notebooks, graded.files)
        except (UnavailableError, OSError) as error:
            return Recorded(**names, outcome="unavailable", reasons=(str(error),))
        if recorded.outcome == "graded":
            self.notebooks = handed.notebooks
            self.run_post_convert_hook()
        return recorded

    def _withdraw(
        self, assignment: str, student: str, notebooks: Sequence[str], files: Mapping[str, bytes] | None = None
    ) -> None:
        """What could not be graded is not in autograded/ either, and is tried again the next time."""
        target = Path(self._format_dest(assignment, student))
        if self._is_whole:
            remove(target)
            return
        if files is not None:
            target.mkdir(parents=True, exist_ok=True)
            lay_out(target, files, whole=False)
        for path in notebooks:
            (target / Path(path).name).unlink(missing_ok=True)

    def _show(self, submission: Submission, graded: GradedSubmission) -> None:
        assignment, student = submission.paper.name, submission.student
        target = Path(self._format_dest(assignment, student))
        # what cells have made is no less dangerous to a grader's tools than what was handed in
        files = {
            name: content
            for name, content in graded.files.items()
            if name in submission.files or not any(map(why_not, Path(name).parts))
        }
        contents = {f"{book.name}.ipynb": book.text.encode() for book in graded.notebooks} | files
        lay_out(target, contents, whole=self._is_whole)
        self.set_permissions(assignment, student)

    @property
    def _is_whole(self) -> bool:
        """Whether whole submissions are graded, and not only some of their notebooks."""
        return bool(self.coursedir.notebook_id == "*")

    @cached_property
    def _penalty(self) -> Penalty | None:
        classes = [import_item(item) if isinstance(item, str) else item for item in self.autograde_preprocessors]
        kind = next((kind for kind in classes if issubclass(kind, AssignLatePenalties)), None)
        step = kind(parent=self) if kind else None
        if not step or not step.enabled:
            return None
        step.init_plugin()
        rule: Penalty = step.plugin_inst.late_submission_penalty
        return rule

    def _paper(self, assignment: str) -> Paper:
        if assignment not in self._papers:
            with transaction(self._database) as connection:
                self._papers[assignment] = read_paper(connection, assignment)
        return self._papers[assignment]

    def _source_files(self, assignment: str) -> dict[str, bytes]:
        """The instructor's files, which come before the applicant's; read once."""
        if assignment not in self._sources:
            folder = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", assignment))
            files = read_folder(folder, self.coursedir.ignore)
            kept = self.exclude_overwriting.get(assignment, [])
            self._sources[assignment] = {name: content for name, content in files.items() if name not in kept}
        return self._sources[assignment]

    def _check_student(self, student: str) -> None:
        if self.create_student:
            return
        with transaction(self._database) as connection:
            found = connection.execute(select(Student.__table__.c.id).where(Student.__table__.c.id == student)).first()
        if not found:
            raise WorkspaceError(f"no student {student!r} is in the gradebook, and none is to be created")
