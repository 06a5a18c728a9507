"""The applicant's answers: one small file beside the notebook, always whole, written without making anybody wait."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, NonNegativeInt, StringConstraints, ValidationError

from assessments.errors import BundleError
from assessments.items import Record, Response, Slug
from assessments.problems import first_problem
from assessments.saving import Writer, write_atomically

RESPONSES_FILE = "responses.json"


class SavedResponse(Record):
    """One answer and when it was last changed (UTC, by the applicant's clock)."""

    value: Response
    saved_at: AwareDatetime


class Mark(Record):
    """What an applicant says about a question beside the answer."""

    unsure: bool = False
    problem: Annotated[str, StringConstraints(max_length=2000)] = ""


class Responses(Record):
    """All answers to one packet, by slot. A slot that is not here was never answered.

    Args:
        worked_seconds: how long somebody worked on it, by the applicant's page; pauses are left out.
    """

    format: Annotated[int, Field(ge=1, le=1)] = 1
    packet_id: str
    responses: Mapping[Slug, SavedResponse] = Field(default_factory=dict)
    marks: Mapping[Slug, Mark] = Field(default_factory=dict)
    worked_seconds: NonNegativeInt = 0

    def value(self, slot: str) -> Response:
        """The answer in `slot`, None where there is none."""
        saved = self.responses.get(slot)
        return saved.value if saved else None

    def with_value(self, slot: str, value: Response, *, now: datetime) -> "Responses":
        """The same answers with that of `slot` replaced."""
        changed = {**self.responses, slot: SavedResponse(value=value, saved_at=now)}
        return self.model_copy(update={"responses": changed})


def parse_responses(text: str | bytes) -> Responses:
    """Read the file's content; BundleError with the first problem found."""
    try:
        return Responses.model_validate_json(text)
    except ValidationError as error:
        raise BundleError(f"{RESPONSES_FILE} cannot be read: {first_problem(error)}") from None


class ResponseFile:
    """`responses.json` in one folder. What is saved is on its way to the disk; `flush` waits until it is there.

    Args:
        told: told after each attempt to write: when (UTC), and what went wrong ("" if nothing); in another thread.
    """

    def __init__(self, folder: Path, packet_id: str) -> None:
        self._path = folder / RESPONSES_FILE
        self.current = self._load(packet_id)
        self.told: list[Callable[[datetime, str], None]] = []
        self._writer = Writer(self._path, self._tell)
        self.flush = self._writer.flush

    def is_for(self, folder: Path, packet_id: str) -> bool:
        """Whether it holds the answers to this packet in this folder."""
        return self._path == folder / RESPONSES_FILE and self.current.packet_id == packet_id

    def _tell(self, when: datetime, failure: str) -> None:
        for tell in tuple(self.told):
            tell(when, failure)

    def _load(self, packet_id: str) -> Responses:
        if not self._path.exists():
            # who opens the notebook and answers nothing has handed in a blank form, not a broken one
            blank = Responses(packet_id=packet_id)
            write_atomically(self._path, _text(blank))
            return blank
        found = parse_responses(self._path.read_bytes())
        if found.packet_id != packet_id:
            raise BundleError(
                f"{self._path} belongs to another packet", tip="Open the notebook in the folder it was issued in."
            )
        return found

    def save(self, slot: str, value: Response) -> None:
        """Replace the answer in `slot`."""
        self._keep(self.current.with_value(slot, value, now=datetime.now(UTC)))

    def mark(self, slot: str, mark: Mark) -> None:
        """Replace what is said about the question in `slot`."""
        self._keep(self.current.model_copy(update={"marks": {**self.current.marks, slot: mark}}))

    def worked(self, seconds: int) -> None:
        """Add time that somebody worked."""
        self._keep(self.current.model_copy(update={"worked_seconds": self.current.worked_seconds + seconds}))

    def _keep(self, responses: Responses) -> None:
        self.current = responses
        self._writer.write(_text(responses))


def _text(responses: Responses) -> bytes:
    return responses.model_dump_json(indent=1).encode()
