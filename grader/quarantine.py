"""Keeps away what a grader's tools would run or be misled by: settings, start-up files, shadowing modules, links.

Nothing that was handed in is lost: it is moved to a folder of its own, and listed.
"""

import os
import re
import stat
import sys
from collections.abc import Collection, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from assessments.errors import BundleError, UsageError

# traitlets reads name.py and name.json; a .json may name a class that is then imported
SETTINGS = re.compile(
    r"(nbgrader|jupyter|ipython)(_\w+)?_config\.(py|json|d)|voila\.(py|json)|profile_default"
    r"|conftest\.py|pytest\.ini|tox\.ini|setup\.(py|cfg)|pyproject\.toml|papermill\.ya?ml",
    re.IGNORECASE,
)
START_UP = re.compile(r"(site|user)customize(\..*)?|.*\.pth", re.IGNORECASE)
MODULE = re.compile(r"([A-Za-z_]\w*)(\.py[cw]?|(\.[\w-]+)?\.(so|pyd))")
MAX_ENTRIES = 5_000
"""Files and folders of one submission."""
MAX_DEPTH = 20
MAX_FILE_BYTES = 50_000_000
LIST = "why.txt"
"""Beside what was moved: a line for each, with the reason."""
ODD_IN_IDS = re.compile(r"[*?\[\]{}+/\\]|^[.-]|^\s|\s$")
MAX_ID_CHARS = 128


class Quarantined(NamedTuple):
    """One file or folder that was moved, by its relative name (anybody's words), and why."""

    name: str
    reason: str


def check_id(what: str, found: str) -> str:
    """The id of a student or an assignment.

    Raises:
        UsageError: it would be read as a pattern, a path or an option, or cannot be shown.
    """
    if not found or len(found) > MAX_ID_CHARS or ODD_IN_IDS.search(found) or not found.isprintable():
        raise UsageError(
            f"{what} {found[:40]!a} cannot be used",
            tip=f"Allowed: up to {MAX_ID_CHARS} characters that can be shown, none of * ? [ ] {{ }} + / \\, "
            "no dot or dash in front.",
        )
    return found


def why_not(name: str, *, is_importable: bool = True, is_package: bool = False) -> str | None:
    """Why a file or folder of this name may not lie where a grader works; None if it may.

    Args:
        is_importable: whether Python looks here when code of the submission imports something.
        is_package: a folder that Python would import.
    """
    if not name.isprintable():
        return "its name has characters that cannot be shown"
    if name.startswith("."):
        return "hidden files may be settings"
    if SETTINGS.fullmatch(name):
        return "settings of a grader's tools"
    if START_UP.fullmatch(name):
        return "run when Python starts"
    module = MODULE.fullmatch(name)
    top = module[1] if module else (name if is_package else "")
    return f"shadows the module {top}" if is_importable and top in _known_modules() else None


def quarantine(
    folder: Path, away: Path, *, allowed: Collection[str], max_file_bytes: int = MAX_FILE_BYTES
) -> list[Quarantined]:
    """Move what may not stay in a submission's folder.

    Args:
        away: where it is kept; made when it is needed.
        allowed: relative names that the instructor ships as well, and whose version counts.

    Raises:
        BundleError: it holds more than anybody hands in; nothing was moved.
        OSError: it cannot be read or moved.
    """
    found = [one for one in _findings(folder, max_file_bytes) if one.name not in allowed]
    for one in found:
        away.mkdir(parents=True, exist_ok=True)
        with (away / LIST).open("a", encoding="utf-8") as stream:
            stream.write(f"{one.name!a}: {one.reason}\n")
        _move(folder / one.name, away / one.name)
    return found


def _findings(folder: Path, max_file_bytes: int) -> Iterator[Quarantined]:
    """What is wrong in a folder and below; of what is wrong as a whole, only the whole."""
    seen, waiting = 0, [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as listing:
            entries = sorted(islice(listing, MAX_ENTRIES + 1), key=lambda entry: entry.name)
        seen += len(entries)
        if seen > MAX_ENTRIES:
            raise BundleError(f"it holds more than {MAX_ENTRIES:,} files and folders")
        for entry in entries:
            name = f"{below}{entry.name}"
            if reason := _reason(entry, name, max_file_bytes):
                yield Quarantined(name, reason)
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")


def _reason(entry: os.DirEntry[str], name: str, max_file_bytes: int) -> str | None:
    status, depth = entry.stat(follow_symlinks=False), name.count("/")
    if stat.S_ISLNK(status.st_mode):
        return "a link"
    if stat.S_ISDIR(status.st_mode):
        if depth == MAX_DEPTH:
            return f"more than {MAX_DEPTH} folders in one another"
        is_package = depth == 0 and any(Path(entry.path).glob("__init__.*"))
        is_kept = entry.name == ".ipynb_checkpoints"
        return None if is_kept else why_not(entry.name, is_importable=depth == 0, is_package=is_package)
    if not stat.S_ISREG(status.st_mode):
        return "a device, pipe or socket"
    if status.st_nlink > 1:
        return "linked to another file"
    if status.st_size > max_file_bytes:
        return f"larger than {max_file_bytes:,} bytes"
    return why_not(entry.name, is_importable=depth == 0)


def _move(path: Path, target: Path) -> None:
    """Move it; of a link only where it leads is kept, as text."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        _free(target, ".link").write_text(f"{str(path.readlink())!a}\n")
        path.unlink()
    else:
        path.rename(_free(target))


def _free(target: Path, ending: str = "") -> Path:
    """A name that nothing has yet: what was quarantined before stays."""
    # systems allow 255 bytes
    stem = os.fsdecode(os.fsencode(target.name)[:240])

    def numbered(number: int) -> Path:
        return target.with_name(f"{stem}{ending}" if number == 1 else f"{stem}{ending}.{number}")

    taken, free = 0, 1
    # halving: thousands of names that are alike but for their ends must not cost millions of looks
    while os.path.lexists(numbered(free)):
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if os.path.lexists(numbered(middle)) else (taken, middle)
    return numbered(free)


@cache
def _known_modules() -> frozenset[str]:
    """Everything that a grader's tools may import by its first name."""
    return frozenset(sys.stdlib_module_names) | frozenset(packages_distributions())
