"""What every kind's key can do: check itself against its item, score a response, say what right and guessed mean."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from pydantic import ConfigDict

from assessments.items import Item, Record, Response

ItemT = TypeVar("ItemT", bound=Item)


class Judgement(Record):
    """What a response earns: `credit` in 0…1 of the slot's points, and why, in plain words without the key."""

    credit: float
    explanation: str


class Value(Record):
    """What one held-out call gave inside the sandbox: an encoded value, or the error it raised."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: list[object] | None = None
    error: str | None = None
    message: str = ""


class Key(Record, ABC, Generic[ItemT]):
    """What is right for one item. One subclass per kind; it never leaves the grader's side.

    The item is passed in, so that the key repeats nothing of it.
    """

    @abstractmethod
    def problems(self, item: ItemT) -> list[str]:
        """What does not fit between key and item, each as `field: found …, allowed …`."""

    @abstractmethod
    def score(self, item: ItemT, response: Response) -> Judgement:
        """The credit of a response that `item.problem` accepts."""

    @abstractmethod
    def reference(self, item: ItemT) -> Response:
        """A response that earns full credit."""

    @abstractmethod
    def guesses(self, item: ItemT) -> Mapping[str, Sequence[Response]]:
        """The ways of answering this item without knowledge, by name; each as equally likely responses."""

    def calls(self) -> Sequence[str]:
        """The held-out calls to be made in the sandbox; only code has any."""
        return ()

    def score_values(self, values: Sequence[Value]) -> Judgement:
        """The credit of what the held-out calls gave, in the order of `calls`."""
        raise TypeError(f"{type(self).__name__} judges no values")

    def secrets(self) -> Sequence[str]:
        """Texts of the key that must appear in nothing that is released."""
        return ()
