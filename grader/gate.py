"""Proves what must hold before a release: fair to who knows, worthless to who guesses, silent about keys."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from assessments.items import Record, Response
from assessments.kinds.code import CodeItem
from assessments.packet import IssuedSlot, Packet
from grader.bank import Bank
from grader.drawing import assign
from grader.entries import BankItem
from grader.execution import Executor, Task
from grader.issue import personal_notebook
from grader.judge import Graded, judge
from grader.reading import Reading
from grader.scoring.code import gives

SAFETY_MARGIN = 0.05
"""The best guessing strategy must stay this far below the cut score (share of the points)."""

MIN_SECRET_CHARS = 40
"""Sentences of a rationale that are at least this long must not turn up in a release."""


class Finding(Record):
    """One thing that was checked, and whether it holds."""

    name: str
    holds: bool
    text: str


Form = Mapping[str, BankItem]
"""One way to fill all slots: the item for each slot id."""


def check(bank: Bank, released: Mapping[str, bytes], executor: Executor) -> list[Finding]:
    """Everything that must hold.

    Args:
        released: the files that would be released, by name.
        executor: runs the reference solutions and starters.

    Raises:
        UnavailableError: the executor does not work on this machine.
    """
    forms = list(_forms(bank))
    return [
        _reference_scores_all(bank, forms, executor),
        _blank_scores_nothing(bank, forms, executor),
        _guessing_stays_below(bank, executor),
        _release_is_silent(bank, forms, released),
    ]


def _forms(bank: Bank) -> Iterator[Form]:
    """As few forms as hold every item at least once: each takes what was in the fewest before."""
    slots, seen = bank.blueprint.slots, Counter[str]()
    while len(seen) < len(bank.items):
        ranked = [[sorted((entry.item.id for entry in bank.candidates(slot)), key=seen.__getitem__)] for slot in slots]
        chosen = assign(ranked)
        seen.update(chosen)
        yield {slot.id: bank.items[item_id] for slot, item_id in zip(slots, chosen, strict=True)}


def _packet(bank: Bank, form: Form) -> Packet:
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
        slots=tuple(slots),
    )


def _judged(bank: Bank, form: Form, answer: Callable[[BankItem], Response], executor: Executor) -> Graded:
    """A form with one way of answering, through the same sandbox and judge as an applicant's."""
    answers = {slot: answer(entry) for slot, entry in form.items()}
    calls = {slot: tuple(entry.key.calls()) for slot, entry in form.items() if entry.key.calls()}
    cells = tuple(str(answers[slot]) for slot in calls)
    result = executor.execute(Task(cells=cells, calls=calls)) if calls else None
    return judge(_packet(bank, form), form, Reading(answers=answers, cells=(), flags=()), result)


def _reference_scores_all(bank: Bank, forms: list[Form], executor: Executor) -> Finding:
    wrong = []
    for form in forms:
        graded = _judged(bank, form, lambda entry: entry.key.reference(entry.item), executor)
        wrong += [f"{s.item_id} ({s.explanation})" for s in graded.scores if s.points < s.max_points]
        wrong += _wrong_examples(form, executor)
    name = "reference responses score 100 %"
    return _finding(name, wrong, f"{len(bank.items)} items", "these do not")


def _wrong_examples(form: Form, executor: Executor) -> list[str]:
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


def _blank_scores_nothing(bank: Bank, forms: list[Form], executor: Executor) -> Finding:
    """Nothing answered earns nothing; nor does a starter that was run, which an applicant need only touch."""
    paid = [
        score.item_id
        for form in forms
        for score in _judged(bank, form, lambda _entry: None, executor).scores
        if score.points > 0
    ]
    for item_id, entry in bank.items.items():
        if isinstance(entry.item, CodeItem) and _credit(entry, entry.item.starter, executor) > 0:
            paid.append(f"{item_id} (its starter)")
    return _finding("a blank submission scores 0", paid, "nothing answered, starters run as they are", "these pay")


def _guessing_stays_below(bank: Bank, executor: Executor) -> Finding:
    """The best strategy for each kind, all at once: a guesser cleverer than any single strategy."""
    earned: dict[str, dict[str, float]] = {}
    for slot in bank.blueprint.slots:
        candidates = bank.candidates(slot)
        for entry in candidates:
            strategies = earned.setdefault(entry.item.kind, {})
            for strategy, responses in entry.key.guesses(entry.item).items():
                credit = sum(_credit(entry, response, executor) for response in responses) / len(responses)
                expected = credit * slot.points / len(candidates)
                strategies[strategy] = strategies.get(strategy, 0.0) + expected
    best = {kind: max(strategies, key=lambda name: strategies[name]) for kind, strategies in earned.items()}
    share = sum(earned[kind][strategy] for kind, strategy in best.items()) / bank.blueprint.points
    limit = bank.blueprint.cut_score - SAFETY_MARGIN
    how = ", ".join(f"{kind}: {strategy}" for kind, strategy in sorted(best.items()))
    text = f"guessing: the best strategy earns {share:.0%} of the points, allowed is less than {limit:.0%} ({how})"
    return Finding(name="guessing stays below the cut", holds=share < limit, text=text)


def _credit(entry: BankItem, response: Response, executor: Executor) -> float:
    """What one response to one item earns; code is run."""
    if not (calls := tuple(entry.key.calls())):
        return entry.key.score(entry.item, response).credit
    values = executor.execute(Task(cells=(str(response),), calls={"guess": calls})).values["guess"]
    return entry.key.score_values(values).credit


def _release_is_silent(bank: Bank, forms: list[Form], released: Mapping[str, bytes]) -> Finding:
    texts = {name: _plain(content.decode(errors="replace")) for name, content in released.items()}
    notebook = released[f"{bank.assessment}.ipynb"].decode()
    for number, form in enumerate(forms, start=1):
        packet = _packet(bank, form)
        issued = (packet.model_dump_json(), personal_notebook(notebook, packet))
        texts[f"what is issued as form {number}"] = " ".join(map(_plain, issued))
    found = [
        f"{name} holds {what} of {item_id}"
        for item_id, entry in bank.items.items()
        for what, secret in _secrets(entry)
        for name, text in texts.items()
        if secret in text
    ]
    return _finding("the release holds nothing of the keys", found, f"{len(texts)} files and packets read", "found")


def _secrets(entry: BankItem) -> Iterator[tuple[str, str]]:
    for secret in entry.key.secrets():
        yield "key material", _squeeze(secret)
    for sentence in re.split(r"(?<=[.!?])\s+", entry.rationale):
        if len(sentence) >= MIN_SECRET_CHARS:
            yield "the rationale", _squeeze(sentence)


def _plain(text: str) -> str:
    """All texts inside, unescaped where the file is JSON, with single spaces."""
    try:
        return _squeeze(" ".join(_strings(json.loads(text))))
    except ValueError:
        return _squeeze(text)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for part in data:
            yield from _strings(part)
    elif isinstance(data, dict):
        for name, part in data.items():
            yield name
            yield from _strings(part)


def _squeeze(text: str) -> str:
    """Without white space and capitals, so that neither hides anything."""
    return "".join(text.split()).casefold()


def _finding(name: str, wrong: list[str], good: str, bad: str) -> Finding:
    distinct = list(dict.fromkeys(wrong))
    text = f"{bad}: {'; '.join(distinct[:5])}" if distinct else good
    return Finding(name=name, holds=not distinct, text=f"{name}: {text}")
