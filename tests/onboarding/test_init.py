"""A private workspace: an operator's own banks live beside the starter assessments, or instead of them."""

import subprocess
from pathlib import Path

import pytest

from grader.workspace import find_workspace, starter_banks
from tests.command import talentpool
from tests.samples import BANK


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace without starter assessments, with a bank of the operator's own."""
    root = tmp_path / "pool"
    assert talentpool("init", root, "--no-starter").code == 0
    (root / "source" / "own.toml").write_text(BANK)
    return root


def test_nobody_else_on_the_machine_can_read_it(root: Path) -> None:
    """It holds keys and people's data; also where the folder was there before."""
    assert root.stat().st_mode & 0o777 == 0o700
    open_folder = root.parent / "open"
    open_folder.mkdir(mode=0o755)
    assert talentpool("init", open_folder, "--no-starter").code == 0
    assert open_folder.stat().st_mode & 0o777 == 0o700


def test_a_repository_gets_banks_and_policy_alone(root: Path) -> None:
    """No secret, no database, nothing that an applicant handed in."""
    (root / "policy.toml").write_text("")
    for name in ("intake/x/received.zip", "bundles/x.zip", "applicants.csv"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Ada")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=root, check=True, timeout=60)
    listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, timeout=60, capture_output=True, text=True)
    assert listed.stdout.split() == [".gitignore", "policy.toml", "source/own.toml"]


def test_own_banks_stand_alone_or_beside(root: Path, tmp_path: Path) -> None:
    """Whatever lies in source/ is an assessment."""
    assert find_workspace(root).assessments() == ["own"]
    both = tmp_path / "both"
    said = talentpool("init", both).out
    assert "public" in said
    (both / "source" / "own.toml").write_text(BANK)
    assert find_workspace(both).assessments() == sorted(["own", *(path.stem for path in starter_banks())])


@pytest.mark.kernel
def test_releasing_public_questions_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator cannot overlook it."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(root))
    assert "public" not in talentpool("release", "own").out
    (root / "source" / "own.toml").write_text(f"public = true\n{BANK}")
    assert "applicants may know them" in talentpool("release", "own").out
