"""Fixtures: a released workspace with the small bank, on each database, copied for each test that wants one."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from grader.store import Store
from grader.workspace import MARKER, Workspace, create_workspace, find_workspace
from onboarding.applicants import register
from tests.browser.chromium import MISSING, browser_path, chromium
from tests.postgres import Server
from tests.released import release_bank
from tests.require import missing
from tests.samples import BANK, NOW

# no test fails because the machine is busy, or because a model is built when it is first used
settings.register_profile("talentpool", deadline=None)
settings.load_profile("talentpool")

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
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


class Released(NamedTuple):
    """A workspace in which the small bank is released and ada and bob are registered; copied, never used."""

    root: Path
    server: Server | None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def new_database(postgres: Server) -> Iterator[Callable[..., str]]:
    """Creates a database (as a copy of another one) and returns its URL; dropped after the test."""
    made = []

    def create(template: str = "template1") -> str:
        made.append(f"test_{next(_numbers)}")
        return postgres.create(made[-1], template)

    yield create
    for name in made:
        postgres.drop(name)


_numbers = count()


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'x.db'}"
    return str(request.getfixturevalue("new_database")())


def use_database(root: Path, url: str) -> Workspace:
    """Let a workspace use another database, in our settings and in nbgrader's."""
    for name in (MARKER, "nbgrader_config.py"):
        lines = (root / name).read_text().splitlines(keepends=True)
        (root / name).write_text("".join(_with_url(line, url) for line in lines))
    return find_workspace(root)


def _with_url(line: str, url: str) -> str:
    name, equals, _ = line.partition(" = ")
    return f'{name}{equals}"{url}"\n' if name in ("database", "c.CourseDirectory.db_url") else line


def release_small(root: Path, server: Server | None) -> Released:
    """Make the released workspace, on the server if there is one."""
    workspace = create_workspace(root, starter=False)
    if server:
        workspace = use_database(root, server.create("released"))
    (root / "policy.toml").write_text(POLICY)
    store = release_bank(workspace, "small", BANK)
    for name in ("ada", "bob"):
        register(store, name, name.title(), now=NOW)
    store.close()
    return Released(root, server)


@pytest.fixture(scope="session", params=DATABASES)
def released(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The released workspace, once on each database."""
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    return release_small(tmp_path_factory.mktemp("released") / "workspace", server)


@pytest.fixture
def workspace(released: Released, request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """A copy of the released workspace."""
    root = tmp_path / "workspace"
    shutil.copytree(released.root, root)
    if released.server:
        return use_database(root, request.getfixturevalue("new_database")("released"))
    return find_workspace(root)


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """The store of that copy."""
    opened = Store(workspace.database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests; skips (or fails, where it is required) if there is none."""
    path = browser_path()
    if path is None:
        missing("browser", MISSING)
    with chromium(path) as opened:
        yield opened
