"""turns its clock back, so that everything late seems to have been answered in time."""

import json

from assessments.responses import RESPONSES_FILE

ABOUT = {"starts_from": "full-marks", "arrives_after": 90, "earns": 10, "remark": "late by"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Answers from before the issue."""
    responses = json.loads(mine[RESPONSES_FILE])
    for answer in responses["responses"].values():
        answer["saved_at"] = "2001-01-01T00:00:00Z"
    return {**mine, RESPONSES_FILE: json.dumps(responses).encode()}
