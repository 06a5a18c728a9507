"""What holds for the scorers of written answers, whatever is written."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items import Item
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.base import Judgement, Key
from grader.scoring.checks import Finding, TextCheck, judge
from grader.scoring.edits import edits
from grader.scoring.prose import is_prose, without_lists
from grader.scoring.words import copied_share, has_phrase, words_of

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s"}
PROMPT = "Write about the dangers of taking two painkillers together, for a patient who has never heard of them."
shares = st.floats(0, 1)
texts = st.text(max_size=80)
words = st.sampled_from(["Take", "the", "dose", "of", "aspirin", "twice", "a", "day", "4,000", "mg", "because", "it"])
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)
findings = st.lists(
    st.builds(
        Finding, says=st.just("x"), holds=st.booleans(), earns=st.booleans(), weight=st.sampled_from([0.5, 1.0, 3.0])
    )
)


def made(kind: str, key: dict[str, Any], **fields: Any) -> tuple[Item, Key[Any]]:
    """An item of a kind with its key."""
    item = KINDS[kind].model_validate({**COMMON, "kind": kind, "prompt": PROMPT, **fields})
    return item, KEYS[kind].model_validate(key)


@st.composite
def checks(draw: st.DrawFn) -> dict[str, Any]:
    return {"says": "x", draw(st.sampled_from(["any", "all"])): [draw(words)], "weight": draw(st.sampled_from([1, 2]))}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    share, looked_for = draw(shares), draw(st.lists(checks(), min_size=1, max_size=4))
    reference = "Take the dose of aspirin twice a day, 4,000 mg, because it helps."
    match draw(st.sampled_from(["text", "rewrite", "conversation", "criteria"])):
        case "text":
            pair = made("text", {"machine_share": share, "checks": looked_for, "answer": {"answer": reference}})
            return *pair, {"answer": draw(sentences)}
        case "rewrite":
            draft = "Eat nothing before noon."
            kept = [{"says": "y", "any": ["before"]}]
            gone = [{"says": "z", "phrases": ["Eat nothing"]}]
            key: dict[str, Any] = {"machine_share": share, "checks": looked_for, "kept": kept, "gone": gone}
            key["answer"] = f"{reference} Not before noon."
            return *made("rewrite", key, draft=draft), {"text": draw(sentences)}
        case "conversation":
            turns = [{"role": "u", "text": reference}, {"role": "b", "text": "Because it does not hurt."}]
            pair = made(
                "conversation",
                {"machine_share": share, "checks": looked_for, "answer": turns},
                roles={"u": "User", "b": "Bot"},
            )
            roles = st.sampled_from(["u", "b"])
            return *pair, draw(
                st.lists(st.fixed_dictionaries({"role": roles, "text": sentences}), min_size=2, max_size=6)
            )
        case _:
            rows = [{"text": reference, "weight": 1}, {"text": "Names the dangers", "weight": 5}]
            pair = made("criteria", {"machine_share": share, "covers": looked_for, "answer": rows}, min_rows=2)
            row = st.fixed_dictionaries({"text": sentences, "weight": st.integers(1, 5)})
            return *pair, draw(st.lists(row, min_size=2, max_size=5))


def is_honest(found: Judgement) -> bool:
    """Nothing below zero, and not more than there is."""
    return found.credit >= 0 and found.pending >= 0 and found.credit + found.pending <= 1


@given(cases())
def test_points_are_certain_or_pending_and_never_more_than_all(case: tuple[Item, Key[Any], Any]) -> None:
    """Whatever is answered; the machine gives no more than its share."""
    item, key, response = case
    assert item.problem(response) is None
    assert key.problems(item) == []
    found = key.score(item, response)
    assert is_honest(found)
    assert found.credit <= key.machine_share  # type: ignore[attr-defined]
    assert found == key.score(item, response)


@given(cases())
def test_the_reference_leaves_nothing_lost(case: tuple[Item, Key[Any], Any]) -> None:
    """What the machine cannot give waits."""
    item, key, _ = case
    found = key.score(item, key.reference(item))
    assert found.credit + found.pending == 1
    assert found.needs_review is key.needs_review


@given(cases())
def test_guesses_are_possible_and_honest(case: tuple[Item, Key[Any], Any]) -> None:
    """The gate scores what somebody could really hand in."""
    item, key, _ = case
    for responses in key.guesses(item).values():
        assert responses
        assert all(item.problem(response) is None for response in responses)
        assert all(is_honest(key.score(item, response)) for response in responses)


@given(findings, shares)
def test_a_check_more_that_holds_never_hurts(found: list[Finding], share: float) -> None:
    """And one that fails never helps."""
    for number, each in enumerate(found):
        held, failed = (
            judge([*found[:number], each.model_copy(update={"holds": holds}), *found[number + 1 :]], share)
            for holds in (True, False)
        )
        assert held.credit >= failed.credit
        assert is_honest(held)
        assert is_honest(failed)


@given(findings, shares, st.randoms())
def test_the_order_of_checks_changes_nothing(found: list[Finding], share: float, random: Any) -> None:
    """They are a sum."""
    mixed = [*found]
    random.shuffle(mixed)
    assert judge(mixed, share).credit == judge(found, share).credit


@given(texts)
def test_every_text_has_words_and_holds_its_own_phrases(text: str) -> None:
    """Odd characters fail nowhere; a text is found in itself."""
    found = words_of(text)
    assert not found or has_phrase(found, text)
    assert set(without_lists(text)) <= set(found)
    assert isinstance(is_prose(text), bool)


@given(st.lists(words, min_size=6, max_size=30))
def test_a_copy_is_a_copy_however_it_is_set(copied: list[str]) -> None:
    """Capitals, signs and line breaks hide nothing; in a larger source neither."""
    assert copied_share("\n".join(copied).upper(), [f"Before it. {' '.join(copied)} And after."]) == 1


@given(st.lists(words, max_size=20), st.lists(words, max_size=20))
def test_edits_turn_one_text_into_the_other(old: list[str], new: list[str]) -> None:
    """They hold everything that went and everything that came."""
    changes = edits(" ".join(old), " ".join(new))
    gone, came = (sum((getattr(edit, side) for edit in changes), ()) for side in ("removed", "added"))
    before, after = (" ".join(words).replace(",", " , ").split() for words in (old, new))
    assert sorted([*before, *came]) == sorted([*after, *gone])
    assert bool(changes) is (before != after)


@settings(max_examples=50)
@given(texts, st.text(min_size=1, max_size=20).filter(words_of))
def test_a_forbidden_phrase_is_the_opposite_of_one_looked_for(text: str, phrase: str) -> None:
    """Where nothing is a long list."""
    looked_for, forbidden = (TextCheck.model_validate({"says": "x", how: [phrase]}) for how in ("any", "none"))
    assert looked_for.holds({"a": text}) is not forbidden.holds({"a": text})
