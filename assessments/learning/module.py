"""A module as it lies in a folder: sections to read, exercises that must be right before going on, what is right."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PositiveInt, SerializeAsAny, ValidationError, field_validator

from assessments.errors import BundleError
from assessments.items import Item, Record, Response, Shown, Slug, Text
from assessments.kinds.span import opened
from assessments.packet import ApplicantId, item_by_kind
from assessments.problems import first_problem

MODULE_FILE = "module.json"
Room = tuple[int, int]
"""From where to where a mark may reach, in code points."""


class Exercise(Record):
    """A question with what is right; modules are public, so nothing of it is secret.

    Args:
        answer: a right answer.
        rooms: for a span item, how far a mark may reach around each passage of the answer, in its order.
        right: why it is right (Markdown), for whoever found it.
        not_yet: what to look at again (Markdown), for whoever did not.
        explanation: the right answer and why it is right (Markdown), shown after several wrong ones.
    """

    item: SerializeAsAny[Item]
    answer: Response
    rooms: tuple[Room, ...] = ()
    right: Text
    not_yet: Text
    explanation: Text

    @field_validator("item", mode="before")
    @classmethod
    def _by_kind(cls, value: Any) -> Any:
        return item_by_kind(value)

    def accepts(self, response: Response) -> bool:
        """Whether an answer that the item takes is right."""
        if self.item.kind == "span":
            return self._marks_fit(response)
        return response == self.answer

    def _marks_fit(self, response: Response) -> bool:
        """Each passage marked once: a mark touches what is meant, and reaches no further than its room."""
        verdict, marks = opened(response)
        wanted, passages = opened(self.answer)
        return (
            verdict == wanted
            and len(marks) == len(passages)
            and all(
                (mark.label, mark.severity) == (meant.label, meant.severity)
                and mark.start < meant.end
                and meant.start < mark.end
                and start <= mark.start
                and mark.end <= end
                for mark, meant, (start, end) in zip(marks, passages, self.rooms, strict=True)
            )
        )


class Section(Record):
    """Something to read (Markdown), and at most one exercise about it."""

    text: Text
    exercise: Exercise | None = None


class Module(Record):
    """A module as somebody gets it.

    Args:
        version: says which wording of the module it is.
        minutes: what most people need for it.
        applicant_id: whose it is; None where nothing is to be recorded.
        ticket: shows the grader's side that it handed this module to this person.
    """

    format: Annotated[int, Field(ge=1, le=1)] = 1
    name: Slug
    version: str
    title: Text
    summary: Text
    minutes: PositiveInt
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    applicant_id: ApplicantId | None = None
    ticket: str = ""

    @property
    def exercises(self) -> dict[str, Exercise]:
        """All of them by id, in their order."""
        return {each.exercise.item.id: each.exercise for each in self.sections if each.exercise}

    @property
    def size(self) -> str:
        """How much it is, in words, for whoever is about to begin."""
        count = len(self.exercises)
        return f"about {self.minutes} minutes, {count} exercise{'' if count == 1 else 's'}"

    def heading(self) -> Shown:
        """What the bar on top shows; as in practice, nothing counts and there is no time limit."""
        return {
            "title": self.title,
            "total": len(self.exercises),
            "due_at": None,
            "extra": f"takes about {self.minutes} minutes",
            "practice": True,
            "keys": False,
            "guideline_html": "",
        }


def read_module(folder: Path) -> Module:
    """The module that lies in a folder.

    Raises:
        BundleError: there is none, or it cannot be read.
    """
    path = folder / MODULE_FILE
    try:
        return Module.model_validate_json(path.read_bytes())
    except OSError:
        raise BundleError(f"{MODULE_FILE} is missing in {folder}", tip="Unpack the whole bundle again.") from None
    except ValidationError as error:
        raise BundleError(f"{path} cannot be read: {first_problem(error)}") from None
