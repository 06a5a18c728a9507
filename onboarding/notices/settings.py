"""How notices leave: the table [mail] in the workspace's talentpool.toml."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints, ValidationError, model_validator

from assessments.items import Record
from assessments.problems import first_problem
from grader.errors import WorkspaceError
from grader.workspace import MARKER, Workspace

# what browsers take for an e-mail address (WHATWG, HTML, "valid e-mail address"): ASCII, no quotes, spaces or brackets
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
MAX_ADDRESS_CHARS = 254


class Security(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def is_address(text: str) -> bool:
    """Whether it is one plain e-mail address that can be said to any mail server as it is."""
    return len(text) <= MAX_ADDRESS_CHARS and _ADDRESS.fullmatch(text) is not None


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"found {text[:MAX_ADDRESS_CHARS]!r}, allowed is one address such as talent@example.org")
    return text


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("allowed is one line of text")
    return text


Address = Annotated[str, AfterValidator(_address)]
Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_line)]


class Mail(Record):
    """The mail server and how to speak to it.

    Args:
        port: the usual one of the security, unless given.
        password_file: relative to the workspace; its first line is the password.
        sender: who writes, and where bounces go; reply_to: who reads the answers, if it is somebody else.
        per_run: how many notices one `talentpool notices send` hands over at most.
    """

    host: Line
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    security: Security = Security.STARTTLS
    user: Line | None = None
    password_file: Path | None = None
    sender: Address
    sender_name: Line | None = None
    reply_to: Address | None = None
    per_run: PositiveInt = 500

    @model_validator(mode="after")
    def _the_password_stays_secret(self) -> "Mail":
        if (self.user is None) != (self.password_file is None):
            raise ValueError("user and password_file are given together or not at all")
        if self.user and not self.user.isascii():
            raise ValueError("user: allowed are ASCII characters")
        if self.user and self.security is Security.NONE:
            raise ValueError('security "none" would send the password readable for everybody; allowed: starttls, tls')
        return self

    @property
    def port_in_use(self) -> int:
        """The port given, or the usual one."""
        return self.port or PORTS[self.security]


def mail_settings(workspace: Workspace) -> Mail | None:
    """The table [mail]; None if there is none.

    Raises:
        WorkspaceError: it does not hold together.
    """
    if not workspace.settings.mail:
        return None
    try:
        return Mail.model_validate(workspace.settings.mail)
    except ValidationError as error:
        raise WorkspaceError(
            f"{workspace.root / MARKER}: mail.{first_problem(error)}", tip=f"Allowed: {', '.join(Mail.model_fields)}."
        ) from None


def password(workspace: Workspace, mail: Mail) -> str:
    """What stands in the password file, or nothing where there is none; WorkspaceError if it cannot be read."""
    if mail.password_file is None:
        return ""
    path = workspace.root / mail.password_file
    try:
        return path.read_text(encoding="ascii").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "allowed are ASCII characters"
        raise WorkspaceError(f"mail.password_file: {path} cannot be read: {reason}") from None
