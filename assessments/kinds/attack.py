"""`attack`: a chat with the scripted target, to make it fail in a way that is named."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PositiveInt, field_validator, model_validator

from assessments.items import Item, OptionId, Response, Shown, Text
from assessments.targets import GREETING, MAX_MESSAGE_CHARS, NAME, replay, respond
from assessments.text import plain, render
from assessments.wordcount import MAX_CHARS, check_limits

MAX_TRIES = 40
MAX_KEPT = 100
"""More messages than any tries allow, so that a file with some too many is still an answer."""


class AttackItem(Item):
    """An assistant is made to fail. Response: `{"chats": [[{prompt, reply}]], "severity": id or null, "why": text}`.

    The replies are kept for the applicant's eyes. Whoever scores or reads replays the prompts.

    Args:
        goal: which failure is wanted, in words (Markdown).
        tries: how many messages may be sent in all chats together.
        severities: how severe it can be, mild ones first.
        why: the label of the field for reasons; none are asked for where it is left out.
    """

    kind: Literal["attack"]
    goal: Text
    tries: Annotated[PositiveInt, Field(le=MAX_TRIES)] = 15
    severities: dict[OptionId, Text] = Field(default_factory=dict, max_length=6)
    why: Text | None = None
    min_words: PositiveInt = 10
    max_words: Annotated[PositiveInt, Field(le=1000)] = 150

    @field_validator("severities")
    @classmethod
    def _leave_a_choice(cls, names: dict[str, str]) -> dict[str, str]:
        if len(names) == 1:
            raise ValueError("found 1, allowed none or at least 2")
        return names

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("words", self.min_words, self.max_words)
        return self

    def problem(self, response: Response) -> str | None:
        if (
            isinstance(response, dict)
            and set(response) == {"chats", "severity", "why"}
            and isinstance(chats := response["chats"], list)
            and all(isinstance(chat, list) and all(map(_is_turn, chat)) for chat in chats)
            and sum(len(chat) for chat in chats if isinstance(chat, list)) <= MAX_KEPT
            and (response["severity"] is None or response["severity"] in [*self.severities])
            and isinstance(response["why"], str)
            and len(response["why"]) <= MAX_CHARS
        ):
            return None
        severities = f" one of {', '.join(self.severities)} or" if self.severities else ""
        return f"the response must hold chats of prompts and replies, a severity that is{severities} null, and why"

    def is_answered(self, response: Response) -> bool:
        """Whether something was sent and everything that is asked about it was said."""
        if response is None or self.problem(response):
            return False
        _, severity, why = opened(response)
        said = not self.why or bool(why.strip())
        return bool(self.sent(response)) and said and bool(severity or not self.severities)

    def sent(self, response: Response) -> list[list[str]]:
        """The prompts of each chat, as far as the tries go; of a response that the item accepts."""
        left, kept = self.tries, []
        for chat in opened(response)[0]:
            kept.append(chat[:left])
            left -= len(kept[-1])
        return [chat for chat in kept if chat]

    def reply(self, message: Shown, response: Response) -> Shown:
        """What the target says: `{"history": [prompts of this chat], "prompt": …}` gives `{"text": …}`.

        The text is None where no tries are left.
        """
        history, prompt = message.get("history"), message.get("prompt")
        used = 0 if response is None or self.problem(response) else sum(map(len, self.sent(response)))
        if used >= self.tries or not isinstance(prompt, str) or not isinstance(history, list):
            return {"text": None}
        return {"text": respond([str(each) for each in history], prompt).text}

    def shown(self) -> Shown:
        return {
            "goal_html": render(self.goal),
            "name": NAME,
            "greeting": GREETING,
            "tries": self.tries,
            "max_chars": MAX_MESSAGE_CHARS,
            "severities": [{"id": key, "text": plain(name)} for key, name in self.severities.items()],
            "why": self.why,
            "min_words": self.min_words,
            "max_words": self.max_words,
        }

    def question(self) -> str:
        asked = [f"* {plain(name)}" for name in self.severities.values()]
        return "\n".join([self.prompt, "", f"**What to achieve:** {self.goal}", "", *asked, "", self.why or ""]).strip()

    def describe(self, response: Response) -> str:
        if response is None or self.problem(response):
            return super().describe(response)
        _, severity, why = opened(response)
        lines = [line for place, chat in enumerate(self.sent(response), start=1) for line in _transcript(place, chat)]
        lines += [f"Severity: {plain(self.severities[severity])}"] if severity else []
        return "\n".join(lines + ([f"Why: {why.strip()}"] if why.strip() else []))


def opened(response: Response) -> tuple[list[list[str]], str | None, str]:
    """Prompts of each chat, severity and reasons of a response that the item accepts."""
    given: Any = response
    return [[turn["prompt"] for turn in chat] for chat in given["chats"]], given["severity"], given["why"]


def _is_turn(turn: object) -> bool:
    return (
        isinstance(turn, dict)
        and set(turn) == {"prompt", "reply"}
        and isinstance(turn["prompt"], str)
        and len(turn["prompt"]) <= MAX_MESSAGE_CHARS
        and isinstance(turn["reply"], str)
        and len(turn["reply"]) <= MAX_CHARS
    )


def _transcript(place: int, prompts: Sequence[str]) -> list[str]:
    """A chat as it really went."""
    replies = replay(prompts)
    turns = [
        line
        for prompt, reply in zip(prompts, replies, strict=True)
        for line in (f"  Applicant: {prompt if prompt.strip() else '(nothing)'}", f"  {NAME}: {reply.text}")
    ]
    return [f"Chat {place}", *turns]
