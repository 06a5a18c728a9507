"""What a policy may say but hardly means: nothing contradicts itself, and yet a rule never decides or never matters."""

from collections.abc import Iterator, Mapping, Sequence

from grader.bank import Bank
from onboarding.evidence import measure
from onboarding.requirements import Policy, Requirement


def problems(policy: Policy, banks: Mapping[str, Bank]) -> Iterator[str]:
    """Each in one line: table and field, what was found, what follows.

    Args:
        banks: of the assessments that the policy names.
    """
    for name in policy.named:
        requirement, place = policy.assessments[name], f"assessments.{name}"
        yield from _about_retries(requirement, place)
        yield from _about_minima(requirement, banks[name], policy.band_of(name), place)
    yield from _about_compensation(policy)
    for name in policy.projects:
        yield from _about_project(policy, name, banks)
    yield from _about_journey(policy)
    if not policy.of_everybody:
        yield "stages: found nothing that is required of everybody: nobody can decide about who declares nothing else"


def _about_retries(requirement: Requirement, place: str) -> Iterator[str]:
    if requirement.waiting_days and requirement.attempts == 1:
        yield f"{place}.waiting_days: found {requirement.waiting_days}, but there is only one attempt"


def _about_minima(requirement: Requirement, bank: Bank, band: float, place: str) -> Iterator[str]:
    slots, by_skill = bank.blueprint.slots, _points_by_skill(bank)
    minima = requirement.minimum_skill_scores
    yield from _about_band(requirement.minimum_score, [slot.points for slot in slots], band, f"{place}.minimum_score")
    for skill, minimum in minima.items():
        yield from _about_band(minimum, by_skill[skill], band, f"{place}.minimum_skill_scores.{skill}")
    whole = sum(slot.points for slot in slots)
    asked = sum(minimum * sum(by_skill[skill]) for skill, minimum in minima.items()) / whole
    if minima and asked >= requirement.minimum_score:
        yield (
            f"{place}.minimum_score: found {requirement.minimum_score:g}, which never decides: "
            f"the minimum_skill_scores alone ask for {asked:.0%}"
        )
    if requirement.minimum_score < bank.blueprint.cut_score:
        yield (
            f"{place}.minimum_score: found {requirement.minimum_score:g}, below the bank's cut_score of "
            f"{bank.blueprint.cut_score:g}: nothing shows that guessing does not reach it"
        )


def _points_by_skill(bank: Bank) -> dict[str, list[float]]:
    by_skill: dict[str, list[float]] = {}
    for slot in bank.blueprint.slots:
        by_skill.setdefault(slot.skill, []).append(slot.points)
    return by_skill


def _about_project(policy: Policy, name: str, banks: Mapping[str, Bank]) -> Iterator[str]:
    place, asks = f"projects.{name}", policy.projects[name]
    for assessment, minimum in asks.minimum_scores.items():
        bank, band = banks[assessment], policy.asked_by(name, assessment).band or 0.0
        points = [slot.points for slot in bank.blueprint.slots]
        yield from _about_band(minimum, points, band, f"{place}.minimum_scores.{assessment}")
        for skill, least in asks.minimum_skill_scores.get(assessment, {}).items():
            where = f"{place}.minimum_skill_scores.{assessment}.{skill}"
            yield from _about_band(least, _points_by_skill(bank)[skill], band, where)
    if asks.failing == "all" and set(asks.minimum_scores) <= set(policy.of_everybody):
        yield (
            f"{place}.failing: found all, and everybody takes what it looks at: its minima hold for everybody, "
            "whatever the assessments say"
        )


def _about_band(minimum: float, points: Sequence[float], band: float, place: str) -> Iterator[str]:
    """Whether the best and the worst possible work lie outside the band."""
    for score, verdict in ((1.0, "passed"), (0.0, "failed")):
        error = measure([(score * most, most) for most in points]).standard_error
        if minimum > 0 and band and abs(score - minimum) < band * error:
            yield (
                f"{place}: found {minimum:g}, which no rule ever calls {verdict}: with {len(points)} questions even "
                f"{score:.0%} (± {error:.0%}) lies within {band:g} standard errors"
            )


def _about_compensation(policy: Policy) -> Iterator[str]:
    if weighs := policy.compensation:
        parts = [(weight, policy.assessments[name].minimum_score) for name, weight in weighs.weights.items()]
        least = sum(weight * minimum for weight, minimum in parts) / sum(weight for weight, _ in parts)
        if weighs.minimum_score <= least:
            yield (
                f"compensation.minimum_score: found {weighs.minimum_score:g}, which never decides: "
                f"who passes each of them has {least:.0%} already"
            )


def _about_journey(policy: Policy) -> Iterator[str]:
    if any(each.attempts > 1 for each in policy.assessments.values()):
        return
    for field, found in (("training", policy.journey.training), ("near_miss", policy.journey.near_miss)):
        if found:
            yield f"journey.{field}: found {found}, but nothing may be tried a second time"
