"""What is handed in is kept as it came, and a receipt says so."""

import errno
import json
import os
import shutil
import stat
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessments.archive import MAX_FILE_BYTES, read_archive, read_files, write_archive
from assessments.errors import BundleError, UsageError
from assessments.packet import PACKET_FILE
from grader import intake
from grader.errors import UnavailableError
from grader.handout import issue
from grader.intake import open_path, stored_archive, take_in, take_in_inbox
from grader.store import Store
from grader.workspace import Workspace
from tests.samples import NOW, hand_in

pytestmark = pytest.mark.kernel


@pytest.fixture
def sent(workspace: Workspace, store: Store) -> Path:
    """A zip of ada's."""
    packet = issue(workspace, store, "small", "ada", now=NOW)
    return hand_in(workspace, store, packet, {"q1": "b"})


def test_the_receipt_names_content_person_and_time(workspace: Workspace, store: Store, sent: Path) -> None:
    """And what was stored is what was sent, read-only."""
    receipt = take_in(workspace, store, open_path(sent), now=NOW)
    assert (receipt.applicant_id, receipt.assessment, receipt.attempt) == ("ada", "small", 1)
    assert (receipt.received_at, receipt.notes) == (NOW, ())
    assert read_archive(stored_archive(workspace, receipt.submission_id)) == read_files(sent)
    stored = workspace.intake / receipt.submission_id / "received.zip"
    assert stat.S_IMODE(stored.stat().st_mode) == 0o444


def test_sending_twice_gives_the_first_receipt(workspace: Workspace, store: Store, sent: Path) -> None:
    """Also when it was packed another way."""
    first = take_in(workspace, store, open_path(sent), now=NOW)
    folder = workspace.root / "unpacked" / "outer"
    folder.mkdir(parents=True)
    for name, content in read_files(sent).items():
        (folder / name).write_bytes(content)
    write_archive(workspace.root / "again.zip", read_files(folder.parent))
    again = take_in(workspace, store, open_path(workspace.root / "again.zip"), now=NOW + timedelta(hours=1))
    assert again == first
    assert len(store.submissions()) == 1


def test_somebody_elses_packet_is_refused(workspace: Workspace, store: Store, sent: Path) -> None:
    """When it is known who sent it."""
    with pytest.raises(UsageError, match="issued to ada, not to bob; nothing was taken in"):
        take_in(workspace, store, open_path(sent), now=NOW, sent_by="bob")
    assert store.submissions() == []


@pytest.mark.parametrize("content", [b"", b"not a zip", b"\0" * 1000, b"PK\x05\x06" + b"\0" * 18])
def test_what_cannot_be_read_is_kept(workspace: Workspace, store: Store, content: bytes) -> None:
    """With a receipt that says what is wrong."""
    path = workspace.root / "broken.zip"
    path.write_bytes(content)
    receipt = take_in(workspace, store, open_path(path), now=NOW)
    assert receipt.applicant_id is None
    assert receipt.notes
    assert path.read_bytes() == content


def test_a_foreign_or_changed_packet_is_noted(workspace: Workspace, store: Store, sent: Path) -> None:
    """A changed one still says whose it is; one that was never issued here does not."""
    files = read_files(sent)
    changed = files[PACKET_FILE].replace(b"minutes", b"MINUTES")
    write_archive(workspace.root / "changed.zip", {**files, PACKET_FILE: changed})
    write_archive(workspace.root / "none.zip", {"x.txt": b"hello"})
    assert take_in(workspace, store, open_path(workspace.root / "changed.zip"), now=NOW).notes
    assert take_in(workspace, store, open_path(workspace.root / "none.zip"), now=NOW).notes == (
        "packet.json is missing",
    )


def test_the_inbox_is_read_and_never_emptied(workspace: Workspace, store: Store, sent: Path) -> None:
    """Dangerous things in it are named and left."""
    workspace.inbox.mkdir()
    shutil.copy(sent, workspace.inbox / "one.zip")
    (workspace.inbox / "folder").mkdir()
    (workspace.inbox / "folder" / "link").symlink_to("/etc/passwd")
    for _ in range(2):
        complaints = take_in_inbox(workspace, store, now=NOW)
        assert [line.split(":")[0] for line in complaints] == ["'folder'"]
        assert len(store.submissions()) == 1
    assert len(list(workspace.inbox.iterdir())) == 2


def test_nothing_there_is_a_clear_line(workspace: Workspace, store: Store) -> None:
    """No traceback."""
    with pytest.raises(BundleError, match="does not exist"):
        open_path(workspace.root / "nowhere.zip")


def test_no_file_in_the_inbox_stops_the_others(workspace: Workspace, store: Store, sent: Path) -> None:
    """Damaged streams, odd names, links."""
    workspace.inbox.mkdir()
    shutil.copy(sent, workspace.inbox / "z-good.zip")
    damaged = bytearray(sent.read_bytes())
    damaged[60:90] = b"\xff" * 30
    (workspace.inbox / "damaged.zip").write_bytes(bytes(damaged))
    (workspace.inbox / "caf\udce9.zip").write_bytes(b"x")
    (workspace.inbox / "link.zip").symlink_to(sent)
    (workspace.inbox / "odd").mkdir()
    (workspace.inbox / "odd" / "caf\udce9.txt").write_bytes(b"x")
    with zipfile.ZipFile(workspace.inbox / "long.zip", "w") as archive:
        archive.writestr("n" * 60_000, b"x")
    complaints = take_in_inbox(workspace, store, now=datetime.now(UTC))
    assert sorted(line.split(":")[0] for line in complaints) == ["'link.zip'", "'odd'"]
    owners = [row.packet_id for row in store.submissions()]
    assert len(owners) == 4
    assert sum(owner is not None for owner in owners) == 1


def test_an_overwritten_folder_arrived_when_it_was_finished(workspace: Workspace, store: Store, sent: Path) -> None:
    """Not when it was created."""
    folder = workspace.inbox / "early"
    folder.mkdir(parents=True)
    for name, content in read_files(sent).items():
        (folder / name).write_bytes(content)
    time.sleep(0.05)
    before = datetime.now(UTC)
    time.sleep(0.05)
    (folder / "responses.json").write_bytes(read_files(sent)["responses.json"] + b" ")
    take_in_inbox(workspace, store, now=datetime.now(UTC))
    (row,) = store.submissions()
    assert row.received_at > before


def test_a_pipe_in_the_inbox_stops_nobody(workspace: Workspace, store: Store, sent: Path) -> None:
    """Nobody waits for it to be written to."""
    workspace.inbox.mkdir()
    os.mkfifo(workspace.inbox / "a-pipe")
    shutil.copy(sent, workspace.inbox / "b.zip")
    complaints = take_in_inbox(workspace, store, now=datetime.now(UTC))
    assert complaints == ["'a-pipe': 'a-pipe' is neither a file nor a folder"]
    assert len(store.submissions()) == 1


def test_what_could_not_be_read_again_is_not_stored(tmp_path: Path) -> None:
    """A file that is no archive and larger than any file in one."""
    with (tmp_path / "large.bin").open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(BundleError, match="no readable zip"):
        open_path(tmp_path / "large.bin")


def test_a_file_that_cannot_be_read_is_one_clear_line() -> None:
    """Here one that gives an error whoever reads it."""
    with pytest.raises(BundleError, match="'mem' is no readable zip file"):
        open_path(Path("/proc/self/mem"))


@pytest.mark.parametrize("kind", [[], {}, None, 7])
def test_a_packet_with_a_kind_that_is_none_is_noted(
    workspace: Workspace, store: Store, sent: Path, kind: object
) -> None:
    """Whatever stands there instead of a word."""
    files = read_files(sent)
    outer = json.loads(files[PACKET_FILE])
    packet = json.loads(outer["packet"])
    packet["slots"][0]["item"]["kind"] = kind
    changed = {**files, PACKET_FILE: json.dumps({**outer, "packet": json.dumps(packet)}).encode()}
    write_archive(workspace.root / "changed.zip", changed)
    (note,) = take_in(workspace, store, open_path(workspace.root / "changed.zip"), now=NOW).notes
    assert note.startswith("packet.json is not a packet: slots.0.item: unknown kind")


def test_a_full_disk_is_our_failure(
    workspace: Workspace, store: Store, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded, and nothing half-written is left."""

    def fail(_path: Path, _files: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(intake, "write_archive", fail)
    with pytest.raises(UnavailableError, match="what was handed in cannot be stored: No space left on device"):
        take_in(workspace, store, open_path(sent), now=NOW)
    assert list(workspace.intake.iterdir()) == []
    assert store.submissions() == []
