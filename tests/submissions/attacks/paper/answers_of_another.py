"""hands in somebody else's file of answers."""

from assessments.responses import RESPONSES_FILE

ABOUT = {"remark": "responses.json belongs to another packet"}


def hand_in(mine: dict[str, bytes], theirs: dict[str, bytes], _folder: object) -> dict[str, bytes]:
    """Their answers."""
    return {**mine, RESPONSES_FILE: theirs[RESPONSES_FILE]}
