"""Finds what a policy says and cannot mean; each finding names table and field, what was found, what is allowed."""

from collections.abc import Iterator

from pydantic import ValidationError

from assessments.items import Record
from assessments.problems import first_problem
from onboarding.requirements import Compensation, OfDeclared, Policy, PolicyText, Requirement, Stage, Way


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
    "journey": Way,
}


def contradictions(policy: Policy) -> Iterator[str]:
    """What makes a policy unusable."""
    yield from _about_names(policy)
    if policy.compensation:
        for name in sorted(set(policy.compensation.weights) - set(policy.named)):
            yield f"compensation.weights: found {name}, which is not required; allowed: {', '.join(policy.named)}"
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
