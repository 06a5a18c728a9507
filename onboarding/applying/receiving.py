"""Takes in applications that were sent: nothing in them is trusted, and no application is lost over its CV."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessments.applying.application import APPLICATION_FILE, Application, CvFile, parse_application
from assessments.applying.cv import INSTEAD, MAX_CV_BYTES, cv_problem
from assessments.archive import read_archive
from assessments.errors import BundleError, UsageError
from assessments.items import Record
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying import records
from onboarding.applying.cvs import drop_cv, keep_cv
from onboarding.applying.declared import Abilities
from onboarding.notices.languages import LANGUAGES
from onboarding.notices.outbox import post
from onboarding.tables import ApplicationRow

MAX_ARCHIVE_BYTES = 2 * MAX_CV_BYTES
MAX_APPLICATION_BYTES = 100_000


class Received(Record):
    """What became of an application that was sent.

    Args:
        is_new: whether it is the first one of this person; otherwise it is a correction, or the same once more.
        cv_problem: why its CV was not kept, and what to send instead; "" if there is nothing to say.
    """

    applicant_id: str
    is_new: bool
    application: Application
    cv_problem: str = ""


def receive(workspace: Workspace, store: Store, path: Path, *, now: datetime) -> Received:
    """Take in one packed application.

    Raises:
        UsageError: not readable, incomplete, or its e-mail address belongs to another application.
        BundleError: no archive, or one that does not stay within bounds.
    """
    packed = _bounded(path)
    application = _application(packed)
    content, problem = _cv(packed, application.cv)
    try:
        return _record(workspace, store, application, content, problem, now=now)
    except IntegrityError:
        # another process took in one with the same address, or the same one, in the same moment: now it is on record
        return _record(workspace, store, application, content, problem, now=now)


def _bounded(path: Path) -> bytes:
    try:
        if path.is_symlink() or not path.is_file():
            raise UsageError(f"{path.name!a} is no file", tip="Name the zip that the applicant sent.")
        with path.open("rb") as stream:
            content = stream.read(MAX_ARCHIVE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path.name!a} cannot be read: {error.strerror}") from None
    if len(content) > MAX_ARCHIVE_BYTES:
        raise BundleError(f"{path.name!a} is larger than {MAX_ARCHIVE_BYTES:,} bytes, so it is no packed application")
    return content


def _application(packed: bytes) -> Application:
    text = read_archive(packed, only=(APPLICATION_FILE,)).get(APPLICATION_FILE)
    if text is None:
        raise BundleError(f"it holds no {APPLICATION_FILE}", tip="Ask for the file that the applicant's page packed.")
    if len(text) > MAX_APPLICATION_BYTES:
        raise BundleError(f"{APPLICATION_FILE} is larger than {MAX_APPLICATION_BYTES:,} bytes")
    return parse_application(text)


def _cv(packed: bytes, cv: CvFile | None) -> tuple[bytes | None, str]:
    """The CV's content, if it can be kept, and otherwise what is wrong with it and what to send."""
    if cv is None:
        return None, ""
    try:
        content = read_archive(packed, only=(cv.file,)).get(cv.file)
    except BundleError as error:
        return None, f"The CV cannot be unpacked: {error.message}. {INSTEAD}"
    if content is None or (len(content), sha256(content).hexdigest()) != (cv.size_bytes, cv.sha256):
        problem = "The CV is missing, or is another one than was packed."
        # what is wrong with the file itself says more
        problem = (cv_problem(cv.file, content) if content is not None else None) or problem
    else:
        problem = cv_problem(cv.file, content) or ""
    return (None, f"{problem} {INSTEAD}") if problem else (content, "")


def _record(
    workspace: Workspace, store: Store, application: Application, cv: bytes | None, problem: str, *, now: datetime
) -> Received:
    """Register somebody new, or take a correction; the CV is on the disk before that is on record."""
    applicant_id = records.id_of(application.draft)
    with store.session() as session:
        known = session.get(ApplicationRow, applicant_id)
        before = _before(known, application) if known else None
        _require_own_address(session, application, applicant_id)
        if cv is None:
            # one that cannot be kept takes nothing away
            application = application.model_copy(update={"cv": before.cv if before and problem else None})
        if known:
            records.correct(session, known, application, now=now)
        else:
            records.add(session, {applicant_id: application}, now=now)
        if cv is not None:
            keep_cv(workspace, cv)
        if problem:
            _tell(session, applicant_id, application, now=now)
    if before and before.cv:
        drop_cv(workspace, store, before.cv.sha256)
    return Received(applicant_id=applicant_id, is_new=before is None, application=application, cv_problem=problem)


def _before(known: ApplicationRow, application: Application) -> Application:
    """What the same person sent earlier."""
    if known.erased_at is not None:
        raise UsageError(
            f"the application {known.applicant_id} was erased", tip="The applicant has to begin a new one."
        )
    before = Application.model_validate(known.data)
    if before.draft != application.draft:
        raise UsageError(f"the id {known.applicant_id} belongs to another application")
    return before


def _tell(session: Session, applicant_id: str, application: Application, *, now: datetime) -> None:
    """Post what to send instead; a CV that comes again and again is spoken of once a day."""
    levels = {row.language: row.level for row in application.languages}
    language = Abilities(languages=levels, domains={}).best_of(LANGUAGES)
    key = f"{applicant_id}/cv-refused/{now:%Y-%m-%d}"
    post(session, applicant_id=applicant_id, key=key, template="cv-refused", language=language, data={}, now=now)


def _require_own_address(session: Session, application: Application, applicant_id: str) -> None:
    owner = records.holder(session, application.email)
    if owner not in (None, applicant_id):
        raise UsageError(
            f"there is an application with the e-mail address {application.email} already: {owner}",
            tip="Nothing was changed. A correction has to be packed in the folder of the first application.",
        )
