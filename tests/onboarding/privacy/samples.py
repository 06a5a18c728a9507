"""A person of whom there is something in every table and every folder, all of it with one word that nobody else has."""

import os
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbgrader.api import Base as NbgraderBase
from sqlalchemy import text

from assessments.applying.application import APPLICATION_FILE, Application
from grader.course.gradebook import add_student
from grader.database import transaction
from grader.handout import applicant_folder, bundle_files, issue, write_bundle
from grader.intake import open_path, take_in
from grader.store import Store
from grader.tables import AccommodationRow, AutogradeRow, Base
from grader.workspace import Workspace
from onboarding.applicants import register
from onboarding.applying.receiving import receive
from onboarding.deciding import decide_by_person
from onboarding.decision import Verdict
from onboarding.journey import events
from onboarding.journey.journal import Entry
from onboarding.journey.machine import step
from onboarding.journey.states import Rules
from onboarding.notices import outbox
from onboarding.notices.rendering import fields
from onboarding.tables import (
    CredentialRow,
    EventRow,
    LessonRow,
    MemberRow,
    TicketEntryRow,
    TicketRow,
)
from tests.assessments.applying.files import DATA, zipped
from tests.samples import NOW, hand_in, partly_judged, record, reference_answers, small_bank

WORD = "Zyxwvut"
"""Stands in everything that is personal."""
EMAIL = "zyxwvut@example.org"
CV = f"I am {WORD}.".encode()
LATER = NOW + timedelta(days=800)


def applied(workspace: Workspace, store: Store, folder: Path) -> str:
    """The id of somebody who applied with a CV."""
    cv = {"file": "cv.txt", "name": f"../{WORD} é?.txt", "size_bytes": len(CV)}
    data = {**DATA, "name": WORD, "email": EMAIL, "degree": WORD, "cv": {**cv, "sha256": sha256(CV).hexdigest()}}
    content = Application.model_validate(data).model_dump_json().encode()
    path = folder / "application.zip"
    path.write_bytes(zipped({APPLICATION_FILE: content, "cv.txt": CV}))
    return receive(workspace, store, path, now=NOW).applicant_id


def registered(store: Store, applicant_id: str = "zyxwvut") -> str:
    """The id of somebody whom an admin registered, under an id that is a name."""
    register(store, applicant_id, WORD, now=NOW)
    return applicant_id


def way(applicant_id: str) -> dict[str, Any]:
    """What the journal keeps of a first event."""
    event = events.Applied(at=NOW, by=WORD)
    entry = Entry(applicant_id=applicant_id, event=event, journey=step(None, event, Rules()).journey)
    return entry.model_dump(mode="json", include={"event", "journey"})


def went_all_the_way(
    workspace: Workspace,
    store: Store,
    applicant_id: str,
    verdict: Verdict = Verdict.DECLINE,
    *,
    response: str = WORD,
) -> None:
    """Files in every folder and rows in every table; nothing is open any more at `LATER`."""
    packet = issue(workspace, store, "small", applicant_id, now=NOW)
    files = bundle_files(workspace, store, packet)
    write_bundle(workspace, packet, files, None)
    sent = hand_in(workspace, store, packet, reference_answers(small_bank(), packet), name=f"{WORD}.zip")
    take_in(workspace, store, open_path(sent), now=NOW, sent_by=applicant_id)
    workspace.inbox.mkdir(exist_ok=True)
    sent.rename(workspace.inbox / f"{WORD} sent\n.zip")
    graded = partly_judged(packet, reports={"q1": WORD})
    scores = [each.model_copy(update={"response": response, "explanation": response}) for each in graded.scores]
    graded = graded.model_copy(update={"scores": scores, "reasons": (WORD,)})
    record(store, packet, graded, number=1)
    _write(applicant_folder(workspace, packet), b"odd \xff \n name.txt")
    for folder in ("submitted", "autograded", "feedback"):
        _write(workspace.root / folder / applicant_id / "small", b"-rf .html")
    with transaction(store.engine) as connection:
        add_student(connection, applicant_id)
        named = text("UPDATE student SET first_name = :word, email = :email WHERE id = :id")
        connection.execute(named, {"word": WORD, "email": EMAIL, "id": applicant_id})
    decide_by_person(workspace, store, applicant_id, verdict, by="Maria Lopez", reason=WORD, now=NOW)
    with store.session() as session:
        ticket, *others = _rows(applicant_id)
        session.add(ticket)
        session.flush()
        session.add_all(others)
        outbox.post(
            session,
            applicant_id=applicant_id,
            key=f"applied:{applicant_id}",
            template="ticket-answered",
            language="es",
            data=dict.fromkeys(fields("ticket-answered"), WORD),
            now=NOW,
        )


def _rows(applicant_id: str) -> list[Any]:
    ticket = TicketRow(
        id=7,
        applicant_id=applicant_id,
        kind="project",
        about=f"project:{WORD}",
        opened_at=NOW,
        due_at=NOW,
        assigned_to="Maria Lopez",
        closed_at=NOW,
    )
    mine: dict[str, Any] = {"applicant_id": applicant_id}
    return [
        ticket,
        TicketEntryRow(ticket_id=7, by=applicant_id, text=WORD, at=NOW),
        LessonRow(**mine, module="m", exercise="e", answer=WORD, right=True, at=NOW),
        AccommodationRow(**mine, factor=1.5, extra_minutes=0, reason=WORD, granted_by="Maria Lopez", granted_at=NOW),
        AutogradeRow(
            assignment="ps1",
            student=applicant_id,
            outcome="graded",
            reasons=[WORD],
            isolated=True,
            self_asserted=False,
            graded_at=NOW,
        ),
        EventRow(**mine, number=1, kind="applied", state="applied", at=NOW, by=applicant_id, data=way(applicant_id)),
        MemberRow(
            **mine,
            hours_a_week=5,
            available_from=date(2026, 3, 2),
            standing="good",
            note=WORD,
            changed_at=NOW,
            changed_by="Maria Lopez",
        ),
        CredentialRow(
            **mine,
            id="urn:uuid:00000000-0000-4000-8000-000000000000",
            assessment="small",
            status_index=5,
            document=f'{{"name": "{WORD}"}}',
            issued_at=NOW,
        ),
    ]


def _write(folder: Path, name: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / os.fsdecode(name)).write_text(WORD)


def dump(store: Store) -> str:
    """Everything that all tables hold, nbgrader's too, as text."""
    tables = [*Base.metadata.sorted_tables, *NbgraderBase.metadata.sorted_tables]
    with transaction(store.engine) as connection:
        rows = [(table.name, *row) for table in tables for row in connection.execute(table.select())]
    return "\n".join(map(repr, rows))


def traces(workspace: Workspace, *words: str) -> list[str]:
    """The files whose name or content has one of these words, in any spelling."""
    found = []
    for path in workspace.root.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        where = repr(str(path.relative_to(workspace.root)))
        if any(word.lower() in where.lower() or word.lower().encode() in content for word in words):
            found.append(where)
    return found
