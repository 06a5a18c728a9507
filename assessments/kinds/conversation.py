"""`conversation`: turns of a dialogue are to be written."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from assessments.items import Item, OptionId, Record, Response, Shown, Text
from assessments.text import render
from assessments.wordcount import check_limits, length_problem


class Turn(Record):
    """What somebody says in a conversation, in Markdown."""

    role: OptionId
    text: Text


class ConversationItem(Item):
    """A dialogue. Response: the applicant's turns as `[{"role", "text"}]`, in their order.

    Args:
        roles: everybody who speaks, by name.
        writes: the roles that the applicant may write; all of them if left out.
        opening: turns that are given and stand before the applicant's.
        max_words: the limit for one turn.
    """

    kind: Literal["conversation"]
    roles: Annotated[dict[OptionId, Text], Field(min_length=1, max_length=4)]
    writes: tuple[OptionId, ...] = ()
    opening: tuple[Turn, ...] = ()
    min_turns: PositiveInt = 2
    max_turns: Annotated[int, Field(gt=0, le=30)] = 12
    max_words: Annotated[int, Field(gt=0, le=1000)] = 200

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_limits("turns", self.min_turns, self.max_turns)
        for role in (*self.writes, *(turn.role for turn in self.opening)):
            if role not in self.roles:
                raise ValueError(f"found the role {role!r}, allowed {', '.join(self.roles)}")
        return self

    @property
    def written(self) -> tuple[str, ...]:
        """The roles that the applicant may write."""
        return self.writes or tuple(self.roles)

    def problem(self, response: Response) -> str | None:
        if not isinstance(response, list) or not self.min_turns <= len(response) <= self.max_turns:
            found = f"; it has {len(response)}" if isinstance(response, list) else ""
            return f"the response must have {self.min_turns} to {self.max_turns} turns{found}"
        problems = (self._turn_problem(turn, f"in turn {number}") for number, turn in enumerate(response, start=1))
        return next(filter(None, problems), None)

    def _turn_problem(self, turn: Response, where: str) -> str | None:
        if not isinstance(turn, dict) or set(turn) != {"role", "text"} or turn["role"] not in [*self.written]:
            return f"the response must have a text and one of the roles {', '.join(self.written)} {where}"
        return length_problem(turn["text"], 1, self.max_words, where)

    def question(self) -> str:
        return "\n\n".join([self.prompt, *(f"**{self.roles[turn.role]}:** {turn.text}" for turn in self.opening)])

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, list):
            return super().describe(response)
        turns = (Turn.model_validate(turn) for turn in response)
        return "\n\n".join(f"{self.roles[turn.role]}: {turn.text}" for turn in turns)

    def shown(self) -> Shown:
        return {
            "roles": [{"id": role, "name": self.roles[role]} for role in self.written],
            "opening": [
                {"role": turn.role, "name": self.roles[turn.role], "text_html": render(turn.text)}
                for turn in self.opening
            ],
            "min_turns": self.min_turns,
            "max_turns": self.max_turns,
            "max_words": self.max_words,
        }
