"""Draws the items of one applicant's attempt, signs the packet, and starts the clock on the grader's side."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import UTC, datetime
from random import Random

from itsdangerous import BadSignature, Signer

from assessments.items import Item
from assessments.packet import IssuedSlot, Packet, SignedPacket
from grader.bank import Bank, Slot
from grader.builder import answer_id
from grader.notebooks import notebook_text, parse_notebook

_SALT = "talentpool.packet"


def draw(bank: Bank, *, applicant_id: str, attempt: int, secret: bytes, seen: Collection[str], now: datetime) -> Packet:
    """The packet of one attempt: the same for the same arguments, unpredictable without the secret.

    Args:
        seen: ids of items that the applicant was issued in earlier attempts; they are drawn again only where a slot has
            nothing else.
        now: when the clock starts.
    """
    name = f"{bank.assessment}/{applicant_id}/{attempt}"
    seed = hmac.digest(secret, f"draw {name}".encode(), "sha256")
    rng = Random(int.from_bytes(seed))
    return Packet(
        packet_id=hmac.digest(secret, f"packet {name}".encode(), "sha256").hex()[:32],
        assessment=bank.assessment,
        title=bank.blueprint.title,
        applicant_id=applicant_id,
        attempt=attempt,
        bank_version=bank.version,
        issued_at=now.astimezone(UTC),
        minutes=bank.blueprint.minutes,
        slots=tuple(_fill(bank, slot, rng, seen) for slot in bank.blueprint.slots),
    )


def _fill(bank: Bank, slot: Slot, rng: Random, seen: Collection[str]) -> IssuedSlot:
    candidates: list[Item] = [entry.item for entry in bank.candidates(slot)]
    fresh = [item for item in candidates if item.id not in seen]
    item = rng.choice(fresh or candidates)
    return IssuedSlot(slot=slot.id, points=slot.points, item=item.shuffled(rng))


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
