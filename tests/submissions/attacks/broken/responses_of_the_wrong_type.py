"""answers of other types than were asked for."""

import json

ABOUT = {"starts_from": "full-marks", "earns": 7, "remark": "the response must"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Lists instead of words."""
    responses = json.loads(mine["responses.json"])
    for answer in responses["responses"].values():
        answer["value"] = [[1], {"a": None}]
    return {**mine, "responses.json": json.dumps(responses).encode()}
