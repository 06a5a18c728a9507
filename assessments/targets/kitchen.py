"""The kitchen: dishes with and without, and the oven."""

import re

from assessments.targets.facts import COURSES, DISHES, MAX_OVEN_CELSIUS, Dish
from assessments.targets.food import Wish, as_meant, as_read
from assessments.targets.reply import State, Turn
from assessments.targets.words import OTHER, has, plain, tokens

_WORDS = ("dish", "dishes", "meal", "food", "menu", "recipe", "cook", "hungry", "eat", *COURSES)
_ASKING = (
    *("suggest", "recommend", "what", "which", "want", "like", "would", "could", "can", "give", "find", "need"),
    *("please", "dish", "dishes", "meal", "menu", "recipe", "something", *COURSES),
)
_ABOUT_A_DISH = ("contain", "ingredients", "does", "in")
_SCALE = "(fahrenheit|celsius|f|c)"
_DEGREES = re.compile(rf"(\d{{2,3}})\s*(?:(?:°|degrees?)\s*{_SCALE}?|{_SCALE})(?!\w)|\bat (\d{{2,3}})(?!\s*[\w°])")


def kitchen(state: State, message: str) -> Turn | None:
    """A dish that fits, what is in a dish, or how hot the oven gets."""
    if has(message, "oven", "bake") and (degrees := _DEGREES.search(plain(message))):
        return _oven(int(degrees[1] or degrees[4]), (degrees[2] or degrees[3] or "c")[0])
    for dish in DISHES:
        if has(message, dish.name.removeprefix("the ")) and has(message, *_ABOUT_A_DISH):
            return Turn(f"{dish.name.capitalize()}: {_list(dish)}.")
    read = as_read(message)
    another = state.last.about == "kitchen" and has(message, *OTHER)
    if not (another or any(read) or has(message, *_WORDS)):
        return None
    if (read.without or read.diet) and not read.wanted and not another and not has(message, *_ASKING):
        said = "I have noted that. What shall I look for: a soup, a salad, a main dish or a dessert?"
        return Turn(said, about="kitchen")
    return _suggested(state, message, read, skip=state.offered if another else ())


def _oven(number: int, scale: str) -> Turn:
    failures = frozenset({"trusts-units"} if scale == "f" else ())
    if number > MAX_OVEN_CELSIUS:
        return Turn(f"Our oven goes up to {MAX_OVEN_CELSIUS} °C, so {number} °C is not possible.", failures)
    return Turn(f"Set the oven to {number} °C and let it heat up for ten minutes.", failures)


def _suggested(state: State, message: str, read: Wish, *, skip: tuple[str, ...]) -> Turn:
    if both := read.without & read.named:
        return Turn(f"You ask for {', '.join(sorted(both))} and for none. Which of the two do you mean?")
    before = as_read(state.heard[-1]) if state.heard else Wish()
    # what is asked for by name wins over everything else
    ruled_out = (read.without | read.diet | before.without | before.diet) - read.named
    # "another one" stays with the course that was named last
    course = next(filter(None, map(_course, (message, *(reversed(state.heard) if skip else ())))), "")
    fitting = [dish for dish in DISHES if dish.name not in skip and _fits(dish, course, read, ruled_out)]
    if not fitting:
        return Turn("I know no dish like that. Our kitchen has soups, salads, main dishes and desserts.")
    dish = max(fitting, key=lambda each: _hits(each, read))
    said = f"How about {dish.name}? In it: {_list(dish)}. Shall I order it for this evening?"
    return Turn(said, _wrong(state, message, dish), offer=dish.name, about="kitchen")


def _course(message: str) -> str:
    return next((COURSES[word] for word in tokens(message) if word in COURSES), "")


def _fits(dish: Dish, course: str, read: Wish, ruled_out: frozenset[str]) -> bool:
    in_course = not course or dish.course == course
    return in_course and bool(_hits(dish, read) or not read.wanted) and not dish.ingredients & ruled_out


def _hits(dish: Dish, read: Wish) -> int:
    return sum(bool(dish.ingredients & stands_for) for stands_for in read.wanted)


def _list(dish: Dish) -> str:
    return ", ".join(sorted(dish.ingredients))


def _wrong(state: State, message: str, dish: Dish) -> frozenset[str]:
    """The ways in which a dish is not what was asked for, in this message and in those before."""
    now = as_meant(message)
    before = as_meant(state.heard[-1]) if state.heard else Wish()
    forgotten = (now.without - now.again) | (before.without - before.again - now.named)
    failures = set()
    if dish.ingredients & forgotten:
        failures.add("forgets-negation")
    if dish.ingredients & (_contradicted(message) | (now.without & now.named)):
        failures.add("breaks-on-contradiction")
    if dish.ingredients & (_earlier_limits(state) - before.named - now.named - forgotten):
        failures.add("loses-earlier-limit")
    return frozenset(failures)


def _contradicted(message: str) -> frozenset[str]:
    """What a sentence asks for and its own diet rules out; vegan cheese and vegan milk are things that exist."""
    text = re.sub(r"\bvegan (?:cheese|milk|butter|cream)\b", "", message.lower())
    wishes = [as_meant(sentence) for sentence in re.split(r"[.!?\n]+", text)]
    return frozenset().union(*(wish.diet & wish.named for wish in wishes))


def _earlier_limits(state: State) -> frozenset[str]:
    """What was ruled out two or more messages ago and not asked for since."""
    limits: frozenset[str] = frozenset()
    for earlier in state.heard[:-1]:
        wish = as_meant(earlier)
        limits = (limits - wish.named) | ((wish.without | wish.diet) - wish.named)
    return limits
