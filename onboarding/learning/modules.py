"""Reads modules (`modules/<name>.toml`): a practice bank whose questions stand between sections to read."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Annotated, Any

from pydantic import Field, ValidationError

from assessments.errors import UsageError
from assessments.items import Record, Text
from assessments.kinds.span import SpanItem, words
from assessments.learning.module import Exercise, Module, Room, Section
from grader.bank import Bank, parse_bank
from grader.effort import effort
from grader.entries import BankItem, readable
from grader.errors import BankError
from grader.explanation import explanation
from grader.scoring.passages import find_passage
from grader.scoring.span import SpanKey
from onboarding.learning.titles import FOLDER, module_names

TIP = "The format is described in docs/how-to/modules.md."
_ITEM = {"version": 1, "task_type": "skill", "difficulty": "medium"}
"""What an exercise need not say of itself."""
KINDS = ("choice", "multiple", "label", "comparison", "rating", "ranking", "ordering", "step", "span")
"""Kinds whose right answer is one answer, so that the applicant's machine can tell it."""


class WrittenSection(Record):
    """A section as its author wrote it; the exercise is an item of a bank, with `not_yet` beside it."""

    text: Text
    exercise: dict[str, Any] | None = None


class Head(Record):
    """A module as its author wrote it.

    Args:
        summary: what somebody knows or can do afterwards.
        sources: where its facts can be looked up.
    """

    title: Text
    summary: Text
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    sections: Annotated[tuple[WrittenSection, ...], Field(min_length=1)]


class WrittenModule(Record):
    """A module with its questions and keys, both of them public.

    Args:
        bank: the exercises as a practice bank, in which every answer must be right.
        not_yet: for each exercise, what to look at again after a wrong answer.
    """

    name: str
    head: Head
    bank: Bank
    not_yet: Mapping[str, str]

    @property
    def minutes(self) -> int:
        """What most people need, by the same estimate as for assessments."""
        return effort(self.bank).minutes

    def issued(self, applicant_id: str | None = None, ticket: str = "") -> Module:
        """The module as somebody gets it, its options in an order of their own."""
        rng = Random(f"{self.name} {applicant_id}")
        return Module(
            name=self.name,
            version=self.bank.version,
            title=self.head.title,
            summary=self.head.summary,
            minutes=self.minutes,
            sections=(*(self._section(section, rng) for section in self.head.sections), self._sources),
            applicant_id=applicant_id,
            ticket=ticket,
        )

    @property
    def _sources(self) -> Section:
        """The last section: where to look up what was said."""
        return Section(
            text="\n".join(["**Where this comes from**\n", *(f"* {source}" for source in self.head.sources)])
        )

    def _section(self, section: WrittenSection, rng: Random) -> Section:
        if section.exercise is None:
            return Section(text=section.text)
        written = self.bank.items[section.exercise["id"]]
        entry = written.model_copy(update={"item": written.item.shuffled(rng)})
        exercise = Exercise(
            item=entry.item,
            answer=entry.key.reference(entry.item),
            rooms=_rooms(entry),
            right=entry.rationale,
            not_yet=self.not_yet[entry.item.id],
            explanation=explanation(entry),
        )
        return Section(text=section.text, exercise=exercise)


def _rooms(entry: BankItem) -> tuple[Room, ...]:
    """How far marks may reach: over the words that the key allows around each passage."""
    item, key = entry.item, entry.key
    if not isinstance(item, SpanItem) or not isinstance(key, SpanKey):
        return ()
    found = [find_passage(item.text, span.quote, span.occurrence, span.within) for span in key.spans]
    places = words(item.text)
    passages = sorted((passage for passage in found if passage), key=lambda passage: passage.start)
    return tuple((places[min(passage.wide)][0], places[max(passage.wide)][1]) for passage in passages)


def find_module(name: str) -> WrittenModule:
    """A module; UsageError if there is none of this name."""
    if name not in module_names():
        raise UsageError(f"unknown module {name!r}; there are: {', '.join(module_names())}")
    return read_module_file(FOLDER / f"{name}.toml")


def read_module_file(path: Path) -> WrittenModule:
    """The module in one file.

    Raises:
        BankError: with one line for each problem: file, section or item, field, what was found, what is allowed.
    """
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode())
        head = Head.model_validate(data)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BankError(f"{path.name}: is not readable TOML: {error}") from None
    except ValidationError as error:
        raise BankError("; ".join(f"{path.name}: {line}" for line in readable(error, data)), tip=TIP) from None
    exercises = [dict(section.exercise) for section in head.sections if section.exercise]
    not_yet = {str(raw.get("id")): raw.pop("not_yet", None) for raw in exercises}
    if problems := [f"{path.name}: {line}" for raw in exercises for line in _unsuited(raw, not_yet)]:
        raise BankError("; ".join(problems), tip=TIP)
    return WrittenModule(
        name=path.stem,
        head=head,
        bank=parse_bank(path.stem, _bank(path.stem, head, exercises), content),
        not_yet=not_yet,
    )


def _unsuited(raw: dict[str, Any], not_yet: Mapping[str, object]) -> Iterator[str]:
    """What a module asks of an exercise beside what a bank asks of an item."""
    name = str(raw.get("id"))
    if raw.get("kind") not in KINDS or "explain" in raw:
        found = "an explanation" if "explain" in raw else repr(raw.get("kind"))
        yield f"item {name}: kind: found {found}, allowed {', '.join(KINDS)}, without texts to be written"
    text = not_yet[name]
    if not isinstance(text, str) or not text.strip():
        yield f"item {name}: not_yet: found nothing, allowed is a text"


def _bank(name: str, head: Head, exercises: list[dict[str, Any]]) -> dict[str, Any]:
    """The exercises as a bank with a place for each; what there is to read counts for its minutes."""
    slots = [
        {"id": f"q{place}", "skill": name, "points": 1, "items": [str(raw.get("id"))]}
        for place, raw in enumerate(exercises, 1)
    ]
    return {
        "title": head.title,
        "audience": head.summary,
        "instructions": "\n\n".join(section.text for section in head.sections),
        "minutes": 1,
        "cut_score": 1,
        "points": len(slots),
        "practice": True,
        "slots": slots,
        "items": [{**_ITEM, "skill": name, **raw} for raw in exercises],
    }
