"""Tries responses to items as an applicant would give them, through the same sandbox and judge; for the gate."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from assessments.items import Response
from assessments.kinds.code import CodeItem
from assessments.packet import IssuedSlot, Packet
from grader.bank import Bank
from grader.drawing import assign
from grader.entries import BankItem
from grader.execution import Executor, Task
from grader.judge import Graded, judge
from grader.reading import Reading
from grader.scoring.base import Judgement
from grader.scoring.code import gives

Form = Mapping[str, BankItem]
"""One way to fill all slots: the item for each slot id."""


def forms(bank: Bank) -> Iterator[Form]:
    """As few forms as hold every item at least once: each takes what was in the fewest before."""
    slots, seen = bank.blueprint.slots, Counter[str]()
    while len(seen) < len(bank.items):
        ranked = [[sorted((entry.item.id for entry in bank.candidates(slot)), key=seen.__getitem__)] for slot in slots]
        chosen = assign(ranked)
        seen.update(chosen)
        yield {slot.id: bank.items[item_id] for slot, item_id in zip(slots, chosen, strict=True)}


def packet_of(bank: Bank, form: Form) -> Packet:
    """What is issued of a form."""
    slots = [IssuedSlot(slot=slot.id, points=slot.points, item=form[slot.id].item) for slot in bank.blueprint.slots]
    return Packet(
        packet_id="0" * 32,
        assessment=bank.assessment,
        title=bank.blueprint.title,
        applicant_id="gate",
        attempt=1,
        bank_version=bank.version,
        issued_at=datetime(2000, 1, 1, tzinfo=UTC),
        minutes=bank.blueprint.minutes,
        guideline=bank.blueprint.guideline,
        slots=tuple(slots),
    )


def judged(bank: Bank, form: Form, answer: Callable[[BankItem], Response], executor: Executor) -> Graded:
    """A form with one way of answering."""
    answers = {slot: answer(entry) for slot, entry in form.items()}
    calls = {slot: tuple(entry.key.calls()) for slot, entry in form.items() if entry.key.calls()}
    cells = tuple(str(answers[slot]) for slot in calls)
    result = executor.execute(Task(cells=cells, calls=calls)) if calls else None
    return judge(packet_of(bank, form), form, Reading(answers=answers, cells=(), flags=()), result)


def earned(entry: BankItem, response: Response, executor: Executor) -> Judgement:
    """What one response to one item earns; code is run."""
    if not (calls := tuple(entry.key.calls())):
        return entry.key.score(entry.item, response)
    values = executor.execute(Task(cells=(str(response),), calls={"try": calls})).values["try"]
    return entry.key.score_values(values)


def wrong_examples(form: Form, executor: Executor) -> list[str]:
    """Public examples that the reference solution does not reproduce."""
    items = {slot: entry.item for slot, entry in form.items() if isinstance(entry.item, CodeItem)}
    if not items:
        return []
    cells = tuple(str(form[slot].key.reference(item)) for slot, item in items.items())
    calls = {slot: tuple(example.call for example in item.examples) for slot, item in items.items()}
    values = executor.execute(Task(cells=cells, calls=calls)).values
    return [
        f"{item.id}: example {example.call} does not give {example.gives}"
        for slot, item in items.items()
        for example, value in zip(item.examples, values[slot], strict=True)
        if value.value is None or not gives(value.value, example.gives)
    ]
