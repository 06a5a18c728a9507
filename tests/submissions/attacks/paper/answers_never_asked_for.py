"""answers questions that were never issued."""

import json

from assessments.responses import RESPONSES_FILE

ABOUT = {"answers": {"q3": "b"}, "earns": 2, "remark": "answers to questions that were never issued were ignored"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """The one right answer in a hundred slots."""
    responses = json.loads(mine[RESPONSES_FILE])
    right = responses["responses"]["q3"]
    responses["responses"] |= {f"q{number}": right for number in range(5, 100)}
    return {**mine, RESPONSES_FILE: json.dumps(responses).encode()}
