"""A second person solves every item without its key; where the two disagree, the item is read again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from assessments.archive import write_missing
from assessments.errors import UsageError
from assessments.items import Item, Record, Response
from assessments.packet import IssuedSlot, Packet, read_packet
from assessments.responses import RESPONSES_FILE, Mark, Responses, parse_responses
from grader.aliases import aliased
from grader.bank import Bank
from grader.entries import BankItem
from grader.execution import Executor
from grader.layout import unreleased_files
from grader.trying import earned, forms, packet_of

TIME = timedelta(days=30)
"""What the second person has; nobody counts it."""
_SECRET = b"solving"
"""Signs what is not graded."""


class Solved(Record):
    """What the second person answered to one item, and what that earns.

    Args:
        answered: in words; "" if there is no answer.
        agrees: whether the answer earns everything that the key gives without a person.
        explanation: what it earns and why.
        remark: what the second person says about the item.
    """

    item_id: str
    answered: str
    agrees: bool
    explanation: str
    remark: str


def lay_out(bank: Bank, source: Path, places: Path) -> list[Path]:
    """Folders that hold every item of a bank once, without keys, to be opened with `talentpool take FOLDER`.

    Args:
        source: the folder with what applicants get beside the notebook.
        places: where the folders lie.

    Raises:
        UsageError: such folders lie there already.
    """
    if earlier := _folders(bank, places):
        raise UsageError(
            f"{bank.assessment} is being solved already, in {earlier[0]}",
            tip=f"Compare with: talentpool solve {bank.assessment} --compare; or remove the folders.",
        )
    for number, packet in enumerate(_packets(bank), start=1):
        write_missing(places / f"{bank.assessment}-{number}", unreleased_files(bank, source, packet, _SECRET))
    return _folders(bank, places)


def _packets(bank: Bank) -> Iterator[Packet]:
    """Every item once."""
    seen: set[str] = set()
    for form in forms(bank):
        packet = packet_of(bank, form)
        slots = tuple(_shuffled(bank, slot) for slot in packet.slots if slot.item.id not in seen)
        seen.update(slot.item.id for slot in slots)
        minutes = TIME // timedelta(minutes=1)
        changes = {"slots": slots, "aliased": True, "issued_at": datetime.now(UTC), "minutes": minutes}
        yield packet.model_copy(update=changes)


def _shuffled(bank: Bank, slot: IssuedSlot) -> IssuedSlot:
    entry = aliased(bank.items[slot.item.id], _SECRET, bank.assessment)
    return slot.model_copy(update={"item": entry.item.shuffled(Random(slot.item.id))})


def _folders(bank: Bank, places: Path) -> list[Path]:
    found = [path for path in places.glob(f"{bank.assessment}-*") if path.name.rpartition("-")[2].isdecimal()]
    mine = [path for path in found if path.name.rpartition("-")[0] == bank.assessment]
    return sorted(mine, key=lambda path: int(path.name.rpartition("-")[2]))


def compare(bank: Bank, places: Path, executor: Executor) -> list[Solved]:
    """Every item with what was answered and what that earns by the bank as it stands now.

    Raises:
        UsageError: nothing was laid out.
        BundleError: a folder cannot be read.
        UnavailableError: code has to be run and the executor does not work on this machine.
    """
    folders = _folders(bank, places)
    if not folders:
        raise UsageError(
            f"nobody was asked to solve {bank.assessment}", tip=f"Run first: talentpool solve {bank.assessment}"
        )
    return [solved for folder in folders for solved in _compared(bank, folder, executor)]


def _compared(bank: Bank, folder: Path, executor: Executor) -> Iterator[Solved]:
    packet, answers = read_packet(folder), folder / RESPONSES_FILE
    responses = parse_responses(answers.read_bytes()) if answers.exists() else Responses(packet_id=packet.packet_id)
    for slot in packet.slots:
        if entry := bank.items.get(slot.item.id):
            named = aliased(entry, _SECRET, bank.assessment) if packet.aliased else entry
            mark = responses.marks.get(slot.slot, Mark())
            yield _solved(named, slot.item, responses.value(slot.slot), mark, executor)


def _solved(entry: BankItem, item: Item, response: Response, mark: Mark, executor: Executor) -> Solved:
    credit, explanation = 0.0, "not answered"
    if response is not None and not (explanation := item.problem(response) or ""):
        judgement = earned(entry, response, executor)
        credit = judgement.credit + judgement.pending
        missed = "; ".join(f"not found: {check.says}" for check in judgement.checks if not check.holds)
        explanation = f"{credit:.0%}: {judgement.explanation}" + (f" ({missed})" if missed else "")
    if entry.item.prompt != item.prompt:
        explanation = f"the question was changed since; {explanation}"
    remark = "; ".join(filter(None, ("not sure" if mark.unsure else "", mark.problem)))
    answered = item.describe(response) if response is not None else ""
    return Solved(item_id=item.id, answered=answered, agrees=credit > 1 - 1e-9, explanation=explanation, remark=remark)
