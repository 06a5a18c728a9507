"""The commands about notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.store import Store, migrate
from grader.workspace import MARKER, Workspace, create_workspace, find_workspace
from onboarding.notices import outbox
from onboarding.notices.outbox import Status
from onboarding.tables import ApplicationRow
from tests.command import Outcome, talentpool
from tests.mailserver import MailServer
from tests.onboarding.notices.samples import post
from tests.samples import NOW


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with ada, who gave an address, and bob, who gave none."""
    workspace = create_workspace(tmp_path / "pool", starter=False)
    migrate(workspace.database_url)
    return workspace


@pytest.fixture
def store(place: Workspace) -> Iterator[Store]:
    """Its store."""
    opened = Store(place.database_url)
    opened.add_applicant("ada", "Ada \x1b[2J Example", now=NOW)
    opened.add_applicant("bob", "Bob Example", now=NOW)
    with opened.session() as session:
        session.add(ApplicationRow(applicant_id="ada", email="ada@example.org", data={}, submitted_at=NOW))
    yield opened
    opened.close()


def notices(place: Workspace, *arguments: str) -> Outcome:
    """One of the commands."""
    return talentpool("notices", *arguments, "--workspace", place.root)


def use(place: Workspace, server: MailServer) -> None:
    """Let the workspace send through this server."""
    table = f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nsender = "talent@example.org"\n'
    with (find_workspace(place.root).root / MARKER).open("a") as stream:
        stream.write(table)


def test_list(place: Workspace, store: Store) -> None:
    """What is not sent, with what stands in its way; all, or those of one, when asked for."""
    assert notices(place, "list").out == "no notices\n"
    post(store, "1")
    post(store, "2", "bob", language="es")
    post(store, "3")
    outbox.refused(store, 1, "550 nobody of this name", until=None)
    outbox.sent(store, 3, now=NOW)
    lines = notices(place, "list").out.splitlines()
    assert [word in lines[3] for word in ("ada", "withdrawn (en)", "held", "550 nobody of this name")] == [True] * 4
    assert [word in lines[4] for word in ("bob", "withdrawn (es)", "waiting", "no e-mail address")] == [True] * 4
    assert len(lines) == 6
    assert "2026-03-02 09:30" in notices(place, "list", "--status", "sent").out.splitlines()[3]
    assert "bob" not in notices(place, "list", "--applicant", "ada").out


def test_show(place: Workspace, store: Store) -> None:
    """The text or the page; nobody's name speaks to the terminal."""
    post(store, "1")
    shown = notices(place, "show", "1").out
    assert shown.startswith(
        "To: ada@example.org\nSubject: You have withdrawn your application\n\nHello Ada [2J Example,\n"
    )
    assert "<p>Hello Ada [2J Example,</p>" in notices(place, "show", "1", "--html").out
    with store.session() as session:
        data = {"since": "soon"}
        outbox.post(session, applicant_id="ada", key="2", template="expired", language="en", data=data, now=NOW)
    assert "notice 'expired' cannot be written" in notices(place, "show", "2").err
    nothing = notices(place, "show", "3")
    assert (nothing.code, nothing.out) == (2, "")
    assert "there is no notice 3" in nothing.err


def test_send(place: Workspace, store: Store) -> None:
    """What was sent, and who has no address; the Message-ID is the one that `show` tells."""
    post(store, "1")
    post(store, "2", "bob")
    with MailServer() as server:
        use(place, server)
        sent = notices(place, "send")
    assert sent.code == 0
    assert sent.out.splitlines() == [
        "sent 1, to be tried again 0, held 0, left 0",
        "1 more have no e-mail address: talentpool notices list",
    ]
    assert f"Message-ID: {server.taken[0][1]['Message-ID']}" in notices(place, "show", "1").out


def test_send_without_settings(place: Workspace, store: Store) -> None:
    """Nothing is lost."""
    post(store, "1")
    refused = notices(place, "send")
    assert refused.code == 2
    assert "talentpool.toml has no table [mail]: notices are kept and not sent" in refused.err
    assert len(outbox.due(store, now=NOW)) == 1


def test_send_while_nobody_answers(place: Workspace, store: Store) -> None:
    """What happened, and exit code 1: our side's failure."""
    post(store, "1")
    with MailServer() as server:
        use(place, server)
    failed = notices(place, "send")
    assert (failed.code, failed.out) == (1, "sent 0, to be tried again 0, held 0, left 1\n")
    assert "Connection refused" in failed.err


def test_settle(place: Workspace, store: Store) -> None:
    """A person knows better; what was sent stays sent."""
    for key in ("1", "2"):
        post(store, key)
    with MailServer(at_recipient=lambda _: "550 nobody of this name") as server:
        use(place, server)
        sent = notices(place, "send")
    assert sent.out.splitlines()[1] == "held notices wait for you: talentpool notices list --status held"
    assert notices(place, "settle", "sent", "1").out == "1 settled\n"
    assert notices(place, "settle", "not-sent", "2").code == 0
    assert [notice.status for notice in outbox.notices(store)] == [Status.SENT, Status.WAITING]
    again = notices(place, "settle", "not-sent", "1")
    assert again.code == 2
    assert "notice 1 was sent" in again.err
