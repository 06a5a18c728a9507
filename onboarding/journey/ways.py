"""People's ways as they are looked at: what is on record, the rules that hold, where somebody stands."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy.orm import Session

from onboarding.journey.events import AnyEvent
from onboarding.journey.facts import Facts, facts
from onboarding.journey.journal import Entry, current
from onboarding.journey.machine import step
from onboarding.journey.rules import rules
from onboarding.journey.states import Journey, Rules
from onboarding.requirements import Policy


class Way(NamedTuple):
    """One person's. `journey`: None before the first event."""

    known: Facts
    rules: Rules
    journey: Journey | None

    def after(self, event: AnyEvent) -> tuple["Way", Entry]:
        """The way after one more event, and what is to be written down; RefusedError if it cannot happen."""
        done = step(self.journey, event, self.rules)
        name = self.known.applicant_id
        entry = Entry(applicant_id=name, event=event, journey=done.journey, actions=done.actions)
        return self._replace(journey=done.journey), entry


def ways(session: Session, policy: Policy, applicant_ids: Collection[str]) -> Iterator[Way]:
    """Those of these people, at most some hundred at a time; ids that nobody has are left out."""
    strict = rules(policy)
    # whoever was registered by an admin, or came in a file, was asked for nothing
    relaxed = strict.model_copy(update={"self_assessment": False})
    journeys = current(session, applicant_ids)
    for known in facts(session, policy, applicant_ids, journeys):
        applied = strict if known.filled_in_page else relaxed
        yield Way(known, applied, journeys.get(known.applicant_id))
