"""An author's preview: an assessment as applicants see it, and with one click what the keys say and an answer earns."""

import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assessments.archive import write_missing
from assessments.form import Form
from assessments.items import Response, Shown
from assessments.packet import IssuedSlot, Packet, read_packet
from grader.aliases import aliased
from grader.bank import Bank
from grader.entries import BankItem
from grader.explanation import told
from grader.issue import draw
from grader.layout import unreleased_files
from grader.notebooks import notebook_text, parse_notebook
from grader.sandbox import Sandbox
from grader.scoring.base import Judgement
from grader.trying import earned
from grader.workspace import Workspace, find_workspace

_SECRET = b"preview"
"""Signs what is only looked at."""
PARAMETERS_FILE = "parameters.json"
"""Lies beside a preview: what its templates were filled with, by slot."""
_OPENING = "from grader.preview import open_preview\n\nform = open_preview()\nform.header()"


def preview_folder(workspace: Workspace, bank: Bank, number: int) -> Path:
    """Lay out the assessment as somebody would be issued it; another number draws other items."""
    folder = workspace.root / "preview" / f"{bank.assessment}-{number}"
    shutil.rmtree(folder, ignore_errors=True)
    drawn = draw(bank, applicant_id=f"preview-{number}", attempt=1, secret=_SECRET, now=datetime.now(UTC))
    files = unreleased_files(bank, workspace.source / bank.assessment, drawn.packet, _SECRET)
    name = f"{bank.assessment}.ipynb"
    files[name] = _with_keys(files[name])
    files[PARAMETERS_FILE] = json.dumps(drawn.parameters).encode()
    write_missing(folder, files)
    return folder


def _with_keys(notebook: bytes) -> bytes:
    """The notebook with a form that knows the keys."""
    content = parse_notebook(notebook)
    (opening,) = (cell for cell in content["cells"] if cell["id"] == "opening")
    opening["source"] = _OPENING
    return notebook_text(content).encode()


def open_preview() -> "Preview":
    """The form of the preview in this folder; the notebook's first cell calls this."""
    return Preview(Path.cwd(), find_workspace(Path(os.environ["TALENTPOOL_WORKSPACE"])))


class Preview(Form):
    """A form that knows the keys."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        packet = read_packet(folder)
        self._workspace = workspace
        self._entries = _entries(workspace.bank(packet.assessment), packet, folder)
        super().__init__(folder, behind={slot: behind(entry) for slot, entry in self._entries.items()})

    def _reply(self, slot: IssuedSlot, message: Shown) -> Shown:
        if not message.get("score"):
            return super()._reply(slot, message)
        return {"text": in_words(slot, self._judgement(slot, self.answers.current.value(slot.slot)))}

    def _judgement(self, slot: IssuedSlot, response: Response) -> Judgement:
        if problem := slot.item.problem(response) if response is not None else "not answered":
            return Judgement(credit=0.0, explanation=problem)
        with Sandbox(self._workspace.engine) as sandbox:
            return earned(self._entries[slot.slot], response, sandbox)


def _entries(bank: Bank, packet: Packet, folder: Path) -> Mapping[str, BankItem]:
    """The items with their keys; templates are filled as they were for the packet."""
    parameters = json.loads((folder / PARAMETERS_FILE).read_bytes())
    entries = {slot.slot: bank.items[slot.item.id] for slot in packet.slots}
    concrete = entries | {slot: entries[slot].concrete(values) for slot, values in parameters.items()}
    named = {slot: aliased(entry, _SECRET, packet.packet_id) for slot, entry in concrete.items()}
    # as shuffled for this packet: letters and numbers of options are those on the page
    return {slot.slot: named[slot.slot].model_copy(update={"item": slot.item}) for slot in packet.slots}


def behind(entry: BankItem) -> str:
    """What stands behind a question, as Markdown: a reference answer, the rationale, how it is scored."""
    item, key = entry.item, entry.key
    scored = "by a program, and a part by a person" if key.needs_review else "by a program"
    origin = (
        f"*{item.id}, version {item.version} · {item.kind} · {', '.join(item.task_types)} · {item.skill} · "
        f"{entry.difficulty} · scored {scored}*"
    )
    return f"{told('An answer that earns everything', entry)}\n\n{origin}"


def in_words(slot: IssuedSlot, judgement: Judgement) -> str:
    """What an answer earns, in a few lines of plain text."""
    points = f"{judgement.credit * slot.points:.2f} of {slot.points:g} points: {judgement.explanation}"
    pending = f"{judgement.pending * slot.points:.2f} points wait for a person" if judgement.needs_review else ""
    return "\n".join(filter(None, (points, pending, *(check.in_words for check in judgement.checks))))
