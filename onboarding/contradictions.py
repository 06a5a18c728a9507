"""Finds what a policy says and cannot mean; each finding names table and field, what was found, what is allowed."""

from collections.abc import Iterator

from pydantic import ValidationError

from assessments.items import Record
from assessments.problems import first_problem
from onboarding.requirements import Compensation, OfDeclared, Policy, PolicyText, Project, Requirement, Stage, Way


def found_and_allowed(error: ValidationError) -> list[str]:
    """The first of pydantic's findings, with what was found, and which fields there are."""
    detail = error.errors(include_url=False)[0]
    line = first_problem(error)
    if detail["type"] == "extra_forbidden":
        table = _TABLES[str(detail["loc"][0])] if len(detail["loc"]) > 1 else PolicyText
        return [f"{line}; allowed: {', '.join(table.model_fields)}"]
    return [line if detail["type"] == "missing" else f"{line}, found {detail['input']!r:.60}"]


_TABLES: dict[str, type[Record]] = {
    "stages": Stage,
    "languages": OfDeclared,
    "domains": OfDeclared,
    "assessments": Requirement,
    "compensation": Compensation,
    "projects": Project,
    "journey": Way,
}


def contradictions(policy: Policy) -> Iterator[str]:
    """What makes a policy unusable."""
    yield from _about_names(policy)
    if policy.compensation:
        for name in sorted(set(policy.compensation.weights) - set(policy.named)):
            yield f"compensation.weights: found {name}, which is not required; allowed: {', '.join(policy.named)}"
    for name in policy.projects:
        yield from _about_project(policy, name)
    yield from _about_near_misses(policy)
    yield from _about_patience(policy)


def _about_names(policy: Policy) -> Iterator[str]:
    for name in dict.fromkeys(policy.required):
        if policy.required.count(name) > 1:
            yield f"stages: {name} is found twice, allowed once"
    places = [("stages", policy.required)]
    places += [(f"languages.{code}", list(of.assessments)) for code, of in policy.languages.items()]
    places += [(f"domains.{domain}", list(of.assessments)) for domain, of in policy.domains.items()]
    for place, names in places:
        for name in sorted(set(names) - set(policy.assessments)):
            verb = "name" if place == "stages" else "names"
            yield f"{place} {verb} {name}, which has no minimum score; add a table [assessments.{name}]"
    for name in sorted(set(policy.assessments) - set(policy.named)):
        yield (
            f"assessments.{name} stands in no stage, language or domain; allowed: {', '.join(policy.named)}, "
            "or name it in a stage"
        )


def _about_project(policy: Policy, name: str) -> Iterator[str]:
    """Of a project: it only ever asks for more than its assessments do."""
    place, asks = f"projects.{name}", policy.projects[name]
    if name in policy.assessments:
        yield f"{place}: found the name of an assessment, allowed one of its own: qualifications are named by it"
    for assessment in sorted(set(asks.minimum_scores) - set(policy.named)):
        yield f"{place}.minimum_scores: found {assessment}, allowed: {', '.join(policy.named)}"
    for assessment in sorted(set(asks.minimum_skill_scores) - set(asks.minimum_scores)):
        allowed = ", ".join(asks.minimum_scores)
        yield f"{place}.minimum_skill_scores: found {assessment}, which its minimum_scores do not; allowed: {allowed}"
    for assessment in sorted(set(asks.minimum_scores) & set(policy.assessments)):
        yield from _about_minima(policy, name, assessment)


def _about_minima(policy: Policy, name: str, assessment: str) -> Iterator[str]:
    place, asks, own = f"projects.{name}", policy.projects[name], policy.assessments[assessment]
    minimum, band = asks.minimum_scores[assessment], policy.band_of(assessment)
    if minimum < own.minimum_score:
        yield (
            f"{place}.minimum_scores.{assessment}: found {minimum:g}, allowed from {own.minimum_score:g} on, "
            "the minimum_score of the assessment: a project only asks for more"
        )
    for skill, least in asks.minimum_skill_scores.get(assessment, {}).items():
        if least < own.minimum_skill_scores.get(skill, 0):
            yield (
                f"{place}.minimum_skill_scores.{assessment}.{skill}: found {least:g}, allowed from "
                f"{own.minimum_skill_scores[skill]:g} on, the assessment's own"
            )
    if asks.band is not None and asks.band < band:
        yield f"{place}.band: found {asks.band:g}, allowed from {band:g} on, the band of {assessment}"


def _about_near_misses(policy: Policy) -> Iterator[str]:
    near = policy.journey.near_miss
    if near is None:
        return
    minima = [(f"the minimum_score of {name}", each.minimum_score) for name, each in policy.assessments.items()]
    for name, each in policy.assessments.items():
        minima += [(f"{name}'s minimum for {skill}", least) for skill, least in each.minimum_skill_scores.items()]
    if policy.compensation:
        minima.append(("compensation.minimum_score", policy.compensation.minimum_score))
    what, least = min(minima, key=lambda minimum: minimum[1])
    if near > least:
        yield f"journey.near_miss: found {near:g}, allowed up to {least:g}, {what}: nobody could miss it by more"


def _about_patience(policy: Policy) -> Iterator[str]:
    patience = policy.journey.patience_days.get("retry")
    if patience is None:
        return
    for name, each in policy.assessments.items():
        if each.attempts > 1 and patience <= each.waiting_days:
            yield (
                f"journey.patience_days.retry: found {patience}, allowed more than {each.waiting_days}, the "
                f"waiting_days of {name}: the application would expire before another attempt may begin"
            )
