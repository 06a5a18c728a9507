"""What people hand in who know nothing: stock sentences, the question copied, its words strung together."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain, cycle, islice

from grader.scoring.prose import telling

_STOCK = (
    "It is important to think about this carefully, because there are many things that can go right or wrong.",
    "On the one hand there are good reasons for it, and on the other hand one should always be careful.",
    "The answer should be clear, correct, complete and helpful, and it should be easy to understand for everybody.",
    "In my opinion one has to look at every detail and then decide what is best for the people who are concerned.",
    "Please ask a professional if you are not sure, as every case is different and needs its own solution.",
    "Could you tell me more about what you need, and what would you like to have in the end?",
    "First explain the problem step by step, then give an example, and at last sum up what matters most.",
    "However, nothing is perfect, so this may change with time, and it is better to check twice than to be sorry.",
)
_GLUE = ("of", "and", "with", "for", "the", "in", "that", "is", "not", "to", "which", "a")
_WORD = re.compile(r"[^\W_]+")


def stock(fewest: int, most: int) -> str:
    """Sentences that fit every question, as many words as are allowed up to all of them once."""
    return fitted(" ".join(_STOCK).split(), fewest, most)


def stock_sentences(count: int) -> list[str]:
    """That many stock sentences; after the last one they begin again."""
    return [*islice(cycle(_STOCK), count)]


def copied(prompt: str, fewest: int, most: int) -> str:
    """The question's words as they stand, over and over if need be."""
    return fitted(_WORD.findall(prompt), fewest, most)


def strung(prompt: str, fewest: int, most: int) -> str:
    """The question's own words, with little words between them so that it looks like sentences."""
    words = dict.fromkeys(word for word in _WORD.findall(prompt) if telling(word))
    return fitted(chain.from_iterable(zip(words, cycle(_GLUE), strict=False)), fewest, most)


def written_guesses(prompt: str, fewest: int, most: int) -> dict[str, str]:
    """All of these by name, each with a number of words that is allowed."""
    ways = {
        "stock sentences": stock(fewest, most),
        "the question copied": copied(prompt, fewest, most),
        "the question's words": strung(prompt, fewest, most),
    }
    return {name: text for name, text in ways.items() if text}


def most_like(options: Mapping[str, str], prompt: str) -> list[str]:
    """The options with the most of the question's words, all of them if they tie."""
    asked = set(telling(prompt))
    shared = {key: len(asked.intersection(telling(text))) for key, text in options.items()}
    return [key for key, count in shared.items() if count == max(shared.values())]


def fitted(words: Iterable[str], fewest: int, most: int) -> str:
    """The words, cut off at `most` and repeated up to `fewest`."""
    kept = [*islice(words, most)]
    return " ".join(islice(cycle(kept), max(fewest, len(kept))))
