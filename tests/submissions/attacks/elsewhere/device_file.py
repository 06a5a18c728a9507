"""hands in a folder with pipes, on which a reader would wait for ever."""

import os
from pathlib import Path

ABOUT = {"refused": "is a link or a device", "earns": None}


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """A folder in which the answers are a pipe."""
    for name, content in mine.items():
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "data.csv")
    return folder
