"""hands in an answer of 6 MB of source, and one of 4 MB in the form."""

import json

from assessments.responses import RESPONSES_FILE

ABOUT = {"remark": "at most 100,000 characters"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """A program that is all comment."""
    notebook, responses = json.loads(mine["trial.ipynb"]), json.loads(mine[RESPONSES_FILE])
    for cell in notebook["cells"]:
        if cell["id"] == "answer-q1":
            cell["source"] = "# x\n" * 1_500_000
    responses["responses"]["q3"] = {"value": "b" * 4_000_000, "saved_at": "2026-03-02T09:40:00Z"}
    return {
        **mine,
        "trial.ipynb": json.dumps(notebook).encode(),
        RESPONSES_FILE: json.dumps(responses).encode(),
    }
