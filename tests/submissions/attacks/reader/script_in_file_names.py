"""hands in an archive and files whose names are scripts, formulas and terminal escapes."""

from pathlib import Path

from assessments.archive import write_archive

NAMES = (
    "<img src=x onerror=talentpool_was_here()>.txt",
    "=HYPERLINK(\"x\")+cmd|' C calc'!A0.csv",
    "\x1b[2J\x1b]0;talentpool\x07.txt",
    "\u202etxt.exe",
)


def hand_in(mine: dict[str, bytes], _theirs: object, folder: Path) -> Path:
    """An archive with a name to be shown."""
    path = folder / "\x1b[31m<script>talentpool_was_here()<\u2044script>=1+1.zip"
    write_archive(path, {**mine, **dict.fromkeys(NAMES, b"x")})
    return path
