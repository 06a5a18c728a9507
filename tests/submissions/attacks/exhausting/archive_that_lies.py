"""hands in an archive whose list says 10 bytes where 60 MB are."""

import zipfile
from pathlib import Path

ABOUT = {"earns": None, "remark": "is no readable zip file"}
LARGE, SMALL = 60_000_000, 10


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """The right size is overwritten wherever it stands."""
    with zipfile.ZipFile(folder / "sent.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in mine.items():
            archive.writestr(name, content)
        archive.writestr("data.csv", bytes(LARGE))
    content = (folder / "sent.zip").read_bytes()
    small = content.replace(LARGE.to_bytes(4, "little"), SMALL.to_bytes(4, "little"))
    (folder / "sent.zip").write_bytes(small)
    return folder / "sent.zip"
