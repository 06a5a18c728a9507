"""A packet: the items issued to one applicant for one attempt, without keys, signed by the grader's side."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SerializeAsAny,
    StringConstraints,
    ValidationError,
    field_validator,
)

from assessments.errors import BundleError
from assessments.items import Item, Record, Slug
from assessments.kinds import KINDS
from assessments.kinds.code import CodeItem
from assessments.problems import first_problem

PACKET_FILE = "packet.json"
ApplicantId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


def item_by_kind(value: Any) -> Item:
    """An item out of plain data, by the kind that they name; ValueError if there is no such kind."""
    if isinstance(value, Item):
        return value
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; allowed: {', '.join(KINDS)}")
    return KINDS[kind].model_validate(value)


class IssuedSlot(Record):
    """A slot of the notebook, filled with one item.

    Args:
        explanation: what a good answer is and why (Markdown); only in practice, where nothing counts.
    """

    slot: Slug
    points: PositiveFloat
    item: SerializeAsAny[Item]
    explanation: str = ""

    @field_validator("item", mode="before")
    @classmethod
    def _by_kind(cls, value: Any) -> Any:
        return item_by_kind(value)


class Packet(Record):
    """What was issued, to whom, when, and until when it may be handed in. Times are UTC.

    Args:
        minutes: the time that this applicant has, `extra_minutes` included.
        extra_minutes: what an accommodation added.
        practice: without a time limit, with explanations, never graded.
        aliased: whether options go by names that were drawn for this packet.
        guideline: what the work has to follow (Markdown); "" where there is none.
    """

    format: Annotated[int, Field(ge=1, le=1)] = 1
    packet_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    assessment: Slug
    title: str
    applicant_id: ApplicantId
    attempt: PositiveInt
    bank_version: str
    issued_at: AwareDatetime
    minutes: PositiveInt
    extra_minutes: NonNegativeInt = 0
    practice: bool = False
    aliased: bool = False
    guideline: str = ""
    slots: tuple[IssuedSlot, ...]

    @property
    def due_at(self) -> datetime:
        """When the time is up."""
        return self.issued_at + timedelta(minutes=self.minutes)

    @property
    def max_points(self) -> float:
        """All points that can be had."""
        return sum(slot.points for slot in self.slots)

    def code_items(self) -> dict[str, CodeItem]:
        """The items that ask for code, by slot, in the notebook's order."""
        return {slot.slot: slot.item for slot in self.slots if isinstance(slot.item, CodeItem)}


class SignedPacket(Record):
    """The packet as a file: its exact text, and the signature over that text."""

    packet: str
    signature: str

    def open(self) -> Packet:
        """The packet inside, unverified: only the grader's side can check the signature.

        Raises:
            BundleError: the text is not a packet.
        """
        try:
            return Packet.model_validate_json(self.packet)
        except ValidationError as error:
            raise BundleError(f"{PACKET_FILE} is not a packet: {first_problem(error)}") from None


def read_packet(folder: Path) -> Packet:
    """The packet that lies beside the notebook in `folder`."""
    path = folder / PACKET_FILE
    try:
        return SignedPacket.model_validate_json(path.read_bytes()).open()
    except OSError:
        raise BundleError(f"{PACKET_FILE} is missing in {folder}", tip="Unpack the whole bundle again.") from None
    except ValidationError as error:
        raise BundleError(f"{path} cannot be read: {first_problem(error)}") from None
