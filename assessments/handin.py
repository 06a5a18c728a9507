"""The applicant's two moves: open what was issued, and pack what is handed in."""

from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from assessments.archive import content_hash, read_files, write_archive, write_missing
from assessments.errors import BundleError, UsageError
from assessments.items import Record, Shown
from assessments.packet import PACKET_FILE, Packet, read_packet
from assessments.responses import RESPONSES_FILE
from assessments.saving import write_atomically

HANDED_IN_FILE = "handed-in.json"
"""Lies in the folder as soon as it was handed in; the form is then only for reading."""


class HandIn(Record):
    """What was packed: its hash, when (UTC), and where it lies."""

    packet_id: str
    sha256: str
    packed_at: datetime
    path: Path


def unpack_bundle(bundle: Path, into: Path) -> Path:
    """Lay out a bundle in a folder of its name in `into`; files that are already there are never overwritten.

    Returns:
        The folder with the notebook.
    """
    folder = unpack(bundle, into, PACKET_FILE)
    read_packet(folder)
    return folder


def unpack(bundle: Path, into: Path, needed: str) -> Path:
    """Lay out a zip in a folder of its name in `into`, without overwriting; a folder stays where it is.

    Raises:
        BundleError: the zip cannot be read, or holds no file called `needed`.
    """
    if bundle.is_dir():
        return bundle
    files = read_files(bundle)
    if needed not in files:
        raise BundleError(f"{bundle.name} is not a bundle: it holds no {needed}", tip="Ask for a new one.")
    folder = into / bundle.stem
    write_missing(folder, files)
    return folder


def submission_files(folder: Path, packet: Packet) -> dict[str, bytes]:
    """What is handed in: notebook, packet and responses, byte for byte."""
    wanted = (f"{packet.assessment}.ipynb", PACKET_FILE, RESPONSES_FILE)
    paths = {name: folder / name for name in wanted}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file() and not path.is_symlink()}


def find_folder(start: Path, assessment: str, applicant_id: str) -> Path:
    """The folder, here or one below, that holds this applicant's packet for this assessment (the latest attempt)."""
    found: list[tuple[int, Path]] = []
    for path in [start / PACKET_FILE, *start.glob(f"*/{PACKET_FILE}")]:
        if path.is_file():
            packet = read_packet(path.parent)
            if (packet.assessment, packet.applicant_id) == (assessment, applicant_id):
                found.append((packet.attempt, path.parent))
    if not found:
        raise UsageError(
            f"no assessment {assessment} issued to {applicant_id} was found in {start}",
            tip="Run the command in the folder that holds the notebook.",
        )
    return max(found)[1]


def pack(folder: Path, into: Path) -> HandIn:
    """Write the submission as a zip into `into`; a second one gets another name, nothing is overwritten."""
    packet = read_packet(folder)
    files = submission_files(folder, packet)
    sha256 = content_hash(files)
    path = into / f"{packet.assessment}-{packet.applicant_id}-attempt{packet.attempt}-answers-{sha256[:8]}.zip"
    if not path.exists():
        write_archive(path, files)
    return HandIn(packet_id=packet.packet_id, sha256=sha256, packed_at=datetime.now(UTC), path=path)


class Handover(Record):
    """What the form says after handing in.

    Args:
        file: the packed file's name, where one has to be sent.
        received: when it was taken in (UTC), where that has happened already; `sha256` is then the receipt.
    """

    at: AwareDatetime
    sha256: str
    file: str = ""
    received: AwareDatetime | None = None


def pack_and_lock(folder: Path, into: Path) -> HandIn:
    """Pack a folder into `into`; from then on its form is only for reading."""
    packed = pack(folder, into)
    lock(folder, Handover(at=packed.packed_at, sha256=packed.sha256, file=packed.path.name))
    return packed


def lock(folder: Path, handed_in: Handover) -> None:
    """Record in the folder that it was handed in."""
    write_atomically(folder / HANDED_IN_FILE, handed_in.model_dump_json().encode())


def handed_in(folder: Path) -> Shown | None:
    """What the form says of handing in; None while that has not happened."""
    try:
        record = Handover.model_validate_json((folder / HANDED_IN_FILE).read_bytes())
    except (OSError, ValidationError):
        return None
    return record.model_dump(mode="json")
