"""`talentpool demo`: the whole way once, through the commands that a user would call."""

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from assessments.console import make_console
from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import find_workspace
from onboarding.demo.conduct import CONDUCTS
from onboarding.demo.learning import learn
from onboarding.demo.people import Person, people
from onboarding.demo.sitting import sit
from onboarding.journey.following import follow
from onboarding.journey.journal import standing_at
from onboarding.journey.states import State
from onboarding.policy import read_policy

SIMULATED = ".simulated"
"""Marks a workspace that may be thrown away: nobody real handed anything in."""

console = make_console()


def tell(root: Path) -> None:
    """Create the demo's workspace anew and take forty simulated people from application to pool."""
    if root.exists() and not (root / SIMULATED).exists():
        raise UsageError(f"{root} was not made by the demo, so it is not replaced", tip="Name another folder.")
    shutil.rmtree(root, ignore_errors=True)
    console.rule("1. A workspace with the starter assessments")
    run("init", str(root))
    (root / SIMULATED).touch()
    required = read_policy(root).required
    for command in ("build", "gate", "release"):
        run(command, *required, "--workspace", str(root))
    console.rule("2. Forty applicants take what the policy requires")
    _register(root, people())
    _take(root, required, people())
    console.rule("3. Grading, scores, decisions")
    for command in ("grade", "scores", "decide"):
        run(command, "--workspace", str(root))
    console.rule("4. Who is admitted goes through the modules, and is a member")
    _learn(root)
    run("pool", "--workspace", str(root))
    run("report", "--workspace", str(root), "--output", str(root / "report.html"))
    _close(root)


def run(*arguments: str) -> None:
    """Run a command as a user would, and show it; UsageError if it fails."""
    console.print(f"\n$ talentpool {' '.join(arguments)}", style="bold cyan", markup=False)
    code = subprocess.run([sys.executable, "-m", "assessments", *arguments], env=os.environ, check=False).returncode
    if code:
        raise UsageError(f"talentpool {arguments[0]} ended with exit code {code}")


def _register(root: Path, everybody: list[Person]) -> None:
    path = root / "applicants.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "name"])
        rows.writerows([person.id, person.name] for person in everybody)
    run("applicants", "import", str(path), "--workspace", str(root))


def _take(root: Path, assessments: list[str], everybody: list[Person]) -> None:
    workspace = find_workspace(root)
    store = Store(workspace.database_url)
    now = datetime.now(UTC)
    for person in everybody:
        for assessment in assessments:
            sit(workspace, store, assessment, person, now=now)
    counts = Counter(person.conduct for person in everybody)
    console.print(
        f"\n{len(everybody)} simulated people were issued {len(assessments)} assessments each and answered them:"
    )
    for name, conduct in CONDUCTS.items():
        console.print(f"  {counts[name]:>2} × {conduct.says}", markup=False)
    console.print(f"Their zips lie in {workspace.inbox}.", markup=False)


def _learn(root: Path) -> None:
    """All who are admitted finish the modules that the policy asks for, but for the last one, who is still at them."""
    workspace, now = find_workspace(root), datetime.now(UTC)
    store, modules = Store(workspace.database_url), read_policy(root).journey.modules
    *quick, late = sorted(standing_at(store, State.ONBOARDING))
    done = [(name, module) for name in quick for module in modules] + [(late, modules[0])]
    for name, module in done:
        learn(workspace, store, name, module, now=now)
    follow(workspace, store, [*quick, late], now=now)
    console.print(f"\n{len(quick)} of {len(quick) + 1} admitted people went through the {len(modules)} modules.")
    run("status", late, "--workspace", str(root))


def _close(root: Path) -> None:
    sample = people()[0].id
    console.rule("Look at it yourself")
    for purpose, command in (
        ("scores and responses, as the admin sees them", f"talentpool admin --workspace {root}"),
        (
            "an assessment, as an applicant sees it",
            f"talentpool applicants add me --workspace {root} && "
            f"talentpool take english-language --applicant me --workspace {root}",
        ),
        ("all that led to one decision", f"talentpool explain {sample} --workspace {root}"),
        ("the report", f"{root / 'report.html'}"),
    ):
        console.print(f"{purpose}:\n  {command}", markup=False)
