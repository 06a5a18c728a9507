"""What a machine offers, and what happens where it offers too little."""

import json
from pathlib import Path

import pytest

from grader import doctor
from grader.execution import Engine, Limits
from grader.walls import probe
from grader.workspace import Workspace, find_workspace
from tests.command import talentpool

pytestmark = pytest.mark.kernel
SQLITE = pytest.mark.parametrize("released", ["sqlite"], indirect=True)


def test_this_machine_can_grade() -> None:
    """Everything that is needed is there; each check says what was found, or what to do."""
    checks = {check.name: check for check in doctor.examine(Engine(preload=("numpy",)), "sqlite://")}
    assert [name for name, check in checks.items() if check.needed] == [
        *("walls", "filter of system calls", "fork server", "database")
    ]
    assert all(check.holds for check in checks.values() if check.needed)
    assert all(check.holds or check.remedy for check in checks.values())
    assert "numpy" in checks["fork server"].found


def test_a_machine_without_walls_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the kernel's reason, the remedy, and an exit code."""
    monkeypatch.setattr(doctor, "why_no_walls", lambda: "unshare: Operation not permitted")
    monkeypatch.chdir(tmp_path)
    outcome = talentpool("doctor", "--json")
    assert outcome.code == 1
    walls = json.loads(outcome.out)[0]
    assert (walls["holds"], walls["found"]) == (False, "unshare: Operation not permitted")
    assert "user namespaces" in walls["remedy"]


def test_a_database_that_does_not_answer_is_named() -> None:
    """In one line."""
    checks = doctor.examine(Engine(preload=()), "postgresql+psycopg://nobody@127.0.0.1:1/none")
    (found,) = [check for check in checks if check.name == "database"]
    assert not found.holds
    assert "\n" not in found.found


@SQLITE
def test_grading_is_refused_without_a_sandbox(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is run, unless the operator accepts the risk."""
    monkeypatch.setattr(probe, "why_no_walls", lambda: "unshare: Operation not permitted")
    refused = talentpool("grade", "--workspace", workspace.root)
    assert refused.code == 1
    assert "does not allow the sandbox: unshare: Operation not permitted" in refused.err
    assert "--unsafe-no-sandbox" in refused.err
    accepted = talentpool("grade", "--workspace", workspace.root, "--unsafe-no-sandbox")
    assert accepted.code == 0, accepted.err


@SQLITE
def test_limits_are_settings(workspace: Workspace) -> None:
    """For all assessments, and for single ones; one that is not allowed is named in one line."""
    marker = workspace.root / "talentpool.toml"
    before = marker.read_text()
    marker.write_text(f"{before}[limits]\nwall_seconds = 90\n[assessment_limits.small]\nprocesses = 4\n")
    place = find_workspace(workspace.root)
    assert place.limits("small") == Limits(wall_seconds=90, processes=4)
    assert place.limits("other") == Limits(wall_seconds=90)
    wrong = {"[limits]\nwall_minutes = 1": "limits.wall_minutes", "[assessment_limits.x]\nprocesses = 0": "x.processes"}
    for text, named in wrong.items():
        marker.write_text(before + text)
        outcome = talentpool("grade", "--workspace", workspace.root)
        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {marker} cannot be read: ")
        assert named in outcome.err.splitlines()[0]
