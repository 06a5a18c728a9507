"""hands in a folder in which a file has a second name elsewhere, to see the other one change."""

import os
from pathlib import Path


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """A folder with two names of one file outside of it."""
    other = folder.parent / "kept-by-somebody-else.txt"
    other.write_text("unchanged")
    (folder / "sent").mkdir()
    for name, content in mine.items():
        (folder / "sent" / name).write_bytes(content)
    os.link(other, folder / "sent" / "notes.txt")
    return folder / "sent"
