"""Applications that were sent: taken in, corrected, refused; on each database."""

import hashlib
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessments.applying.application import APPLICATION_FILE, Application
from assessments.errors import BundleError, TalentpoolError, UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.cvs import cv_path
from onboarding.applying.receiving import Received, receive
from onboarding.applying.records import cv_of, email_of, id_of
from onboarding.notices.outbox import notices
from onboarding.tables import ApplicationRow
from tests.assessments.applying.files import DATA, bomb, docx, pdf, zipped
from tests.command import talentpool
from tests.onboarding.stored import application_of
from tests.samples import NOW

Send = Callable[..., Received]


def packed(
    folder: Path, *, cv: bytes | None = None, file: str = "cv.pdf", inside: bytes | None = None, **changes: Any
) -> Path:
    """A packed application; `inside` is what lies in it in place of the CV that it names."""
    data = {**DATA, **changes}
    files = {}
    if cv is not None:
        digest = hashlib.sha256(cv).hexdigest()
        data["cv"] = {"file": file, "name": "Ada's CV", "size_bytes": len(cv), "sha256": digest}
        files[file] = cv if inside is None else inside
    text = Application.model_validate(data).model_dump_json().encode()
    path = folder / "application.zip"
    path.write_bytes(zipped({APPLICATION_FILE: text, **files}))
    return path


@pytest.fixture
def send(workspace: Workspace, store: Store, tmp_path: Path) -> Send:
    """`send(cv=…, email=…)`: packs an application and takes it in."""
    return lambda **changes: receive(workspace, store, packed(tmp_path, **changes), now=NOW)


def cvs(workspace: Workspace) -> list[str]:
    """The CVs that lie in the workspace."""
    return sorted(path.name for path in (workspace.root / "private").glob("cv/*"))


def test_an_application_is_taken_in_with_its_cv(workspace: Workspace, store: Store, send: Send) -> None:
    """Its owner's alone, under an id that says nothing about the person."""
    received = send(cv=pdf())
    applicant_id = received.applicant_id
    assert received.is_new
    assert received.cv_problem == ""
    assert "ada" not in applicant_id
    assert store.require_applicant(applicant_id).name == "Ada Example"
    assert application_of(store, applicant_id) == received.application
    assert email_of(store, applicant_id) == "ada@example.org"
    row = cv_of(store, applicant_id)
    assert row is not None
    assert (row.media_type, row.size_bytes, row.name) == ("application/pdf", len(pdf()), "Ada's CV")
    path = cv_path(workspace, row.sha256)
    assert path.read_bytes() == pdf()
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path.parent, path.parent.parent)] == [
        *("0o600", "0o700", "0o700")
    ]


def test_whoever_did_not_apply_has_nothing(store: Store) -> None:
    """Ada was registered by hand."""
    assert application_of(store, "ada") is None
    assert email_of(store, "ada") is None
    assert cv_of(store, "ada") is None


BAD_CVS = {
    "an executable": ("cv.pdf", b"MZ\x90\x00" + bytes(500), "is no PDF"),
    "a zip bomb": ("cv.docx", bomb(120), "too large"),
    "encrypted": ("cv.pdf", pdf(trailer=b"/Encrypt 3 0 R"), "encrypted"),
    "two things at once": ("cv.pdf", pdf() + docx(), "something was added"),
}


@pytest.mark.parametrize("bad", BAD_CVS)
def test_an_application_is_kept_without_a_cv_that_is_none(
    workspace: Workspace, store: Store, send: Send, bad: str
) -> None:
    """The applicant is told what to send, and may then send it."""
    file, content, said = BAD_CVS[bad]
    received = send(cv=content, file=file)
    assert said in received.cv_problem
    assert "Please send a PDF, DOCX or text file of at most 5 MB" in received.cv_problem
    kept = application_of(store, received.applicant_id)
    assert kept is not None
    assert kept.cv is None
    assert cvs(workspace) == []
    assert [(each.template, each.language) for each in notices(store)] == [("cv-refused", "en")]
    again = send(cv=pdf())
    assert (again.is_new, again.applicant_id, again.cv_problem) == (False, received.applicant_id, "")
    assert cvs(workspace) == [hashlib.sha256(pdf()).hexdigest()]


def test_a_cv_that_unfolds_to_too_much_in_the_packed_file_costs_the_cv_alone(
    store: Store, workspace: Workspace, tmp_path: Path
) -> None:
    """The bomb is the archive that was sent itself."""
    path = packed(tmp_path, cv=pdf(), inside=bytes(60_000_000))
    received = receive(workspace, store, path, now=NOW)
    assert "cannot be unpacked" in received.cv_problem
    assert application_of(store, received.applicant_id) is not None


@pytest.mark.parametrize("inside", [b"", docx(), pdf(b"% another\n")])
def test_another_cv_than_was_packed_is_not_kept(send: Send, workspace: Workspace, inside: bytes) -> None:
    """Whatever it is."""
    assert send(cv=pdf(), inside=inside).cv_problem
    assert cvs(workspace) == []


def test_the_same_once_more_changes_nothing(store: Store, workspace: Workspace, send: Send) -> None:
    """People click twice."""
    first, second = send(cv=pdf()), send(cv=pdf())
    assert (second.is_new, second.applicant_id) == (False, first.applicant_id)
    assert application_of(store, first.applicant_id) == first.application
    assert len(cvs(workspace)) == 1


def test_a_correction_replaces_what_was_sent(store: Store, workspace: Workspace, send: Send) -> None:
    """Name, address and CV too; a CV that cannot be kept takes the earlier one not away, leaving it out does."""
    applicant_id = send(cv=pdf()).applicant_id
    send(cv=b"MZ", name="Ada Newname", email="ada@new.example")
    assert store.require_applicant(applicant_id).name == "Ada Newname"
    assert email_of(store, applicant_id) == "ada@new.example"
    assert cvs(workspace) == [hashlib.sha256(pdf()).hexdigest()]
    send(cv=docx(), file="cv.docx")
    assert cvs(workspace) == [hashlib.sha256(docx()).hexdigest()]
    send()
    assert cvs(workspace) == []
    assert cv_of(store, applicant_id) is None


def test_the_same_cv_of_two_people_stays_for_the_other(workspace: Workspace, send: Send) -> None:
    """It lies there once."""
    send(cv=pdf())
    send(cv=pdf(), draft="1" * 32, email="bob@example.org")
    send()
    assert len(cvs(workspace)) == 1


@pytest.mark.parametrize("email", ["ada@example.org", " ADA@Example.ORG", "ａda@example.org"])
def test_an_address_applies_once(store: Store, workspace: Workspace, send: Send, email: str) -> None:
    """However it is spelled; the first application stays, and nothing of the second is kept."""
    first = send().applicant_id
    with pytest.raises(UsageError, match=f"ada@example.org already: {first}"):
        send(draft="1" * 32, email=email, cv=pdf())
    assert cvs(workspace) == []
    with pytest.raises(UsageError, match="unknown applicant"):
        store.require_applicant(id_of("1" * 32))


def test_a_correction_takes_nobody_elses_address(store: Store, send: Send) -> None:
    """Both stay as they were."""
    send()
    other = send(draft="1" * 32, email="bob@example.org").applicant_id
    with pytest.raises(UsageError, match="already"):
        send(draft="1" * 32)
    assert email_of(store, other) == "bob@example.org"


def test_an_erased_application_does_not_come_back(store: Store, send: Send) -> None:
    """Whoever wants to apply again begins a new one."""
    applicant_id = send().applicant_id
    with store.session() as session:
        row = session.get_one(ApplicationRow, applicant_id)
        row.email, row.data, row.erased_at = None, {}, NOW
    assert application_of(store, applicant_id) is None
    assert email_of(store, applicant_id) is None
    with pytest.raises(UsageError, match="was erased"):
        send()
    assert send(draft="1" * 32).is_new


def test_of_two_at_once_one_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    """Ten processes' worth of applications with one address: nine are told, in one clear line."""
    paths = []
    for number in range(10):
        (tmp_path / str(number)).mkdir()
        paths.append(packed(tmp_path / str(number), draft=f"{number:032x}", email="ADA@example.org"))
    outcomes: list[Received | TalentpoolError] = []
    together = threading.Barrier(len(paths))

    def take(path: Path) -> None:
        own = Store(workspace.database_url)
        together.wait()
        try:
            outcomes.append(receive(workspace, own, path, now=NOW))
        except UsageError as error:
            outcomes.append(error)
        own.close()

    threads = [threading.Thread(target=take, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [outcome.message for outcome in outcomes if isinstance(outcome, UsageError)]
    assert len(outcomes) == 10
    assert len(refused) == 9
    assert all("there is an application with the e-mail address ada@example.org already" in line for line in refused)


def test_of_the_same_at_once_one_is_new(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """The others find it there."""
    path = packed(tmp_path, cv=pdf())
    outcomes: list[Received] = []
    together = threading.Barrier(5)

    def take() -> None:
        own = Store(workspace.database_url)
        together.wait()
        outcomes.append(receive(workspace, own, path, now=NOW))
        own.close()

    threads = [threading.Thread(target=take) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.is_new for outcome in outcomes) == [False] * 4 + [True]
    assert len(cvs(workspace)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip", "no readable zip"),
        (zipped({"cv.pdf": pdf()}), "holds no application.json"),
        (zipped({APPLICATION_FILE: b"{}"}), "Please give"),
        (zipped({APPLICATION_FILE: b"[" * 50_000}), "Please give an application"),
        (zipped({APPLICATION_FILE: b" " * 200_000}), "is larger than"),
        (zipped({APPLICATION_FILE: bytes(60_000_000)}), "too large"),
        (os.urandom(10_000_001), "is larger than"),
    ],
)
def test_what_is_no_application_is_refused_in_one_line(
    workspace: Workspace, store: Store, tmp_path: Path, content: bytes, said: str
) -> None:
    """And leaves nothing behind."""
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises((UsageError, BundleError), match=said):
        receive(workspace, store, path, now=NOW)
    assert [row.id for row in store.applicants()] == ["ada", "bob"]


def test_names_in_the_archive_lead_nowhere(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Only the two files that belong to an application are looked at."""
    path = packed(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("/etc/evil", "x")
    assert receive(workspace, store, path, now=NOW).is_new
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_is_no_packed_file(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Nothing else on this machine is read."""
    (tmp_path / "link.zip").symlink_to(packed(tmp_path))
    with pytest.raises(UsageError, match="is no file"):
        receive(workspace, store, tmp_path / "link.zip", now=NOW)


def test_the_command_takes_in_what_it_can(workspace: Workspace, tmp_path: Path) -> None:
    """One line each; the exit code says that one was refused."""
    good = packed(tmp_path, cv=b"MZ")
    bad = tmp_path / "\x1b[31mbad.zip"
    bad.write_bytes(b"no zip")
    outcome = talentpool("applicants", "receive", bad, good, tmp_path / "none.zip", "--workspace", workspace.root)
    assert outcome.code == 2
    assert "application.zip: new applicant a-" in outcome.out
    assert "kept without the CV: The file is called .pdf but is no PDF." in outcome.out
    assert "\x1b" not in outcome.out
    assert "2 of 3 files were not taken in" in outcome.err
