"""Chooses an item for every slot so that none comes twice: pure functions over ids."""

from collections.abc import Sequence


def unfillable(choices: Sequence[Sequence[str]]) -> int | None:
    """The first slot that gets no item of its own, however the items are given to it and those before; None if all do.

    Augmenting paths (Kuhn, 1955).

    Args:
        choices: for each slot the ids of the items that may fill it.
    """
    holder: dict[str, int] = {}

    def place(slot: int, tried: set[str]) -> bool:
        for item in choices[slot]:
            if item not in tried:
                tried.add(item)
                if item not in holder or place(holder[item], tried):
                    holder[item] = slot
                    return True
        return False

    return next((slot for slot in range(len(choices)) if not place(slot, set())), None)


def assign(ranked: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """The item for each slot; every slot can be filled (see `unfillable`).

    Args:
        ranked: for each slot the ids of its items in groups, the best group first, in each the preferred ones first. A
            slot takes from a worse group only if no choice within the better ones leaves an item for every slot.
    """
    chosen = [_joined(groups) for groups in ranked]
    for slot, groups in enumerate(ranked):
        _narrow(chosen, slot, [_joined(groups[:size]) for size in range(1, len(groups) + 1)])
    for slot, items in enumerate(chosen):
        _narrow(chosen, slot, [[item] for item in items])
    return [item for (item,) in chosen]


def _joined(groups: Sequence[Sequence[str]]) -> list[str]:
    return [item for group in groups for item in group]


def _narrow(chosen: list[list[str]], slot: int, options: list[list[str]]) -> None:
    """Leave a slot the first of these options with which all slots can still be filled."""
    for option in options:
        if unfillable([*chosen[:slot], option, *chosen[slot + 1 :]]) is None:
            chosen[slot] = option
            return
