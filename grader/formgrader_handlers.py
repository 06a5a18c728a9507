"""nbgrader's formgrader, handler by handler, behind one guard.

nbgrader leaves no hook around its handlers. So each is subclassed here, in one place, and those that would run, hand
out or serve what applicants wrote are replaced.
"""

import json
import secrets
from pathlib import Path
from typing import Any

from nbgrader.server_extensions.formgrader import apihandlers, handlers
from nbgrader.server_extensions.formgrader.base import BaseApiHandler, BaseHandler, check_xsrf
from tornado import web

from assessments.errors import TalentpoolError
from grader.feedback import write_feedback
from grader.formgrader_page import PageExporter

COURSE = "talentpool_course"
"""The setting of the server that holds the CourseFolder."""
POLICY = {
    "default-src": "'none'",
    # nbgrader's tables have scripts in the page; of an applicant's they show nothing but names, as text
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

SANDBOXED = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For what is no page: data and files, should a browser show them as one all the same."""


def policy(script_src: str = POLICY["script-src"]) -> str:
    """The Content-Security-Policy of a page."""
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "script-src": script_src}.items())


class Guard:
    """Around each handler: one course and no other, errors in one line, a gradebook that is read anew."""

    @property
    def content_security_policy(self) -> str:
        return SANDBOXED if isinstance(self, (BaseApiHandler, SubmissionFile)) else policy()

    async def prepare(self: Any) -> None:
        await super().prepare()  # type: ignore[misc]
        root = self.settings[COURSE].root
        # nbgrader would run the nbgrader_config.py of the folder that `path` names
        if any(given and (root / given).resolve() != root for given in self.get_arguments("path")):
            raise web.HTTPError(403, f"this formgrader serves the course {root} and no other folder; leave out path=")

    def write_error(self: Any, status_code: int, **named: Any) -> None:
        error = (named.get("exc_info") or (None, None))[1]
        text = "internal error, see the server's messages"
        if isinstance(error, TalentpoolError):
            text = error.message
        elif isinstance(error, web.HTTPError):
            text = (error.log_message or "") % error.args
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {text or self._reason}\n")

    def on_finish(self: Any) -> None:
        # one session serves all requests, and would go on showing what it once read
        if book := self.settings["nbgrader_gradebook"]:
            book.db.rollback()


class Front(BaseHandler):  # type: ignore[misc]
    """The first page; nbgrader's own initialises itself anew here."""

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    def get(self) -> None:
        self.redirect(f"{self.base_url}/formgrader/manage_assignments")


class Submission(handlers.SubmissionHandler):  # type: ignore[misc]
    """The page on which one notebook is scored: cleaned, and no script in it but those with this answer's nonce."""

    @property
    def exporter(self) -> PageExporter:
        nonce = secrets.token_urlsafe(16)
        self.set_header("Content-Security-Policy", policy(script_src=f"'nonce-{nonce}'"))
        return PageExporter(nonce)


class SubmissionFile(handlers.SubmissionFilesHandler):  # type: ignore[misc]
    """A file of a submission, to be saved and never to be opened in this server's name."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", "attachment")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Only what really lies in the folder of that submission: no link leads out of it."""
        student, assignment = self._whose()
        steps = (self.coursedir.autograded_directory, student, assignment)
        folder = Path(self.coursedir.format_path(*steps)).resolve()
        if not Path(absolute_path).resolve().is_relative_to(folder):
            raise web.HTTPError(403, "this file does not lie in the submission")
        return str(super().validate_absolute_path(root, absolute_path))

    def _whose(self) -> tuple[str, str]:
        found = self.gradebook.find_submission_notebook_by_id(self.path_args[0].split("/")[0])
        return found.student.id, found.assignment.assignment.name


class Told(BaseApiHandler):  # type: ignore[misc]
    """An answer that nbgrader's pages show in a box."""

    def tell(self, text: str, *, done: bool) -> None:
        self.write(json.dumps({"success": done, "log": text}))


class Autograde(Told):
    """Refused: nbgrader would run an applicant's code in this process."""

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    def post(self, assignment_id: str, student_id: str) -> None:
        self.tell(
            "Nothing was run: this server does not run applicants' code. Grade it in the sandbox, in a terminal: "
            f"talentpool grade {assignment_id}",
            done=False,
        )


class Feedback(Told):
    """The pages of `talentpool feedback`, instead of nbgrader's."""

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    def post(self, assignment_id: str, student_id: str | None = None) -> None:
        try:
            written = write_feedback(self.settings[COURSE], assignment_id, student_id)
        except TalentpoolError as error:
            self.tell(error.message, done=False)
        else:
            self.tell("\n".join(written.lines()), done=not written.problems)


class ReleaseFeedback(Told):
    """Refused: what lies in feedback/ may have been written by nbgrader, with hidden tests and scripts in it."""

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    def post(self, assignment_id: str, student_id: str | None = None) -> None:
        self.tell(
            "Nothing was released. Write the pages with Generate Feedback and hand them out from the folder feedback/, "
            f"or, with an exchange, in a terminal: nbgrader release_feedback {assignment_id}",
            done=False,
        )


class NoNotebooks(BaseHandler):  # type: ignore[misc]
    """Where nbgrader's pages lead to JupyterLab: this server opens nothing that could run."""

    @web.authenticated
    def get(self) -> None:
        raise web.HTTPError(404, "this server opens no notebooks and no terminals; use JupyterLab, for your own files")


REPLACED = {
    handlers.FormgraderHandler: Front,
    handlers.SubmissionHandler: Submission,
    handlers.SubmissionFilesHandler: SubmissionFile,
    apihandlers.AutogradeHandler: Autograde,
    apihandlers.GenerateFeedbackHandler: Feedback,
    apihandlers.GenerateAllFeedbackHandler: Feedback,
    apihandlers.ReleaseFeedbackHandler: ReleaseFeedback,
    apihandlers.ReleaseAllFeedbackHandler: ReleaseFeedback,
}


def guarded_handlers() -> list[tuple[Any, ...]]:
    """All of nbgrader's handlers with their patterns, guarded, and some of them replaced."""
    static = (r"/formgrader/static/(.*)", web.StaticFileHandler, {"path": handlers.static_path})
    listed = [
        (pattern, _guarded(REPLACED.get(handler, handler)), *rest)
        for pattern, handler, *rest in [*handlers.default_handlers, *apihandlers.default_handlers]
        if issubclass(handler, BaseHandler)
    ]
    elsewhere = (r"/(?:edit|lab|notebooks|terminals|tree)(?:/.*)?", _guarded(NoNotebooks))
    return [*listed, static, elsewhere, (r"/formgrader/.*", _guarded(handlers.Template404))]


def _guarded(handler: type) -> type:
    return type(handler.__name__, (Guard, handler), {})
