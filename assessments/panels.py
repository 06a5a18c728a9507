"""The pieces of HTML that the form shows: pure functions from records to text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

import ipywidgets

from assessments.calls import Trial
from assessments.packet import IssuedSlot, Packet
from assessments.text import render

_STYLE = Path(__file__).with_name("style.css")


def style() -> ipywidgets.Widget:
    """The style sheet, once per notebook."""
    return ipywidgets.HTML(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")


def duration(left: timedelta) -> str:
    """Time left in words, rounded up to minutes."""
    minutes = -(-int(left.total_seconds()) // 60)
    if minutes <= 0:
        return "time is up"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{minutes} min"


def header(packet: Packet, missing: int, left: timedelta, saved: datetime | None) -> str:
    """The bar on top: title, progress, time left, last save."""
    total = len(packet.slots)
    late = ' class="tp-warn"' if not left else ""
    when = f"saved {saved.astimezone():%H:%M}" if saved else "nothing answered yet"
    return (
        f'<div class="tp-bar" role="status"><strong>{escape(packet.title)}</strong>'
        f"<span>{total - missing} of {total} answered</span>"
        f"<span{late}>time left: {duration(left)}</span>"
        f'<span class="tp-quiet">{when}</span></div>'
    )


def question(number: int, total: int, slot: IssuedSlot) -> str:
    """Heading and prompt of one slot."""
    points = f"{slot.points:g} point{'' if slot.points == 1 else 's'}"
    return (
        f'<div class="tp-question"><h3>Question {number} <span class="tp-quiet">of {total} · {points}</span></h3>'
        f"{render(slot.item.prompt)}</div>"
    )


def trials(results: Sequence[Trial]) -> str:
    """What came of the public examples."""
    rows = "".join(
        f"<tr><td><code>{escape(trial.call)}</code></td><td><code>{escape(trial.gives)}</code></td>"
        f"<td><code>{escape(trial.found[:300])}</code></td>"
        f'<td class="{"tp-good" if trial.holds else "tp-warn"}">{"as expected" if trial.holds else "differs"}</td></tr>'
        for trial in results
    )
    heads = "<tr><th>call</th><th>expected</th><th>yours gives</th><th></th></tr>"
    note = '<p class="tp-quiet">The examples are public. Your score comes from other inputs as well.</p>'
    return f'<div class="tp-question"><table>{heads}{rows}</table>{note}</div>'


def summary(packet: Packet, missing: Sequence[int], left: timedelta) -> str:
    """The final check: what is unanswered, and what to do next."""
    if missing:
        state = f'<p class="tp-warn">Still unanswered: question {", ".join(map(str, missing))}.</p>'
    else:
        state = '<p class="tp-good">Every question has an answer.</p>'
    if not left:
        state += '<p class="tp-warn">The time is up. You can still hand in; it will be marked as late.</p>'
    return (
        f'<div class="tp-question"><h3>Final check</h3>{state}'
        "<p>Your answers are saved in this folder. To hand in: save the notebook (Ctrl+S), close this tab, and run "
        "in a terminal in this folder</p>"
        f"<pre>talentpool submit {escape(packet.assessment)} --applicant {escape(packet.applicant_id)}</pre>"
        "<p>or follow the instructions that came with your invitation. You get a receipt. "
        "A person looks at whatever the automatic check cannot settle.</p></div>"
    )
