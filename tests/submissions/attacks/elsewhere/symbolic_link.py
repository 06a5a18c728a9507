"""hands in a folder in which a file is a link to somebody else's."""

from pathlib import Path

ABOUT = {"refused": "is a link or a device", "earns": None}


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """A folder with links, relative and absolute."""
    for name, content in mine.items():
        (folder / name).write_bytes(content)
    (folder / "notes.txt").symlink_to("/etc/passwd")
    (folder / "key.txt").symlink_to("../../workspace/secret.key")
    return folder
