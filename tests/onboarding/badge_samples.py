"""A decision, a key and a signed badge that tests change."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onboarding.decision import AUTOMATIC, Decision, Qualification, Verdict
from onboarding.pool.badges import revocations
from onboarding.pool.badges.credential import Identity, Issuer, open_badge
from onboarding.pool.badges.keys import did
from onboarding.pool.badges.proof import signed

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
DID, OTHER_DID = did(KEY.public_key()), did(OTHER_KEY.public_key())
WHERE = "https://pool.example/revocations.json"
INDEX = 70_001


def qualification(assessment: str, name: str, until: date = date(2027, 3, 2)) -> Qualification:
    """A qualification since 1 March 2026."""
    return Qualification(name=name, assessment=assessment, score=0.9, since=date(2026, 3, 1), until=until)


EVALUATION = qualification("evaluation-and-labelling", "Evaluation and labelling")


def decided(
    applicant_id: str, *qualifications: Qualification, verdict: Verdict = Verdict.ADMIT, at: datetime = NOW
) -> Decision:
    """A decision by the rule."""
    return Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=("every minimum score is reached",),
        qualifications=qualifications,
        inputs=(),
        policy_version="0123456789abcdef",
        decided_by=AUTOMATIC,
        decided_at=at,
    )


def badge(recipient: Sequence[Identity] = (Identity(kind="systemId", value="ada"),)) -> dict[str, Any]:
    """A badge of ada's, signed with `KEY`."""
    issuer = Issuer(did=DID, name="Pool and Sons", url="https://pool.example/")
    entry = revocations.entry(WHERE, INDEX)
    decision = decided("ada", EVALUATION)
    plain = open_badge("urn:uuid:1", issuer, recipient, EVALUATION, decision, "00" * 32, entry)
    return signed(plain, KEY, now=NOW)


def revoked_list(*places: int, key: Ed25519PrivateKey = KEY) -> dict[str, Any]:
    """A revocation list, signed with this key."""
    return signed(revocations.revocation_list(WHERE, did(key.public_key()), places, now=NOW), key, now=NOW)
