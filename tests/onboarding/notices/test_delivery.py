"""Delivery to a real mail server: once, again after a refusal for a time, and never twice, whoever is killed when."""

import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import trustme

from grader.store import Store
from onboarding.notices import outbox
from onboarding.notices.delivery import MAX_TRIES, Report, deliver, wait
from onboarding.notices.outbox import Status
from onboarding.notices.settings import Mail, Security
from tests.mailserver import HANG_UP, MailServer
from tests.onboarding.notices.samples import post
from tests.samples import NOW

SECRET = b"s" * 32
ADDRESSES = {"ada": "ada@example.org", "bob": "bob@example.org"}
MINUTE = timedelta(minutes=1)
SENDER = """
import sys
from datetime import UTC, datetime
from grader.store import Store
from onboarding.notices.delivery import deliver
from onboarding.notices.settings import Mail, Security
mail = Mail(host="127.0.0.1", port=int(sys.argv[2]), security=Security.NONE, sender="talent@example.org")
options = {"secret": b"s", "address_of": "{}@example.org".format, "now": datetime(2026, 3, 2, 9, 30, tzinfo=UTC)}
report = deliver(Store(sys.argv[1]), mail, "", **options)
print(report.sent, report.stopped or "")
"""
NO_TLS_OF_ITS_OWN = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def settings(port: int, **other: object) -> Mail:
    """Those of a server on this machine."""
    given = {"host": "127.0.0.1", "port": port, "security": Security.NONE, "sender": "talent@example.org", **other}
    return Mail.model_validate(given)


def send(
    store: Store,
    mail: Mail,
    *,
    password: str = "",
    now: datetime = NOW,
    address_of: Callable[[str], str | None] = ADDRESSES.get,
) -> Report:
    """One run."""
    return deliver(store, mail, password, secret=SECRET, address_of=address_of, now=now)


def sender(store: Store, server: MailServer) -> "subprocess.Popen[str]":
    """One run in a process of its own."""
    url = store.engine.url.render_as_string(hide_password=False)
    return subprocess.Popen([sys.executable, "-c", SENDER, url, str(server.port)], stdout=subprocess.PIPE, text=True)


def problems(store: Store) -> list[str | None]:
    """Of all notices."""
    return [notice.problem for notice in outbox.notices(store)]


def test_once(store: Store) -> None:
    """What is due, in its order and in its language; the second run finds nothing."""
    post(store, "1")
    post(store, "2", "bob", language="es")
    with MailServer() as server:
        assert send(store, settings(server.port)) == Report(2, 0, 0, 0, 0, None)
        assert send(store, settings(server.port)) == Report(0, 0, 0, 0, 0, None)
    assert server.recipients == ["ada@example.org", "bob@example.org"]
    assert server.taken[0][1]["Subject"] == "You have withdrawn your application"
    assert server.taken[1][1]["Subject"] == "Ha retirado su solicitud"
    body = server.taken[1][1].get_body(("html",))
    assert body is not None
    assert "Hola, Bob Example:" in body.get_content()
    assert [notice.sent_at for notice in outbox.notices(store)] == [NOW, NOW]


def test_two_processes_at_once(store: Store) -> None:
    """Each notice once; the mail server lets none of them begin before both are there."""
    for number in range(40):
        post(store, str(number))
    with MailServer(conversations=2) as server:
        senders = [sender(store, server) for _ in range(2)]
        answers = [process.communicate(timeout=60)[0].split() for process in senders]
    assert sum(int(count) for (count,) in answers) == 40
    assert len({email["Message-ID"] for _, email in server.taken}) == len(server.taken) == 40
    assert len(outbox.notices(store, status=Status.SENT)) == 40


def test_killed_in_between(store: Store) -> None:
    """The server has it, and nobody lives to write it down: it is held, and not sent a second time."""
    post(store, "1")
    killed: list[subprocess.Popen[str]] = []
    with MailServer(at_content=lambda _: os.kill(killed[0].pid, signal.SIGKILL)) as server:
        killed.append(sender(store, server))
        assert killed[0].communicate(timeout=60)[0] == ""
        assert killed[0].returncode == -signal.SIGKILL
        assert send(store, settings(server.port)) == Report(0, 0, 0, 0, 0, None)
    assert server.recipients == ["ada@example.org"]
    assert problems(store) == [
        "it was being handed to the mail server at 2026-03-02 09:30 UTC; nobody knows whether it arrived"
    ]


def test_killed_before(store: Store) -> None:
    """Nothing was sent yet: the next run sends it."""
    post(store, "1")
    killed: list[subprocess.Popen[str]] = []
    with MailServer(at_recipient=lambda _: os.kill(killed[0].pid, signal.SIGKILL)) as server:
        killed.append(sender(store, server))
        killed[0].communicate(timeout=60)
        assert (killed[0].returncode, server.taken) == (-signal.SIGKILL, [])
    with MailServer() as server:
        assert send(store, settings(server.port)).sent == 1
    assert server.recipients == ["ada@example.org"]


@pytest.mark.parametrize("reply", [HANG_UP, "no number at all"])
def test_a_line_that_goes_dead(store: Store, reply: str) -> None:
    """In the middle of a message: held, and the run ends; what follows stays due."""
    post(store, "1")
    post(store, "2", "bob")
    with MailServer(at_content=lambda _: reply) as server:
        report = send(store, settings(server.port))
    assert report[:5] == (0, 0, 1, 0, 1)
    assert str(report.stopped).startswith("the mail server 127.0.0.1:")
    with MailServer() as server:
        assert send(store, settings(server.port)).sent == 1
    assert server.recipients == ["bob@example.org"]


@pytest.mark.parametrize("hook", ["at_recipient", "at_content"])
def test_refused_for_a_time(store: Store, hook: str) -> None:
    """It is tried again, later each time, and others do not wait for it."""
    post(store, "1")
    post(store, "2", "bob")
    replies = iter(["450 greylisted", "451 try\tagain"])
    busy = {hook: lambda address: next(replies, None) if address.startswith("ada") else None}
    with MailServer(**busy) as server:  # type: ignore[arg-type]
        mail = settings(server.port)
        assert send(store, mail)[:3] == (1, 1, 0)
        assert problems(store) == ["450 greylisted", None]
        assert send(store, mail, now=NOW + 4 * MINUTE)[:3] == (0, 0, 0)
        assert send(store, mail, now=NOW + 5 * MINUTE)[:3] == (0, 1, 0)
        assert send(store, mail, now=NOW + 14 * MINUTE)[:3] == (0, 0, 0)
        assert send(store, mail, now=NOW + 15 * MINUTE)[:3] == (1, 0, 0)
    assert server.recipients == ["bob@example.org", "ada@example.org"]
    assert (outbox.notice(store, 1).tries, problems(store)) == (3, [None, None])


@pytest.mark.parametrize("hook", ["at_recipient", "at_content"])
def test_refused_for_good(store: Store, hook: str) -> None:
    """It is held with what the server said, until a person lets it go."""
    post(store, "1")
    post(store, "2", "bob")
    with MailServer(**{hook: lambda address: "550 nobody of\033[2J this name" if "ada" in address else None}) as server:  # type: ignore[arg-type]
        assert send(store, settings(server.port))[:3] == (1, 0, 1)
        assert send(store, settings(server.port), now=NOW + timedelta(days=30))[:3] == (0, 0, 0)
    assert problems(store) == ["550 nobody of [2J this name", None]
    outbox.release(store, 1, now=NOW)
    with MailServer() as server:
        assert send(store, settings(server.port)).sent == 1
    assert server.recipients == ["ada@example.org"]


def test_giving_up() -> None:
    """After almost five days; then a person."""
    waits = [pause for tries in range(1, MAX_TRIES) if (pause := wait(tries))]
    assert [pause / MINUTE for pause in waits[:4]] == [5, 10, 20, 40]
    assert waits == sorted(waits)
    assert timedelta(days=4) < sum(waits, timedelta()) < timedelta(days=5)
    assert wait(MAX_TRIES) is None


def test_a_notice_that_nobody_ever_takes_is_held(store: Store) -> None:
    """With the last reason."""
    post(store, "1")
    with MailServer(at_recipient=lambda _: "452 full") as server:
        reports = [send(store, settings(server.port), now=NOW + timedelta(days=day)) for day in range(MAX_TRIES)]
    assert [report[1:3] for report in reports] == [(1, 0)] * (MAX_TRIES - 1) + [(0, 1)]
    assert outbox.notice(store, 1).status is Status.HELD


def test_nobody_answers(store: Store) -> None:
    """Nothing is lost, and no try is counted: it says nothing about the notice."""
    post(store, "1")
    with MailServer() as server:
        mail = settings(server.port)
    report = send(store, mail)
    assert report[:5] == (0, 0, 0, 0, 1)
    assert str(report.stopped) == f"the mail server 127.0.0.1:{mail.port}: [Errno 111] Connection refused"
    assert outbox.due(store, now=NOW)[0].tries == 0


def test_no_address_and_odd_ones(store: Store) -> None:
    """Who has none is left in the outbox; what is none is held, and not said to the server."""
    post(store, "1")
    post(store, "2", "bob")
    odd = {"bob": "bob@example.org>\r\nRCPT TO:<eve@evil.example"}
    with MailServer() as server:
        assert send(store, settings(server.port), address_of=odd.get) == Report(0, 0, 1, 1, 0, None)
    assert server.taken == []
    assert outbox.notice(store, 1).status is Status.WAITING
    assert str(problems(store)[1]).endswith("is no e-mail address that can be used")


def test_data_that_no_template_takes(store: Store) -> None:
    """It is held with the reason, and others do not wait for it."""
    with store.session() as session:
        data = {"since": "soon"}
        outbox.post(session, applicant_id="ada", key="1", template="expired", language="en", data=data, now=NOW)
    post(store, "2", "bob")
    with MailServer() as server:
        assert send(store, settings(server.port))[:3] == (1, 0, 1)
    assert problems(store) == ["notice 'expired' cannot be written: Invalid isoformat string: 'soon'", None]


def test_no_more_than_the_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is for the next run; a few in each conversation."""
    monkeypatch.setattr("onboarding.notices.delivery.PER_CONNECTION", 2)
    for number in range(7):
        post(store, str(number))
    with MailServer() as server:
        mail = settings(server.port, per_run=5)
        assert send(store, mail) == Report(5, 0, 0, 0, 2, None)
        assert send(store, mail) == Report(2, 0, 0, 0, 0, None)
    assert len(server.taken) == 7


@pytest.fixture
def certificate(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's, which this machine trusts."""
    authority = trustme.CA()
    trusted = tmp_path_factory.mktemp("trusted") / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@NO_TLS_OF_ITS_OWN
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_encrypted_and_logged_in(store: Store, certificate: ssl.SSLContext, security: Security) -> None:
    """In both ways; a wrong password changes nothing."""
    post(store, "1")
    implicit = security is Security.TLS
    encrypted = {"implicit_tls" if implicit else "starttls": certificate}
    with MailServer(**encrypted, password="right") as server:  # type: ignore[arg-type]
        mail = settings(server.port, security=security, user="talent", password_file="mail.password")
        report = send(store, mail, password="wrong")
        assert str(report.stopped).startswith(f"the mail server 127.0.0.1:{server.port}: 535 ")
        assert report.left == 1
        assert send(store, mail, password="right").sent == 1
    assert server.logins[-1] == "talent"
    assert server.recipients == ["ada@example.org"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_trusts(
    store: Store, certificate: ssl.SSLContext, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word is said to that server."""
    monkeypatch.delenv("SSL_CERT_FILE")
    post(store, "1")
    encrypted = {"implicit_tls" if security is Security.TLS else "starttls": certificate}
    with MailServer(**encrypted) as server:  # type: ignore[arg-type]
        report = send(store, settings(server.port, security=security))
    assert "certificate verify failed" in str(report.stopped)
    assert (report.left, server.taken) == (1, [])


def test_no_falling_back_to_plain_text(store: Store) -> None:
    """A server (or somebody on the way) that offers no encryption gets nothing."""
    post(store, "1")
    with MailServer() as server:
        report = send(store, settings(server.port, security=Security.STARTTLS))
    assert str(report.stopped).endswith("STARTTLS extension not supported by server.")
    assert (report.left, server.taken) == (1, [])


@NO_TLS_OF_ITS_OWN
def test_a_server_that_wants_a_login(store: Store, certificate: ssl.SSLContext) -> None:
    """Its refusal is about us: no notice is held for it."""
    post(store, "1")
    with MailServer(implicit_tls=certificate, password="right") as server:
        report = send(store, settings(server.port, security=Security.TLS))
    assert report[:5] == (0, 0, 0, 0, 1)
    assert "530" in str(report.stopped)
