"""What the tables say that happened to people, read for many of them at once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from assessments.items import Record
from grader.tables import ApplicantRow, PacketRow, SubmissionRow
from onboarding import records
from onboarding.applying.declared import abilities_in
from onboarding.decision import Decision
from onboarding.journey.states import Journey
from onboarding.notices.languages import FALLBACK, LANGUAGES
from onboarding.privacy.pseudonyms import is_pseudonym
from onboarding.requirements import Policy
from onboarding.tables import ApplicationRow, LessonRow

Attempts = tuple[tuple[str, int, datetime], ...]


class Facts(Record):
    """What is on record about one applicant.

    Args:
        applied_at: when the application arrived; when somebody was registered, if there is none.
        filled_in_page: only who applied on the page is asked for the self-assessment.
        self_assessed_at: None where it is not done.
        language: of the notices.
        issued, handed_in: (assessment, attempt, when); of hand-ins the first of each attempt.
        decisions: those that the journal has not.
        modules: (module, when it was finished), of those that the policy asks for or that train for an assessment.
        assigned: what has to be taken.
    """

    applicant_id: str
    applied_at: datetime
    filled_in_page: bool
    self_assessed_at: datetime | None
    language: str
    issued: Attempts
    handed_in: Attempts
    decisions: tuple[Decision, ...]
    modules: tuple[tuple[str, datetime], ...]
    assigned: tuple[str, ...]


def facts(
    session: Session, policy: Policy, applicant_ids: Collection[str], journeys: Mapping[str, Journey]
) -> Iterator[Facts]:
    """All that matters for the ways of these people; ids that nobody has, and who was erased, are left out.

    Args:
        journeys: where they stand; none where somebody has no event yet.
    """
    ids = [name for name in applicant_ids if not is_pseudonym(name)]
    able, self_assessed = abilities_in(session, ids), _self_assessed(session, ids)
    issued, handed_in = _by_applicant(session, _issued(ids)), _by_applicant(session, _handed_in(ids))
    modules = _by_applicant(session, _lessons(ids, policy))
    decisions = _decisions(session, ids, journeys)
    registered = select(ApplicantRow.id, ApplicantRow.registered_at).where(ApplicantRow.id.in_(ids))
    for name, registered_at in session.execute(registered.order_by(ApplicantRow.id)):
        yield Facts(
            applicant_id=name,
            applied_at=registered_at,
            filled_in_page=name in self_assessed,
            self_assessed_at=self_assessed.get(name),
            language=able[name].best_of(LANGUAGES) if name in able else FALLBACK,
            issued=tuple(issued.get(name, ())),
            handed_in=tuple(handed_in.get(name, ())),
            decisions=tuple(decisions.get(name, ())),
            modules=tuple(modules.get(name, ())),
            assigned=tuple(policy.required_of(able[name].declared if name in able else None)),
        )


def _self_assessed(session: Session, ids: Collection[str]) -> dict[str, datetime | None]:
    """When those who applied on the page did the self-assessment; None where they have not yet."""
    row = ApplicationRow
    at, by = row.data["self_assessed_at"].as_string(), row.data["came_by"].as_string()
    query = select(row.applicant_id, at, by).where(row.applicant_id.in_(ids), row.erased_at.is_(None))
    found = [(name, at) for name, at, by in session.execute(query) if by != "file"]
    return {name: datetime.fromisoformat(at) if at else None for name, at in found}


def _issued(ids: Collection[str]) -> Executable:
    row = PacketRow
    return select(row.applicant_id, row.assessment, row.attempt, row.issued_at).where(row.applicant_id.in_(ids))


def _handed_in(ids: Collection[str]) -> Executable:
    row = PacketRow
    first = func.min(SubmissionRow.received_at)
    query = select(row.applicant_id, row.assessment, row.attempt, first).where(row.applicant_id.in_(ids))
    query = query.join(SubmissionRow, SubmissionRow.packet_id == row.id)
    return query.group_by(row.applicant_id, row.assessment, row.attempt)


def _lessons(ids: Collection[str], policy: Policy) -> Executable:
    """Whoever has a module's answers on record has finished it."""
    row = LessonRow
    query = select(row.applicant_id, row.module, func.max(row.at)).group_by(row.applicant_id, row.module)
    return query.where(row.applicant_id.in_(ids), row.module.in_([*policy.journey.modules, *policy.named]))


def _by_applicant(session: Session, query: Executable) -> dict[str, list[Any]]:
    """Rows without their first column, by that, in the order of the last."""
    rows = sorted(session.execute(query), key=lambda row: (row[0], row[-1], row[1:-1]))
    return {name: [row[1:] for row in some] for name, some in groupby(rows, key=itemgetter(0))}


def _decisions(session: Session, ids: Collection[str], journeys: Mapping[str, Journey]) -> dict[str, list[Decision]]:
    """Those that are not in the journal."""
    new: dict[str, list[int]] = {}
    for number, name in records.numbers(session, ids):
        journey = journeys.get(name)
        if journey is None or number > (journey.decision or 0):
            new.setdefault(name, []).append(number)
        elif journey.verdict is None:
            # who applies again stands where the decision in force leaves them
            new[name] = [number]
    found = records.decisions(session, [number for some in new.values() for number in some])
    return {name: [found[number] for number in some] for name, some in new.items()}
