"""A qualification as an Open Badges 3.0 credential (1EdTech), which is a W3C Verifiable Credential (data model 2.0).

Required by Open Badges 3.0, appendix B.1: OpenBadgeCredential has @context, id, type, name, issuer, validFrom and
credentialSubject; AchievementSubject has type, achievement and an id or identifier; Achievement has id, type, name,
description and criteria; IdentityObject has type, hashed, identityHash and identityType; Profile has id and type.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, time
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from assessments.items import Record
from onboarding.decision import AUTOMATIC, Decision, Qualification
from onboarding.pool.badges.proof import timestamp
from onboarding.pool.badges.revocations import CONTEXT

CONTEXTS = [CONTEXT, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]


class Issuer(Record):
    """Who issues, by the name of the key."""

    did: str
    name: str = ""
    url: str = ""


class Identity(Record):
    """One thing that the recipient is known by: `kind` is one of Open Badges' identity types; hashed if salted."""

    kind: str
    value: str
    salt: str = ""


def open_badge(
    badge_id: str,
    issuer: Issuer,
    recipient: Sequence[Identity],
    qualification: Qualification,
    decision: Decision,
    decision_hash: str,
    status: dict[str, Any],
) -> dict[str, Any]:
    """The credential without its proof. It has no score in it, and no name unless the recipient has one.

    Args:
        decision_hash: SHA-256 of the decision's record, as hexadecimal digits.
        status: its place in the list of revocations.
    """
    return {
        "@context": CONTEXTS,
        "id": badge_id,
        "type": TYPES,
        "name": qualification.name,
        "issuer": _profile(issuer),
        "validFrom": timestamp(datetime.combine(qualification.since, time.min)),
        # the last day counts
        "validUntil": timestamp(datetime.combine(qualification.until, time(23, 59, 59))),
        "awardedDate": timestamp(decision.decided_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(identity) for identity in recipient],
            "achievement": _achievement(issuer, qualification),
        },
        "evidence": [_evidence(decision, decision_hash)],
        "credentialStatus": status,
    }


def _profile(issuer: Issuer) -> dict[str, Any]:
    said = {"name": issuer.name, "url": issuer.url}
    return {"id": issuer.did, "type": ["Profile"], **{name: value for name, value in said.items() if value}}


def _identity(identity: Identity) -> dict[str, Any]:
    """As it is, or hashed with its salt (Open Badges 3.0, appendix B.7, IdentityHash)."""
    common = {"type": "IdentityObject", "hashed": bool(identity.salt), "identityType": identity.kind}
    if not identity.salt:
        return {**common, "identityHash": identity.value}
    return {**common, "identityHash": identity_hash(identity.value, identity.salt), "salt": identity.salt}


def identity_hash(value: str, salt: str) -> str:
    """What stands for a value that is not to be read: SHA-256 over value and salt."""
    return f"sha256${sha256((value + salt).encode()).hexdigest()}"


def _achievement(issuer: Issuer, qualification: Qualification) -> dict[str, Any]:
    """The same for everybody who has it."""
    name, assessment = qualification.name, qualification.assessment
    description, narrative = _for_a_project(qualification) if qualification.rests_on else _by_assessment(assessment)
    return {
        "id": uuid5(NAMESPACE_URL, f"{issuer.did}/{assessment}/{name}").urn,
        "type": ["Achievement"],
        "achievementType": "Assessment",
        "name": name,
        "description": description,
        "criteria": {"narrative": narrative},
    }


def _by_assessment(assessment: str) -> tuple[str, str]:
    return (
        f"Qualified by the assessment “{assessment}”.",
        f"The assessment “{assessment}” was taken and graded. Its score reached the minimum of the "
        "issuer's policy in force, or a person decided that it is good enough.",
    )


def _for_a_project(qualification: Qualification) -> tuple[str, str]:
    taken = ", ".join(f"“{name}”" for name in qualification.rests_on or ())
    return (
        f"Qualified for the project “{qualification.assessment}”.",
        f"These assessments were taken and graded: {taken}. The scores reached the minima that the issuer's policy in "
        f"force has for the project “{qualification.assessment}”, or a person who looked at them decided so.",
    )


def _evidence(decision: Decision, decision_hash: str) -> dict[str, Any]:
    """The decision by its hash: who has the record can show that it is the one; the badge gives nothing of it away."""
    how = "Decided automatically" if decision.decided_by == AUTOMATIC else "Decided by a person"
    return {
        "id": hash_name(decision_hash),
        "type": ["Evidence"],
        "name": "Decision record",
        "narrative": f"{how}, under version {decision.policy_version} of the policy.",
    }


def hash_name(digest: str) -> str:
    """A SHA-256 as the name of what was hashed (RFC 6920, section 3)."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip('=')}"
