"""Scores `label`: agreement with the experts who tagged the same text, corrected for what guessing gives."""

from collections.abc import Mapping, Sequence, Set
from itertools import combinations
from typing import Self

from pydantic import NonNegativeInt, PositiveInt, model_validator

from assessments.items import OptionId, Response
from assessments.kinds.label import LabelItem
from grader.scoring.agreement import panel_share
from grader.scoring.base import Judgement, Key


class LabelKey(Key[LabelItem]):
    """How many of `experts` applied each label (one that is left out counts 0), or `answer`, as one certain expert.

    One label: credit = experts who chose it / experts who chose the most common one.

    Several: with p the share of the experts who applied a label, the label weighs |2p − 1|: by how much the agreement
    with the panel differs between applying it and not; 0 where the panel is split in half. Of the weight of the labels
    that most experts applied, and of those that most did not, the response has one share right each. With M the mean of
    the two, the balanced accuracy (Brodersen et al., 2010), credit = max(0, 2M − 1): Youden's index (1950), weighted.
    So "none", "all" and any number of labels at random have an expected credit of 0 before the floor. Where one of the
    two groups is empty (most experts applied none, or all), M is the share of the other.
    """

    panel: Mapping[OptionId, NonNegativeInt] | None = None
    experts: PositiveInt | None = None
    answer: tuple[OptionId, ...] | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.answer is None) == (self.panel is None) or (self.panel is None) != (self.experts is None):
            raise ValueError("must have either answer, or panel and experts")
        return self

    def problems(self, item: LabelItem) -> list[str]:
        field = "answer" if self.panel is None else "panel"
        if unknown := set(self._counts) - set(item.labels):
            return [f"key.{field}: found {', '.join(sorted(unknown))}, allowed {', '.join(item.labels)}"]
        counts = [self._counts.get(label, 0) for label in item.labels]
        if item.multi:
            return self._problems_of_several(counts)
        if sum(counts) != self._experts:
            found = f"found {sum(counts)} {'labels' if self.panel is None else 'views'}"
            return [f"key.{field}: {found}, allowed {self._experts}: one of each expert, as the item is not `multi`"]
        if max(counts) == min(counts):
            return [f"key.panel: found {counts}, allowed counts in which one label is more common than another"]
        return []

    def score(self, item: LabelItem, response: Response) -> Judgement:
        picks = set(map(str, response)) if isinstance(response, list) else set()
        return self._several(item, picks) if item.multi else self._one(picks)

    def reference(self, item: LabelItem) -> Response:
        if not item.multi:
            return [max(item.labels, key=lambda label: self._counts.get(label, 0))]
        return [*sorted(label for label in item.labels if self._lead(label) > 0)]

    def guesses(self, item: LabelItem) -> Mapping[str, Sequence[Response]]:
        """For each possible number of labels, that many at random; and each label whatever the text is."""
        labels = sorted(item.labels)
        sizes = range(len(labels) + 1) if item.multi else [1]
        return {
            **{f"{size} at random": [[*picks] for picks in combinations(labels, size)] for size in sizes},
            **{f"always {label}": [[label]] for label in labels},
        }

    def _problems_of_several(self, counts: list[int]) -> list[str]:
        if max(counts) > self._experts:
            return [f"key.panel: found a count of {max(counts)}, allowed at most {self._experts}, the experts"]
        if all(2 * count == self._experts for count in counts):
            return ["key.panel: found every label split in half, allowed at least one on which a majority agrees"]
        return []

    def _one(self, picks: set[str]) -> Judgement:
        credit = panel_share(self._counts, *picks)
        known: dict[float, str] = {1: "the right label", 0: "another label is right"}
        share = f"{credit:.0%} as common in the panel as its most common label"
        return Judgement(credit=credit, explanation=known.get(credit, share))

    def _several(self, item: LabelItem, picks: set[str]) -> Judgement:
        leads = {label: self._lead(label) for label in item.labels}
        applied = {label for label, lead in leads.items() if lead > 0}
        others = {label for label, lead in leads.items() if lead < 0}
        right = (applied & picks) | (others - picks)
        shares = [_weight(leads, group & right) / _weight(leads, group) for group in (applied, others) if group]
        return Judgement(
            credit=max(0.0, 2 * sum(shares) / len(shares) - 1),
            explanation=f"with most experts on {len(right)} of {len(applied | others)} labels",
        )

    def _lead(self, label: str) -> int:
        """By how many experts those who applied the label outnumber those who did not: (2p − 1) · experts."""
        return 2 * self._counts.get(label, 0) - self._experts

    @property
    def _counts(self) -> Mapping[str, int]:
        return self.panel if self.panel is not None else dict.fromkeys(self.answer or (), 1)

    @property
    def _experts(self) -> int:
        return self.experts or 1


def _weight(leads: Mapping[str, int], labels: Set[str]) -> int:
    return sum(abs(leads[label]) for label in labels)
