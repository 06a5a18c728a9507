"""Zip archives and folders as plain `{name: bytes}`: bounded, flat, without links. Used on both sides."""

import hashlib
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assessments.errors import BundleError

MAX_FILES = 200
MAX_FILE_BYTES = 40_000_000
MAX_TOTAL_BYTES = 100_000_000
MAX_NAME_BYTES = 200
MAX_ENTRIES = 10_000
"""Files and folders in a folder, also those that are left out."""
MAX_LIST_BYTES = 1_000_000
"""An archive's list of its entries, which is read as a whole."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_METHODS = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflated"}
# what zipfile raises over archives that no honest program wrote
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError),
    *(ValueError, LookupError, ArithmeticError, MemoryError),
)
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
    try:
        if path.is_dir() and not path.is_symlink():
            return _read_folder(path)
        if not path.exists():
            raise BundleError(f"{path} does not exist")
        if not path.is_file():
            raise BundleError(f"{_shown(path.name)} is neither a file nor a folder")
        with path.open("rb", buffering=0) as raw, _opened(raw) as archive:
            return _read_zip(archive)
    except _BROKEN as error:
        raise BundleError(f"{_shown(path.name)} is no readable zip file or folder: {_reason(error)}") from None


def read_archive(content: bytes, only: Container[str] | None = None) -> dict[str, bytes]:
    """The files of a zip that is in memory (of these names); BundleError as for `read_files`."""
    try:
        with _opened(io.BytesIO(content)) as archive:
            return _read_zip(archive, only)
    except _BROKEN as error:
        raise BundleError(f"no readable zip file: {_reason(error)}") from None


def entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """What lies in a folder and below, by relative name with `/`, but for what tools leave there; links not followed.

    Raises:
        BundleError: too many entries, or names that nobody can store.
        OSError: a folder cannot be read.
    """
    seen, waiting = 0, [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as found:
            for entry in found:
                seen += 1
                if seen > MAX_ENTRIES:
                    raise BundleError(f"more than {MAX_ENTRIES:,} files and folders")
                if entry.name in _SKIPPED_FOLDERS:
                    continue
                name = f"{below}{entry.name}"
                _check_name(name)
                status = entry.stat(follow_symlinks=False)
                yield name, status
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(f"{name}/")


def _read_folder(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    budget = _Budget()
    for name, status in entries(folder):
        if stat.S_ISDIR(status.st_mode):
            continue
        if not stat.S_ISREG(status.st_mode):
            raise BundleError(f"{_shown(name)} is a link or a device; only plain files can be handed in")
        budget.spend(name, status.st_size)
        with (folder / name).open("rb") as stream:
            files[name] = _bounded(stream, name)
    return files


class _Listed(io.BufferedReader):
    """A file that gives out an archive's list of entries only if it is of a bearable length."""

    is_listed = False

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.is_listed and size and size > MAX_LIST_BYTES:
            raise zipfile.BadZipFile
        return super().read(size)


@contextmanager
def _opened(raw: io.RawIOBase | io.BytesIO) -> Iterator[zipfile.ZipFile]:
    with _Listed(raw) as stream, zipfile.ZipFile(stream) as archive:
        stream.is_listed = True
        yield archive


def _read_zip(archive: zipfile.ZipFile, only: Container[str] | None = None) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    budget = _Budget()
    for entry in archive.infolist():
        parts = entry.filename.split("/")
        if entry.filename.endswith("/") or any(part in _SKIPPED_FOLDERS for part in parts):
            continue
        if only is not None and entry.filename not in only:
            continue
        _check_name(entry.filename)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BundleError(f"{_shown(entry.filename)} is a link; only plain files can be handed in")
        if entry.filename in files:
            # one program would show the first of them, another one the last
            raise BundleError(f"{_shown(entry.filename)} is in the archive twice")
        if entry.compress_type not in _METHODS:
            # the others unfold without a bound
            allowed = ", ".join(_METHODS.values())
            raise BundleError(f"{_shown(entry.filename)} is packed by method {entry.compress_type}; allowed: {allowed}")
        budget.spend(entry.filename, entry.file_size)
        with archive.open(entry) as stream:
            files[entry.filename] = _bounded(stream, entry.filename)
    return files


def _bounded(stream: IO[bytes], name: str) -> bytes:
    """The content, whatever size was announced."""
    content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise BundleError(f"{_shown(name)} is larger than {MAX_FILE_BYTES:,} bytes")
    return content


def _check_name(name: str) -> None:
    """A relative name that every zip can hold, and that stays inside wherever it is unpacked."""
    encoded = name.encode("utf-8", "surrogateescape")
    if len(encoded) > MAX_NAME_BYTES or encoded != name.encode("utf-8", "replace"):
        raise BundleError(f"a file name is longer than {MAX_NAME_BYTES} bytes or is no UTF-8: {_shown(name)}")
    if "\\" in name or any(part in ("", ".", "..") for part in name.split("/")):
        raise BundleError(f"{_shown(name)} leads outside of it, here or on another system")


class _Budget:
    """Counts files and bytes, and refuses what is over."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def spend(self, name: str, size_bytes: int) -> None:
        self._files += 1
        self._bytes += size_bytes
        if self._files > MAX_FILES:
            raise BundleError(f"more than {MAX_FILES} files")
        if size_bytes > MAX_FILE_BYTES or self._bytes > MAX_TOTAL_BYTES:
            raise BundleError(
                f"{_shown(name)} is too large: {MAX_FILE_BYTES:,} bytes a file, {MAX_TOTAL_BYTES:,} in all are allowed"
            )


def _shown(name: str) -> str:
    """A name of bounded length without control characters."""
    return ascii(name[:60])


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
