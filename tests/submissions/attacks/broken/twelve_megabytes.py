"""a notebook of 12 MB, as somebody displayed a picture."""

ABOUT = {"starts_from": "full-marks", "earns": 10, "remark": "trial.ipynb is larger than 10,000,000 bytes"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Blanks behind it."""
    return {**mine, "trial.ipynb": mine["trial.ipynb"] + b" " * 12_000_000}
