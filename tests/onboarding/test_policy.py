"""The policy language: what it can say, what it refuses, and what it has no words for."""

from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from onboarding.errors import PolicyError
from onboarding.evidence import Evidence, Measure, Range
from onboarding.journey.rules import rules
from onboarding.journey.states import State
from onboarding.plain_words import in_words
from onboarding.policy import Policy, read_policy
from onboarding.policy_problems import problems
from onboarding.requirements import Declared, PolicyText
from tests.samples import small_bank

POLICY = """
title = "By what people declare"
failing = "assessment"
objection_days = 21

[[stages]]
name = "Everybody"
assessments = ["judgement"]
[[stages]]
name = "Domain"
assessments = ["python"]

[languages.es]
assessments = ["spanish"]
[domains.programming]
assessments = ["python"]

[assessments.judgement]
qualification = "Judgement"
minimum_score = 0.7
attempts = 2
waiting_days = 7
[assessments.judgement.minimum_skill_scores]
facts = 0.5
[assessments.python]
qualification = "Python"
minimum_score = 0.6
band = 0
[assessments.spanish]
qualification = "Spanish"
minimum_score = 0.6

[compensation]
weights = { judgement = 2, python = 1 }
minimum_score = 0.75

[journey]
modules = ["what-ai-training-is"]
training = true
near_miss = 0.1
patience_days = { retry = 30 }
"""


def policy_of(folder: Path, text: str = POLICY) -> Policy:
    """A policy from its text."""
    (folder / "policy.toml").write_text(text)
    return read_policy(folder)


@pytest.mark.parametrize(
    ("languages", "domains", "required"),
    [
        ((), (), ["judgement"]),
        (("es",), (), ["judgement", "spanish"]),
        (("ES-MX", "en"), ("programming", "law"), ["judgement", "python", "spanish"]),
    ],
)
def test_what_is_required_follows_from_what_is_declared(
    tmp_path: Path, languages: tuple[str, ...], domains: tuple[str, ...], required: list[str]
) -> None:
    """What the stages name and no language or domain does is required of everybody; regions make no difference."""
    policy = policy_of(tmp_path)
    assert policy.required_for(languages, domains) == required
    assert policy.required == ["judgement", "python"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("attempts = 2", "attempts = 0", "assessments.judgement.attempts: Input should be greater than 0, found 0"),
        ("band = 0\n", "bnad = 0\n", "allowed: qualification, minimum_score, minimum_skill_scores, band, attempts"),
        ("[languages.es]", "[languages.es-mx]", "languages.es-mx.[key]: String should match pattern"),
        ("judgement = 2, python = 1", "judgement = 2, latin = 1", "compensation.weights: found latin, which is not"),
        ("judgement = 2, python = 1", "judgement = 2", "compensation.weights: Dictionary should have at least 2 items"),
        ("judgement = 2", "judgement = 0", "compensation.weights.judgement: Input should be greater than 0, found 0"),
        (
            "near_miss = 0.1",
            "near_miss = 0.55",
            "journey.near_miss: found 0.55, allowed up to 0.5, judgement's minimum",
        ),
        ("retry = 30", "retry = 7", "journey.patience_days.retry: found 7, allowed more than 7, the waiting_days of"),
        ("retry = 30", "pool = 7", "journey.patience_days.pool.[key]: Input should be 'applied', "),
        ('assessments = ["spanish"]', 'assessments = ["latin"]', "languages.es names latin, which has no minimum"),
        ('assessments = ["spanish"]', 'assessments = ["python"]', "assessments.spanish stands in no stage, language"),
        ('name = "Domain"', 'name = "Domain"\ncountry = "ES"', "stages.1.country: Extra inputs are not permitted"),
        ('"assessment"\n', '"sometimes"\n', "failing: Input should be 'all' or 'assessment', found 'sometimes'"),
        ("objection_days = 21", "band = nan", "band: Input should be a finite number, found nan"),
        ('assessments = ["judgement"]', 'assessments = ["judgement", "python"]', "stages: python is found twice"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """File, table, field, what was found, what is allowed."""
    assert old in POLICY
    with pytest.raises(PolicyError) as caught:
        policy_of(tmp_path, POLICY.replace(old, new))
    assert caught.value.message.startswith("policy.toml: ")
    assert message in caught.value.message


def test_all_contradictions_are_told_at_once(tmp_path: Path) -> None:
    """At most five of them."""
    text = POLICY.replace('assessments = ["spanish"]', 'assessments = ["a1", "a2", "a3", "a4", "a5", "a6"]')
    with pytest.raises(PolicyError, match=r"names a1, .* names a5, .*\(and 2 more\)"):
        policy_of(tmp_path, text)


SMALL = """
title = "Small"
band = {band}
[[stages]]
name = "Only"
assessments = ["small"]
[assessments.small]
qualification = "Small things"
minimum_score = {minimum}
waiting_days = {waiting}
[assessments.small.minimum_skill_scores]
logic = {logic}
"""


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"band": 50}, "minimum_score: found 0.7, which no rule ever calls passed: with 6 questions even 100%"),
        ({"band": 50}, "minimum_score: found 0.7, which no rule ever calls failed: with 6 questions even 0%"),
        ({"logic": 1}, "minimum_skill_scores.logic: found 1, which no rule ever calls passed: with 2 questions"),
        ({"minimum": 0.3}, "minimum_score: found 0.3, below the bank's cut_score of 0.7"),
        ({"minimum": 0.2, "logic": 0.7}, "found 0.2, which never decides: the minimum_skill_scores alone ask for 23%"),
        ({"waiting": 3}, "waiting_days: found 3, but there is only one attempt"),
    ],
)
def test_what_a_policy_hardly_means_is_found(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    """With the bank at hand."""
    values = {"band": 0.3, "minimum": 0.7, "logic": 0.5, "waiting": 0, **changes}
    found = list(problems(policy_of(tmp_path, SMALL.format(**values)), {"small": small_bank()}))
    assert found == [] if not problem else any(problem in line for line in found), found


def test_more_that_a_policy_hardly_means(tmp_path: Path) -> None:
    """In other tables."""
    bank = small_bank()
    text = POLICY.replace("facts = 0.5", "logic = 0.5").replace("minimum_score = 0.75", "minimum_score = 0.65")
    text = text.replace("attempts = 2\nwaiting_days = 7", "").replace(
        "[domains.", '[domains.all]\nassessments = ["judgement"]\n[domains.'
    )
    found = list(problems(policy_of(tmp_path, text), dict.fromkeys(("judgement", "python", "spanish"), bank)))
    for said in (
        "compensation.minimum_score: found 0.65, which never decides: who passes each of them has 67% already",
        "journey.training: found True, but nothing may be tried a second time",
        "stages: found nothing that is required of everybody",
    ):
        assert any(said in line for line in found), (said, found)


def test_in_plain_words(tmp_path: Path) -> None:
    """Everything that the file says."""
    text = "\n".join(in_words(policy_of(tmp_path)))
    for said in (
        "required of everybody: judgement\n",
        "required of whoever declares the language es: spanish",
        "required of whoever comes without an application: judgement, python",
        "judgement: passes from 70% on, and 50% in facts; within 1 standard error of a minimum a person decides",
        "  2 attempts, 7 days apart; passing is the qualification Judgement, for 365 days",
        "python: passes from 60% on; a rule decides at any distance",
        "the weighted mean of judgement × 2, python × 1 passes from 75% on",
        "only who missed a minimum by 10% or less may try again",
        "may object to a decision for 21 days",
    ):
        assert said in text


def test_the_rules_of_the_way(tmp_path: Path) -> None:
    """As the policy has them."""
    found = rules(policy_of(tmp_path))
    assert found.attempts == {"judgement": 2, "python": 1, "spanish": 1}
    assert found.waiting["judgement"].days == 7
    assert (found.modules, found.training, found.self_assessment) == (("what-ai-training-is",), True, True)
    assert found.patience[State.RETRY].days == 30


# What a policy, and a decision beside it, can ever speak of. To admit or reject somebody by country, age, gender or
# degree, a word for it would have to stand here.
WORDS = {
    *("title", "band", "failing", "objection_days", "stages", "languages", "domains", "assessments", "compensation"),
    *("projects", "minimum_scores"),
    *("journey", "name", "qualification", "minimum_score", "minimum_skill_scores", "attempts", "waiting_days"),
    *("valid_days", "weights", "self_assessment", "modules", "training", "near_miss", "patience_days"),
    "renewal_days",
}
INPUTS = {
    *("assessment", "submission_id", "attempt", "received_at", "outcome", "flags", "total", "skills", "waiting"),
    *("range", "skill_ranges", "fingerprint", "earlier", "score", "standard_error", "max_points", "worst", "best"),
    *("languages", "domains"),
}


def words(model: type[BaseModel]) -> set[str]:
    """The names of all fields that can be reached from a record."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            found |= words(inner)
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def test_no_rule_has_a_word_for_country_age_gender_or_degree(tmp_path: Path) -> None:
    """Neither the policy nor what a decision looks at; a table with any other field is refused."""
    assert words(PolicyText) == WORDS
    assert words(Evidence) | words(Measure) | words(Range) | words(Declared) == INPUTS
    tables = [line for line in POLICY.splitlines() if line.startswith("[") and "skill_scores" not in line]
    assert len(tables) == 9
    for word in ("country", "age", "gender", "degree"):
        for table in dict.fromkeys(tables):
            with pytest.raises(PolicyError, match=f"{word}: Extra inputs are not permitted"):
                policy_of(tmp_path, POLICY.replace(table, f'{table}\n{word} = "any"', 1))
        with pytest.raises(PolicyError, match=f"{word}: Extra inputs are not permitted"):
            policy_of(tmp_path, f'{word} = "any"\n{POLICY}')


def test_skills_and_weights_are_of_assessments_alone(tmp_path: Path) -> None:
    """A table whose names are free takes none that is not in a bank or in the policy."""
    with pytest.raises(PolicyError, match=r"compensation\.weights: found degree, which"):
        policy_of(tmp_path, POLICY.replace("python = 1", "degree = 1"))


def test_the_policy_of_the_how_to_holds_together(tmp_path: Path) -> None:
    """Its first block; every field of the language stands in the text."""
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "decisions.md").read_text(encoding="utf-8")
    block = text.partition("```toml\n")[2].partition("```")[0]
    policy = policy_of(tmp_path, block)
    assert policy.required_for(["es"], []) == ["english-language", "evaluation-and-labelling", "spanish-language"]
    assert [word for word in sorted(WORDS - {"name"}) if word not in text] == []
