"""an archive with thirty wrong bytes in it."""

from pathlib import Path

from assessments.archive import write_archive

ABOUT = {"earns": None, "remark": "is no readable zip file"}


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """Damaged on a bad stick."""
    path = folder / "sent.zip"
    write_archive(path, mine)
    content = path.read_bytes()
    path.write_bytes(content[:60] + b"\xff" * 30 + content[90:])
    return path
