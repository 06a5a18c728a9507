"""answers the second attempt's questions for the first attempt, long after its end."""

import json

from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE

ABOUT = {"starts_from": "full-marks", "attempts": 2, "arrives_after": 90, "earns": 8, "remark": "late by"}


def hand_in(mine: dict[str, bytes], earlier: dict[str, bytes], _folder: object) -> dict[str, bytes]:
    """The first packet with the answers to the second."""
    responses = json.loads(mine[RESPONSES_FILE])
    # its letters stand for other options in the first packet, so it earns by chance or not at all
    del responses["responses"]["q3"]
    responses["packet_id"] = json.loads(earlier[RESPONSES_FILE])["packet_id"]
    return {**mine, PACKET_FILE: earlier[PACKET_FILE], RESPONSES_FILE: json.dumps(responses).encode()}
