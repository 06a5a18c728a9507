"""Draws the items of one applicant's attempt, signs the packet, and starts the clock on the grader's side."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from random import Random

from itsdangerous import BadSignature, Signer

from assessments.errors import UsageError
from assessments.items import Item
from assessments.packet import IssuedSlot, Packet, SignedPacket
from grader.bank import Bank
from grader.builder import answer_id
from grader.drawing import assign, unfillable
from grader.notebooks import notebook_text, parse_notebook

_SALT = "talentpool.packet"


def draw(
    bank: Bank,
    *,
    applicant_id: str,
    attempt: int,
    secret: bytes,
    now: datetime,
    seen: Collection[str] = (),
    exposure: Mapping[str, int] | None = None,
) -> Packet:
    """The packet of one attempt: the same for the same arguments, unpredictable without the secret.

    No item comes twice; of those that may come, each slot takes one that was issued least often.

    Args:
        seen: ids of items that the applicant was issued in earlier attempts; they come again only where a slot has
            nothing else, and only if the bank allows it.
        exposure: how often each item was issued to anybody; 0 if it is not there.
        now: when the clock starts.

    Raises:
        UsageError: nothing that may come is left for a slot.
    """
    name = f"{bank.assessment}/{applicant_id}/{attempt}"
    seed = hmac.digest(secret, f"draw {name}".encode(), "sha256")
    rng = Random(int.from_bytes(seed))
    items = _choose(bank, rng, applicant_id, seen, exposure or {})
    return Packet(
        packet_id=hmac.digest(secret, f"packet {name}".encode(), "sha256").hex()[:32],
        assessment=bank.assessment,
        title=bank.blueprint.title,
        applicant_id=applicant_id,
        attempt=attempt,
        bank_version=bank.version,
        issued_at=now.astimezone(UTC),
        minutes=bank.blueprint.minutes,
        slots=tuple(
            IssuedSlot(slot=slot.id, points=slot.points, item=item.shuffled(rng))
            for slot, item in zip(bank.blueprint.slots, items, strict=True)
        ),
    )


def _choose(
    bank: Bank, rng: Random, applicant_id: str, seen: Collection[str], exposure: Mapping[str, int]
) -> list[Item]:
    """The item for each slot."""
    slots, ranked = bank.blueprint.slots, []
    for slot in slots:
        ids = [entry.item.id for entry in bank.candidates(slot)]
        ids.sort(key=lambda item_id: (exposure.get(item_id, 0), rng.random()))
        fresh = [item_id for item_id in ids if item_id not in seen]
        again = [item_id for item_id in ids if item_id in seen] if bank.blueprint.repeat_items else []
        ranked.append([fresh, again])
    short = unfillable([[*fresh, *again] for fresh, again in ranked])
    if short is not None:
        raise UsageError(
            f"{bank.assessment}: slot {slots[short].id} has no item left that {applicant_id} has not seen",
            tip=f"Add items for it to source/{bank.assessment}.toml, or set repeat_items = true there, and run: "
            f"talentpool release {bank.assessment}",
        )
    return [bank.items[item_id].item for item_id in assign(ranked)]


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
