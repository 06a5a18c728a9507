"""Simulated people go through the onboarding modules: a wrong first answer now and then, all right in the end."""

from datetime import datetime
from random import Random

from assessments.items import Response
from assessments.learning.progress import PROGRESS_FILE, Progress, Tried
from grader.entries import BankItem
from grader.store import Store
from grader.workspace import Workspace
from onboarding.demo.answering import guess
from onboarding.learning.handing import issued, take_in
from onboarding.learning.modules import find_module

RIGHT_AT_FIRST = 0.8


def learn(workspace: Workspace, store: Store, applicant_id: str, name: str, *, now: datetime) -> None:
    """Let a person go through a module, and take in the file that its page packs."""
    written = find_module(name)
    module = issued(written, applicant_id, workspace.secret)
    rng = Random(f"{applicant_id} {name}")
    exercises = [section.exercise for section in module.sections if section.exercise]
    tried = {each.item.id: _tried(written.bank.items[each.item.id], each.answer, rng) for each in exercises}
    progress = Progress(
        module=name,
        version=module.version,
        applicant_id=applicant_id,
        ticket=module.ticket,
        exercises=tried,
        finished_at=now,
    )
    content = progress.model_dump_json(indent=1).encode()
    take_in(store, workspace.secret, content, PROGRESS_FILE, now=now)


def _tried(entry: BankItem, right: Response, rng: Random) -> Tried:
    if rng.random() < RIGHT_AT_FIRST:
        return Tried(value=right).after(right=True)
    wrong = Tried(value=guess(entry, rng, avoid=right)).after(right=False)
    return wrong.model_copy(update={"value": right}).after(right=True)
