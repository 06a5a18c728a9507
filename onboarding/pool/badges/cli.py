"""The commands about badges: issuing, checking, revoking, and the key."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.console import make_console, printable, shown
from assessments.errors import UsageError
from grader.errors import WorkspaceError
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.pool.badges import issuing, records
from onboarding.pool.badges.keys import KEY_FILE, did, signing_key
from onboarding.pool.badges.verifying import Status, verify

app = typer.Typer()
badge_app = typer.Typer(no_args_is_help=True, help="Issue, check and revoke badges for qualifications.")
app.add_typer(badge_app, name="badge")
console = make_console()
OutOption = Annotated[Path, typer.Option("--out", help="The file to write.")]
BadgeFile = Annotated[Path, typer.Argument(help="The badge, as JSON.")]


@badge_app.command("issue")
def issue_command(
    member: Annotated[str, typer.Argument(help="The member's id.")],
    out: OutOption,
    qualification: Annotated[str, typer.Option(help="Its assessment, if the member has several.")] = "",
    with_email: Annotated[bool, typer.Option(help="The recipient by a salted hash of the e-mail address.")] = False,
    with_name: Annotated[bool, typer.Option(help="Write the name into it, for everybody to read.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a qualification as an Open Badge; the same one again, unless it was revoked."""
    place = find_workspace(workspace)
    order = issuing.Order(member_id=member, assessment=qualification, with_email=with_email, with_name=with_name)
    badge = issuing.issue(place, open_store(place), order, now=datetime.now(UTC))
    _write(out, badge.document.encode())
    console.print(f"badge {badge.id}, issued {badge.issued_at:%Y-%m-%d %H:%M} UTC", markup=False, soft_wrap=True)


@badge_app.command("verify")
def verify_command(
    file: BadgeFile,
    key: Annotated[str, typer.Option(help="The issuer's did:key; default: this workspace's.")] = "",
    revocations: Annotated[Path | None, typer.Option(help="The issuer's revocation list.")] = None,
) -> None:
    """Check a badge; needs no workspace and no network. The exit code is 0 if it is valid, 1 if not."""
    found = verify(
        _content(file),
        trusted={key} if key else _own_key(),
        revoked=_content(revocations) if revocations else None,
        now=datetime.now(UTC),
    )
    console.print(printable(f"{found.status}: {found.note}"), markup=False, soft_wrap=True)
    raise typer.Exit(found.status is not Status.VALID)


def _own_key() -> set[str]:
    """The key of the workspace around the current folder, if there is one."""
    try:
        root = find_workspace(None).root
    except WorkspaceError:
        return set()
    return {did(signing_key(root).public_key())} if (root / KEY_FILE).exists() else set()


@badge_app.command("revoke")
def revoke_command(
    badge: Annotated[str, typer.Argument(help="The badge's id: urn:uuid:…")],
    by: Annotated[str, typer.Option(help="Who revokes it.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Revoke a badge. Others learn of it from the list that you publish."""
    store = open_store(find_workspace(workspace))
    done = issuing.revoke(store, badge, by=by, reason=reason, now=datetime.now(UTC))
    console.print(printable(f"revoked {done.id} of {done.applicant_id}"), markup=False, soft_wrap=True)
    console.print("next: talentpool badge revocations --out FILE, and publish the file")


@badge_app.command("revocations")
def revocations_command(out: OutOption, workspace: WorkspaceOption = None) -> None:
    """Write the signed list of all revoked badges, to be published."""
    place = find_workspace(workspace)
    _write(out, issuing.revocation_list(place, open_store(place), now=datetime.now(UTC)))


@badge_app.command("list")
def list_command(
    member: Annotated[str | None, typer.Argument(help="Only of this member.")] = None, workspace: WorkspaceOption = None
) -> None:
    """List the badges that were issued."""
    table = Table("badge", "member", "qualification", "issued", "revoked", header_style="bold")
    for badge in records.issued(open_store(find_workspace(workspace)), member):
        gone = f"{badge.revoked_at:%Y-%m-%d} {badge.revoked_by}: {badge.revoked_reason}" if badge.revoked_at else ""
        cells = (badge.id, badge.applicant_id, badge.assessment, f"{badge.issued_at:%Y-%m-%d}", gone)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)


@badge_app.command("key")
def key_command(workspace: WorkspaceOption = None) -> None:
    """Print the did:key under which this workspace issues badges."""
    console.print(did(signing_key(find_workspace(workspace).root).public_key()), markup=False, soft_wrap=True)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    console.print(f"wrote {shown(path)}", markup=False, soft_wrap=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
