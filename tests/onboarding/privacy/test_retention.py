"""Retention: what has outlasted its period goes, once; nothing else does."""

from datetime import timedelta
from pathlib import Path

import pytest

from grader.errors import WorkspaceError
from grader.intake import take_in_inbox
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.records import cv_of
from onboarding.decision import Verdict
from onboarding.help import appeals
from onboarding.privacy.outlasting import Outlasted
from onboarding.privacy.retention import Periods, outlasted, read_periods, retain
from tests.command import talentpool
from tests.onboarding.help.samples import HELP
from tests.onboarding.privacy.samples import CV, applied, dump, traces, went_all_the_way
from tests.onboarding.privacy.test_erase import points
from tests.onboarding.stored import application_of
from tests.samples import NOW
from tests.test_docs import blocks

PERIODS = Periods(cv_days_after_decline=180, unfinished_application_days=365, submission_files_days=730)


def run(workspace: Workspace, store: Store, days: float) -> list[Outlasted]:
    """Apply the periods so many days later."""
    now = NOW + timedelta(days=days)
    return list(retain(workspace, store, outlasted(workspace, store, PERIODS, now=now), now=now))


def test_a_cv_goes_some_time_after_a_decline(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """The application stays, and does not name it any more."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    assert run(workspace, store, 179.9) == []
    assert [(each.period, each.applicant_id) for each in run(workspace, store, 180)] == [
        ("cv_days_after_decline", person)
    ]
    assert run(workspace, store, 180) == []
    assert cv_of(store, person) is None
    application = application_of(store, person)
    assert application is not None
    assert application.cv is None
    assert traces(workspace, CV.decode()) == []


def test_members_keep_their_cv(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """However long ago they were admitted."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person, Verdict.ADMIT)
    assert run(workspace, store, 400) == []
    assert cv_of(store, person) is not None


def test_an_application_that_leads_nowhere_is_erased(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """As a whole; those whom an admin registered stay, and so does who handed in something."""
    person = applied(workspace, store, tmp_path)
    assert run(workspace, store, 364.9) == []
    assert [each.applicant_id for each in run(workspace, store, 365)] == [person]
    assert "example.org" not in dump(store)
    assert run(workspace, store, 400) == []
    assert {"ada", "bob"} < {row.id for row in store.applicants()}


def test_an_application_with_work_in_it_is_not_unfinished(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Only its CV is old."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    assert {each.period for each in run(workspace, store, 400)} == {"cv_days_after_decline"}
    assert application_of(store, person) is not None


def test_files_that_were_handed_in_go_and_points_stay(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Also from the inbox, out of which they would be taken in again."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person, Verdict.ADMIT)
    before = points(store)
    assert run(workspace, store, 729.9) == []
    run(workspace, store, 731)
    assert run(workspace, store, 731) == []
    assert points(store) == before
    for folder in (workspace.intake, workspace.inbox, workspace.bundles):
        assert list(folder.iterdir()) == []
    assert take_in_inbox(workspace, store, now=NOW) == []
    assert list(workspace.root.glob(f"submitted/{person}/*")) == []


def test_nothing_goes_while_an_objection_is_open(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """It may be about exactly that."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    (workspace.root / "help.toml").write_text(HELP)
    appeals.appeal(workspace, store, person, "I disagree.", now=NOW)
    assert run(workspace, store, 1000) == []


def test_a_dry_run_changes_nothing(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """And says the same as the run after it."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    (workspace.root / "retention.toml").write_text("submission_files_days = 1\n")
    before = dump(store)
    dry = talentpool("privacy", "retain", "--dry-run", "-w", workspace.root)
    assert (dry.code, dump(store) == before) == (0, True)
    done = talentpool("privacy", "retain", "-w", workspace.root)
    assert dry.out.replace("would go", "gone") == done.out
    assert done.out.splitlines()[-1] == "submission_files_days: 2"
    again = talentpool("privacy", "retain", "-w", workspace.root)
    assert again.out == "nothing was kept for too long\n"


def test_the_file_says_the_periods(workspace: Workspace) -> None:
    """The how-to's one, too; what it does not name is kept."""
    with pytest.raises(WorkspaceError, match="is missing"):
        read_periods(workspace.root)
    (example,) = blocks("privacy.md", "toml")
    (workspace.root / "retention.toml").write_text(example)
    assert read_periods(workspace.root) == PERIODS
    (workspace.root / "retention.toml").write_text("")
    assert read_periods(workspace.root) == Periods()


@pytest.mark.parametrize("text", ["cv_days = 3", "submission_files_days = 0", "submission_files_days = 'x'", "a ="])
def test_a_file_that_cannot_be_meant_is_refused(workspace: Workspace, text: str) -> None:
    """With its name."""
    (workspace.root / "retention.toml").write_text(text)
    with pytest.raises(WorkspaceError, match=r"retention\.toml"):
        read_periods(workspace.root)
