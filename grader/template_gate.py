"""What must hold of every draw of a template; the gate tries many."""

import re
from collections.abc import Iterator
from random import Random

from assessments.items import Item
from assessments.kinds.code import CodeItem
from grader.entries import BankItem
from grader.errors import BankError
from grader.execution import Executor
from grader.figures import drawing_problem, figure_files
from grader.parameters import Parameters
from grader.silence import Texts
from grader.trying import earned, wrong_examples

DRAWS = 50
CODE_DRAWS = 5
"""Draws of an item whose reference has to be run."""
GUESS_DRAWS = 10
_ODD_NUMBER = re.compile(r"\b\d+\.\d{7,}|\b\d+(\.\d+)?e[+-]?\d+\b|\b(nan|inf)\b")


def samples(entry: BankItem, count: int) -> list[BankItem]:
    """So many different items that a template gives, the same every time; the item itself if it is none."""
    if entry.template is None:
        return [entry]
    return [entry.concrete(parameters) for parameters in _draws(entry, count)]


def _draws(entry: BankItem, count: int) -> list[Parameters]:
    return entry.template.draws(Random(entry.item.id), count) if entry.template else []


def template_problems(entry: BankItem, executor: Executor) -> Iterator[str]:
    """What is wrong with the draws of one template, a line for the first draw with each kind of problem."""
    try:
        for parameters in _draws(entry, CODE_DRAWS if isinstance(entry.item, CodeItem) else DRAWS):
            drawn = ", ".join(f"{name}={value!r}" for name, value in parameters.items())
            for problem in _problems(entry.concrete(parameters), entry.concrete(parameters), entry.item, executor):
                yield f"{entry.item.id} with {drawn}: {problem}"
                return
    except BankError as error:
        yield error.message


def _problems(entry: BankItem, again: BankItem, sample: Item, executor: Executor) -> Iterator[str]:
    """What is wrong with one draw.

    Args:
        again: the same draw, filled in once more.
        sample: another draw.
    """
    item, reference = entry.item, entry.key.reference(entry.item)
    if (again.item, again.key) != (item, entry.key):
        yield "filled in twice, it is not the same"
    judgement = earned(entry, reference, executor)
    if judgement.credit + judgement.pending < 1 - 1e-9:
        yield f"the reference response does not earn everything ({judgement.explanation})"
    options = getattr(item, "options", {}).values()
    if len(set(options)) < len(options):
        yield "two options are the same"
    if odd := _ODD_NUMBER.search(" ".join((item.question(), *options))):
        yield f"found the number {odd[0]}, allowed are numbers as people write them"
    if figure_files([item]) != figure_files([sample]):
        yield "figure.file: found another name, allowed is the same in all draws (an svg may be drawn)"
    if item.figure and item.figure.svg and (problem := drawing_problem(item.figure.svg.encode())):
        yield f"figure: {problem}"
    if isinstance(item, CodeItem):
        yield from wrong_examples({"try": entry}, executor)
        if earned(entry, item.starter, executor).credit > 0:
            yield "its starter earns points"
    yield from Texts({"what is issued": item.model_dump_json()}).found(entry)
