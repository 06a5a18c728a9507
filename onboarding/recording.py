"""Adds decisions to the end of their chain: never changed afterwards, and by one process at a time."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from grader.store import Store
from grader.workspace import Workspace
from onboarding.chain import HEAD_FILE, START, Head, canonical, link, one_writer, prepare, promote, read_heads
from onboarding.decision import Decision
from onboarding.errors import AuditError
from onboarding.records import stream
from onboarding.tables import DecisionRow
from onboarding.written import Written, written

Still = Callable[[Session, Sequence[Written]], Sequence[Written]]
"""Which of these decisions may still be added: asked when nobody else can add any."""
Then = Callable[[Session, Sequence[int]], None]
"""What else is to be done in the transaction that adds decisions; it gets their numbers."""


def add(
    workspace: Workspace,
    store: Store,
    decisions: Sequence[Decision],
    then: Then | None = None,
    *,
    still: Still | None = None,
) -> list[Decision]:
    """As `append`; `still` may refuse, but leaves none out. Returns the decisions with their numbers."""
    numbers = append(workspace, store, [written(decision) for decision in decisions], then, still=still)
    return [decision.model_copy(update={"id": n}) for decision, n in zip(decisions, numbers, strict=True)]


def append(
    workspace: Workspace,
    store: Store,
    new: Sequence[Written],
    then: Then | None = None,
    *,
    still: Still | None = None,
) -> dict[int, Written]:
    """Add decisions to the end of the chain and do `then`, in one transaction; returns them by number, in their order.

    Args:
        still: which of them may still be added; all unless given.

    Raises:
        AuditError: the record does not end where its head says, so that nothing may be added to it.
    """
    if not new:
        return {}
    with one_writer(store):
        with store.session() as session:
            new = still(session, new) if still else new
            if not new:
                return {}
            head = require_head(workspace, session)
            numbers, chain = _insert(session, new, head.chain)
            if then:
                then(session, numbers)
            count = head.decisions + len(numbers)
            prepare(workspace, head.model_copy(update={"decisions": count, "chain": chain}))
        promote(workspace)
    return dict(zip(numbers, new, strict=True))


def _insert(session: Session, new: Sequence[Written], chain: str) -> tuple[list[int], str]:
    """Their numbers, and the last link."""
    last = session.scalar(select(func.max(DecisionRow.id))) or 0
    rows = []
    for each in new:
        chain = link(chain, each.text)
        rows.append({**each.columns, "chain": chain})
    session.execute(insert(DecisionRow.__table__), rows)  # type: ignore[arg-type]
    # nobody else adds any meanwhile: asking for them afterwards is much faster than one by one
    numbers = session.scalars(select(DecisionRow.id).where(DecisionRow.id > last).order_by(DecisionRow.id))
    return list(numbers), chain


def require_head(workspace: Workspace, session: Session) -> Head:
    """The head of the chain, which the record fits; its writer holds the lock. A record without a chain gets one.

    Raises:
        AuditError: it does not fit.
    """
    decisions, chain = end_of(session)
    heads = read_heads(workspace)
    if not heads and chain is None:
        return chain_anew(session)
    for head in heads:
        if head.fits(decisions, chain or START):
            return head
    raise AuditError(
        f"the record of decisions does not end where {HEAD_FILE} says; nothing was added to it",
        tip="See what is wrong with: talentpool audit verify",
    )


def end_of(session: Session) -> tuple[int, str | None]:
    """How many decisions there are, and the last one's link; None before there is a chain."""
    newest = select(DecisionRow.chain).order_by(DecisionRow.id.desc()).limit(1)
    return session.scalar(select(func.count()).select_from(DecisionRow)) or 0, session.scalar(newest)


def chain_anew(session: Session) -> Head:
    """Chain all decisions as they are now: those from before there was a chain, or that a person took as they stood."""
    chain, links = START, []
    for each in stream(session):
        chain = link(chain, canonical(each.content))
        links.append({"id": each.id, "chain": chain})
    if links:
        session.execute(update(DecisionRow), links)
    return Head(decisions=len(links), chain=chain)
