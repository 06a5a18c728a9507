"""Gives the keys of the questions in practice.toml whose numbers are drawn anew for everybody."""


def accepted_in_all(total, first, later):
    """Answers accepted at once (`first` per cent) and, of the rest, after a repair (`later` per cent).

    Numbers with which any step is no whole number are refused.
    """
    at_once = total * first / 100
    rest = total - at_once
    repaired = rest * later / 100
    added = total * (first + later) / 100
    steps = {"at_once": at_once, "rest": rest, "repaired": repaired, "accepted": at_once + repaired, "added": added}
    if not all(number.is_integer() for number in steps.values()):
        return None
    return {"answer": steps["accepted"]}, {"both": first + later} | {
        name: int(number) for name, number in steps.items()
    }
