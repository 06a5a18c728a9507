"""A notebook that shows a form: one text, then cells whose source is hidden and that run by themselves."""

from collections.abc import Mapping
from typing import Any

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def form_notebook(intro: str, sources: Mapping[str, str], ours: Mapping[str, object]) -> dict[str, Any]:
    """The notebook, in nbformat 4.5.

    Args:
        intro: what stands above the form (Markdown).
        sources: the cells' sources by their ids.
        ours: what the metadata say of it; by them JupyterLab knows that it is a form.
    """
    return {
        "cells": [
            {"cell_type": "markdown", "id": "instructions", "metadata": {}, "source": intro},
            *(_form(cell_id, source) for cell_id, source in sources.items()),
        ],
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}, "talentpool": dict(ours)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _form(cell_id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": {"editable": False, "deletable": False, "jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": source,
    }
