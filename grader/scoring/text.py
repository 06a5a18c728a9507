"""Scores `text`: what the checks find, and the rest is for a person."""

from collections.abc import Mapping, Sequence

from assessments.items import OptionId, Response, Text
from assessments.kinds.text import TextItem
from grader.scoring.base import Judgement
from grader.scoring.checks import Finding, OpenKey, Share, check_problems, judge_checks
from grader.scoring.guesses import written_guesses
from grader.scoring.words import closest


class TextKey(OpenKey[TextItem]):
    """Checks and an answer that holds all of them.

    Args:
        answer: a very good text for each field.
        most_alike: for several fields, the largest share of words (Jaccard) that two texts may have in common; texts
            that are more alike than that earn nothing.
    """

    answer: Mapping[OptionId, Text]
    most_alike: Share | None = None

    def problems(self, item: TextItem) -> list[str]:
        found = check_problems(self.checks, item.fields, self.machine_share)
        if self.most_alike is not None and len(item.fields) < 2:
            found.append("key.most_alike: found for one field, allowed for two or more")
        if problem := item.problem(dict(self.answer)):
            found.append(f"key.answer: found what is no answer, allowed what the item asks for: {problem}")
        return found

    def score(self, item: TextItem, response: Response) -> Judgement:
        texts = {name: str(text) for name, text in response.items()} if isinstance(response, dict) else {}
        given = [item.prompt, *item.fields.values()]
        return judge_checks(self.checks, texts, self.machine_share, sources=given, also=self._differing(texts))

    def _differing(self, texts: Mapping[str, str]) -> list[Finding]:
        if self.most_alike is None:
            return []
        holds = closest([*texts.values()]) <= self.most_alike
        return [Finding(says="the texts differ from one another", holds=holds, earns=False, required=True)]

    def reference(self, item: TextItem) -> Response:
        return dict(self.answer)

    def guesses(self, item: TextItem) -> Mapping[str, Sequence[Response]]:
        """Stock sentences, the question copied and its words strung together, the same in every field."""
        ways = written_guesses(item.prompt, item.min_words, item.max_words)
        return {name: [dict.fromkeys(item.fields, text)] for name, text in ways.items()}

    def secrets(self) -> Sequence[str]:
        return [*self.answer.values()]
