"""Scores `conversation`: its structure and what is said in it; the rest is for a person."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Annotated

from pydantic import Field, PositiveFloat

from assessments.items import OptionId, Record, Response, Text
from assessments.kinds.conversation import ConversationItem, Turn
from grader.scoring.base import Judgement
from grader.scoring.checks import Finding, OpenKey, Share, check_problems, judge_checks
from grader.scoring.guesses import fitted, stock_sentences, strung
from grader.scoring.prose import telling
from grader.scoring.words import closest, has_phrase, words_of

_SENTENCE = re.compile(r"(?<=[.!?？؟…])[\"'”’)]*\s+|\n+")
_QUESTION = re.compile(r"[?？؟][\"'”’)\s]*$")
_REQUEST = re.compile(
    r"\b(?:(?:tell|give|send|show) me|let me know|(?:can|could|would|will) you|(?:can|could|may) i have"
    r"|(?:i|we)(?:'ll|'d| will| would| still| also| do)* need (?!to\b)"
    r"|please\b(?! (?:note|be|remember|see|find|come|arrive|bring)\b))",
    re.IGNORECASE,
)
"""Words that make an asking sentence without a question mark, in English."""
_CONDITION = re.compile(
    r"\b(?:(?<!at )once|if|when|after|before|until)\b(?: (?:i|we)\b)?.*?(?=[,;:]|\b(?:i|we|and have)\b|$)",
    re.IGNORECASE | re.DOTALL,
)
"""A clause that says on what or when something happens, in English; it ends where `I` or `we` goes on."""
_POINTS_BACK = frozenset(
    words_of(
        "that those these this it they them he she his her same instead also else still then above earlier before "
        "previous why yes no you your so now both all"
    )
)

Phrases = Annotated[tuple[Text, ...], Field(min_length=1)]


class AsksBefore(Record):
    """Somebody asks for what is missing before they act.

    Args:
        role: who asks and acts.
        asks: groups of phrases; for each group, one of them has to stand in a question or a request ("please…").
        acts: phrases of which one shows that they act, outside of questions, of what follows a request and of clauses
            that begin with once, if, when, after, before or until.
    """

    says: Text = "asks for what is missing before acting"
    role: OptionId
    asks: Annotated[tuple[Phrases, ...], Field(min_length=1)]
    acts: Phrases
    weight: PositiveFloat = 1.0
    required: bool = False

    def holds(self, turns: Sequence[Turn]) -> bool:
        """Whether each group is asked for, somebody else speaks, and then they act."""
        acting = next((n for n, turn in enumerate(turns) if _has(self._told(turn), self.acts)), None)
        if acting is None:
            return False
        answered = max((n for n in range(acting) if turns[n].role != self.role), default=0)
        asked = [sentence for turn in turns[:answered] for sentence in self._asked(turn)]
        return all(_has(asked, group) for group in self.asks)

    def _asked(self, turn: Turn) -> list[str]:
        return [each for each in self._sentences(turn) if _QUESTION.search(each) or _REQUEST.search(each)]

    def _told(self, turn: Turn) -> list[str]:
        """What is neither asked, nor follows a request, nor is a condition.

        `Tell me your name and it is booked` and `Once it is booked, I will call you` book nothing yet.
        """
        told = [_REQUEST.split(each)[0] for each in self._sentences(turn) if not _QUESTION.search(each)]
        return [part for each in told for part in _CONDITION.split(each)]

    def _sentences(self, turn: Turn) -> list[str]:
        return _SENTENCE.split(turn.text) if turn.role == self.role else []


class ConversationKey(OpenKey[ConversationItem]):
    """What the dialogue has to be like, and one that is.

    Args:
        alternate: nobody speaks twice in a row, where the applicant writes several roles.
        first, last: who has to speak first and last of the applicant's turns.
        refers: whose turns have to take up a word of an earlier turn, or to point back.
        most_alike: the largest share of words (Jaccard) that two turns may have in common.
    """

    alternate: bool = True
    first: OptionId | None = None
    last: OptionId | None = None
    asks_before: AsksBefore | None = None
    refers: OptionId | None = None
    most_alike: Share = 0.7
    answer: Annotated[tuple[Turn, ...], Field(min_length=1)]

    def problems(self, item: ConversationItem) -> list[str]:
        found = check_problems(self.checks, item.written, self.machine_share, earning=int(self.asks_before is not None))
        asking = self.asks_before.role if self.asks_before else None
        named = {"first": self.first, "last": self.last, "refers": self.refers, "asks_before.role": asking}
        found += [
            f"key.{name}: found {role!r}, allowed {', '.join(item.written)}"
            for name, role in named.items()
            if role is not None and role not in item.written
        ]
        if problem := item.problem(self.reference(item)):
            found.append(f"key.answer: found what is no answer, allowed what the item asks for: {problem}")
        return found

    def score(self, item: ConversationItem, response: Response) -> Judgement:
        turns = [Turn.model_validate(turn) for turn in response] if isinstance(response, list) else []
        texts = {role: "\n".join(turn.text for turn in turns if turn.role == role) for role in item.written}
        given = [item.prompt, *(turn.text for turn in item.opening)]
        structure = self._structure(item, turns)
        return judge_checks(self.checks, texts, self.machine_share, sources=given, also=structure)

    def _structure(self, item: ConversationItem, turns: Sequence[Turn]) -> list[Finding]:
        """What is found beside words. Turns in good order alone earn nothing; turns in bad order cost."""
        whole = [*item.opening, *turns]
        order = {}
        if self.alternate and len(item.written) > 1:
            seam = whole[max(len(item.opening) - 1, 0) :]
            order["nobody speaks twice in a row"] = all(one.role != other.role for one, other in pairwise(seam))
        if self.first:
            order[f"{item.roles[self.first]} speaks first"] = turns[0].role == self.first
        if self.last:
            order[f"{item.roles[self.last]} speaks last"] = turns[-1].role == self.last
        if self.refers:
            order[f"{item.roles[self.refers]} takes up what was said before"] = all(
                _takes_up(turn, whole[: len(item.opening) + number])
                for number, turn in enumerate(turns)
                if turn.role == self.refers
            )
        order["the turns differ from one another"] = closest([turn.text for turn in turns]) <= self.most_alike
        found = [Finding(says=says, holds=holds, earns=False) for says, holds in order.items()]
        if asking := self.asks_before:
            holds = asking.holds(whole)
            found.append(Finding(says=asking.says, holds=holds, weight=asking.weight, required=asking.required))
        return found

    def reference(self, item: ConversationItem) -> Response:
        return [turn.model_dump() for turn in self.answer]

    def guesses(self, item: ConversationItem) -> Mapping[str, Sequence[Response]]:
        """As many turns as there may be, by one role after the other: stock sentences, or the question's words."""
        count = item.max_turns
        words = strung(item.prompt, count, count * item.max_words).split() or ["hello"]
        ways = {
            "stock sentences": stock_sentences(count),
            "the question's words": [" ".join(words[n::count] or words) for n in range(count)],
        }
        return {name: [_dealt(item, texts)] for name, texts in ways.items()}

    def secrets(self) -> Sequence[str]:
        return [turn.text for turn in self.answer]


def _has(sentences: Sequence[str], phrases: Sequence[str]) -> bool:
    heard = [words_of(each) for each in sentences]
    return any(has_phrase(words, phrase) for words in heard for phrase in phrases)


def _takes_up(turn: Turn, earlier: Sequence[Turn]) -> bool:
    if not earlier:
        return True
    known = {word for each in earlier for word in telling(each.text)}
    return not (known | _POINTS_BACK).isdisjoint(words_of(turn.text))


def _dealt(item: ConversationItem, texts: Sequence[str]) -> list[Response]:
    """The texts as turns of one role after the other, beginning with one that did not speak last."""
    roles = [*item.written]
    if item.opening and roles[0] == item.opening[-1].role:
        roles = roles[1:] + roles[:1]
    return [
        {"role": roles[number % len(roles)], "text": fitted(text.split(), 1, item.max_words)}
        for number, text in enumerate(texts)
    ]
