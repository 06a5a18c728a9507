"""One simulated sitting: a person gets a bundle, answers it as the notebook would record it, and hands in a zip."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from assessments.archive import write_archive
from assessments.items import Response
from assessments.packet import Packet
from assessments.responses import RESPONSES_FILE, Responses
from grader.builder import answer_id
from grader.entries import BankItem
from grader.handout import bundle_files, issue
from grader.released import keys_for
from grader.store import Store
from grader.workspace import Workspace
from onboarding.demo.answering import answer, guess
from onboarding.demo.conduct import CONDUCTS, Conduct
from onboarding.demo.people import Person


def sit(workspace: Workspace, store: Store, assessment: str, person: Person, *, now: datetime) -> Path:
    """Let a person take an assessment that ends about now; returns the zip, which lies in the inbox."""
    rng = Random(f"{person.id} {assessment}")
    conduct = CONDUCTS[person.conduct]
    minutes = workspace.bank(assessment).blueprint.minutes
    used = minutes * rng.uniform(0.5, 0.95) if not conduct.minutes_late else minutes + conduct.minutes_late
    packet = issue(workspace, store, assessment, person.id, now=now - timedelta(minutes=used))
    keys = keys_for(workspace, store, packet)
    answers = {slot: _response(conduct, entry, person.ability, rng) for slot, entry in keys.items()}
    files = fill_in(bundle_files(workspace, store, packet), packet, answers, now=now)
    if not conduct.code_only or any(entry.key.calls() for entry in keys.values()):
        files = conduct.change(files)
    path = workspace.inbox / f"{assessment}-{person.id}.zip"
    path.parent.mkdir(exist_ok=True)
    write_archive(path, files)
    return path


def fill_in(
    files: Mapping[str, bytes], packet: Packet, answers: Mapping[str, Response], *, now: datetime
) -> dict[str, bytes]:
    """The files of a bundle after somebody gave these answers (by slot), as the notebook leaves them."""
    responses = Responses(packet_id=packet.packet_id)
    for slot, value in answers.items():
        if value is not None:
            responses = responses.with_value(slot, value, now=now)
    code = {answer_id(slot): answers[slot] for slot in packet.code_items() if answers.get(slot) is not None}
    name = f"{packet.assessment}.ipynb"
    notebook = json.loads(files[name])
    for cell in notebook["cells"]:
        cell["source"] = code.get(cell["id"], cell["source"])
    return {**files, name: json.dumps(notebook).encode(), RESPONSES_FILE: responses.model_dump_json().encode()}


def _response(conduct: Conduct, entry: BankItem, ability: float, rng: Random) -> Response:
    if conduct.answers == "nothing":
        return None
    if conduct.answers == "guesses":
        return guess(entry, rng)
    # somebody who runs out of time or patience leaves a question out now and then
    return None if rng.random() < 0.02 else answer(entry, ability, rng)
