"""The applicant's answers: one small file beside the notebook, written at once and atomically."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from assessments.errors import BundleError
from assessments.items import Record, Response, Slug
from assessments.packet import first_problem

RESPONSES_FILE = "responses.json"


class SavedResponse(Record):
    """One answer and when it was last changed (UTC, by the applicant's clock)."""

    value: Response
    saved_at: AwareDatetime


class Responses(Record):
    """All answers to one packet, by slot. A slot that is not here was never answered."""

    format: Annotated[int, Field(ge=1, le=1)] = 1
    packet_id: str
    responses: Mapping[Slug, SavedResponse] = Field(default_factory=dict)

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
    """`responses.json` in one folder; every `save` is on the disk before it returns."""

    def __init__(self, folder: Path, packet_id: str) -> None:
        self._path = folder / RESPONSES_FILE
        self.current = self._load(packet_id)

    def _load(self, packet_id: str) -> Responses:
        if not self._path.exists():
            # who opens the notebook and answers nothing has handed in a blank form, not a broken one
            return self._write(Responses(packet_id=packet_id))
        found = parse_responses(self._path.read_bytes())
        if found.packet_id != packet_id:
            raise BundleError(
                f"{self._path} belongs to another packet", tip="Open the notebook in the folder it was issued in."
            )
        return found

    def save(self, slot: str, value: Response) -> None:
        """Replace the answer in `slot`."""
        self.current = self._write(self.current.with_value(slot, value, now=datetime.now(UTC)))

    def _write(self, responses: Responses) -> Responses:
        write_atomically(self._path, responses.model_dump_json(indent=1).encode())
        return responses


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is, at any moment, either the old one or the new one."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with scratch.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(path)
