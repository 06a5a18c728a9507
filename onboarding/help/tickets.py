"""A ticket: a question or an appeal with everything that was written in it. Pure, like what may be written."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from assessments.console import printable
from assessments.errors import UsageError
from assessments.items import Record
from onboarding.decision import AUTOMATIC

MAX_TEXT_CHARS = 20_000
MAX_NAME_CHARS = 100
MAX_PROJECT_CHARS = 150
PROGRAM = "talentpool"
"""Who wrote an entry that no person wrote."""
# what no database holds: half a character, and the one that ends a text
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_ITEM = re.compile(r"([a-z0-9-]+)/([A-Za-z0-9_-]+)")


class Kind(StrEnum):
    """What a ticket is about."""

    ITEM = "item"
    PROJECT = "project"
    DECISION = "decision"
    OTHER = "other"
    APPEAL = "appeal"


class About(Record):
    """What exactly a ticket is about. `subject`: an assessment and its slot (`english-language/q07`), or a project."""

    kind: Kind
    subject: str = ""

    @property
    def named(self) -> frozenset[str]:
        """The assessment or project that it names."""
        if self.kind is Kind.ITEM:
            return frozenset({self.subject.partition("/")[0]})
        return frozenset({self.subject}) if self.kind is Kind.PROJECT else frozenset()

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)


class Entry(Record):
    """What somebody wrote in a ticket; `by` is the applicant's id, a name, or `PROGRAM`."""

    by: str
    text: str
    at: AwareDatetime


class Ticket(Record):
    """A question or an appeal.

    Args:
        assigned_to: a person, or a level (its role) where any of its people may answer.
        level: how often it was escalated at the least; the place in the order of levels.
        decision: the number of the decision that it is about; `outcome`: of the one that an appeal led to.
        entries: oldest first; the first is the applicant's. None are left where they were erased.
    """

    number: int
    applicant_id: str
    about: About
    opened_at: AwareDatetime
    due_at: AwareDatetime
    assigned_to: str
    level: int
    closed_at: AwareDatetime | None = None
    decision: int | None = None
    outcome: int | None = None
    entries: Sequence[Entry]

    @property
    def kind(self) -> Kind:
        """What it is about, in a word."""
        return self.about.kind

    @property
    def last_answer(self) -> Entry | None:
        """The answer that nothing of the applicant's has followed yet."""
        last = [entry for entry in self.entries if entry.by != PROGRAM][-1:]
        return last[0] if last and last[0].by != self.applicant_id else None

    @property
    def is_waiting(self) -> bool:
        """Whether it is our side's turn; with an appeal it is until there is a new decision."""
        return self.closed_at is None and (self.kind is Kind.APPEAL or self.last_answer is None)

    def is_overdue(self, now: datetime) -> bool:
        """Whether our side is late."""
        return self.is_waiting and self.due_at < now

    def state(self, now: datetime) -> str:
        """Where it stands, in a word or two."""
        if self.closed_at:
            return "decided" if self.outcome else "closed"
        if not self.is_waiting:
            return "answered"
        return "overdue" if self.is_overdue(now) else "waiting"


def parse_about(text: str) -> About:
    """What a question is about, as it stands in a command; UsageError with what is allowed."""
    word, _, rest = text.partition(":")
    subject = " ".join(printable(rest).split())
    if word == Kind.ITEM and _ITEM.fullmatch(subject):
        return About(kind=Kind.ITEM, subject=subject)
    if word == Kind.PROJECT and 0 < len(subject) <= MAX_PROJECT_CHARS:
        return About(kind=Kind.PROJECT, subject=subject)
    if text in (Kind.DECISION, Kind.OTHER):
        return About(kind=Kind(text))
    allowed = f"item:ASSESSMENT/QUESTION, project:NAME (at most {MAX_PROJECT_CHARS} characters), decision, other"
    raise UsageError(
        f"--about: found {text[:MAX_PROJECT_CHARS]!r}, allowed: {allowed}", tip="For example: item:english-language/q07"
    )


def checked_text(text: str) -> str:
    """What somebody wrote, as every database holds it; nothing is cut.

    Raises:
        UsageError: nothing but spaces, or more than `MAX_TEXT_CHARS` characters.
    """
    if not text.strip():
        raise UsageError("the text is empty")
    if len(text) > MAX_TEXT_CHARS:
        raise UsageError(
            f"the text: found {len(text):,} characters, allowed {MAX_TEXT_CHARS:,}", tip="Write it in several parts."
        )
    return _NO_TEXT.sub("\ufffd", text)


def checked_name(name: str) -> str:
    """The name of a person of our side; UsageError unless it can be one."""
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= MAX_NAME_CHARS or not cleaned.isprintable():
        raise UsageError(f"--by: found {name[:MAX_NAME_CHARS]!r}, allowed: a name of 1 to {MAX_NAME_CHARS} characters")
    if cleaned.casefold() in (PROGRAM, AUTOMATIC):
        raise UsageError(f"--by: found {cleaned!r}, allowed: the name of a person")
    return cleaned
