"""Takes in what applicants hand in: stored as it came, by hash, never changed, with a receipt."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assessments.archive import MAX_FILE_BYTES, content_hash, entries, read_files, write_archive
from assessments.errors import BundleError, UsageError
from assessments.items import Record
from assessments.packet import PACKET_FILE, SignedPacket
from grader.errors import UnavailableError
from grader.issue import is_ours
from grader.store import Store
from grader.tables import SubmissionRow
from grader.workspace import Workspace

RECEIVED = "received.zip"
RECORD = "record.json"
UNREADABLE = "unreadable.bin"


class Receipt(Record):
    """What an applicant can hold against us: what was received, and when (UTC)."""

    submission_id: str
    applicant_id: str | None
    assessment: str | None
    attempt: int | None
    received_at: datetime
    notes: tuple[str, ...] = ()


class HandedIn(Record):
    """What arrived: its files by name, what it was called, and what is wrong with it as a whole."""

    files: Mapping[str, bytes]
    name: str
    note: str | None = None


def open_path(path: Path) -> HandedIn:
    """A folder or archive that somebody handed in; one that cannot be opened is kept as it is, with the reason.

    Raises:
        BundleError: there is nothing that could be stored (not found, a folder with links, too large).
    """
    try:
        return HandedIn(files=_without_wrapper(read_files(path)), name=path.name)
    except BundleError as error:
        content = _as_it_is(path)
        if content is None:
            raise
        return HandedIn(files={UNREADABLE: content}, name=path.name, note=error.message)


def _as_it_is(path: Path) -> bytes | None:
    """The bytes of a file that could not be opened as an archive, None if it cannot be stored."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_FILE_BYTES else None
    except OSError:
        return None


def take_in(
    workspace: Workspace,
    store: Store,
    handed_in: HandedIn,
    *,
    now: datetime,
    sent_by: str | None = None,
    packet_id: str | None = None,
) -> Receipt:
    """Store what was handed in and record it. The same content again gives the first receipt.

    Args:
        sent_by: the applicant who is known to have sent it; a packet of somebody else's is then refused.
        packet_id: the packet it belongs to, where the caller knows; used if the submission does not say.

    Raises:
        UsageError: the packet inside belongs to another applicant than `sent_by`.
        BundleError: it was practice.
        UnavailableError: the disk or the database does not take it.
    """
    submission_id = content_hash(handed_in.files)
    owner, problem = _owner(handed_in.files, store, workspace.secret)
    owner = owner or packet_id
    _refuse_practice(owner, handed_in.files)
    note = handed_in.note or problem
    _check_sender(store, owner, sent_by)
    _keep(workspace, submission_id, handed_in.files)
    row = SubmissionRow(
        id=submission_id,
        packet_id=owner,
        sent_by=sent_by,
        received_at=now.astimezone(UTC),
        received_name=handed_in.name.encode("utf-8", "replace").decode()[:300],
        notes=[note] if note else [],
    )
    return receipt(store, store.add_submission(row))


def receipt(store: Store, row: SubmissionRow) -> Receipt:
    """The receipt of a recorded submission."""
    signed = store.packet(row.packet_id) if row.packet_id else None
    packet = signed.open() if signed else None
    return Receipt(
        submission_id=row.id,
        applicant_id=packet.applicant_id if packet else None,
        assessment=packet.assessment if packet else None,
        attempt=packet.attempt if packet else None,
        received_at=row.received_at,
        notes=tuple(row.notes),
    )


def is_kept(workspace: Workspace, submission_id: str) -> bool:
    """Whether the files of a submission are still there; who erases a person's data removes them as a whole."""
    return (workspace.intake / submission_id).exists()


def stored_archive(workspace: Workspace, submission_id: str) -> bytes:
    """What was handed in, as the archive in which it is stored."""
    return (workspace.intake / submission_id / RECEIVED).read_bytes()


def _without_wrapper(files: dict[str, bytes]) -> dict[str, bytes]:
    """People zip the folder instead of its content: take one common outer folder away."""
    outer = {name.split("/", 1)[0] for name in files}
    if len(outer) == 1 and all("/" in name for name in files):
        return {name.split("/", 1)[1]: content for name, content in files.items()}
    return files


def _owner(files: Mapping[str, bytes], store: Store, secret: bytes) -> tuple[str | None, str | None]:
    """The id of the packet that it belongs to, and what is wrong with the packet inside.

    A changed packet still says whose it is: ids cannot be guessed. What counts is the packet on record.
    """
    if PACKET_FILE not in files:
        return None, f"{PACKET_FILE} is missing"
    try:
        signed = SignedPacket.model_validate_json(files[PACKET_FILE])
    except ValueError:
        return None, f"{PACKET_FILE} cannot be read"
    try:
        packet_id = signed.open().packet_id
    except BundleError as error:
        return None, error.message
    if store.packet(packet_id):
        return packet_id, None if is_ours(signed, secret) else f"{PACKET_FILE} was changed: its signature does not fit"
    return None, "its packet is not on record here"


def _refuse_practice(owner: str | None, files: Mapping[str, bytes]) -> None:
    """Practice is on no record; whoever calls an issued packet practice hands in what was issued."""
    if owner is not None:
        return
    try:
        packet = SignedPacket.model_validate_json(files.get(PACKET_FILE, b"")).open()
    except (ValueError, BundleError):
        return
    if packet.practice:
        raise BundleError(
            f"{packet.assessment} is practice: nothing of it is graded, so it was not taken in",
            tip="Ask for the assessment that was issued.",
        )


def _check_sender(store: Store, packet_id: str | None, sent_by: str | None) -> None:
    signed = store.packet(packet_id) if packet_id else None
    if signed and sent_by and signed.open().applicant_id != sent_by:
        raise UsageError(
            f"the packet inside was issued to {signed.open().applicant_id}, not to {sent_by}; nothing was taken in",
            tip="Ask the applicant to hand in their own folder.",
        )


def _keep(workspace: Workspace, submission_id: str, files: Mapping[str, bytes]) -> None:
    """Store the files as one archive; either the whole of it is there or nothing."""
    target = workspace.intake / submission_id
    if target.exists():
        return
    workspace.intake.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".arriving-", dir=workspace.intake))
    try:
        _write(scratch, submission_id, files)
        scratch.replace(target)
    except OSError as error:
        shutil.rmtree(scratch)
        # perhaps somebody else stored the same content in the same moment
        if not target.exists():
            raise UnavailableError(f"what was handed in cannot be stored: {error.strerror}") from None


def _write(folder: Path, submission_id: str, files: Mapping[str, bytes]) -> None:
    write_archive(folder / RECEIVED, files)
    sizes = {name: [len(content), hashlib.sha256(content).hexdigest()] for name, content in files.items()}
    (folder / RECORD).write_text(json.dumps({"sha256": submission_id, "files": sizes}, indent=1))
    for path in (folder / RECEIVED, folder / RECORD):
        path.chmod(0o444)


def take_in_inbox(workspace: Workspace, store: Store, *, now: datetime) -> list[str]:
    """Take in whatever lies in the inbox; returns a line for each that could not be stored. Nothing is removed.

    Something was received when the last part of it came to lie there.
    """
    complaints = []
    for path in sorted(workspace.inbox.glob("[!.]*")):
        try:
            take_in(workspace, store, open_path(_not_a_link(path)), now=min(_arrival(path), now))
        except BundleError as error:
            complaints.append(f"{path.name!a}: {error.message}")
        except OSError as error:
            complaints.append(f"{path.name!a}: cannot be read: {error.strerror}")
    return complaints


def _not_a_link(path: Path) -> Path:
    if path.is_symlink():
        raise BundleError("is a link; only plain files and folders are taken in")
    return path


def _arrival(path: Path) -> datetime:
    """When the last part of it came to lie there (change times, which nobody can set)."""
    parts = [status.st_ctime for _, status in entries(path)] if path.is_dir() else []
    return datetime.fromtimestamp(max([path.lstat().st_ctime, *parts]), UTC)
