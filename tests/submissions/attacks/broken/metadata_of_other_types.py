"""a notebook whose metadata are lists, numbers and nothing."""

import json

ABOUT = {"starts_from": "full-marks", "earns": 10, "remark": "cells of the paper were removed"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """A converter with an opinion of its own."""
    notebook = json.loads(mine["trial.ipynb"]) | {"metadata": [1]}
    odds: tuple[object, ...] = (None, 5, [], {"nbgrader": 7}, {"nbgrader": None})
    for cell, odd in zip(notebook["cells"], odds, strict=False):
        cell["metadata"] = odd
    return {**mine, "trial.ipynb": json.dumps(notebook).encode()}
