"""An item as the applicant may see it. What is right is another type, on the grader's side."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from pathlib import PurePosixPath
from random import Random
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, JsonValue, PositiveInt, StringConstraints, field_validator, model_validator

from assessments.catalogue import TASK_TYPES

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Response = JsonValue
"""What an applicant answered in a slot, as it stands in `responses.json`; None is "not answered"."""

Shown = dict[str, Any]
"""What the page needs to show something; names that end in `_html` hold HTML that `assessments.text` made."""

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$")]
"""A file below source/<assessment>/; no part of its path begins with a dot."""

PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""How the name of a picture's file may end, and what browsers call such a picture."""

_SVG = re.compile(r"""\s*(<\?xml[^>]*>\s*)?<svg\b[^>]*\bxmlns=["']http://www\.w3\.org/2000/svg["']""")


class Record(BaseModel):
    """A frozen value that crosses modules; a field that it does not have is refused."""

    # built when first used: a command uses few of the models that it imports
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Figure(Record):
    """A picture or chart that belongs to a question: a file of the assessment, or SVG text that a template drew.

    Args:
        alt: the text alternative; it says what is to be seen without answering the question.
    """

    alt: Text
    file: FileName | None = None
    svg: str | None = None

    @field_validator("file")
    @classmethod
    def _is_picture(cls, file: str | None) -> str | None:
        if file is not None and PurePosixPath(file).suffix.lower() not in PICTURES:
            raise ValueError(f"must end in {', '.join(PICTURES)}")
        return file

    @field_validator("svg")
    @classmethod
    def _stands_alone(cls, svg: str | None) -> str | None:
        # browsers show nothing else as a picture
        if svg is not None and not _SVG.match(svg):
            raise ValueError('must begin with <svg xmlns="http://www.w3.org/2000/svg" …>')
        return svg

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.file is None) == (self.svg is None):
            raise ValueError("needs either file or svg")
        return self

    @property
    def media_type(self) -> str:
        """What sort of picture it is, as browsers call it."""
        return PICTURES[PurePosixPath(self.file or "drawn.svg").suffix.lower()]


class Item(Record, ABC):
    """One question: what is shown, and which responses are possible. One subclass per kind.

    The page's part is front/<kind>.js: it gets what `shown` says and gives back a response.
    """

    ALIASED: ClassVar[str] = ""
    """The field with names of the author's that are issued under aliases; "" where there are none."""

    id: Slug
    version: PositiveInt
    kind: str
    task_type: str
    skill: Slug
    prompt: Text
    figure: Figure | None = None

    @field_validator("task_type")
    @classmethod
    def _known_task_type(cls, value: str) -> str:
        if value not in TASK_TYPES:
            raise ValueError(f"is not in the task catalogue; allowed: {', '.join(TASK_TYPES)}")
        return value

    @property
    def task_types(self) -> tuple[str, ...]:
        """The rows of the task catalogue that it stands for; most items stand for one."""
        return (self.task_type,)

    @abstractmethod
    def problem(self, response: Response) -> str | None:
        """Why `response` cannot be an answer to this item, or None if it can."""

    @abstractmethod
    def shown(self) -> Shown:
        """What the page needs to show, beside prompt and figure, what to choose or fill in."""

    def reply(self, message: Shown, response: Response) -> Shown:
        """What the page is told when it asks something while the question is answered; most kinds are never asked.

        Args:
            response: the answer so far.
        """
        raise ValueError(f"{self.kind} items answer no questions")

    def question(self) -> str:
        """All that is shown of the item, as Markdown, for people who read responses."""
        return self.prompt

    def describe(self, response: Response) -> str:
        """The response in words that a grader can read, as plain text."""
        return "no answer" if response is None else json.dumps(response, ensure_ascii=False)

    def is_answered(self, response: Response) -> bool:
        """Whether nothing is left to do here."""
        return response is not None and self.problem(response) is None

    def shuffled(self, rng: Random) -> Self:
        """The same item with what may be reordered in another order."""
        return self
