"""What a module's notebook shows: header, a part per section, the end. The notebook calls nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path

from IPython.core.error import UsageError

from assessments import page
from assessments.clock import every
from assessments.errors import BundleError
from assessments.handin import Handover, handed_in, lock
from assessments.items import Response, Shown
from assessments.learning.module import Exercise, Section, read_module
from assessments.learning.progress import PATIENCE, ProgressFile
from assessments.saving import write_atomically
from assessments.text import render

REFRESH_SECONDS = 5


class Lesson:
    """One module in the folder where it lies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.module = read_module(folder)
        self.progress = ProgressFile(folder, self.module)
        self._numbers = {exercise: number for number, exercise in enumerate(self.module.exercises, start=1)}
        self._states: list[tuple[page.Part, Callable[[], Shown]]] = []

    def header(self) -> page.Part:
        """Title, how long it takes, how much is done."""
        every(REFRESH_SECONDS, self._refresh)
        header = self._kept(page.part("header", spec=self.module.heading()), self._header_state)
        header.answer(lambda _ping: {})
        return header

    def section(self, number: int) -> page.Part:
        """A section, counted from 1; it opens when all exercises before it are right."""
        section = self.module.sections[number - 1]
        spec: Shown = {"number": number, "text_html": render(section.text), "exercise": self._exercise(section)}
        exercise = section.exercise
        part = page.part("section", spec=spec)
        if exercise:
            name = exercise.item.id
            part.value = self.progress.current.of(name).value
            part.observe(lambda change: self._save(name, change["new"]), "value")
            part.answer(partial(self._reply, exercise))
        return self._kept(part, lambda: self._section_state(number, exercise))

    def finish(self) -> page.Part:
        """The end, which opens when every exercise is right."""
        part = page.part("completed", spec={"recorded": self.module.applicant_id is not None})
        part.answer(self._complete)
        return self._kept(part, self._finish_state)

    def is_open(self, number: int) -> bool:
        """Whether all exercises before a section are right."""
        before = (section.exercise for section in self.module.sections[: number - 1])
        return all(self.progress.current.of(exercise.item.id).right for exercise in before if exercise)

    def _exercise(self, section: Section) -> Shown | None:
        if section.exercise is None:
            return None
        item = section.exercise.item
        return {
            "number": self._numbers[item.id],
            "total": len(self._numbers),
            "kind": item.kind,
            "prompt_html": render(item.prompt),
            "item": item.shown(),
        }

    def _save(self, name: str, value: Response) -> None:
        tried = self.progress.current.of(name)
        if not tried.right:
            self.progress.keep(name, tried.model_copy(update={"value": value}))

    def _reply(self, exercise: Exercise, message: Shown) -> Shown:
        tried = self.progress.current.of(exercise.item.id)
        if not message.get("check"):
            return exercise.item.reply(message, tried.value)
        if not exercise.item.is_answered(tried.value):
            return {"unanswered": True}
        self.progress.keep(exercise.item.id, tried.after(right=exercise.accepts(tried.value)))
        self._refresh()
        return {"unanswered": False}

    def _complete(self, _message: Shown) -> Shown:
        """Keep that it is finished, and lay what is to be sent beside the folder."""
        if self.is_open(len(self.module.sections) + 1) and handed_in(self._folder) is None:
            now = datetime.now(UTC)
            self.progress.finish(now)
            if self.progress.flush() and not self.progress.failure and self.module.applicant_id:
                self._pack(self.module.applicant_id, now)
        self._refresh()
        return {}

    def _pack(self, applicant_id: str, now: datetime) -> None:
        name = f"{self.module.name}-{applicant_id}-finished.json"
        try:
            write_atomically(self._folder.parent / name, self.progress.path.read_bytes())
            lock(self._folder, Handover(at=now, sha256="", file=name))
        except OSError as error:
            self.progress.failure = error.strerror or "the disk did not take it"

    def _kept(self, part: page.Part, state: Callable[[], Shown]) -> page.Part:
        """The part with its state, from now on kept current."""
        self._states.append((part, state))
        part.state = state()
        return part

    def _refresh(self) -> None:
        for part, state in self._states:
            part.state = state()

    def _header_state(self) -> Shown:
        done = sum(self.progress.current.of(name).right for name in self._numbers)
        saved_at = self.progress.saved_at.isoformat() if self.progress.current.exercises else None
        return {"answered": done, "saved_at": saved_at, "failure": self.progress.failure, "locked": False}

    def _section_state(self, number: int, exercise: Exercise | None) -> Shown:
        told = self._told(exercise) if exercise else {}
        return {"open": self.is_open(number), "locked": told.get("verdict") == "right", "told": told}

    def _told(self, exercise: Exercise) -> Shown:
        """What is said of the answer that was checked last."""
        tried = self.progress.current.of(exercise.item.id)
        if tried.right:
            return {"verdict": "right", "text_html": render(exercise.right)}
        if not tried.wrong:
            return {}
        if tried.wrong < PATIENCE:
            return {"verdict": "not-yet", "text_html": render(exercise.not_yet)}
        return {"verdict": "explained", "text_html": render(exercise.explanation)}

    def _finish_state(self) -> Shown:
        return {
            "open": self.is_open(len(self.module.sections) + 1),
            "locked": False,
            "failure": self.progress.failure,
            "finished": self.progress.current.finished_at is not None,
            "handed_in": handed_in(self._folder),
        }


_current: list[Lesson] = []


def open_module(folder: str = ".") -> Lesson:
    """The module that lies in `folder`; the first cell calls this.

    Raises:
        UsageError: it cannot be read; IPython shows its one line without a traceback.
    """
    for earlier in _current:
        # what was answered before the page was reloaded may still be on its way to the disk
        earlier.progress.flush()
    try:
        _current[:] = [Lesson(Path(folder).resolve())]
    except BundleError as error:
        raise UsageError(escape(f"{error.message}. {error.tip}".strip(), quote=False)) from None
    return _current[0]
