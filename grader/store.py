"""Reads and writes our tables; beside it, only small modules about one table each talk SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from sqlalchemy import Engine, RowMapping, case, delete, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from assessments.errors import UsageError
from grader.database import answering, in_portions, open_engine, setting_up
from grader.parameters import Parameters
from grader.results import ALL_WAITS, SkillSums, SubmissionResult
from grader.tables import (
    NEWEST,
    VERSION_TABLE,
    ApplicantRow,
    ExposureRow,
    ItemReportRow,
    ItemScoreRow,
    PacketRow,
    ResultRow,
    SubmissionRow,
)

if TYPE_CHECKING:
    from assessments.packet import Packet, SignedPacket
    from grader.judge import Graded

_MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(url: str, version: str = "head") -> None:
    """Bring our tables to the newest version (or to this one), one process at a time; nbgrader's are left alone.

    Raises:
        WorkspaceError: no database that can be used.
        UnavailableError: the database does not answer.
    """
    engine = open_engine(url, poolclass=NullPool)
    if version in ("head", NEWEST) and _is_newest(engine):
        return
    # takes a tenth of a second to import, which only a database that is not up to date should cost
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with answering(), setting_up(url), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def _is_newest(engine: Engine) -> bool:
    """Whether our tables are at this version's state."""
    try:
        with engine.connect() as connection:
            return bool(connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == NEWEST)
    except DBAPIError:
        # no tables yet, or no database that answers: migrating tells the two apart
        return False


class Store:
    """Our tables in one workspace's database."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        # a server counts its connections: they end with the store, also where nobody closes it
        self._give_back = finalize(self, self.engine.dispose)

    def close(self) -> None:
        """Give the database's connections back."""
        self._give_back()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed as a whole or not at all.

        Raises:
            UnavailableError: the database does not answer.
            UsageError: it cannot hold a value.
        """
        with answering(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def add_applicant(self, applicant_id: str, name: str, *, now: datetime) -> None:
        """Register a person; UsageError if the id is taken."""
        with self.session() as session:
            if session.get(ApplicantRow, applicant_id):
                raise UsageError(f"applicant {applicant_id} is registered already")
            session.add(ApplicantRow(id=applicant_id, name=name, registered_at=now))

    def applicants(self) -> Sequence[ApplicantRow]:
        """Everybody, by id."""
        with self.session() as session:
            # sorted here: each database has an order of its own for text
            return sorted(session.scalars(select(ApplicantRow)), key=lambda row: row.id)

    def require_applicant(self, applicant_id: str) -> ApplicantRow:
        """The applicant; UsageError with the nearest way out if there is none."""
        with self.session() as session:
            row = session.get(ApplicantRow, applicant_id)
        if row is None:
            raise UsageError(
                f"unknown applicant {applicant_id!r}", tip=f"Register with: talentpool applicants add {applicant_id}"
            )
        return row

    def packets(self, applicant_id: str, assessment: str) -> list[Packet]:
        """What was issued to an applicant for an assessment, first attempt first."""
        query = select(PacketRow).where(PacketRow.applicant_id == applicant_id, PacketRow.assessment == assessment)
        with self.session() as session:
            rows = session.scalars(query.order_by(PacketRow.attempt)).all()
        return [_packet(row) for row in rows]

    def packet(self, packet_id: str) -> SignedPacket | None:
        """The packet as it was issued."""
        with self.session() as session:
            row = session.get(PacketRow, packet_id)
        return _signed(row) if row else None

    def add_packet(
        self, signed: SignedPacket, *, grace: timedelta, parameters: Mapping[str, Parameters] | None = None
    ) -> Packet:
        """Record that a packet was issued, and count its items; returns the packet that is on record for its id.

        Args:
            grace: in time is what arrives until so long after the packet is due.
            parameters: what its templates were filled with, by slot.
        """
        packet = signed.open()
        row = PacketRow(
            id=packet.packet_id,
            applicant_id=packet.applicant_id,
            assessment=packet.assessment,
            attempt=packet.attempt,
            issued_at=packet.issued_at,
            closes_at=packet.due_at + grace,
            signed=signed.model_dump_json(),
            parameters=dict(parameters or {}),
        )
        try:
            with self.session() as session:
                known = session.get(PacketRow, packet.packet_id)
                if known is None:
                    session.add(row)
                    session.flush()
                    self._count_items(session, packet)
        except IntegrityError:
            # perhaps another process issued the same attempt in the same moment
            with self.session() as session:
                known = session.get(PacketRow, packet.packet_id)
            if known is None:
                raise
        return _packet(known or row)

    def parameters(self, packet_id: str) -> dict[str, Parameters]:
        """What the templates of a packet were filled with, by slot."""
        with self.session() as session:
            return session.scalar(select(PacketRow.parameters).where(PacketRow.id == packet_id)) or {}

    def _count_items(self, session: Session, packet: Packet) -> None:
        """Add one to the exposure of every item; in one order, so that no two processes wait for each other."""
        ids = sorted(slot.item.id for slot in packet.slots)
        rows = [{"assessment": packet.assessment, "item_id": item_id, "issued": 1} for item_id in ids]
        insert = (sqlite if self.engine.dialect.name == "sqlite" else postgresql).insert(ExposureRow).values(rows)
        more = {"issued": ExposureRow.issued + 1}
        session.execute(insert.on_conflict_do_update(index_elements=["assessment", "item_id"], set_=more))

    def exposure(self, assessment: str) -> dict[str, int]:
        """How often each item of an assessment was issued; those that never were are left out."""
        query = select(ExposureRow).where(ExposureRow.assessment == assessment)
        with self.session() as session:
            return {row.item_id: row.issued for row in session.scalars(query)}

    def was_issued(self, assessment: str) -> bool:
        """Whether anybody ever got this assessment."""
        with self.session() as session:
            return session.scalar(select(PacketRow.id).where(PacketRow.assessment == assessment).limit(1)) is not None

    def add_submission(self, row: SubmissionRow) -> SubmissionRow:
        """Record what was handed in; the same content again returns the first record."""
        try:
            with self.session() as session:
                known = session.get(SubmissionRow, row.id)
                if known is None:
                    session.add(row)
        except IntegrityError:
            # perhaps another process recorded the same content in the same moment
            with self.session() as session:
                known = session.get(SubmissionRow, row.id)
            if known is None:
                raise
        return known or row

    def submissions(self, assessments: Sequence[str] = ()) -> Sequence[SubmissionRow]:
        """All submissions (of these assessments, and those that belong to none), oldest first."""
        query = select(SubmissionRow).order_by(SubmissionRow.received_at, SubmissionRow.id)
        if assessments:
            query = query.join(PacketRow, isouter=True).where(
                PacketRow.assessment.in_(assessments) | SubmissionRow.packet_id.is_(None)
            )
        with self.session() as session:
            return session.scalars(query).all()

    def is_disputed(self, packet_id: str | None) -> bool:
        """Whether several different submissions of one attempt came in, and of some nobody said who sent them."""
        query = select(SubmissionRow.sent_by).where(SubmissionRow.packet_id == packet_id)
        with self.session() as session:
            senders = session.scalars(query).all()
        return packet_id is not None and len(senders) > 1 and None in senders

    def submitted_packets(self, applicant_id: str, assessment: str) -> set[str]:
        """The ids of those packets of an applicant for which something was handed in."""
        query = (
            select(PacketRow.id)
            .join(SubmissionRow, SubmissionRow.packet_id == PacketRow.id)
            .where(PacketRow.applicant_id == applicant_id, PacketRow.assessment == assessment)
        )
        with self.session() as session:
            return set(session.scalars(query))

    def fingerprint(self, submission_id: str) -> str | None:
        """What the result of a submission depended on; None while it has no result."""
        with self.session() as session:
            return session.scalar(select(ResultRow.fingerprint).where(ResultRow.submission_id == submission_id))

    def fingerprints(self) -> dict[str, str]:
        """What each graded submission was graded from."""
        with self.session() as session:
            rows = session.execute(select(ResultRow.submission_id, ResultRow.fingerprint))
            return {row.submission_id: row.fingerprint for row in rows}

    def handed_in_by(self) -> list[str]:
        """Everybody who handed in something, by id."""
        query = select(PacketRow.applicant_id).join(SubmissionRow, SubmissionRow.packet_id == PacketRow.id).distinct()
        with self.session() as session:
            return sorted(session.scalars(query))

    def results(
        self,
        *,
        applicant_id: str | None = None,
        applicant_ids: Collection[str] | None = None,
        assessment: str | None = None,
    ) -> list[SubmissionResult]:
        """All submissions of known packets (of one applicant or some, for one assessment) with their results so far."""
        # columns, not whole rows: a packet's text is long
        query = (
            select(*_RESULT_COLUMNS)
            .join_from(SubmissionRow, PacketRow, SubmissionRow.packet_id == PacketRow.id)
            .join(ResultRow, ResultRow.submission_id == SubmissionRow.id, isouter=True)
            .order_by(SubmissionRow.received_at, SubmissionRow.id)
        )
        if applicant_id:
            query = query.where(PacketRow.applicant_id == applicant_id)
        if applicant_ids is not None:
            query = query.where(PacketRow.applicant_id.in_(applicant_ids))
        if assessment:
            query = query.where(PacketRow.assessment == assessment)
        with self.session() as session:
            return [_result(row._mapping) for row in session.connection().execute(query)]

    def skill_sums(self, submission_ids: Collection[str]) -> Iterator[SkillSums]:
        """What these submissions earned in each skill; much less to read than `item_scores`."""
        row = ItemScoreRow
        # a slot of which all points wait counts nothing
        judged = case((row.max_points - row.points_pending > ALL_WAITS, row.max_points - row.points_pending))
        sums = (
            *(func.sum(row.points), func.sum(row.points_pending)),
            *(func.count(judged), func.coalesce(func.sum(judged), 0.0), func.coalesce(func.sum(judged * judged), 0.0)),
            *(func.count(), func.sum(row.max_points), func.sum(row.max_points * row.max_points)),
        )
        query = select(row.submission_id, row.skill, *sums).group_by(row.submission_id, row.skill)
        with self.session() as session:
            # the connection's rows cost half of the session's
            connection = session.connection()
            for portion in in_portions(submission_ids):
                found = connection.execute(query.where(row.submission_id.in_(portion)))
                yield from map(SkillSums._make, found)

    def item_scores(self, submission_ids: Collection[str]) -> list[ItemScoreRow]:
        """The item scores of these submissions, by submission and slot."""
        with self.session() as session:
            portions = in_portions(submission_ids)
            chosen = (select(ItemScoreRow).where(ItemScoreRow.submission_id.in_(portion)) for portion in portions)
            rows = [row for portion in chosen for row in session.scalars(portion)]
        return sorted(rows, key=lambda row: (row.submission_id, row.slot))

    def save_result(
        self, session: Session, submission_id: str, graded: Graded, *, fingerprint: str, now: datetime
    ) -> None:
        """Replace a submission's result with its item scores and reports, within the caller's transaction."""
        for table in (ItemScoreRow, ItemReportRow, ResultRow):
            session.execute(delete(table).where(table.submission_id == submission_id))
        session.add(
            ResultRow(
                submission_id=submission_id,
                outcome=graded.outcome,
                points=graded.points,
                points_pending=graded.points_pending,
                max_points=graded.max_points,
                worked_minutes=graded.worked_minutes,
                reasons=list(graded.reasons),
                fingerprint=fingerprint,
                graded_at=now,
            )
        )
        session.add_all(ItemScoreRow(submission_id=submission_id, **score.model_dump()) for score in graded.scores)
        session.add_all(_reports(submission_id, graded))


def _packet(row: PacketRow) -> Packet:
    return _signed(row).open()


def _signed(row: PacketRow) -> SignedPacket:
    # brings the code of every kind of item, and most commands open no packet
    from assessments.packet import SignedPacket

    return SignedPacket.model_validate_json(row.signed)


def _reports(submission_id: str, graded: Graded) -> Iterator[ItemReportRow]:
    for score in graded.scores:
        if (text := graded.reports.get(score.slot)) is not None:
            yield ItemReportRow(
                submission_id=submission_id,
                slot=score.slot,
                item_id=score.item_id,
                item_version=score.item_version,
                text=text,
            )


_RESULT_COLUMNS = (
    *(SubmissionRow.id.label("submission_id"), SubmissionRow.received_at, SubmissionRow.notes),
    *(PacketRow.applicant_id, PacketRow.assessment, PacketRow.attempt, PacketRow.issued_at, PacketRow.closes_at),
    *(ResultRow.outcome, ResultRow.points, ResultRow.points_pending, ResultRow.max_points, ResultRow.worked_minutes),
    *(ResultRow.reasons, ResultRow.fingerprint),
)


def _result(columns: RowMapping) -> SubmissionResult:
    found = dict(columns)
    notes = found.pop("notes")
    ungraded = {"points_pending": 0.0, "reasons": notes} if found["outcome"] is None else {}
    return SubmissionResult(**{**found, **ungraded})
