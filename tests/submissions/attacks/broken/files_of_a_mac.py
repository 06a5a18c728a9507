"""an archive packed on a Mac, in a folder, with its own files beside the answers."""

ABOUT = {"starts_from": "full-marks", "earns": 10}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Another folder around everything."""
    return {f"trial/{name}": content for name, content in {**mine, ".DS_Store": b"\0\0\0\1Bud1"}.items()} | {
        f"__MACOSX/trial/._{name}": b"\0\5\26\7" for name in mine
    }
