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
from pathlib import Path
from typing import NamedTuple

from assessments.errors import UsageError

SETTINGS = re.compile(
    r"nbgrader_config\.py|jupyter_.*config\.(py|json|d)|jupyter_config\.(py|json)|ipython_.*config\.(py|json)"
    r"|ipython_config\.py|conftest\.py|pytest\.ini|tox\.ini|setup\.(py|cfg)|pyproject\.toml|papermill\.ya?ml",
    re.IGNORECASE,
)
START_UP = re.compile(r"(site|user)customize(\..*)?|.*\.pth", re.IGNORECASE)
MODULE = re.compile(r"([A-Za-z_]\w*)(\.[\w-]+)*\.(py|pyc|pyw|so|pyd)")
MAX_ENTRIES = 5_000
ODD_IN_IDS = re.compile(r"[*?\[\]{}+/\\\x00-\x1f\x7f]|^[.-]|^\s|\s$")
MAX_ID_CHARS = 128


class Quarantined(NamedTuple):
    """One file or folder that was moved, and why."""

    name: str
    reason: str


def check_id(what: str, found: str) -> str:
    """The id of a student or an assignment.

    Raises:
        UsageError: it would be read as a pattern, a path or an option.
    """
    if not found or len(found) > MAX_ID_CHARS or ODD_IN_IDS.search(found):
        raise UsageError(
            f"{what} {found[:40]!a} cannot be used",
            tip=f"Allowed: up to {MAX_ID_CHARS} characters, none of * ? [ ] {{ }} + / \\, no dot or dash in front.",
        )
    return found


def why_not(name: str, *, is_package: bool = False) -> str | None:
    """Why a file or folder of this name may not lie where a grader works; None if it may.

    Args:
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
    return f"shadows the module {top}" if top and top in _known_modules() else None


def quarantine(folder: Path, away: Path, *, allowed: Collection[str]) -> list[Quarantined]:
    """Move what may not stay in a submission's folder.

    Args:
        away: where it is kept; made when it is needed.
        allowed: relative names that the instructor ships as well, and whose version counts.

    Raises:
        OSError: it cannot be moved.
    """
    found = [one for one in _findings(folder, folder) if one.name not in allowed]
    for name, _ in found:
        _move(folder / name, _free(away / name))
    return found


def _findings(folder: Path, top: Path) -> Iterator[Quarantined]:
    """What is wrong in a folder and below; of what is wrong as a whole, only the whole."""
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for number, entry in enumerate(entries):
        name = str(Path(entry.path).relative_to(top))
        reason = "too many files in one folder" if number >= MAX_ENTRIES else _reason(entry)
        if reason:
            yield Quarantined(name, reason)
        elif entry.is_dir(follow_symlinks=False):
            yield from _findings(Path(entry.path), top)


def _reason(entry: os.DirEntry[str]) -> str | None:
    mode = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(mode.st_mode):
        return "a link"
    if stat.S_ISDIR(mode.st_mode):
        is_package = any(Path(entry.path).glob("__init__.*"))
        return None if entry.name == ".ipynb_checkpoints" else why_not(entry.name, is_package=is_package)
    if not stat.S_ISREG(mode.st_mode):
        return "a device, pipe or socket"
    if mode.st_nlink > 1:
        return "linked to another file"
    return why_not(entry.name)


def _move(path: Path, target: Path) -> None:
    """Move it; of a link only where it leads is kept, as text."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        _free(target.with_name(f"{target.name}.link")).write_text(f"{str(path.readlink())!a}\n")
        path.unlink()
    else:
        path.rename(target)


def _free(target: Path) -> Path:
    """A name that nothing has yet: what was quarantined before stays."""
    number, free = 1, target
    while os.path.lexists(free):
        number += 1
        free = target.with_name(f"{target.name}.{number}")
    return free


@cache
def _known_modules() -> frozenset[str]:
    """Everything that a grader's tools may import by its first name."""
    return frozenset(sys.stdlib_module_names) | frozenset(packages_distributions())
