"""brings files that are called like the grader's own."""

NAMES = (
    *("secret.key", "gradebook.db", "gradebook.db-wal", "talentpool.toml", "policy.toml", ".grade.lock"),
    *("record.json", "received.zip", "timestamp.txt", "source/trial.toml", "banks/trial/current", "autograded/x"),
)


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Everything of ours, in its own words."""
    return {**mine, **dict.fromkeys(NAMES, b"talentpool-was-here")}
