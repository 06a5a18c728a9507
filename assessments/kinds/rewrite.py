"""`rewrite`: a draft is to be improved, and perhaps the changes explained."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from assessments.items import Item, Record, Response, Shown
from assessments.wordcount import MAX_CHARS, check_limits, length_problem

Draft = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARS)]


class Reasons(Record):
    """That the changes are to be explained too, and in how many words."""

    min_words: PositiveInt = 5
    max_words: PositiveInt = 200

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("words", self.min_words, self.max_words)
        return self


class RewriteItem(Item):
    """A draft, in plain text. Response: `text`, the applicant's version, and `reasons` where they are asked for."""

    kind: Literal["rewrite"]
    draft: Draft
    max_words: Annotated[int, Field(gt=0, le=2000)] = 600
    reasons: Reasons | None = None

    def problem(self, response: Response) -> str | None:
        wanted = {"text", "reasons"} if self.reasons else {"text"}
        if not isinstance(response, dict) or set(response) != wanted:
            return f"the response must have {' and '.join(sorted(wanted))}"
        if problem := length_problem(response["text"], 1, self.max_words, "in your version"):
            return problem
        if not self.reasons:
            return None
        return length_problem(response["reasons"], self.reasons.min_words, self.reasons.max_words, "as reasons")

    def is_answered(self, response: Response) -> bool:
        """Whether something was changed."""
        return self.problem(response) is None and not self.is_unchanged(response)

    def is_unchanged(self, response: Response) -> bool:
        """Whether a possible response is the draft, but for white space."""
        text = response.get("text") if isinstance(response, dict) else None
        return str(text).split() == self.draft.split()

    def question(self) -> str:
        return f"{self.prompt}\n\n**Draft**\n\n{self.draft}"

    def describe(self, response: Response) -> str:
        if not isinstance(response, dict):
            return super().describe(response)
        reasons = f"\n\nReasons:\n{response.get('reasons')}" if self.reasons else ""
        return f"{response.get('text')}{reasons}"

    def shown(self) -> Shown:
        return {
            "draft": self.draft,
            "max_words": self.max_words,
            "reasons": self.reasons and self.reasons.model_dump(),
        }
