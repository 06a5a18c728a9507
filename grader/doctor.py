"""Looks at what this machine offers for grading: what is there, what is missing, and what to do about it."""

import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

from jupyter_client.kernelspec import KernelSpecManager
from sqlalchemy.exc import SQLAlchemyError

from assessments.items import Record
from grader.database import open_engine
from grader.errors import UnavailableError
from grader.execution import Engine, Task
from grader.sandbox import Sandbox
from grader.walls import landlock
from grader.walls.cgroup import WANTED, group_folders
from grader.walls.probe import remedy, why_no_walls
from grader.walls.seccomp import DENIED

PACKAGES = ("nbgrader", "ipykernel", "ipython", "nbclient", "sqlalchemy")


class Check(Record):
    """One thing that was looked at. `needed`: grading is refused without it; otherwise it is a second line."""

    name: str
    holds: bool
    found: str
    remedy: str = ""
    needed: bool = False


def examine(engine: Engine, database_url: str | None) -> Iterator[Check]:
    """Every check, the needed ones first."""
    yield from (_walls(), _seccomp(), _warm_start(engine), _landlock(), _groups(), _user())
    if database_url:
        yield _database(database_url)
    yield _kernels()
    yield Check(name="versions", holds=True, found=", ".join(f"{name} {version(name)}" for name in PACKAGES))


def _walls() -> Check:
    reason = why_no_walls()
    found = reason or "user, mount, pid, network, ipc and uts namespaces, a private root, /proc"
    advice = remedy(reason) if reason else ""
    return Check(name="walls", holds=not reason, found=found, remedy=advice, needed=True)


def _seccomp() -> Check:
    machine = platform.machine()
    known = machine in DENIED
    advice = "" if known else f"use a machine of: {', '.join(DENIED)}"
    found = f"numbers of system calls known for {machine}" if known else f"none known for {machine}"
    return Check(name="filter of system calls", holds=known, found=found, remedy=advice, needed=True)


def _warm_start(engine: Engine) -> Check:
    """Starts a fork server as grading does, and runs a cell in it."""
    started = time.monotonic()
    try:
        with Sandbox(engine) as sandbox:
            sandbox.execute(Task(cells=("1 + 1",)))
            ready = time.monotonic() - started
            result = sandbox.execute(Task(cells=("1 + 1",)))
    except UnavailableError as error:
        return Check(name="fork server", holds=False, found=error.message, remedy=error.tip or "", needed=True)
    found = (
        f"ready in {ready:.1f} s with {', '.join(engine.preload)}; then {result.wall_seconds * 1000:.0f} ms a notebook"
    )
    return Check(name="fork server", holds=True, found=found, needed=True)


def _landlock() -> Check:
    found = landlock.version()
    advice = "" if found else "a kernel of 5.13 or later with lsm=landlock gives a second wall around files"
    return Check(name="Landlock", holds=bool(found), found=f"version {found}" if found else "none", remedy=advice)


def _groups() -> Check:
    found = group_folders()
    missing = [name for name in WANTED if name not in found]
    advice = "systemd-run --user --scope -p Delegate=yes talentpool grade limits all processes of a run together"
    text = ", ".join(f"{name} in {folder}" for name, folder in found.items()) or "not writable"
    return Check(name="control groups", holds=not missing, found=text, remedy=advice if missing else "")


def _user() -> Check:
    root = os.geteuid() == 0
    advice = "grade as an ordinary user: the sandbox needs no more" if root else ""
    return Check(name="user", holds=not root, found="root" if root else "an ordinary user", remedy=advice)


def _database(url: str) -> Check:
    engine = open_engine(url)
    try:
        with engine.connect():
            return Check(name="database", holds=True, found=engine.dialect.name, needed=True)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Check(name="database", holds=False, found=reason, remedy="see `database` in the settings", needed=True)
    finally:
        engine.dispose()


def _kernels() -> Check:
    found = sorted(KernelSpecManager().find_kernel_specs())
    text = f"{', '.join(found) or 'none'}; Python {sys.version.split()[0]} is run without a kernel"
    return Check(name="kernels", holds=True, found=text)
