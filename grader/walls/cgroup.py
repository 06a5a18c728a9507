"""Limits for all processes of a run together (control groups), where this user may write them; version 1 and 2."""

import errno
import itertools
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from grader.execution import Limits

PREFIX = "talentpool-"
WANTED = ("memory", "pids")
_numbers = itertools.count()


class Group:
    """A group of its own for each worker, in every hierarchy that offers one.

    Args:
        folders: where groups may be made, by controller; one for both in version 2.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        name = f"{PREFIX}{os.getpid()}-{next(_numbers)}"
        self._own: dict[str, Path] = {}
        self._killed = 0
        for controller, folder in folders.items():
            _remove_orphans(folder)
            with suppress(OSError):
                (folder / name).mkdir(exist_ok=True)
                self._own[controller] = folder / name

    def processes_files(self) -> list[str]:
        """The files into which a process writes 0 to enter."""
        return [str(folder / "cgroup.procs") for folder in dict.fromkeys(self._own.values())]

    def limit(self, limits: Limits) -> None:
        """Set the limits for the next run; files in its scratch are memory as well."""
        memory, pids = self._own.get("memory"), self._own.get("pids")
        if memory:
            name = "memory.max" if (memory / "memory.max").exists() else "memory.limit_in_bytes"
            _write(memory / name, limits.memory_bytes + limits.scratch_bytes)
        if pids:
            # the process that waits outside counts as well
            _write(pids / "pids.max", limits.processes + 1)

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel killed for want of memory since the last time of asking."""
        memory, before = self._own.get("memory"), self._killed
        if memory:
            version_2 = (memory / "memory.events").exists()
            text = (memory / ("memory.events" if version_2 else "memory.oom_control")).read_text()
            counts = dict(line.split() for line in text.splitlines())
            self._killed = int(counts.get("oom_kill", 0))
        return self._killed > before

    def close(self) -> None:
        """Remove it; it is empty by now."""
        for folder in dict.fromkeys(self._own.values()):
            with suppress(OSError):
                folder.rmdir()


def group_folders(proc: Path = Path("/proc/self")) -> dict[str, Path]:
    """Where this process may make groups, by controller; empty where it may not.

    Args:
        proc: the folder of /proc that describes this process.
    """
    places = _places(proc)
    found = {name: places[name] for name in WANTED if name in places and os.access(places[name], os.W_OK)}
    unified = places.get("")
    if unified and os.access(unified, os.W_OK):
        enabled = _enabled(unified)
        found |= {name: unified for name in WANTED if name in enabled and name not in found}
    return found


def _places(proc: Path) -> dict[str, Path]:
    """The folder of this process's group in each hierarchy, by controller; version 2 is called ""."""
    mounts: dict[str, tuple[str, str]] = {}
    for line in (proc / "mountinfo").read_text().splitlines():
        own, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        fields = own.split()
        if kind in {"cgroup", "cgroup2"}:
            controllers = [""] if kind == "cgroup2" else options.split(" ")[-1].split(",")
            mounts |= dict.fromkeys(controllers, (fields[3], fields[4]))
    places = {}
    for line in (proc / "cgroup").read_text().splitlines():
        _, named, path = line.split(":", 2)
        for controller in named.split(","):
            if controller in mounts:
                root, point = mounts[controller]
                inside = path.removeprefix(root.rstrip("/")).lstrip("/")
                places[controller] = Path(point, inside)
    return places


def _enabled(folder: Path) -> set[str]:
    """The controllers that groups below this one have, after asking for those that we want."""
    with suppress(OSError):
        available = set((folder / "cgroup.controllers").read_text().split()) & set(WANTED)
        _enable(folder, available - set((folder / "cgroup.subtree_control").read_text().split()))
    with suppress(OSError):
        return set((folder / "cgroup.subtree_control").read_text().split())
    return set()


def _enable(folder: Path, missing: set[str]) -> None:
    """A group with processes in it may not limit groups below: then this process moves into one of those."""
    if not missing:
        return
    request = " ".join(f"+{name}" for name in sorted(missing))
    try:
        _write(folder / "cgroup.subtree_control", request)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        main = folder / f"{PREFIX}{os.getpid()}-main"
        main.mkdir(exist_ok=True)
        _write(main / "cgroup.procs", os.getpid())
        _write(folder / "cgroup.subtree_control", request)


def _remove_orphans(folder: Path) -> None:
    """Groups of workers that were killed."""
    for left in folder.glob(f"{PREFIX}*-*"):
        pid = left.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists():
            with suppress(OSError):
                left.rmdir()


def _write(path: Path, value: int | str) -> None:
    path.write_text(str(value))
