"""A small bank with one slot for every kind of item, and what tests make of it."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from assessments.archive import write_archive
from assessments.items import Response
from assessments.packet import PACKET_FILE, Packet
from assessments.responses import RESPONSES_FILE
from grader.bank import Bank, parse_bank
from grader.handout import bundle_files
from grader.issue import draw
from grader.judge import Graded, ItemScore, Status
from grader.outcome import Outcome
from grader.scoring.base import Check, renamed
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace
from onboarding.demo.sitting import fill_in

SECRET = b"a secret of the tests"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

BANK = '''
title = "A small test"
audience = "Tests."
minutes = 30
cut_score = 0.7
points = 12
repeat_items = true
instructions = "Answer."

[[slots]]
id = "q1"
skill = "logic"
points = 2
items = ["pick", "pick-other"]

[[slots]]
id = "q2"
skill = "logic"
points = 2
items = ["all-that"]

[[slots]]
id = "q3"
skill = "numbers"
points = 2
items = ["number"]

[[slots]]
id = "q4"
skill = "judgement"
points = 2
items = ["rate"]

[[slots]]
id = "q5"
skill = "judgement"
points = 2
items = ["compare"]

[[slots]]
id = "q6"
skill = "code"
points = 2
items = ["double"]

[[items]]
id = "pick"
version = 1
kind = "choice"
task_type = "skill"
skill = "logic"
difficulty = "easy"
prompt = "Which **one** is a fruit?"
rationale = "A pear grows on a tree and is eaten as a fruit; the others are not."
[items.options]
a = "a hammer"
b = "a `pear`"
c = "a train"
d = "a cloud"
[items.key]
answer = "b"

[[items]]
id = "pick-other"
version = 2
kind = "choice"
task_type = "gen-flag"
skill = "logic"
difficulty = "easy"
prompt = "Which one is a tool?"
rationale = "Nobody would hammer with the other three things in this list."
[items.options]
a = "a hammer"
b = "a pear"
c = "a train"
d = "a cloud"
[items.key]
answer = "a"

[[items]]
id = "all-that"
version = 1
kind = "multiple"
task_type = "skill"
skill = "logic"
difficulty = "medium"
prompt = "Select every even number."
rationale = "Two and four can be divided by two without remainder."
[items.options]
a = "1"
b = "2"
c = "3"
d = "4"
e = "5"
[items.key]
answer = ["b", "d"]

[[items]]
id = "number"
version = 1
kind = "numeric"
task_type = "skill"
skill = "numbers"
difficulty = "medium"
unit = "km"
prompt = "How far is it?"
rationale = "It is stated on the sign at the beginning of the road."
[items.key]
answer = 1250
absolute_tolerance = 5

[[items]]
id = "rate"
version = 1
kind = "rating"
task_type = "gen-rate"
skill = "judgement"
difficulty = "medium"
prompt = "Rate this answer."
rationale = "Fluent, and wrong in the one thing that the user needed to know."
[items.criteria]
accuracy = "Is it right?"
clarity = "Is it clear?"
[items.key.panel]
accuracy = [7, 3, 0, 0, 0]
clarity = [0, 0, 0, 4, 6]

[[items]]
id = "compare"
version = 1
kind = "comparison"
task_type = "gen-compare"
skill = "judgement"
difficulty = "hard"
prompt = "Which answer is better?"
a = "Short, and **right**."
b = "Long, friendly, and wrong in what matters."
rationale = "The longer answer is wrong, which its tone covers up well."
[items.key.panel]
a_much = 6
a_slightly = 3
tie = 1

[[items]]
id = "double"
version = 1
kind = "code"
task_type = "skill"
skill = "code"
difficulty = "easy"
prompt = "Write `double(x)`, which returns a list with everything in `x` twice."
function = "double"
starter = """
def double(x):
    ...
"""
examples = [{ call = "double([1])", gives = "[1, 1]" }]
rationale = "A loop or a comprehension; returning x + x puts them in another order."
[items.key]
cases = [
  { call = "double([])", gives = "[]" },
  { call = "double([1, 2])", gives = "[1, 1, 2, 2]" },
  { call = "double('ab')", gives = "['a', 'a', 'b', 'b']" },
  { call = "double(None)", raises = "TypeError" },
]
reference = """
def double(x):
    return [part for part in x for _ in range(2)]
"""
'''


def bank_data() -> dict[str, Any]:
    """The bank as a fresh dict, to be changed by a test."""
    return tomllib.loads(BANK)


def small_bank() -> Bank:
    """The bank, parsed."""
    return parse_bank("small", bank_data(), BANK.encode())


def small_packet(attempt: int = 1) -> Packet:
    """What ada is issued of it."""
    return draw(small_bank(), applicant_id="ada", attempt=attempt, secret=SECRET, now=NOW).packet


def reference_answers(bank: Bank, packet: Packet) -> dict[str, Response]:
    """The right answer for every slot of a packet."""
    entries = {slot.slot: bank.items[slot.item.id] for slot in packet.slots}
    return {slot: entry.key.reference(entry.item) for slot, entry in entries.items()}


def as_issued(bank: Bank, packet: Packet, answers: Mapping[str, Response]) -> dict[str, Response]:
    """Answers in the author's names, in those of the packet."""
    found = dict(answers)
    for slot in packet.slots:
        item, field = slot.item, slot.item.ALIASED
        if field and slot.slot in answers:
            issued = {text: name for name, text in getattr(item, field).items()}
            names = {name: issued[text] for name, text in getattr(bank.items[item.id].item, field).items()}
            answer = answers[slot.slot]
            found[slot.slot] = (
                [names.get(str(n), n) for n in answer] if isinstance(answer, list) else renamed(answer, names)
            )
    return found


def partly_judged(packet: Packet, pending: float = 2.0, reports: Mapping[str, str] | None = None) -> Graded:
    """A result in which everything is right but one question, all of whose points wait for a person.

    Args:
        pending: the points of that question, the last one; 0 for none that waits.
        reports: what was reported about questions, by slot.
    """
    scores = [
        ItemScore(
            slot=slot.slot,
            item_id=slot.item.id,
            item_version=slot.item.version,
            kind=slot.item.kind,
            task_type=slot.item.task_type,
            skill=slot.item.skill,
            status=Status.SCORED,
            points=slot.points,
            max_points=slot.points,
            explanation="right",
            response=None,
        )
        for slot in packet.slots
    ]
    if pending:
        checks = (Check(says="has three sentences", holds=True), Check(says="names a source", holds=False))
        changed = {"status": Status.REVIEW, "points": 0.0, "points_pending": pending, "checks": checks}
        scores[-1] = scores[-1].model_copy(update=changed)
    return Graded(
        outcome=Outcome.GRADED,
        points=sum(score.points for score in scores),
        points_pending=pending,
        max_points=packet.max_points,
        scores=tuple(scores),
        reports=reports or {},
        worked_minutes=12.5,
    )


def record(store: Store, packet: Packet, graded: Graded, *, minutes: float = 20, number: int = 0) -> str:
    """Put a submission with this result on record, without any files; returns its id.

    Args:
        minutes: from issue to receipt.
        number: makes another submission.
    """
    submission_id = sha256(f"{packet.packet_id} {number}".encode()).hexdigest()
    received = packet.issued_at + timedelta(minutes=minutes)
    row = SubmissionRow(
        id=submission_id,
        packet_id=packet.packet_id,
        sent_by=packet.applicant_id,
        received_at=received,
        received_name="x",
        notes=[],
    )
    store.add_submission(row)
    with store.session() as session:
        store.save_result(session, submission_id, graded, fingerprint="", now=received)
    return submission_id


def hand_in(
    workspace: Workspace, store: Store, packet: Packet, answers: dict[str, Response], name: str = "sent.zip"
) -> Path:
    """A zip with these answers (in the author's names), as it arrives by e-mail."""
    named = as_issued(workspace.bank(packet.assessment), packet, answers)
    files = fill_in(bundle_files(workspace, store, packet), packet, named, now=NOW)
    path = workspace.root / name
    write_archive(path, {key: files[key] for key in (f"{packet.assessment}.ipynb", PACKET_FILE, RESPONSES_FILE)})
    return path
