"""Commands whose code is imported when they are called: what starts fast does not pay for what the others need."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


class Command(NamedTuple):
    """One command, or a group of them.

    Args:
        module: holds it, under the same name, in the Typer app that is called `app`.
        help: its first line, as it stands there too.
    """

    module: str
    help: str


class LazyGroup(TyperGroup):
    """A group that knows of each command its name, its help and where it is."""

    def add(self, table: Mapping[str, Command]) -> None:
        """Add the commands of a table; one that is there already is replaced where it stands."""
        self._modules = {name: command.module for name, command in table.items()}
        for name, command in table.items():
            self.add_command(TyperCommand(name, help=command.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command that was called, with its code."""
        # one that is not known ends here
        super().resolve_command(ctx, args)
        name, *rest = args
        app = import_module(self._modules[name]).app
        return name, get_group(app).commands[name], rest
