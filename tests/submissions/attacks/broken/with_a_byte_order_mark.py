"""a notebook that an editor of Windows has saved."""

ABOUT = {"starts_from": "full-marks", "earns": 10}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """A mark before the first character."""
    return {**mine, "trial.ipynb": b"\xef\xbb\xbf" + mine["trial.ipynb"]}
