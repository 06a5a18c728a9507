"""A decision as it is written: each of its parts becomes JSON once, for the chain and for the database."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from grader.database import JsonText
from onboarding.chain import canonical
from onboarding.decision import Decision, Verdict


class Written(NamedTuple):
    """A decision with its text.

    Args:
        reason: the first of its reasons.
        columns: its row, without number and link.
        text: its content as canonical JSON, which its link is made from.
    """

    applicant_id: str
    verdict: Verdict
    reason: str
    policy_version: str
    columns: Mapping[str, Any]
    text: str


def written(decision: Decision) -> Written:
    """The decision as it goes into the database."""
    # what a rule has no number for is left out: that is nothing in most of its fields
    lean = decision.model_dump(mode="json", include={"qualifications", "rules"}, exclude_none=True)
    parts = {**lean, **decision.model_dump(mode="json", include={"reasons", "inputs"})}
    columns: dict[str, Any] = {name: JsonText(canonical(part)) for name, part in parts.items()}
    columns |= {
        "applicant_id": decision.applicant_id,
        "outcome": decision.verdict.value,
        "policy_version": decision.policy_version,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at,
        "objection_until": decision.objection_until,
    }
    reason = decision.reasons[0] if decision.reasons else ""
    text = ",".join(f'"{name}":{_text(columns[name])}' for name in sorted(columns))
    return Written(decision.applicant_id, decision.verdict, reason, decision.policy_version, columns, f"{{{text}}}")


def _text(value: Any) -> str:
    if isinstance(value, JsonText):
        return value
    return canonical(in_utc(value) if isinstance(value, datetime) else value)


def in_utc(moment: datetime) -> str:
    """A moment as the chain has it."""
    return moment.astimezone(UTC).isoformat()
