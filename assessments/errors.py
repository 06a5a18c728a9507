"""The one root of what this kit raises for a user's mistake: one clear line, and what to do about it.

TalentpoolError
├── UsageError        a command was given something that does not fit
├── BundleError       a bundle or submission that cannot be read
├── BankError         grader: an item bank that does not hold together
├── GateError         grader: a release that must not happen
├── WorkspaceError    grader: no workspace, or something missing in it
├── UnavailableError  grader: our own machinery failed; never an applicant's zero (exit code 1)
├── PolicyError       onboarding: a policy that does not hold together
└── AuditError        onboarding: the record of decisions, or its head, is not what it was

The exit code is 2 unless another is named.
"""


class TalentpoolError(Exception):
    """A user's mistake or a failure with a name: printed in one line, never as a traceback.

    Args:
        message: what was found and what is allowed.
        tip: the next thing to try.
    """

    exit_code = 2

    def __init__(self, message: str, *, tip: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.tip = tip


class UsageError(TalentpoolError):
    """A command was given something that does not fit."""


class BundleError(TalentpoolError):
    """A bundle or a submission cannot be read or written."""
