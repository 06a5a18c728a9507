"""The commands about personal data: `talentpool privacy …`."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, printable, shown
from assessments.errors import UsageError
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.options import ApplicantArgument
from onboarding.privacy import ledger
from onboarding.privacy.erase import Order, erase
from onboarding.privacy.export import export
from onboarding.privacy.outlasting import Outlasted
from onboarding.privacy.retention import outlasted, read_periods, retain

app = typer.Typer()
privacy_app = typer.Typer(no_args_is_help=True, help="Personal data: export, erase, keep no longer than needed.")
app.add_typer(privacy_app, name="privacy")
console = make_console()


@privacy_app.command("export")
def export_command(
    applicant: ApplicantArgument,
    output: Annotated[Path | None, typer.Option(help="The zip to write; default: APPLICANT-data.zip.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write everything that is known about an applicant into a zip, for the applicant to read."""
    place, path = find_workspace(workspace), output or Path(f"{applicant}-data.zip")
    count = export(place, open_store(place), applicant, path, now=datetime.now(UTC))
    _print(f"wrote {shown(path)} with {count} files; it is readable for you alone")


@privacy_app.command("erase")
def erase_command(
    applicant: ApplicantArgument,
    by: Annotated[str, typer.Option(help="Your name.")] = "",
    reason: Annotated[str, typer.Option(help="Why; stays on record, so name nobody in it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="It cannot be undone, and you know that.")] = False,
    despite_open: Annotated[
        bool, typer.Option("--despite-open", help="Also with a decision in force or an open objection.")
    ] = False,
    without_notice: Annotated[
        bool, typer.Option("--without-notice", help="Also if the mail server does not take the last message now.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Erase an applicant's data for good; points and decisions stay under a pseudonym. Run again if interrupted."""
    if not yes:
        raise UsageError(
            f"the data of {applicant} would be erased for good; nothing was done",
            tip=f"Keep a copy for the person with: talentpool privacy export {applicant}. Then add --yes.",
        )
    place = find_workspace(workspace)
    order = Order(
        applicant_id=applicant, by=by, reason=reason, despite_open=despite_open, without_notice=without_notice
    )
    report = erase(place, open_store(place), order, now=datetime.now(UTC))
    _print(f"erased; what is left is under the pseudonym {report['pseudonym']}")
    _print(f"message to the person: {report['notice']}")
    for name, count in report["erased"].items():
        _print(f"  erased: {name} ({count})")
    for name, why in report["kept"].items():
        _print(f"  kept: {name}, {why}")
    for text in report["left"]:
        _print(f"  out of reach: {text}")
    _print(f"report: {shown(ledger.folder(place) / report['pseudonym'])}.json")


@privacy_app.command("retain")
def retain_command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Remove what was kept for longer than retention.toml says; to be run every day."""
    place, now = find_workspace(workspace), datetime.now(UTC)
    store = open_store(place)
    found = outlasted(place, store, read_periods(place.root), now=now)
    counts: Counter[str] = Counter()
    for each in found if dry_run else retain(place, store, found, now=now):
        counts[each.period] += 1
        _print(f"{'would go' if dry_run else 'gone'}: {_words(each)}")
    _print(", ".join(f"{period}: {count}" for period, count in counts.items()) or "nothing was kept for too long")
    for entry in ledger.entries(place):
        if "applicant_id" in entry:
            _print(f"not finished: talentpool privacy erase {entry['applicant_id']}")


def _words(each: Outlasted) -> str:
    return f"{each.applicant_id or 'nobody knows whose'}, {each.what[:16]}, since {each.since:%Y-%m-%d} ({each.period})"


def _print(line: str) -> None:
    console.print(printable(line), markup=False, soft_wrap=True)
