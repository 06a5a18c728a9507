"""How long an assessment takes and how hard it is to read: estimates for applicants, authors and the gate."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import Any

from assessments.items import Record, Response
from assessments.wordcount import count_words, words_of
from grader.bank import Bank
from grader.entries import BankItem

READ = 200
"""Words a minute, read with care. Silent reading of non-fiction takes 238 (Brysbaert, 2019)."""
WRITE = 19
"""Words a minute, composed at a keyboard (Karat, Halverson, Horn and Karat, 1999)."""
THINK = {"easy": 0.4, "medium": 0.7, "hard": 1.2}
"""Minutes for one question beside reading and writing; ours, to be replaced by what applicants really needed."""
LOOK = 0.3
"""Minutes for a picture."""
MARGIN = 1.15
"""The time limit is at least this many times the usual time."""

WORKED_OUT = {"numeric", "step", "code"}
"""Kinds whose questions are worked out on paper or tried."""
WORK = 2.0
"""How many times the thinking of other kinds that takes."""
WRITTEN = {"text", "rewrite", "conversation", "criteria", "assignment", "attack", "code"}
SENTENCE = 4
"""The fewest words that make one."""
LEVELS = ((25, "very easy"), (35, "easy"), (45, "neither easy nor hard"), (55, "hard"))
_SENTENCE = re.compile(r"[.!?…]+[\"”’)*_]*\s|\n\s*\n|\n\s*[-*|\d>#]")
_UNSEEN = {"id", "version", "kind", "task_type", "skill", "svg", "file"}


class Effort(Record):
    """What an assessment asks of somebody.

    Args:
        minutes: what most people need, as a rough estimate.
        lix: the reading level of its texts (Björnsson, 1968): words in a sentence plus per cent of words longer than
            six letters; between 20 (easy) and 60 (hard), in English and in Spanish alike.
    """

    minutes: int
    lix: int

    @property
    def reading(self) -> str:
        """The reading level in plain words."""
        return next((level for below, level in LEVELS if self.lix < below), "very hard")

    def fits(self, limit: int) -> bool:
        """Whether somebody who is a little slower than most still finishes within so many minutes."""
        return self.minutes * MARGIN <= limit


def effort(bank: Bank) -> Effort:
    """The estimate for one sitting: on the average of the items that each slot may bring."""
    blueprint = bank.blueprint
    # a guideline is read once, and as much again in looking things up
    minutes = sum(map(count_words, (blueprint.instructions, *[blueprint.guideline] * 2))) / READ
    texts = [blueprint.instructions, blueprint.guideline]
    for slot in blueprint.slots:
        candidates = bank.candidates(slot)
        minutes += mean(_minutes(entry) for entry in candidates)
        texts += [text for entry in candidates for text in _texts(entry.item.model_dump())]
    return Effort(minutes=round(minutes), lix=round(lix("\n\n".join(texts))))


def _minutes(entry: BankItem) -> float:
    item = entry.item
    read = sum(map(count_words, _texts(item.model_dump())))
    written = _written(entry) if item.kind in WRITTEN else 0
    think = THINK[entry.difficulty] * (WORK if item.kind in WORKED_OUT else 1)
    return read / READ + written / WRITE + think + (LOOK if item.figure else 0)


def _written(entry: BankItem) -> int:
    """The words of the reference response that do not stand in the draft."""
    reference = Counter(word for text in _texts(entry.key.reference(entry.item)) for word in words_of(text))
    return (reference - Counter(words_of(getattr(entry.item, "draft", "")))).total()


def _texts(value: Response | Any) -> Iterator[str]:
    """All that is read in a structure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _UNSEEN:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def lix(text: str) -> float:
    """Björnsson's readability index (1968) of a text in Markdown; 0 where there are no sentences.

    Headings, cells of tables and short options are no sentences.
    """
    sentences = [words for part in _SENTENCE.split(text) if len(words := words_of(part)) >= SENTENCE]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)
