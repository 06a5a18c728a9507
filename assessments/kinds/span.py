"""`span`: mark passages of a text, each with what is wrong and how badly."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, PositiveInt, field_validator

from assessments.items import Item, OptionId, Response, Shown, Text
from assessments.text import plain, quoted

Names = Mapping[OptionId, Text]

# scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, Han
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SIGNS = "".join(chr(code) for code in range(0x0E00, 0x1800) if unicodedata.category(chr(code)).startswith("M"))
_WORD = re.compile(rf"[{_UNSPACED}][{_SIGNS}]*|[^\s{_UNSPACED}]+")


class Span(NamedTuple):
    """A marked passage: offsets in code points, the end exclusive."""

    start: int
    end: int
    label: str
    severity: str | None


class SpanItem(Item):
    """Passages of a text are marked. Response: `{"verdict": id or null, "spans": [{start, end, label, severity}]}`.

    No spans say that there is nothing to mark. A verdict is given if there are verdicts, a severity if there are any.

    Args:
        text: plain text; its lines stay as they are.
        labels: the kinds of error.
        severities: how bad it is, mild ones first.
        verdicts: judgements of the text as a whole.
        code: the text is a program, in letters of one width.
    """

    kind: Literal["span"]
    text: Text
    labels: Annotated[Names, Field(min_length=1, max_length=12)]
    severities: Names = Field(default_factory=dict, max_length=6)
    verdicts: Names = Field(default_factory=dict, max_length=6)
    max_spans: Annotated[PositiveInt, Field(le=50)] = 20
    code: bool = False

    @field_validator("severities", "verdicts")
    @classmethod
    def _leave_a_choice(cls, names: Names) -> Names:
        if len(names) == 1:
            raise ValueError("found 1, allowed none or at least 2")
        return names

    def problem(self, response: Response) -> str | None:
        if isinstance(response, dict) and set(response) == {"verdict", "spans"}:
            spans = response["spans"]
            if _is_one_of(response["verdict"], self.verdicts) and isinstance(spans, list) and self._are_marks(spans):
                return None
        return f"the response must give a verdict and up to {self.max_spans} different spans of the text, with labels"

    def question(self) -> str:
        labels = (f"* {label}" for label in self.labels.values())
        return "\n".join([self.prompt, "", quoted(self.text), "", *labels])

    def describe(self, response: Response) -> str:
        if self.problem(response):
            return super().describe(response)
        verdict, spans = opened(response)
        lines = [plain(self.verdicts[verdict])] if verdict else []
        lines += [f"- “{self.text[span.start : span.end]}”: {self._named(span)}" for span in spans]
        return "\n".join(lines if spans else [*lines, "nothing marked"])

    def shown(self) -> Shown:
        return {
            "text": self.text,
            "words": words(self.text),
            "labels": _shown(self.labels),
            "severities": _shown(self.severities),
            "verdicts": _shown(self.verdicts),
            "max_spans": self.max_spans,
            "code": self.code,
        }

    def _are_marks(self, spans: Sequence[Any]) -> bool:
        fields = set(Span._fields)
        if len(spans) > self.max_spans or not all(isinstance(span, dict) and set(span) == fields for span in spans):
            return False
        marks = [Span(**span) for span in spans]
        return all(map(self._is_mark, marks)) and len({mark[:3] for mark in marks}) == len(marks)

    def _is_mark(self, span: Span) -> bool:
        return (
            type(span.start) is type(span.end) is int
            and 0 <= span.start < span.end <= len(self.text)
            and not self.text[span.start : span.end].isspace()
            and _is_one_of(span.label, self.labels)
            and _is_one_of(span.severity, self.severities)
        )

    def _named(self, span: Span) -> str:
        names = [self.labels[span.label], *([self.severities[span.severity]] if span.severity else [])]
        return ", ".join(map(plain, names))


def opened(response: Response) -> tuple[str | None, tuple[Span, ...]]:
    """Verdict and spans of a response that the item accepts, the spans as they stand in the text."""
    given: Any = response
    return given["verdict"], tuple(sorted((Span(**span) for span in given["spans"]), key=lambda span: span[:3]))


def words(text: str) -> list[tuple[int, int]]:
    """Where each word starts and ends, in code points: what stands between white space, punctuation included.

    In scripts without spaces every character is a word.
    """
    return [match.span() for match in _WORD.finditer(text)]


def _is_one_of(value: Any, names: Names) -> bool:
    return isinstance(value, str) and value in names if names else value is None


def _shown(names: Names) -> list[Shown]:
    return [{"id": key, "text": plain(name)} for key, name in names.items()]
