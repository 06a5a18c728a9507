"""The quick self-assessment: ten statements with advice. It has no score, and its answers stay with the applicant."""

from collections.abc import Mapping
from typing import Any

from assessments.items import Record, Slug, Text

ANSWERS: Mapping[str, str] = {"yes": "That is me", "partly": "Partly", "no": "Not yet"}


class Statement(Record):
    """Something that helps in this work, and what to do where it is not so yet (Markdown)."""

    id: Slug
    text: Text
    advice: Text


STATEMENTS = tuple(
    Statement(id=slug, text=text, advice=advice)
    for slug, text, advice in (
        (
            "read-first",
            "Before I start, I read the whole instruction, and I look things up in it while I work.",
            "Most errors come from a guideline that was only skimmed. Do the first few tasks slowly, rule by rule.",
        ),
        (
            "same-rule",
            "I can apply the same rule to the hundredth case as I did to the first.",
            "Write down how you decided the first doubtful cases, and compare with these notes after every break.",
        ),
        (
            "small-flaw",
            "When a text sounds convincing, I still check its numbers, names and conclusions.",
            "Take an answer apart: mark each claim and ask how you would check it. Fluent is not right.",
        ),
        (
            "say-why",
            "I can say in two sentences why one answer is better than another, for somebody outside of my field.",
            "Name the criterion, the place in the text, and the consequence. “It is better” is no reason.",
        ),
        (
            "no-single-answer",
            "I am at ease when a task has no single right answer, and I say so instead of forcing one.",
            "Practise to write down two readings of a question and what would decide between them.",
        ),
        (
            "ask",
            "When something is unclear, I ask before I guess.",
            "Asking is professional and is never held against you. Say what you looked up and what is left open.",
        ),
        (
            "feedback",
            "When somebody corrects my work, I want to know which rule I missed.",
            "Reviews are part of this work. Keep a list of what was corrected; it shortens fast.",
        ),
        (
            "own-limits",
            "I know where my knowledge of my field ends, and I say so.",
            "Only name domains in which you would advise a colleague. A gap that is named costs nothing; a guess does.",
        ),
        (
            "own-words",
            "I write my answers myself, also when a program could do it faster.",
            "Your own judgement is what is asked for. Text out of a program teaches another program nothing.",
        ),
        (
            "no-guarantee",
            "I can live with weeks without tasks: this would not be my only income.",
            "Projects open, pause and close, and nothing is promised. Keep other income, and use quiet times to learn.",
        ),
    )
)


def is_done(answers: Mapping[str, Any]) -> bool:
    """Whether every statement has one of the answers."""
    return all(answers.get(statement.id) in ANSWERS for statement in STATEMENTS)
