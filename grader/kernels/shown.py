"""What of this machine a kernel needs to see, and which folders it must not be given."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.errors import WorkspaceError
from grader.walls.shown import read_only

LAUNCHER = ("-m", "ipykernel_launcher")
NAMES = ("python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}")
"""What jupyter_client takes for the interpreter that it runs in."""


def is_ours(command: Sequence[str]) -> bool:
    """Whether this is IPython's kernel in the interpreter that we run in."""
    options = [part for part in command[1:] if part != "-Xfrozen_modules=off"]
    return tuple(options[:2]) == LAUNCHER and (command[0] in NAMES or _is_this_interpreter(Path(command[0])))


def _is_this_interpreter(program: Path) -> bool:
    """python, python3 and so on in the folder of the one that runs; not those of other environments of the same one."""
    mine = Path(sys.executable)
    return program.parent == mine.parent and program.resolve() == mine.resolve()


def working_folder(path: str | os.PathLike[str] | None) -> Path:
    """A kernel's folder, which it may write to.

    Raises:
        WorkspaceError: it holds more than a notebook's own things.
    """
    folder = Path(path or ".").resolve()
    home = Path.home().resolve()
    if home.is_relative_to(folder) or str(folder) in [place for place, _ in read_only()]:
        raise WorkspaceError(
            f"a notebook in the sandbox sees and writes to its whole folder, and {folder} is too much",
            tip="Move the notebook to a folder of its own.",
        )
    return folder


def shown_for(command: Sequence[str], resources: str, more: Sequence[str]) -> list[tuple[str, str]]:
    """(path outside, path inside) of everything that a kernel of this command (with an absolute path) reads."""
    steps = dict.fromkeys([command[0], os.path.realpath(command[0])])
    named = [resources] if any(resources in part for part in command) else []
    wanted = [*map(_prefix, steps), *named, *(str(Path(path).expanduser().absolute()) for path in more)]
    known = read_only()
    there = [path for path, _ in known]
    new = dict.fromkeys(path for path in wanted if not _is_below_any(path, there))
    return [*known, *((path, path) for path in new)]


def _prefix(program: str) -> str:
    """The folder that was installed with a program; the program alone where that would be a person's folder."""
    folder = Path(program).parent
    prefix = folder.parent if folder.name == "bin" else folder
    home = Path.home()
    if prefix in (home, *home.parents, home / ".local"):
        return program
    return str(prefix)


def _is_below_any(path: str, folders: Sequence[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
