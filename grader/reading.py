"""Reads what was handed in: pure functions from untrusted bytes to answers, cells to run, and what was odd about them.

Flags are for a human's eyes: none of them changes a score by itself.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from assessments.errors import BundleError
from assessments.items import Record, Response
from assessments.kinds.code import CodeItem
from assessments.packet import PACKET_FILE, Packet, SignedPacket
from assessments.responses import RESPONSES_FILE, Responses, parse_responses
from grader.builder import answer_id
from grader.notebooks import parse_notebook
from grader.tampering import SubmittedCell, submitted_cell, tampering

MAX_RESPONSES_BYTES = 5_000_000
MAX_NOTEBOOK_BYTES = 10_000_000
MAX_CELLS = 1_000


class Unreadable(Exception):
    """A submission that cannot be graded because of what was handed in; the text says why, kindly."""


class OwnCell(Record):
    """A code cell with the applicant's source: the answer to a slot, or one that they added after a cell of ours."""

    source: str
    slot: str | None = None
    follows: str | None = None


class Reading(Record):
    """What a submission says: an answer for every slot, the applicant's cells in their order, and flags.

    Args:
        reports: problems with questions that the applicant reported, by slot; an empty text where somebody was only
            not sure.
        worked_minutes: how long the applicant worked, by the applicant's page; None where it does not say.
    """

    answers: Mapping[str, Response]
    cells: tuple[OwnCell, ...]
    flags: tuple[str, ...]
    reports: Mapping[str, str] = {}
    worked_minutes: float | None = None


def read_submission(
    files: Mapping[str, bytes], signed: SignedPacket, received_at: datetime, *, released: str, grace: timedelta
) -> Reading:
    """Everything that grading needs from a submission.

    Args:
        files: what was handed in, by name.
        signed: the packet as the grader's side issued it, which is the one that counts.
        released: the notebook as it was released (JSON text).

    Raises:
        Unreadable: no answers can be found in it.
    """
    packet = signed.open()
    flags = [*_packet_flags(files, signed), *_time_flags(packet, received_at, grace)]
    responses, problem = _responses(files, packet)
    flags += [problem] if problem else []
    cells, sources, notebook_flags = _notebook(files, packet, released)
    flags += notebook_flags
    # without code slots there are no sources either
    if responses is None and not sources:
        raise Unreadable("; ".join(flags))
    answers = {slot.slot: responses.value(slot.slot) if responses else None for slot in packet.slots}
    for slot, item in packet.code_items().items():
        answers[slot] = _code_answer(item, sources.get(slot), answers[slot])
    return Reading(
        answers=answers,
        cells=_effective(cells, answers, packet),
        flags=tuple(flags),
        reports=_reports(responses, answers),
        worked_minutes=responses.worked_seconds / 60 if responses else None,
    )


def _reports(responses: Responses | None, slots: Mapping[str, Response]) -> dict[str, str]:
    """What was reported about questions that were issued; empty where somebody was only not sure."""
    marks = responses.marks if responses else {}
    said = {slot: marks[slot] for slot in slots if slot in marks}
    return {slot: mark.problem.strip() for slot, mark in said.items() if mark.unsure or mark.problem.strip()}


def _effective(cells: tuple[OwnCell, ...], answers: Mapping[str, Response], packet: Packet) -> tuple[OwnCell, ...]:
    """The cells with the answers that count in them; answers without a cell of their own come last."""
    placed = {cell.slot for cell in cells}
    code = {slot: source for slot in packet.code_items() if isinstance(source := answers[slot], str)}
    return (
        *(cell.model_copy(update={"source": code.get(cell.slot or "", cell.source)}) for cell in cells),
        *(OwnCell(source=code[slot], slot=slot) for slot in sorted(code) if slot not in placed),
    )


def _code_answer(item: CodeItem, in_notebook: str | None, last_run: Response) -> Response:
    """What stands in the notebook counts; where that is untouched or lost, what was last run."""
    return in_notebook if item.is_answered(in_notebook) else last_run


def _packet_flags(files: Mapping[str, bytes], signed: SignedPacket) -> list[str]:
    if PACKET_FILE not in files:
        return ["packet.json is missing; the packet on record was used"]
    try:
        handed_in = SignedPacket.model_validate_json(files[PACKET_FILE])
    except ValueError:
        return ["packet.json cannot be read; the packet on record was used"]
    return [] if handed_in == signed else ["packet.json is not the one that was issued; the packet on record was used"]


def _time_flags(packet: Packet, received_at: datetime, grace: timedelta) -> list[str]:
    late = received_at - packet.due_at
    if late <= grace:
        return []
    minutes = -(-int(late.total_seconds()) // 60)
    return [f"late by {minutes} minute{'' if minutes == 1 else 's'}"]


def _responses(files: Mapping[str, bytes], packet: Packet) -> tuple[Responses | None, str | None]:
    if RESPONSES_FILE not in files:
        return None, "responses.json is missing, the file that holds the answers"
    if len(files[RESPONSES_FILE]) > MAX_RESPONSES_BYTES:
        return None, f"responses.json is larger than {MAX_RESPONSES_BYTES:,} bytes"
    try:
        responses = parse_responses(files[RESPONSES_FILE])
    except BundleError as error:
        return None, error.message
    if responses.packet_id != packet.packet_id:
        return None, "responses.json belongs to another packet"
    foreign = sorted(set(responses.responses) - {slot.slot for slot in packet.slots})
    note = f"answers to questions that were never issued were ignored: {', '.join(foreign)[:200]}" if foreign else None
    return responses, note


def _notebook(
    files: Mapping[str, bytes], packet: Packet, released: str
) -> tuple[tuple[OwnCell, ...], dict[str, str], list[str]]:
    """The applicant's cells, the source of each code answer by slot, and flags."""
    name = f"{packet.assessment}.ipynb"
    if name not in files:
        return (), {}, [f"{name} is missing"]
    if len(files[name]) > MAX_NOTEBOOK_BYTES:
        return (), {}, [f"{name} is larger than {MAX_NOTEBOOK_BYTES:,} bytes"]
    try:
        notebook = parse_notebook(files[name])
        submitted = [submitted_cell(cell) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return (), {}, [f"{name} is not a notebook that can be read (nbformat 4)"]
    if len(submitted) > MAX_CELLS:
        return (), {}, [f"{name} has more than {MAX_CELLS:,} cells"]
    ours = [submitted_cell(cell) for cell in parse_notebook(released)["cells"]]
    answer_ids = {answer_id(slot): slot for slot in packet.code_items()}
    cells, sources = _own_cells(submitted, {cell.grade_id for cell in ours}, answer_ids)
    return cells, sources, tampering(notebook, submitted, ours)


def _own_cells(
    submitted: list[SubmittedCell], ours: set[str | None], answer_ids: Mapping[str, str]
) -> tuple[tuple[OwnCell, ...], dict[str, str]]:
    """The applicant's cells in their order; ours (forms, examples) are not run. Of copies, the last is the answer."""
    last = {cell.grade_id: place for place, cell in enumerate(submitted) if cell.grade_id in answer_ids}
    cells: list[OwnCell] = []
    sources: dict[str, str] = {}
    follows = None
    for place, (grade_id, cell_type, source, _) in enumerate(submitted):
        if grade_id is not None and last.get(grade_id) == place:
            slot = answer_ids[grade_id]
            sources[slot] = source
            cells.append(OwnCell(source=source, slot=slot))
        elif cell_type == "code" and (grade_id not in ours or grade_id in answer_ids):
            cells.append(OwnCell(source=source, follows=follows))
        follows = grade_id if grade_id in ours else follows
    return tuple(cells), sources
