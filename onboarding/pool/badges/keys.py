"""The key that signs badges, and its public name: a did:key, which is the public key itself, so nothing is looked up.

`badge.key` lies beside `secret.key`. Whoever has it can issue and revoke in the workspace's name.
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from grader.errors import WorkspaceError
from onboarding.pool.badges import multibase

KEY_FILE = "badge.key"
METHOD = "did:key:"
_ED25519 = bytes.fromhex("ed01")
"""What stands before an Ed25519 public key (W3C Controlled Identifiers 1.0, section 2.2.2)."""


def signing_key(root: Path) -> Ed25519PrivateKey:
    """The workspace's key; made on first use, readable for its owner alone.

    Raises:
        WorkspaceError: it cannot be read or written, or is no Ed25519 key.
    """
    path = root / KEY_FILE
    try:
        if not path.exists():
            _create(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be used: {error.strerror}") from None
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise WorkspaceError(f"{path} is no Ed25519 key without a password, in PEM", tip="Restore it from a backup.")
    return key


def _create(path: Path) -> None:
    """Write a new key as a whole or not at all; of two processes, the first one's stays."""
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # such files are made with the mode 0600
    with NamedTemporaryFile(dir=path.parent, prefix=".badge-") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(stream.name, path)


def did(key: Ed25519PublicKey) -> str:
    """The key's name (did:key Method, section 3.1)."""
    return METHOD + multibase.encode(_ED25519 + key.public_bytes_raw())


def verification_method(name: str) -> str:
    """The full name of a did:key's one key, as proofs name it."""
    return f"{name}#{name.removeprefix(METHOD)}"


def public_key(name: str) -> Ed25519PublicKey:
    """The key of this name; ValueError if it is not a did:key of an Ed25519 key."""
    content = multibase.decode(name.removeprefix(METHOD))
    if not name.startswith(METHOD) or content[:2] != _ED25519:
        raise ValueError("is no did:key of an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(content[2:])
