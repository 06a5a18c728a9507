"""Holds the record of decisions against its chain and head, and keeps both whole where something has to change.

What cannot be seen: a database that was put back together with the head of the same moment, and a chain that somebody
who has `secret.key` made anew. A head that was noted elsewhere shows both.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records
from onboarding.chain import (
    HEAD_FILE,
    START,
    Acceptance,
    Head,
    canonical,
    digest,
    link,
    one_writer,
    prepare,
    promote,
    read_heads,
)
from onboarding.errors import AuditError
from onboarding.policy import version_of
from onboarding.recording import chain_anew, end_of, require_head

MOST_PROBLEMS = 20


class Report(NamedTuple):
    """What came of looking through the whole record.

    Args:
        problems: each in one line; the first `MOST_PROBLEMS` of them.
    """

    decisions: int
    chain: str
    erased: int
    accepted: tuple[Acceptance, ...]
    problems: list[str]


def verify(workspace: Workspace, store: Store, *, noted: str = "") -> Report:
    """Look through the whole record of decisions.

    Args:
        noted: the beginning of a head that somebody noted earlier: it must still be in the chain.

    Raises:
        AuditError: the head was changed.
    """
    with one_writer(store), store.session() as session:
        heads = read_heads(workspace)
        decisions, end = end_of(session)
        # after an interruption it is the second that holds
        fitting = [each for each in heads if each.fits(decisions, end or START)]
        head = next(iter([*fitting, *heads]), None)
        walk = _Walk(head or Head(), noted)
        for each in records.stream(session):
            walk.step(each)
    problems = [*walk.problems, *_about_policies(workspace.root, walk.versions)]
    problems += _about_head(head, walk)
    if noted and not walk.passed_noted:
        problems.append(f"no decision ever ended the record with {noted}: it was noted, so the record was made anew")
    erased, accepted = (len(head.erased), head.accepted) if head else (0, ())
    return Report(walk.decisions, walk.previous, erased, accepted, problems[:MOST_PROBLEMS])


class _Walk:
    """Goes through the chain; where a link does not fit, it goes on from the link that is on record."""

    def __init__(self, head: Head, noted: str) -> None:
        self.decisions, self.previous = 0, START
        self.at_head = START
        self.passed_noted, self.versions = False, set[str]()
        self.problems: list[str] = []
        self._head, self._noted = head, noted

    def step(self, each: records.Link) -> None:
        """Look at the next decision."""
        self.decisions += 1
        self.versions.add(each.content["policy_version"])
        if problem := self._problem(each):
            who, when = each.content["applicant_id"], each.content["decided_at"][:16].replace("T", " ")
            self.problems.append(f"decision {each.id} ({who}, {when} UTC) {problem}")
        self.previous = each.chain or link(self.previous, canonical(each.content))
        self.passed_noted |= bool(self._noted) and self.previous.startswith(self._noted)
        if self.decisions == self._head.decisions:
            self.at_head = self.previous

    def _problem(self, each: records.Link) -> str:
        if each.id in self._head.erased:
            return "" if digest(each.content) == self._head.erased[each.id] else "was altered after the erasure of data"
        if each.chain is None:
            return "is not in the chain: it was added beside the kit, or its link was removed"
        if each.chain != link(self.previous, canonical(each.content)):
            return "does not follow from the one before: it was altered, or one was removed, inserted or moved here"
        return ""


def _about_head(head: Head | None, walk: _Walk) -> Iterator[str]:
    """Whether the record ends where the head says."""
    if head is None:
        if walk.decisions:
            yield f"{HEAD_FILE} is missing: nothing shows that the last decisions are still there"
        return
    missing = head.decisions - walk.decisions
    if missing > 0:
        yield f"{missing} of {head.decisions} decisions are missing"
    elif missing < 0:
        yield f"{-missing} decisions were added beside the kit: {HEAD_FILE} says {head.decisions}"
    if missing <= 0 and walk.at_head != head.chain:
        yield f"the record does not end with the link that {HEAD_FILE} says: its last decisions were made anew"


def _about_policies(root: Path, versions: Iterable[str]) -> Iterator[str]:
    """Whether the policies that decided are kept as they were."""
    for version in sorted(versions):
        path = root / "policies" / f"{version}.toml"
        if not path.is_file():
            yield f"policies/{version}.toml is missing: decisions name this version"
        elif version_of(path.read_bytes()) != version:
            yield f"policies/{version}.toml was changed: decisions name this version"


def accept(workspace: Workspace, store: Store, *, by: str, reason: str, now: datetime) -> Head:
    """Take the record as it stands, by a person and with a reason that stay in the head; every link is made to fit.

    Raises:
        UsageError: no name or reason.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("to accept the record as it stands needs --by NAME and --reason TEXT")
    with one_writer(store):
        with store.session() as session:
            earlier = _accepted_earlier(workspace)
            head = chain_anew(session)
            note = Acceptance(by=by.strip(), reason=reason.strip(), at=now, decisions=head.decisions, chain=head.chain)
            head = head.model_copy(update={"accepted": (*earlier, note)})
            prepare(workspace, head)
        promote(workspace)
    return head


def _accepted_earlier(workspace: Workspace) -> tuple[Acceptance, ...]:
    try:
        heads = read_heads(workspace)
    except AuditError:
        return ()
    return heads[0].accepted if heads else ()


@contextmanager
def erasing(workspace: Workspace, store: Store, decision_ids: Collection[int]) -> Iterator[Session]:
    """The transaction in which personal data may leave these decisions: their links stay, what is left is sealed.

    Raises:
        AuditError: the record does not end where its head says.
    """
    with one_writer(store):
        with store.session() as session:
            head = require_head(workspace, session)
            yield session
            session.flush()
            left = {each.id: digest(each.content) for each in records.stream(session, decision_ids)}
            prepare(workspace, head.model_copy(update={"erased": {**head.erased, **left}}))
        promote(workspace)
