"""Makes the example of a status notebook: `python -m tests.onboarding.example_status > onboarding/my-status.ipynb`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from assessments.notebook import form_notebook
from grader.outcome import Outcome
from onboarding.decision import Decision, decide
from onboarding.evidence import Evidence, Measure
from onboarding.help.tickets import About, Kind, Ticket
from onboarding.help.tickets import Entry as Written
from onboarding.journey import events
from onboarding.journey.journal import Entry
from onboarding.journey.machine import step
from onboarding.journey.rules import rules
from onboarding.journey.states import Journey, Rules
from onboarding.journey.status import in_words, status
from onboarding.policy import read_policy
from onboarding.requirements import Declared, Policy

ABOUT = """**This is an example; Lena, her dates and her results are invented.**

To get your own: ask the person who invited you. They type `talentpool status YOUR-ID --notebook my-status.ipynb` and
send you the file. Nothing in it has to be run."""
LENA = "a-example"
BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DECLARED = Declared(languages=frozenset({"en"}), domains=frozenset({"programming", "data"}))
SCORES = {"english-language": 0.86, "python-programming": 0.81, "evaluation-and-labelling": 0.78, "data-analysis": 0.52}
MODULES = ("what-ai-training-is", "projects-and-pool")
"""Those that she has finished."""


def day(number: int) -> datetime:
    """So many days after she applied."""
    return BEGAN + timedelta(days=number)


def results(policy: Policy) -> list[Evidence]:
    """One good result for each test that the policy asks of her, and one that is not good enough."""
    required = policy.required_for(DECLARED.languages, DECLARED.domains)
    return [_result(policy, name, received_at=day(2 + place)) for place, name in enumerate(required)]


def _result(policy: Policy, assessment: str, *, received_at: datetime) -> Evidence:
    skills = policy.assessments[assessment].minimum_skill_scores
    return Evidence(
        assessment=assessment,
        submission_id="0" * 64,
        attempt=1,
        received_at=received_at,
        outcome=Outcome.GRADED,
        total=Measure(score=SCORES[assessment], standard_error=0.04, max_points=50),
        skills={skill: Measure(score=0.75, standard_error=0.08, max_points=12) for skill in skills},
    )


def happened(found: list[Evidence], decision: Decision) -> Iterator[events.AnyEvent]:
    """From the application to the second module."""
    yield events.Applied(at=day(0), by=LENA)
    yield events.SelfAssessed(at=day(0), by=LENA)
    yield events.TestsAssigned(at=day(0), by="talentpool", assessments=tuple(each.assessment for each in found))
    for each in found:
        begun = each.received_at - timedelta(minutes=50)
        yield events.TestStarted(at=begun, by=LENA, assessment=each.assessment)
        yield events.TestHandedIn(at=each.received_at, by=LENA, assessment=each.assessment)
    yield events.Decided(at=decision.decided_at, by="talentpool", decision=1, verdict=decision.verdict)
    for place, module in enumerate(MODULES):
        yield events.ModuleDone(at=day(8 + place), by=LENA, module=module)


def journal(way: Rules, found: list[Evidence], decision: Decision) -> list[Entry]:
    """What the state machine makes of it."""
    entries: list[Entry] = []
    journey: Journey | None = None
    for event in happened(found, decision):
        journey = step(journey, event, way).journey
        entries.append(Entry(applicant_id=LENA, event=event, journey=journey))
    return entries


def question() -> Ticket:
    """What she asked, and was told."""
    asked = Written(by=LENA, text="Does question 7 mean calendar days?", at=day(5))
    answered = Written(by="Maria Lopez", text="Yes. We have made it clearer.", at=day(6))
    about = About(kind=Kind.ITEM, subject="data-analysis/q07")
    ticket = {"number": 1, "applicant_id": LENA, "about": about, "opened_at": day(5), "due_at": day(8), "level": 0}
    return Ticket.model_validate({**ticket, "assigned_to": "Maria Lopez", "entries": [asked, answered]})


def example_notebook() -> dict[str, Any]:
    """What `talentpool status --notebook` would write of her, below a cell that says what it is."""
    policy = read_policy(Path(str(files("onboarding") / "starter")))
    found = results(policy)
    decision = decide(LENA, policy, found, now=day(7), declared=DECLARED)
    assert decision is not None
    usual = "For half of the people this lasts 4 days or less."
    way = rules(policy)
    entries = journal(way, found, decision)
    words = in_words(status(entries, way, decision, [question()], usual, now=day(10)))
    notebook = form_notebook(words, {}, {})
    about = {"cell_type": "markdown", "id": "example", "metadata": {}, "source": ABOUT}
    return {**notebook, "cells": [about, *notebook["cells"]]}


def notebook_text() -> str:
    """The notebook as it stands in the checkout: the same bytes every time."""
    return json.dumps(example_notebook(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(notebook_text(), end="")
