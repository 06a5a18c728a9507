"""What comes next for somebody, and who has to do it, in words; pure."""

from collections.abc import Iterable
from datetime import date, datetime

from assessments.items import Record
from onboarding.decision import Verdict
from onboarding.journey.states import Journey, Rules, State, next_start
from onboarding.learning.titles import module_title, training_for

YOU, US, PERSON, NOBODY = "you", "us", "a person on our side", "nobody"


class NextStep(Record):
    """What comes next.

    Args:
        said: the sentence; `each`: what it speaks of, if that is several things.
        who: who has to do it.
    """

    said: str
    who: str
    each: tuple[str, ...] = ()


def title(assessment: str) -> str:
    """What an assessment is called in a sentence."""
    return assessment.replace("-", " ").capitalize()


def next_step(journey: Journey, rules: Rules, *, now: datetime) -> NextStep:
    """What comes next in the state that somebody is in."""
    match journey.state:
        case State.APPLIED if rules.self_assessment:
            return NextStep(said="go through the quick self-assessment, and send the application again", who=YOU)
        case State.APPLIED | State.SELF_ASSESSED:
            return NextStep(said="we choose your tests", who=US)
        case State.TESTS_ASSIGNED | State.TESTS_IN_PROGRESS:
            return _tests(journey)
        case State.DECIDED if journey.verdict is Verdict.REVIEW:
            return NextStep(said="somebody looks at your answers and decides", who=PERSON)
        case State.DECIDED:
            return NextStep(said="the application has ended with the decision; you may object to it", who=NOBODY)
        case State.RETRY:
            return _again(journey, rules, now)
        case State.ONBOARDING:
            left = [module_title(name) for name in rules.modules if name not in journey.modules]
            return NextStep(said="go through these modules; after them you are a member", who=YOU, each=tuple(left))
        case State.POOL:
            return _in_pool(journey, rules, now.date())
        case State.WITHDRAWN | State.EXPIRED:
            return NextStep(said="you can apply again", who=NOBODY)


def _tests(journey: Journey) -> NextStep:
    left = _titles(name for name in journey.assigned if not journey.handed_in.get(name))
    if left:
        return NextStep(said="take these tests, in any order", who=YOU, each=left)
    return NextStep(said="your tests are graded and decided on", who=US)


def _again(journey: Journey, rules: Rules, now: datetime) -> NextStep:
    begins = max((at for name in journey.retry if (at := next_start(journey, name, rules))), default=None)
    when = f" from {begins:%Y-%m-%d} on" if begins and begins > now else ""
    again = f"you may try these again{when}"
    if rules.training and not journey.trained:
        modules = ", ".join(f"“{module_title(name)}”" for name in training_for(journey.retry))
        again = f"go through the training{f' ({modules})' if modules else ''}; then {again}"
    return NextStep(said=again, who=YOU, each=_titles(journey.retry))


def _in_pool(journey: Journey, rules: Rules, today: date) -> NextStep:
    ending = {name: until for name, until in journey.valid_until.items() if until - rules.renewal <= today}
    if ending:
        each = tuple(f"{title(name)}, valid until {until}" for name, until in ending.items())
        return NextStep(said="take these tests again to renew your qualifications", who=YOU, each=each)
    said = "a project may ask you; the pool is a waiting room, and a quiet time says nothing about you"
    return NextStep(said=said, who=NOBODY)


def _titles(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(title, names))
