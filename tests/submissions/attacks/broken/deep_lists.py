"""a notebook of a hundred thousand lists in one another."""

ABOUT = {"starts_from": "full-marks", "earns": 10, "remark": "is not a notebook that can be read"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Brackets."""
    return {**mine, "trial.ipynb": b"[" * 100_000}
