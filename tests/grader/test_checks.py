"""What a machine looks for in texts: words however they are written, copies, lists of words, what checks are worth."""

from typing import Any

import pytest
from pydantic import ValidationError

from grader.scoring.checks import Finding, TextCheck, judge, judge_checks
from grader.scoring.edits import edits, named_share
from grader.scoring.prose import is_prose, without_lists
from grader.scoring.words import closest, copied_share, has_phrase, words_of

PROSE = (
    "A 67-year-old woman takes warfarin for atrial fibrillation. She asks whether she may take ibuprofen for her knee. "
    "Explain the risk to her in plain words, and say what she could take instead."
)
KEYWORDS = (
    "warfarin, ibuprofen, bleeding, INR, kidney, ulcer, paracetamol, dose, monitoring, clot, stroke, liver, aspirin"
)
NOTES = (
    "Metformin 500 mg twice daily with food. Check eGFR before starting; stop if eGFR falls below 30 or on vomiting."
)


def check(**fields: Any) -> TextCheck:
    """A check that says something."""
    return TextCheck.model_validate({"says": "names it", **fields})


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("She needs a Follow up.", "follow-up", True),
        ("Several follow‑ups are due", "followup", True),
        ("It doesn't help", "doesn’t", True),
        ("the patient’s age", "patients", True),
        ("500mg daily", "500 mg", True),
        ("1500 mg daily", "500 mg", False),
        ("12 5", "125", False),
        ("4,000 people", "4000", True),
        ("4 000 people", "4,000", True),
        ("4\u202f000 people", "4'000", True),
        ("0,5 ml", "0.50 ml", True),
        ("until 12.30.", "12.30", True),
        ("1.2.30", "1.2.3", False),
        ("1,234.50 euros", "1234.5", True),
        ("1,2,3", "1.2", False),
        ("20.000 €", "20000", True),
        ("20.000 €", "20,000", True),
        ("20.000 €", "20", True),
        ("EUR 1.404 a year", "1404", True),
        ("1.404 kg", "1,404", True),
        ("1.404 kg", "1.404", True),
        ("1.404 kg", "404", False),
        ("1.404 kg", "14", False),
        ("2.500 kg", "2.5 kg", True),
        ("2500 kg", "2.500 kg", True),
        ("from 20.000 to 27.500 euros", "20000 to 27500", True),
        ("1.234.567 people", "1234567", True),
        ("1.234,50 euros", "1234.5", True),
        ("0.250 g", "0.25 g", True),
        ("0.250 g", "250 g", False),
        ("20.0001", "20000", False),
        ("two doses", "dose", True),
        ("headaches, boxes, therapies", "headache", True),
        ("headaches, boxes, therapies", "box", True),
        ("headaches, boxes, therapies", "therapy", True),
        ("COVID19", "covid-19", True),
        ("STRASSE", "straße", True),
        ("ﬁnal", "final", True),
        ("cafe", "café", False),
        ("cafe\u0301", "café", True),
        ("soft\u00adhyphen", "softhyphen", True),
        ("a notable case", "table", False),
        ("the cat", "cat the", False),
        ("heart", "heart attack", False),
        ("", "x", False),
    ],
)
def test_phrases_are_found_however_they_are_written(text: str, phrase: str, found: bool) -> None:
    """As whole words; hyphens, apostrophes, plurals and separators of thousands make no difference.

    A dot before three digits may be either: nobody loses points for writing numbers as at home.
    """
    assert has_phrase(words_of(text), phrase) is found


def test_copies_are_counted_in_runs_of_five_words() -> None:
    """Capitals and signs do not hide them; common phrases are no copies."""
    source = "Write a realistic question that a general practitioner would ask an assistant."
    assert copied_share(source.upper().replace(" ", ", "), [source]) == 1
    assert copied_share("A general practitioner would like to know what to do about it.", [source]) == 0
    assert copied_share("ask an assistant", [source]) == 0
    half = "a realistic question that a general practitioner came up with today"
    # 7 runs in 11 words, 3 of them in the source
    assert copied_share(half, ["nothing", source]) == pytest.approx(3 / 7)


def test_the_closest_two_texts_count() -> None:
    """The share of common words of all words, whatever their order."""
    assert closest(["only one"]) == 0
    assert closest(["red green", "green red", "blue"]) == 1
    assert closest(["red green", "green blue", "white"]) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        NOTES,
        "Short: aspirin, ibuprofen.",
        "Der Patient sollte sofort ins Krankenhaus, weil die Schmerzen auf einen Infarkt hindeuten können.",
        "Hasta ağrı kesici olarak ibuprofen almak istiyor ve bu ilaç kanama riskini artırabilir.",
        "Пациент принимает варфарин и хочет принять ибупрофен от боли в колене, но это повышает риск кровотечения.",
        " ".join([PROSE, NOTES]),
    ],
)
def test_sentences_are_told_from_lists(text: str) -> None:
    """In prose, in notes, in several languages."""
    assert is_prose(text)


@pytest.mark.parametrize(
    "text", [KEYWORDS, KEYWORDS.replace(",", ""), "I like it. " * 20, " ".join(sorted(PROSE.split())[:4] * 9)]
)
def test_lists_are_told_from_sentences(text: str) -> None:
    """Also without commas, and also where little words are only repeated."""
    assert not is_prose(text)


def test_a_long_list_behind_prose_counts_for_nothing() -> None:
    """Though a short enumeration does; forbidden words are found everywhere."""
    short, long = "aspirin, clopidogrel", " ".join(f"item{chr(97 + n)}x" for n in range(25)) + " aspirin"
    assert has_phrase(without_lists(f"{PROSE} He takes {short}."), "aspirin")
    assert has_phrase(without_lists(f"{PROSE} He takes {long}."), "instead")
    assert not has_phrase(without_lists(f"{PROSE} {long}"), "aspirin")
    assert not check(any=["aspirin"]).holds({"answer": f"{PROSE} {long}"})
    assert not check(none=["aspirin"]).holds({"answer": f"{PROSE} {long}"})


def test_a_check_looks_for_any_all_and_none_of_its_phrases() -> None:
    """In one part or in every part."""
    texts = {"a": "The dose is 4,000 mg a day.", "b": "Warn of bleeding."}
    assert check(any=["dose", "warn", "x"], at_least=2).holds(texts)
    assert not check(any=["dose", "warn", "x"], at_least=3).holds(texts)
    assert check(all=["4000 mg", "bleeding"]).holds(texts)
    assert not check(all=["4000 mg", "bleeding"], within="a").holds(texts)
    assert check(none=["bleeding"], within="a").holds(texts)
    assert not check(any=["dose"], none=["bleeding"]).holds(texts)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "nothing to look for"),
        ({"any": ["…"]}, "at least one letter or digit"),
        ({"any": ["a"], "at_least": 2}, "allowed up to 1"),
        ({"all": ["a"], "weight": 0}, "greater than 0"),
    ],
)
def test_a_check_that_cannot_work_is_refused(fields: dict[str, Any], reason: str) -> None:
    """With the reason."""
    with pytest.raises(ValidationError, match=reason):
        check(**fields)


def test_what_is_won_and_lost() -> None:
    """Checks that any text would pass cost where they fail and earn nothing where they hold."""
    won, missed = Finding(says="a", holds=True, weight=3), Finding(says="b", holds=False)
    kept, broken = Finding(says="c", holds=True, earns=False), Finding(says="d", holds=False, earns=False)
    assert judge([won, missed], 1).credit == pytest.approx(3 / 4)
    assert judge([won, missed, kept, broken], 0.5).credit == pytest.approx(0.5 * 2 / 4)
    assert judge([missed, broken], 0.5).credit == 0
    assert judge([kept], 0.5).credit == 0
    assert judge([won], 0.3).credit + judge([won], 0.3).pending == 1
    missing = judge([won, Finding(says="e", holds=False, required=True)], 0.5)
    assert (missing.credit, missing.pending) == (0, 0)


def test_work_that_is_none_earns_nothing() -> None:
    """A copy is nobody's to judge; what only looks like a list is left to a person."""
    checks = [check(any=["warfarin"])]
    assert judge_checks(checks, {"a": PROSE}, 0.4).credit == 0.4
    copied = judge_checks(checks, {"a": PROSE}, 0.4, sources=[f"Consider this. {PROSE}"])
    assert (copied.credit, copied.pending) == (0, 0)
    listed = judge_checks(checks, {"a": KEYWORDS}, 0.4)
    assert (listed.credit, listed.pending) == (0, 0.6)
    assert not listed.checks[0].holds
    empty = judge_checks(checks, {"a": "…"}, 0.4)
    assert (empty.credit, empty.pending) == (0, 0)


def test_what_is_required_comes_first() -> None:
    """A list of words that lacks it waits for nobody; one that has it waits."""
    required = [check(any=["warfarin"], required=True)]
    lacking = judge_checks(required, {"a": KEYWORDS.replace("warfarin", "heparin")}, 0.4)
    assert (lacking.credit, lacking.pending) == (0, 0)
    assert (judge_checks(required, {"a": KEYWORDS}, 0.4).pending) == 0.6


def test_one_part_that_is_a_list_makes_the_whole_one() -> None:
    """Though the little words of another part would make up for it."""
    checks = [check(any=["warfarin"])]
    stuffed = judge_checks(checks, {"easy": PROSE, "hard": KEYWORDS}, 0.4)
    assert (stuffed.credit, stuffed.pending) == (0, 0.6)
    assert judge_checks(checks, {"easy": PROSE, "hard": NOTES, "short": "Aspirin, INR"}, 0.4).credit == 0.4


def test_reasons_speak_of_changes_by_word_or_kind() -> None:
    """A change has a kind, as far as one can see."""
    draft = "The results shows a infection. Take 500 g daily, and rest, and rest. He is a kid."
    version = "The results show an infection. Take 500 mg daily, and rest. He is a young patient. Good luck."
    changes = edits(draft, version)
    assert [change.kind for change in changes] == ["form", "number", "cut", "wording", "added"]
    assert named_share(changes, "Nothing much.") == 0
    assert named_share(changes, "'Shows' does not fit; mg is the unit.") == pytest.approx(2 / 5)
    assert named_share(changes, "Grammar, unit, wording, one repetition removed, wishes added.") == 1
    assert named_share([], "Grammar") == 0
