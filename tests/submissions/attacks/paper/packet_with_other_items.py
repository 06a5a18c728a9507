"""puts the easiest question into every slot of its packet, and raises the points."""

import json

from assessments.packet import PACKET_FILE

ABOUT = {"answers": {"q3": "b"}, "earns": 2, "remark": "packet.json is not the one that was issued"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """An edited packet under the old signature."""
    signed = json.loads(mine[PACKET_FILE])
    packet = json.loads(signed["packet"])
    for slot in packet["slots"]:
        slot |= {"item": packet["slots"][2]["item"], "points": 1000.0}
    return {**mine, PACKET_FILE: json.dumps({**signed, "packet": json.dumps(packet)}).encode()}
