"""The admin's commands about members: listing and searching the pool, and what is known of a member."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, printable
from grader.export import write_table
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.pool.details import Changes, MemberStanding, change, changed_in_between, details_of, in_words
from onboarding.pool.members import members, require_member, table
from onboarding.pool.search import Wanted, domain, language, search

app = typer.Typer()
pool_app = typer.Typer(invoke_without_command=True, help="List and search the talent pool.")
app.add_typer(pool_app, name="pool")
console = make_console()
TOO_MUCH = ("next_expiry", "note", "changed_at", "decided_by")
"""What the terminal's table has no room for."""


@pool_app.callback()
def pool_command(
    context: typer.Context,
    languages: Annotated[list[str] | None, typer.Option("--language", help="Such as en or en:B2.")] = None,
    domains: Annotated[list[str] | None, typer.Option("--domain", help="Such as medicine or medicine:5.")] = None,
    qualification: Annotated[list[str] | None, typer.Option(help="The assessment of a valid qualification.")] = None,
    hours: Annotated[int | None, typer.Option(min=1, help="At least so many hours a week.")] = None,
    available_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Available on this day.")] = None,
    standing: Annotated[list[MemberStanding] | None, typer.Option(help="Any one of several.")] = None,
    kind: Annotated[str, typer.Option("--format", help="table, csv, json, html, parquet or xlsx.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List the members of the talent pool (all, or those that fit) with their qualifications."""
    if context.invoked_subcommand:
        return
    wanted = Wanted(
        languages=tuple(map(language, languages or ())),
        domains=tuple(map(domain, domains or ())),
        qualifications=tuple(qualification or ()),
        hours_a_week=hours,
        available_on=available_on.date() if available_on else None,
        standings=tuple(standing or ()),
    )
    everybody = members(open_store(find_workspace(workspace)), today=datetime.now(UTC).date())
    rows = table(search(everybody, wanted))
    write_table(rows.drop(columns=list(TOO_MUCH)) if kind == "table" else rows, kind, output, console)


@pool_app.command("set")
def set_command(
    member: Annotated[str, typer.Argument(help="The member's id.")],
    hours: Annotated[int | None, typer.Option(min=1, max=168, help="Hours a week.")] = None,
    available_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day; today for at once.")
    ] = None,
    standing: Annotated[MemberStanding | None, typer.Option(help="Whether the member gets new work.")] = None,
    by: Annotated[str, typer.Option(help="Who changes it.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    unchanged_since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"], help="Only if nobody changed it after this time, UTC."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Say how much time a member has, from when on, and whether something stands against new work."""
    store, now = open_store(find_workspace(workspace)), datetime.now(UTC)
    require_member(store, member)
    seen = details_of(store, member)
    if unchanged_since and seen.changed_at and seen.changed_at > unchanged_since.replace(tzinfo=UTC):
        raise changed_in_between(seen)
    changes = Changes(
        hours_a_week=hours, available_from=available_from.date() if available_from else None, standing=standing
    )
    new = change(store, seen, changes, by=by, reason=reason, now=now)
    said = f"{member}: {in_words(new)}"
    if seen.changed_at:
        said += f"; before, by {seen.changed_by} at {seen.changed_at:%Y-%m-%d %H:%M} UTC: {in_words(seen)}"
    console.print(printable(said), markup=False, soft_wrap=True)
