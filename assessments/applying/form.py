"""What the application's notebook shows: header, application, self-assessment, the end. It calls nothing else."""

import base64
import binascii
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError

from assessments import page
from assessments.applying.application import APPLICATION_FILE, problems
from assessments.applying.draft import DraftFile
from assessments.applying.selfcheck import is_done
from assessments.applying.showing import FIELDS, application, missing, statements
from assessments.clock import every, loop_caller
from assessments.errors import TalentpoolError
from assessments.items import Shown

REFRESH_SECONDS = 5


class ApplicationForm:
    """One application, in the folder where its notebook lies."""

    def __init__(self, folder: Path) -> None:
        self._in_loop = loop_caller()
        self._failure, self._saved_at = "", _last_saved(folder / APPLICATION_FILE)
        self._draft = DraftFile(folder, self._written)
        self._packed: Shown | None = None
        self._asked = False
        self._header = page.part("header", spec={"title": "Your application", "total": len(FIELDS), "due_at": None})
        self._header.answer(lambda _ping: {})
        self._fields = page.part("application", spec=application(), value=dict(self._draft.current.fields))
        self._fields.observe(lambda change: self._keep(fields=change["new"]), "value")
        self._fields.answer(self._heed_cv)
        self._statements = page.part("selfcheck", spec=statements(), value=dict(self._draft.current.statements))
        self._statements.observe(lambda change: self._keep_statements(change["new"]), "value")
        self._finish = page.part("sending")
        self._finish.answer(self._pack)
        self._refresh()

    def header(self) -> page.Part:
        """Title, progress, and when it was saved."""
        every(REFRESH_SECONDS, self._refresh)
        return self._header

    def application(self) -> page.Part:
        """Everything that is asked, restored to what was filled in."""
        return self._fields

    def self_assessment(self) -> page.Part:
        """The ten statements."""
        return self._statements

    def finish(self) -> page.Part:
        """What is missing, and packing."""
        return self._finish

    def _keep(self, **changes: Any) -> None:
        if all(isinstance(value, dict) for value in changes.values()):
            self._draft.keep(**changes)
            self._packed = None
            self._refresh()

    def _keep_statements(self, answers: Any) -> None:
        self._keep(statements=answers)
        if isinstance(answers, dict) and is_done(answers) and self._draft.current.self_assessed_at is None:
            self._draft.keep(self_assessed_at=datetime.now(UTC))
            self._refresh()

    def _heed_cv(self, message: Shown) -> Shown:
        """A CV was chosen, or is to be taken away."""
        try:
            problem = self._take_cv(message)
        except OSError as error:
            problem = f"The CV could not be saved: {error.strerror}."
        self._packed = None
        self._refresh()
        return {"problem": problem}

    def _take_cv(self, message: Shown) -> str:
        if message.get("remove"):
            self._draft.drop_cv()
            return ""
        try:
            content = base64.b64decode(message["content"], validate=True)
        except (KeyError, TypeError, binascii.Error):
            return "The file could not be read; please choose it again."
        return self._draft.keep_cv(str(message.get("name", "")), content)

    def _pack(self, _message: Shown) -> Shown:
        """Pack what is on the disk by now; what is missing is then said at every field."""
        self._asked = True
        if not problems(self._draft.current.data):
            try:
                path = self._draft.pack() if self._draft.flush() else None
                self._failure = "" if path else "Your application is not on the disk yet; please try again."
                self._packed = {"file": path.name, "folder": str(path.parent)} if path else None
            except (OSError, TalentpoolError) as error:
                self._failure = f"This could not be packed: {error}"
        self._refresh()
        return {}

    def _written(self, when: datetime, failure: str) -> None:
        """The writer's thread says how it went; widgets belong to the kernel's loop."""
        self._in_loop(partial(self._tell, when, failure))

    def _tell(self, when: datetime, failure: str) -> None:
        self._failure = failure
        self._saved_at = self._saved_at if failure else when.isoformat()
        self._refresh()

    def _refresh(self) -> None:
        draft = self._draft.current
        found = problems(draft.data)
        common = {"failure": self._failure, "saved_at": self._saved_at, "locked": False}
        wrong = {name.partition(".")[0] for name in found}
        self._header.state = {**common, "answered": sum(name not in wrong for name in FIELDS)}
        cv = {"name": draft.cv.name, "size_bytes": draft.cv.size_bytes} if draft.cv else None
        self._fields.state = {**common, "problems": found, "asked": self._asked, "cv": cv}
        self._statements.state = {**common, "done": draft.self_assessed_at is not None}
        self._finish.state = {
            **common,
            "missing": missing(found),
            "self_assessed": draft.self_assessed_at is not None,
            "cv": bool(draft.cv),
            "packed": self._packed,
        }


def _last_saved(path: Path) -> str | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat() if path.is_file() else None


def open_application(folder: str = ".") -> ApplicationForm:
    """The application in `folder`; the first cell calls this.

    Raises:
        UsageError: what was saved cannot be read; IPython shows its one line without a traceback.
    """
    try:
        return ApplicationForm(Path(folder).resolve())
    except TalentpoolError as error:
        raise UsageError(escape(f"{error.message}. {error.tip}".strip(), quote=False)) from None
