"""a cell with half of an emoji in it."""

import json

ABOUT = {"starts_from": "full-marks", "earns": 10}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """One more cell, with half a surrogate pair."""
    notebook = json.loads(mine["trial.ipynb"])
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "x = \x27\ud800\x27"})
    return {**mine, "trial.ipynb": json.dumps(notebook).encode()}
