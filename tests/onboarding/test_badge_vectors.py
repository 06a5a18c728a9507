"""Known answers: what others have computed for the same input."""

import gzip
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onboarding.pool.badges import multibase, revocations
from onboarding.pool.badges.credential import identity_hash
from onboarding.pool.badges.proof import hash_data, is_made_by, signed

# Data Integrity EdDSA Cryptosuites 1.0 (W3C, 2025), appendix B.2: eddsa-jcs-2022
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
DOCUMENT: dict[str, Any] = {
    "@context": CONTEXTS,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
HASH_DATA = (
    "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
    "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
)
PROOF = "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"


def test_the_proof_of_the_specification() -> None:
    """Canonical form, hashes, key, its name, signature and proof are those of the cryptosuite's own example."""
    key = Ed25519PrivateKey.from_private_bytes(multibase.decode(PRIVATE)[2:])
    secured = signed(DOCUMENT, key, now=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC))
    config = {name: value for name, value in secured["proof"].items() if name != "proofValue"}
    assert hash_data(DOCUMENT, config).hex() == HASH_DATA
    assert config["verificationMethod"] == f"did:key:{PUBLIC}#{PUBLIC}"
    assert secured["proof"]["proofValue"] == PROOF
    assert is_made_by(f"did:key:{PUBLIC}", secured)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
        (b"\0", "z1"),
    ],
)
def test_base58(content: bytes, text: str) -> None:
    """The examples of the Internet draft on Base58 (Sporny), and the smallest."""
    assert multibase.encode(content) == text
    assert multibase.decode(text) == content


@pytest.mark.parametrize("text", ["", "2NEpo7TZRRrLZSi2U", "z0", "zl", "zé"])
def test_what_is_no_base58(text: str) -> None:
    """No prefix, or digits that the alphabet leaves out."""
    with pytest.raises(ValueError, match=r"begin|not found"):
        multibase.decode(text)


def test_a_salted_identity() -> None:
    """The example of Open Badges 3.0, appendix B.7 (IdentityHash)."""
    digest = "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    assert identity_hash("a@example.com", "Kosher") == f"sha256${digest}"


def test_the_list_of_the_specification() -> None:
    """The example of Bitstring Status List 1.0, section 2.2: 131,072 places, none set; ours has the same bits."""
    example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert not any(revocations.is_set(example, index) for index in (0, 94_567, 131_071))
    with pytest.raises(ValueError, match="131072 places"):
        revocations.is_set(example, 131_072)
    assert unpacked(revocations.encoded((), 131_072)) == unpacked(example)


def test_the_first_place_is_the_leftmost_bit() -> None:
    """As the specification counts."""
    assert unpacked(revocations.encoded([0, 9, 15]))[:2] == bytes([0b10000000, 0b01000001])


def unpacked(text: str) -> bytes:
    """The bits of a list, with another reader than ours."""
    return gzip.decompress(urlsafe_b64decode(text[1:] + "=="))
