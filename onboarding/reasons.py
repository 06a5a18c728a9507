"""The reasons of a decision in the language of its reader; the record keeps them in English."""

from collections.abc import Iterator, Mapping

from onboarding.decision import AUTOMATIC, HEADLINES, Decision
from onboarding.phrases import ENGLISH, Phrases
from onboarding.phrases_es import SPANISH
from onboarding.standing import RuleCheck
from onboarding.wording import again, change, label, reason

PHRASES: Mapping[str, Phrases] = {"en": ENGLISH, "es": SPANISH}
"""By the languages of notices."""


def reasons_in(decision: Decision, language: str) -> list[str]:
    """The reasons in one of the languages of notices.

    What a person wrote, and what an old record has no numbers for, stays as it is written.
    """
    phrases = PHRASES[language]
    if phrases is ENGLISH:
        return list(decision.reasons)
    known = dict(_translated(decision, phrases))
    own = 0 if decision.decided_by == AUTOMATIC else 1
    return [*decision.reasons[:own], *(known.get(line, line) for line in decision.reasons[own:])]


def changes_in(decision: Decision, language: str) -> Iterator[str]:
    """What would have changed a decision: one line for each rule that stood in the way."""
    phrases = PHRASES[language]
    for check in decision.rules:
        if check.change:
            words = check.change if check.kind is None or phrases is ENGLISH else change(check, phrases)
            yield f"{label(check, phrases)}: {words}"


def _translated(decision: Decision, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Each line in English, with what it is in the other language."""
    for headline in HEADLINES.values():
        yield headline, phrases.texts[headline]
    for check in decision.rules:
        yield from _lines(check, phrases)


def _lines(check: RuleCheck, phrases: Phrases) -> Iterator[tuple[str, str]]:
    about, in_english = label(check, phrases), label(check, ENGLISH)
    if check.kind:
        yield f"{in_english}: {check.reason}", f"{about}: {reason(check, phrases)}"
    if check.again:
        yield f"{in_english}: {again(check.again, ENGLISH)}", f"{about}: {again(check.again, phrases)}"
