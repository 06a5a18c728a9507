"""The policy: stages, minimum scores, attempts and waits, read from `policy.toml` and versioned by content."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt, ValidationError

from assessments.errors import UsageError
from assessments.items import Record, Slug, Text
from assessments.packet import first_problem
from grader.bank import Bank
from onboarding.errors import PolicyError

POLICY_FILE = "policy.toml"
Share = Annotated[float, Field(ge=0, le=1)]


class Requirement(Record):
    """What it takes to pass one assessment, and how often it may be tried. Scores are shares of the points (0…1)."""

    qualification: Text
    minimum_score: Share
    minimum_skill_scores: Mapping[Slug, Share] = Field(default_factory=dict)
    attempts: PositiveInt = 1
    waiting_days: NonNegativeInt = 0
    valid_days: PositiveInt = 365


class Stage(Record):
    """Assessments that belong together on the way in."""

    name: Text
    assessments: Annotated[tuple[Slug, ...], Field(min_length=1)]


class PolicyText(Record):
    """The file's content."""

    title: Text
    band: NonNegativeFloat = 1.0
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    assessments: Mapping[Slug, Requirement]


class Policy(PolicyText):
    """A policy that holds together. `version` is the SHA-256 of the file (first 16 hex digits)."""

    version: str

    @property
    def required(self) -> list[str]:
        """The assessments of all stages, in their order."""
        return [assessment for stage in self.stages for assessment in stage.assessments]


def read_policy(root: Path) -> Policy:
    """The policy of a workspace.

    Raises:
        PolicyError: missing, unreadable, or contradicting itself.
    """
    path = root / POLICY_FILE
    try:
        content = path.read_bytes()
        text = PolicyText.model_validate(tomllib.loads(content.decode()))
    except OSError:
        raise PolicyError(f"{path} is missing", tip="Write one; docs/how-to/admin.md has an example.") from None
    except ValidationError as error:
        raise PolicyError(f"{POLICY_FILE}: {first_problem(error)}") from None
    except ValueError as error:
        raise PolicyError(f"{POLICY_FILE}: is not readable TOML: {error}") from None
    policy = Policy(**{name: getattr(text, name) for name in PolicyText.model_fields}, version=_version(content))
    _check(policy)
    return policy


def _version(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _check(policy: Policy) -> None:
    required = policy.required
    for assessment in required:
        if required.count(assessment) > 1:
            raise PolicyError(f"{POLICY_FILE}: stages: {assessment} is found twice, allowed once")
        if assessment not in policy.assessments:
            raise PolicyError(
                f"{POLICY_FILE}: stages name {assessment}, which has no minimum score",
                tip=f"Add a table [assessments.{assessment}].",
            )
    unused = sorted(set(policy.assessments) - set(required))
    if unused:
        raise PolicyError(f"{POLICY_FILE}: assessments.{unused[0]} stands in no stage; allowed: {', '.join(required)}")


def check_against_bank(policy: Policy, bank: Bank) -> None:
    """PolicyError if the assessment is for practice, or has not a skill that the policy asks for."""
    if bank.blueprint.practice:
        raise PolicyError(f"{POLICY_FILE}: stages name {bank.assessment}, which is for practice and never graded")
    skills = {slot.skill for slot in bank.blueprint.slots}
    unknown = set(policy.assessments[bank.assessment].minimum_skill_scores) - skills
    if unknown:
        raise PolicyError(
            f"{POLICY_FILE}: assessments.{bank.assessment}.minimum_skill_scores: found {', '.join(sorted(unknown))}, "
            f"allowed {', '.join(sorted(skills))}"
        )


def retry_from(requirement: Requirement, attempts_used: int, last_received: datetime) -> datetime | None:
    """When the assessment may be tried again; None if all attempts are used."""
    if attempts_used >= requirement.attempts:
        return None
    return last_received + timedelta(days=requirement.waiting_days)


def require_attempt(
    policy: Policy, assessment: str, attempts_handed_in: int, last_received: datetime | None, now: datetime
) -> None:
    """UsageError unless a (further) attempt may begin now. An assessment without a requirement may always be tried."""
    requirement = policy.assessments.get(assessment)
    if requirement is None or last_received is None:
        return
    again = retry_from(requirement, attempts_handed_in, last_received)
    if again is None:
        raise UsageError(f"all {requirement.attempts} attempts at {assessment} are used")
    if now < again:
        raise UsageError(
            f"{assessment} may be tried again from {again:%Y-%m-%d %H:%M} UTC "
            f"({requirement.waiting_days} days after the last attempt)"
        )
