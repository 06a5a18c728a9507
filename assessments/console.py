"""The terminal: one way to print for all commands."""

import sys
from pathlib import Path

from rich.console import Console

PIPED_WIDTH = 160
"""Columns where the output is no terminal; tables then keep their shape in a file or a log."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that colours nothing by guessing, leaves `:key:` as it is, and is as wide as the terminal."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPED_WIDTH
    return Console(stderr=stderr, highlight=False, emoji=False, soft_wrap=False, width=width)


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here)) if path.resolve().is_relative_to(here) else str(path)


def printable(text: str) -> str:
    """The text on one line without control characters: names in it may come from an applicant."""
    return "".join(char if char.isprintable() else " " for char in text)
