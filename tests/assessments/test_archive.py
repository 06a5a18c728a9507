"""Archives and folders from anybody."""

import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import archive
from assessments.archive import content_hash, read_files, write_archive
from assessments.errors import BundleError


def test_a_folder_and_its_zip_have_one_hash(tmp_path: Path) -> None:
    """The receipt does not depend on how it was packed."""
    folder = tmp_path / "folder"
    (folder / "data").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"a")
    (folder / "data" / "b.txt").write_bytes(b"b")
    (folder / ".talentpool").mkdir()
    (folder / ".talentpool" / "settings").write_bytes(b"ours")
    write_archive(tmp_path / "x.zip", read_files(folder))
    assert content_hash(read_files(tmp_path / "x.zip")) == content_hash(read_files(folder))
    assert sorted(read_files(folder)) == ["a.txt", "data/b.txt"]


@given(st.dictionaries(st.text(min_size=1), st.binary()), st.dictionaries(st.text(min_size=1), st.binary()))
def test_different_content_has_different_hashes(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    """Names and contents cannot be shifted into one another."""
    assert (content_hash(one) == content_hash(other)) == (one == other)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "a//b", "a\\..\\b", "./x"])
def test_names_that_lead_outside_are_refused(name: str, tmp_path: Path) -> None:
    """Nothing in an archive says where it is written."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as stream:
        stream.writestr(name, b"x")
    with pytest.raises(BundleError, match="leads outside"):
        read_files(path)


def test_links_are_refused(tmp_path: Path) -> None:
    """In archives as in folders."""
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as stream:
        stream.writestr(entry, "/etc/passwd")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "x.zip", folder):
        with pytest.raises(BundleError, match="only plain files"):
            read_files(path)


def test_bombs_are_refused_before_they_unfold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The declared size, the real size and the number of files are bounded."""
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 1_000)
    with zipfile.ZipFile(tmp_path / "big.zip", "w", zipfile.ZIP_DEFLATED) as stream:
        stream.writestr("zeros", b"\0" * 2_000)
    with pytest.raises(BundleError, match="too large"):
        read_files(tmp_path / "big.zip")
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as stream:
        for number in range(5):
            stream.writestr(str(number), b"")
    with pytest.raises(BundleError, match="more than 3 files"):
        read_files(tmp_path / "many.zip")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\0" * 100, b"hello"])
def test_what_is_no_zip_is_one_clear_line(content: bytes, tmp_path: Path) -> None:
    """Broken archives are named as such."""
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="no readable zip"):
        read_files(path)


def test_a_name_stands_for_one_file(tmp_path: Path) -> None:
    """Otherwise people and programs would see different ones."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as stream:
        stream.writestr("a.txt", b"right")
        with pytest.warns(UserWarning, match="Duplicate name"):
            stream.writestr("a.txt", b"wrong")
    with pytest.raises(BundleError, match="is in the archive twice"):
        read_files(path)
