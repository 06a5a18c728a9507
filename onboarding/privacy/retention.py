"""How long personal data are kept: the periods in `retention.toml`, and what of the data has outlasted them."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from assessments.items import Record
from assessments.problems import first_problem
from grader.errors import UnavailableError, WorkspaceError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.cvs import drop_cv
from onboarding.help.records import tickets
from onboarding.help.tickets import Kind
from onboarding.privacy.erase import Order, erase
from onboarding.privacy.outlasting import Outlasted, declined_cvs, forget_cv, old_submissions, unfinished
from onboarding.privacy.places import remove

RETENTION_FILE = "retention.toml"
WHO = "retention"
Days = Annotated[int, Field(ge=1, le=36_500)] | None


class Periods(Record):
    """How long what is kept, in days; what is not named is kept.

    Args:
        cv_days_after_decline: a CV, after the newest decision if that is a decline.
        unfinished_application_days: all data of somebody who handed in nothing, since the last thing that happened.
        submission_files_days: files that were handed in, since they arrived; their points stay.
    """

    cv_days_after_decline: Days = None
    unfinished_application_days: Days = None
    submission_files_days: Days = None


def read_periods(root: Path) -> Periods:
    """The periods of a workspace.

    Raises:
        WorkspaceError: missing, or it cannot be read.
    """
    path, allowed = root / RETENTION_FILE, ", ".join(Periods.model_fields)
    try:
        return Periods.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise WorkspaceError(
            f"{path} is missing, so nothing is known to be kept too long", tip=f"Write one; it may name {allowed}."
        ) from None
    except ValidationError as error:
        raise WorkspaceError(f"{RETENTION_FILE}: {first_problem(error)}", tip=f"Allowed: {allowed}.") from None
    except (ValueError, OSError) as error:
        raise WorkspaceError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None


def outlasted(workspace: Workspace, store: Store, periods: Periods, *, now: datetime) -> list[Outlasted]:
    """What was kept long enough; nothing of somebody with an open objection."""
    whole, parts = [], []
    if days := periods.unfinished_application_days:
        whole = unfinished(store, now - timedelta(days=days))
    if days := periods.cv_days_after_decline:
        parts += declined_cvs(store, now - timedelta(days=days))
    if days := periods.submission_files_days:
        parts += old_submissions(workspace, store, now - timedelta(days=days))
    objecting = {ticket.applicant_id for ticket in tickets(store, only_open=True) if ticket.kind is Kind.APPEAL}
    return [each for each in [*whole, *parts] if each.applicant_id not in objecting]


def retain(workspace: Workspace, store: Store, found: Sequence[Outlasted], *, now: datetime) -> Iterator[Outlasted]:
    """Remove what was kept long enough, one after another; yields each that is gone. May be run again at any time.

    Raises:
        UnavailableError: something cannot be removed now, or somebody cannot be told.
    """
    for each in found:
        if each.period == "unfinished_application_days":
            order = Order(applicant_id=each.applicant_id, by=WHO, reason=f"{RETENTION_FILE}: {each.period}")
            erase(workspace, store, order, now=now)
        elif each.period == "cv_days_after_decline":
            forget_cv(store, each.applicant_id)
            drop_cv(workspace, store, each.what)
        else:
            _remove(each)
        yield each


def _remove(each: Outlasted) -> None:
    for path in each.places:
        try:
            remove(path)
        except OSError as error:
            raise UnavailableError(f"{path.name!a} cannot be removed: {error.strerror}") from None
