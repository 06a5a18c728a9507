"""The admin's commands about notices: what waits, what it says, sending it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.console import make_console, printable
from assessments.errors import UsageError
from grader.errors import WorkspaceError
from grader.options import WorkspaceOption, open_store
from grader.store import Store
from grader.workspace import MARKER, find_workspace
from onboarding.applying.records import email_of, holders
from onboarding.notices import outbox
from onboarding.notices.delivery import Report, deliver
from onboarding.notices.message import message_id
from onboarding.notices.outbox import Notice, Status
from onboarding.notices.rendering import rendered
from onboarding.notices.settings import mail_settings, password

app = typer.Typer()
notices_app = typer.Typer(no_args_is_help=True, help="Messages to applicants: list, read and send them.")
app.add_typer(notices_app, name="notices")
console = make_console()

NO_ADDRESS = "no e-mail address"
Numbers = Annotated[list[int], typer.Argument(help="Numbers of notices, as `notices list` shows them.")]


class Was(StrEnum):
    """What a person knows about a notice that is held."""

    SENT = "sent"
    NOT_SENT = "not-sent"


@notices_app.command("list")
def list_command(
    status: Annotated[Status | None, typer.Option(help="Only these; default: all that are not sent.")] = None,
    applicant: Annotated[str | None, typer.Option(help="Only those to one applicant.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List notices with what stands in their way."""
    store = open_store(find_workspace(workspace))
    addresses = _addresses(store)
    found = outbox.notices(store, applicant_id=applicant, status=status)
    table = Table("number", "written", "applicant", "notice", "status", "tries", "remarks", header_style="bold")
    for notice in found:
        if status or notice.status is not Status.SENT:
            remarks = _remarks(notice, addresses.get(notice.applicant_id))
            cells = (notice.applicant_id, f"{notice.template} ({notice.language})", notice.status, str(notice.tries))
            table.add_row(str(notice.id), _minute(notice.created_at), *cells, Text(printable("; ".join(remarks))))
    console.print(table if table.row_count else "no notices")


def _addresses(store: Store) -> dict[str, str]:
    """By applicant; one question for all."""
    with store.session() as session:
        return {applicant_id: email for email, applicant_id in holders(session).items()}


def _remarks(notice: Notice, address: str | None) -> list[str]:
    if notice.sent_at:
        return [_minute(notice.sent_at)]
    later = notice.tries > 0 and notice.try_from is not None
    again = f"again from {_minute(notice.try_from)}" if later and notice.try_from else None
    return [remark for remark in (notice.problem, again, None if address else NO_ADDRESS) if remark]


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


@notices_app.command("show")
def show_command(
    number: Annotated[int, typer.Argument(help="The number of a notice.")],
    html: Annotated[bool, typer.Option("--html", help="The page instead of the text.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Print a notice as its applicant gets it."""
    place = find_workspace(workspace)
    store, mail = open_store(place), mail_settings(place)
    notice = outbox.notice(store, number)
    try:
        texts = rendered(notice.template, notice.language, notice.data, name=notice.name)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if html:
        print(texts.html)
        return
    _line(f"To: {email_of(store, notice.applicant_id) or NO_ADDRESS}")
    if mail:
        _line(f"Message-ID: {message_id(notice.key, mail, place.secret)}")
    _line(f"Subject: {texts.subject}")
    for line in ("", *texts.text.splitlines()):
        _line(line)


def _line(text: str) -> None:
    console.print(printable(text), markup=False, soft_wrap=True)


@notices_app.command("send")
def send_command(workspace: WorkspaceOption = None) -> None:
    """Send what is due, by e-mail; what could not be sent stays, and is tried again by a later run."""
    place = find_workspace(workspace)
    mail = mail_settings(place)
    if mail is None:
        raise WorkspaceError(
            f"{place.root / MARKER} has no table [mail]: notices are kept and not sent",
            tip="docs/how-to/notices.md shows one; `talentpool notices list` shows what waits.",
        )
    store = open_store(place)
    address_of = _addresses(store).get
    report = deliver(
        store, mail, password(place, mail), secret=place.secret, address_of=address_of, now=datetime.now(UTC)
    )
    _say(report)
    if report.stopped:
        raise report.stopped


def _say(report: Report) -> None:
    console.print(f"sent {report.sent}, to be tried again {report.postponed}, held {report.held}, left {report.left}")
    if report.held:
        console.print("held notices wait for you: talentpool notices list --status held")
    if report.without_address:
        console.print(f"{report.without_address} more have {NO_ADDRESS}: talentpool notices list")


@notices_app.command("settle")
def settle_command(
    was: Annotated[Was, typer.Argument(help="What is known.")], numbers: Numbers, workspace: WorkspaceOption = None
) -> None:
    """Say of notices that are held whether they were sent; those that were not are sent by the next run."""
    store, now = open_store(find_workspace(workspace)), datetime.now(UTC)
    for notice in [outbox.notice(store, number) for number in numbers]:
        if notice.status is Status.SENT:
            raise UsageError(f"notice {notice.id} was sent, {_minute(notice.sent_at or now)} UTC")
        if was is Was.SENT:
            outbox.sent(store, notice.id, now=now)
        else:
            outbox.release(store, notice.id, now=now)
    console.print(f"{len(numbers)} settled")
