"""Reads `policy.toml`, versioned by content."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from onboarding.contradictions import contradictions, found_and_allowed
from onboarding.errors import PolicyError
from onboarding.learning.titles import module_names
from onboarding.requirements import Policy as Policy
from onboarding.requirements import PolicyText, Requirement

if TYPE_CHECKING:
    from grader.bank import Bank

POLICY_FILE = "policy.toml"


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
        raise _error(found_and_allowed(error)) from None
    except ValueError as error:
        raise PolicyError(f"{POLICY_FILE}: is not readable TOML: {error}") from None
    policy = Policy(**{name: getattr(text, name) for name in PolicyText.model_fields}, version=version_of(content))
    if problems := [*contradictions(policy), *_about_modules(policy)]:
        raise _error(problems)
    return policy


def _about_modules(policy: Policy) -> Iterator[str]:
    for name in sorted(set(policy.journey.modules) - set(module_names())):
        yield f"journey.modules: found {name}, allowed {', '.join(module_names())}"


def has_policy(root: Path) -> bool:
    """Whether a workspace has a policy; without one, assessments can be taken and graded, and nothing is decided."""
    return (root / POLICY_FILE).exists()


def version_of(content: bytes) -> str:
    """The version of a policy's file."""
    return sha256(content).hexdigest()[:16]


def _error(problems: list[str]) -> PolicyError:
    lines = "; ".join(f"{POLICY_FILE}: {problem}" for problem in problems[:5])
    more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
    return PolicyError(lines + more, tip="The fields are described in docs/how-to/decisions.md.")


def check_against_bank(policy: Policy, bank: "Bank") -> None:
    """PolicyError if the assessment is for practice, or has not a skill that the policy asks for."""
    if bank.blueprint.practice:
        raise PolicyError(f"{POLICY_FILE}: stages name {bank.assessment}, which is for practice and never graded")
    skills = {slot.skill for slot in bank.blueprint.slots}
    for place, named in policy.skills_asked_of(bank.assessment):
        if unknown := set(named) - skills:
            found, allowed = ", ".join(sorted(unknown)), ", ".join(sorted(skills))
            raise PolicyError(f"{POLICY_FILE}: {place}: found {found}, allowed {allowed}")


def retry_from(requirement: Requirement, attempts_used: int, last_received: datetime) -> datetime | None:
    """When the assessment may be tried again; None if all attempts are used."""
    if attempts_used >= requirement.attempts:
        return None
    return last_received + timedelta(days=requirement.waiting_days)
