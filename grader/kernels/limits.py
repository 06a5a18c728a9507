"""What a kernel may use: the same as a notebook without one, and what a kernel needs for itself."""

import json

from pydantic import ValidationError

from grader.errors import WorkspaceError
from grader.execution import COURSE_LIMITS, Limits
from grader.sandbox import rlimits

VARIABLE = "TALENTPOOL_LIMITS"
OWN_THREADS = 24
"""A kernel's own, and those of the libraries that it talks with; they come on top of the limit."""
OWN_BYTES = 1_000_000_000
"""Address space of a warm interpreter with its libraries and of the threads' stacks, most of it never used."""


def kernel_limits(text: str) -> Limits:
    """Limits from JSON, those of a plain course where it says nothing; and what a kernel needs for itself.

    Raises:
        WorkspaceError: a name or value is not allowed.
    """
    try:
        limits = Limits.model_validate({**COURSE_LIMITS.model_dump(), **json.loads(text)})
    except (ValueError, TypeError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise WorkspaceError(f"{VARIABLE}: {first}", tip=f"Allowed: {', '.join(Limits.model_fields)}.") from None
    own = {"processes": limits.processes + OWN_THREADS, "memory_bytes": limits.memory_bytes + OWN_BYTES}
    return limits.model_copy(update=own)


def resource_limits(limits: Limits, *, warm: bool) -> dict[str, int]:
    """As for notebooks without a kernel; other programs than ours reserve more than they ever use: only data counts."""
    found = rlimits(limits, 0)
    if not warm:
        found["RLIMIT_DATA"] = found.pop("RLIMIT_AS")
    return found
