"""What must hold in a bank as a whole: points, slots without items, items without slots, names that clash."""

from collections import Counter
from collections.abc import Iterator, Mapping

from assessments.kinds.code import CodeItem
from grader.blueprint import Blueprint, Slot
from grader.drawing import unfillable
from grader.entries import BankItem

Items = Mapping[str, BankItem]


def candidates(blueprint: Blueprint, items: Items, slot: Slot) -> list[BankItem]:
    """The items that may fill `slot`, in the author's order; names that no item has are passed over."""
    if slot.items:
        return [items[item_id] for item_id in slot.items if item_id in items]
    named = set(blueprint.named_items)
    return [entry for item_id, entry in items.items() if item_id not in named and _fits(slot, entry)]


def _fits(slot: Slot, entry: BankItem) -> bool:
    return entry.item.skill == slot.skill and slot.difficulty in (None, entry.difficulty)


def structure_problems(blueprint: Blueprint, items: Items) -> Iterator[str]:
    """What no single item can show, a line each."""
    total = sum(slot.points for slot in blueprint.slots)
    if abs(total - blueprint.points) > 1e-9:
        yield f"points: found {blueprint.points:g}, allowed {total:g}, the sum of the slots' points"
    for slot_id, count in Counter(slot.id for slot in blueprint.slots).items():
        if count > 1:
            yield f"slot {slot_id}: id: found {count} times, allowed once"
    fillings = {slot.id: candidates(blueprint, items, slot) for slot in blueprint.slots}
    yield from _homeless(blueprint, items, fillings)
    for slot in blueprint.slots:
        yield from _slot_problems(slot, items, fillings[slot.id])
    yield from _function_problems(fillings)
    if all(fillings.values()):
        yield from _shared(blueprint, fillings)


Fillings = Mapping[str, list[BankItem]]
"""For each slot the items that may fill it."""


def _homeless(blueprint: Blueprint, items: Items, fillings: Fillings) -> Iterator[str]:
    """Items that no slot may bring, or that several slots name."""
    named = Counter(blueprint.named_items)
    reachable = {entry.item.id for entries in fillings.values() for entry in entries}
    for item_id in items:
        if named[item_id] > 1 or item_id not in reachable:
            count = named[item_id]
            yield f"item {item_id}: found in {count} slots, allowed in exactly one, or in a free slot of its skill"


def _slot_problems(slot: Slot, items: Items, entries: list[BankItem]) -> Iterator[str]:
    unknown = [item_id for item_id in slot.items or () if item_id not in items]
    if unknown:
        yield f"slot {slot.id}: items: found {', '.join(unknown)}, which no item is called; no item can fill the slot"
        return
    if not entries:
        level = f"{slot.difficulty} " if slot.difficulty else ""
        wanted = f"{level}item of the skill {slot.skill!r} that no slot names"
        yield f"slot {slot.id}: found no {wanted}, allowed at least one"
    for item in (entry.item for entry in entries):
        if item.skill != slot.skill:
            yield f"item {item.id}: skill: found {item.skill!r}, allowed {slot.skill!r}, the skill of slot {slot.id}"
    if len({entry.item.kind == "code" for entry in entries}) > 1:
        yield f"slot {slot.id}: items: found code and other kinds, allowed all code or none (code needs a cell)"


def _function_problems(fillings: Fillings) -> Iterator[str]:
    """All code cells share one namespace, so no two items in it may ask for a function of the same name."""
    slots: dict[str, dict[str, set[str]]] = {}
    for slot_id, entries in fillings.items():
        for item in (entry.item for entry in entries):
            if isinstance(item, CodeItem):
                slots.setdefault(item.function, {}).setdefault(item.id, set()).add(slot_id)
    for name, slots_by_item in slots.items():
        found = set().union(*slots_by_item.values())
        if len(slots_by_item) > 1 and len(found) > 1:
            yield f"function {name}: found in slots {', '.join(sorted(found))}, allowed in one"


def _shared(blueprint: Blueprint, fillings: Fillings) -> Iterator[str]:
    """Slots that draw from the same items need one for each of them, as none comes twice."""
    slots = blueprint.slots
    if (place := unfillable([[entry.item.id for entry in fillings[slot.id]] for slot in slots])) is not None:
        yield f"slot {slots[place].id}: found no item that other slots leave to it, allowed at least one"
