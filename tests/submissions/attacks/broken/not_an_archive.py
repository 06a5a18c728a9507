"""a picture of the notebook instead of the notebook."""

from pathlib import Path

ABOUT = {"earns": None, "remark": "is no readable zip file"}


def hand_in(_mine: object, _theirs: object, folder: Path) -> Path:
    """A photograph."""
    (folder / "IMG_0042.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(1_000))
    return folder / "IMG_0042.jpg"
