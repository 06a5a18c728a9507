"""hands in a thousand files."""

ABOUT = {"earns": None, "remark": "more than 200 files"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Many small ones."""
    return {**mine, **{f"data/{number}.txt": b"x" for number in range(1_000)}}
