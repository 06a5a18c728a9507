"""Finds what was kept for as long as it may be. Talks SQL."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from grader.store import Store
from grader.tables import PacketRow, SubmissionRow
from grader.workspace import Workspace
from onboarding.decision import Verdict
from onboarding.privacy.places import BY_PERSON, Attempt, bundles_of, inbox
from onboarding.tables import ApplicationRow, CvRow, DecisionRow, EventRow


class Outlasted(NamedTuple):
    """Something that was kept long enough.

    Args:
        period: the one that it outlasted; `since`: when that began.
        applicant_id: whose it is; "" where nobody knows.
        what: the hash of a CV, the number of a submission, or the person's id.
        places: the files that go.
    """

    period: str
    applicant_id: str
    what: str
    since: datetime
    places: tuple[Path, ...] = ()


def declined_cvs(store: Store, before: datetime) -> list[Outlasted]:
    """CVs of those whose newest decision is a decline from before this moment."""
    newest = select(func.max(DecisionRow.id)).group_by(DecisionRow.applicant_id)
    query = (
        select(CvRow.applicant_id, CvRow.sha256, DecisionRow.decided_at)
        .join(DecisionRow, DecisionRow.applicant_id == CvRow.applicant_id)
        .where(DecisionRow.id.in_(newest), DecisionRow.outcome == Verdict.DECLINE, DecisionRow.decided_at <= before)
        .order_by(CvRow.applicant_id)
    )
    with store.session() as session:
        return [Outlasted("cv_days_after_decline", *row) for row in session.execute(query)]


def forget_cv(store: Store, applicant_id: str) -> None:
    """Take a CV off the record, and out of the application."""
    with store.session() as session:
        if application := session.get(ApplicationRow, applicant_id):
            application.data = {**application.data, "cv": None}
        if cv := session.get(CvRow, applicant_id):
            session.delete(cv)


def unfinished(store: Store, before: datetime) -> list[Outlasted]:
    """Those who applied, handed in nothing and were not decided about, where nothing happened since this moment."""
    applicant_id = ApplicationRow.applicant_id
    handed_in = select(PacketRow.applicant_id).join(SubmissionRow, SubmissionRow.packet_id == PacketRow.id)
    query = (
        select(applicant_id, ApplicationRow.submitted_at)
        .where(ApplicationRow.erased_at.is_(None), ApplicationRow.submitted_at <= before)
        .where(applicant_id.not_in(handed_in), applicant_id.not_in(select(DecisionRow.applicant_id)))
        .where(applicant_id.not_in(select(EventRow.applicant_id).where(EventRow.at > before)))
        .where(applicant_id.not_in(select(PacketRow.applicant_id).where(PacketRow.issued_at > before)))
        .order_by(applicant_id)
    )
    with store.session() as session:
        found = session.execute(query).all()
    return [Outlasted("unfinished_application_days", whose, whose, since) for whose, since in found]


def old_submissions(workspace: Workspace, store: Store, before: datetime) -> list[Outlasted]:
    """Submissions from before this moment of which files are there still."""
    query = (
        select(SubmissionRow.id, SubmissionRow.received_at, SubmissionRow.sent_by, *_ATTEMPT)
        .join(PacketRow, PacketRow.id == SubmissionRow.packet_id, isouter=True)
        .order_by(SubmissionRow.received_at, SubmissionRow.id)
    )
    with store.session() as session:
        rows = session.execute(query).all()
    # ordered by time: the last one of each stays
    newest = {(row.applicant_id, row.assessment): row.received_at for row in rows}
    lying = {submission_id: path for path, _, submission_id in inbox(workspace)}
    found = []
    for row in rows:
        places = [workspace.intake / row.id, *([lying[row.id]] if row.id in lying else [])]
        if row.assessment and newest[row.applicant_id, row.assessment] <= before:
            places += _beside(workspace, Attempt("", row.applicant_id, row.assessment, row.attempt))
        there = tuple(path for path in places if path.exists())
        if row.received_at <= before and there:
            whose = row.applicant_id or row.sent_by or ""
            found.append(Outlasted("submission_files_days", whose, row.id, row.received_at, there))
    return found


_ATTEMPT = PacketRow.applicant_id, PacketRow.assessment, PacketRow.attempt


def _beside(workspace: Workspace, attempt: Attempt) -> list[Path]:
    """What lies elsewhere of an attempt, and of its assessment in nbgrader's layout."""
    return [
        *(workspace.root / folder / attempt.applicant_id / attempt.assessment for folder in BY_PERSON),
        workspace.applicants / attempt.applicant_id / f"{attempt.assessment}-attempt{attempt.number}",
        *bundles_of(workspace, [attempt]),
    ]
