"""Reads applicants from a CSV file: all of it is checked before any of it is used, each problem by line and column."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessments.applying.application import Application, problems
from assessments.applying.consent import CURRENT
from assessments.errors import UsageError
from assessments.items import Record
from assessments.packet import ApplicantId
from onboarding.applying.records import id_of

APPLIED_WITH = ("email", "country", "time_zone", "languages", "domains", "degree", "hours_a_week", "consent_at")
COLUMNS = ("id", "name", *APPLIED_WITH)
MAX_SHOWN = 5
"""So many problems are named; there are rarely more kinds of them."""
_ID: TypeAdapter[str] = TypeAdapter(ApplicantId)
_PAIRS = {"languages": ("language", "level"), "domains": ("domain", "years")}


class Row(Record):
    """One line of the file.

    Args:
        applicant_id: as the file says; "" where an application came without one.
        application: None where the line holds nothing but id and name.
    """

    line: int
    applicant_id: str
    name: str
    application: Application | None = None

    @property
    def new_id(self) -> str:
        """The id under which somebody new is registered."""
        return self.applicant_id or (id_of(self.application.draft) if self.application else "")


def read_roster(path: Path) -> list[Row]:
    """The lines of a CSV file.

    Raises:
        UsageError: unreadable, columns that there are not, or cells that cannot be used, with line and column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _require_columns(path, reader.fieldnames or [])
            lines = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path.name} cannot be read: {error}") from None
    rows, found = [], []
    for line, cells in lines:
        row, wrong = _row(line, cells)
        found += wrong
        rows += [row] if row else []
    refuse(path, [*found, *_twice(rows)])
    return rows


def refuse(path: Path, found: Iterable[str]) -> None:
    """UsageError that names the first of these problems, if there are any."""
    if lines := list(found):
        more = f"; and {len(lines) - MAX_SHOWN} more" if len(lines) > MAX_SHOWN else ""
        raise UsageError(
            f"{path.name}: {'; '.join(lines[:MAX_SHOWN])}{more}",
            tip="Nobody was registered. Correct it and import it again.",
        )


def _require_columns(path: Path, names: Iterable[str]) -> None:
    found = list(names)
    odd = [name for name in found if name not in COLUMNS]
    if "id" not in found and "email" not in found:
        raise UsageError(f"{path.name}: found columns {found}, allowed {', '.join(COLUMNS)}; id or email is needed")
    if odd and "email" in found:
        raise UsageError(f"{path.name}: found the column {odd[0]!r}, allowed {', '.join(COLUMNS)}")
    if len(set(found)) < len(found):
        raise UsageError(f"{path.name}: a column is found twice")


def _row(line: int, cells: Mapping[str | None, Any]) -> tuple[Row | None, list[str]]:
    """A line as a row, or its problems."""
    if None in cells:
        return None, [f"line {line}: more cells than columns"]
    text = {str(name): (value or "").strip() for name, value in cells.items()}
    applicant_id, name = text.get("id", ""), text.get("name", "")
    if not any(text.get(column) for column in APPLIED_WITH):
        wrong = _id_problem(line, applicant_id)
        return (None, wrong) if wrong else (Row(line=line, applicant_id=applicant_id, name=name), [])
    data = _application(text)
    wrong = [_told(line, text, field, problem) for field, problem in problems(data).items()]
    wrong += _id_problem(line, applicant_id) if applicant_id else []
    if wrong:
        return None, wrong
    return Row(line=line, applicant_id=applicant_id, name=name, application=Application.model_validate(data)), []


def _application(text: Mapping[str, str]) -> dict[str, Any]:
    """What a line says, in an application's form, unchecked."""
    own = {column: text.get(column, "") for column in ("name", "email", "time_zone", "degree", "hours_a_week")}
    pairs = {column: list(_pairs(text.get(column, ""), *parts)) for column, parts in _PAIRS.items()}
    consent = {"version": CURRENT, "given_at": text.get("consent_at", "")}
    ours = {"consent": consent, "draft": token_hex(16), "came_by": "file"}
    return {**own, **pairs, "country": text.get("country", "").upper(), **ours}


def _pairs(cell: str, first: str, second: str) -> Iterator[dict[str, str]]:
    """`en:C1; es:B2` as records."""
    for pair in filter(None, (part.strip() for part in cell.split(";"))):
        name, _, value = (part.strip() for part in pair.partition(":"))
        yield {first: name, second: value}


def _told(line: int, text: Mapping[str, str], field: str, problem: str) -> str:
    column = "consent_at" if field == "consent" else field.partition(".")[0]
    if column == "consent_at":
        problem = "Please give when the person agreed, such as 2026-03-02T09:30+00:00."
    return f"line {line}, column {column}: found {text.get(column, '')[:60]!r}. {problem.removesuffix('.')}"


def _id_problem(line: int, applicant_id: str) -> list[str]:
    try:
        _ID.validate_python(applicant_id)
    except ValidationError:
        allowed = "allowed are at most 64 letters, digits, - and _, starting with a letter or digit"
        return [f"line {line}, column id: found {applicant_id[:60]!r}, {allowed}"]
    return []


def _twice(rows: Iterable[Row]) -> Iterator[str]:
    """People who are in the file twice; the same id and name once more says nothing new."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        for column, value in (("id", row.applicant_id), ("email", row.application.email if row.application else "")):
            before = first.setdefault((column, value), row)
            says_more = row.application is not None or row.name != before.name
            if value and before.line != row.line and says_more:
                yield f"line {row.line}, column {column}: {value!r} stands in line {before.line} already"
