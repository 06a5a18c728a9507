"""Zip archives and folders as plain `{name: bytes}`: bounded, flat, without links. Used on both sides."""

import hashlib
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from assessments.errors import BundleError

MAX_FILES = 200
MAX_FILE_BYTES = 40_000_000
MAX_TOTAL_BYTES = 100_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, NotImplementedError, RuntimeError, ValueError, MemoryError),
)
MAX_NAME_BYTES = 200
_SKIPPED_FOLDERS = (".ipynb_checkpoints", "__pycache__", ".talentpool", "__MACOSX")


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, the same for a folder and for any archive of it (64 hex digits)."""
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def write_archive(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip whose bytes depend on nothing but the files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, date_time=_EPOCH), files[name], zipfile.ZIP_DEFLATED)


def write_missing(folder: Path, files: Mapping[str, bytes]) -> None:
    """Lay files out in a folder; what is there already is the applicant's work and stays."""
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_bytes(content)


def read_files(path: Path) -> dict[str, bytes]:
    """The files of a folder or a zip, by relative name with `/`.

    Raises:
        BundleError: not there, not readable, too many or too large files, a name that leads outside, a link.
    """
    if path.is_dir() and not path.is_symlink():
        return _read_folder(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_zip(archive)
    except FileNotFoundError:
        raise BundleError(f"{path} does not exist") from None
    except _BROKEN as error:
        raise BundleError(f"{path.name} is no readable zip file: {type(error).__name__}") from None


def read_archive(content: bytes) -> dict[str, bytes]:
    """The files of a zip that is in memory; BundleError as for `read_files`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_zip(archive)
    except _BROKEN as error:
        raise BundleError(f"no readable zip file: {type(error).__name__}") from None


def _read_folder(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    budget = _Budget()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part in _SKIPPED_FOLDERS for part in relative.parts):
            continue
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            continue
        if not stat.S_ISREG(mode):
            raise BundleError(f"{relative} is a link or a device; only plain files can be handed in")
        budget.spend(str(relative), path.stat().st_size)
        files[relative.as_posix()] = path.read_bytes()
    return files


def _read_zip(archive: zipfile.ZipFile) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    budget = _Budget()
    for entry in archive.infolist():
        parts = entry.filename.split("/")
        if entry.is_dir() or any(part in _SKIPPED_FOLDERS for part in parts):
            continue
        if "\\" in entry.filename or "\0" in entry.filename or any(part in ("", ".", "..") for part in parts):
            raise BundleError(f"{entry.filename!r} in the archive leads outside of it")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BundleError(f"{entry.filename!r} in the archive is a link; only plain files can be handed in")
        if entry.filename in files:
            # one program would show the first of them, another one the last
            raise BundleError(f"{entry.filename!r} is in the archive twice")
        budget.spend(entry.filename, entry.file_size)
        with archive.open(entry) as stream:
            # the size in the directory may lie
            content = stream.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise BundleError(f"{entry.filename} is larger than {MAX_FILE_BYTES:,} bytes")
        files[entry.filename] = content
    return files


class _Budget:
    """Counts files and bytes, and refuses what is over."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def spend(self, name: str, size_bytes: int) -> None:
        encoded = name.encode("utf-8", "surrogateescape")
        if len(encoded) > MAX_NAME_BYTES or encoded != name.encode("utf-8", "replace"):
            raise BundleError(f"a file name is longer than {MAX_NAME_BYTES} bytes or is no UTF-8: {name[:40]!a}")
        self._files += 1
        self._bytes += size_bytes
        if self._files > MAX_FILES:
            raise BundleError(f"more than {MAX_FILES} files")
        if size_bytes > MAX_FILE_BYTES or self._bytes > MAX_TOTAL_BYTES:
            raise BundleError(
                f"{name} is too large: {MAX_FILE_BYTES:,} bytes a file and {MAX_TOTAL_BYTES:,} in all are allowed"
            )
