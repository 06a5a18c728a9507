"""What the page is told about a packet: pure functions from records to what the front end shows."""

import base64
from pathlib import Path

from assessments.items import Figure, Shown
from assessments.packet import IssuedSlot, Packet
from assessments.text import render


def heading(packet: Packet, *, keys: bool) -> Shown:
    """The bar on top."""
    extra = f"includes {packet.extra_minutes} extra minutes for you" if packet.extra_minutes else ""
    return {
        "title": packet.title,
        "total": len(packet.slots),
        "due_at": _due(packet),
        "extra": extra,
        "practice": packet.practice,
        "keys": keys,
        "guideline_html": render(packet.guideline),
    }


def question(packet: Packet, slot: IssuedSlot, folder: Path, behind: str) -> Shown:
    """One slot: heading, prompt, figure, what its kind shows, and what stands behind it (Markdown), if anything."""
    shown: Shown = {
        "slot": slot.slot,
        "practice": packet.practice,
        "guideline": bool(packet.guideline),
        "kind": slot.item.kind,
        "number": [each.slot for each in packet.slots].index(slot.slot) + 1,
        "total": len(packet.slots),
        "points": slot.points,
        "prompt_html": render(slot.item.prompt),
        "item": slot.item.shown(),
    }
    if slot.item.figure:
        shown["figure"] = picture(slot.item.figure, folder)
    if behind or slot.explanation:
        label = "Key" if behind else "Show the explanation"
        shown["behind"] = {"label": label, "text_html": render(behind or slot.explanation), "is_key": bool(behind)}
    return shown


def ending(packet: Packet) -> Shown:
    """The end of the form."""
    return {"due_at": _due(packet), "practice": packet.practice}


def picture(figure: Figure, folder: Path) -> Shown:
    """A figure with its source as a data address, where a picture's own scripts and links do nothing.

    Where its file cannot be read, one line says so instead, and the rest of the form works.
    """
    try:
        content = figure.svg.encode() if figure.svg is not None else (folder / str(figure.file)).read_bytes()
    except OSError:
        tip = "Please unpack the whole bundle again, or report it below."
        return {"alt": figure.alt, "failure": f"The picture {figure.file} is missing or cannot be read. {tip}"}
    return {"alt": figure.alt, "source": f"data:{figure.media_type};base64,{base64.b64encode(content).decode()}"}


def _due(packet: Packet) -> str | None:
    return None if packet.practice else packet.due_at.isoformat()
