"""a notebook without metadata, as some editors save it."""

import json

ABOUT = {"starts_from": "full-marks", "earns": 10, "remark": "cells of the paper were removed"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Neither of cells nor of the whole."""
    notebook = json.loads(mine["trial.ipynb"])
    for cell in notebook["cells"]:
        del cell["metadata"]
    del notebook["metadata"]
    return {**mine, "trial.ipynb": json.dumps(notebook).encode()}
