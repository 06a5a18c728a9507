"""The members: everybody whose way has led to the pool and who is admitted. No contact data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from assessments.errors import UsageError
from assessments.items import Record
from grader.store import Store
from onboarding import records
from onboarding.applying.declared import Abilities, abilities
from onboarding.decision import Decision, Qualification, Verdict
from onboarding.journey.journal import journey_of, standing_at
from onboarding.journey.states import State
from onboarding.pool.details import Details, details

COLUMNS = (
    *("applicant_id", "name", "member_since", "qualifications", "next_expiry", "languages", "domains"),
    *("hours_a_week", "available_from", "standing", "note", "changed_at", "decided_by"),
)


class Member(Record):
    """One member. `qualifications`: those that are valid; `abilities`: as they applied."""

    applicant_id: str
    name: str
    since: date
    qualifications: tuple[Qualification, ...]
    abilities: Abilities
    details: Details
    decided_by: str


NOTHING_DECLARED = Abilities(languages={}, domains={})


def members(store: Store, *, today: date) -> list[Member]:
    """All members, by id; qualifications that have expired by `today` are left out."""
    names = {row.id: row.name for row in store.applicants()}
    declared, known = abilities(store), details(store)
    journeys = standing_at(store, State.POOL)
    return [
        Member(
            applicant_id=decision.applicant_id,
            name=names[decision.applicant_id],
            since=journeys[decision.applicant_id].since.date(),
            qualifications=valid(decision, today),
            abilities=declared.get(decision.applicant_id, NOTHING_DECLARED),
            details=known.get(decision.applicant_id, Details(applicant_id=decision.applicant_id)),
            decided_by=decision.decided_by,
        )
        for decision in records.last_of_each(store, journeys)
        if decision.verdict is Verdict.ADMIT
    ]


def require_member(store: Store, member_id: str) -> Decision:
    """The decision that makes somebody a member.

    Raises:
        UsageError: an unknown applicant, or no member.
    """
    store.require_applicant(member_id)
    decision, journey = next(records.last_of_each(store, [member_id]), None), journey_of(store, member_id)
    if decision and decision.verdict is Verdict.ADMIT and journey and journey.state is State.POOL:
        return decision
    raise UsageError(
        f"{member_id} is no member of the talent pool" + (f": the application is {journey.state}" if journey else ""),
        tip=f"What comes next: talentpool status {member_id}",
    )


def valid(decision: Decision, today: date) -> tuple[Qualification, ...]:
    """The decision's qualifications that have not expired."""
    return tuple(q for q in decision.qualifications if q.until >= today)


def table(found: Iterable[Member]) -> pd.DataFrame:
    """One row per member, with `COLUMNS`."""
    # as objects: a column of numbers would turn hours into fractions where one is unknown
    rows = pd.DataFrame([_row(member) for member in found], columns=list(COLUMNS), dtype=object)
    return rows.astype({"changed_at": "datetime64[us, UTC]"})


def _row(member: Member) -> dict[str, Any]:
    known = member.details
    return {
        "applicant_id": member.applicant_id,
        "name": member.name,
        "member_since": member.since,
        "qualifications": ", ".join(q.name for q in member.qualifications),
        "next_expiry": min((q.until for q in member.qualifications), default=None),
        "languages": ", ".join(f"{name} {level}" for name, level in member.abilities.languages.items()),
        "domains": ", ".join(f"{name} {years}" for name, years in member.abilities.domains.items()),
        "hours_a_week": known.hours_a_week,
        "available_from": known.available_from,
        "standing": str(known.standing),
        "note": known.note,
        "changed_at": known.changed_at,
        "decided_by": member.decided_by,
    }
