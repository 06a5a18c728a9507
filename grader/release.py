"""From bank to something that may be issued: build, gate, nbgrader's generate_assignment, snapshot of the bank."""

import shutil
from pathlib import Path

from assessments.saving import write_atomically
from grader.bank import Bank
from grader.builder import build
from grader.course import authoring
from grader.errors import GateError
from grader.figures import figure_files
from grader.gate import Finding, check
from grader.released import CURRENT, declared, declared_files, issued_bank
from grader.sandbox import Sandbox
from grader.store import Store
from grader.workspace import Workspace


def release(workspace: Workspace, store: Store, bank: Bank, findings: list[Finding]) -> Path:
    """Release an assessment that has passed the gate; returns the released notebook.

    Raises:
        GateError: a finding does not hold, or the places of an assessment that was issued would change; then nothing is
            released and the earlier release stays as it is.
    """
    failed = [finding for finding in findings if not finding.holds]
    if failed:
        raise GateError(
            f"{bank.assessment} may not be released: " + "; ".join(f.text for f in failed),
            tip=f"Mend source/{bank.assessment}.toml and run: talentpool gate {bank.assessment}",
        )
    _check_layout(workspace, store, bank)
    snapshot = workspace.snapshots / bank.assessment / f"{bank.version}.toml"
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(workspace.source / f"{bank.assessment}.toml", snapshot)
    if bank.code:
        snapshot.with_suffix(".py").write_bytes(bank.code)
    for name in figure_files(entry.item for entry in bank.items.values()):
        picture = snapshot.with_suffix("") / name
        picture.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workspace.source / bank.assessment / name, picture)
    notebook = authoring.generate_assignment(workspace, bank.assessment)
    shutil.copyfile(notebook, snapshot.with_suffix(".ipynb"))
    write_atomically(workspace.snapshots / bank.assessment / CURRENT, bank.version.encode())
    return notebook


def _check_layout(workspace: Workspace, store: Store, bank: Bank) -> None:
    """Slots and points of an assessment that somebody was issued are for ever: scores would not be comparable."""
    if not (workspace.snapshots / bank.assessment / CURRENT).exists() or not store.was_issued(bank.assessment):
        return
    if _layout(issued_bank(workspace, bank.assessment)) != _layout(bank):
        raise GateError(
            f"{bank.assessment} was issued already, so its slots and points cannot change",
            tip="Put the slots back, or save the bank under another name: that is a new assessment.",
        )


def _layout(bank: Bank) -> list[tuple[str, float, bool]]:
    code = {slot.id for slot in bank.code_slots()}
    return [(slot.id, slot.points, slot.id in code) for slot in bank.blueprint.slots]


def gate(workspace: Workspace, bank: Bank, *, isolated: bool = True) -> list[Finding]:
    """Everything that must hold before a release."""
    build(bank, workspace.source)
    folder = workspace.source / bank.assessment
    with Sandbox(workspace.engine.model_copy(update={"isolated": isolated})) as sandbox:
        return [_only_declared_files(bank, folder), *check(bank, declared_files(bank, folder), sandbox)]


def _only_declared_files(bank: Bank, folder: Path) -> Finding:
    kept = declared_files(bank, folder)
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() and ".ipynb_checkpoints" not in path.parts
    }
    wrong = sorted((there ^ set(declared(bank))) | (there - set(kept)))
    listed = f"not as declared in `files`, or a link: {', '.join(wrong[:5])}" if wrong else f"{len(there)} declared"
    text = f"files in source/{bank.assessment}/: {listed}"
    return Finding(name="only declared files are released", holds=not wrong, text=text)
