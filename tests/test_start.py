"""Commands start fast: they import what they need and nothing else, and `--help` needs the code of none."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from typer.core import TyperGroup
from typer.main import get_group

from assessments.cli import APPLICANTS, commands
from assessments.lazy import Command
from grader.tables import NEWEST
from grader.workspace import Workspace
from onboarding.commands import COMMANDS

HEAVY = (
    *("nbgrader", "pandas", "numpy", "matplotlib", "itables", "jsonschema", "jupyter_server", "jupyter_client"),
    *("nbformat", "nbconvert", "IPython", "ipywidgets", "anywidget", "traitlets", "alembic"),
)
"""Take a tenth of a second and more."""
RUN = """
import sys
from assessments.cli import main
try:
    main()
except SystemExit as stop:
    code = stop.code
print(code or 0, *sorted(sys.modules), file=sys.stderr)
"""


def imported(root: Path, *arguments: str) -> set[str]:
    """What one successful command imported, in a process of its own."""
    command = [sys.executable, "-c", RUN, *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    code, *modules = run.stderr.split()
    assert code == "0", run.stdout
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [("status", "ada"), ("decide",), ("way", "update"), ("explain", "ada"), ("applicants", "list"), ("take", "--help")],
)
def test_frequent_commands_import_nothing_heavy(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    """On tables that are up to date."""
    assert not imported(workspace.root, *arguments).intersection(HEAVY)


def test_where_somebody_stands_needs_no_items(workspace: Workspace) -> None:
    """Nor their keys, nor the engine of the notices' templates where nothing is to be told."""
    heavy = ("assessments.kinds", "grader.scoring", "markdown_it", "jinja2")
    assert not imported(workspace.root, "status", "ada").intersection(heavy)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_the_list_of_commands_needs_the_code_of_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """It says what the tables of commands say."""
    modules = imported(tmp_path, *arguments)
    assert not modules.intersection((*HEAVY, "pydantic", "sqlalchemy"))
    assert not [name for name in modules if name.endswith("cli") and name.startswith(("grader", "onboarding"))]


@pytest.mark.parametrize("table", [APPLICANTS, COMMANDS], ids=["applicant", "grader"])
def test_the_tables_say_what_is_there(table: dict[str, Command]) -> None:
    """Every command is in one, where it is, with the help that it has."""
    there: dict[str, Command] = {}
    for module in {command.module for command in table.values()}:
        group = get_group(import_module(module).app)
        there |= {name: Command(module, str(command.help)) for name, command in group.commands.items()}
    assert table == there


def test_a_plain_install_has_the_applicants_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no others."""
    assert commands() == APPLICANTS | COMMANDS
    monkeypatch.setattr("assessments.cli.GRADERS", "talentpool-nobody-installed-this")
    assert commands() == APPLICANTS


def test_groups_are_whole() -> None:
    """A group is called by its name, with all its commands."""
    group = get_group(import_module(commands()["help"].module).app).commands["help"]
    assert isinstance(group, TyperGroup)
    assert "show" in group.commands


def test_the_newest_version_is_that_of_the_last_migration() -> None:
    """Otherwise a workspace would keep its old tables."""
    config = Config()
    config.set_main_option("script_location", "grader/migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST
