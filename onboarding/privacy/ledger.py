"""The record of erasures: private/erasures/<pseudonym>.json, first what is to be done, in the end what was done."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.saving import write_atomically
from grader.errors import UnavailableError
from grader.workspace import Workspace


def folder(workspace: Workspace) -> Path:
    """Where the records lie."""
    return workspace.root / "private" / "erasures"


def running(workspace: Workspace, applicant_id: str) -> dict[str, Any] | None:
    """The erasure of this person that was begun and not finished."""
    return next((each for each in entries(workspace) if each.get("applicant_id") == applicant_id), None)


def entries(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """All records; those that are not finished have an `applicant_id`, the others none."""
    for path in sorted(folder(workspace).glob("erased-*.json")):
        yield json.loads(path.read_bytes())


def write(workspace: Workspace, entry: dict[str, Any]) -> Path:
    """Put a record in the place of the one before; for the operator's eyes alone.

    Raises:
        UnavailableError: the disk does not take it.
    """
    place = folder(workspace)
    path = place / f"{entry['pseudonym']}.json"
    try:
        for each in (place.parent, place):
            each.mkdir(mode=0o700, exist_ok=True)
        # names of files may be no text: JSON's escapes hold them all the same
        write_atomically(path, json.dumps(entry, indent=1).encode("ascii"))
        path.chmod(0o600)
    except OSError as error:
        raise UnavailableError(f"the record of the erasure cannot be written: {error.strerror}") from None
    return path
