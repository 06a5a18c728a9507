"""Scores `rating`: how far from a panel, against how far a random rater is."""

from collections.abc import Mapping, Sequence

from assessments.items import OptionId, Response
from assessments.kinds.rating import RatingItem
from grader.scoring.base import Judgement, Key


class RatingKey(Key[RatingItem]):
    """For each criterion, how many experts gave each point of the scale, lowest first.

    D(r) is the mean squared distance of a rating r from the panel's ratings. The credit of one criterion is
    max(0, 1 − (D(r) − best) / (random − best)), where `best` is the smallest D on the scale and `random` the mean of D
    over the scale: observed against chance disagreement with quadratic weights, as in weighted kappa (Cohen, 1968),
    but for one item, and with 1 for the best rating that the panel allows. An item's credit is the mean over criteria.
    """

    panel: Mapping[OptionId, tuple[int, ...]]

    def problems(self, item: RatingItem) -> list[str]:
        if set(self.panel) != set(item.criteria):
            return [f"key.panel: found {', '.join(self.panel)}, allowed exactly {', '.join(item.criteria)}"]
        size = len(item.scale.points)
        return [
            f"key.panel.{criterion}: found {list(counts)}, allowed {size} counts of 0 or more, not all the same"
            for criterion, counts in self.panel.items()
            if len(counts) != size or min(counts) < 0 or max(counts) == min(counts)
        ]

    def score(self, item: RatingItem, response: Response) -> Judgement:
        ratings = response if isinstance(response, dict) else {}
        credits = {
            criterion: self._credit(item, criterion, ratings[criterion])  # type: ignore[arg-type]
            for criterion in self.panel
        }
        near = ", ".join(f"{criterion} {credit:.0%}" for criterion, credit in credits.items())
        return Judgement(credit=sum(credits.values()) / len(credits), explanation=f"agreement with the panel: {near}")

    def reference(self, item: RatingItem) -> Response:
        points = item.scale.points
        return {
            criterion: min(points, key=lambda r: _distance(r, points, self.panel[criterion]))
            for criterion in self.panel
        }

    def guesses(self, item: RatingItem) -> Mapping[str, Sequence[Response]]:
        """Random, and every constant rating."""
        constant: dict[str, list[Response]] = {
            f"always {point}": [dict.fromkeys(item.criteria, point)] for point in item.scale.points
        }
        # criteria count alike, so a rater who draws each by itself earns what the constant raters earn on average
        return {"random": [response for (response,) in constant.values()], **constant}

    def _credit(self, item: RatingItem, criterion: str, rating: int) -> float:
        points, counts = item.scale.points, self.panel[criterion]
        distances = [_distance(point, points, counts) for point in points]
        best, random = min(distances), sum(distances) / len(distances)
        return max(0.0, 1 - (_distance(rating, points, counts) - best) / (random - best))


def _distance(rating: int, points: Sequence[int], counts: Sequence[int]) -> float:
    """Mean squared distance of `rating` from the panel."""
    total = sum(count * (rating - point) ** 2 for point, count in zip(points, counts, strict=True))
    return total / sum(counts)
