"""Speaks SMTP (RFC 5321): one connection, one message after another, and which refusals are for good."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from assessments.items import Record
from grader.errors import UnavailableError
from onboarding.notices.settings import Mail, Security

ANSWER_SECONDS = 60.0
# so long a server may take to keep a message; who gives up earlier makes it come twice (RFC 5321 4.5.3.2.6, RFC 1047)
DATA_SECONDS = 600.0
# "authentication required" and its kin (RFC 4954): about us, not about one recipient
_ABOUT_US = (530, 534, 535, 538)
MAX_REPLY_CHARS = 300


class Refusal(Record):
    """A mail server's no to one message."""

    is_permanent: bool
    reply: str


@contextmanager
def connected(mail: Mail, password: str) -> Iterator[smtplib.SMTP]:
    """A conversation with the mail server, encrypted and authenticated as the settings say.

    Raises:
        UnavailableError: nobody answers, the certificate is not right, the password is not taken, the line goes dead.
    """
    try:
        client = _opened(mail)
        try:
            if mail.security is Security.STARTTLS:
                client.starttls(context=ssl.create_default_context())
            if mail.user:
                client.login(mail.user, password)
            client.ehlo_or_helo_if_needed()
            yield client
        finally:
            with suppress(OSError):
                client.quit()
            client.close()
    except smtplib.SMTPResponseException as error:
        raise UnavailableError(f"{_server(mail)}: {_line(error.smtp_code, error.smtp_error)}") from None
    except (OSError, UnicodeError) as error:  # smtplib's are kinds of OSError
        raise UnavailableError(f"{_server(mail)}: {' '.join(str(error).split())}") from None


def offer(client: smtplib.SMTP, sender: str, recipient: str) -> Refusal | None:
    """Say who writes to whom; nothing is sent yet.

    Returns:
        Why the server does not want it for this recipient.

    Raises:
        smtplib.SMTPException: the server takes nothing from us now.
    """
    client.rset()
    code, reply = client.mail(sender)
    if code != 250:
        raise smtplib.SMTPResponseException(code, reply)
    code, reply = client.rcpt(recipient)
    if code in _ABOUT_US:
        raise smtplib.SMTPResponseException(code, reply)
    return None if code in (250, 251) else _refusal(code, reply)


def hand_over(client: smtplib.SMTP, content: bytes) -> Refusal | None:
    """Send what was offered.

    Returns:
        Why the server does not keep it.

    Raises:
        OSError: the line went dead, or the server speaks in riddles: nobody knows whether it arrived.
    """
    if client.sock:
        client.sock.settimeout(DATA_SECONDS)
    try:
        code, reply = client.data(content)
    except smtplib.SMTPDataError as error:
        return _refusal(error.smtp_code, error.smtp_error)
    finally:
        if client.sock:
            client.sock.settimeout(ANSWER_SECONDS)
    return None if code == 250 else _refusal(code, reply)


def _opened(mail: Mail) -> smtplib.SMTP:
    if mail.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port_in_use, timeout=ANSWER_SECONDS, context=context)
    return smtplib.SMTP(mail.host, mail.port_in_use, timeout=ANSWER_SECONDS)


def _refusal(code: int, reply: bytes | str) -> Refusal:
    if not 400 <= code < 600:
        raise smtplib.SMTPResponseException(code, reply)
    return Refusal(is_permanent=code >= 500, reply=_line(code, reply))


def _line(code: int, reply: bytes | str) -> str:
    """A server's reply on one line without control characters."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    shown = "".join(char if char.isprintable() else " " for char in f"{code} {text}")
    return " ".join(shown.split())[:MAX_REPLY_CHARS]


def _server(mail: Mail) -> str:
    return f"the mail server {mail.host}:{mail.port_in_use}"
