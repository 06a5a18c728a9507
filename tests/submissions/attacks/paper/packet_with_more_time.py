"""gives itself a week in its packet and hands in an hour late."""

import json

from assessments.packet import PACKET_FILE

ABOUT = {"starts_from": "full-marks", "arrives_after": 90, "earns": 10, "remark": "late by"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """An edited packet under the old signature."""
    signed = json.loads(mine[PACKET_FILE])
    packet = json.loads(signed["packet"]) | {"minutes": 10_000, "issued_at": "2026-03-09T09:30:00Z"}
    return {**mine, PACKET_FILE: json.dumps({**signed, "packet": json.dumps(packet)}).encode()}
