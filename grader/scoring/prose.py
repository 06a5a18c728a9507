"""Tells sentences from mere lists of words, so that stuffing an answer with keywords does not pay.

A heuristic, not a proof: it knows the little words that hold sentences together in some languages of the Latin script,
and how often words repeat. Somebody who builds sentences around guessed keywords gets past it; that is why the rest of
the points waits for a person. Texts in other scripts are only looked at for repetition.
"""

import re

from grader.scoring.words import Words, singular, spelled

FEWEST_WORDS = 12
"""Shorter texts may well have no little word at all."""

LEAST_GLUE = 0.1
"""Little words per word; English prose has 0.35 to 0.55, notes in telegram style 0.15 to 0.3."""

LONGEST_RUN = 25
"""More words in a row without a little word are a list, and count for nothing."""

WINDOW = 50
LEAST_VARIETY = 0.4
"""Different words per word, on average over all windows of that length; prose has 0.7 to 0.9."""

_LITTLE = {
    "English": """
        a about after all also although an and any are as at be because been before being below between both but by
        can cannot could did do does down during each either else every for from had has have he her here him his
        how i if in into is isnt it its just may me might more most must my neither no nor not of off on once only
        or other our out over own same she should since so some such than that the their them then there these they
        this those through to too under until up upon us very was we were what when where which while who whom whose
        why will with within without would yet you your
    """,
    "German": """
        aber als am an auch auf aus bei bis das dass dem den der des die doch durch ein eine einem einen einer er es
        für hat ich ihr im in ist kann kein mit nach nicht noch nur ob oder sein sich sie sind so über um und unter
        vom von vor war was wenn wer werden wie wir wird zu zum zur
    """,
    "French": """
        au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur mais ne nous on ou où par
        pas plus pour qu que qui sa se si son sont sous sur un une vous à
    """,
    "Spanish": """
        al como con cuando de del el ella en entre es esta este hay la las lo los más no o para pero por que se si
        sin su un una y
    """,
    "Italian": """
        che chi come con da dal dei del della di e gli ha i il in la le lo ma nel non per più se si sono su un una
    """,
    "Portuguese": """
        ao as com da das de do dos e em é foi mais mas na não no nos o os para pela pelo por que se sem um uma
    """,
    "Dutch": """
        aan als bij dan dat de die dit door een en er het hij ik in is je maar met naar niet of om op te van voor
        wat wordt ze zijn
    """,
    "Nordic": """
        att av de den der det du en er ett ej för fra från har i ikke inte jag kan med men og och om på som så til
        till var är
    """,
    "Slavic": """
        a ale bo co czy do i ili in ja je jest już kako koji lub na nie o od po pro s sa se są się što tak te to u v
        w z za ze že
    """,
    "Others": """
        bir bu da de için ile ne ve ya az és egy ez hogy nem ja ei että on se și nu cu pe la và là của các không cho
        có
    """,
}
_GLUE = frozenset(word for text in _LITTLE.values() for word in spelled(text))
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]")


def is_prose(text: str) -> bool:
    """Whether a text is made of sentences, as far as one can tell from little words and repetition."""
    words = _spoken(spelled(text))
    if len(words) < FEWEST_WORDS:
        return True
    if _variety(words) < LEAST_VARIETY:
        return False
    return not _is_latin(words) or sum(word in _GLUE for word in words) / len(words) >= LEAST_GLUE


def telling(text: str) -> Words:
    """The words that are not little ones, made alike as `words_of` does."""
    return tuple(singular(word) for word in spelled(text) if word not in _GLUE)


def without_lists(text: str) -> Words:
    """The text's words as `words_of` gives them, but for those in long lists without any little word between them."""
    words = spelled(text)
    is_latin = _is_latin(words)
    kept: list[str] = []
    run: list[str] = []
    for word in words:
        run.append(word)
        if word in _GLUE or not is_latin:
            kept += run if _is_short(run) else [word]
            run = []
    return tuple(map(singular, (*kept, *(run if _is_short(run) else []))))


def _is_short(run: list[str]) -> bool:
    return len(_spoken(tuple(run))) <= LONGEST_RUN


def _spoken(words: Words) -> Words:
    """Numbers say nothing about sentences."""
    return tuple(word for word in words if not word[0].isdigit())


def _is_latin(words: Words) -> bool:
    return sum(bool(_LATIN.match(word)) for word in words) * 2 >= len(words)


def _variety(words: Words) -> float:
    """Different words per word, averaged over moving windows (MATTR; Covington & McFall, 2010)."""
    size = min(WINDOW, len(words))
    windows = [words[start : start + size] for start in range(len(words) - size + 1)]
    return sum(len(set(window)) / size for window in windows) / len(windows)
