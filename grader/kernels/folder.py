"""The folder of a notebook that runs in another kernel: what is put there, how much it may hold, what comes back."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.sandbox import is_plain

MOST_FILES = 10_000


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into an empty folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def is_full(folder: Path, most_bytes: int) -> bool:
    """Whether there is more in a folder, or in more files and folders, than there may be."""
    found = [Path(place, name) for place, folders, names in os.walk(folder) for name in (*folders, *names)]
    return len(found) > MOST_FILES or sum(map(_size, found)) > most_bytes


def _size(path: Path) -> int:
    try:
        return path.lstat().st_blocks * 512
    except OSError:
        return 0


def left_behind(folder: Path, brought: Mapping[str, bytes], left_bytes: int) -> Iterator[tuple[str, bytes]]:
    """The plain files that are new or changed, as long as there is room."""
    for place, _, names in os.walk(folder):
        for path in (Path(place, name) for name in sorted(names)):
            name = str(path.relative_to(folder))
            if not is_plain(name) or not _is_taken(path, left_bytes):
                continue
            content = path.read_bytes()
            if content != brought.get(name):
                left_bytes -= len(content)
                yield name, content


def _is_taken(path: Path, most_bytes: int) -> bool:
    readable = not path.is_symlink() and path.is_file() and os.access(path, os.R_OK)
    return readable and path.stat().st_size <= most_bytes
