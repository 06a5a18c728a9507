"""hands in a notebook with a hundred thousand cells."""

import json

ABOUT = {"remark": "has more than 1,000 cells"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """All of them copies of a test cell."""
    notebook = json.loads(mine["trial.ipynb"])
    cell = {"cell_type": "code", "source": "1", "metadata": {"nbgrader": {"grade_id": "q1"}}}
    notebook["cells"] += [cell] * 100_000
    return {**mine, "trial.ipynb": json.dumps(notebook).encode()}
