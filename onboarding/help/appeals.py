"""Appeals: opened while a decision can be objected to, decided by somebody who had no part in it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.chain import one_writer
from onboarding.deciding import decide_by_person
from onboarding.decision import Verdict
from onboarding.help import parts, records, telling
from onboarding.help.asker import asker_of
from onboarding.help.desk import open_ticket, require_no_part
from onboarding.help.parts import DecisionOnRecord
from onboarding.help.routing import read_routing
from onboarding.help.tickets import About, Kind, Ticket, checked_name, checked_text
from onboarding.written import Written


def appeal(workspace: Workspace, store: Store, applicant_id: str, text: str, *, now: datetime) -> Ticket:
    """Open an objection to the decision in force; it goes to somebody who had no part in that.

    Raises:
        UsageError: unknown applicant, no decision, the period to object is over, or an objection to it is open.
        WorkspaceError: help.toml does not hold together.
    """
    asker, routing, text = asker_of(store, applicant_id), read_routing(workspace.root), checked_text(text)
    # alone: the decision stays in force until the appeal is on record, and then nobody but the appeal decides
    with one_writer(store), store.session() as session:
        decision = _open_to_objection(session, applicant_id, now)
        about = About(kind=Kind.APPEAL, subject=f"decision {decision.number}")
        return open_ticket(session, routing, asker, about, text, decision=decision, now=now)


def _open_to_objection(session: Session, applicant_id: str, now: datetime) -> DecisionOnRecord:
    decision = parts.decision_in_force(session, applicant_id)
    if decision is None:
        raise UsageError(f"there is no decision about {applicant_id} yet", tip="Ask with: talentpool help ask")
    if decision.objection_until and now > decision.objection_until:
        raise UsageError(
            f"the decision of {decision.decided_at:%Y-%m-%d} could be objected to until "
            f"{decision.objection_until:%Y-%m-%d %H:%M} UTC; it is {now:%Y-%m-%d %H:%M} UTC",
            tip="Questions are always possible: talentpool help ask APPLICANT --about decision TEXT",
        )
    if earlier := records.open_appeal(session, decision.number):
        raise UsageError(
            f"appeal {earlier.number} against this decision is open since {earlier.opened_at:%Y-%m-%d}",
            tip=f"Add to it with: talentpool help ask {applicant_id} --ticket {earlier.number} TEXT",
        )
    return decision


def decide_appeal(
    workspace: Workspace,
    store: Store,
    number: int,
    verdict: Verdict,
    *,
    by: str,
    reason: str,
    now: datetime,
    projects: Collection[str] = (),
) -> Ticket:
    """Record what became of an appeal: a new decision, which refers to the one objected to; closes the ticket.

    Args:
        projects: as in `decide_by_person`.

    Raises:
        UsageError: no appeal, decided already, no name or reason, or somebody who had a part in the decision.
    """
    name, reason = checked_name(by), checked_text(reason)
    with store.session() as session:
        ticket, objected = _undecided(session, number, name)
    asker = asker_of(store, ticket.applicant_id)

    def still(session: Session, decisions: Sequence[Written]) -> Sequence[Written]:
        # looked at again, locked: somebody else may have decided in the same moment
        _undecided(session, number, name)
        return decisions

    def conclude(session: Session, numbers: Sequence[int]) -> None:
        (new,) = numbers
        records.add_entry(session, number, name, reason, now=now)
        records.close(session, number, outcome=new, now=now)
        telling.tell_decided(session, asker, ticket, reason, changed=verdict != objected.verdict, now=now)

    refers = f"{reason} (appeal {number} against decision {objected.number} of {objected.decided_at:%Y-%m-%d})"
    record = partial(decide_by_person, workspace, store, asker.applicant_id, verdict, by=name, reason=refers, now=now)
    record(projects=projects, still=still, then=conclude)
    return records.ticket(store, number)


def _undecided(session: Session, number: int, name: str) -> tuple[Ticket, DecisionOnRecord]:
    """An appeal that this person may decide now, locked, and what it objects to."""
    ticket = records.locked(session, number)
    if ticket.kind is not Kind.APPEAL or ticket.decision is None:
        raise UsageError(f"ticket {number} is no appeal", tip=f"Answer it with: talentpool help answer {number}")
    if ticket.outcome:
        new = parts.decision(session, ticket.outcome)
        raise UsageError(f"appeal {number} was decided by {new.decided_by} on {new.decided_at:%Y-%m-%d %H:%M} UTC")
    require_no_part(session, ticket, name)
    return ticket, parts.decision(session, ticket.decision)
