"""What a workspace says about itself in badges: the table [badges] in its talentpool.toml."""

from uuid import NAMESPACE_URL, uuid5

from pydantic import Field, ValidationError

from assessments.items import Record
from assessments.problems import first_problem
from grader.errors import WorkspaceError
from grader.workspace import MARKER, Workspace
from onboarding.pool.badges.credential import Issuer

_URL = r"^https?://\S+$|^$"


class BadgeSettings(Record):
    """What the table may say; all of it may be missing.

    Args:
        name: who issues, for people to read; url: the issuer's page.
        revocations: where the revocation list is published.
    """

    name: str = ""
    url: str = Field(default="", pattern=_URL)
    revocations: str = Field(default="", pattern=_URL)

    def issuer(self, did: str) -> Issuer:
        """The issuer with this key."""
        return Issuer(did=did, name=self.name, url=self.url)

    def where(self, did: str) -> str:
        """The list's address; as long as it is published nowhere, a name of its own."""
        return self.revocations or uuid5(NAMESPACE_URL, f"{did}/revocations").urn


def badge_settings(workspace: Workspace) -> BadgeSettings:
    """The settings of a workspace; WorkspaceError if they cannot be used."""
    try:
        return BadgeSettings.model_validate(workspace.settings.badges)
    except ValidationError as error:
        allowed = ", ".join(BadgeSettings.model_fields)
        raise WorkspaceError(f"{MARKER}: badges.{first_problem(error)}", tip=f"Allowed: {allowed}.") from None
