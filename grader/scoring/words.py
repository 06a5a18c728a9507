"""Words as they are compared: whatever their capitals, hyphens, apostrophes, plural s and ways of writing numbers."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product

from assessments.wordcount import MARKS

Words = tuple[str, ...]
"""A text's words in their order, made alike by `words_of`."""

GRAM = 5
"""Words in a row that are taken to be copied; fewer are common property."""

_LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
_WORD = re.compile(rf"\d+(?:\.\d+)?|{_LETTER}(?:{_LETTER}|\d)*")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[, '’]\d{3})+(?![\d,]|\.\d{3})")
_DOTTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?!\d|\.\d)|(?:\.\d{3})+(?=,\d{1,2}(?!\d)))")
"""Dots that can only separate thousands: there are two of them, or decimals behind a comma."""
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d,]|\.\d)")
_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A dot that separates thousands in some countries and decimals in others."""
_DECIMALS = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?!\d|\.\d)")


def words_of(text: str) -> Words:
    """The words of a text, made alike: `4,000` and `4 000` are `4000`, `500mg` is `500 mg`, `Cars` is `car`.

    `20.000` stays as it is, as it may be 20 or 20000; `has_phrase` finds both.
    """
    return tuple(map(singular, spelled(text)))


def spelled(text: str) -> Words:
    """As `words_of`, with their endings."""
    alike = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    alike = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found.group()), alike)
    alike = _DOTTED.sub(lambda found: found.group().replace(".", ""), alike)
    alike = _DECIMAL_COMMA.sub(r"\1.\2", alike)
    alike = _DECIMALS.sub(_without_zeros, alike)
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", alike.translate(_APOSTROPHES).casefold())))


def singular(word: str) -> str:
    """The word without a plural s, and without the e that only some plurals have: `boxes` is `box`, `dose` is `dos`."""
    if len(word) <= 2:
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if word.endswith(("se", "xe", "ze", "che", "she")) else word


def has_phrase(words: Words, phrase: str) -> bool:
    """Whether the words hold a phrase, as whole words; `follow-up`, `follow up` and `followup` are the same."""
    wanted = {_joined(reading) for reading in product(*map(_readings, words_of(phrase)))}
    return any(_starts(words, start, each) for each in wanted for start in range(len(words)))


def copied_share(text: str, sources: Iterable[str]) -> float:
    """The share of the text's runs of five words that stand in a source too, 0…1.

    The containment of shingles (Broder, 1997). A text of fewer than five words is not taken for a copy.
    """
    known = {gram for source in sources for gram in _grams(words_of(source))}
    grams = _grams(words_of(text))
    return sum(gram in known for gram in grams) / len(grams) if grams else 0.0


def closest(texts: Iterable[str]) -> float:
    """The share of words that the two most alike texts have in common, of all that either has, 0…1 (Jaccard, 1901)."""
    sets = [set(words_of(text)) for text in texts]
    pairs = [(one, other) for number, one in enumerate(sets) for other in sets[:number]]
    return max((len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs), default=0.0)


def _without_zeros(number: re.Match[str]) -> str:
    if _EITHER.fullmatch(number[0]):
        return number[0]
    whole, fraction = number.groups()
    return f"{whole}.{fraction}".rstrip("0").rstrip(".")


def _readings(word: str) -> tuple[str, ...]:
    """What a word may stand for: two numbers, if its dot can mean two things."""
    if "." not in word or not _EITHER.fullmatch(word):
        return (word,)
    return word.rstrip("0").rstrip("."), word.replace(".", "")


def _joined(words: Iterable[str]) -> str:
    """The words as one; two numbers side by side stay two."""
    whole = ""
    for word in words:
        whole = _append(whole, word)
    return whole


def _append(whole: str, word: str) -> str:
    return f"{whole} {word}" if whole[-1:].isdigit() and word[:1].isdigit() else whole + word


def _starts(words: Words, start: int, wanted: str) -> bool:
    """Whether some words from `start` on are together exactly `wanted`."""
    found = {""}
    for word in words[start:]:
        longer = {_append(each, reading) for each in found for reading in _readings(word)}
        found = {*filter(wanted.startswith, longer)}
        if wanted in found or not found:
            break
    return bool(wanted) and wanted in found


def _grams(words: Words) -> list[Words]:
    return [words[start : start + GRAM] for start in range(len(words) - GRAM + 1)]
