"""Simulated applicants go through the real commands: application, issue, answers by their ability, intake."""

import csv
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from assessments.archive import read_files, write_archive
from benchmarks.ability import Applicant
from grader.released import keys_for
from grader.store import Store
from grader.workspace import Workspace, find_workspace
from onboarding.demo.answering import answer
from onboarding.demo.sitting import fill_in
from tests.command import talentpool

CORES = len(os.sched_getaffinity(0))
AT_ONCE = 250
"""Files that one `intake` takes."""


def run(*arguments: str | Path) -> str:
    """A command that must succeed; what it printed."""
    outcome = talentpool(*arguments)
    if outcome.code:
        raise SystemExit(f"talentpool {' '.join(map(str, arguments))}\n{outcome.out}{outcome.err}")
    return outcome.out


def apply(root: Path, everybody: Sequence[Applicant]) -> None:
    """Applications as a CSV file, taken in."""
    path = root / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(_application(everybody[0])))
        table.writeheader()
        table.writerows(map(_application, everybody))
    run("applicants", "import", path, "--workspace", root)


def _application(someone: Applicant) -> dict[str, str]:
    return {
        "id": someone.id,
        "name": someone.id,
        "email": f"{someone.id}@example.org",
        "country": "ES",
        "time_zone": "Europe/Madrid",
        "languages": "; ".join(f"{code}:C1" for code in sorted(someone.declared.languages)),
        "domains": "; ".join(f"{domain}:3" for domain in sorted(someone.declared.domains)),
        "degree": "",
        "hours_a_week": "10",
        "consent_at": datetime.now(UTC).isoformat(),
    }


def take(root: Path, someone: Applicant, seed: int) -> list[Path]:
    """Have everything issued that is required, and answer it; returns the zips to be handed in."""
    workspace = find_workspace(root)
    store = Store(workspace.database_url)
    for name in someone.ability:
        run("issue", name, "--applicant", someone.id, "--workspace", root)
    done = [_answered(workspace, store, someone, name, seed) for name in someone.ability]
    store.close()
    return done


def _answered(workspace: Workspace, store: Store, someone: Applicant, name: str, seed: int) -> Path:
    rng = Random(f"{seed} {someone.id} {name}")
    (packet,) = store.packets(someone.id, name)
    keys = keys_for(workspace, store, packet)
    answers = {slot: answer(entry, someone.ability[name], rng) for slot, entry in keys.items()}
    path = workspace.bundles / f"{name}-{someone.id}-attempt1.zip"
    write_archive(path, fill_in(read_files(path), packet, answers, now=datetime.now(UTC)))
    return path


def take_all(root: Path, everybody: Sequence[Applicant], seed: int) -> list[Path]:
    """Everybody's zips, made on all cores."""
    with ProcessPoolExecutor(CORES, multiprocessing.get_context("spawn")) as crew:
        jobs = [crew.submit(take, root, someone, seed) for someone in everybody]
        return [path for job in jobs for path in job.result()]


def hand_in(root: Path, paths: Sequence[Path]) -> None:
    """Take in so many at a time."""
    with chdir(root):
        for start in range(0, len(paths), AT_ONCE):
            run("intake", *paths[start : start + AT_ONCE])
