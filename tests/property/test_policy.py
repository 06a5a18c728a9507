"""Policies of every shape: a better score never worsens an outcome, and a failed minimum never admits."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from grader.outcome import Outcome
from onboarding.decision import Decision, Verdict, decide
from onboarding.evidence import Evidence, measure
from onboarding.requirements import Compensation, Declared, OfDeclared, Policy, Requirement, Stage

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
policies = st.builds(
    Policy,
    title=st.just("Any"),
    band=st.floats(0, 3),
    failing=st.sampled_from(["all", "assessment"]),
    stages=st.just((Stage(name="Only", assessments=("judgement",)),)),
    languages=st.just({"es": OfDeclared(assessments=("spanish",))}),
    domains=st.just({"programming": OfDeclared(assessments=("python",))}),
    assessments=st.fixed_dictionaries(dict.fromkeys(NAMES, requirements)),
    compensation=st.none() | compensations,
    version=st.just("0"),
)
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


def decided(policy: Policy, work: dict[str, Work]) -> Decision:
    """The decision about somebody who declared everything and handed in everything."""
    found = decide("ada", policy, [evidence(name, work[name]) for name in NAMES], now=NOW, declared=DECLARED)
    assert found is not None
    return found


@given(policy=policies, work=works, data=st.data())
def test_a_better_answer_never_worsens_the_outcome(policy: Policy, work: dict[str, Work], data: st.DataObject) -> None:
    """One item of one assessment earns more: with everything that follows for scores, skills, errors, the mean."""
    name = data.draw(st.sampled_from(NAMES))
    place = data.draw(st.integers(0, len(work[name]) - 1))
    credit, most = work[name][place]
    better = [*work[name]]
    better[place] = (data.draw(st.floats(credit, 1)), most)
    before, after = decided(policy, work), decided(policy, {**work, name: better})
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)


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
