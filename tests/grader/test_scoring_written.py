"""Worked examples of the scorers for written answers: texts, rewrites, conversations, rubrics."""

from typing import Any

import pytest

from assessments.items import Item, Response
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.base import Judgement, Key
from grader.scoring.criteria import is_checkable

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s"}


def made(kind: str, key: dict[str, Any], **fields: Any) -> tuple[Item, Key[Any]]:
    """An item of a kind with its key."""
    item = KINDS[kind].model_validate({**COMMON, "kind": kind, "prompt": "Do it.", **fields})
    return item, KEYS[kind].model_validate(key)


def failed(judgement: Judgement) -> list[str]:
    """What does not hold."""
    return [check.says for check in judgement.checks if not check.holds]


QUESTION = made(
    "text",
    {
        "machine_share": 0.4,
        "checks": [
            {"says": "gives an age", "any": ["year old", "aged"]},
            {"says": "names two medicines", "any": ["warfarin", "ibuprofen", "aspirin"], "at_least": 2},
            {"says": "asks something", "any": ["should", "may", "can"], "required": True},
            {"says": "speaks as a person", "none": ["as an AI"], "weight": 0.5},
        ],
        "answer": {"answer": "A 67-year-old woman takes warfarin. May she take ibuprofen for her knee as well?"},
    },
    prompt="Write a realistic question of a general practitioner about two medicines that do not go together well.",
    min_words=5,
    max_words=60,
)
LEVELS = made(
    "text",
    {
        "machine_share": 1,
        "most_alike": 0.6,
        "checks": [
            {"says": "the easy one is for children", "any": ["child", "ten"], "within": "easy"},
            {"says": "the hard one uses the term", "any": ["Rayleigh"], "within": "hard"},
        ],
        "answer": {
            "easy": "Tell a child why the sky is blue.",
            "hard": "Derive Rayleigh scattering for small spheres.",
        },
    },
    fields={"easy": "Easy", "hard": "Hard"},
)


def test_the_rest_of_a_text_waits_for_a_person() -> None:
    """Two of three that earn hold: two thirds of the machine's share."""
    item, key = QUESTION
    found = key.score(item, {"answer": "My patient takes warfarin and aspirin. What should I watch out for in her?"})
    assert found.credit == pytest.approx(0.4 * 2 / 3)
    assert found.pending == pytest.approx(0.6)
    assert failed(found) == ["gives an age"]
    assert found.explanation == "3 of 4 checks hold; a person judges the rest"


def test_what_is_forbidden_costs() -> None:
    """Half a check's weight here."""
    item, key = QUESTION
    text = "As an AI I see a patient aged 50 on warfarin and aspirin. What should I watch out for in her?"
    assert key.score(item, {"answer": text}).credit == pytest.approx(0.4 * 2.5 / 3)


@pytest.mark.parametrize(
    "text",
    [
        "A woman aged 50 takes warfarin and ibuprofen together every day.",
        "realistic question of a general practitioner about two medicines that do not go together",
    ],
)
def test_what_misses_the_essential_or_copies_waits_for_nobody(text: str) -> None:
    """There is nothing to judge."""
    item, key = QUESTION
    found = key.score(item, {"answer": text})
    assert (found.credit, found.pending) == (0, 0)


def test_texts_that_are_meant_to_differ_have_to() -> None:
    """And each is looked at by itself."""
    item, key = LEVELS
    right: dict[str, Any] = {
        "easy": "Tell a child why the sky is blue.",
        "hard": "What does Rayleigh scattering depend on?",
    }
    assert key.score(item, right).credit == 1
    swapped: dict[str, Any] = {"easy": right["hard"], "hard": right["easy"]}
    assert key.score(item, swapped).credit == 0
    same: dict[str, Any] = dict.fromkeys(right, "Tell a child about Rayleigh.")
    assert failed(key.score(item, same)) == ["the texts differ from one another"]
    assert key.score(item, same).credit == 0


DRAFT = "The results shows an infection. Take 500 g three times daily. Call us at any time."
REVISION = made(
    "rewrite",
    {
        "machine_share": 1,
        "gone": [
            {"says": "the verb agrees", "phrases": ["The results shows"], "reasons": ["agree", "plural"]},
            {"says": "the dose is possible", "phrases": ["500 g"], "instead": ["500 mg"], "weight": 2},
        ],
        "kept": [{"says": "how often is still said", "any": ["three times daily", "three times a day"], "weight": 2}],
        "checks": [{"says": "is polite", "any": ["please"]}],
        "answer": "The results show an infection. Please take 500 mg three times daily. Call us at any time.",
        "answer_reasons": "Results is plural; nobody takes 500 g, the unit was wrong; please is more polite.",
    },
    draft=DRAFT,
    reasons={"min_words": 3},
)
SAID = "Plural, and the unit of the dose, and please."


@pytest.mark.parametrize(
    ("text", "reasons", "credit"),
    [
        # possible: verb 1, its reason 1, dose 2, politeness 1
        ("The results show an infection. Please take 500 mg three times a day. Call us at any time.", SAID, 1),
        ("The results show an infection. Take 500 mg three times a day. Call us at any time.", SAID, 4 / 5),
        # capitals do not hide what is wrong, plurals do matter
        ("The Results shows an infection. Take 500 mg three times daily. Call us at any time.", SAID, 2 / 5),
        ("The results show an infection. Take it three times daily. Call us at any time.", SAID, 2 / 5),
        # the dose right, but nobody knows how often
        ("The results shows an infection. Take 500 mg. Call us at any time.", "Wrong: g; cut the rest.", 0),
        # reasons that speak of something else cost one check, and the reason is missed
        ("The results show an infection. Take 500 mg three times daily. Call us at any time.", "So it is.", 2 / 5),
        ("Thanks for everything.", SAID, 0),
        (f"{DRAFT} Thanks.", "Added thanks for it.", 0),
    ],
)
def test_a_revision_earns_by_what_it_mends(text: str, reasons: str, credit: float) -> None:
    """What it breaks costs; computed by hand."""
    item, key = REVISION
    assert key.score(item, {"text": text, "reasons": reasons}).credit == pytest.approx(credit)


def test_the_draft_earns_nothing_and_nobody_reads_it() -> None:
    """White space apart."""
    item, key = REVISION
    found = key.score(item, {"text": DRAFT.replace(" ", "\n"), "reasons": "It is right."})
    assert (found.credit, found.pending, found.explanation) == (0, 0, "the draft was not changed")


BOOKING = made(
    "conversation",
    {
        "machine_share": 0.5,
        "first": "bot",
        "last": "bot",
        "refers": "bot",
        "asks_before": {
            "role": "bot",
            "asks": [["when", "day"], ["how many", "people"]],
            "acts": ["booked", "reserved"],
            "weight": 2,
        },
        "checks": [{"says": "confirms the day", "any": ["Friday"], "within": "bot"}],
        "answer": [
            {"role": "bot", "text": "Gladly. For which day is the table, and how many people are you?"},
            {"role": "user", "text": "Friday at seven, we are four people."},
            {"role": "bot", "text": "I have booked a table for four on Friday at seven."},
        ],
    },
    prompt="Write how the assistant helps, and let it ask for what is missing.",
    roles={"user": "User", "bot": "Assistant"},
    opening=[{"role": "user", "text": "Please book a table for us."}],
    min_turns=1,
)
ASK, TELL = "Gladly. For which day is the table, and how many people are you?", "Friday at seven, we are four people."
DONE = "I have booked a table for four on Friday at seven."


def turns(*texts: str, roles: str = "bub") -> Response:
    """Turns by roles, as letters."""
    names = {"b": "bot", "u": "user"}
    return [{"role": names[role], "text": text} for role, text in zip(roles, texts, strict=True)]


@pytest.mark.parametrize(
    ("response", "credit", "wrong"),
    [
        (turns(ASK, TELL, DONE), 1, []),
        # the day is never confirmed
        (turns(ASK, TELL, "I have reserved the table for the four of you."), 2 / 3, ["confirms the day"]),
        # asks without a question mark
        (turns("Please tell me the day and how many people you are.", TELL, DONE), 1, []),
        (turns("We still need the day. And let me know how many you are", TELL, DONE), 1, []),
        (turns("The day, please. Could you give me the number of people too.", TELL, DONE), 1, []),
        (turns("Tell me the day and for how many people it is to be booked.", TELL, DONE), 1, []),
        # tells, and is polite
        (
            turns("I see the day and the people. Please note that it is full.", TELL, DONE),
            1 / 3,
            ["asks for what is missing before acting"],
        ),
        # acts first and asks afterwards
        (
            turns("It is booked, please tell me the day and how many people you are.", TELL, DONE),
            1 / 3,
            ["asks for what is missing before acting"],
        ),
        (turns(DONE, TELL, ASK), 1 / 3, ["asks for what is missing before acting"]),
        # asks for one thing only
        (turns("Which day is the table for?", TELL, DONE), 1 / 3, ["asks for what is missing before acting"]),
        # a question about acting is not acting, and never acting is no help
        (turns(ASK, TELL, "Shall it be booked for Friday?"), 1 / 3, ["asks for what is missing before acting"]),
        # what it will do once something is known is not done yet; what is done after that is
        (turns(f"Once I have booked the table, I will write to you. {ASK}", TELL, DONE), 1, []),
        (turns(f"I'll write to you when the table is booked. {ASK}", TELL, DONE), 1, []),
        (turns(f"We talk about the menu after I have booked! {ASK}", TELL, DONE), 1, []),
        (turns(ASK, TELL, "After your answer I have booked a table on Friday."), 1, []),
        (turns(ASK, TELL, "I looked when it is free and have booked a table on Friday."), 1, []),
        (turns(ASK, TELL, "Now that I know, it is booked at once for Friday."), 1, []),
        (
            turns(f"Before you ask, it is booked. {ASK}", TELL, DONE),
            1 / 3,
            ["asks for what is missing before acting"],
        ),
        # does not wait for the answer
        (
            turns(f"{ASK} {DONE}", roles="b"),
            1 / 3,
            ["asks for what is missing before acting"],
        ),
        (turns(ASK, TELL, DONE, "Thank you for the table!", roles="bubu"), 2 / 3, ["Assistant speaks last"]),
        (turns(TELL, ASK, TELL, DONE, roles="ubub"), 0, []),
        (
            turns("Potatoes grow underground. When? How many people?", TELL, DONE),
            2 / 3,
            ["Assistant takes up what was said before"],
        ),
        (turns(ASK, TELL, ASK, TELL, DONE, roles="bubub"), 2 / 3, ["the turns differ from one another"]),
    ],
)
def test_a_conversation_is_judged_by_its_order(response: Response, credit: float, wrong: list[str]) -> None:
    """Good order alone earns nothing, bad order costs; possible are 3: asking 2, the day 1."""
    item, key = BOOKING
    found = key.score(item, response)
    assert found.credit == pytest.approx(0.5 * credit)
    assert found.pending == 0.5
    assert not wrong or failed(found) == wrong


CHAIN = made(
    "conversation",
    {
        "machine_share": 1,
        "refers": "user",
        "checks": [{"says": "asks", "any": ["how", "what", "why", "write", "put"], "within": "user"}],
        "answer": [{"role": "user", "text": "What does it cost without the stall?"}],
    },
    prompt="Go on.",
    roles={"user": "User", "bot": "Assistant"},
    writes=["user"],
    opening=[{"role": "bot", "text": "A loaf costs five pounds."}],
    min_turns=1,
)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("How much does a loaf cost in June?", 1),
        ("What makes you think the oven is free?", 1),
        ("How does your calculation pay for the oven?", 1),
        ("And if my sister helps now, what changes?", 1),
        ("Put both cases into one table.", 1),
        ("So what should I charge?", 1),
        ("Write all of it down.", 1),
        ("How do I train for a marathon in ten weeks?", 0),
        ("Write a poem on spring for my aunt.", 0),
    ],
)
def test_a_turn_takes_up_what_was_said_by_a_word_or_by_pointing_back(text: str, credit: float) -> None:
    """Another subject does neither."""
    item, key = CHAIN
    assert key.score(item, [{"role": "user", "text": text}]).credit == credit


RUBRIC = made(
    "criteria",
    {
        "machine_share": 0.5,
        "covers": [
            {"says": "the dose", "any": ["dose", "dosage"]},
            {"says": "the danger", "any": ["bleeding", "bleed"], "weight": 2},
            {"says": "both medicines at once", "all": ["warfarin", "ibuprofen"]},
        ],
        "answer": [
            {"text": "States the highest daily dose", "weight": 5},
            {"text": "Warns of bleeding, naming warfarin and ibuprofen", "weight": 4},
        ],
    },
    prompt="By which criteria would you judge an answer about painkillers?",
    min_rows=2,
)


def rows(*texts: str) -> Response:
    """Criteria of the same weight."""
    return [{"text": text, "weight": 3} for text in texts]


@pytest.mark.parametrize(
    ("response", "credit", "wrong"),
    [
        (rows("States the daily dosage", "Warns of bleeding with warfarin and ibuprofen"), 1, []),
        (rows("States the daily dose", "Warns of bleeds in the gut"), 3 / 4, ["both medicines at once"]),
        # each dimension by one criterion alone
        (rows("Warns of bleeding on warfarin", "Names ibuprofen and its dose"), 3 / 4, ["both medicines at once"]),
    ],
)
def test_a_rubric_is_judged_by_what_it_covers(response: Response, credit: float, wrong: list[str]) -> None:
    """By weight."""
    item, key = RUBRIC
    found = key.score(item, response)
    assert found.credit == pytest.approx(0.5 * credit)
    assert failed(found) == wrong


def test_criteria_that_nobody_can_check_or_tell_apart_cost() -> None:
    """And say which ones."""
    item, key = RUBRIC
    vague = key.score(item, rows("States the daily dose", "Warns of bleeding", "The answer is very good", "nice"))
    assert vague.credit == pytest.approx(0.5 * 2 / 4)
    assert failed(vague)[-1] == "each criterion names something that one can look for (not so: 3, 4)"
    alike = key.score(item, rows("States the daily dose", "States the daily dose", "Warns of bleeding"))
    assert failed(alike) == ["both medicines at once", "the criteria differ from one another"]


@pytest.mark.parametrize(
    ("criterion", "checkable"),
    [
        ("Names the maximum daily dose", True),
        ("Has no more than 100 words", True),
        ("The dose is correct", True),
        ("The answer is good and nice", False),
        ("It is a well-rounded, good response of high quality", True),
        ("The response is correct and complete", False),
        ("dose", False),
    ],
)
def test_vague_praise_is_no_criterion(criterion: str, checkable: bool) -> None:
    """A heuristic, which the fifth one gets past."""
    assert is_checkable(criterion) is checkable


@pytest.mark.parametrize(
    ("pair", "changes", "problem"),
    [
        (QUESTION, {"checks": [{"says": "x", "any": ["y"], "within": "z"}]}, "key.checks: found within = 'z'"),
        (QUESTION, {"checks": [{"says": "x", "none": ["y"]}]}, "key.machine_share: found 0.4, allowed 0 unless"),
        (QUESTION, {"most_alike": 0.5}, "key.most_alike: found for one field"),
        (QUESTION, {"answer": {"answer": "short"}}, "key.answer: found what is no answer"),
        (REVISION, {"kept": []}, "key.kept: found a weight of 0, allowed from 2"),
        (REVISION, {"kept": [{"says": "x", "any": ["y"]}]}, "key.kept: x: found what is not so in the draft"),
        (REVISION, {"checks": [{"says": "x", "any": ["infection"]}]}, "key.checks: x: found what is so in the draft"),
        (REVISION, {"gone": [{"says": "x", "phrases": ["Result"]}]}, "key.gone: x: found what is not so in the draft"),
        (REVISION, {"answer": DRAFT}, "key.answer: found what is no answer"),
        (BOOKING, {"refers": "z"}, "key.refers: found 'z', allowed user, bot"),
        (BOOKING, {"first": "z"}, "key.first: found 'z', allowed user, bot"),
        (BOOKING, {"answer": [{"role": "z", "text": "x"}]}, "key.answer: found what is no answer"),
        (RUBRIC, {"covers": [{"says": "x", "none": ["y"]}]}, "key.covers: x: found nothing in any or all"),
        (RUBRIC, {"answer": [{"text": "x", "weight": 1}]}, "key.answer: found what is no answer"),
    ],
)
def test_a_key_that_does_not_fit_is_told(pair: tuple[Item, Key[Any]], changes: dict[str, Any], problem: str) -> None:
    """In the author's words."""
    item, key = pair
    wrong = type(key).model_validate({**key.model_dump(), **changes})
    assert any(found.startswith(problem) for found in wrong.problems(item)), wrong.problems(item)
    assert key.problems(item) == []


@pytest.mark.parametrize("pair", [QUESTION, LEVELS, REVISION, BOOKING, RUBRIC])
def test_the_reference_holds_and_guessing_does_not_pay(pair: tuple[Item, Key[Any]]) -> None:
    """Every guess is a possible response."""
    item, key = pair
    best = key.score(item, key.reference(item))
    assert best.credit + best.pending == 1
    assert failed(best) == []
    assert best.needs_review is key.needs_review
    for name, responses in key.guesses(item).items():
        for response in responses:
            assert item.problem(response) is None, name
            assert key.score(item, response).credit <= 0.15, name


@pytest.mark.parametrize("pair", [QUESTION, REVISION, BOOKING, RUBRIC])
def test_what_is_said_does_not_tell_the_key(pair: tuple[Item, Key[Any]]) -> None:
    """Neither the explanation nor a reference text."""
    item, key = pair
    for responses in key.guesses(item).values():
        found = key.score(item, responses[0])
        told = " ".join([found.explanation, *(check.says for check in found.checks)])
        assert not any(secret in told for secret in key.secrets())
