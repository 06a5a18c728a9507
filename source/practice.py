"""Gives the keys of the questions in practice.toml whose numbers are drawn anew for everybody."""

REVIEWERS = 10


def mean_rating(many, some, middle, low):
    """The mean of `many` ratings of 5 points, `some` of `middle` and the rest of the ten of `low`.

    Refused where a rest is missing, or where the mean of the three numbers of points would be right as well.
    """
    few = REVIEWERS - many - some
    if few < 2:
        return None
    total = 5 * many + middle * some + low * few
    mean, wrong = total / REVIEWERS, round((5 + middle + low) / 3, 1)
    if abs(mean - wrong) < 0.2 or mean.is_integer():
        return None
    return {"answer": mean}, {"few": few, "sum": total, "mean": mean, "wrong": wrong}
