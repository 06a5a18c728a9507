"""The members: everybody whose decision in force is to admit, with what is known of them. No contact data."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from assessments.errors import UsageError
from assessments.items import Record
from grader.store import Store
from onboarding import records
from onboarding.applying.declared import Abilities, abilities
from onboarding.decision import Decision, Qualification, Verdict
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
    return [
        Member(
            applicant_id=member_id,
            name=names[member_id],
            since=_since(decisions).date(),
            qualifications=valid(decisions[-1], today),
            abilities=declared.get(member_id, NOTHING_DECLARED),
            details=known.get(member_id, Details(applicant_id=member_id)),
            decided_by=decisions[-1].decided_by,
        )
        for member_id, decisions in sorted(records.by_applicant(store).items())
        if is_member(decisions)
    ]


def is_member(decisions: Sequence[Decision]) -> bool:
    """Whether the decision in force, the last of these, is to admit."""
    return bool(decisions) and decisions[-1].verdict is Verdict.ADMIT


def require_member(store: Store, member_id: str) -> Decision:
    """The decision that makes somebody a member.

    Raises:
        UsageError: an unknown applicant, or no member.
    """
    store.require_applicant(member_id)
    decisions = records.history(store, member_id)
    if not is_member(decisions):
        raise UsageError(f"{member_id} is no member of the talent pool", tip="The members: talentpool pool")
    return decisions[-1]


def valid(decision: Decision, today: date) -> tuple[Qualification, ...]:
    """The decision's qualifications that have not expired."""
    return tuple(q for q in decision.qualifications if q.until >= today)


def _since(decisions: Sequence[Decision]) -> datetime:
    """When the unbroken membership began that the last of these decisions confirms."""
    last_other = max((n for n, decision in enumerate(decisions) if decision.verdict is not Verdict.ADMIT), default=-1)
    return decisions[last_other + 1].decided_at


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
