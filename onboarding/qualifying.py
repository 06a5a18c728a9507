"""What somebody is qualified for: by a passed assessment, or for a project whose minima are all clearly reached."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from assessments.errors import UsageError
from assessments.items import Record
from onboarding.evidence import Evidence
from onboarding.projects import checks_of_project
from onboarding.requirements import Policy
from onboarding.standing import Standing


class Qualification(Record):
    """A passed assessment or project: what it stands for, since when, until when.

    Args:
        assessment: the name of the project, where it is for one.
        rests_on: the assessments that it is for a project by; None where it is for an assessment.
    """

    name: str
    assessment: str
    score: float
    since: date
    until: date
    rests_on: tuple[str, ...] | None = None


def qualifications(policy: Policy, evidence: Sequence[Evidence]) -> tuple[Qualification, ...]:
    """What these results qualify for, where they have a score; the caller knows that they are good enough."""
    found = []
    for result in evidence:
        if result.total and (requirement := policy.assessments.get(result.assessment)):
            since = result.received_at.date()
            found.append(
                Qualification(
                    name=requirement.qualification,
                    assessment=result.assessment,
                    score=result.total.score,
                    since=since,
                    until=since + timedelta(days=requirement.valid_days),
                )
            )
    return tuple(found)


def for_project(policy: Policy, name: str, evidence: Mapping[str, Evidence]) -> tuple[Qualification, ...]:
    """The qualification for a project; the caller knows that its minima are reached.

    It holds from the last of its results on until the first of them expires. Its score is the one that lies closest to
    the project's minimum for it.
    """
    minima = policy.projects[name].minimum_scores
    parts = qualifications(policy, [evidence[assessment] for assessment in minima])
    if len(parts) < len(minima):
        return ()
    closest = min(parts, key=lambda part: part.score - minima[part.assessment])
    return (
        Qualification(
            name=policy.projects[name].title,
            assessment=name,
            score=closest.score,
            since=max(part.since for part in parts),
            until=min(part.until for part in parts),
            rests_on=tuple(minima),
        ),
    )


def for_projects_by_scores(
    policy: Policy, evidence: Mapping[str, Evidence], now: datetime
) -> tuple[Qualification, ...]:
    """For whom a person admitted: every project of which the scores clearly reach all minima, whatever grading noted.

    The person has seen what was noted and answers for it; a score that is in doubt stays in doubt.
    """
    found: list[Qualification] = []
    for name in policy.projects:
        held = checks_of_project(policy, name, evidence, now) or {}
        scores = [[check.standing for check in checks if check.required is not None] for checks in held.values()]
        if scores and all(each and set(each) == {Standing.PASSED} for each in scores):
            found += for_project(policy, name, evidence)
    return tuple(found)


def for_named_projects(
    policy: Policy, projects: Sequence[str], evidence: Mapping[str, Evidence]
) -> Iterator[Qualification]:
    """For projects that a person names; UsageError for one that there is not, or in which something has no score."""
    for name in projects:
        if name not in policy.projects:
            raise UsageError(f"--project: found {name}, allowed: {', '.join(policy.projects) or 'none'}")
        missing = [part for part in policy.projects[name].minimum_scores if part not in evidence]
        granted = () if missing else for_project(policy, name, evidence)
        if not granted:
            raise UsageError(f"--project {name}: there is no score yet in {', '.join(missing) or 'all of it'}")
        yield from granted
