"""Reads submissions of an nbgrader course from disk and lays out what grading made of them."""

import glob
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nbgrader import utils

from assessments.saving import write_atomically

MAX_FILES = 1_000
MAX_BYTES = 200_000_000
TEMPORARY = "[a-z0-9_]" * 8
"""What tempfile puts at the end of a name."""


class TooLarge(Exception):
    """A folder holds more than can be graded."""


def read_folder(folder: Path, ignored: list[str]) -> dict[str, bytes]:
    """Every plain file of a folder but its notebooks, by relative path. Links are not followed.

    Compiled modules never come along: Python would run them in place of the modules whose names they have.

    Raises:
        TooLarge: more than can be graded.
    """
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    for name in utils.find_all_files(str(folder), [*ignored, "__pycache__", "*.ipynb"]):
        path = Path(name)
        if path.is_symlink() or not path.is_file():
            continue
        left -= path.stat().st_size
        if left < 0 or len(found) == MAX_FILES:
            raise TooLarge(f"{folder.name} holds more than {MAX_FILES:,} files or {MAX_BYTES:,} bytes")
        found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def lay_out(target: Path, contents: Mapping[str, bytes], *, whole: bool) -> None:
    """Put files into a folder.

    Args:
        whole: replace the folder, all at once; otherwise only write these files into it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not whole:
        _write(target, contents)
        return
    for end in ("", "-old"):
        for left in target.parent.glob(f".{glob.escape(target.name)}-{TEMPORARY}{end}"):
            # of a run that was killed
            remove(left)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    old = staged.with_name(f"{staged.name}-old")
    try:
        staged.chmod(0o755)
        _write(staged, contents)
        if target.exists():
            target.rename(old)
        staged.rename(target)
    except OSError:
        remove(staged)
        raise
    remove(old)


def remove(folder: Path) -> None:
    """Remove a folder with read-only files in it, if it is there."""
    if folder.exists():
        for place, _, _ in os.walk(folder):
            Path(place).chmod(0o755)
        shutil.rmtree(folder)


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
