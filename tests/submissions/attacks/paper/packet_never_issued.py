"""makes up a packet with an id of its own."""

import json

from assessments.packet import PACKET_FILE

ABOUT = {"starts_from": "full-marks", "earns": None, "remark": "its packet is not on record here"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """A packet that nobody issued."""
    signed = json.loads(mine[PACKET_FILE])
    packet = json.loads(signed["packet"]) | {"packet_id": "0" * 32}
    return {**mine, PACKET_FILE: json.dumps({**signed, "packet": json.dumps(packet)}).encode()}
