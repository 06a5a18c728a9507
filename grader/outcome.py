"""What became of a submission: apart, as many commands need to know it and no more of how it came about."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a submission."""

    GRADED = "graded"
    FLAGGED = "flagged"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
