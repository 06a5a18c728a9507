"""Proofs of documents: `eddsa-jcs-2022` of Data Integrity EdDSA Cryptosuites 1.0 (W3C, 2025), section 3.3.

The document is put into one canonical form of JSON (RFC 8785), hashed and signed. Of JSON-LD nothing is processed, so
nothing has to be fetched or kept for it: what is signed are the characters themselves.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onboarding.pool.badges import multibase
from onboarding.pool.badges.keys import did, public_key, verification_method

Json = Mapping[str, Any]
MAX_BYTES = 1_000_000
_SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod"}


def timestamp(moment: datetime) -> str:
    """A moment in UTC as credentials write it, in whole seconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def signed(document: Json, key: Ed25519PrivateKey, *, now: datetime) -> dict[str, Any]:
    """The document with a proof made with this key (section 3.3.1)."""
    config = {
        "@context": document["@context"],
        **_SUITE,
        "created": timestamp(now),
        "verificationMethod": verification_method(did(key.public_key())),
    }
    value = multibase.encode(key.sign(hash_data(document, config)))
    return {**document, "proof": {**config, "proofValue": value}}


def hash_data(document: Json, config: Json) -> bytes:
    """What is signed: the hash of the proof's configuration, then the document's (section 3.3.4)."""
    return sha256(rfc8785.dumps(dict(config))).digest() + sha256(rfc8785.dumps(dict(document))).digest()


def is_made_by(signer: str, document: Json) -> bool:
    """Whether the document's proof was made with this did:key, and nothing changed since (section 3.3.2).

    Raises:
        ValueError: the signer is no did:key.
    """
    key = public_key(signer)
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or not _is_ours(proof, signer):
        return False
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    content = {name: value for name, value in document.items() if name != "proof"}
    # stricter than section 3.3.2, which lets others add contexts afterwards
    if config.get("@context", content.get("@context")) != content.get("@context"):
        return False
    try:
        key.verify(multibase.decode(proof["proofValue"]), hash_data(content, config))
    except (InvalidSignature, ValueError, RecursionError):
        return False
    return True


def _is_ours(proof: Json, signer: str) -> bool:
    expected = {**_SUITE, "verificationMethod": verification_method(signer)}
    named = all(proof.get(name) == value for name, value in expected.items())
    return named and isinstance(proof.get("proofValue"), str)


def read(content: bytes) -> dict[str, Any]:
    """A JSON object in which every name stands once; ValueError, with the reason, for anything else."""
    if len(content) > MAX_BYTES:
        raise ValueError(f"has {len(content)} bytes, allowed are {MAX_BYTES}")
    try:
        document = json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(document, dict):
        raise ValueError("is no JSON object")
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # of two values under one name, other programs might take the other one
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("has a name twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"has {text}, which is no JSON")
