"""writes scripts into the packet: title, questions, names."""

import json

from assessments.packet import PACKET_FILE

ABOUT = {"remark": "packet.json is not the one that was issued"}
SCRIPT = "<script>talentpool_was_here()</script>"


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Every text that is shown to somebody."""
    signed = json.loads(mine[PACKET_FILE])
    packet = json.loads(signed["packet"]) | {"title": SCRIPT, "bank_version": SCRIPT}
    for slot in packet["slots"]:
        slot["item"]["prompt"] = SCRIPT
    return {**mine, PACKET_FILE: json.dumps({**signed, "packet": json.dumps(packet)}).encode()}
