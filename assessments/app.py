"""Serves a form as a page of its own, without a notebook around it (Voilà)."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessments.packet import Packet
from assessments.saving import write_atomically

FOLDER = Path(".talentpool") / "app"
"""Where the page's notebook lies, below the folder that was issued."""
_HIDDEN_EXTENSIONS = ("@jupyter/nbgrader",)
"""Author's tools, which are installed where the grader's side is."""


def app_command(folder: Path, packet: Packet, *, browser: bool) -> list[str]:
    """The command line that serves the form in `folder`."""
    name = f"{packet.assessment}.ipynb"
    issued = json.loads((folder / name).read_bytes())
    return page_command(folder, name, app_notebook(packet, issued), browser=browser)


def page_command(folder: Path, name: str, notebook: Mapping[str, Any], *, browser: bool) -> list[str]:
    """The command line that serves a notebook as a page; it is written below `folder` under this name."""
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(notebook).encode())
    command = [
        *(sys.executable, "-m", "voila", str(path), "--Voila.ip=127.0.0.1", "--Voila.auto_token=True"),
        *("--template=talentpool", "--VoilaConfiguration.show_tracebacks=False"),
        "--VoilaConfiguration.allow_template_override=NO",
        *(f"--VoilaConfiguration.extension_denylist={name}" for name in _HIDDEN_EXTENSIONS),
    ]
    if not browser:
        command.append("--no-browser")
    return command


def app_environment() -> dict[str, str]:
    """Ours, with the page's template where Voilà looks for it."""
    paths = [str(Path(__file__).with_name("share")), os.environ.get("JUPYTER_PATH", "")]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(filter(None, paths))}


def app_notebook(packet: Packet, issued: dict[str, Any]) -> dict[str, Any]:
    """The notebook of the page: instructions and form; code is written in the form and not in cells."""
    texts = [cell for cell in issued["cells"] if cell.get("id") in ("instructions", "guideline")]
    sources = [
        'from assessments.form import open_form\n\nform = open_form("../..", app=True)\nform.header()',
        *(f'form.slot("{slot.slot}")' for slot in packet.slots),
        "form.finish()",
    ]
    forms: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": None, "id": f"c{n}", "metadata": {}, "outputs": [], "source": source}
        for n, source in enumerate(sources)
    ]
    return {**issued, "cells": [*texts, *forms]}
