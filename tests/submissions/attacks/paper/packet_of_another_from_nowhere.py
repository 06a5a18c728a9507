"""hands in blanks for somebody else, without saying who sends them."""

from assessments.packet import PACKET_FILE

ABOUT = {"sent_by": "nobody", "remark": "several different submissions of this attempt came in"}


def hand_in(mine: dict[str, bytes], theirs: dict[str, bytes], _folder: object) -> dict[str, bytes]:
    """Another packet."""
    return {**mine, PACKET_FILE: theirs[PACKET_FILE]}
