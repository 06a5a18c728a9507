"""signs its packet anew, with a key of its own."""

import json

from assessments.packet import PACKET_FILE, SignedPacket
from grader.issue import sign

ABOUT = {"remark": "its signature does not fit"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """The same packet, another signature."""
    packet = SignedPacket.model_validate_json(mine[PACKET_FILE]).open()
    return {**mine, PACKET_FILE: json.dumps(sign(packet, b"a guess").model_dump()).encode()}
