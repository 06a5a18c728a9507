"""The outbox: notices are posted once and handed over at most once; the only module of this package that talks SQL.

What is not sent yet and has a `try_from` is tried from then on; what has none waits for a person. Before a notice is
handed over, its `try_from` is taken away, in one statement that only one process can win. So whoever dies in the middle
leaves a notice behind that no program sends a second time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import Select, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assessments.errors import UsageError
from assessments.items import Record
from grader.store import Store
from grader.tables import ApplicantRow
from onboarding.notices.languages import FALLBACK, LANGUAGES
from onboarding.tables import NoticeRow

_JSON: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_ADD = {
    dialect.dialect.name: dialect.insert(NoticeRow).on_conflict_do_nothing(index_elements=["key"])
    for dialect in (sqlite, postgresql)
}


class Status(StrEnum):
    """Where a notice stands; what is held waits for a person, and its problem says why."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"


class Notice(Record):
    """A notice in the outbox.

    Args:
        name: the applicant's.
        key: what it is about; of several with the same key, in the whole workspace, only the first is kept.
        data: what the template needs, as JSON.
    """

    applicant_id: str
    key: str
    template: str
    language: str
    data: Mapping[str, Any]
    id: int
    name: str
    created_at: AwareDatetime
    sent_at: AwareDatetime | None
    tries: int
    try_from: AwareDatetime | None
    problem: str | None

    @property
    def status(self) -> Status:
        """Sent, waiting for its time, or for a person."""
        if self.sent_at:
            return Status.SENT
        return Status.WAITING if self.try_from else Status.HELD


class Post(NamedTuple):
    """A notice that is to be added; see `post`."""

    applicant_id: str
    key: str
    template: str
    language: str
    data: Mapping[str, Any]


def post(
    session: Session,
    *,
    applicant_id: str,
    key: str,
    template: str,
    language: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Add a notice within the caller's transaction; nothing happens if there is one with this key.

    Args:
        key: what it is about, such as the applicant and the number of an event; at most 200 characters.
        language: one without templates becomes English.
        data: what the template needs (docs/how-to/notices.md); days and moments may be Python's.

    Raises:
        ValueError: an unknown template, or data that lack what it needs.
    """
    post_all(session, [Post(applicant_id, key, template, language, data)], now=now)


def post_all(session: Session, posts: Sequence[Post], *, now: datetime) -> None:
    """Add many notices as `post` does."""
    if posts:
        # the statement without the values: SQLAlchemy works it out once for all notices
        session.execute(_ADD[session.get_bind().dialect.name], [_new(post, now) for post in posts])


def _new(post: Post, now: datetime) -> dict[str, Any]:
    # the templates' engine: only where something is posted
    from onboarding.notices.rendering import require_fields

    require_fields(post.template, post.data)
    return {
        "applicant_id": post.applicant_id,
        "key": post.key,
        "template": post.template,
        "language": post.language if post.language in LANGUAGES else FALLBACK,
        "data": _JSON.dump_python(dict(post.data), mode="json"),
        "created_at": now,
        "try_from": now,
    }


def notices(store: Store, *, applicant_id: str | None = None, status: Status | None = None) -> list[Notice]:
    """All notices (to one applicant, in one state), oldest first."""
    query = _query()
    if applicant_id:
        query = query.where(NoticeRow.applicant_id == applicant_id)
    if status:
        query = query.where(_CONDITIONS[status])
    with store.session() as session:
        return [_notice(*row) for row in session.execute(query)]


def notice(store: Store, number: int) -> Notice:
    """One notice; UsageError if there is none of this number."""
    with store.session() as session:
        row = session.execute(_query().where(NoticeRow.id == number)).one_or_none()
    if row is None:
        raise UsageError(f"there is no notice {number}", tip="List them with: talentpool notices list")
    return _notice(*row)


def due(store: Store, *, now: datetime) -> list[Notice]:
    """What may be handed over now, oldest first."""
    with store.session() as session:
        return [_notice(*row) for row in session.execute(_query().where(NoticeRow.try_from <= now))]


def begin(store: Store, notice: Notice, *, now: datetime) -> bool:
    """Mark a notice as being handed over; False if another process did something with it in the meantime.

    Until `sent` or `refused` says what came of it, it is held, whatever becomes of this process.
    """
    unclear = f"it was being handed to the mail server at {now:%Y-%m-%d %H:%M} UTC; nobody knows whether it arrived"
    # another process that began it has counted a try
    unchanged = (NoticeRow.id == notice.id, NoticeRow.tries == notice.tries, NoticeRow.try_from.is_not(None))
    changes = {"tries": notice.tries + 1, "try_from": None, "problem": unclear}
    with store.session() as session:
        marked = session.scalars(update(NoticeRow).where(*unchanged).values(changes).returning(NoticeRow.id))
        return marked.one_or_none() is not None


def sent(store: Store, number: int, *, now: datetime) -> None:
    """A mail server has taken it, or a person has told the applicant."""
    _update(store, number, sent_at=now, try_from=None, problem=None)


def refused(store: Store, number: int, problem: str, *, until: datetime | None) -> None:
    """A mail server has said no: try again from then on, or (None) not before a person says so."""
    _update(store, number, try_from=until, problem=problem)


def release(store: Store, number: int, *, now: datetime) -> None:
    """Let a notice that is held be handed over, perhaps again."""
    _update(store, number, try_from=now, tries=0)


def _update(store: Store, number: int, **changes: Any) -> None:
    with store.session() as session:
        session.execute(update(NoticeRow).where(NoticeRow.id == number, NoticeRow.sent_at.is_(None)).values(changes))


_CONDITIONS = {
    Status.SENT: NoticeRow.sent_at.is_not(None),
    Status.WAITING: NoticeRow.sent_at.is_(None) & NoticeRow.try_from.is_not(None),
    Status.HELD: NoticeRow.sent_at.is_(None) & NoticeRow.try_from.is_(None),
}


def _query() -> Select[NoticeRow, str]:
    join = NoticeRow.applicant_id == ApplicantRow.id
    return select(NoticeRow, ApplicantRow.name).join(ApplicantRow, join).order_by(NoticeRow.id)


def _notice(row: NoticeRow, name: str) -> Notice:
    columns = {column.key: getattr(row, column.key) for column in NoticeRow.__table__.columns}
    return Notice(name=name, **columns)
