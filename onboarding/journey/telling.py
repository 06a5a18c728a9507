"""Turns what an event leads to into notices; what happened long ago is not told any more."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from onboarding.decision import AUTOMATIC, Decision
from onboarding.help.asker import Asker
from onboarding.journey.journal import Entry
from onboarding.journey.states import Journey, Notify, Rules
from onboarding.learning.modules import find_module
from onboarding.notices import outbox

STALE = timedelta(days=7)
"""An event that is entered later than this, as when a workspace gets its journal, is known to the applicant."""


class Teller:
    """Writes the notices for events, within the transaction that adds them.

    Args:
        decisions: those about the applicant, by number.
        due: until when a test that was started may be handed in, by assessment.
    """

    def __init__(
        self,
        asker: Asker,
        decisions: Mapping[int, Decision],
        rules: Rules,
        due: Mapping[str, datetime],
        *,
        now: datetime,
    ) -> None:
        self._asker, self._decisions, self._rules, self._due, self._now = asker, decisions, rules, due, now

    def __call__(self, session: Session, entry: Entry) -> None:
        """Post what one event leads to."""
        if self._now - entry.event.at > STALE:
            return
        for action in entry.actions:
            if isinstance(action, Notify):
                outbox.post(
                    session,
                    applicant_id=entry.applicant_id,
                    key=f"way {entry.applicant_id} {entry.journey.number}",
                    template=action.template,
                    language=self._asker.notices_in,
                    data=_DATA.get(action.template, _nothing)(self, entry),
                    now=self._now,
                )

    def until(self, journey: Journey) -> datetime | None:
        """When the state expires; None if it never does."""
        patience = self._rules.patience.get(journey.state)
        return journey.since + patience if patience else None

    def decision(self, entry: Entry) -> Mapping[str, Any]:
        """What every notice of a decision says."""
        found = self._decisions[entry.journey.decision or 0]
        return {
            "automatic": found.decided_by == AUTOMATIC,
            "policy_version": found.policy_version,
            "reasons": list(found.reasons),
            "objection_until": found.objection_until,
        }

    def qualifications(self, entry: Entry) -> list[dict[str, Any]]:
        """What the decision in force qualifies for."""
        found = self._decisions[entry.journey.decision or 0].qualifications
        return [{"name": each.name, "until": each.until} for each in found]

    def due_at(self, assessment: str) -> datetime:
        """Until when a test may be handed in."""
        return self._due[assessment]

    @property
    def rules(self) -> Rules:
        """What the policy asks of the way."""
        return self._rules


Data = Callable[[Teller, Entry], Mapping[str, Any]]


def _nothing(_teller: Teller, _entry: Entry) -> Mapping[str, Any]:
    return {}


def _applied(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    return {"self_assessment": teller.rules.self_assessment, "until": teller.until(entry.journey)}


def _assigned(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    return {"assessments": list(entry.journey.assigned), "until": teller.until(entry.journey)}


def _started(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    name = getattr(entry.event, "assessment", "")
    return {"assessment": name, "due_at": teller.due_at(name)}


def _received(_teller: Teller, entry: Entry) -> Mapping[str, Any]:
    journey = entry.journey
    remaining = [name for name in journey.assigned if not journey.handed_in.get(name)]
    return {"assessment": getattr(entry.event, "assessment", ""), "remaining": remaining}


def _review(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    told = {name: value for name, value in teller.decision(entry).items() if name != "objection_until"}
    return {**told, "answer_by": None}


def _retry(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    return {**teller.decision(entry), **_again(teller, entry), "training": teller.rules.training}


def _again(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    journey = entry.journey
    return {"assessments": list(journey.retry), "retry_from": journey.retry_from, "until": teller.until(journey)}


def _onboarding(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    return {**teller.decision(entry), "modules": _left(teller, entry), "until": teller.until(entry.journey)}


def _module(teller: Teller, entry: Entry) -> Mapping[str, Any]:
    title = find_module(getattr(entry.event, "module", "")).head.title
    return {"module": title, "remaining": _left(teller, entry), "until": teller.until(entry.journey)}


def _left(teller: Teller, entry: Entry) -> list[str]:
    return [find_module(name).head.title for name in teller.rules.modules if name not in entry.journey.modules]


_DATA: Mapping[str, Data] = {
    "applied": _applied,
    "tests-assigned": _assigned,
    "test-started": _started,
    "test-received": _received,
    "in-review": _review,
    "declined": lambda teller, entry: teller.decision(entry),
    "retry": _retry,
    "training-done": _again,
    "onboarding": _onboarding,
    "module-done": _module,
    "pool": lambda teller, entry: {"qualifications": teller.qualifications(entry)},
    "expired": lambda _teller, entry: {"since": getattr(entry.event, "quiet_since", None) or entry.event.at},
}
