"""Reading messages: words, numbers with units, and texts that somebody bent so that a filter does not see them."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

OTHER = ("another", "else", "different", "instead")
"""Words that ask for one more of the same."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER_WORDS = {word: number for number, word in enumerate(_NUMBERS, start=1)}
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_QUANTITY = re.compile(
    r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:[.,]\d{1,4})?)[\s-]{0,3}(?:°|degrees\s)?\s?([^\W\d_]{1,20})?"
)
_LOOK_ALIKES = str.maketrans("аеорсухіјӏкмтнвѕαοερικτνυ013457@$", "aeopcyxijlkmthbsaoepiktvuoieastas")


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Lower case, compatible characters made one, straight apostrophes, number words as digits."""
    straight = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return re.sub(r"[a-z]+", lambda word: str(NUMBER_WORDS.get(word[0], word[0])), straight)


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[str, ...]:
    """The words and punctuation marks of a message."""
    return tuple(_TOKEN.findall(plain(text)))


def has(text: str, *words: str) -> bool:
    """Whether one of these words or phrases stands in the message, as a whole."""
    spaced = f" {' '.join(tokens(text))} "
    return any(f" {word} " in spaced for word in words)


def is_empty(text: str) -> bool:
    """Whether there is nothing but space, punctuation and invisible characters."""
    return all(unicodedata.category(char)[0] in "ZPC" for char in text)


class Quantity(NamedTuple):
    """A number and the word after it."""

    number: float
    unit: str


def quantities(text: str) -> list[Quantity]:
    """The numbers of a message, each with the word behind it."""
    return [Quantity(_number(digits), unit) for digits, unit in _QUANTITY.findall(plain(text))]


def _number(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    return float(digits.replace(",", "."))


@lru_cache(maxsize=512)
def unbent(text: str) -> tuple[str, ...]:
    """The words as they look to the eye: look-alike letters and digits replaced, invisible characters taken out."""
    seen = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(char for char in seen if unicodedata.category(char) not in ("Mn", "Cf"))
    return tuple(re.findall(r"[a-z]+", letters.translate(_LOOK_ALIKES)))


def looks_like(text: str, word: str) -> bool:
    """Whether `word` can be made out in the message, spaced out, in other letters or with one typing error."""
    seen = unbent(text)
    return word in "".join(seen) or (len(word) > 5 and any(_near(each, word) for each in seen))


def _near(found: str, word: str) -> bool:
    """At most one letter added, left out or changed, or two neighbours swapped (Damerau, 1964)."""
    if abs(len(found) - len(word)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(found, word, strict=False)) if a != b), min(len(found), len(word)))
    a, b = found[start:], word[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
