"""Aliases: what applicants can read in their packets says nothing of how an author called or ordered the options."""

import hmac
from string import ascii_lowercase

from assessments.items import Item
from grader.entries import BankItem
from grader.scoring.base import renamed


def aliased(entry: BankItem, secret: bytes, packet_id: str) -> BankItem:
    """An item and its key with the aliases of one packet: the same every time, others in the next packet."""
    if not (names := _aliases(entry.item, secret, packet_id)):
        return entry
    field = entry.item.ALIASED
    item = entry.item.model_copy(update={field: renamed(getattr(entry.item, field), names)})
    return entry.model_copy(update={"item": item, "key": entry.key.aliased(names)})


def _aliases(item: Item, secret: bytes, packet_id: str) -> dict[str, str]:
    """A letter for each name, by an order that nobody without the secret can foresee."""
    names = getattr(item, item.ALIASED) if item.ALIASED else ()
    said = f"alias {packet_id} {item.id}"
    drawn = sorted(names, key=lambda name: hmac.digest(secret, f"{said} {name}".encode(), "sha256"))
    return dict(zip(drawn, ascii_lowercase, strict=False))
