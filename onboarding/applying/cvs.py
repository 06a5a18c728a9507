"""Where CVs lie: in the workspace, by hash, readable for its owner alone, outside of every folder that is served."""

import hashlib
import os
import tempfile
from pathlib import Path

from grader.errors import UnavailableError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.records import is_kept_by_anybody


def cv_path(workspace: Workspace, sha256: str) -> Path:
    """The file of a CV."""
    return workspace.root / "private" / "cv" / sha256


def keep_cv(workspace: Workspace, content: bytes) -> str:
    """Store a CV; returns its SHA-256 (64 hex digits).

    Raises:
        UnavailableError: the disk does not take it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = cv_path(workspace, sha256)
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        _write(path, content)
    except OSError as error:
        raise UnavailableError(f"a CV cannot be stored: {error.strerror}") from None
    return sha256


def _write(path: Path, content: bytes) -> None:
    """As a whole or not at all; mkstemp's files are for their owner alone (0600)."""
    descriptor, scratch = tempfile.mkstemp(prefix=".arriving-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(scratch).replace(path)
    except OSError:
        Path(scratch).unlink(missing_ok=True)
        raise


def drop_cv(workspace: Workspace, store: Store, sha256: str) -> None:
    """Remove a CV's file, unless it is still on record for somebody."""
    if not is_kept_by_anybody(store, sha256):
        cv_path(workspace, sha256).unlink(missing_ok=True)
