"""Erases a person's data: irreversibly, in steps that an interrupted erasure takes up again where it was.

First the plan is written down, then the person is told, then the database changes in one transaction, then the files
go, then the pseudonym leaves the pool, and in the end the plan becomes the report, without the person's id.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assessments.errors import UsageError
from assessments.items import Record
from grader.database import answering, is_server
from grader.errors import UnavailableError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records as decisions
from onboarding.applying.cvs import drop_cv
from onboarding.applying.records import cv_of
from onboarding.audit import erasing
from onboarding.deciding import decide_by_person, workspace_policy
from onboarding.decision import Decision, Verdict
from onboarding.help.records import tickets
from onboarding.help.tickets import Kind, checked_name, checked_text
from onboarding.policy import POLICY_FILE
from onboarding.privacy import ledger
from onboarding.privacy.erased import is_erased
from onboarding.privacy.places import places_of, remove
from onboarding.privacy.pseudonyms import new_pseudonym
from onboarding.privacy.records import is_here, pseudonymise, rows_of
from onboarding.privacy.telling import KEPT, tell

CLOSING = "the personal data were erased"
"""The reason of the last decision about a pseudonym, with which it leaves the pool."""


class Order(Record):
    """What is to be erased, by whom and why.

    Args:
        despite_open: also where a decision is in force or an objection is open.
        without_notice: also where a mail server is named and the person cannot be told now.
    """

    applicant_id: str
    by: str
    reason: str
    despite_open: bool = False
    without_notice: bool = False


def erase(workspace: Workspace, store: Store, order: Order, *, now: datetime) -> dict[str, Any]:
    """Erase somebody's data, or finish an erasure that was interrupted; returns the report.

    Raises:
        UsageError: unknown, erased already, no name or reason, or something is open.
        PolicyError: the pseudonym cannot leave the pool while the policy does not hold together.
        AuditError: the record of decisions is not whole, so that nothing may be changed in it.
        UnavailableError: the person cannot be told now, or a file cannot be removed; to be run again.
    """
    plan = ledger.running(workspace, order.applicant_id) or _plan(workspace, store, order, now=now)
    if is_here(store, plan["applicant_id"]) and not is_here(store, plan["pseudonym"]):
        plan |= {"notice": tell(workspace, store, order.applicant_id, without=order.without_notice, now=now)}
        # what arrived since the erasure was begun goes, too
        plan |= _inventory(workspace, store, order.applicant_id)
        ledger.write(workspace, plan)
        with erasing(workspace, store, plan["decisions"]) as session:
            pseudonymise(session, plan["applicant_id"], plan["pseudonym"], workspace.secret, now=now)
    _remove_files(workspace, store, plan)
    _close(workspace, store, plan, now=now)
    _scrub(store)
    report = {key: value for key, value in plan.items() if key not in IDENTIFYING} | {"kept": _kept(store, plan)}
    ledger.write(workspace, report)
    return report


def _plan(workspace: Workspace, store: Store, order: Order, *, now: datetime) -> dict[str, Any]:
    """What is to be done, on the disk before anything is."""
    by, reason = checked_name(order.by), checked_text(order.reason).strip()
    store.require_applicant(order.applicant_id)
    if is_erased(store, order.applicant_id):
        raise UsageError(f"the data of {order.applicant_id} were erased already")
    if not order.despite_open and (open_things := list(_open(store, order.applicant_id, now))):
        raise UsageError(
            f"{order.applicant_id}: {'; '.join(open_things)}",
            tip="Nothing was erased. Settle it first, or add --despite-open if the person wants it so.",
        )
    if _needs_closing(workspace, store, order.applicant_id):
        workspace_policy(workspace)
    plan = {
        "pseudonym": new_pseudonym(),
        "applicant_id": order.applicant_id,
        "by": by,
        "reason": reason,
        "at": now.isoformat(timespec="seconds"),
    }
    ledger.write(workspace, plan)
    return plan


def _inventory(workspace: Workspace, store: Store, applicant_id: str) -> dict[str, Any]:
    """What there is of a person, and what becomes of it."""
    rows, cv = rows_of(store, applicant_id), cv_of(store, applicant_id)
    places = [path for path in places_of(workspace, store, applicant_id) if path.exists() or path.is_symlink()]
    gone = {name: len(found) for name, found in rows.items() if name not in KEPT}
    return {
        "decisions": [row["id"] for row in rows.get("talentpool_decision", ())],
        "places": [str(path.relative_to(workspace.root)) for path in places],
        "cv": cv.sha256 if cv else None,
        "erased": {**gone, "files and folders": len(places) + bool(cv)},
        "had": list(rows),
        "left": LEFT,
    }


def _kept(store: Store, plan: dict[str, Any]) -> dict[str, str]:
    """What is under the pseudonym now, with the reason; badges are under another one."""
    found = {*rows_of(store, plan["pseudonym"]), *({"talentpool_credential"} & set(plan["had"]))}
    return {name: why for name, why in KEPT.items() if name in found}


IDENTIFYING = ("applicant_id", "decisions", "places", "cv", "had")
"""Parts of a plan that are in no report."""
LEFT = (
    "backups of the workspace and the database",
    "bundles and badges that were written to other places, and mails that were sent",
    "talentpool.log, which names submissions by hash",
    "the chain over the decisions: whoever guesses the former id can check that guess against it and packets' ids",
)
"""What no command of the workspace can reach, or may not change."""


def _open(store: Store, applicant_id: str, now: datetime) -> Iterator[str]:
    """What still matters to the person, and would end with the erasure."""
    history = decisions.history(store, applicant_id)
    if history and (why := _in_force(history[-1], now)):
        yield why
    for ticket in tickets(store, applicant_id=applicant_id, only_open=True):
        if ticket.kind is Kind.APPEAL:
            yield f"objection {ticket.number} is open"


def _in_force(decision: Decision, now: datetime) -> str:
    if decision.verdict is Verdict.ADMIT:
        return "a decision is in force that admits to the pool"
    if decision.verdict is Verdict.REVIEW:
        return "a decision waits for a person"
    if decision.objection_until and now < decision.objection_until:
        return f"the decision can be objected to until {decision.objection_until:%Y-%m-%d %H:%M} UTC"
    return ""


def _remove_files(workspace: Workspace, store: Store, plan: dict[str, Any]) -> None:
    for name in plan["places"]:
        path = workspace.root / name
        try:
            remove(path)
        except OSError as error:
            raise UnavailableError(
                f"{name!a} cannot be removed: {error.strerror}",
                tip="Let it be removed, and run the same command again: it finishes what was begun.",
            ) from None
    if plan["cv"]:
        drop_cv(workspace, store, plan["cv"])


def _needs_closing(workspace: Workspace, store: Store, applicant_id: str) -> bool:
    """Whether the policy has decided about the person, or would."""
    if decisions.history(store, applicant_id):
        return True
    return bool(store.results(applicant_id=applicant_id)) and Path(workspace.root, POLICY_FILE).exists()


def _close(workspace: Workspace, store: Store, plan: dict[str, Any], *, now: datetime) -> None:
    """A last decision: the pseudonym is in no pool, and no later run of the policy decides about it."""
    pseudonym = plan["pseudonym"]
    history = decisions.history(store, pseudonym)
    is_closed = bool(history) and history[-1].reasons[:1] == (CLOSING,)
    if not is_closed and _needs_closing(workspace, store, pseudonym):
        decide_by_person(workspace, store, pseudonym, Verdict.DECLINE, by=plan["by"], reason=CLOSING, now=now)


def _scrub(store: Store) -> None:
    """SQLite leaves what was deleted in the file until it is written anew; a server cleans up by itself."""
    if is_server(store.engine.url):
        return
    with answering(), store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
