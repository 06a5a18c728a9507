"""What people say about a member beside decisions: hours a week, from when on, and the standing, with reason."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, PositiveInt

from assessments.errors import UsageError
from assessments.items import Record
from grader.store import Store
from onboarding.pool import records


class MemberStanding(StrEnum):
    """Whether a member gets new work: yes; not for now; not until something is settled."""

    GOOD = "good"
    PAUSED = "paused"
    SUSPENDED = "suspended"


class Details(Record):
    """What was said last about a member; of whom nothing was said, the hours are unknown and the standing is good.

    Args:
        available_from: None where no day was named: at once.
        note: why it was changed last.
        changed_at: None before the first change.
    """

    applicant_id: str
    hours_a_week: int | None = None
    available_from: date | None = None
    standing: MemberStanding = MemberStanding.GOOD
    note: str = ""
    changed_at: AwareDatetime | None = None
    changed_by: str = ""


class Changes(Record):
    """What is to be changed; None leaves a field as it is."""

    hours_a_week: PositiveInt | None = None
    available_from: date | None = None
    standing: MemberStanding | None = None


def details(store: Store) -> dict[str, Details]:
    """All that was ever said, by member."""
    return {row["applicant_id"]: Details(**row) for row in records.details(store)}


def details_of(store: Store, member_id: str) -> Details:
    """What is known of one member now: what `change` wants to see."""
    rows = records.details(store, member_id)
    return Details(**rows[0]) if rows else Details(applicant_id=member_id)


def change(store: Store, seen: Details, changes: Changes, *, by: str, reason: str, now: datetime) -> Details:
    """Change what is known of a member, if it still is what the person who changes it has seen.

    Raises:
        UsageError: nothing to change, nobody named, no reason given, or somebody else changed it in between.
    """
    wanted = changes.model_dump(exclude_none=True)
    if not wanted:
        raise UsageError("there is nothing to change", tip="Add --hours, --available-from or --standing.")
    if not by.strip() or not reason.strip():
        raise UsageError("a change needs --by NAME and --reason TEXT")
    new = seen.model_copy(
        update={**wanted, "note": reason.strip(), "changed_at": now, "changed_by": by.strip()},
    )
    if not records.save(store, new.model_dump(), replaces=seen.changed_at):
        raise changed_in_between(details_of(store, seen.applicant_id))
    return new


def changed_in_between(current: Details) -> UsageError:
    """Somebody else was quicker: what it is now, who changed it, and why."""
    return UsageError(
        f"{current.applicant_id} was changed in between, by {current.changed_by} at {current.changed_at:%Y-%m-%d %H:%M}"
        f" UTC: {in_words(current)}",
        tip="Nothing was written. Look at it, and say again what you want to change.",
    )


def in_words(known: Details) -> str:
    """All of it on one line."""
    hours = f"{known.hours_a_week} hours a week" if known.hours_a_week else "hours unknown"
    start = f"from {known.available_from}" if known.available_from else "at once"
    return f"{known.standing}, {hours}, {start}" + (f" ({known.note})" if known.note else "")
