"""What is wrong with an answer that applicants are given: how one sees that they found it, mended it or repeated it."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from assessments.items import Record, Text
from grader.scoring.checks import Finding, TextCheck


class Weakness(Record):
    """Something that is wrong with a given answer.

    Args:
        says: what it is, in plain words; people who review read it.
        named: a justification that has one of these phrases has found it.
        mended: an ideal answer that has one of these phrases has it right; empty where there is nothing to add.
        error: an ideal answer must have none of these phrases.
    """

    says: Text
    named: Annotated[tuple[Text, ...], Field(min_length=1)]
    mended: tuple[Text, ...] = ()
    error: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _can_be_looked_for(self) -> Self:
        for phrases in filter(None, (self.named, self.mended, self.error)):
            TextCheck(says=self.says, any=phrases)
        return self

    def is_named(self, text: str) -> bool:
        """Whether a justification found it."""
        return _holds(text, self.named)

    def is_mended(self, text: str) -> bool:
        """Whether an ideal answer has it right."""
        return bool(self.mended) and _holds(text, self.mended)

    def is_repeated(self, text: str) -> bool:
        """Whether an ideal answer makes the same error."""
        return bool(self.error) and not TextCheck(says=self.says, none=self.error).holds({"text": text})


def naming(weaknesses: Sequence[Weakness], text: str) -> list[Finding]:
    """What a justification found."""
    return [Finding(says=f"names: {each.says}", holds=each.is_named(text)) for each in weaknesses]


def mending(weaknesses: Sequence[Weakness], text: str) -> list[Finding]:
    """What an ideal answer has right, and the errors that it does not repeat, which earn nothing."""
    errors = [each for each in weaknesses if each.error]
    return [
        *(Finding(says=f"mends: {each.says}", holds=each.is_mended(text)) for each in weaknesses if each.mended),
        *(Finding(says=f"no more: {each.says}", holds=not each.is_repeated(text), earns=False) for each in errors),
    ]


def mended_share(weaknesses: Sequence[Weakness], justification: str, ideal: str) -> float:
    """Of what a justification found and can be mended, how much the ideal answer mends, 0 to 1.

    Nothing if it found nothing, or if the ideal answer repeats an error.
    """
    found = [each.is_mended(ideal) for each in weaknesses if each.mended and each.is_named(justification)]
    if not found or any(each.is_repeated(ideal) for each in weaknesses):
        return 0.0
    return sum(found) / len(found)


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    return TextCheck(says="one of them", any=phrases).holds({"text": text})
