"""Everything about one person, for that person: readable texts, the rows of the database, and the files, in one zip."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from assessments.archive import write_archive
from assessments.console import printable
from assessments.errors import UsageError
from grader.errors import UnavailableError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.cvs import cv_path
from onboarding.explain import explanation
from onboarding.help.records import tickets
from onboarding.notices.outbox import Notice, notices
from onboarding.notices.rendering import rendered
from onboarding.privacy.erased import is_erased
from onboarding.privacy.places import places_of
from onboarding.privacy.records import rows_of

MAX_NAME_CHARS = 120
NOT_ABOUT_A_PERSON = {"talentpool_packet": ("parameters",)}
"""Columns that are left out: what questions were made from belongs to their authors."""
README = """What is known about {name}
Exported on {now:%Y-%m-%d %H:%M} UTC by the operator of this talent pool. Times are UTC.

story.txt       what was handed in, how it was scored, what was decided and why
answers.txt     your answers to each question, with the points
notices.txt     the messages that were written to you
tickets.txt     your questions and objections with the answers
cv/             your CV, as you sent it
files/          what you handed in, as it arrived, and what was made of it
data/           the rows of the database, a file for each table (JSON):

{tables}

Not in here: keys and the parameters of questions, which say nothing about you; backups.
"""
TABLES = {
    "talentpool_applicant": "your id and name",
    "talentpool_application": "what you applied with: contact data, languages, domains, consent",
    "talentpool_cv": "what is known of your CV's file",
    "talentpool_packet": "the questions that were issued to you",
    "talentpool_submission": "when something of yours arrived",
    "talentpool_result": "the result of each submission",
    "talentpool_item_score": "the points of each answer",
    "talentpool_item_report": "problems with questions that you reported",
    "talentpool_accommodation": "more time that you were given, and why",
    "talentpool_autograde": "how submissions of plain courses were graded",
    "talentpool_decision": "decisions about you with their reasons",
    "talentpool_event": "what happened on your way",
    "talentpool_notice": "messages to you",
    "talentpool_ticket": "questions and objections",
    "talentpool_ticket_entry": "what was written in them",
    "talentpool_lesson": "your first answers in the onboarding modules",
    "talentpool_member": "your time and standing in the pool",
    "talentpool_credential": "badges that you were issued",
}


def export(workspace: Workspace, store: Store, applicant_id: str, path: Path, *, now: datetime) -> int:
    """Write everything about a person into one zip, readable for its owner alone; returns the number of files in it.

    Raises:
        UsageError: an unknown applicant, one whose data were erased, or there is such a file already.
        UnavailableError: a file cannot be read, or the zip not be written.
    """
    store.require_applicant(applicant_id)
    if is_erased(store, applicant_id):
        raise UsageError(f"the data of {applicant_id} were erased; there is nothing to export")
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} is there already", tip="Name another file with --output FILE.")
    try:
        files = dict(_texts(store, applicant_id, now=now)) | dict(_files(workspace, store, applicant_id))
        path.touch(mode=0o600, exist_ok=False)
        write_archive(path, files)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UnavailableError(f"the export cannot be made: {error.strerror}") from None
    return len(files)


def _texts(store: Store, applicant_id: str, *, now: datetime) -> Iterator[tuple[str, bytes]]:
    rows = rows_of(store, applicant_id)
    tables = "\n".join(f"  {name}.json: {TABLES.get(name, 'of the gradebook (nbgrader)')}" for name in rows)
    name = store.require_applicant(applicant_id).name
    yield "README.txt", README.format(name=printable(name), now=now, tables=tables).encode()
    yield "story.txt", explanation(store, applicant_id).encode()
    yield "answers.txt", _answers(store, applicant_id).encode()
    yield "notices.txt", "\n\n".join(map(_notice, notices(store, applicant_id=applicant_id))).encode()
    yield "tickets.txt", _tickets(store, applicant_id).encode()
    for table, found in rows.items():
        yield f"data/{table}.json", _json(table, found)


def _json(table: str, rows: list[dict[str, Any]]) -> bytes:
    kept = [_without(row, NOT_ABOUT_A_PERSON.get(table, ())) for row in rows]
    return json.dumps(kept, indent=1, ensure_ascii=False, default=str).encode("utf-8", "replace")


def _without(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _answers(store: Store, applicant_id: str) -> str:
    parts = []
    for result in store.results(applicant_id=applicant_id):
        head = f"{result.assessment}, attempt {result.attempt}, received {result.received_at:%Y-%m-%d %H:%M} UTC"
        packets = store.packets(applicant_id, result.assessment)
        items = {
            slot.slot: slot.item for packet in packets if packet.attempt == result.attempt for slot in packet.slots
        }
        for score in store.item_scores([result.submission_id]):
            asked, answer = items[score.slot].question(), items[score.slot].describe(score.response)
            points = f"{score.points:g} of {score.max_points:g} points"
            parts.append(f"{head}, question {score.slot}: {points}\n\n{asked}\n\nYour answer:\n{answer}")
    return "\n\n----\n\n".join(parts) or "Nothing was graded yet.\n"


def _notice(notice: Notice) -> str:
    texts = rendered(notice.template, notice.language, notice.data, name=notice.name)
    return f"{notice.created_at:%Y-%m-%d %H:%M} UTC, {notice.status}: {texts.subject}\n\n{texts.text}"


def _tickets(store: Store, applicant_id: str) -> str:
    parts = []
    for ticket in tickets(store, applicant_id=applicant_id):
        parts.append(f"Ticket {ticket.number}, about {ticket.about}, opened {ticket.opened_at:%Y-%m-%d %H:%M} UTC")
        parts += [f"{entry.by}, {entry.at:%Y-%m-%d %H:%M} UTC:\n{entry.text}" for entry in ticket.entries]
    return "\n\n".join(parts) or "You asked nothing yet.\n"


def _files(workspace: Workspace, store: Store, applicant_id: str) -> Iterator[tuple[str, bytes]]:
    cv = rows_of(store, applicant_id).get("talentpool_cv", [])
    for row in cv:
        yield f"cv/{_plain(row['name'])}", cv_path(workspace, row["sha256"]).read_bytes()
    taken: set[str] = set()
    for place in places_of(workspace, store, applicant_id):
        for path in _below(place):
            name = "/".join(_plain(part) for part in path.relative_to(workspace.root).parts)
            while name in taken:
                name += "_"
            taken.add(name)
            yield f"files/{name}", path.read_bytes()


def _below(place: Path) -> Iterator[Path]:
    """Files in a place, links left out: they may lead to somebody else's."""
    found = sorted(place.rglob("*")) if place.is_dir() and not place.is_symlink() else [place]
    return (path for path in found if path.is_file() and not path.is_symlink())


def _plain(name: str) -> str:
    """A name that any program can unpack."""
    kept = "".join(char if char.isprintable() and char not in '<>:"/\\|?*' else "_" for char in name)
    return kept.strip(". ")[:MAX_NAME_CHARS] or "_"
