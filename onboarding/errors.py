"""What the onboarding side raises; the tree stands in assessments.errors."""

from assessments.errors import TalentpoolError


class PolicyError(TalentpoolError):
    """A policy that does not hold together; the message names file and field."""


class AuditError(TalentpoolError):
    """The record of decisions, or its head, is not what it was."""
