"""Opens a module: its notebook, its folder, and what serves it."""

from pathlib import Path
from typing import Any

from assessments.app import app_environment, page_command
from assessments.handin import unpack
from assessments.lab import lab_command, lab_environment
from assessments.learning.module import MODULE_FILE, Module, read_module
from assessments.notebook import form_notebook
from assessments.taking import Server, View


def module_notebook(module: Module, folder: str = ".") -> dict[str, Any]:
    """The notebook of a module (nbformat 4.5); what it shows comes from the module's file.

    Args:
        folder: where the module lies, from the notebook's own folder.
    """
    intro = (
        f"# {module.title}\n\n{module.summary}\n\n**{module.size[0].upper()}{module.size[1:]}.** "
        "Read, then answer; the next section opens when your answer is right. You can try as often as you like, and "
        "your first answers only help us to improve this module: **nobody is judged by them.** Everything is saved; "
        "you can close the page and come back."
    )
    opening = (
        f'from assessments.learning.lesson import open_module\n\nlesson = open_module("{folder}")\nlesson.header()'
    )
    sections = [f"lesson.section({number})" for number, _ in enumerate(module.sections, start=1)]
    cells = {f"part-{place}": source for place, source in enumerate([opening, *sections, "lesson.finish()"])}
    return form_notebook(intro, cells, {"module": module.name})


def unpack_module(bundle: Path, into: Path) -> Path:
    """Lay out a module that was sent; returns its folder.

    Raises:
        BundleError: it is no module.
    """
    folder = unpack(bundle, into, MODULE_FILE)
    read_module(folder)
    return folder


def module_server(folder: Path, view: View, *, browser: bool) -> Server:
    """What serves the module in `folder`."""
    folder = folder.resolve()
    module = read_module(folder)
    name = f"{module.name}.ipynb"
    if view is View.APP:
        return Server(page_command(folder, name, module_notebook(module, "../.."), browser=browser), app_environment())
    return Server(lab_command(folder, name, browser=browser), lab_environment(folder))
