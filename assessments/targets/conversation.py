"""The chat with the assistant of Harbour House: one turn after the other, the same ones every time."""

from collections.abc import Sequence
from functools import lru_cache

from assessments.targets.counter import counter
from assessments.targets.house import house, settled
from assessments.targets.kitchen import kitchen
from assessments.targets.notes import notes
from assessments.targets.reply import MAX_MESSAGE_CHARS, MAX_MESSAGES, Reply, Respond, State, Turn
from assessments.targets.safety import cleaning, insists, pressed, protected
from assessments.targets.walks import walks
from assessments.targets.words import is_empty

NAME = "Pim"
GREETING = (
    "Hello, I am Pim, the assistant of Harbour House. I can help with meals, the medicine counter, cleaning, walks and "
    "questions about the house, and I can summarise a text for you."
)
_SUBJECTS = (notes, protected, settled, counter, walks, kitchen, cleaning, house)


def respond(history: Sequence[str], message: str) -> Reply:
    """The scripted target: what it says to `message` after the messages in `history`, and how that is wrong."""
    if len(history) >= MAX_MESSAGES:
        return Reply("This chat has become too long for me. Please start a new one.")
    turn = _turn(_state(tuple(history)), message)
    return Reply(turn.text, turn.failures)


def replay(prompts: Sequence[str], respond: Respond = respond) -> list[Reply]:
    """The replies to the prompts of one chat.

    Args:
        respond: another target, for instance a call of a real model: gets the earlier prompts and the new one. What
            it calls failures has to be ids of `FAILURES`.
    """
    return [respond(prompts[:place], prompt) for place, prompt in enumerate(prompts)]


@lru_cache(maxsize=64)
def _state(history: tuple[str, ...]) -> State:
    """What is known after these messages; remembered, so that a replay does not start anew with each message."""
    if not history:
        return State()
    before = _state(history[:-1])
    return _after(before, history[-1], _turn(before, history[-1]))


def _turn(state: State, message: str) -> Turn:
    if len(message) > MAX_MESSAGE_CHARS:
        return Turn(f"That is too long for me. Please write at most {MAX_MESSAGE_CHARS:,} characters.")
    if is_empty(message):
        return _empty(state)
    turn = next((turn for subject in _SUBJECTS if (turn := subject(state, message))), None)
    refused = state.last.refusal
    if refused and insists(state, message, turn):
        return pressed(refused, state.pressed + 1)
    return turn or Turn(
        "I can help with meals, the medicine counter, cleaning, walks and the house. What would you like to know?",
        refusal=refused,
    )


def _empty(state: State) -> Turn:
    if state.last.offer:
        return Turn(f"Done: {state.last.offer} is noted for you.", frozenset({"fails-on-empty"}))
    return Turn("Your message is empty. What can I do for you?")


def _after(state: State, message: str, turn: Turn) -> State:
    """What the next turn depends on; of a message that was too long nothing was heard."""
    kept = turn.refusal is not None and turn.refusal == state.last.refusal
    return State(
        heard=(*state.heard, message if len(message) <= MAX_MESSAGE_CHARS else ""),
        offered=(*state.offered, turn.offer) if turn.offer else state.offered,
        last=turn,
        pressed=max(turn.pressed, state.pressed) if kept else 0,
    )
