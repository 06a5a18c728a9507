"""Opens an issued folder for its applicant: as a notebook in JupyterLab, or as a page of its own."""

import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, NoReturn

from assessments.app import app_command, app_environment
from assessments.lab import lab_command, lab_environment
from assessments.packet import read_packet


class View(StrEnum):
    """How an assessment is shown."""

    LAB = "lab"
    APP = "app"


class Server(NamedTuple):
    """A command that serves a folder, and its environment."""

    command: list[str]
    environment: dict[str, str]


def server(folder: Path, view: View, *, browser: bool) -> Server:
    """What serves the assessment in `folder`."""
    folder = folder.resolve()
    packet = read_packet(folder)
    if view is View.APP:
        return Server(app_command(folder, packet, browser=browser), app_environment())
    return Server(lab_command(folder, f"{packet.assessment}.ipynb", browser=browser), lab_environment(folder))


def become(server: Server) -> NoReturn:
    """Run the server in place of this process: Ctrl+C and whatever ends this process reach the server itself."""
    # not started in the folder: no file in it may configure the server
    os.chdir(Path.home())
    os.execve(server.command[0], server.command, server.environment)
