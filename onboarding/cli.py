"""The admin's commands: workspace, applicants, issuing by policy, decisions, demo; more in the packages."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.archive import write_missing
from assessments.cli import ViewOption, take_bundle
from assessments.console import make_console, printable, shown
from assessments.errors import UsageError
from assessments.packet import Packet
from assessments.taking import View, server
from grader.cli import WorkspaceOption, open_store, show_receipt
from grader.course import authoring
from grader.handout import applicant_folder, bundle_files, issue, write_bundle
from grader.practice import require_graded
from grader.receiving import serve_and_receive
from grader.store import Store, migrate
from grader.workspace import Workspace, create_workspace, find_workspace
from onboarding.applicants_cli import applicants_app
from onboarding.audit_cli import audit_app
from onboarding.deciding import decide_by_person, decide_in_portions, workspace_policy
from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.demo.story import tell
from onboarding.explain import explanation
from onboarding.help.cli import appeal_app, help_app
from onboarding.journey.catching_up import require_training
from onboarding.journey.cli import app as journey_app
from onboarding.learning.cli import app as learning_app
from onboarding.notices.cli import notices_app
from onboarding.policy import POLICY_FILE, require_attempt
from onboarding.policy_cli import policy_app
from onboarding.pool.badges.cli import badge_app
from onboarding.pool.cli import pool_app
from onboarding.privacy.cli import privacy_app

app = typer.Typer()
app.add_typer(applicants_app, name="applicants")
app.add_typer(notices_app, name="notices")
app.add_typer(help_app, name="help")
app.add_typer(appeal_app, name="appeal")
app.add_typer(pool_app, name="pool")
app.add_typer(policy_app, name="policy")
app.add_typer(audit_app, name="audit")
app.add_typer(badge_app, name="badge")
app.add_typer(privacy_app, name="privacy")
app.add_typer(learning_app)
app.add_typer(journey_app)
console = make_console()
MOST_SHOWN = 200

ApplicantOption = Annotated[str, typer.Option(help="The applicant's id.")]
AssessmentArgument = Annotated[str, typer.Argument(help="The assessment.")]


@app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to create.")],
    starter: Annotated[bool, typer.Option(help="Bring the starter assessments.")] = True,
) -> None:
    """Create a workspace."""
    workspace = new_workspace(folder, starter=starter)
    console.print(f"created {shown(workspace.root)}", markup=False, soft_wrap=True)
    if starter:
        console.print("its starter assessments are public: put your own beside them, or remove them, in source/")
    console.print("next: talentpool release ASSESSMENT, talentpool applicants add ID, talentpool take or issue")


def new_workspace(folder: Path, *, starter: bool) -> Workspace:
    """A workspace with its database; the starter policy comes with the starter banks that it names."""
    workspace = create_workspace(folder, starter=starter)
    if starter:
        policy = files("onboarding").joinpath("starter", POLICY_FILE).read_bytes()
        (workspace.root / POLICY_FILE).write_bytes(policy)
    authoring.create_gradebook(workspace)
    migrate(workspace.database_url)
    return workspace


@app.command("issue")
def issue_command(
    assessment: AssessmentArgument,
    applicant: ApplicantOption,
    output: Annotated[Path | None, typer.Option(help="Folder for the bundle; default: bundles/.")] = None,
    as_folder: Annotated[bool, typer.Option("--folder", help="Write a folder instead of a zip.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Issue an assessment to an applicant on another machine: the clock starts now."""
    place = find_workspace(workspace)
    packet, bundle = _open_attempt(place, open_store(place), assessment, applicant)
    if as_folder:
        name = f"{assessment}-{applicant}-attempt{packet.attempt}"
        path = (output or place.bundles) / name
        write_missing(path, bundle)
    else:
        path = write_bundle(place, packet, bundle, output)
    console.print(f"wrote {shown(path)}", markup=False, soft_wrap=True)
    console.print(
        f"issued {packet.issued_at:%Y-%m-%d %H:%M} UTC, to be handed in by {packet.due_at:%Y-%m-%d %H:%M} UTC"
    )


@app.command("take")
def take_command(
    assessment: Annotated[str, typer.Argument(help="The assessment, or a bundle that you were sent.")],
    applicant: Annotated[str | None, typer.Option(help="The applicant's id.")] = None,
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Take an assessment on this machine: issue it if need be, and open it; what is handed in is taken in."""
    if applicant is None:
        if not Path(assessment).exists():
            raise UsageError(
                f"{assessment} is no bundle, and no applicant is named", tip="Add --applicant ID, or name a bundle."
            )
        take_bundle(Path(assessment), view, browser=browser)
        return
    place = find_workspace(workspace)
    store = open_store(place)
    packet, bundle = _open_attempt(place, store, assessment, applicant)
    folder = applicant_folder(place, packet)
    write_missing(folder, bundle)
    serves = server(folder, view, browser=browser)
    raise typer.Exit(serve_and_receive(place, store, packet, folder, serves, show_receipt))


def _open_attempt(
    workspace: Workspace, store: Store, assessment: str, applicant: str
) -> tuple[Packet, dict[str, bytes]]:
    """The applicant's attempt that is open, or a new one if the policy allows it, with its bundle."""
    now = datetime.now(UTC)
    require_graded(workspace.bank(assessment))
    store.require_applicant(applicant)
    handed_in = store.submitted_packets(applicant, assessment)
    packets = store.packets(applicant, assessment)
    if packets and packets[-1].packet_id in handed_in:
        received = [r.received_at for r in store.results(applicant_id=applicant, assessment=assessment)]
        policy = workspace_policy(workspace)
        require_attempt(policy, assessment, len(packets), max(received), now)
        require_training(store, policy, applicant, now=now)
    packet = issue(workspace, store, assessment, applicant, now=now)
    return packet, bundle_files(workspace, store, packet)


@app.command("decide")
def decide_command(
    applicant: Annotated[str | None, typer.Argument(help="Only for a decision by a person.")] = None,
    outcome: Annotated[Verdict | None, typer.Option(help="What the person decided.")] = None,
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Apply the policy to everybody, or record one person's decision about an applicant."""
    place = find_workspace(workspace)
    store, now = open_store(place), datetime.now(UTC)
    if (applicant is None) != (outcome is None):
        raise UsageError(
            "a decision by a person needs an applicant and --outcome", tip="Without both, the policy decides."
        )
    if applicant and outcome:
        decision = decide_by_person(place, store, applicant, outcome, by=by, reason=reason, now=now)
        console.print(printable(f"{applicant}: {outcome}, decided by {decision.decided_by}"), markup=False)
        return
    _show(decide_in_portions(place, store, now=now))


def _show(portions: Iterator[list[Decision]]) -> None:
    """Print the rule's new decisions, each with the reason that weighed most; of very many the first ones."""
    table = Table("applicant", "decision", "first reason", header_style="bold")
    counts: Counter[Verdict] = Counter()
    version = ""
    for decision in chain.from_iterable(portions):
        if counts.total() < MOST_SHOWN:
            table.add_row(decision.applicant_id, decision.verdict, Text(printable(decision.reasons[0])))
        counts[decision.verdict] += 1
        version = decision.policy_version
    if not counts:
        console.print("nothing new to decide")
        return
    console.print(table)
    if counts.total() > MOST_SHOWN:
        console.print(f"and {counts.total() - MOST_SHOWN} more")
    outcomes = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    console.print(f"{counts.total()} {AUTOMATIC} by policy {version}: {outcomes}")
    console.print("all reasons: talentpool explain APPLICANT")


@app.command("explain")
def explain_command(
    applicant: Annotated[str, typer.Argument(help="The applicant's id.")], workspace: WorkspaceOption = None
) -> None:
    """Print everything that led to a decision."""
    for line in explanation(open_store(find_workspace(workspace)), applicant).splitlines():
        console.print(printable(line), markup=False, soft_wrap=True)


@app.command("demo")
def demo_command(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="A folder for the demo.")] = Path("demo"),
) -> None:
    """Run the whole way once on simulated applicants."""
    tell(workspace)
