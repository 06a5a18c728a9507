"""nbgrader's `autograde` with this kit's engine: the same options and files, submissions in parallel, one writer."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from nbgrader.converters.base import NbGraderException

from assessments.errors import TalentpoolError
from grader.claims import claims_for
from grader.course.autograde import GradedSubmission, Submission, grade_submission
from grader.course.collect import TooLarge
from grader.course.reading import Handed, Place, Reader
from grader.course.recording import Recorded, Recorder, recordable
from grader.course.settings import Settings
from grader.course.showing import Shelf
from grader.database import open_engine
from grader.errors import UnavailableError
from grader.pool import Finished, Pool, Workers
from grader.store import migrate


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
        self._places = list(self._find())
        assignments = dict.fromkeys(place.assignment for place in self._places)
        courses = {assignment: self.course(assignment) for assignment in assignments}
        self._failed: list[Recorded] = []
        self._handed: dict[tuple[str, str], Handed] = {}
        migrate(self.coursedir.db_url)
        self._database = open_engine(self.coursedir.db_url)
        self._claims = claims_for(self.coursedir.db_url, Path(self.coursedir.root))
        self._reader, self._shelf = Reader(self, self._database, courses), Shelf(self)
        self._recorder = Recorder(self._database, self.late_penalty, isolated=self.isolated)

    def _find(self) -> Iterator[Place]:
        pattern = re.compile(self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True))
        for folder in sorted(self.assignments):
            if match := pattern.match(folder):
                notebooks = sorted(self.assignments[folder])
                yield Place(Path(folder), match["assignment_id"], match["student_id"], notebooks)

    def _run(self, workers: Workers) -> None:
        try:
            for finished in workers.run(grade_submission, self._submissions()):
                recorded = self._finish(finished)
                self._claims.release(_claim(recorded.assignment, recorded.student))
                self._tell(recorded)
        finally:
            self._claims.close()
            self._database.dispose()

    def _tell(self, recorded: Recorded) -> None:
        if recorded.outcome != "graded":
            self._failed.append(recorded)
        if self.report:
            self.report(recorded)

    def _submissions(self) -> Iterator[Submission]:
        """What is to be graded, read when somebody is free to grade it; what cannot be read is failed at once."""
        for place in self._places:
            # several runs may share the work
            claim = _claim(place.assignment, place.student)
            if not self._claims.take(claim):
                continue
            # for nbgrader's hooks
            self.notebooks = place.notebooks
            try:
                if self._shelf.is_due(place):
                    self.run_pre_convert_hook()
                    submission, self._handed[place.assignment, place.student] = self._reader.read(place)
                    yield submission
                else:
                    self._claims.release(claim)
            except UnavailableError:
                raise
            except (TooLarge, TalentpoolError, OSError) as error:
                self._fail(place, str(error))
                self._claims.release(claim)

    def _fail(self, place: Place, reason: str) -> None:
        student = recordable(place.student)
        recorded = Recorded(assignment=place.assignment, student=student, outcome="failed", reasons=(reason,))
        # no tool of nbgrader's would find a student by another name than the folder's
        self._recorder.note(recorded, add_student=self.create_student and student == place.student)
        self._shelf.withdraw(place.assignment, place.student, place.notebooks)
        self._tell(recorded)

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
                self._shelf.show(submission, graded)
            else:
                self._shelf.withdraw(**names, notebooks=handed.notebooks, files=graded.files)
        except (UnavailableError, OSError) as error:
            return Recorded(**names, outcome="unavailable", reasons=(str(error),))
        if recorded.outcome == "graded":
            self.notebooks = handed.notebooks
            self.run_post_convert_hook()
        return recorded


def _claim(assignment: str, student: str) -> str:
    return f"{assignment}/{student}"
