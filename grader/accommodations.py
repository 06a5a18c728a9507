"""More time for single applicants: granted by a person with a reason, for whatever is issued from then on."""

import math
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError
from sqlalchemy import select

from assessments.errors import UsageError
from assessments.items import Record, Text
from assessments.problems import first_problem
from grader.store import Store
from grader.tables import AccommodationRow

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class Accommodation(Record):
    """The time of an assessment times `factor`, rounded up to whole minutes, and `extra_minutes` more."""

    factor: Annotated[float, Field(ge=1, le=10)] = 1.0
    extra_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    reason: Reason = ""
    granted_by: Annotated[Text, StringConstraints(max_length=100)]
    granted_at: AwareDatetime

    @property
    def adds_something(self) -> bool:
        """Whether it is one; taking one back is recorded as one that adds nothing."""
        return self.factor > 1 or self.extra_minutes > 0

    def minutes_added(self, minutes: int) -> int:
        """How much longer than `minutes` this person has."""
        # floats: 40 times 1.1 is a hair above 44
        return math.ceil(round(minutes * self.factor, 6)) + self.extra_minutes - minutes

    def __str__(self) -> str:
        parts = [f"× {self.factor:g}"] if self.factor > 1 else []
        parts += [f"+ {self.extra_minutes} minutes"] if self.extra_minutes else []
        return " ".join(("time", *parts))


def accommodate(
    store: Store, applicant_id: str, *, factor: float, extra_minutes: int, reason: str, by: str, now: datetime
) -> Accommodation:
    """Grant somebody more time; it takes the place of what was granted before.

    Raises:
        UsageError: an unknown applicant, no reason, or values that are not allowed.
    """
    store.require_applicant(applicant_id)
    fields = {"factor": factor, "extra_minutes": extra_minutes, "reason": reason, "granted_by": by, "granted_at": now}
    try:
        accommodation = Accommodation.model_validate(fields)
    except ValidationError as error:
        allowed = "Allowed are a factor from 1 to 10 and 0 to 1440 extra minutes."
        raise UsageError(f"accommodation: {first_problem(error)}", tip=allowed) from None
    if not accommodation.adds_something or not accommodation.reason:
        raise UsageError("more time needs --factor above 1 or --extra-minutes, and --reason TEXT")
    _add(store, applicant_id, accommodation)
    return accommodation


def take_back(store: Store, applicant_id: str, *, by: str, now: datetime) -> None:
    """From now on the applicant has the usual time; UsageError if that is so already."""
    store.require_applicant(applicant_id)
    if applicant_id not in accommodations(store):
        raise UsageError(f"{applicant_id} has no accommodation")
    _add(store, applicant_id, Accommodation(granted_by=by, granted_at=now))


def _add(store: Store, applicant_id: str, accommodation: Accommodation) -> None:
    with store.session() as session:
        session.add(AccommodationRow(applicant_id=applicant_id, **accommodation.model_dump()))


def accommodations(store: Store, applicant_id: str | None = None) -> dict[str, Accommodation]:
    """What is in force, by applicant."""
    query = select(AccommodationRow).order_by(AccommodationRow.id)
    if applicant_id:
        query = query.where(AccommodationRow.applicant_id == applicant_id)
    with store.session() as session:
        newest = {row.applicant_id: row for row in session.scalars(query)}
    fields = Accommodation.model_fields
    found = {who: Accommodation(**{name: getattr(row, name) for name in fields}) for who, row in newest.items()}
    return {who: accommodation for who, accommodation in found.items() if accommodation.adds_something}
