"""One person's rows in all our tables: to be read, or to be left without what is personal. Talks SQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session

from assessments.packet import SignedPacket
from grader.course.students import remove_student, student_rows
from grader.issue import sign
from grader.store import Store
from grader.tables import (
    ApplicantRow,
    AutogradeRow,
    Base,
    ItemReportRow,
    ItemScoreRow,
    PacketRow,
    ResultRow,
    SubmissionRow,
)
from onboarding.applying.records import id_of
from onboarding.decision import AUTOMATIC
from onboarding.privacy.columns import BLANK, COLUMNS, LEAVING
from onboarding.privacy.pseudonyms import new_pseudonym
from onboarding.tables import ApplicationRow, CredentialRow, DecisionRow, TicketEntryRow, TicketRow

ERASED = "erased with the personal data"
"""What stands where a person had written a reason."""
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in the record of an id that was erased: a time would tie it to the pseudonym."""


def rows_of(store: Store, applicant_id: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that the database holds about a person, by table; tables without anything are left out."""
    with store.session() as session:
        found = {
            kind.__tablename__: [
                {column.key: getattr(row, column.key) for column in kind.__table__.columns}
                for row in session.scalars(select(kind).where(mine))
            ]
            for kind, mine in _owned(applicant_id).items()
        }
        found |= student_rows(session.connection(), applicant_id)
    return {name: rows for name, rows in found.items() if rows}


def is_here(store: Store, applicant_id: str) -> bool:
    """Whether somebody of this id is registered."""
    with store.session() as session:
        return session.get(ApplicantRow, applicant_id) is not None


def pseudonymise(session: Session, applicant_id: str, pseudonym: str, secret: bytes, *, now: datetime) -> None:
    """Take everything personal away, and put what stays under the pseudonym, within the caller's transaction."""
    was_drawn = _was_drawn(session, applicant_id)
    owned = _owned(applicant_id)
    for kind, values in BLANK.items():
        session.execute(update(kind).where(owned[kind]).values(**values))
    for kind in sorted(LEAVING, key=_depth, reverse=True):
        session.execute(delete(kind).where(owned[kind]))
    _remove_ungraded(session, owned[SubmissionRow])
    remove_student(session.connection(), applicant_id)
    _blank_reasons(session, applicant_id)
    _move(session, applicant_id, pseudonym, secret, now=now)
    if was_drawn:
        _leave_a_stone(session, applicant_id)
    else:
        session.execute(delete(ApplicantRow).where(ApplicantRow.id == applicant_id))


def _owned(applicant_id: str) -> dict[type[Base], ColumnElement[bool]]:
    """What is one person's in each table."""
    packets = select(PacketRow.id).where(PacketRow.applicant_id == applicant_id)
    handed_in = SubmissionRow.packet_id.in_(packets) | (SubmissionRow.sent_by == applicant_id)
    submissions = select(SubmissionRow.id).where(handed_in)
    tickets = select(TicketRow.id).where(TicketRow.applicant_id == applicant_id)
    return {
        ApplicantRow: ApplicantRow.id == applicant_id,
        SubmissionRow: handed_in,
        **{kind: kind.submission_id.in_(submissions) for kind in (ResultRow, ItemScoreRow, ItemReportRow)},
        AutogradeRow: AutogradeRow.student == applicant_id,
        TicketEntryRow: TicketEntryRow.ticket_id.in_(tickets),
        **{
            kind: _table(kind).c.applicant_id == applicant_id
            for kind in COLUMNS
            if "applicant_id" in kind.__table__.columns
        },
    }


def _depth(kind: type[Base]) -> int:
    """Later tables hang on earlier ones."""
    return Base.metadata.sorted_tables.index(_table(kind))


def _table(kind: type[Base]) -> Table:
    return cast(Table, kind.__table__)


def _was_drawn(session: Session, applicant_id: str) -> bool:
    """Whether the id was drawn by chance with an application, and says nothing about the person."""
    data = session.scalar(select(ApplicationRow.data).where(ApplicationRow.applicant_id == applicant_id))
    return data is not None and id_of(str(data.get("draft"))) == applicant_id


def _remove_ungraded(session: Session, mine: ColumnElement[bool]) -> None:
    """What has no points has no use without its files, and nobody can grade it any more."""
    graded = select(ItemScoreRow.submission_id)
    gone = session.scalars(select(SubmissionRow.id).where(mine, SubmissionRow.id.not_in(graded))).all()
    session.execute(delete(ResultRow).where(ResultRow.submission_id.in_(gone)))
    session.execute(delete(SubmissionRow).where(SubmissionRow.id.in_(gone)))


def _blank_reasons(session: Session, applicant_id: str) -> None:
    """Of what people wrote as reasons nothing stays, nor of what grading said about files."""
    for row in session.scalars(select(DecisionRow).where(DecisionRow.applicant_id == applicant_id)):
        said = [flag for each in row.inputs for flag in each.get("flags", ())]
        row.inputs = [{**each, "flags": []} for each in row.inputs]
        row.rules = [_without(rule, said) for rule in row.rules]
        row.reasons = [_without(reason, said) for reason in row.reasons] if row.decided_by == AUTOMATIC else [ERASED]


def _without(value: Any, said: Sequence[str]) -> Any:
    """A text, or a rule with its texts, without these words."""
    if isinstance(value, dict):
        return {name: _without(part, said) for name, part in value.items()}
    if isinstance(value, str):
        for words in said:
            value = value.replace(words, ERASED) if words else value
    return value


def _move(session: Session, applicant_id: str, pseudonym: str, secret: bytes, *, now: datetime) -> None:
    """Everything that is left hangs on the pseudonym; badges, which name their holders, on one of their own."""
    session.add(ApplicantRow(id=pseudonym, name=pseudonym, registered_at=now))
    badges = CredentialRow.applicant_id == applicant_id
    if session.scalar(select(CredentialRow.id).where(badges).limit(1)):
        holder = new_pseudonym()
        session.add(ApplicantRow(id=holder, name=holder, registered_at=now))
        session.flush()
        session.execute(update(CredentialRow).where(badges).values(applicant_id=holder))
    session.flush()
    session.execute(update(SubmissionRow).where(SubmissionRow.sent_by == applicant_id).values(sent_by=pseudonym))
    for row in session.scalars(select(PacketRow).where(PacketRow.applicant_id == applicant_id)):
        packet = SignedPacket.model_validate_json(row.signed).open().model_copy(update={"applicant_id": pseudonym})
        row.signed = sign(packet, secret).model_dump_json()
    session.flush()
    for kind in COLUMNS:
        if kind not in LEAVING and "applicant_id" in (table := _table(kind)).columns:
            session.execute(update(table).where(table.c.applicant_id == applicant_id).values(applicant_id=pseudonym))


def _leave_a_stone(session: Session, applicant_id: str) -> None:
    """So that the same application, sent again from an old mail, does not bring the person back."""
    nothing = {"name": "erased", "registered_at": NO_TIME}
    session.execute(update(ApplicantRow).where(ApplicantRow.id == applicant_id).values(**nothing))
    session.add(ApplicationRow(applicant_id=applicant_id, data={}, submitted_at=NO_TIME, erased_at=NO_TIME))
