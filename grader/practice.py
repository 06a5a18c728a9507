"""Practice: an assessment to learn from, with an explanation for every question; nothing is recorded or graded."""

import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from assessments.archive import write_missing
from assessments.errors import UsageError
from assessments.packet import Packet
from grader.bank import Bank
from grader.explanation import explanation
from grader.issue import draw
from grader.layout import unreleased_files

APPLICANT = "practice"
"""Stands in a packet of practice in the place of an applicant's id."""


def practice_folder(bank: Bank, source: Path, places: Path) -> Path:
    """Lay out a practice assessment, with other items or numbers every time; returns the new folder.

    Args:
        source: the folder with what applicants get beside the notebook.
        places: where practice folders lie.

    Raises:
        UsageError: the bank is not for practice, so its keys are secret.
    """
    if not bank.blueprint.practice:
        raise UsageError(
            f"{bank.assessment} is not for practice: its keys are secret",
            tip="A bank is for practice if it says practice = true.",
        )
    number = next(n for n in count(1) if not (places / f"{bank.assessment}-{n}").exists())
    folder, secret = places / f"{bank.assessment}-{number}", os.urandom(32)
    packet = _explained(bank, number, secret)
    write_missing(folder, unreleased_files(bank, source, packet, secret))
    return folder


def _explained(bank: Bank, number: int, secret: bytes) -> Packet:
    """A packet with what stands behind every question."""
    drawn = draw(bank, applicant_id=APPLICANT, attempt=number, secret=secret, now=datetime.now(UTC))
    # as shuffled for this packet: letters and numbers of options are those on the page
    shown = {slot.slot: drawn.entries[slot.slot].model_copy(update={"item": slot.item}) for slot in drawn.packet.slots}
    slots = tuple(slot.model_copy(update={"explanation": explanation(shown[slot.slot])}) for slot in drawn.packet.slots)
    return drawn.packet.model_copy(update={"practice": True, "slots": slots})


def require_graded(bank: Bank) -> None:
    """UsageError if a bank is for practice: its keys are public, so nothing of it may count."""
    if bank.blueprint.practice:
        raise UsageError(
            f"{bank.assessment} is for practice: it is never released, issued or graded",
            tip=f"Run: talentpool practice {bank.assessment}",
        )
