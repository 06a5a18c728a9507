"""Archives and folders from anybody."""

import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import archive
from assessments.archive import content_hash, read_archive, read_files, write_archive
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
    (tmp_path / "other").mkdir()
    os.mkfifo(tmp_path / "other" / "pipe")
    for path in (tmp_path / "x.zip", folder, tmp_path / "other"):
        with pytest.raises(BundleError, match="only plain files"):
            read_files(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nor anything else that is neither a file nor a folder."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BundleError, match="neither a file nor a folder"):
        read_files(tmp_path / "pipe")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unfolds_without_a_bound_is_not_unfolded(tmp_path: Path, method: int) -> None:
    """4,096 bytes of bzip2 may be gigabytes, which Python unfolds at once."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w", method) as stream:
        stream.writestr("a.txt", b"a")
    with pytest.raises(BundleError, match=rf"packed by method {method}; allowed: stored, deflated"):
        read_files(tmp_path / "x.zip")


def test_a_list_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of entries in an archive, or in a folder, whatever they are."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as stream:
        for number in range(50):
            stream.writestr(f"{number}/", b"")
    assert read_files(tmp_path / "x.zip") == {}
    monkeypatch.setattr(archive, "MAX_LIST_BYTES", 1_000)
    with pytest.raises(BundleError, match="no readable zip"):
        read_files(tmp_path / "x.zip")
    with pytest.raises(BundleError, match="no readable zip"):
        read_archive((tmp_path / "x.zip").read_bytes())
    monkeypatch.setattr(archive, "MAX_ENTRIES", 20)
    for number in range(21):
        (tmp_path / "folder" / str(number)).mkdir(parents=True)
    with pytest.raises(BundleError, match="more than 20 files and folders"):
        read_files(tmp_path / "folder")


def test_a_deep_folder_is_refused(tmp_path: Path) -> None:
    """However deep: nothing here calls itself for each level."""
    deepest = tmp_path / "folder"
    for _ in range(1_500):
        deepest.mkdir()
        deepest /= "d"
    try:
        with pytest.raises(BundleError, match="a file name is longer than 200 bytes"):
            read_files(tmp_path / "folder")
    finally:
        os.removedirs(deepest.parent)


@pytest.mark.parametrize("name", ["a\\b", "caf\udce9", "n" * 150 + "/" + "n" * 51])
def test_a_folder_has_no_names_that_archives_cannot_have(tmp_path: Path, name: str) -> None:
    """Or what was stored could not be read again."""
    inside = tmp_path / "folder" / name
    inside.parent.mkdir(parents=True)
    inside.write_bytes(b"x")
    with pytest.raises(BundleError):
        read_files(tmp_path / "folder")


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of leaving out what lies in it."""

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(BundleError, match=r"no readable zip file or folder: Permission denied"):
        read_files(tmp_path)


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    """zipfile itself stumbles over it."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as stream:
        entry = zipfile.ZipInfo("x")
        entry.filename = ""
        stream.writestr(entry, b"x")
    with pytest.raises(BundleError, match="leads outside"):
        read_files(tmp_path / "x.zip")


def test_complaints_are_printable(tmp_path: Path) -> None:
    """Names come from anybody."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a\x1b[2J\n").symlink_to("/")
    with pytest.raises(BundleError) as caught:
        read_files(tmp_path / "folder")
    assert caught.value.message.isprintable()


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
