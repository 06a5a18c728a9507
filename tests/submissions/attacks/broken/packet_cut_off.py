"""the packet was cut off on its way."""

ABOUT = {"starts_from": "full-marks", "earns": None, "remark": "packet.json cannot be read"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Its first hundred bytes."""
    return {**mine, "packet.json": mine["packet.json"][:100]}
