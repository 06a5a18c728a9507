"""Lays out the application's notebook in a folder and opens it, as a notebook or as a page."""

import json
from pathlib import Path
from typing import Any

from assessments.app import app_environment, page_command
from assessments.archive import write_missing
from assessments.errors import UsageError
from assessments.lab import lab_command, lab_environment
from assessments.notebook import form_notebook
from assessments.taking import Server, View

NOTEBOOK = "apply.ipynb"
_INTRO = """# Apply to the talent pool

This takes about fifteen minutes. Everything is saved on this computer as soon as you type it; you can close the page
and come back. Nothing is sent before you send the file that is packed at the end.

The talent pool is a waiting room, not a job: projects open, pause and close. What decides is what you show in the
assessments. You will be offered those that belong to the languages and domains that you name here."""


def application_notebook(folder: str = ".") -> dict[str, Any]:
    """The notebook (nbformat 4.5), for an application that lies in `folder` as seen from it."""
    place = "" if folder == "." else json.dumps(folder)
    opening = "from assessments.applying.form import open_application\n\n"
    sources = {
        "opening": f"{opening}form = open_application({place})\nform.header()",
        "application": "form.application()",
        "self-assessment": "form.self_assessment()",
        "final-check": "form.finish()",
    }
    return form_notebook(_INTRO, sources, {"application": True})


def notebook_text() -> str:
    """The notebook as it stands in a file: the same bytes every time."""
    return json.dumps(application_notebook(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def application_server(folder: Path, view: View, *, browser: bool) -> Server:
    """What serves the application in `folder`, which is laid out there unless it is there already.

    Raises:
        UsageError: the folder cannot be written.
    """
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_missing(folder, {NOTEBOOK: notebook_text().encode()})
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}", tip="Name another folder.") from None
    if view is View.APP:
        # a page's notebook lies two folders below
        notebook = application_notebook("../..")
        return Server(page_command(folder, NOTEBOOK, notebook, browser=browser), app_environment())
    return Server(lab_command(folder, NOTEBOOK, browser=browser), lab_environment(folder))


if __name__ == "__main__":
    print(notebook_text(), end="")
