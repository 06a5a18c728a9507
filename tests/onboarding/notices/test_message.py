"""The e-mail: its headers are ours alone, whatever people are called."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onboarding.notices.message import message, message_id
from onboarding.notices.outbox import Notice
from onboarding.notices.settings import Mail, is_address
from tests.onboarding.notices.samples import DATA
from tests.samples import NOW

MAIL = Mail(host="mail.test", sender="talent@example.org", sender_name="Talent, «Team»", reply_to="ask@example.org")
SECRET = b"s" * 32
HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Language"),
]


def a_notice(name: str = "Ada", key: str = "ada/1", language: str = "en", about: str = "a question") -> Notice:
    """One with an applicant's words in it."""
    return Notice(
        id=1,
        applicant_id="ada",
        key=key,
        template="ticket-answered",
        language=language,
        data={**DATA["ticket-answered"], "about": about},
        name=name,
        created_at=NOW,
        sent_at=None,
        tries=0,
        try_from=NOW,
        problem=None,
    )


def received(notice: Notice) -> EmailMessage:
    """As a mail program reads it."""
    content = message(notice, "ada@example.org", MAIL, secret=SECRET, now=NOW).as_bytes()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()
    return message_from_bytes(content, policy=default)


def test_headers() -> None:
    """Who writes to whom, about what, and that a program did."""
    email = received(a_notice(language="es"))
    assert email.keys() == HEADERS
    assert email["From"].addresses[0].addr_spec == "talent@example.org"
    assert email["From"].addresses[0].display_name == "Talent, «Team»"
    assert (email["To"], email["Reply-To"]) == ("ada@example.org", "ask@example.org")
    assert email["Subject"] == "Su pregunta tiene respuesta"
    assert email["Date"].datetime == NOW
    assert (email["Content-Language"], email["Auto-Submitted"]) == ("es", "auto-generated")


def test_text_and_html() -> None:
    """The same, for whoever reads which."""
    email = received(a_notice(name="Ada <b>", language="es"))
    text, html = email.get_body(("plain",)), email.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Hola, Ada <b>:" in text.get_content()
    assert "Hola, Ada &lt;b&gt;:" in html.get_content()
    assert "está" in text.get_content()


@settings(deadline=None)
@given(name=st.text(), about=st.text())
def test_nobody_writes_headers(name: str, about: str) -> None:
    """Neither by a name nor by a question."""
    email = received(a_notice(name=name, about=about))
    assert email.keys() == HEADERS
    assert not email.defects
    assert email["Subject"] == "Your question has been answered"
    assert len(list(email.iter_parts())) == 2


def test_a_name_with_a_header_in_it() -> None:
    """The usual trick."""
    email = received(a_notice(name="Ada\r\nBcc: eve@evil.example\r\n\r\nHello"))
    assert email.keys() == HEADERS
    body = email.get_body(("plain",))
    assert body is not None
    assert "Hello Ada Bcc: eve@evil.example Hello," in body.get_content()


def test_each_copy_has_the_same_id() -> None:
    """And no other notice, nor the same one of another workspace."""
    first, again = (received(a_notice())["Message-ID"] for _ in range(2))
    assert first == again == message_id("ada/1", MAIL, SECRET)
    assert first.endswith("@example.org>")
    assert received(a_notice(key="ada/2"))["Message-ID"] != first
    assert message_id("ada/1", MAIL, b"t" * 32) != first


@pytest.mark.parametrize("address", ["ada@example.org", "a.b+c@sub.example.org", "o'neill@localhost"])
def test_addresses(address: str) -> None:
    """Those that every server understands."""
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "ada",
            "@example.org",
            "ada@",
            "a b@example.org",
            "ada@example.org\n",
            "ada@example.org\r\nRCPT TO:<eve>",
        ),
        *("<ada@example.org>", "Ada <ada@example.org>", "a@b@c", "a@example.org,b@example.org", '"a b"@example.org'),
        *("josé@example.org", "ada@exämple.org", "ada@example..org", "a" * 250 + "@b.org", "ada@example.org\0"),
    ],
)
def test_no_addresses(address: str) -> None:
    """Several, hidden commands, what only some servers understand."""
    assert not is_address(address)
