"""A small module with an exercise of three kinds, and somebody who goes through it."""

from pathlib import Path

from assessments.items import Response
from assessments.learning.lesson import Lesson
from assessments.page import Part
from onboarding.learning.modules import WrittenModule, read_module_file

MODULE = """
title = "A small module"
summary = "You will know it."
sources = ["A book."]

[[sections]]
text = "## One\\n\\nRead **this**."
[sections.exercise]
id = "pick"
kind = "choice"
prompt = "Which one is a fruit?"
rationale = "A pear grows on a tree."
not_yet = "Think of a tree."
[sections.exercise.options]
a = "a hammer"
b = "a pear"
[sections.exercise.key]
answer = "b"

[[sections]]
text = "## Two"
[sections.exercise]
id = "mark"
kind = "span"
prompt = "Mark the wrong number."
text = "Two and two are five. Yes, that is the whole story, they say."
rationale = "It is four."
not_yet = "Count."
[sections.exercise.labels]
sum = "wrong sum"
[[sections.exercise.key.spans]]
quote = "five"
within = "Two and two are five."
label = "sum"

[[sections]]
text = "## Three"
[sections.exercise]
id = "tag"
kind = "label"
multi = true
prompt = "Which apply?"
rationale = "None of them does."
not_yet = "Look at the definitions."
labels = { red = { name = "Red", meaning = "is red" }, blue = { name = "Blue", meaning = "is blue" } }
[sections.exercise.key]
answer = []

[[sections]]
text = "## The end"
"""


def marked(start: int, end: int) -> Response:
    """An answer to the second exercise with one mark."""
    return {"verdict": None, "spans": [{"start": start, "end": end, "label": "sum", "severity": None}]}


WRONG: dict[str, Response] = {"pick": "a", "mark": {"verdict": None, "spans": []}, "tag": ["red"]}
RIGHT: dict[str, Response] = {
    "pick": "b",
    "mark": marked(12, 21),
    "tag": [],
}


def written(folder: Path, text: str = MODULE) -> WrittenModule:
    """The module, read from a file."""
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return read_module_file(path)


def check(lesson: Lesson, part: Part, value: Response) -> bool:
    """Answer on the page and press the button; whether the whole question was answered."""
    part.value = value
    sent: list[object] = []
    part.send = sent.append
    part._handle_custom_msg({"ask": "1", "question": {"check": True}}, [])
    (message,) = sent
    assert isinstance(message, dict)
    return not message["reply"]["unanswered"]


def go_through(lesson: Lesson, *, first: dict[str, Response]) -> None:
    """Answer everything, these answers first where there are any, and finish."""
    for number, section in enumerate(lesson.module.sections, start=1):
        part = lesson.section(number)
        if section.exercise:
            name = section.exercise.item.id
            if name in first:
                check(lesson, part, first[name])
            check(lesson, part, section.exercise.answer)
    end = lesson.finish()
    end._handle_custom_msg({"ask": "1", "question": {"finish": True}}, [])
