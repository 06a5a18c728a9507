"""A second person solves every item without its key."""

import shutil
from pathlib import Path

import pytest

from assessments.packet import read_packet
from assessments.responses import Mark, ResponseFile
from grader.aliases import aliased
from grader.solving import _SECRET, TIME, compare, lay_out
from grader.workspace import Workspace
from tests.command import talentpool
from tests.engines import sandbox
from tests.samples import small_bank

pytestmark = pytest.mark.kernel


def answer(folder: Path, *, wrong: str = "") -> None:
    """Answer one folder with what the keys say, but for one item."""
    packet, bank = read_packet(folder), small_bank()
    answers = ResponseFile(folder, packet.packet_id)
    for slot in packet.slots:
        entry = aliased(bank.items[slot.item.id], _SECRET, bank.assessment)
        guesses = [each for strategy in entry.key.guesses(entry.item).values() for each in strategy]
        right = entry.key.reference(entry.item)
        answers.save(slot.slot, next(g for g in guesses if g != right) if slot.item.id == wrong else right)
        answers.mark(slot.slot, Mark(problem="Two may be right." if slot.item.id == wrong else ""))
    assert answers.flush()


def test_every_item_once_without_keys(tmp_path: Path) -> None:
    """Also where a slot has fewer items than another."""
    bank = small_bank()
    folders = lay_out(bank, tmp_path / "none", tmp_path)
    packets = [read_packet(folder) for folder in folders]
    assert sorted(slot.item.id for packet in packets for slot in packet.slots) == sorted(bank.items)
    assert all((packet.due_at - packet.issued_at) == TIME for packet in packets)
    issued = "".join(path.read_text() for folder in folders for path in folder.iterdir())
    assert not [entry for entry in bank.items.values() if entry.rationale in issued]


def test_disagreements_are_found(tmp_path: Path) -> None:
    """With what was answered and remarked; what agrees says so too."""
    bank = small_bank()
    for folder in lay_out(bank, tmp_path / "none", tmp_path):
        answer(folder, wrong="pick")
    solved = {each.item_id: each for each in compare(bank, tmp_path, sandbox())}
    assert [name for name, each in solved.items() if not each.agrees] == ["pick"]
    assert solved["pick"].remark == "Two may be right."
    assert solved["pick"].answered
    assert solved["double"].agrees


def test_what_was_not_answered_is_no_agreement(tmp_path: Path) -> None:
    """An empty folder says so of every item."""
    bank = small_bank()
    lay_out(bank, tmp_path / "none", tmp_path)
    assert {each.explanation for each in compare(bank, tmp_path, sandbox())} == {"not answered"}


@pytest.mark.parametrize("released", ["sqlite"], indirect=True)
def test_the_command(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lays out once, compares, and says what to do where it cannot."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(workspace.root))
    nobody = talentpool("solve", "small", "--compare")
    assert nobody.code == 2
    assert "talentpool solve small" in nobody.err
    laid = talentpool("solve", "small")
    assert laid.code == 0
    assert "talentpool take" in laid.out
    again = talentpool("solve", "small")
    assert again.code == 2
    assert "--compare" in again.err
    answer(workspace.root / "solving" / "small-1", wrong="pick")
    shutil.rmtree(workspace.root / "solving" / "small-2")
    compared = talentpool("solve", "small", "--compare")
    assert compared.code == 0
    assert "Two may be right." in compared.out
    assert "5 of 6 items agree" in compared.out
