"""hands in an archive of some kilobytes that unpacks to more than a hundred megabytes."""

ABOUT = {"earns": None, "remark": "is too large"}


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Nothing, many times."""
    return {**mine, **{f"{number}.csv": bytes(39_000_000) for number in range(3)}}
