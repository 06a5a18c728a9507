"""What the notices about an event say: the data for their templates."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.tables import PacketRow
from onboarding import records
from onboarding.decision import AUTOMATIC, Decision
from onboarding.journey.journal import Entry
from onboarding.journey.next_step import title
from onboarding.journey.states import Journey
from onboarding.journey.ways import Way
from onboarding.learning.titles import module_title
from onboarding.reasons import reasons_in


class Told(NamedTuple):
    """What a notice is about: an event, and the way after it."""

    session: Session
    way: Way
    entry: Entry

    @property
    def journey(self) -> Journey:
        """Where that led."""
        return self.entry.journey

    def data(self, template: str) -> Mapping[str, Any]:
        """What the template of its notice needs."""
        return _DATA.get(template, _nothing)(self)

    def until(self) -> datetime | None:
        """When the state expires; None if it never does."""
        patience = self.way.rules.patience.get(self.journey.state)
        return self.journey.since + patience if patience else None

    def found(self) -> Decision:
        """The decision in force."""
        number = self.journey.decision or 0
        new = {decision.id: decision for decision in self.way.known.decisions}
        return new[number] if number in new else records.decisions(self.session, [number])[number]

    def decision(self) -> Mapping[str, Any]:
        """What every notice of a decision says."""
        found = self.found()
        return {
            "automatic": found.decided_by == AUTOMATIC,
            "policy_version": found.policy_version,
            "reasons": reasons_in(found, self.way.known.language),
            "objection_until": found.objection_until,
        }

    def due_at(self, assessment: str) -> datetime:
        """Until when the attempt that was begun may be handed in."""
        # brings the code of every kind of item, and few events are begun attempts
        from assessments.packet import SignedPacket

        row = PacketRow
        mine = (row.applicant_id == self.entry.applicant_id, row.assessment == assessment)
        query = select(row.signed).where(*mine, row.attempt == self.journey.started[assessment])
        return SignedPacket.model_validate_json(self.session.scalars(query).one()).open().due_at


def _nothing(_told: Told) -> Mapping[str, Any]:
    return {}


def _applied(told: Told) -> Mapping[str, Any]:
    return {"self_assessment": told.way.rules.self_assessment, "until": told.until()}


def _assigned(told: Told) -> Mapping[str, Any]:
    return {"assessments": [title(name) for name in told.journey.assigned], "until": told.until()}


def _started(told: Told) -> Mapping[str, Any]:
    name = getattr(told.entry.event, "assessment", "")
    return {"assessment": title(name), "due_at": told.due_at(name)}


def _received(told: Told) -> Mapping[str, Any]:
    journey = told.journey
    remaining = [title(name) for name in journey.assigned if not journey.handed_in.get(name)]
    return {"assessment": title(getattr(told.entry.event, "assessment", "")), "remaining": remaining}


def _review(told: Told) -> Mapping[str, Any]:
    said = {name: value for name, value in told.decision().items() if name != "objection_until"}
    return {**said, "answer_by": None}


def _retry(told: Told) -> Mapping[str, Any]:
    return {**told.decision(), **_again(told), "training": told.way.rules.training}


def _again(told: Told) -> Mapping[str, Any]:
    journey = told.journey
    return {
        "assessments": [title(name) for name in journey.retry],
        "retry_from": journey.retry_from,
        "until": told.until(),
    }


def _onboarding(told: Told) -> Mapping[str, Any]:
    return {**told.decision(), "modules": _left(told), "until": told.until()}


def _module(told: Told) -> Mapping[str, Any]:
    title = module_title(getattr(told.entry.event, "module", ""))
    return {"module": title, "remaining": _left(told), "until": told.until()}


def _left(told: Told) -> list[str]:
    return [module_title(name) for name in told.way.rules.modules if name not in told.journey.modules]


_DATA: Mapping[str, Callable[[Told], Mapping[str, Any]]] = {
    "applied": _applied,
    "tests-assigned": _assigned,
    "test-started": _started,
    "test-received": _received,
    "in-review": _review,
    "declined": Told.decision,
    "retry": _retry,
    "training-done": _again,
    "onboarding": _onboarding,
    "module-done": _module,
    "pool": lambda told: {"qualifications": [{"name": q.name, "until": q.until} for q in told.found().qualifications]},
    "expired": lambda told: {"since": getattr(told.entry.event, "quiet_since", None) or told.entry.event.at},
}
