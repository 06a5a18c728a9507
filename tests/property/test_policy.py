"""Policies of every shape: a better score never worsens an outcome, and a failed minimum never admits."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from grader.outcome import Outcome
from onboarding.decision import Decision, Verdict, decide
from onboarding.evidence import Evidence, measure
from onboarding.reasons import changes_in, reasons_in
from onboarding.requirements import Compensation, Declared, OfDeclared, Policy, Project, Requirement, Stage

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NAMES = ("judgement", "python", "spanish")
ORDER = [Verdict.DECLINE, Verdict.REVIEW, Verdict.ADMIT]
DECLARED = Declared(languages=frozenset({"es"}), domains=frozenset({"programming"}))
Work = list[tuple[float, float]]
"""Items, as (credit, points)."""

shares = st.floats(0, 1)
bands = st.none() | st.floats(0, 4)
requirements = st.builds(
    Requirement,
    qualification=st.just("q"),
    minimum_score=shares,
    minimum_skill_scores=st.dictionaries(st.sampled_from(["a", "b"]), shares, max_size=2),
    band=bands,
)
compensations = st.builds(
    Compensation,
    weights=st.dictionaries(st.sampled_from(NAMES), st.floats(0.1, 10), min_size=2),
    minimum_score=shares,
    band=bands,
)
projects = st.builds(
    Project,
    title=st.just("p"),
    failing=st.sampled_from(["project", "all"]),
    minimum_scores=st.dictionaries(st.sampled_from(NAMES), shares, min_size=1),
    minimum_skill_scores=st.dictionaries(
        st.sampled_from(NAMES), st.dictionaries(st.sampled_from(["a", "b"]), shares, max_size=2)
    ),
    band=bands,
)
plain_policies = st.builds(
    Policy,
    title=st.just("Any"),
    band=st.floats(0, 3),
    failing=st.sampled_from(["all", "assessment"]),
    stages=st.just((Stage(name="Only", assessments=("judgement",)),)),
    languages=st.just({"es": OfDeclared(assessments=("spanish",))}),
    domains=st.just({"programming": OfDeclared(assessments=("python",))}),
    assessments=st.fixed_dictionaries(dict.fromkeys(NAMES, requirements)),
    compensation=st.none() | compensations,
    projects=st.dictionaries(st.sampled_from(["kestrel", "heron"]), projects),
    version=st.just("0"),
)


def in_order(policy: Policy) -> Policy:
    """The same with projects that ask for no less than their assessments, as the file may only say."""
    asked = {name: _lifted(policy, project) for name, project in policy.projects.items()}
    return policy.model_copy(update={"projects": asked})


def _lifted(policy: Policy, project: Project) -> Project:
    own, skills = policy.assessments, project.minimum_skill_scores
    named = project.minimum_scores
    lifted = {
        name: {skill: max(least, own[name].minimum_skill_scores.get(skill, 0)) for skill, least in each.items()}
        for name, each in skills.items()
        if name in named
    }
    changes: dict[str, object] = {
        "minimum_scores": {name: max(least, own[name].minimum_score) for name, least in named.items()},
        "minimum_skill_scores": lifted,
    }
    if project.band is not None:
        changes["band"] = max(project.band, *map(policy.band_of, named))
    return project.model_copy(update=changes)


policies = plain_policies.map(in_order)
declarations = st.sampled_from([DECLARED, Declared(), Declared(languages=frozenset({"es"})), None])
items = st.lists(st.tuples(shares, st.floats(0.5, 5)), min_size=1, max_size=12)
works = st.fixed_dictionaries(dict.fromkeys(NAMES, items))


def evidence(name: str, work: Work, outcome: Outcome = Outcome.GRADED) -> Evidence:
    """The result of some items, given as (credit, points); they are of the skills a and b in turn."""
    points = [(credit * most, most) for credit, most in work]
    skills = {"a": points[::2], "b": points[1::2]}
    return Evidence(
        assessment=name,
        submission_id="0" * 64,
        attempt=1,
        received_at=NOW,
        outcome=outcome,
        total=measure(points),
        skills={skill: measure(part) for skill, part in skills.items() if part},
    )


def decided(policy: Policy, work: dict[str, Work], declared: Declared | None = DECLARED) -> Decision:
    """The decision about somebody who handed in everything, and declared everything unless said otherwise."""
    found = decide("ada", policy, [evidence(name, work[name]) for name in NAMES], now=NOW, declared=declared)
    assert found is not None
    return found


@given(policy=policies, work=works, declared=declarations, data=st.data())
def test_a_better_answer_never_worsens_the_outcome(
    policy: Policy, work: dict[str, Work], declared: Declared | None, data: st.DataObject
) -> None:
    """One item of one assessment earns more: with everything that follows for scores, skills, errors, the mean."""
    name = data.draw(st.sampled_from(NAMES))
    place = data.draw(st.integers(0, len(work[name]) - 1))
    credit, most = work[name][place]
    better = [*work[name]]
    better[place] = (data.draw(st.floats(credit, 1)), most)
    before, after = decided(policy, work, declared), decided(policy, {**work, name: better}, declared)
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)
    assert qualified(after) >= qualified(before)


def qualified(decision: Decision) -> set[str]:
    """The assessments and projects."""
    return {qualification.assessment for qualification in decision.qualifications}


@given(policy=policies, work=works, declared=declarations)
def test_a_project_is_held_apart(policy: Policy, work: dict[str, Work], declared: Declared | None) -> None:
    """Who misses it gets no qualification for it; the outcome is worse only where the policy says so."""
    decision = decided(policy, work, declared)
    without = decided(policy.model_copy(update={"projects": {}}), work, declared)
    assert ORDER.index(decision.verdict) <= ORDER.index(without.verdict)
    if all(project.failing == "project" for project in policy.projects.values()):
        assert decision.verdict is without.verdict
    for name, project in policy.projects.items():
        missed = [
            assessment
            for assessment, least in project.minimum_scores.items()
            if (total := evidence(assessment, work[assessment]).total) and total.score < least - 1e-9
        ]
        if missed:
            assert name not in qualified(decision)
            assert project.failing == "project" or decision.verdict is not Verdict.ADMIT


@given(policy=policies, work=works, declared=declarations)
def test_every_reason_of_a_rule_is_said_in_both_languages(
    policy: Policy, work: dict[str, Work], declared: Declared | None
) -> None:
    """Line by line, from what is on record."""
    decision = Decision.model_validate_json(decided(policy, work, declared).model_dump_json())
    spanish = reasons_in(decision, "es")
    assert reasons_in(decision, "en") == list(decision.reasons)
    assert len(spanish) == len(decision.reasons)
    assert not set(spanish) & set(decision.reasons)
    assert len(list(changes_in(decision, "es"))) == len([rule for rule in decision.rules if rule.change])
    assert not any("{" in line or "None" in line for line in (*spanish, *decision.reasons))


@given(policy=policies, work=works)
def test_a_failed_minimum_never_admits(policy: Policy, work: dict[str, Work]) -> None:
    """To nothing that it stands for; to nothing at all where everybody needs it, or failing one fails all."""
    decision = decided(policy, work)
    failed = set()
    for name in NAMES:
        found, asked = evidence(name, work[name]), policy.assessments[name]
        assert found.total
        skills = [
            (found.skills[skill], least) for skill, least in asked.minimum_skill_scores.items() if skill in found.skills
        ]
        if any(one.score < least - 1e-9 for one, least in [(found.total, asked.minimum_score), *skills]):
            failed.add(name)
    assert not failed & {qualification.assessment for qualification in decision.qualifications}
    if "judgement" in failed or (failed and policy.failing == "all") or failed >= {"python", "spanish"}:
        assert decision.verdict is not Verdict.ADMIT


@given(policy=policies, work=works)
def test_a_failed_mean_never_admits(policy: Policy, work: dict[str, Work]) -> None:
    """However the single scores are."""
    if policy.compensation is None:
        return
    weights = policy.compensation.weights
    scores = {name: measure([(credit * most, most) for credit, most in work[name]]).score for name in weights}
    mean = sum(weights[name] * scores[name] for name in weights) / sum(weights.values())
    if mean < policy.compensation.minimum_score - 1e-9:
        assert decided(policy, work).verdict is not Verdict.ADMIT
