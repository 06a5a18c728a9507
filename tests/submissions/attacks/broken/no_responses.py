"""the file of answers was forgotten."""

ABOUT = {"starts_from": "full-marks", "earns": 7, "remark": "responses.json is missing"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Everything else."""
    return {name: content for name, content in mine.items() if name != "responses.json"}
