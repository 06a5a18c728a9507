"""Practice: explanations for everybody, and nothing of it counts."""

import json
import shutil
from pathlib import Path

import pytest

from assessments.handin import pack, unpack_bundle
from assessments.packet import PACKET_FILE, Packet, SignedPacket, read_packet
from assessments.showing import question
from assessments.taking import Server
from assessments.text import quoted
from grader.bank import Bank, parse_bank
from grader.builder import notebook_of
from grader.explanation import explanation
from grader.handout import bundle_files, issue
from grader.issue import sign
from grader.practice import practice_folder
from grader.store import Store
from grader.workspace import Workspace
from tests.command import talentpool
from tests.conftest import POLICY
from tests.grader.test_gate import findings
from tests.samples import BANK, NOW, bank_data, small_bank

PRACTICE = BANK.replace('title = "A small test"', 'title = "A small test"\npractice = true')


def practice_bank() -> Bank:
    """The small bank, for practice."""
    return parse_bank("try", {**bank_data(), "practice": True}, b"")


def test_every_question_has_an_explanation(tmp_path: Path) -> None:
    """In a folder of its own each time, with a form that knows that nothing counts."""
    folders = [practice_folder(practice_bank(), tmp_path / "none", tmp_path / "practice") for _ in range(2)]
    assert [folder.name for folder in folders] == ["try-1", "try-2"]
    first, second = map(read_packet, folders)
    assert first.practice
    assert first.packet_id != second.packet_id
    assert all("**Why**" in slot.explanation for slot in first.slots)
    assert sorted(path.name for path in folders[0].iterdir()) == [PACKET_FILE, "try.ipynb"]
    text = json.loads((folders[0] / "try.ipynb").read_text())["cells"][0]["source"]
    assert "**6 questions, no time limit.**" in text


def test_explanations_are_in_words() -> None:
    """What is right, what most say, what is one way of several; code as code."""
    items = small_bank().items
    assert explanation(items["pick"]).splitlines()[:3] == ["**A right answer**", "", "> a pear  "]
    assert explanation(items["pick"]).endswith(items["pick"].rationale)
    assert "> Is it right\\? 1  \n> Is it clear\\? 5  " in explanation(items["rate"])
    assert explanation(items["compare"]).startswith("**What most experts answered; other views earn a part**")
    assert "```python\ndef double(x):\n    return [part for" in explanation(items["double"])


def test_explanations_name_answers_as_the_page_does(tmp_path: Path) -> None:
    """By their letters after shuffling."""
    data = bank_data()
    ranking = {
        "id": "best",
        "version": 1,
        "kind": "ranking",
        "task_type": "evl-rank",
        "skill": "logic",
        "difficulty": "easy",
        "prompt": "Rank these.",
        "rationale": "One is best, two is worst.",
        "answers": {"one": "The best.", "two": "The worst.", "three": "In between."},
        "key": {"panel": [["one", "three", "two"]]},
    }
    slots = [{"id": "q1", "skill": "logic", "points": 1, "items": ["best"]}]
    bank = parse_bank("try", {**data, "practice": True, "points": 1, "slots": slots, "items": [ranking]}, b"")
    orders = set()
    for _ in range(12):
        (slot,) = read_packet(practice_folder(bank, tmp_path / "none", tmp_path / "practice")).slots
        named = {text: name for name, text in slot.item.model_dump()["answers"].items()}
        said = slot.item.describe([named["The best."], named["In between."], named["The worst."]])
        orders.add(said)
        assert quoted(said) in slot.explanation
    assert len(orders) > 1


def test_other_banks_keep_their_keys(tmp_path: Path) -> None:
    """Nobody practises with what is graded."""
    with pytest.raises(Exception, match="small is not for practice: its keys are secret"):
        practice_folder(small_bank(), tmp_path, tmp_path)


def test_the_notebook_of_other_banks_says_the_time() -> None:
    """As before."""
    assert "**6 questions, 12 points, 30 minutes.**" in notebook_of(small_bank())["cells"][0]["source"]


@pytest.mark.kernel
def test_the_gate_does_not_ask_practice_to_be_silent() -> None:
    """Everything else holds for it too."""
    found = findings(practice_bank())
    assert [finding.holds for finding in found] == [True] * 4
    assert not [finding for finding in found if "nothing of the keys" in finding.name]


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace with a practice bank beside the small one."""
    (workspace.source / "try.toml").write_text(PRACTICE)
    return workspace


def run(place: Workspace, *arguments: str | Path) -> str:
    """What a command that must fail says, in one line."""
    outcome = talentpool(*arguments, "--workspace", place.root)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) <= 2
    return outcome.err


@pytest.mark.kernel
def test_it_can_be_sent(place: Workspace, tmp_path: Path) -> None:
    """To people who have only the plain install; their page knows that nothing counts."""
    outcome = talentpool("practice", "try", "--workspace", place.root, "--bundle")
    assert outcome.code == 0
    (bundle,) = (place.root / "practice").glob("*.zip")
    folder = unpack_bundle(bundle, tmp_path)
    packet = read_packet(folder)
    assert packet.practice
    assert question(packet, packet.slots[0], folder, "")["behind"]["label"] == "Show the explanation"


@pytest.mark.kernel
def test_it_opens_without_leaving_a_trace(place: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder lies in the workspace, and the database knows nothing of it."""
    opened: list[Server] = []
    monkeypatch.setattr("grader.practice_cli.become", opened.append)
    outcome = talentpool("practice", "try", "--workspace", place.root, "--no-browser")
    assert (outcome.code, len(opened)) == (0, 1)
    assert (place.root / "practice" / "try-1" / "try.ipynb").exists()
    assert not store.was_issued("try")
    assert store.exposure("try") == {}
    assert "small is not for practice" in run(place, "practice", "small")
    assert "unknown assessment 'practice'; this workspace has: small, try" in run(place, "practice")


@pytest.mark.kernel
def test_outside_a_workspace_it_is_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named in the message."""
    monkeypatch.chdir(tmp_path)
    outcome = talentpool("practice", "latin")
    assert "unknown assessment 'latin'; what ships has: clinical-safety, " in outcome.err
    assert "/nowhere is no workspace" in talentpool("practice", "--workspace", "/nowhere").err


@pytest.mark.kernel
def test_it_is_never_released_issued_or_required(place: Workspace) -> None:
    """Each is one clear line; releasing everything leaves it out."""
    refusal = "try is for practice: it is never released, issued or graded"
    for command in (["release", "try"], ["issue", "try", "--applicant", "ada"], ["take", "try", "--applicant", "ada"]):
        assert refusal in run(place, *command)
    outcome = talentpool("release", "--workspace", place.root)
    assert outcome.out == "released release/small/small.ipynb\n"
    (place.root / "policy.toml").write_text(POLICY.replace("small", "try"))
    assert "policy.toml: stages name try, which is for practice and never graded" in run(place, "decide")


@pytest.mark.kernel
def test_what_is_handed_in_of_it_is_refused(place: Workspace, store: Store, tmp_path: Path) -> None:
    """By name, also in the inbox; an issued packet that somebody calls practice is still what was issued."""
    folder = practice_folder(practice_bank(), tmp_path, tmp_path / "practice")
    packed = pack(folder, tmp_path).path
    assert "try is practice: nothing of it is graded, so it was not taken in" in run(place, "intake", packed)
    place.inbox.mkdir()
    shutil.copy(packed, place.inbox)
    outcome = talentpool("grade", "--workspace", place.root)
    assert "not taken in: " in outcome.err
    assert "try is practice" in outcome.err
    assert not list(store.submissions())
    packet = issue(place, store, "small", "ada", now=NOW)
    files = bundle_files(place, store, packet) | {PACKET_FILE: disguised(packet, place).model_dump_json().encode()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    outcome = talentpool("intake", pack(tmp_path, tmp_path / "practice").path, "--workspace", place.root)
    assert "Received small of ada, attempt 1" in outcome.out


def disguised(packet: Packet, place: Workspace) -> SignedPacket:
    """The packet as practice."""
    return sign(packet.model_copy(update={"practice": True}), place.secret)
