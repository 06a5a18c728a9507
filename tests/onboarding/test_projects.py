"""Projects: minima of their own on top of those of the assessments, and what missing one means."""

import json
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.handout import issue
from grader.outcome import Outcome
from grader.store import Store
from grader.workspace import Workspace
from onboarding.audit import verify
from onboarding.deciding import decide_all, decide_by_person, workspace_policy
from onboarding.decision import Verdict, decide
from onboarding.errors import PolicyError
from onboarding.evidence import Evidence, Range
from onboarding.explain import explanation
from onboarding.journey.following import follow
from onboarding.plain_words import in_words
from onboarding.policy import Policy
from onboarding.policy_problems import problems
from onboarding.pool.badges import issuing
from onboarding.pool.members import members
from onboarding.pool.search import Wanted, search
from onboarding.qualifying import Qualification, for_projects_by_scores
from onboarding.requirements import Declared
from onboarding.retrying import retry
from onboarding.simulate import with_cut
from onboarding.standing import Standing
from tests.onboarding.test_policy import policy_of
from tests.onboarding.test_rules import NOW, decided, result
from tests.samples import partly_judged, record, small_bank

POLICY = """
title = "With projects"
band = 1.0
failing = "assessment"

[[stages]]
name = "Everybody"
assessments = ["judgement"]
[languages.es]
assessments = ["spanish"]
[domains.programming]
assessments = ["python"]

[projects.kestrel]
title = "Kestrel: rating answers"
[projects.kestrel.minimum_scores]
judgement = 0.8
spanish = 0.75
[projects.kestrel.minimum_skill_scores.judgement]
facts = 0.7

[assessments.judgement]
qualification = "Judgement"
minimum_score = 0.7
attempts = 2
waiting_days = 7
valid_days = 100
[assessments.judgement.minimum_skill_scores]
facts = 0.5
[assessments.python]
qualification = "Python"
minimum_score = 0.6
[assessments.spanish]
qualification = "Spanish"
minimum_score = 0.6
band = 2.0

[journey]
near_miss = 0.1
training = true
"""
NOBODY = Declared()
SPEAKER = Declared(languages=frozenset({"es"}))


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """Kestrel asks for more than its assessments do."""
    return policy_of(tmp_path, POLICY)


@pytest.fixture
def strict(tmp_path: Path) -> Policy:
    """Who misses kestrel is declined."""
    return policy_of(tmp_path, POLICY.replace('rating answers"', 'rating answers"\nfailing = "all"'))


def kestrel(decision_or_none: tuple[Qualification, ...]) -> Qualification | None:
    """The qualification for the project."""
    return next((each for each in decision_or_none if each.assessment == "kestrel"), None)


def test_who_reaches_it_is_qualified(policy: Policy) -> None:
    """From its last result on until the first expires, with the score that is closest to the project's minimum."""
    earlier = NOW - timedelta(days=40)
    judgement, spanish = result("judgement", 0.9, received_at=earlier), result("spanish", 0.8)
    decision = decided(policy, judgement, spanish, declared=SPEAKER)
    assert decision.verdict is Verdict.ADMIT
    assert kestrel(decision.qualifications) == Qualification(
        name="Kestrel: rating answers",
        assessment="kestrel",
        score=0.8,
        since=NOW.date(),
        until=(earlier + timedelta(days=100)).date(),
        rests_on=("judgement", "spanish"),
    )
    assert decision.reasons[0] == "every minimum score is reached"
    assert decision.reasons[-1] == "project kestrel: qualified: every minimum score of this project is reached"


def test_who_misses_it_is_a_member_all_the_same(policy: Policy) -> None:
    """And is told what was missing, what it means, and that another attempt counts for the pool too."""
    decision = decided(policy, result("judgement", 0.72), result("spanish", 0.9), declared=SPEAKER)
    assert decision.verdict is Verdict.ADMIT
    assert kestrel(decision.qualifications) is None
    assert decision.reasons[0] == "every minimum score is reached that admission needs"
    assert decision.reasons[-3:] == (
        "project kestrel: judgement: the score is 72% (± 0%), the minimum is 80%",
        "project kestrel: not qualified for this project; it says nothing about others",
        "project kestrel: judgement: may be tried again from 2026-03-09; the new result then counts instead of this "
        "one, also for the pool",
    )


def test_doubt_holds_nothing_up(policy: Policy) -> None:
    """It neither grants the project nor sends the whole application to a person."""
    decision = decided(policy, result("judgement", 0.9), result("spanish", 0.76, 0.01), declared=SPEAKER)
    assert decision.verdict is Verdict.ADMIT
    assert kestrel(decision.qualifications) is None
    assert "project kestrel: spanish: all 1 attempts are used" in decision.reasons
    assert (
        "project kestrel: not qualified for this project as long as no person says so; it says nothing about others"
        in decision.reasons
    )


def test_its_skills_come_on_top(policy: Policy) -> None:
    """Good enough for the assessment, not for the project."""
    decision = decided(policy, result("judgement", 0.9, facts=0.6), result("spanish", 0.9), declared=SPEAKER)
    assert decision.verdict is Verdict.ADMIT
    assert kestrel(decision.qualifications) is None
    assert "project kestrel: judgement: the skill facts is 60% (± 0%), the minimum is 70%" in decision.reasons


def test_it_is_held_against_whoever_has_all_its_results(policy: Policy) -> None:
    """Also in what was not required; while one is missing, not graded or expired, nothing is said of it."""
    judgement, spanish = result("judgement", 0.9), result("spanish", 0.9)
    decision = decided(policy, judgement, spanish, declared=NOBODY)
    assert kestrel(decision.qualifications)
    assert decision.inputs == (judgement, spanish)
    expired = result("spanish", 0.9, received_at=NOW - timedelta(days=366))
    ungraded = result("spanish", 0.9, outcome=Outcome.UNAVAILABLE)
    for found in ([judgement], [judgement, expired], [judgement, ungraded]):
        decision = decided(policy, *found, declared=NOBODY)
        assert decision.verdict is Verdict.ADMIT
        assert not any(rule.project for rule in decision.rules)
        assert kestrel(decision.qualifications) is None


def test_a_project_may_decline(strict: Policy) -> None:
    """Clearly missed, the application ends, or may be tried again; in doubt a person decides; else it is reached."""
    good = result("spanish", 0.9)
    missed = decided(strict, result("judgement", 0.72), good, declared=SPEAKER)
    assert missed.verdict is Verdict.DECLINE
    assert missed.reasons[:3] == (
        "project kestrel: judgement: the score is 72% (± 0%), the minimum is 80%",
        "project kestrel: who misses this project is declined",
        "project kestrel: judgement: may be tried again from 2026-03-09, after the training",
    )
    assert retry(strict, missed.rules, missed.inputs, by_person=False).assessments == ("judgement",)
    far = decided(strict, result("judgement", 0.69), good, declared=SPEAKER)
    assert retry(strict, far.rules, far.inputs, by_person=False).assessments == ()
    doubt = decided(strict, result("judgement", 0.9), result("spanish", 0.76, 0.01), declared=SPEAKER)
    assert doubt.verdict is Verdict.REVIEW
    assert "project kestrel: who misses this project is declined, so a person decides first" in doubt.reasons
    assert decided(strict, result("judgement", 0.9), good, declared=SPEAKER).verdict is Verdict.ADMIT
    assert decided(strict, result("judgement", 0.72), declared=NOBODY).verdict is Verdict.ADMIT


def test_a_decline_says_nothing_of_projects_that_decline_nobody(policy: Policy) -> None:
    """It is on record, and what is tried again follows from the rest alone."""
    decision = decided(policy, result("judgement", 0.65), result("spanish", 0.62, 0.001), declared=SPEAKER)
    assert decision.verdict is Verdict.DECLINE
    assert not any("kestrel" in reason for reason in decision.reasons)
    assert any(rule.project == "kestrel" and rule.standing is Standing.FAILED for rule in decision.rules)
    assert retry(policy, decision.rules, decision.inputs, by_person=False).assessments == ("judgement",)


def test_a_person_who_declines_does_so_for_the_rest_alone(policy: Policy) -> None:
    """That Spanish, of one attempt, was too little for the project does not make the decline final."""
    decision = decided(policy, result("judgement", 0.72, 0.03), result("spanish", 0.7, 0.001), declared=SPEAKER)
    assert decision.verdict is Verdict.REVIEW
    assert retry(policy, decision.rules, decision.inputs, by_person=True).assessments == ("judgement",)


def test_a_person_admits_to_projects_that_the_scores_reach(policy: Policy) -> None:
    """Whatever grading noted; what is in doubt or missed is not granted."""

    def granted(**found: Evidence) -> bool:
        return bool(for_projects_by_scores(policy, found, NOW))

    spanish = result("spanish", 0.9)
    flagged: dict[str, Any] = {"outcome": Outcome.FLAGGED, "flags": ("late",)}
    assert decide("ada", policy, [result("judgement", 0.9, **flagged), spanish], now=NOW, declared=SPEAKER)
    assert granted(judgement=result("judgement", 0.9, **flagged), spanish=spanish)
    assert not granted(judgement=result("judgement", 0.81, 0.05, **flagged), spanish=spanish)
    assert not granted(judgement=result("judgement", 0.75, **flagged), spanish=spanish)
    assert not granted(spanish=spanish)
    total = spanish.total
    assert total
    waits = Range(worst=total.model_copy(update={"score": 0.6}), best=total)
    assert not granted(
        judgement=result("judgement", 0.9), spanish=result("spanish", 0.9, waiting=(4.0, 20.0), range=waits)
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "judgement = 0.8",
            "judgement = 0.6",
            "projects.kestrel.minimum_scores.judgement: found 0.6, allowed from 0.7",
        ),
        ("facts = 0.7", "facts = 0.4", "minimum_skill_scores.judgement.facts: found 0.4, allowed from 0.5 on"),
        ("spanish = 0.75", "latin = 0.75", "projects.kestrel.minimum_scores: found latin, allowed: judgement, spanish"),
        (
            "minimum_skill_scores.judgement]\nfacts = 0.7",
            "minimum_skill_scores.python]\nfacts = 0.7",
            "projects.kestrel.minimum_skill_scores: found python, which its minimum_scores do not; allowed: judgement",
        ),
        ("kestrel", "python", "projects.python: found the name of an assessment, allowed one of its own"),
        (
            'answers"',
            'answers"\nband = 1.5',
            "projects.kestrel.band: found 1.5, allowed from 2 on, the band of spanish",
        ),
        (
            'answers"',
            'answers"\nfailing = "assessment"',
            "projects.kestrel.failing: Input should be 'project' or 'all'",
        ),
        ('answers"', 'answers"\nminimum = 1', "allowed: title, failing, minimum_scores, minimum_skill_scores, band"),
    ],
)
def test_what_a_project_cannot_mean(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Table and field, what was found, what is allowed."""
    assert old in POLICY
    with pytest.raises(PolicyError) as caught:
        policy_of(tmp_path, POLICY.replace(old, new))
    assert message in caught.value.message


def test_in_plain_words(policy: Policy, strict: Policy) -> None:
    """What it looks at, its minima with those of the skills, and what missing it means."""
    lines = list(in_words(policy))
    start = lines.index(
        "project kestrel (Kestrel: rating answers) looks at judgement, spanish, once all of them have results:"
    )
    assert lines[start + 1 : start + 4] == [
        "  80% in judgement, and 70% in facts; within 1 standard error of a minimum a person decides",
        "  75% in spanish; within 2 standard errors of a minimum a person decides",
        "  who misses it is not qualified for this project, and for nothing else does it matter",
    ]
    assert "  who misses it is declined; in doubt a person decides about the whole application" in in_words(strict)


def test_a_cut_lifts_projects_with_it(policy: Policy) -> None:
    """As they never ask for less than their assessments; those of others stay."""
    changed = with_cut(policy, 0.85, "judgement")
    assert changed.projects["kestrel"].minimum_scores == {"judgement": 0.85, "spanish": 0.75}
    assert with_cut(policy, 0.75, "judgement").projects == policy.projects


SMALL = """
[projects.kestrel]
title = "Kestrel"
failing = "{failing}"
[projects.kestrel.minimum_scores]
small = {minimum}
"""


def with_project(workspace: Workspace, minimum: float, failing: str = "project", more: str = "") -> Policy:
    """The workspace's policy, with a project that looks at its only assessment."""
    path = workspace.root / "policy.toml"
    text = path.read_text().partition("\n[projects.")[0]
    path.write_text(text + SMALL.format(failing=failing, minimum=minimum) + more)
    return workspace_policy(workspace)


@pytest.mark.kernel
def test_what_is_hardly_meant(workspace: Workspace) -> None:
    """A project whose minima everybody has to reach; minima that no rule can decide about; unknown skills."""
    bank = small_bank()
    found = list(problems(with_project(workspace, 0.9, "all"), {"small": bank}))
    assert any(line.startswith("projects.kestrel.failing: found all, and everybody takes what it") for line in found)
    banded = with_project(workspace, 0.99, more="[projects.kestrel.minimum_skill_scores.small]\ncode = 0.9\n")
    project = banded.projects["kestrel"].model_copy(update={"band": 3.0})
    found = list(problems(banded.model_copy(update={"projects": {"kestrel": project}}), {"small": bank}))
    assert any(line.startswith("projects.kestrel.minimum_scores.small: found 0.99, which no rule") for line in found)
    assert any(line.startswith("projects.kestrel.minimum_skill_scores.small.code: found 0.9") for line in found)
    with pytest.raises(PolicyError, match=r"projects\.kestrel\.minimum_skill_scores\.small: found juggling, allowed"):
        with_project(workspace, 0.9, more="[projects.kestrel.minimum_skill_scores.small]\njuggling = 0.9\n")


@pytest.mark.kernel
def test_the_whole_way_of_a_project(workspace: Workspace, store: Store) -> None:
    """On record in the chain, explained, found in the pool, on a badge; granted by a person only where reached."""
    with_project(workspace, 0.9)
    for name, wrong in (("ada", 0), ("bob", 1)):
        packet = issue(workspace, store, "small", name, now=NOW)
        graded = partly_judged(packet, pending=0)
        scores = tuple(
            score.model_copy(update={"points": 0.0}) if n < wrong else score for n, score in enumerate(graded.scores)
        )
        points = sum(score.points for score in scores)
        record(store, packet, graded.model_copy(update={"scores": scores, "points": points}))
    ada, bob = decide_all(workspace, store, now=NOW)
    assert [each.verdict for each in (ada, bob)] == [Verdict.ADMIT, Verdict.ADMIT]
    assert verify(workspace, store).problems == []
    assert decide_all(workspace, store, now=NOW) == []
    story = explanation(store, "bob").splitlines()
    assert "  - project kestrel: not qualified for this project; it says nothing about others" in story
    assert any(
        line.startswith("  what would have changed it: project kestrel: small: 0.8 more points") for line in story
    )
    follow(workspace, store, ["ada", "bob"], now=NOW)
    pool = members(store, today=NOW.date())
    assert [member.applicant_id for member in search(pool, Wanted(qualifications=("kestrel",)))] == ["ada"]
    order = issuing.Order(member_id="ada", assessment="kestrel")
    badge = issuing.issue(workspace, store, order, now=NOW)
    assert (badge.assessment, issuing.issue(workspace, store, order, now=NOW)) == ("kestrel", badge)
    achievement = json.loads(badge.document)["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["description"]) == ("Kestrel", "Qualified for the project “kestrel”.")
    assert "taken and graded: “small”. The scores reached the minima" in achievement["criteria"]["narrative"]
    by_person = decide_by_person(workspace, store, "bob", Verdict.ADMIT, by="Maria", reason="Seen.", now=NOW)
    assert [each.assessment for each in by_person.qualifications] == ["small"]
    by_person = decide_by_person(workspace, store, "ada", Verdict.ADMIT, by="Maria", reason="Seen.", now=NOW)
    assert [each.assessment for each in by_person.qualifications] == ["small", "kestrel"]
    again = partial(decide_by_person, workspace, store, "bob", by="Maria", reason="Read it.", now=NOW)
    named = again(Verdict.ADMIT, projects=["kestrel"])
    assert [each.assessment for each in named.qualifications] == ["small", "kestrel"]
    for verdict, project, message in (
        (Verdict.DECLINE, "kestrel", "found kestrel with decline, allowed only with admit"),
        (Verdict.ADMIT, "merlin", "found merlin, allowed: kestrel"),
    ):
        with pytest.raises(UsageError, match=message):
            again(verdict, projects=[project])


def test_the_example_of_the_starter_policy(tmp_path: Path) -> None:
    """It holds once the marks are taken away."""
    text = (files("onboarding") / "starter" / "policy.toml").read_text(encoding="utf-8")
    head, _, example = text.partition("# [projects.kestrel]")
    lines = f"# [projects.kestrel]{example}".splitlines()
    found = policy_of(tmp_path, head + "\n".join(line.removeprefix("#").strip() for line in lines))
    assert found.projects["kestrel"].minimum_scores == {"evaluation-and-labelling": 0.8, "english-language": 0.75}
