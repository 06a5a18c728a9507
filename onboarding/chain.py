"""The chain over decisions, and its head: what `talentpool audit verify` holds the record against.

Each link is a hash over a decision's content and the link before it. The head says how many decisions there are and
which link is the last one; it lies beside the database, signed with the workspace's secret.
"""

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, ValidationError

from assessments.items import Record
from grader.database import alone
from grader.store import Store
from grader.workspace import Workspace
from onboarding.errors import AuditError

HEAD_FILE = "audit.head"
NEXT_FILE = "audit.head.next"
"""The head that will hold once the transaction that runs is committed."""
START = "0" * 64
"""What stands before the first link."""
_LOCK = 0x6175646974  # the number of the lock: any will do, if all use the same

Content = Mapping[str, Any]
"""A decision as the database keeps it, without its number and link; everything in it is JSON."""


def canonical(value: Any) -> str:
    """The canonical JSON: keys sorted, no spaces, nothing but ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(content: Content) -> str:
    """The SHA-256 over the canonical JSON."""
    return sha256(canonical(content).encode()).hexdigest()


def link(previous: str, text: str) -> str:
    """The link of a decision that follows another one: the digest of both.

    Args:
        text: the decision's content as canonical JSON.
    """
    return sha256(f'{{"content":{text},"previous":"{previous}"}}'.encode()).hexdigest()


class Acceptance(Record):
    """A person took the record as it stood, although it did not fit its head."""

    by: str
    reason: str
    at: AwareDatetime
    decisions: int
    chain: str


class Head(Record):
    """Where the chain ends.

    Args:
        erased: hashes of what is left of decisions from which personal data were erased, by number; their links stay.
    """

    decisions: int = 0
    chain: str = START
    erased: Mapping[int, str] = {}
    accepted: tuple[Acceptance, ...] = ()

    def fits(self, decisions: int, chain: str) -> bool:
        """Whether the record ends here."""
        return (self.decisions, self.chain) == (decisions, chain)


@contextmanager
def one_writer(store: Store) -> Iterator[None]:
    """Alone among all processes that add decisions to this database; waits for the others."""
    with alone(store.engine.url, _LOCK, "audit.lock"):
        yield


def read_heads(workspace: Workspace) -> list[Head]:
    """The head, and the one of a transaction that was interrupted: it holds if that was committed.

    Raises:
        AuditError: one of them was not written with the workspace's secret.
    """
    paths = [workspace.root / name for name in (HEAD_FILE, NEXT_FILE)]
    return [_read(path, workspace.secret) for path in paths if path.exists()]


def _read(path: Path, secret: bytes) -> Head:
    text, _, signature = path.read_text(encoding="utf-8", errors="replace").rstrip("\n").partition("\n")
    if not hmac.compare_digest(_signature(text, secret).encode(), signature.encode()):
        raise AuditError(f"{path.name} was changed, or belongs to another workspace: its signature does not fit")
    try:
        return Head.model_validate_json(text)
    except ValidationError as error:
        raise AuditError(f"{path.name} cannot be read: {error.errors()[0]['msg']}") from None


def prepare(workspace: Workspace, head: Head) -> None:
    """Write the head that holds once the transaction is committed; it lies on the disk when this returns."""
    text = head.model_dump_json()
    with (workspace.root / NEXT_FILE).open("w", encoding="utf-8") as stream:
        stream.write(f"{text}\n{_signature(text, workspace.secret)}\n")
        stream.flush()
        os.fsync(stream.fileno())


def promote(workspace: Workspace) -> None:
    """The transaction is committed: what was prepared is the head."""
    (workspace.root / NEXT_FILE).replace(workspace.root / HEAD_FILE)


def _signature(text: str, secret: bytes) -> str:
    return hmac.digest(secret, f"audit head {text}".encode(), "sha256").hex()
