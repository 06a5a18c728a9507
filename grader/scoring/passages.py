"""Passages of a text: where a quotation stands, and how well a mark covers it, in whole words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from assessments.kinds.span import words

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s|$)|[。！？]|$)", re.MULTILINE)


class Passage(NamedTuple):
    """A place in a text: offsets in code points, and the numbers of the words that a mark of it needs and may hold."""

    start: int
    end: int
    core: frozenset[int]
    wide: frozenset[int]


@lru_cache(maxsize=1024)
def find_passage(text: str, quote: str, occurrence: int, within: str | None) -> Passage | None:
    """Where the quotation stands for the `occurrence`-th time, and `within` around it; None if they do not."""
    start = next((at for number, at in enumerate(_places(text, quote), 1) if number == occurrence), None)
    if start is None:
        return None
    end = start + len(quote)
    around = (at for at in _places(text, within or quote) if at <= start and end <= at + len(within or quote))
    first = next(around, None)
    if first is None:
        return None
    last = first + len(within or quote)
    # who marks a single sign in it, such as an operator, marks a part of it
    return Passage(start, end, touched(text, start, end), touched(text, first, last) | _all(text, start, end))


@lru_cache(maxsize=4096)
def touched(text: str, start: int, end: int) -> frozenset[int]:
    """The numbers of the words that a mark touches; words of nothing but punctuation only if there is no other."""
    found, places = _all(text, start, end), _words(text)
    spoken = frozenset(number for number in found if any(map(str.isalnum, text[slice(*places[number])])))
    return spoken or found


def _all(text: str, start: int, end: int) -> frozenset[int]:
    places = enumerate(_words(text))
    return frozenset(number for number, word in places if word[0] < end and start < word[1])


def overlap(text: str, passage: Passage, start: int, end: int) -> float:
    """How well a mark covers the passage, 0…1, where marking the whole text is 0.

    With d(mark) = 2 |mark and wide| / (|mark| + |core or (mark and wide)|) in characters of the words (Dice, 1945):
    max(0, (d(mark) − d(text)) / (1 − d(text))).
    """
    whole = _dice(text, passage, touched(text, 0, len(text)))
    return max(0.0, (_dice(text, passage, touched(text, start, end)) - whole) / (1 - whole))


def share(text: str, numbers: Iterable[int]) -> float:
    """How much of the text these words are, in characters."""
    return _size(text, numbers) / _size(text, touched(text, 0, len(text)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences and lines start and end, roughly."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _dice(text: str, passage: Passage, marked: frozenset[int]) -> float:
    common = marked & passage.wide
    return 2 * _size(text, common) / (_size(text, marked) + _size(text, passage.core | common))


_words = lru_cache(maxsize=64)(words)


def _size(text: str, numbers: Iterable[int]) -> int:
    places = _words(text)
    return sum(places[number][1] - places[number][0] for number in numbers)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
