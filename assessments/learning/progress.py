"""How far somebody is in a module: one small file beside it, with the first answer to each exercise."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, NonNegativeInt, ValidationError

from assessments.errors import BundleError
from assessments.items import Record, Response, Slug
from assessments.learning.module import Module
from assessments.packet import ApplicantId
from assessments.problems import first_problem
from assessments.saving import Writer

PROGRESS_FILE = "progress.json"
PATIENCE = 3
"""After so many wrong answers the explanation is shown, and the question has to be answered once more."""


class Tried(Record):
    """What somebody did with one exercise.

    Args:
        value: the answer as it stands on the page.
        checked: the answer that was checked last.
        first: the answer that was checked first; `first_right`: whether it was right.
        wrong: how many answers were checked and wrong.
    """

    value: Response = None
    checked: Response = None
    first: Response = None
    first_right: bool | None = None
    wrong: NonNegativeInt = 0
    right: bool = False

    def after(self, *, right: bool) -> "Tried":
        """The same after the answer was checked; asking again about the same answer changes nothing."""
        if self.right or self.value == self.checked:
            return self
        first = {"first": self.value, "first_right": right} if self.first_right is None else {}
        return self.model_copy(
            update={**first, "checked": self.value, "right": right, "wrong": self.wrong + (not right)}
        )


class Progress(Record):
    """All of it; `finished_at` is by the clock of whoever finished."""

    format: Annotated[int, Field(ge=1, le=1)] = 1
    module: Slug
    version: str
    applicant_id: ApplicantId | None = None
    ticket: str = ""
    exercises: Annotated[Mapping[Slug, Tried], Field(max_length=100)] = Field(default_factory=dict)
    finished_at: AwareDatetime | None = None

    def of(self, exercise: str) -> Tried:
        """What was done with one exercise."""
        return self.exercises.get(exercise, Tried())


def parse_progress(content: bytes, name: str) -> Progress:
    """Read a file's content; BundleError with the first problem found.

    Args:
        name: what the file is called.
    """
    try:
        return Progress.model_validate_json(content)
    except ValidationError as error:
        raise BundleError(f"{name} is not what a module packs: {first_problem(error)}") from None


class ProgressFile:
    """`progress.json` in one folder; what is kept is on its way to the disk, `flush` waits until it is there."""

    def __init__(self, folder: Path, module: Module) -> None:
        self.path = folder / PROGRESS_FILE
        self.failure = ""
        self.saved_at = datetime.now(UTC)
        self.current = self._load(module)
        self._writer = Writer(self.path, self._written)
        self.flush = self._writer.flush

    def keep(self, exercise: str, tried: Tried) -> None:
        """Replace what is known about one exercise."""
        self._write(self.current.model_copy(update={"exercises": {**self.current.exercises, exercise: tried}}))

    def finish(self, now: datetime) -> None:
        """Say that everything was gone through."""
        self._write(self.current.model_copy(update={"finished_at": now}))

    def _write(self, progress: Progress) -> None:
        self.current = progress
        self._writer.write(progress.model_dump_json(indent=1).encode())

    def _written(self, when: datetime, failure: str) -> None:
        self.failure = failure
        self.saved_at = self.saved_at if failure else when

    def _load(self, module: Module) -> Progress:
        whose = {"module": module.name, "version": module.version, "applicant_id": module.applicant_id}
        if not self.path.exists():
            return Progress(**whose, ticket=module.ticket)
        found = parse_progress(self.path.read_bytes(), str(self.path))
        if found.model_dump(include=set(whose)) != whose:
            raise BundleError(f"{self.path} belongs to another module", tip="Open each module in a folder of its own.")
        return found
