"""hands in an archive with names that lead upwards, also as Windows writes them."""

import zipfile
from pathlib import Path

ABOUT = {"earns": None, "remark": "leads outside of it"}


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """One more file, elsewhere."""
    with zipfile.ZipFile(folder / "sent.zip", "w") as archive:
        for name, content in mine.items():
            archive.writestr(name, content)
        archive.writestr("../../../talentpool-was-here", b"x")
        archive.writestr("..\\..\\talentpool-was-here", b"x")
    return folder / "sent.zip"
