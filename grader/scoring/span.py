"""Scores `span`: how well the marked passages agree with the key's, by place, label and severity."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from pydantic import PositiveFloat, PositiveInt

from assessments.items import OptionId, Record, Response, Text
from assessments.kinds.span import Span, SpanItem, opened, words
from grader.scoring.base import Judgement, Key
from grader.scoring.checks import Share
from grader.scoring.passages import Passage, find_passage, overlap, sentences, share

NONE: Sequence[str | None] = (None,)
"""What is given where an item has no severities or verdicts."""


class KeySpan(Record):
    """A passage that should be marked.

    Args:
        quote: the words that are wrong, as they stand in the text.
        occurrence: which of several places with these words is meant, from 1.
        within: a longer quotation around them; marks of any length between the two are exact.
        weight: how much it counts, against the weights of the others.
    """

    quote: Text
    occurrence: PositiveInt = 1
    within: Text | None = None
    label: OptionId
    severity: OptionId | None = None
    weight: PositiveFloat = 1.0


class SpanKey(Key[SpanItem]):
    """What is wrong in the text; no spans if nothing is.

    A pair of a passage and a mark earns their overlap (see `passages.overlap`), times 1 − `label_weight` if the labels
    differ, times 1 − `severity_weight` · distance / longest distance of the severities. Passages and marks are paired
    one to one, best pairs first. With P the mean over the marks and R the weighted mean over the passages, the marks
    agree by F1 = 2 P R / (P + R): the partial matches of SemEval-2013 task 9 (Segura-Bedmar et al., 2013), in degrees.
    Labels and severities are those of error annotation such as MQM (Lommel et al., 2014).

    Credit = `verdict_share` if the verdict is right + (1 − `verdict_share`) · F1; without verdicts, F1. Where nothing
    is wrong in the text: 1 for no marks and the right verdict, else 0.
    """

    spans: tuple[KeySpan, ...]
    verdict: OptionId | None = None
    verdict_share: Share = 0.3
    label_weight: Share = 1.0
    severity_weight: Share = 0.5

    def problems(self, item: SpanItem) -> list[str]:
        found = [f"key.{each}" for each in self._misnamed(item)]
        if len(self.spans) > item.max_spans:
            found.append(f"key.spans: found {len(self.spans)}, allowed {item.max_spans}, the item's max_spans")
        places = [(span, _passage(item, span)) for span in self.spans]
        found += _misplaced(item, places)
        seen = [(passage.core, span.label) for span, passage in places if passage]
        if len(set(seen)) < len(seen):
            found.append("key.spans: found the same words with the same label twice, allowed once")
        return found

    def score(self, item: SpanItem, response: Response) -> Judgement:
        verdict, marks = opened(response)
        right = verdict == self.verdict
        pairs = self._pairs(item, marks)
        told = f"{len(pairs)} of {len(self.spans)} passages found, {len(marks) - len(pairs)} other marks"
        if item.verdicts:
            told += f"; the verdict is {'right' if right else 'not right'}"
        if not self.spans:
            return Judgement(credit=float(right and not marks), explanation=told)
        part = self.verdict_share if item.verdicts else 0.0
        credit = part * right + (1 - part) * self._f1(pairs, len(marks))
        return Judgement(credit=min(credit, 1.0), explanation=told)

    def reference(self, item: SpanItem) -> Response:
        places = [(span, _passage(item, span)) for span in self.spans]
        marks = [Span(place.start, place.end, span.label, span.severity) for span, place in places if place]
        return _response(self.verdict, marks)

    def guesses(self, item: SpanItem) -> Mapping[str, Sequence[Response]]:
        """Nothing; all, one sentence, the longest word, with any label and severity; each with every verdict."""
        names = [*product(item.labels, item.severities or NONE)]
        lines = sentences(item.text)
        longest = max(words(item.text), key=lambda word: word[1] - word[0])
        marked: dict[str, list[list[Span]]] = {
            "nothing": [[]],
            "everything": [[Span(0, len(item.text), *name)] for name in names],
            "every sentence": [[Span(*place, *name) for place in lines[: item.max_spans]] for name in names],
            "the first sentence": [[Span(*lines[0], *name)] for name in names],
            "a sentence at random": [[Span(*place, *name)] for place in lines for name in names],
            "the longest word": [[Span(*longest, *name)] for name in names],
        }
        return {
            f"{how}, {verdict}" if verdict else how: [_response(verdict, marks) for marks in several]
            for how, several in marked.items()
            for verdict in item.verdicts or NONE
        }

    def _misnamed(self, item: SpanItem) -> Iterator[str]:
        if self.verdict not in (item.verdicts or NONE):
            yield f"verdict: found {self.verdict}, allowed {_listed(item.verdicts)}"
        for span in self.spans:
            if span.label not in item.labels:
                yield f"spans: found label {span.label}, allowed {_listed(item.labels)}"
            if span.severity not in (item.severities or NONE):
                yield f"spans: found severity {span.severity}, allowed {_listed(item.severities)}"

    def _pairs(self, item: SpanItem, marks: Sequence[Span]) -> dict[int, float]:
        """What each passage that was found earns, by its number; one mark each, best pairs first."""
        earned = {
            (passage, mark): self._earned(item, self.spans[passage], marks[mark])
            for passage, mark in product(range(len(self.spans)), range(len(marks)))
        }
        pairs: dict[int, float] = {}
        used: set[int] = set()
        for (passage, mark), credit in sorted(earned.items(), key=lambda pair: -pair[1]):
            if credit > 0 and passage not in pairs and mark not in used:
                pairs[passage] = credit
                used.add(mark)
        return pairs

    def _earned(self, item: SpanItem, span: KeySpan, mark: Span) -> float:
        passage = _passage(item, span)
        if passage is None:
            return 0.0
        label = 1.0 if mark.label == span.label else 1 - self.label_weight
        return overlap(item.text, passage, mark.start, mark.end) * label * self._severity(item, span, mark)

    def _severity(self, item: SpanItem, span: KeySpan, mark: Span) -> float:
        if not item.severities:
            return 1.0
        order = list(item.severities)
        distance = abs(order.index(str(span.severity)) - order.index(str(mark.severity)))
        return 1 - self.severity_weight * distance / (len(order) - 1)

    def _f1(self, pairs: Mapping[int, float], marks: int) -> float:
        if not pairs:
            return 0.0
        precision = sum(pairs.values()) / marks
        earned = sum(span.weight * pairs.get(number, 0.0) for number, span in enumerate(self.spans))
        recall = earned / sum(span.weight for span in self.spans)
        return 2 * precision * recall / (precision + recall)


def _passage(item: SpanItem, span: KeySpan) -> Passage | None:
    return find_passage(item.text, span.quote, span.occurrence, span.within)


def _response(verdict: str | None, marks: Sequence[Span]) -> Response:
    return {"verdict": verdict, "spans": [span._asdict() for span in sorted(marks)]}


def _misplaced(item: SpanItem, places: Iterable[tuple[KeySpan, Passage | None]]) -> Iterator[str]:
    for span, passage in places:
        found = f"key.spans: found quote {span.quote!r}, allowed"
        if passage is None:
            yield f"{found} words that stand in the text that often, and in `within` if that is given"
        elif share(item.text, passage.wide) > 0.5:
            yield f"{found} at most half of the text, `within` included"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none, as the item has none"
