"""The outbox: once per key, one process at a time, and what waits for a person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.errors import UsageError
from grader.store import Store
from onboarding.notices import outbox
from onboarding.notices.outbox import Status
from tests.onboarding.notices.samples import post
from tests.samples import NOW


def test_once_per_key(store: Store) -> None:
    """What is posted again changes nothing, whatever it says."""
    post(store, "ada/1")
    post(store, "ada/1", template="applied")
    post(store, "ada/2", language="es")
    assert [(n.key, n.template, n.language) for n in outbox.notices(store)] == [
        ("ada/1", "withdrawn", "en"),
        ("ada/2", "withdrawn", "es"),
    ]


def test_with_the_transaction(store: Store) -> None:
    """What led to it did not happen: no notice either."""
    with store.session() as session:
        outbox.post(session, applicant_id="ada", key="1", template="withdrawn", language="en", data={}, now=NOW)
        session.rollback()
    assert outbox.notices(store) == []


def test_days_and_moments_become_json(store: Store) -> None:
    """As they are written in templates."""
    data = {"qualification": "Small things", "assessment": "small", "until": date(2026, 4, 1)}
    with store.session() as session:
        outbox.post(
            session, applicant_id="ada", key="1", template="qualification-expiring", language="en", data=data, now=NOW
        )
        data = {"since": datetime(2026, 3, 1, 8, tzinfo=UTC)}
        outbox.post(session, applicant_id="ada", key="2", template="expired", language="en", data=data, now=NOW)
    first, second = outbox.notices(store)
    assert first.data["until"] == "2026-04-01"
    assert second.data["since"] == "2026-03-01T08:00:00Z"


def test_a_language_without_templates_becomes_english(store: Store) -> None:
    """Better a text in English than none."""
    post(store, "1", language="tlh")
    assert outbox.notice(store, 1).language == "en"


def test_what_could_not_be_written_is_refused(store: Store) -> None:
    """At once, where the mistake is."""
    with store.session() as session:
        with pytest.raises(ValueError, match="notice 'nonsense': allowed are appeal-decided, "):
            outbox.post(session, applicant_id="ada", key="1", template="nonsense", language="en", data={}, now=NOW)
        with pytest.raises(ValueError, match="notice 'test-started': the data lack assessment, due_at"):
            outbox.post(session, applicant_id="ada", key="1", template="test-started", language="en", data={}, now=NOW)


def test_only_one_begins(store: Store) -> None:
    """Both saw it waiting; until somebody says what came of it, it is held."""
    post(store, "1")
    (seen_by_one,), (seen_by_other,) = outbox.due(store, now=NOW), outbox.due(store, now=NOW)
    assert outbox.begin(store, seen_by_one, now=NOW)
    assert not outbox.begin(store, seen_by_other, now=NOW)
    (held,) = outbox.notices(store, status=Status.HELD)
    assert held.problem == (
        "it was being handed to the mail server at 2026-03-02 09:30 UTC; nobody knows whether it arrived"
    )
    assert outbox.due(store, now=NOW + timedelta(days=365)) == []


def test_what_was_seen_before_a_try_is_not_begun(store: Store) -> None:
    """Another process tried in between and was told to come back later."""
    post(store, "1")
    (seen,) = outbox.due(store, now=NOW)
    assert outbox.begin(store, seen, now=NOW)
    outbox.refused(store, seen.id, "450 later", until=NOW)
    assert not outbox.begin(store, seen, now=NOW)
    assert outbox.begin(store, outbox.notice(store, seen.id), now=NOW)


def test_after_a_refusal(store: Store) -> None:
    """It is due from a time on; or never by itself, until a person lets it go again."""
    post(store, "1")
    later = NOW + timedelta(minutes=5)
    outbox.refused(store, 1, "450 later", until=later)
    assert outbox.due(store, now=NOW) == []
    assert [n.problem for n in outbox.due(store, now=later)] == ["450 later"]
    outbox.refused(store, 1, "550 unknown", until=None)
    assert outbox.due(store, now=later) == []
    assert outbox.notice(store, 1).status is Status.HELD
    outbox.release(store, 1, now=later)
    assert [(n.id, n.status) for n in outbox.due(store, now=later)] == [(1, Status.WAITING)]


def test_what_was_sent_stays_sent(store: Store) -> None:
    """Whatever is said about it later."""
    post(store, "1")
    outbox.sent(store, 1, now=NOW)
    outbox.refused(store, 1, "550 unknown", until=NOW)
    outbox.release(store, 1, now=NOW)
    notice = outbox.notice(store, 1)
    assert (notice.status, notice.sent_at, notice.problem) == (Status.SENT, NOW, None)
    assert outbox.due(store, now=NOW) == []


def test_by_applicant_and_status(store: Store) -> None:
    """Oldest first."""
    post(store, "1")
    post(store, "2", "bob")
    post(store, "3")
    outbox.sent(store, 1, now=NOW)
    assert [n.id for n in outbox.notices(store, applicant_id="ada")] == [1, 3]
    assert [(n.id, n.name) for n in outbox.notices(store, status=Status.WAITING)] == [
        (2, "Bob Example"),
        (3, "Ada Example"),
    ]
    assert [n.id for n in outbox.notices(store, applicant_id="ada", status=Status.SENT)] == [1]
    with pytest.raises(UsageError, match="there is no notice 4"):
        outbox.notice(store, 4)
