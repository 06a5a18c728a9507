"""Checking badges: what is valid, what is not and why; nothing else than the files is looked at."""

import json
from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from assessments.errors import UsageError
from onboarding.pool.badges import revocations
from onboarding.pool.badges.credential import Identity, identity_hash
from onboarding.pool.badges.proof import MAX_BYTES, signed
from onboarding.pool.badges.verifying import Checked, Status, verify
from tests.onboarding.badge_samples import DID, INDEX, KEY, NOW, OTHER_DID, OTHER_KEY, badge, revoked_list

# What Open Badges 3.0 asks for, appendix B.1 (data models), and the Verifiable Credentials Data Model 2.0, section 4
TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}


def an(*names: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object with these properties, of which the named ones are required."""
    return {"type": "object", "properties": properties, "required": list(names)}


def types(*names: str) -> dict[str, Any]:
    """The schema of a list of types with these among them."""
    return {"type": "array", "items": TEXT, "allOf": [{"contains": {"const": name}} for name in names]}


IDENTITY = {
    **an(
        *("type", "hashed", "identityHash", "identityType"),
        type={"const": "IdentityObject"},
        hashed={"type": "boolean"},
        identityHash=TEXT,
        identityType={"enum": ["name", "systemId", "emailAddress"]},
        salt=TEXT,
    ),
    "additionalProperties": False,
}
ACHIEVEMENT = an(
    *("id", "type", "name", "description", "criteria"),
    id={"type": "string", "pattern": "^urn:uuid:"},
    type=types("Achievement"),
    name=TEXT,
    description=TEXT,
    criteria=an("narrative", narrative=TEXT),
)
SCHEMA = an(
    *("@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject", "credentialStatus", "proof"),
    **{
        "@context": {
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"const": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
            ]
        },
        "id": {"type": "string", "pattern": "^urn:uuid:"},
        "type": types("VerifiableCredential", "OpenBadgeCredential"),
        "name": TEXT,
        "issuer": an("id", "type", id={"type": "string", "pattern": "^did:key:z6Mk"}, type=types("Profile")),
        "validFrom": MOMENT,
        "validUntil": MOMENT,
        "awardedDate": MOMENT,
        "credentialSubject": an(
            *("type", "achievement", "identifier"),
            type=types("AchievementSubject"),
            achievement=ACHIEVEMENT,
            identifier={"type": "array", "items": IDENTITY, "minItems": 1},
        ),
        "evidence": {"type": "array", "items": an("type", type=types("Evidence"), id=TEXT)},
        "credentialStatus": an(
            *("id", "type", "statusPurpose", "statusListIndex", "statusListCredential"),
            statusListIndex={"type": "string", "pattern": r"^\d+$"},
        ),
        "proof": an(
            *("type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"), created=MOMENT
        ),
    },
)


def check(document: Any, *, revoked: Any = None, trusted: str = DID, days: int = 0) -> Checked:
    """Check a badge so many days from now."""
    content = None if revoked is None else json.dumps(revoked).encode()
    return verify(json.dumps(document).encode(), trusted={trusted}, revoked=content, now=NOW + timedelta(days=days))


def test_a_badge_has_what_the_standard_asks_for() -> None:
    """Names, types and the shape of values, also of those that are optional."""
    email = Identity(kind="emailAddress", value="ada@example.org", salt="00ff")
    for recipient in ([Identity(kind="systemId", value="ada")], [email, Identity(kind="name", value="Ada")]):
        jsonschema.Draft202012Validator(SCHEMA).validate(badge(recipient))


def test_a_badge_gives_nothing_away() -> None:
    """No score, no address, and no name that was not asked for."""
    document = badge([Identity(kind="emailAddress", value="ada@example.org", salt="00ff")])
    text = json.dumps(document)
    assert "ada" not in text
    assert "0.9" not in text.replace("3.0.3", "")
    (identity,) = document["credentialSubject"]["identifier"]
    assert identity["identityHash"] == identity_hash("ada@example.org", "00ff")


def test_a_badge_is_valid() -> None:
    """Of an issuer that is trusted, from the first to the last second, and not revoked."""
    found = check(badge(), revoked=revoked_list(INDEX - 1, INDEX + 1))
    assert found.status is Status.VALID
    assert found.note == f"Evaluation and labelling, signed by {DID}; not revoked as of 2026-03-02T09:30:00Z"
    assert check(badge(), days=365).status is Status.VALID
    assert "was not looked at" in check(badge()).note


@pytest.mark.parametrize(
    ("days", "status"), [(-2, Status.NOT_YET_VALID), (366, Status.EXPIRED), (10_000, Status.EXPIRED)]
)
def test_a_badge_has_its_time(days: int, status: Status) -> None:
    """From the qualification's first day to its last."""
    assert check(badge(), days=days).status is status


def test_a_revoked_badge() -> None:
    """Also where it has expired: that it was revoked says more."""
    for days in (0, 400):
        assert check(badge(), revoked=revoked_list(3, INDEX), days=days).status is Status.REVOKED


def test_anybody_can_sign() -> None:
    """A badge under another key is one of an unknown issuer, however much it looks like ours."""
    document = badge()
    content = {name: value for name, value in document.items() if name != "proof"}
    theirs = signed({**content, "issuer": {**content["issuer"], "id": OTHER_DID}}, OTHER_KEY, now=NOW)
    assert check(theirs).status is Status.UNKNOWN_ISSUER
    assert check(theirs, trusted=OTHER_DID).status is Status.VALID
    # in our name, with their key
    assert check(signed(content, OTHER_KEY, now=NOW)).status is Status.ALTERED


@pytest.mark.parametrize(
    "other",
    [
        {"type": ["VerifiableCredential"]},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"issuer": {"id": "https://pool.example/"}},
        {"issuer": {"id": "did:key:z6Mk"}},
        {"issuer": {"id": "did:key:" + "z" * 48}},
        {"issuer": "someone"},
        {"validUntil": "tomorrow"},
    ],
)
def test_what_is_no_badge_of_ours(other: dict[str, Any]) -> None:
    """Is said to be none, also where the signature is good."""
    content = {name: value for name, value in badge().items() if name != "proof"}
    with pytest.raises(UsageError, match=r"issuer|not an Open Badge"):
        check(signed({**content, **other}, KEY, now=NOW))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"{", b"\xff", b"null", b'{"a": NaN}', b"[" * 100_000, b" " * (MAX_BYTES + 1)),
        json.dumps(badge()).replace('"name"', '"name": "Surgeon", "name"', 1).encode(),
    ],
)
def test_what_cannot_be_read(content: bytes) -> None:
    """One line says so; of two values under one name, none is taken."""
    with pytest.raises(UsageError, match="not an Open Badge that can be checked here"):
        verify(content, trusted={DID}, revoked=None, now=NOW)


def lists() -> dict[str, Any]:
    """Revocation lists that must not be believed."""
    good = revoked_list()
    subject = good["credentialSubject"]
    plain = {name: value for name, value in good.items() if name != "proof"}

    def bits(text: str) -> dict[str, Any]:
        return signed({**plain, "credentialSubject": {**subject, "encodedList": text}}, KEY, now=NOW)

    return {
        "of somebody else": revoked_list(key=OTHER_KEY),
        "bits changed": {**good, "credentialSubject": {**subject, "encodedList": revocations.encoded([1])}},
        "without a proof": plain,
        "a badge": badge(),
        "for suspensions": signed(
            {**plain, "credentialSubject": {**subject, "statusPurpose": "suspension"}}, KEY, now=NOW
        ),
        "too short": bits(revocations.encoded((), 1024)),
        "another alphabet": bits("zH4sI"),
        "not packed": bits("uAAAA"),
        "not even base64": bits("uA"),
    }


@pytest.mark.parametrize("name", lists())
def test_a_list_that_must_not_be_believed(name: str) -> None:
    """Is refused, and the badge is not called valid."""
    with pytest.raises(UsageError, match=r"revocation"):
        check(badge(), revoked=lists()[name])


def test_a_list_that_unpacks_to_more_than_there_is_room_for() -> None:
    """Is unpacked no further than the places that there are."""
    bomb = revocations.encoded((), revocations.SIZE * 64)
    assert not revocations.is_set(bomb, revocations.SIZE - 1)
    with pytest.raises(ValueError, match=f"{revocations.SIZE} places"):
        revocations.is_set(bomb, revocations.SIZE)
