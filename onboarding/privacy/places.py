"""Where files of a person lie in the workspace; removing them follows no links and may be done again."""

import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assessments.archive import content_hash
from assessments.errors import BundleError
from assessments.packet import PACKET_FILE, SignedPacket
from grader.intake import open_path
from grader.store import Store
from grader.workspace import Workspace
from onboarding.privacy.records import rows_of

BY_PERSON = ("submitted", "autograded", "feedback", "quarantine", "downloaded")
"""Folders of nbgrader's layout with a folder for each student."""


class Attempt(NamedTuple):
    """What was issued to somebody, and what was handed in for it."""

    packet_id: str
    applicant_id: str
    assessment: str
    number: int


def places_of(workspace: Workspace, store: Store, applicant_id: str) -> list[Path]:
    """All files and folders of a person but the CV; they are there or were."""
    rows = rows_of(store, applicant_id)
    attempts = [
        Attempt(row["id"], applicant_id, row["assessment"], row["attempt"]) for row in rows.get("talentpool_packet", ())
    ]
    handed_in = {row["id"] for row in rows.get("talentpool_submission", ())}
    return [
        *(workspace.intake / submission_id for submission_id in sorted(handed_in)),
        *(workspace.root / folder / applicant_id for folder in BY_PERSON),
        workspace.applicants / applicant_id,
        *bundles_of(workspace, attempts),
        *arrived(workspace, {attempt.packet_id for attempt in attempts}, handed_in),
    ]


def bundles_of(workspace: Workspace, attempts: Iterable[Attempt]) -> Iterator[Path]:
    """The bundles of attempts, as zips and as folders."""
    for attempt in attempts:
        name = f"{attempt.assessment}-{attempt.applicant_id}-attempt{attempt.number}"
        yield from (workspace.bundles / f"{name}.zip", workspace.bundles / name)


def arrived(workspace: Workspace, packet_ids: Collection[str], handed_in: Collection[str]) -> Iterator[Path]:
    """What lies in the inbox and was handed in for one of these packets, or is the same as one of the submissions."""
    for path, packet_id, submission_id in inbox(workspace):
        if packet_id in packet_ids or submission_id in handed_in:
            yield path


def inbox(workspace: Workspace) -> Iterator[tuple[Path, str, str]]:
    """What lies in the inbox, with the packet that it names ("" for none) and the number that it has as a submission.

    Nothing leaves the inbox when it is taken in.
    """
    for path in sorted(workspace.inbox.glob("*")):
        try:
            files = {} if path.is_symlink() else dict(open_path(path).files)
        except (BundleError, OSError):
            continue
        yield path, _packet_id(files.get(PACKET_FILE, b"")), _hash(files)


def _hash(files: dict[str, bytes]) -> str:
    try:
        return content_hash(files)
    except UnicodeEncodeError:
        # a name that is no text: nothing like it was ever taken in
        return ""


def _packet_id(content: bytes) -> str:
    try:
        return SignedPacket.model_validate_json(content).open().packet_id
    except (ValueError, BundleError):
        return ""


def remove(path: Path) -> bool:
    """Remove a file, a link or a whole folder; False if there is none.

    Raises:
        OSError: it cannot be removed.
    """
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        return False
    return True
