"""hands in an archive in which a file is a link."""

import stat
import zipfile
from pathlib import Path

ABOUT = {"earns": None, "remark": "is a link"}


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """A link, as zip programs store it."""
    link = zipfile.ZipInfo("notes.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "sent.zip", "w") as archive:
        for name, content in mine.items():
            archive.writestr(name, content)
        archive.writestr(link, "/etc/passwd")
    return folder / "sent.zip"
