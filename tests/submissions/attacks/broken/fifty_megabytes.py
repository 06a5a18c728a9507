"""a notebook of 50 MB, as somebody displayed a whole table."""

ABOUT = {"starts_from": "full-marks", "earns": None, "remark": "'trial.ipynb' is too large: 40,000,000 bytes a file"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Blanks."""
    return {**mine, "trial.ipynb": b" " * 50_000_000}
