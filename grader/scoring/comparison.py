"""Scores `comparison`: the share of the panel that agrees, relative to its most common view."""

from collections.abc import Mapping, Sequence

from pydantic import NonNegativeInt

from assessments.items import Response
from assessments.kinds.comparison import VERDICTS, ComparisonItem
from grader.scoring.agreement import panel_share
from grader.scoring.base import Judgement, Key


class ComparisonKey(Key[ComparisonItem]):
    """How many experts gave each verdict; a verdict that is left out counts 0.

    Credit = experts who gave the same verdict / experts who gave the most common one, so that nobody is punished for a
    defensible view.
    """

    panel: Mapping[str, NonNegativeInt]

    def problems(self, item: ComparisonItem) -> list[str]:
        unknown = set(self.panel) - set(VERDICTS)
        if unknown:
            return [f"key.panel: found {', '.join(sorted(unknown))}, allowed {', '.join(VERDICTS)}"]
        counts = [self.panel.get(verdict, 0) for verdict in VERDICTS]
        if max(counts) == min(counts):
            return [f"key.panel: found {counts}, allowed counts in which one verdict is more common than another"]
        return []

    def score(self, item: ComparisonItem, response: Response) -> Judgement:
        credit = panel_share(self.panel, str(response))
        share = "the panel's most common view" if credit == 1 else f"{credit:.0%} as common as the panel's first view"
        return Judgement(credit=credit, explanation=share)

    def reference(self, item: ComparisonItem) -> Response:
        return max(VERDICTS, key=lambda verdict: self.panel.get(verdict, 0))

    def guesses(self, item: ComparisonItem) -> Mapping[str, Sequence[Response]]:
        """Random, every constant verdict, and the side with the longer text."""
        longer = "a" if len(item.a) > len(item.b) else "b"
        return {
            "random": list(VERDICTS),
            **{f"always {verdict}": [verdict] for verdict in VERDICTS},
            "the longer, slightly": [f"{longer}_slightly"],
            "the longer, much": [f"{longer}_much"],
        }
