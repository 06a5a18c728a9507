"""A notice as an e-mail. No header holds anything that an applicant wrote except the address, which is checked."""

import hmac
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from onboarding.notices.outbox import Notice
from onboarding.notices.rendering import rendered
from onboarding.notices.settings import Mail


def message(notice: Notice, recipient: str, mail: Mail, *, secret: bytes, now: datetime) -> EmailMessage:
    """The e-mail for a notice, as text and as HTML.

    Args:
        recipient: an address for which `is_address` holds.
        secret: the workspace's; see `message_id`.
    """
    texts = rendered(notice.template, notice.language, notice.data, name=notice.name)
    email = EmailMessage(policy=SMTP)
    email["From"] = Address(display_name=mail.sender_name or "", addr_spec=mail.sender)
    email["To"] = Address(addr_spec=recipient)
    if mail.reply_to:
        email["Reply-To"] = Address(addr_spec=mail.reply_to)
    email["Subject"] = texts.subject
    email["Date"] = format_datetime(now)
    email["Message-ID"] = message_id(notice.key, mail, secret)
    # RFC 3834: programs that answer for people on holiday keep quiet
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(texts.text, cte="quoted-printable")
    email.add_alternative(texts.html, subtype="html", cte="quoted-printable")
    # last: a new content takes headers about the content away
    email["Content-Language"] = notice.language
    return email


def message_id(key: str, mail: Mail, secret: bytes) -> str:
    """The same for each copy of a notice, so that mail programs can drop a second one; another in each workspace."""
    return f"<{hmac.digest(secret, key.encode(), 'sha256').hex()[:32]}@{mail.sender.partition('@')[2]}>"
