"""Draws the items of one applicant's attempt, signs the packet, and starts the clock on the grader's side."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple

from itsdangerous import BadSignature, Signer

from assessments.errors import UsageError
from assessments.packet import IssuedSlot, Packet, SignedPacket
from grader.aliases import aliased
from grader.bank import Bank
from grader.blueprint import Slot
from grader.builder import answer_id
from grader.drawing import assign, unfillable
from grader.entries import BankItem
from grader.notebooks import notebook_text, parse_notebook
from grader.parameters import Parameters

_SALT = "talentpool.packet"


class Drawn(NamedTuple):
    """What was drawn for one attempt.

    Args:
        entries: the items with their keys, by slot.
        parameters: what the templates among them were filled with, by slot.
    """

    packet: Packet
    entries: Mapping[str, BankItem]
    parameters: Mapping[str, Parameters]


Seen = Mapping[str, Collection[Parameters]]
"""Which items an applicant was issued, by id, and with which parameters where they are templates."""


def draw(
    bank: Bank,
    *,
    applicant_id: str,
    attempt: int,
    secret: bytes,
    now: datetime,
    seen: Seen | None = None,
    exposure: Mapping[str, int] | None = None,
    extra_minutes: int = 0,
) -> Drawn:
    """The packet of one attempt: the same for the same arguments, unpredictable without the secret.

    No item comes twice; of those that may come, each slot takes one that was issued least often.

    Args:
        seen: what the applicant was issued in earlier attempts; it comes again only where a slot has nothing else:
            templates with other parameters first, the rest only if the bank allows it.
        exposure: how often each item was issued to anybody; 0 if it is not there.
        now: when the clock starts.
        extra_minutes: how much longer than usual the applicant has.

    Raises:
        UsageError: nothing that may come is left for a slot.
        BankError: a template cannot be filled.
    """
    name = f"{bank.assessment}/{applicant_id}/{attempt}"
    seed = hmac.digest(secret, f"draw {name}".encode(), "sha256")
    rng = Random(int.from_bytes(seed))
    packet_id = hmac.digest(secret, f"packet {name}".encode(), "sha256").hex()[:32]
    chosen, parameters = _choose(bank, rng, applicant_id, seen or {}, exposure or {})
    entries = {slot: aliased(entry, secret, packet_id) for slot, entry in chosen.items()}
    packet = Packet(
        packet_id=packet_id,
        assessment=bank.assessment,
        title=bank.blueprint.title,
        applicant_id=applicant_id,
        attempt=attempt,
        bank_version=bank.version,
        issued_at=now.astimezone(UTC),
        minutes=bank.blueprint.minutes + extra_minutes,
        aliased=True,
        guideline=bank.blueprint.guideline,
        extra_minutes=extra_minutes,
        slots=tuple(
            IssuedSlot(slot=slot.id, points=slot.points, item=entries[slot.id].item.shuffled(rng))
            for slot in bank.blueprint.slots
        ),
    )
    return Drawn(packet, entries, parameters)


def _choose(
    bank: Bank, rng: Random, applicant_id: str, seen: Seen, exposure: Mapping[str, int]
) -> tuple[dict[str, BankItem], dict[str, Parameters]]:
    """The item for each slot, and the parameters of the templates."""
    slots = bank.blueprint.slots
    ranked = [_ranked(bank, slot, rng, seen, exposure) for slot in slots]
    short = unfillable([[item_id for group in groups for item_id in group] for groups in ranked])
    if short is not None:
        raise _nothing_left(bank, slots[short], applicant_id)
    entries, parameters = {}, {}
    for slot, item_id in zip(slots, assign(ranked), strict=True):
        entries[slot.id] = entry = bank.items[item_id]
        if entry.template:
            drawn = entry.template.draw(rng, seen.get(item_id, ()))
            if drawn is None and bank.blueprint.repeat_items:
                drawn = entry.template.draw(rng)
            if drawn is None:
                raise _nothing_left(bank, slot, applicant_id)
            entries[slot.id], parameters[slot.id] = entry.concrete(drawn), drawn
    return entries, parameters


def _ranked(bank: Bank, slot: Slot, rng: Random, seen: Seen, exposure: Mapping[str, int]) -> list[list[str]]:
    """What may fill a slot: unseen items, seen templates that can be filled anew, the rest if it may come again."""
    entries = bank.candidates(slot)
    entries.sort(key=lambda entry: (exposure.get(entry.item.id, 0), rng.random()))
    groups: list[list[str]] = [[], [], []]
    for entry in entries:
        earlier = seen.get(entry.item.id)
        anew = entry.template is not None and len(earlier or ()) < entry.template.size
        groups[0 if earlier is None else 1 if anew else 2].append(entry.item.id)
    return groups if bank.blueprint.repeat_items else groups[:2]


def _nothing_left(bank: Bank, slot: Slot, applicant_id: str) -> UsageError:
    return UsageError(
        f"{bank.assessment}: slot {slot.id} has no item left that {applicant_id} has not seen",
        tip=f"Add items for it to source/{bank.assessment}.toml, or set repeat_items = true there, and run: "
        f"talentpool release {bank.assessment}",
    )


def sign(packet: Packet, secret: bytes) -> SignedPacket:
    """The packet as it is handed out."""
    text = packet.model_dump_json()
    return SignedPacket(packet=text, signature=_signer(secret).get_signature(text).decode())


def is_ours(signed: SignedPacket, secret: bytes) -> bool:
    """Whether this exact text was signed with this secret."""
    try:
        _signer(secret).unsign(f"{signed.packet}.{signed.signature}")
    except BadSignature:
        return False
    return True


def _signer(secret: bytes) -> Signer:
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256, key_derivation="hmac")


def personal_notebook(released: str, packet: Packet) -> str:
    """The released notebook for one packet: starters in the code cells, and whose it is in the metadata."""
    notebook = parse_notebook(released)
    starters = {answer_id(slot): item.starter for slot, item in packet.code_items().items()}
    for cell in notebook["cells"]:
        if cell["id"] in starters:
            cell["source"] = starters[cell["id"]].strip("\n")
    notebook["metadata"]["talentpool"] = {"assessment": packet.assessment, "packet_id": packet.packet_id}
    return notebook_text(notebook)
