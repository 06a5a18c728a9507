"""Checks a badge without workspace and network: whose it is, whether it is unchanged, and still in force."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import AwareDatetime, Field, ValidationError

from assessments.errors import UsageError
from assessments.items import Record
from assessments.problems import first_problem
from onboarding.pool.badges import revocations
from onboarding.pool.badges.credential import CONTEXTS, TYPES
from onboarding.pool.badges.proof import is_made_by, read, timestamp


class Status(StrEnum):
    """What is to be thought of a badge."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN_ISSUER = "unknown issuer"
    REVOKED = "revoked"
    NOT_YET_VALID = "not yet valid"
    EXPIRED = "expired"


class Checked(Record):
    """A badge's status, and in words why, or how far it was looked at."""

    status: Status
    note: str


class _Loose(Record, extra="ignore"):
    """A part of somebody else's document: what is not needed here is not looked at."""


Part = TypeVar("Part", bound=_Loose)


class _Issuer(_Loose):
    id: str


class _Entry(_Loose):
    type: str
    statusPurpose: str
    statusListIndex: str = Field(pattern=r"^(0|[1-9][0-9]{0,8})$")


class _Badge(_Loose):
    context: list[Any] = Field(alias="@context")
    type: list[str]
    name: str
    issuer: _Issuer
    validFrom: AwareDatetime
    validUntil: AwareDatetime | None = None
    credentialStatus: _Entry | None = None


class _Bits(_Loose):
    statusPurpose: str
    encodedList: str


class _List(_Loose):
    type: list[str]
    issuer: str
    validFrom: AwareDatetime
    credentialSubject: _Bits


def verify(content: bytes, *, trusted: Collection[str], revoked: bytes | None, now: datetime) -> Checked:
    """Check a badge.

    Args:
        trusted: the did:keys of issuers that are believed.
        revoked: the issuer's revocation list.

    Raises:
        UsageError: no Open Badge of this kind, or no revocation list of its issuer.
    """
    document, badge = _parsed(content, _Badge, "an Open Badge that can be checked here")
    if badge.context != CONTEXTS or not set(TYPES) <= set(badge.type):
        raise UsageError("the file is not an Open Badge that can be checked here: its @context or type is another one")
    if not _is_made_by(badge.issuer.id, document):
        return Checked(status=Status.ALTERED, note=f"its signature is not one of {badge.issuer.id} over this content")
    if badge.issuer.id not in trusted:
        note = f"unchanged since {badge.issuer.id} signed it, but anybody can make such a key"
        return Checked(status=Status.UNKNOWN_ISSUER, note=f"{note}: compare it with the issuer's, and add --key")
    return _in_force(badge, revoked, now)


def _in_force(badge: _Badge, revoked: bytes | None, now: datetime) -> Checked:
    """Whether it holds at this time."""
    note = f"{badge.name}, signed by {badge.issuer.id}"
    if badge.credentialStatus and revoked is not None:
        is_revoked, made = _revoked(badge.credentialStatus, badge.issuer.id, revoked)
        if is_revoked:
            return Checked(status=Status.REVOKED, note=f"{note}; it stands in the revocation list of {made}")
        note += f"; not revoked as of {made}"
    elif badge.credentialStatus:
        note += "; whether it was revoked was not looked at: add --revocations FILE"
    if now < badge.validFrom:
        return Checked(status=Status.NOT_YET_VALID, note=f"{note}; from {timestamp(badge.validFrom)}")
    if badge.validUntil and now > badge.validUntil:
        return Checked(status=Status.EXPIRED, note=f"{note}; it was valid until {timestamp(badge.validUntil)}")
    return Checked(status=Status.VALID, note=note)


def _revoked(entry: _Entry, issuer: str, content: bytes) -> tuple[bool, str]:
    """Whether the list has the badge's bit set, and when the list was made.

    Where the list lies is not compared: an issuer's key has one, and it may move.
    """
    document, found = _parsed(content, _List, "a revocation list")
    if found.issuer != issuer or revocations.TYPE not in found.type or not _is_made_by(issuer, document):
        raise UsageError("the revocation list is not one that the badge's issuer signed, or it was altered")
    if not entry.statusPurpose == found.credentialSubject.statusPurpose == "revocation":
        raise UsageError("the badge and the list do not speak of revocation")
    try:
        bit = revocations.is_set(found.credentialSubject.encodedList, int(entry.statusListIndex))
    except ValueError as error:
        raise UsageError(f"the revocation list cannot be used: {error}") from None
    return bit, timestamp(found.validFrom)


def _is_made_by(issuer: str, document: dict[str, Any]) -> bool:
    try:
        return is_made_by(issuer, document)
    except ValueError as error:
        raise UsageError(f"issuer: found {issuer!r}, which {error}; only such badges can be checked here") from None


def _parsed(content: bytes, kind: type[Part], what: str) -> tuple[dict[str, Any], Part]:
    try:
        document = read(content)
        return document, kind.model_validate(document)
    except ValidationError as error:
        raise UsageError(f"the file is not {what}: {first_problem(error)}") from None
    except ValueError as error:
        raise UsageError(f"the file is not {what}: it {error}") from None
