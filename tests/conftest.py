"""Fixtures: a released workspace with the small bank, copied for each test that wants one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course import authoring
from grader.release import gate, release
from grader.store import Store, migrate
from grader.workspace import Workspace, create_workspace, find_workspace
from onboarding.applicants import register
from tests.samples import BANK, NOW

POLICY = """
title = "Tests"
band = 0
[[stages]]
name = "Only"
assessments = ["small"]
[assessments.small]
qualification = "Small things"
minimum_score = 0.7
attempts = 2
waiting_days = 7
"""


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the small bank is released and ada and bob are registered; copied, never used."""
    root = tmp_path_factory.mktemp("released") / "workspace"
    workspace = create_workspace(root, starter=False)
    (workspace.source / "small.toml").write_text(BANK)
    (root / "policy.toml").write_text(POLICY)
    authoring.create_gradebook(workspace)
    migrate(workspace.database_url)
    bank = workspace.bank("small")
    store = Store(workspace.database_url)
    release(workspace, store, bank, gate(workspace, bank))
    for name in ("ada", "bob"):
        register(store, name, name.title(), now=NOW)
    store.close()
    return root


@pytest.fixture
def workspace(released: Path, tmp_path: Path) -> Workspace:
    """A copy of the released workspace."""
    root = tmp_path / "workspace"
    shutil.copytree(released, root)
    return find_workspace(root)


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """The store of that copy."""
    opened = Store(workspace.database_url)
    yield opened
    opened.close()
