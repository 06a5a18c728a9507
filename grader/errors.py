"""What the grader's side raises; the tree stands in assessments.errors."""

from assessments.errors import TalentpoolError


class BankError(TalentpoolError):
    """An item bank that does not hold together; the message names file, item and field."""


class GateError(TalentpoolError):
    """A release that must not happen."""


class WorkspaceError(TalentpoolError):
    """The workspace is missing, or something in it that should be there."""


class UnavailableError(TalentpoolError):
    """Our own machinery failed (sandbox, database, disk). Never an applicant's zero."""

    exit_code = 1
