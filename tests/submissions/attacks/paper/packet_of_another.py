"""hands in somebody else's packet with answers of its own."""

from assessments.packet import PACKET_FILE

ABOUT = {"refused": "nothing was taken in", "earns": None}


def hand_in(mine: dict[str, bytes], theirs: dict[str, bytes], _folder: object) -> dict[str, bytes]:
    """Another packet."""
    return {**mine, PACKET_FILE: theirs[PACKET_FILE]}
