"""the notebook of another assessment."""

ABOUT = {"starts_from": "full-marks", "earns": 10, "remark": "trial.ipynb is missing"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Another name."""
    return {"latin.ipynb" if name == "trial.ipynb" else name: content for name, content in mine.items()}
