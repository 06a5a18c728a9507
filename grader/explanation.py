"""What a good answer is and why, in words: for an author's eyes, and in practice for everybody's."""

from assessments.kinds.code import CodeItem
from assessments.text import quoted
from grader.entries import BankItem


def _good_answer(entry: BankItem) -> str:
    """The reference response as Markdown."""
    reference = entry.item.describe(entry.key.reference(entry.item))
    return f"```python\n{reference.strip()}\n```" if isinstance(entry.item, CodeItem) else quoted(reference)


def explanation(entry: BankItem) -> str:
    """What stands behind a question of practice (Markdown): a good answer, and why it is one."""
    return told(_heading(entry), entry)


def told(heading: str, entry: BankItem) -> str:
    """A good answer under a heading, and why it is one (Markdown)."""
    return "\n\n".join((f"**{heading}**", _good_answer(entry), "**Why**", entry.rationale))


def _heading(entry: BankItem) -> str:
    """How sure it is: some questions have one right answer, some a usual one, some many good ones."""
    if entry.key.needs_review:
        return "One good answer; another can be as good"
    if getattr(entry.key, "panel", None):
        return "What most experts answered; other views earn a part"
    return "A right answer"
