"""The simulation of admissions: the truth that decisions are held against, the policies it tries, its tables."""

from collections.abc import Collection
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from benchmarks.ability import Applicant, Place, Question, is_qualified, people, places, true_score
from benchmarks.bands import changed
from benchmarks.errors import counted, rows, wilson
from onboarding.decision import Verdict
from onboarding.demo.answering import answer, chance
from onboarding.policy import Policy
from onboarding.requirements import Declared
from tests.engines import sandbox
from tests.onboarding.test_policy import policy_of
from tests.samples import small_bank

BANK = small_bank()
ANY = next(iter(BANK.items.values()))
STARTER = Path(__file__).parents[2] / "onboarding" / "starter" / "policy.toml"
KNOWS_NOTHING = -50.0


def place(skill: str, unknown: float) -> Place:
    """Five points for one question, which earns this share if it is not known."""
    return Place(skill, 5.0, [Question(ANY, unknown)])


@pytest.mark.kernel
def test_the_truth_is_what_answers_earn() -> None:
    """On average over many answers, item by item, whether the answer was known or not."""
    for slot in places(BANK, sandbox()):
        for question in slot.questions:
            entry = question.entry
            if entry.key.calls() or entry.key.needs_review:
                continue
            rng = Random(entry.item.id)
            earned = mean(entry.key.score(entry.item, answer(entry, 0.3, rng)).credit for _ in range(2000))
            # more than four standard errors, as no credit has a standard deviation above 0.5
            assert earned == pytest.approx(question.expected(0.3), abs=0.05), entry.item.id


@pytest.mark.kernel
def test_flawed_code_earns_something() -> None:
    """Less than all of it, and more than nothing on average."""
    unknown = [q.unknown for slot in places(BANK, sandbox()) for q in slot.questions if q.entry.key.calls()]
    assert unknown
    assert all(0 < share < 1 for share in unknown)


def test_true_scores_by_skill() -> None:
    """Half of the points are certain, of the others those that are known."""
    known = chance(ANY, 1.0)
    found = true_score("judgement", [place("facts", 1.0), place("style", 0.0)], 1.0)
    assert found.total is not None
    assert found.total.score == pytest.approx((1 + known) / 2)
    assert {skill: one.score for skill, one in found.skills.items()} == pytest.approx({"facts": 1.0, "style": known})


@pytest.mark.parametrize(
    ("facts", "style", "python", "spanish", "qualified"),
    [
        (0.9, 0.9, 0.6, 0.6, True),
        (0.8, 0.8, 0.65, 0.6, True),  # exactly the weighted mean that is asked for
        (0.8, 0.8, 0.64, 0.6, False),
        (0.9, 0.9, 0.6, 0.1, True),  # failing Spanish costs Spanish alone
        (1.0, 1.0, 0.59, 0.59, False),
        (0.49, 1.0, 0.9, 0.9, False),  # a minimum for a skill
        (0.69, 0.69, 1.0, 1.0, False),
    ],
)
def test_who_is_truly_qualified(
    tmp_path: Path, facts: float, style: float, python: float, spanish: float, qualified: bool
) -> None:
    """The policy's whole rule, on scores without error."""
    tests = {
        "judgement": [place("facts", facts), place("style", style)],
        "python": [place("code", python)],
        "spanish": [place("lectura", spanish)],
    }
    declared = Declared(languages=frozenset({"es"}), domains=frozenset({"programming"}))
    someone = Applicant("p1", declared, dict.fromkeys(tests, KNOWS_NOTHING))
    assert is_qualified(policy_of(tmp_path), someone, tests) is qualified


def starter(folder: Path, band: float = 0.0, without: Collection[str] = ()) -> Policy:
    """The starter policy, changed."""
    return policy_of(folder, changed(STARTER.read_text(), band=band, without=without))


def test_only_the_band_changes(tmp_path: Path) -> None:
    """For every assessment; all else stands as it ships."""
    before, after = policy_of(tmp_path, STARTER.read_text()), starter(tmp_path, band=0.25)
    assert {after.band_of(name) for name in after.named} == {0.25}
    each = {name: of.model_copy(update={"band": None}) for name, of in after.assessments.items()}
    left = {"band": before.band, "assessments": each, "version": before.version}
    assert after.model_copy(update=left) == before


def test_a_policy_without_some_assessments(tmp_path: Path) -> None:
    """Neither stage, language nor domain asks for them any more."""
    before = policy_of(tmp_path, STARTER.read_text())
    gone = [before.named[0], before.languages["es"].assessments[0], before.domains["law"].assessments[0]]
    after = starter(tmp_path, without=gone)
    assert after.named == [name for name in before.named if name not in gone]
    assert "law" not in after.domains
    assert "programming" in after.domains


def test_the_same_people_for_the_same_seed(tmp_path: Path) -> None:
    """Each with an ability for what they have to take, and for nothing else."""
    policy = policy_of(tmp_path, STARTER.read_text())
    everybody = people(40, policy, 7)
    assert everybody == people(40, policy, 7) != people(40, policy, 8)
    for someone in everybody:
        assert list(someone.ability) == policy.required_for(someone.declared.languages, someone.declared.domains)


def test_an_interval_of_a_share() -> None:
    """As in tables of Wilson's interval."""
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_errors_are_counted_by_kind() -> None:
    """Who is admitted and should not be, who is declined and should not be, and whom a person decides about."""
    qualified = {"a": True, "b": False, "c": True, "d": False, "e": True}
    narrow = {"a": Verdict.ADMIT, "b": Verdict.ADMIT, "c": Verdict.DECLINE, "d": Verdict.DECLINE, "e": Verdict.REVIEW}
    wide = {**narrow, "b": Verdict.REVIEW, "d": Verdict.REVIEW}
    found = [counted(0.0, narrow, qualified), counted(0.5, wide, qualified)]
    assert [(each.wrongly_admitted, each.wrongly_declined) for each in found] == [(1, 1), (0, 1)]
    lines = list(rows(found))
    assert "truly qualified: 3 of 5" in lines[0]
    assert "| 0.5 | 1 | 1 | 3 | 0 (0.0% of all) |" in "\n".join(lines)
    assert "| 0 | 2 of 5: 40.0% (11.8% to 76.9%) | 2 | 2.5 ± 0.5 | 3 |" in lines
    assert lines[-1].startswith("band 0.5 instead of 0: 2 more people looked at, 1 fewer errors: 50.0%")


def test_nobody_without_a_decision() -> None:
    """Whoever fell out on the way would else not count."""
    with pytest.raises(KeyError):
        counted(0.0, {}, {"a": True})
