"""`assignment`: one connected piece of work in five parts, each of which goes on from the earlier ones."""

import re
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PositiveInt, field_validator, model_validator

from assessments.catalogue import FAMILIES
from assessments.items import Item, OptionId, Record, Response, Shown, Text
from assessments.kinds.criteria import WEIGHTS
from assessments.text import render
from assessments.wordcount import MAX_CHARS, check_limits, count_words

POINTS = range(1, 6)
"""What an answer may get for a criterion."""

PARTS = {
    "prompt": "Write a prompt",
    "criteria": "Set your criteria",
    "evaluate": "Rate the answers",
    "justification": "Justify your evaluation",
    "ideal": "Write the ideal answer",
}
"""The five parts, with what is to be done in them."""

TEXTS = ("prompt", "justification", "ideal")
"""The parts that are one text."""

_ROW_ID = re.compile(r"c[1-9][0-9]{0,3}")
_FIELDS = {"prompt", "criteria", "ratings", "order", "justification", "ideal"}
MAX_ROWS = 20


class Words(Record):
    """How many words a text may have."""

    minimum: PositiveInt
    maximum: Annotated[PositiveInt, Field(le=2000)]

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("words", self.minimum, self.maximum)
        return self

    def allow(self, text: str) -> bool:
        """Whether a text has such a number of words."""
        return self.minimum <= count_words(text) <= self.maximum


class AssignmentItem(Item):
    """A prompt, criteria, ratings by these criteria, their justification, and the ideal answer.

    Response: `{"prompt", "criteria": [{"id", "text", "weight"}], "ratings": {answer: {criterion: 1 to 5}}, "order":
    [answers, best first], "justification", "ideal"}`. Parts that are not done yet are empty.

    Args:
        brief: the situation for which a prompt is to be written (Markdown).
        request: the prompt that the given answers answer, in the same situation (Markdown).
        answers: the answers to be rated (Markdown).
    """

    TASK_TYPES: ClassVar[tuple[str, ...]] = tuple(FAMILIES["multi-step"])

    ALIASED: ClassVar[str] = "answers"

    kind: Literal["assignment"]
    brief: Text
    request: Text
    answers: Annotated[dict[OptionId, Text], Field(min_length=2, max_length=4)]
    min_criteria: PositiveInt = 3
    max_criteria: Annotated[PositiveInt, Field(le=MAX_ROWS)] = 6
    criterion_words: Annotated[PositiveInt, Field(le=200)] = 30
    prompt_words: Words = Words(minimum=20, maximum=150)
    justification_words: Words = Words(minimum=50, maximum=250)
    ideal_words: Words = Words(minimum=50, maximum=300)

    @field_validator("task_type")
    @classmethod
    def _is_multi_step(cls, value: str) -> str:
        if value not in cls.TASK_TYPES:
            raise ValueError(f"found {value!r}, allowed {', '.join(cls.TASK_TYPES)}")
        return value

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("criteria", self.min_criteria, self.max_criteria)
        return self

    @property
    def task_types(self) -> tuple[str, ...]:
        """All five rows, whichever of them it was written for."""
        return self.TASK_TYPES

    def words(self, part: str) -> Words:
        """The limits of a part that is one text."""
        return {"prompt": self.prompt_words, "justification": self.justification_words, "ideal": self.ideal_words}[part]

    def problem(self, response: Response) -> str | None:
        if not isinstance(response, dict) or set(response) != _FIELDS:
            return f"the response must hold {', '.join(sorted(_FIELDS))}"
        if not all(_is_text(response[part]) for part in TEXTS):
            return f"the response must have texts of at most {MAX_CHARS:,} characters"
        if not _are_rows(response["criteria"]):
            return f"the response must have up to {MAX_ROWS} criteria with id, text, and a weight from 1 to 5"
        if not self._are_ratings(response["ratings"], {row["id"] for row in criteria_of(response)}):
            return "the response must rate answers by its own criteria, with whole numbers from 1 to 5"
        if response["order"] != [] and not self._is_order(response["order"]):
            return f"the response must have an order of {', '.join(self.answers)}, each once, or none"
        return None

    def done(self, response: Response) -> tuple[str, ...]:
        """The parts (of `PARTS`) that are complete and within their limits."""
        if response is None or self.problem(response):
            return ()
        given: Any = response
        rows = criteria_of(response)
        all_rated = all(len(given["ratings"].get(answer, {})) == len(rows) for answer in self.answers)
        complete = {
            **{part: self.words(part).allow(given[part]) for part in TEXTS},
            "criteria": self.min_criteria <= len(rows) <= self.max_criteria
            and all(Words(minimum=1, maximum=self.criterion_words).allow(row["text"]) for row in rows),
            "evaluate": bool(rows and given["order"]) and all_rated,
        }
        return tuple(part for part in PARTS if complete[part])

    def is_answered(self, response: Response) -> bool:
        return len(self.done(response)) == len(PARTS)

    def names(self) -> dict[str, str]:
        """What the applicant sees each answer called: by its place, which shuffling changes."""
        return {key: f"Answer {letter}" for key, letter in zip(self.answers, ascii_uppercase, strict=False)}

    def shown(self) -> Shown:
        names = self.names()
        return {
            "parts": [{"id": part, "title": title} for part, title in PARTS.items()],
            "brief_html": render(self.brief),
            "request_html": render(self.request),
            "answers": [
                {"id": key, "name": names[key], "text_html": render(text)} for key, text in self.answers.items()
            ],
            "points": [{"id": point, "text": str(point)} for point in POINTS],
            "weights": [*WEIGHTS],
            "min_criteria": self.min_criteria,
            "max_criteria": self.max_criteria,
            "criterion_words": self.criterion_words,
            "words": {part: self.words(part).model_dump() for part in TEXTS},
        }

    def question(self) -> str:
        names = self.names()
        answers = (f"**{names[key]}**\n\n{text}" for key, text in self.answers.items())
        return "\n\n".join([self.prompt, self.brief, f"**Request**\n\n{self.request}", *answers])

    def describe(self, response: Response) -> str:
        if response is None or self.problem(response):
            return super().describe(response)
        given: Any = response
        blocks = {
            **{part: given[part] for part in TEXTS},
            "criteria": _listed(response),
            "evaluate": self._rated(given),
        }
        return "\n\n".join(f"{title}:\n{blocks[part].strip() or '(nothing)'}" for part, title in PARTS.items())

    def _rated(self, given: Mapping[str, Any]) -> str:
        names, rows = self.names(), given["criteria"]
        lines = [
            f"{names[answer]}: " + ", ".join(f"{row['text']} {ratings.get(row['id'], '–')}" for row in rows)
            for answer in self.answers
            if (ratings := given["ratings"].get(answer))
        ]
        order = " > ".join(names[answer] for answer in given["order"])
        return "\n".join([*lines, *([f"Best first: {order}"] if order else [])])

    def _are_ratings(self, ratings: object, rows: set[str]) -> bool:
        return isinstance(ratings, dict) and all(
            answer in self.answers
            and isinstance(points, dict)
            and all(row in rows and type(point) is int and point in POINTS for row, point in points.items())
            for answer, points in ratings.items()
        )

    def _is_order(self, order: object) -> bool:
        return (
            isinstance(order, list)
            and all(isinstance(key, str) for key in order)
            and sorted(order) == sorted(self.answers)
        )


def criteria_of(response: Response) -> list[dict[str, Any]]:
    """The criteria of a response of which they are known to be some."""
    given: Any = response
    return [*given["criteria"]]


def _is_text(text: object) -> bool:
    return isinstance(text, str) and len(text) <= MAX_CHARS


def _are_rows(rows: object) -> bool:
    if not isinstance(rows, list) or len(rows) > MAX_ROWS or not all(map(_is_row, rows)):
        return False
    return len({row["id"] for row in rows}) == len(rows)


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and set(row) == {"id", "text", "weight"}
        and isinstance(row["id"], str)
        and _ROW_ID.fullmatch(row["id"]) is not None
        and _is_text(row["text"])
        and type(row["weight"]) is int
        and row["weight"] in WEIGHTS
    )


def _listed(response: Response) -> str:
    return "\n".join(f"- {row['text']} (weight {row['weight']})" for row in criteria_of(response))
