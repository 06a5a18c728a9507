"""Turns answers and emitted values into points, outside the applicant's process: 0 ≤ points ≤ max."""

import json
from collections.abc import Mapping
from enum import StrEnum

from assessments.items import Record, Response
from assessments.packet import IssuedSlot, Packet
from grader.entries import BankItem
from grader.execution import Result
from grader.outcome import Outcome
from grader.reading import Reading
from grader.scoring.base import Check, Judgement

MAX_RESPONSE_CHARS = 200_000
"""The longest response that is put on record and shown; longer ones stay in what was handed in."""


class Status(StrEnum):
    """What became of one slot; in review, a part of the points waits for a person."""

    SCORED = "scored"
    REVIEW = "review"
    BLANK = "blank"
    INVALID = "invalid"


class ItemScore(Record):
    """The points of one slot, and why; `points_pending` wait for a person."""

    slot: str
    item_id: str
    item_version: int
    kind: str
    task_type: str
    skill: str
    status: Status
    points: float
    points_pending: float = 0.0
    max_points: float
    explanation: str
    checks: tuple[Check, ...] = ()
    response: Response


class Graded(Record):
    """The result of a submission. `points` is None where nothing could be scored, which is not zero.

    Args:
        points_pending: what waits for a person; not in `points`, but in `max_points`.
        reports: what the applicant reported about questions, by slot.
        worked_minutes: how long the applicant worked on it, by the applicant's page.
    """

    outcome: Outcome
    points: float | None = None
    points_pending: float = 0.0
    max_points: float | None = None
    reasons: tuple[str, ...] = ()
    scores: tuple[ItemScore, ...] = ()
    reports: Mapping[str, str] = {}
    worked_minutes: float | None = None


def judge(packet: Packet, items: Mapping[str, BankItem], reading: Reading, result: Result | None) -> Graded:
    """The points of every slot.

    Args:
        items: the bank's items with their keys, by slot.
        result: what came out of the sandbox; None where nothing had to be run.
    """
    scores = tuple(_score(slot, items[slot.slot], reading.answers.get(slot.slot), result) for slot in packet.slots)
    return Graded(
        outcome=Outcome.FLAGGED if reading.flags else Outcome.GRADED,
        points=sum(score.points for score in scores),
        points_pending=sum(score.points_pending for score in scores),
        max_points=packet.max_points,
        reasons=reading.flags,
        scores=scores,
        reports=reading.reports,
        worked_minutes=reading.worked_minutes,
    )


def _score(slot: IssuedSlot, entry: BankItem, answer: Response, result: Result | None) -> ItemScore:
    status, judgement = _judgement(slot, entry, answer, result)
    item = slot.item
    credit = min(max(judgement.credit, 0.0), 1.0)
    return ItemScore(
        slot=slot.slot,
        item_id=item.id,
        item_version=item.version,
        kind=item.kind,
        task_type=item.task_type,
        skill=item.skill,
        status=status,
        points=credit * slot.points,
        points_pending=min(max(judgement.pending, 0.0), 1 - credit) * slot.points,
        max_points=slot.points,
        explanation=judgement.explanation,
        checks=judgement.checks,
        response=_recorded(answer),
    )


def _recorded(answer: Response) -> Response:
    length = len(json.dumps(answer, ensure_ascii=False))
    return answer if length <= MAX_RESPONSE_CHARS else f"(a response of {length:,} characters, see what was handed in)"


def _judgement(slot: IssuedSlot, entry: BankItem, answer: Response, result: Result | None) -> tuple[Status, Judgement]:
    item = slot.item
    if answer is None or (item.kind == "code" and not item.is_answered(answer)):
        return Status.BLANK, Judgement(credit=0.0, explanation="not answered")
    if problem := item.problem(answer):
        return Status.INVALID, Judgement(credit=0.0, explanation=problem)
    values = result.values.get(slot.slot) if result else None
    judgement = entry.key.score_values(values) if values is not None else entry.key.score(item, answer)
    return (Status.REVIEW if judgement.needs_review else Status.SCORED), judgement
