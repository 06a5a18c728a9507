"""Proves what must hold before a release: fair to who knows, worthless to who guesses, silent about keys."""

import json
from collections.abc import Mapping
from math import ceil

from assessments.items import Record
from assessments.kinds.code import CodeItem
from grader.bank import Bank
from grader.effort import MARGIN, effort
from grader.entries import BankItem
from grader.execution import Executor
from grader.issue import personal_notebook
from grader.silence import Texts
from grader.template_gate import CODE_DRAWS, DRAWS, GUESS_DRAWS, samples, template_problems
from grader.trying import Form, earned, forms, judged, packet_of, wrong_examples

SAFETY_MARGIN = 0.05
"""The best guessing strategy must stay this far below the cut score (share of the points)."""


class Finding(Record):
    """One thing that was checked, and whether it holds."""

    name: str
    holds: bool
    text: str


def check(bank: Bank, released: Mapping[str, bytes], executor: Executor) -> list[Finding]:
    """Everything that must hold.

    Args:
        released: the files that would be released, by name.
        executor: runs the reference solutions and starters.

    Raises:
        UnavailableError: the executor does not work on this machine.
    """
    every = list(forms(bank))
    templates = [entry for entry in bank.items.values() if entry.template]
    held = [_templates_hold(templates, executor)] if templates else []
    if not all(finding.holds for finding in held):
        # what cannot be filled in cannot be tried either
        return held
    return [
        *held,
        _reference_scores_all(bank, every, executor),
        _blank_scores_nothing(bank, every, executor),
        _guessing_stays_below(bank, executor),
        _time_suffices(bank),
        # the keys of practice are public
        *([] if bank.blueprint.practice else [_release_is_silent(bank, every, released)]),
    ]


def _reference_scores_all(bank: Bank, forms: list[Form], executor: Executor) -> Finding:
    wrong = []
    for form in forms:
        graded = judged(bank, form, lambda entry: entry.key.reference(entry.item), executor)
        wrong += [
            f"{s.item_id} ({s.explanation})" for s in graded.scores if s.points + s.points_pending < s.max_points - 1e-9
        ]
        wrong += wrong_examples(form, executor)
    name = "reference responses score 100 %"
    return _finding(name, wrong, f"{len(bank.items)} items", "these do not")


def _blank_scores_nothing(bank: Bank, forms: list[Form], executor: Executor) -> Finding:
    """Nothing answered earns nothing; nor does a starter that was run, which an applicant need only touch."""
    paid = [
        score.item_id
        for form in forms
        for score in judged(bank, form, lambda _entry: None, executor).scores
        if score.points > 0
    ]
    for item_id, entry in bank.items.items():
        if isinstance(entry.item, CodeItem) and earned(entry, entry.item.starter, executor).credit > 0:
            paid.append(f"{item_id} (its starter)")
    return _finding("a blank submission scores 0", paid, "nothing answered, starters run as they are", "these pay")


def _guessing_stays_below(bank: Bank, executor: Executor) -> Finding:
    """The best strategy for each kind, all at once: a guesser cleverer than any single strategy."""
    paid: dict[str, dict[str, float]] = {}
    for slot in bank.blueprint.slots:
        candidates = bank.candidates(slot)
        for entry in candidates:
            variants = samples(entry, GUESS_DRAWS)
            strategies = paid.setdefault(entry.item.kind, {})
            for variant in variants:
                for strategy, responses in variant.key.guesses(variant.item).items():
                    credit = sum(earned(variant, response, executor).credit for response in responses) / len(responses)
                    expected = credit * slot.points / len(candidates) / len(variants)
                    strategies[strategy] = strategies.get(strategy, 0.0) + expected
    best = {kind: max(strategies, key=lambda name: strategies[name]) for kind, strategies in paid.items()}
    share = sum(paid[kind][strategy] for kind, strategy in best.items()) / bank.blueprint.points
    limit = bank.blueprint.cut_score - SAFETY_MARGIN
    how = ", ".join(f"{kind}: {strategy}" for kind, strategy in sorted(best.items()))
    text = f"guessing: the best strategy earns {share:.0%} of the points, allowed is less than {limit:.0%} ({how})"
    return Finding(name="guessing stays below the cut", holds=share < limit, text=text)


def _time_suffices(bank: Bank) -> Finding:
    """With something to spare for people who are slower than most."""
    asked, limit = effort(bank), bank.blueprint.minutes
    text = (
        f"usual time: about {asked.minutes} of {limit} minutes; the texts are {asked.reading} to read (LIX {asked.lix})"
    )
    fits = bank.blueprint.practice or asked.fits(limit)
    name = "the time suffices"
    advice = f"; allow at least {ceil(asked.minutes * MARGIN)} minutes, or ask less"
    return Finding(name=name, holds=fits, text=text if fits else text + advice)


def _templates_hold(templates: list[BankItem], executor: Executor) -> Finding:
    """Whatever is drawn."""
    wrong = [problem for entry in templates for problem in template_problems(entry, executor)]
    many = "1 item" if len(templates) == 1 else f"{len(templates)} items"
    good = f"{many}, up to {DRAWS} draws of each ({CODE_DRAWS} of code)"
    return _finding("templates hold whatever is drawn", wrong, good, "these do not")


def _release_is_silent(bank: Bank, forms: list[Form], released: Mapping[str, bytes]) -> Finding:
    notebook = released[f"{bank.assessment}.ipynb"].decode()
    contents: dict[str, str | bytes] = dict(released)
    for number, form in enumerate(forms, start=1):
        packet = packet_of(bank, form)
        issued = packet.model_dump(mode="json"), json.loads(personal_notebook(notebook, packet))
        contents[f"what is issued as form {number}"] = json.dumps(issued)
    texts = Texts(contents)
    found = [line for entry in bank.items.values() for line in texts.found(entry)] + [*texts.found_code(bank.code)]
    return _finding("the release holds nothing of the keys", found, f"{len(texts)} files and packets read", "found")


def _finding(name: str, wrong: list[str], good: str, bad: str) -> Finding:
    distinct = list(dict.fromkeys(wrong))
    text = f"{bad}: {'; '.join(distinct[:5])}" if distinct else good
    return Finding(name=name, holds=not distinct, text=f"{name}: {text}")
