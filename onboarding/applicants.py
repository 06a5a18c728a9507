"""Registers applicants, one by one or from a CSV file."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assessments.errors import UsageError
from assessments.packet import ApplicantId
from grader.store import Store

_ID: TypeAdapter[str] = TypeAdapter(ApplicantId)


def register(store: Store, applicant_id: str, name: str, *, now: datetime) -> None:
    """Register one person; UsageError for an id that cannot be used or is taken."""
    store.add_applicant(_checked(applicant_id), name.strip() or applicant_id, now=now)


def import_csv(store: Store, path: Path, *, now: datetime) -> list[str]:
    """Register everybody in a CSV file with the columns id and name; returns the ids that were new.

    Raises:
        UsageError: unreadable, columns missing, or an id that cannot be used; then nobody was registered.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if "id" not in (reader.fieldnames or []):
                raise UsageError(f"{path.name}: found columns {reader.fieldnames}, allowed id and name")
            people = [(row["id"].strip(), (row.get("name") or "").strip()) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path.name} cannot be read: {error}") from None
    return _register_new(store, people, now=now)


def _register_new(store: Store, people: Iterable[tuple[str, str]], *, now: datetime) -> list[str]:
    checked = {_checked(applicant_id): name for applicant_id, name in people}
    known = {row.id for row in store.applicants()}
    new = [applicant_id for applicant_id in checked if applicant_id not in known]
    for applicant_id in new:
        register(store, applicant_id, checked[applicant_id], now=now)
    return new


def _checked(applicant_id: str) -> str:
    try:
        return _ID.validate_python(applicant_id)
    except ValidationError:
        raise UsageError(
            f"applicant id {applicant_id!r}: allowed are at most 64 letters, digits, - and _, "
            "starting with a letter or digit"
        ) from None
