"""What every kind's key can do: check itself against its item, score a response, say what right and guessed mean."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar

from assessments.items import Item, Record, Response
from grader.execution import Value

ItemT = TypeVar("ItemT", bound=Item)


class Check(Record):
    """One thing that a machine looked for in a response, in plain words without the key, and whether it holds."""

    says: str
    holds: bool

    @property
    def in_words(self) -> str:
        """One line for whoever reads it."""
        return f"{'yes' if self.holds else 'no'}: {self.says}"


class Judgement(Record):
    """What a response earns, and why, in plain words without the key.

    Args:
        credit: what is certain, 0…1 of the slot's points.
        pending: what a person has to judge, 0…1 of the slot's points; credit + pending ≤ 1. It is not earned yet, and
            it is not zero either.
        checks: what a machine looked for; for that person's eyes where something is pending.
    """

    credit: float
    explanation: str
    pending: float = 0.0
    checks: tuple[Check, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether a person has to judge the rest."""
        return self.pending > 0


class Key(Record, ABC, Generic[ItemT]):
    """What is right for one item. One subclass per kind; it never leaves the grader's side.

    The item is passed in, so that the key repeats nothing of it.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ()
    """The fields that hold names which are issued under aliases (see `Item.ALIASED`)."""

    @abstractmethod
    def problems(self, item: ItemT) -> list[str]:
        """What does not fit between key and item, each as `field: found …, allowed …`."""

    @abstractmethod
    def score(self, item: ItemT, response: Response) -> Judgement:
        """The credit of a response that `item.problem` accepts."""

    @property
    def needs_review(self) -> bool:
        """Whether good responses leave something for a person to judge."""
        return False

    @abstractmethod
    def reference(self, item: ItemT) -> Response:
        """A response that earns full credit; where a person judges a part, all of the rest."""

    @abstractmethod
    def guesses(self, item: ItemT) -> Mapping[str, Sequence[Response]]:
        """The ways of answering this item without knowledge, by name; each as equally likely responses."""

    def aliased(self, names: Mapping[str, str]) -> Self:
        """The same key for an item whose names were replaced by these."""
        return self.model_copy(update={field: renamed(getattr(self, field), names) for field in self.ALIASED})

    def calls(self) -> Sequence[str]:
        """The held-out calls to be made in the sandbox; only code has any."""
        return ()

    def score_values(self, values: Sequence[Value]) -> Judgement:
        """The credit of what the held-out calls gave, in the order of `calls`."""
        raise TypeError(f"{type(self).__name__} judges no values")

    def secrets(self) -> Sequence[str]:
        """Texts of the key that must appear in nothing that is released."""
        return ()


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A name, or names in lists and as what things are filed under, replaced where there is another one."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {names.get(name, name): part for name, part in value.items()}
    return tuple(renamed(part, names) for part in value) if isinstance(value, tuple) else value
