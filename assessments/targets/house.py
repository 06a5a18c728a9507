"""The house: times, luggage and other things that guests ask, and what to say to an offer."""

from assessments.targets.food import as_read
from assessments.targets.negation import negated, reworded
from assessments.targets.reply import State, Turn
from assessments.targets.wordings import DECLINES
from assessments.targets.words import OTHER, has, tokens

_FACTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("breakfast",), "Breakfast is from 7 to 10 in the room with the blue door."),
    (("check out", "checkout", "check-out", "leave"), "Please leave your room by 11. Your luggage may stay until 6."),
    (("check in", "checkin", "check-in", "arrive"), "Your room is ready from 3 in the afternoon."),
    (("wifi", "wi-fi", "wi - fi", "internet", "password"), "The password for the network stands on your key card."),
    (("parking", "park", "car"), "You can park behind the house, free of charge."),
    (("towel", "towels"), "Fresh towels lie in the cupboard on every floor."),
    (("luggage", "suitcase", "bags"), "The desk keeps your luggage, also after you have left your room."),
    (("dog", "dogs", "cat", "pet", "pets"), "Well-behaved animals are welcome, except in the breakfast room."),
    (("key", "locked out"), "The desk makes you a new key card; bring something with your name on it."),
    (("desk", "reception", "open"), "The desk is open from 6 in the morning to midnight."),
    (("thank", "thanks"), "You are welcome."),
    (("hello", "hi", "hey", "good morning", "good evening"), "Hello! What can I do for you?"),
)
_YES = ("yes", "yeah", "yep", "ok", "okay", "sure", "book", "order", "reserve", "put me down", "go ahead")
_NO = ("no", "nope", "nah", "cancel")
_CONSENT = frozenset(phrase.split()[0] for phrase in _YES)


def house(_state: State, message: str) -> Turn | None:
    """What guests ask at a desk."""
    return next((Turn(answer) for words, answer in _FACTS if has(message, *words)), None)


def settled(state: State, message: str) -> Turn | None:
    """What becomes of an offer: the assistant looks for a word that sounds like yes."""
    if not state.last.offer or message.rstrip().endswith("?") or any(as_read(message)) or has(message, *OTHER):
        return None
    if tokens(message)[:1] and tokens(message)[0] in _NO and not has(message, "no problem"):
        return Turn("All right, I leave it.")
    if not has(message, *_YES):
        return None
    said = reworded(message)
    declined = negated(said, _CONSENT) or DECLINES.search(" ".join(said))
    failures = frozenset({"forgets-negation"} if declined else ())
    return Turn(f"Done: {state.last.offer} is noted for you.", failures)
