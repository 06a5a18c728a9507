"""Nothing leaves that is unfair, guessable or tells its key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Bank, parse_bank, read_bank
from grader.builder import notebook_of
from grader.errors import GateError
from grader.gate import Finding, check
from grader.handout import bundle_files, issue
from grader.notebooks import notebook_text
from grader.release import gate, release
from grader.store import Store
from grader.workspace import Workspace, starter_banks
from tests.engines import sandbox
from tests.samples import BANK, NOW, bank_data

pytestmark = pytest.mark.kernel
Data = dict[str, Any]


def item(data: Data, item_id: str) -> Data:
    """One item of the raw bank."""
    return next(entry for entry in data["items"] if entry["id"] == item_id)


def findings(bank: Bank) -> list[Finding]:
    """What the gate finds about the notebook as built."""
    return check(bank, {f"{bank.assessment}.ipynb": notebook_text(notebook_of(bank)).encode()}, sandbox())


def test_the_sample_passes() -> None:
    """All five findings hold."""
    assert [finding.holds for finding in findings(parse_bank("small", bank_data(), b""))] == [True] * 5


def wrong_reference(data: Data) -> None:
    """The author's own solution fails a case."""
    item(data, "double")["key"]["cases"][1]["gives"] = "[2, 1]"


def wrong_example(data: Data) -> None:
    """The public example is not what the solution gives."""
    item(data, "double")["examples"][0]["gives"] = "[1]"


def guessable(data: Data) -> None:
    """Every panel agrees on the middle, and a constant is right."""
    data["cut_score"] = 0.3


def paying_starter(data: Data) -> None:
    """The starter raises what one case expects."""
    item(data, "double")["starter"] = "def double(x):\n    raise TypeError"


def told_in_the_prompt(data: Data) -> None:
    """The prompt shows a held-out call."""
    item(data, "double")["prompt"] += "\n\nFor instance `double([])`."


def rationale_in_the_prompt(data: Data) -> None:
    """A sentence was pasted into the wrong field."""
    item(data, "number")["prompt"] += " It is stated on the sign at the beginning of the road."


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (wrong_reference, "reference responses score 100 %: these do not: double (3 of 4 held-out calls right)"),
        (wrong_example, "these do not: double: example double([1]) does not give [1]"),
        (paying_starter, "a blank submission scores 0: these pay: double (its starter)"),
        (guessable, "guessing: the best strategy earns"),
        (told_in_the_prompt, "holds key material of double"),
        (rationale_in_the_prompt, "holds the rationale of number"),
    ],
)
def test_what_must_not_leave_is_found(change: Callable[[Data], None], text: str) -> None:
    """By name."""
    data = bank_data()
    change(data)
    failed = [finding.text for finding in findings(parse_bank("small", data, b"")) if not finding.holds]
    assert len(failed) == 1
    assert text in failed[0]


def test_release_refuses_without_it(workspace: Workspace, store: Store) -> None:
    """And says what to mend."""
    bank = workspace.bank("small")
    with pytest.raises(GateError, match="small may not be released: too bad") as caught:
        release(workspace, store, bank, [Finding(name="x", holds=False, text="too bad")])
    assert caught.value.tip == "Mend source/small.toml and run: talentpool gate small"


@pytest.mark.parametrize("path", starter_banks(), ids=lambda path: path.stem)
def test_the_starter_banks_pass(path: Path) -> None:
    """All that can be proved without people."""
    assert [finding.text for finding in findings(read_bank(path)) if not finding.holds] == []


def test_only_declared_files_leave(workspace: Workspace, store: Store) -> None:
    """Nothing that was left lying about, and no link to what must stay."""
    folder = workspace.source / "small"
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_text("a,b\n1,2\n")
    (folder / "notes.txt").write_text("q1: b")
    (folder / "x.bin").symlink_to(workspace.root / "secret.key")
    bank = workspace.bank("small")
    (finding, *_) = gate(workspace, bank)
    assert finding.text.endswith("not as declared in `files`, or a link: data/table.csv, notes.txt, x.bin")
    (folder / "notes.txt").unlink()
    (workspace.source / "small.toml").write_text(
        BANK.replace("points = 12", 'points = 12\nfiles = ["data/table.csv", "x.bin"]')
    )
    bank = workspace.bank("small")
    (finding, *_) = gate(workspace, bank)
    assert finding.text.endswith("or a link: x.bin")
    (folder / "x.bin").unlink()
    (workspace.source / "small.toml").write_text(BANK.replace("points = 12", 'points = 12\nfiles = ["data/table.csv"]'))
    bank = workspace.bank("small")
    release(workspace, store, bank, gate(workspace, bank))
    (workspace.release / "small" / "late.txt").write_text("added after the gate")
    packet = issue(workspace, store, "small", "ada", now=NOW)
    assert sorted(bundle_files(workspace, store, packet)) == ["data/table.csv", "packet.json", "small.ipynb"]


def test_spacing_and_capitals_hide_nothing() -> None:
    """A held-out call without its spaces, a rationale that shouts."""
    for prompt in ("as in double([1,2])", "TWO AND FOUR CAN BE DIVIDED BY TWO WITHOUT REMAINDER."):
        data = bank_data()
        item(data, "double")["prompt"] += prompt
        assert [finding.holds for finding in findings(parse_bank("small", data, b""))].count(False) == 1
