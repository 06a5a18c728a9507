"""Writes feedback/<student>/<assignment>/<notebook>.html: what was handed in, scores and comments, and no secret."""

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from nbconvert.filters.ansi import strip_ansi
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

from assessments.console import shown
from assessments.errors import BundleError, UsageError
from assessments.saving import write_atomically
from grader.folder import CourseFolder
from grader.shown import code_html, markdown_html, read_shown

TEMPLATE = "feedback.html"
KEPT_FOR_RELEASE = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader's release_feedback reads beside the pages."""
_ERRORS = {name for name, thing in vars(builtins).items() if isinstance(thing, type) and issubclass(thing, Exception)}


class Part(NamedTuple):
    """One cell of a page."""

    grade_id: str
    title: str
    source: Markup | None
    outputs: list[Markup | str]
    score: float | None = None
    max_score: float = 0
    pending: bool = False
    comment: Markup | None = None


class Written(NamedTuple):
    """What came of writing: the pages, and a line for each notebook that no page could be made of."""

    pages: list[Path]
    problems: list[str]

    def lines(self) -> list[str]:
        """The same for people."""
        lines = [f"wrote {shown(page)}" for page in self.pages] + [f"no feedback for {line}" for line in self.problems]
        return lines or ["nothing to write: no graded notebook was found; run talentpool grade first"]


class Paper:
    """What the author wrote in one notebook, as it may be shown.

    Args:
        notebook: nbgrader's row of it.
        app: knows the course's delimiters of hidden tests and mark schemes.
    """

    def __init__(self, notebook: Any, app: Any) -> None:
        self._clearers = [kind(parent=app, enforce_metadata=False) for kind in (ClearHiddenTests, ClearMarkScheme)]
        sources = {cell.name: cell.source or "" for cell in notebook.source_cells}
        self.locked = {cell.name: sources[cell.name] for cell in notebook.source_cells if cell.locked}
        self.hides = any(self._public(source) != source for source in sources.values())

    def text(self, name: str, handed_in: str) -> str:
        """The source of a cell to show: as it was released, or as it was handed in where that was to be written."""
        return self._public(self.locked.get(name, handed_in))

    def _public(self, source: str) -> str:
        """What is left without hidden regions; nothing at all if one has no end."""
        cell = new_markdown_cell(source)
        try:
            for clearer in self._clearers:
                cell, _ = clearer.preprocess_cell(cell, {}, 0)
        except RuntimeError:
            return ""
        return str(cell.source)


def write_feedback(course: CourseFolder, assignment: str | None = None, student: str | None = None) -> Written:
    """Write the pages of everything that was graded.

    Raises:
        UsageError: no such assignment or student.
    """
    app = course.nbgrader()
    written = Written([], [])
    with Gradebook(app.coursedir.db_url, app.coursedir.course_id) as book:
        known = [row.name for row in book.assignments]
        _require("assessment", assignment, known)
        _require("student", student, [row.id for row in book.students])
        for name in [assignment] if assignment else sorted(known):
            for submission in book.assignment_submissions(name):
                if student in (None, submission.student.id):
                    _write_submission(submission, app, written)
    return written


def _require(what: str, name: str | None, known: list[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"unknown {what} {name!r}; the gradebook has: {', '.join(sorted(known)) or 'none'}")


def _write_submission(submission: Any, app: Any, written: Written) -> None:
    student, assignment = submission.student.id, submission.assignment.name
    steps = (app.coursedir.autograded_directory, app.coursedir.feedback_directory)
    graded, target = (Path(app.coursedir.format_path(step, student, assignment)) for step in steps)
    for notebook in submission.notebooks:
        source, page = graded / f"{notebook.name}.ipynb", target / f"{notebook.name}.html"
        if not source.is_file():
            continue
        try:
            _write(page, _page(notebook, source, Paper(notebook.notebook, app)).encode())
            for name in KEPT_FOR_RELEASE:
                if (graded / name).is_file():
                    _write(target / name, (graded / name).read_bytes())
        except (OSError, BundleError) as error:
            written.problems.append(f"{student} {assignment}: {error}")
        else:
            written.pages.append(page)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
    path.chmod(0o644)


def _page(notebook: Any, source: Path, paper: Paper) -> str:
    environment = Environment(loader=PackageLoader("grader", "templates"), autoescape=select_autoescape())
    environment.filters["points"] = lambda value: f"{round(value, 2):g}"
    penalty = notebook.late_submission_penalty or 0
    return environment.get_template(TEMPLATE).render(
        name=notebook.name,
        assignment=notebook.assignment.assignment.name,
        student=notebook.student.id,
        score=notebook.score - penalty,
        max_score=notebook.max_score,
        penalty=penalty,
        hides=paper.hides,
        cells=list(_cells(notebook, source, paper)),
    )


def _cells(notebook: Any, source: Path, paper: Paper) -> Iterator[Part]:
    """The cells that have something to show, in their order."""
    grades = {grade.name: grade for grade in notebook.grades}
    comments = {comment.name: comment.comment for comment in notebook.comments}
    content = read_shown(source)
    lexer = content.metadata.language_info.pygments_lexer
    for cell in content.cells:
        own = cell.metadata.get("nbgrader", {})
        name = own.get("grade_id", "")
        grade, comment = grades.get(name), comments.get(name)
        text = paper.text(name, cell.source)
        folded = name in paper.locked and cell.metadata.jupyter.source_hidden
        part = Part(
            grade_id=name,
            title="Question" if folded and grade else _title(own),
            source=None if folded or not text.strip() else _source(cell, text, lexer, source.parent),
            outputs=list(_outputs(cell, grade, paper.hides)) if cell.cell_type == "code" else [],
            score=grade.score if grade else None,
            max_score=grade.max_score if grade else 0,
            pending=bool(grade and grade.needs_manual_grade),
            comment=markdown_html(comment, {}, source.parent) if comment else None,
        )
        if part.source or part.outputs or part.comment or grade:
            yield part


def _title(own: Any) -> str:
    if own.get("task"):
        return "Task"
    if own.get("solution"):
        return "Answer"
    return "Test" if own.get("grade") else ""


def _source(cell: Any, text: str, lexer: str, folder: Path) -> Markup:
    if cell.cell_type == "code":
        return code_html(text, lexer)
    return markdown_html(text, cell.get("attachments", {}), folder)


def _outputs(cell: Any, grade: Any, hides: bool) -> Iterator[Markup | str]:
    """HTML and pictures as Markup, everything else as text.

    Where the notebook hides tests, only whether a test passed: whatever ran beside them may have read and printed them.
    """
    own = cell.metadata.get("nbgrader", {})
    if hides:
        if grade and own.get("grade") and not own.get("solution"):
            yield _verdict(cell, grade)
        return
    for output in cell.outputs:
        if output.output_type == "stream":
            yield strip_ansi(output.text)
        elif output.output_type == "error":
            yield strip_ansi("\n".join(output.traceback))
        else:
            yield from _display(output.data, points=bool(own.get("grade")))


def _display(data: Any, points: bool) -> Iterator[Markup | str]:
    """One output; a number that is a grade cell's points stands in its heading already."""
    for kind, value in data.items():
        if kind == "text/html":
            # cleaned when it was read
            yield Markup(value)
        elif kind == "text/plain":
            if not (points and _is_number(value)):
                yield strip_ansi(value)
        else:
            yield Markup('<img alt="" src="data:{};base64,{}">').format(kind, value)


def _verdict(cell: Any, grade: Any) -> str:
    if grade.score >= grade.max_score:
        return "Test passed."
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    if errors:
        # a name that an applicant made up might spell out a hidden test
        return f"Test failed: {errors[0] if errors[0] in _ERRORS else 'another error'}"
    return "Test passed in part." if grade.score > 0 else "Test failed."


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
