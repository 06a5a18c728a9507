"""The head of a bank: what the assessment is, and its slots."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from assessments.items import FileName, Record, Slug, Text

Difficulty = Literal["easy", "medium", "hard"]


class Slot(Record):
    """A numbered place in the notebook, and which items may fill it.

    Args:
        items: the ids of its items. A slot without them is free: any item may fill it that has the slot's skill (and
            difficulty, if one is given) and that no slot names.
    """

    id: Slug
    skill: Slug
    points: PositiveFloat
    items: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = None
    difficulty: Difficulty | None = None

    @model_validator(mode="after")
    def _names_items_or_not(self) -> Self:
        if self.items and self.difficulty:
            raise ValueError("has items and a difficulty, allowed is one of them")
        return self


class Blueprint(Record):
    """The head of a bank.

    Args:
        repeat_items: whether a later attempt may bring an item again where nothing else is left.
        practice: to learn from: its keys are public, and nothing of it is issued or graded.
        public: whether anybody can read its items and keys, as those of the starter assessments.
        guideline: what the work has to follow, as a project would give it to its members (Markdown).
    """

    title: Text
    audience: Text
    minutes: PositiveInt
    cut_score: Annotated[float, Field(gt=0, le=1)]
    points: PositiveFloat
    instructions: Text
    guideline: str = ""
    files: tuple[FileName, ...] = ()
    repeat_items: bool = False
    practice: bool = False
    public: bool = False
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]

    @property
    def named_items(self) -> list[str]:
        """The ids that slots name, as often as they do."""
        return [item_id for slot in self.slots for item_id in slot.items or ()]
