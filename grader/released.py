"""What was released: the files for applicants, and the banks as they were, from which keys come."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from assessments.errors import UsageError
from assessments.items import Item
from assessments.packet import Packet
from grader.aliases import aliased
from grader.bank import Bank, read_bank
from grader.entries import BankItem
from grader.errors import BankError
from grader.figures import figure_files
from grader.parameters import Parameters
from grader.store import Store
from grader.workspace import Workspace

CURRENT = "current"
"""The file that names the version of the bank that was released last."""


def declared_files(bank: Bank, folder: Path, items: Iterable[Item] | None = None) -> dict[str, bytes]:
    """What an applicant gets of a folder: the notebook, the files that the bank names, figures; links are passed over.

    Args:
        items: whose figures; all of the bank's unless given.
    """
    paths = {name: folder / name for name in declared(bank, items)}
    return {name: path.read_bytes() for name, path in paths.items() if _is_plain(path, folder)}


def declared(bank: Bank, items: Iterable[Item] | None = None) -> list[str]:
    """The names of those files."""
    figures = figure_files([entry.item for entry in bank.items.values()] if items is None else items)
    return [f"{bank.assessment}.ipynb", *bank.blueprint.files, *figures]


def _is_plain(path: Path, folder: Path) -> bool:
    inside = [path, *path.parents][: len(path.relative_to(folder).parts)]
    return path.is_file() and not any(part.is_symlink() for part in inside)


def current_version(workspace: Workspace, assessment: str) -> str:
    """The version of the bank that was released last; UsageError if none was."""
    try:
        return (workspace.snapshots / assessment / CURRENT).read_text()
    except OSError:
        workspace.bank(assessment)
        raise UsageError(f"{assessment} is not released yet", tip=f"Run: talentpool release {assessment}") from None


def released_notebook(workspace: Workspace, assessment: str, version: str) -> str:
    """The notebook as it was released from this version of the bank."""
    return (workspace.snapshots / assessment / f"{version}.ipynb").read_text(encoding="utf-8")


def released_figures(workspace: Workspace, packet: Packet) -> dict[str, bytes]:
    """The pictures of the items in a packet, as they were released with the bank that it was drawn from."""
    folder = workspace.snapshots / packet.assessment / packet.bank_version
    return {name: (folder / name).read_bytes() for name in figure_files(slot.item for slot in packet.slots)}


def issued_bank(workspace: Workspace, assessment: str) -> Bank:
    """The bank as it was last released: what items are drawn from."""
    return _snapshot(workspace, assessment, current_version(workspace, assessment))


def _snapshot(workspace: Workspace, assessment: str, version: str) -> Bank:
    """A bank as it was released; it is stored under its version instead of its name."""
    return _read_snapshot(workspace.snapshots / assessment / f"{version}.toml")


@lru_cache(maxsize=64)
def _read_snapshot(path: Path) -> Bank:
    """A snapshot never changes, as its name is the hash of its content; thousands of submissions ask for the same."""
    return read_bank(path).model_copy(update={"assessment": path.parent.name})


def keys_for(workspace: Workspace, store: Store, packet: Packet) -> dict[str, BankItem]:
    """The items of a packet with their keys, by slot.

    The last released bank is asked first, so that a mended key reaches everybody; an item whose version it no longer
    holds comes from the bank that the packet was drawn from.
    """
    current = issued_bank(workspace, packet.assessment)
    original = _snapshot(workspace, packet.assessment, packet.bank_version)
    parameters = store.parameters(packet.packet_id)
    found = {slot.slot: _keyed(slot.item, parameters.get(slot.slot), current, original) for slot in packet.slots}
    if not packet.aliased:
        return found
    return {slot: aliased(entry, workspace.secret, packet.packet_id) for slot, entry in found.items()}


def _keyed(item: Item, parameters: Parameters | None, current: Bank, original: Bank) -> BankItem:
    """An issued item with its key; a template is filled with the parameters that it was issued with."""
    issued, entry = original.items[item.id], current.items.get(item.id)
    if entry is None or entry.item.version != item.version or bool(entry.template) != (parameters is not None):
        entry = issued
    if parameters is None:
        return entry
    try:
        return entry.concrete(parameters)
    except BankError:
        # the function has changed and no longer takes them
        return issued.concrete(parameters)
