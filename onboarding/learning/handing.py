"""Hands out modules and takes them in again when they are finished."""

import hmac
import json
from datetime import datetime
from pathlib import Path

from assessments.archive import write_missing
from assessments.errors import BundleError, UsageError
from assessments.handin import Handover, handed_in, lock
from assessments.items import Record
from assessments.learning.module import MODULE_FILE, Module
from assessments.learning.opening import module_notebook
from assessments.learning.progress import PROGRESS_FILE, Progress, parse_progress
from grader.store import Store
from onboarding.learning.modules import WrittenModule
from onboarding.learning.records import record
from onboarding.learning.titles import module_names

MAX_BYTES = 1_000_000


class Finished(Record):
    """A module that somebody went through.

    Args:
        new: whether it was not on record before.
    """

    applicant_id: str
    module: str
    new: bool


def issued(module: WrittenModule, applicant_id: str, secret: bytes) -> Module:
    """The module for an applicant, with the ticket that lets its answers in."""
    return module.issued(applicant_id, _ticket(secret, module.name, applicant_id))


def module_files(module: Module) -> dict[str, bytes]:
    """What lies in the folder of a module."""
    return {
        MODULE_FILE: module.model_dump_json(indent=1).encode(),
        f"{module.name}.ipynb": json.dumps(module_notebook(module), indent=1).encode(),
    }


def lay_out(module: Module, folder: Path) -> Path:
    """Put a module into a folder; one that was begun there is gone on with."""
    write_missing(folder, module_files(module))
    return folder


def take_in(store: Store, secret: bytes, content: bytes, name: str, *, now: datetime) -> Finished:
    """Record what a finished module packed.

    Args:
        name: what the file is called.

    Raises:
        BundleError: it is no such file, is not finished, or was not handed out by this workspace.
        UsageError: the applicant or the module is unknown.
    """
    if len(content) > MAX_BYTES:
        raise BundleError(f"{name} is larger than {MAX_BYTES:,} bytes, so it is not what a module packs")
    progress = parse_progress(content, name)
    applicant_id = _checked(progress, secret, name)
    store.require_applicant(applicant_id)
    new = record(store, applicant_id, progress, now=now)
    return Finished(applicant_id=applicant_id, module=progress.module, new=new)


def receive(store: Store, secret: bytes, folder: Path, *, now: datetime) -> Finished | None:
    """Take in what was finished in a folder on this machine, and tell the page there; None if there is nothing new.

    Raises:
        BundleError, UsageError: as for `take_in`.
    """
    found = handed_in(folder)
    if not found or found["received"]:
        return None
    finished = take_in(store, secret, (folder / PROGRESS_FILE).read_bytes(), PROGRESS_FILE, now=now)
    lock(folder, Handover(at=now, sha256="", received=now))
    return finished


def _checked(progress: Progress, secret: bytes, name: str) -> str:
    """Whose it is, if it is finished and ours."""
    whose = progress.applicant_id or ""
    if not hmac.compare_digest(progress.ticket, _ticket(secret, progress.module, whose)):
        raise BundleError(f"{name} was not handed out by this workspace", tip="Ask for the file that the page packed.")
    if progress.module not in module_names():
        raise UsageError(f"{name}: unknown module {progress.module!r}; there are: {', '.join(module_names())}")
    tried = progress.exercises.values()
    if progress.finished_at is None or not all(each.right and each.first_right is not None for each in tried):
        raise BundleError(f"{name} is not finished", tip='Go on to the end of the page, and press "I have finished".')
    return whose


def _ticket(secret: bytes, module: str, applicant_id: str) -> str:
    return hmac.digest(secret, f"module {module} {applicant_id}".encode(), "sha256").hex()
