"""Says in one language what a check found, what would have changed it, and whether it may be tried again."""

import math

from onboarding.phrases import Phrases
from onboarding.standing import CONCLUSIONS, TOGETHER, Again, Kind, RuleCheck, Standing


def label(check: RuleCheck, phrases: Phrases) -> str:
    """What the line about a check begins with: what it is about."""
    about = phrases.texts[TOGETHER] if check.assessment == TOGETHER else check.assessment
    if check.project is None:
        return about
    project = phrases.texts["project"].format(project=check.project)
    return project if check.kind in CONCLUSIONS else f"{project}: {about}"


def reason(check: RuleCheck, phrases: Phrases) -> str:
    """What was required and found; empty for an old check that has no numbers for it."""
    if check.kind is None:
        return ""
    if check.kind is Kind.SCORE:
        numbers = (check.found or 0.0, check.standard_error or 0.0, check.required or 0.0)
        said = phrases.score(_what(check, phrases), *numbers)
        return said + phrases.texts["close"] if _is_close(check) else said
    text = phrases.kinds[check.kind]
    match check.kind:
        case Kind.BETWEEN:
            return _between(check, phrases, text)
        case Kind.WAITING:
            return waiting(*(check.waiting or (0.0, 0.0)), phrases)
        case Kind.EXPIRED:
            return text.format(until=phrases.day(check.until) if check.until else "")
    return text.format(note=check.note) if check.note is not None else text


def waiting(points: float, of: float, phrases: Phrases) -> str:
    """Points that wait, of how many."""
    return phrases.kinds[Kind.WAITING].format(points=phrases.number(points), of=phrases.number(of))


def _between(check: RuleCheck, phrases: Phrases, text: str) -> str:
    worst, best = map(phrases.share, check.between or (0.0, 1.0))
    said = text.format(what=_what(check, phrases), worst=worst, best=best, minimum=phrases.share(check.required or 0.0))
    return said + phrases.texts["unsettled" if check.found is None else "settled"]


def _what(check: RuleCheck, phrases: Phrases) -> str:
    if check.assessment == TOGETHER:
        return phrases.texts["mean"].format(parts=phrases.listed(check.parts or ()))
    return phrases.texts["skill"].format(skill=check.skill) if check.skill else phrases.texts["score"]


def _is_close(check: RuleCheck) -> bool:
    """Whether it lies within the band."""
    width, found, required = check.width or 0.0, check.found or 0.0, check.required or 0.0
    return width > 0 and abs(found - required) < width


def change(check: RuleCheck, phrases: Phrases) -> str:
    """How much more would have led elsewhere, if the standard error stays what it is; empty where nothing had to."""
    if check.found is None or check.required is None or check.standing is Standing.PASSED:
        return ""
    minimum, width, texts = check.required, check.width or 0.0, phrases.texts
    enough = minimum + width <= 1
    passes = texts["passes"].format(more=_more(minimum + width, check, phrases)) if enough else ""
    if check.standing is Standing.DOUBTFUL or not width:
        return passes
    looks = texts["looks"].format(more=_more(minimum - width, check, phrases))
    return f"{looks}; {passes}" if passes else looks


def _more(score: float, check: RuleCheck, phrases: Phrases) -> str:
    """What is missing to a score, rounded up: in points where their number is known."""
    missing, texts = score - (check.found or 0.0), phrases.texts
    where = texts["in"].format(skill=check.skill.replace("-", " ")) if check.skill else ""
    if check.max_points is None:
        return texts["share"].format(number=math.ceil(missing * 100 - 1e-6)) + where
    points = math.ceil(missing * check.max_points * 10 - 1e-6) / 10
    return texts["point" if points == 1 else "points"].format(number=phrases.number(points)) + where


def again(found: Again, phrases: Phrases) -> str:
    """Whether, and from when on, somebody may try again."""
    texts = phrases.texts
    if found.used is not None:
        return texts["used"].format(used=found.used)
    if found.begins is None:
        return texts["too far"].format(share=phrases.share(found.too_far or 0.0))
    day = texts["again"].format(day=phrases.day(found.begins))
    return day + (texts["training"] if found.training else "") + (texts["replaces"] if found.replaces else "")
