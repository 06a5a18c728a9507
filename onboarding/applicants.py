"""Registers applicants, one by one or from a CSV file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assessments.errors import UsageError
from assessments.packet import ApplicantId
from grader.store import Store
from grader.tables import ApplicantRow
from onboarding.applying import records
from onboarding.applying.roster import Row, read_roster, refuse

_ID: TypeAdapter[str] = TypeAdapter(ApplicantId)


def register(store: Store, applicant_id: str, name: str, *, now: datetime) -> None:
    """Register one person; UsageError for an id that cannot be used or is taken."""
    store.add_applicant(_checked(applicant_id), name.strip() or applicant_id, now=now)


def import_csv(store: Store, path: Path, *, now: datetime) -> list[Row]:
    """Register everybody in a CSV file, all or nobody; those who are here already stay as they are.

    Returns:
        The rows of those who are new.

    Raises:
        UsageError: unreadable, a cell that cannot be used, or an e-mail address that is another person's.
    """
    rows = read_roster(path)
    try:
        with store.session() as session:
            known, owners = set(session.scalars(select(ApplicantRow.id))), records.holders(session)
            refuse(path, _taken(rows, owners))
            new = {row.new_id: row for row in rows if row.new_id not in known and not _is_here(row, owners)}
            plain = {key: row.name or key for key, row in new.items() if row.application is None}
            session.add_all(ApplicantRow(id=key, name=name, registered_at=now) for key, name in plain.items())
            applications = {row.new_id: row.application for row in new.values() if row.application}
            records.add(session, applications, now=now)
    except IntegrityError:
        raise UsageError(
            f"{path.name}: somebody in it was registered by another process in this moment; nobody was registered",
            tip="Import it again.",
        ) from None
    return list(new.values())


def _is_here(row: Row, owners: dict[str, str]) -> bool:
    return row.application is not None and row.application.email in owners


def _taken(rows: Sequence[Row], owners: dict[str, str]) -> Iterator[str]:
    for row in rows:
        owner = owners.get(row.application.email) if row.application else None
        if owner and row.applicant_id not in ("", owner):
            yield f"line {row.line}, column email: {owner} applied with this address already"


def _checked(applicant_id: str) -> str:
    try:
        return _ID.validate_python(applicant_id)
    except ValidationError:
        raise UsageError(
            f"applicant id {applicant_id!r}: allowed are at most 64 letters, digits, - and _, "
            "starting with a letter or digit"
        ) from None
