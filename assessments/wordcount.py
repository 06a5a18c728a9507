"""How many words a text has, counted as the page counts them (front/lib/shared.js), and whether they are too many."""

import re
import sys
import unicodedata

MAX_CHARS = 20_000
"""The longest text that is an answer; the page lets nobody type more into one field."""

MARKS = "".join(c for c in map(chr, range(0x300, sys.maxunicode // 8)) if unicodedata.category(c) in ("Mn", "Mc"))
"""The signs that are written onto other letters; Python's \\w leaves them out."""

_PART = rf"(?:[^\W_]|[{MARKS}])+"
_WORD = re.compile(rf"{_PART}(?:[’'\-.,:/]{_PART})*")


def words_of(text: str) -> list[str]:
    """The words of a text, where spaces stand between them; `don't`, `4,000`, `18:00` and `mg/kg` are one word each."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words `words_of` finds."""
    return sum(1 for _ in _WORD.finditer(text))


def length_problem(text: object, minimum: int, maximum: int, where: str) -> str | None:
    """Why something is no text of `minimum` to `maximum` words, or None if it is one."""
    if not isinstance(text, str) or len(text) > MAX_CHARS:
        return f"the response must have a text of at most {MAX_CHARS:,} characters {where}"
    if minimum <= (found := count_words(text)) <= maximum:
        return None
    return f"the response must have {minimum:,} to {maximum:,} words {where}; it has {found:,}"


def check_limits(what: str, minimum: int, maximum: int) -> None:
    """Refuse limits of which the lower one is above the upper one.

    Raises:
        ValueError: with the names of the fields, `min_<what>` and `max_<what>`.
    """
    if minimum > maximum:
        raise ValueError(f"min_{what}: found {minimum}, allowed up to max_{what}, {maximum}")
