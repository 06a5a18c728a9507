"""The whole way once, through the commands: from a bank to the talent pool, on this machine and another one."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from assessments import handin
from assessments.packet import read_packet
from assessments.responses import ResponseFile
from grader.bank import Bank
from grader.course import authoring
from grader.workspace import find_workspace
from tests.command import Outcome, talentpool
from tests.conftest import DATABASES, POLICY, use_database
from tests.samples import BANK, as_issued, reference_answers

pytestmark = pytest.mark.kernel


def ok(*arguments: str | Path) -> str:
    """Run a command that must succeed; returns its output."""
    outcome = talentpool(*arguments)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.out


@pytest.fixture
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with the small bank, named by the environment; on SQLite if nothing else is said."""
    path = tmp_path / "workspace"
    ok("init", path, "--no-starter")
    if getattr(request, "param", "sqlite") == "postgresql":
        authoring.create_gradebook(use_database(path, request.getfixturevalue("new_database")()))
    (path / "source" / "small.toml").write_text(BANK)
    (path / "policy.toml").write_text(POLICY)
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(path))
    return path


def answer_all(folder: Path, bank: Bank) -> None:
    """Do what a person does in the notebook: answer everything rightly, write the code into its cell."""
    packet = read_packet(folder)
    answers = as_issued(bank, packet, reference_answers(bank, packet))
    file = ResponseFile(folder, packet.packet_id)
    for slot, value in answers.items():
        file.save(slot, value)
    path = folder / f"{packet.assessment}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["id"] == "answer-q6":
            cell["source"] = answers["q6"]
    path.write_text(json.dumps(notebook))


@pytest.mark.parametrize("root", DATABASES, indirect=True)
def test_from_bank_to_pool(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada takes it here, bob on another machine, cleo hands in nothing."""
    ok("build")
    assert "ok   reference responses score 100 %" in ok("gate", "small")
    assert "released release/small/small.ipynb" in ok("release", "small")
    (tmp_path / "people.csv").write_text("id,name\nada,Ada Lovelace\nbob,Bob\ncleo,\n")
    assert "registered 3 new applicants" in ok("applicants", "import", tmp_path / "people.csv")
    bank = find_workspace(root).bank("small")

    # ada: `take` would start JupyterLab; everything before that is real
    opened: list[Path] = []

    def serve(_workspace: object, _store: object, _packet: object, folder: Path, *_rest: object) -> int:
        opened.append(folder)
        return 0

    monkeypatch.setattr("onboarding.cli.serve_and_receive", serve)
    ok("take", "small", "--applicant", "ada")
    answer_all(opened[0], bank)
    receipt = ok("submit", "small", "--applicant", "ada")
    assert "Received small of ada, attempt 1" in receipt

    # bob: a bundle goes out, a zip comes back
    assert "bundles/small-bob-attempt1.zip" in ok("issue", "small", "--applicant", "bob").replace("\n", "")
    elsewhere = tmp_path / "bobs-machine"
    elsewhere.mkdir()
    folder = handin.unpack_bundle(root / "bundles" / "small-bob-attempt1.zip", elsewhere)
    packed = handin.pack(folder, elsewhere)
    assert packed.sha256 in ok("intake", packed.path, "--applicant", "bob")

    summary = json.loads(ok("grade", "--json"))
    assert {key: summary[key] for key in ("submissions", "graded", "flagged", "failed", "unavailable")} == {
        "submissions": 2,
        "graded": 1,
        "flagged": 1,
        "failed": 0,
        "unavailable": 0,
    }
    scores = pd.DataFrame(json.loads(ok("scores", "--format", "json"))).set_index("applicant_id")
    assert scores["score"].to_dict() == {"ada": 1.0, "bob": 0.0}

    assert "2 decided automatically by policy" in ok("decide")
    assert "nothing new to decide" in ok("decide")
    members = json.loads(ok("pool", "--format", "json"))
    assert [(member["applicant_id"], member["qualifications"]) for member in members] == [("ada", "Small things")]
    story = ok("explain", "ada")
    for piece in ("issued", "receipt", "score 12.00 of 12 points", "admit (decided automatically", "policy version"):
        assert piece in story
    ok("decide", "bob", "--outcome", "admit", "--by", "Grace", "--reason", "known from earlier work")
    assert "admit (decided by Grace; in force)" in ok("explain", "bob")
    assert "nothing new to decide" in ok("decide")
    (root / "policy.toml").write_text(POLICY + "# a remark\n")
    assert "1 decided automatically" in ok("decide")
    members = json.loads(ok("pool", "--format", "json"))
    assert [(member["applicant_id"], member["decided_by"]) for member in members] == [
        ("ada", "decided automatically"),
        ("bob", "Grace"),
    ]
    assert members[1]["qualifications"] == "Small things"
    ok("report", "--output", tmp_path / "report.html")
    assert "data:image/png;base64," in (tmp_path / "report.html").read_text()


def test_a_second_attempt_waits_and_differs(root: Path) -> None:
    """The policy says when; the open attempt is given again before it was handed in."""
    ok("release")
    ok("applicants", "add", "ada")
    first = ok("issue", "small", "--applicant", "ada")
    assert ok("issue", "small", "--applicant", "ada") == first
    ok("issue", "small", "--applicant", "ada", "--folder")
    ok("intake", root / "bundles" / "small-ada-attempt1", "--applicant", "ada")
    outcome = talentpool("issue", "small", "--applicant", "ada")
    assert outcome.code == 2
    assert "small may be tried again from" in outcome.err


def test_the_machine_of_an_applicant_packs_without_a_workspace(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder that was unpacked, or in the one around it."""
    ok("release")
    ok("applicants", "add", "ada")
    ok("issue", "small", "--applicant", "ada")
    shutil.copy(root / "bundles" / "small-ada-attempt1.zip", tmp_path)
    monkeypatch.delenv("TALENTPOOL_WORKSPACE")
    monkeypatch.chdir(tmp_path)
    handin.unpack_bundle(tmp_path / "small-ada-attempt1.zip", tmp_path)
    out = ok("submit", "small", "--applicant", "ada")
    (packed,) = tmp_path.glob("small-ada-attempt1-*.zip")
    assert packed.name in out
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == ["packet.json", "small.ipynb"]
    outcome = talentpool("submit", "small", "--applicant", "eve")
    assert outcome.code == 2
    assert "no assessment small issued to eve" in outcome.err


MISTAKES: list[tuple[list[str], str]] = [
    (["grade", "latin"], "unknown assessment 'latin'; this workspace has: small"),
    (["gate", "latin"], "unknown assessment 'latin'"),
    (["issue", "small", "--applicant", "ada"], "unknown applicant 'ada'"),
    (["take", "small", "--applicant", "ada"], "unknown applicant 'ada'"),
    (["take", "nothing.zip"], "nothing.zip is no bundle, and no applicant is named"),
    (["submit", "small", "--applicant", "ada"], "unknown applicant 'ada'"),
    (["explain", "ada"], "unknown applicant 'ada'"),
    (["intake", "nothing.zip"], "nothing.zip does not exist"),
    (["applicants", "add", "../x"], "applicant id '../x': allowed are at most 64 letters"),
    (["applicants", "import", "nothing.csv"], "nothing.csv cannot be read"),
    (["decide", "ada"], "a decision by a person needs an applicant and --outcome"),
    (["scores", "--workspace", "/nowhere"], "/nowhere is no workspace"),
    (["init", "."], "is a workspace already"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(case[0]) for case in MISTAKES])
def test_a_mistake_is_one_clear_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    """Found, allowed, what to do; exit code 2; never a traceback."""
    monkeypatch.chdir(root)
    check_mistake(talentpool(*arguments), message)


def check_mistake(outcome: Outcome, message: str) -> None:
    """One line that says so."""
    assert outcome.code == 2
    assert outcome.err.startswith("error: ")
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert len(outcome.err.splitlines()) <= 2


def test_broken_files_of_the_operator_are_one_clear_line(root: Path, tmp_path: Path) -> None:
    """A bank, a policy, a setting."""
    ok("release")
    ok("applicants", "add", "ada")
    (root / "policy.toml").write_text("title = 'x'\nstages = []\nassessments = {}\n")
    check_mistake(talentpool("decide"), "policy.toml: stages")
    (root / "source" / "small.toml").write_text(BANK.replace('kind = "choice"', 'kind = "essay"'))
    check_mistake(talentpool("gate"), "small.toml: item pick: kind: found 'essay'")
    check_mistake(talentpool("release"), "small.toml: item pick: kind: found 'essay'")
    (root / "talentpool.toml").write_text("databse = 1\n")
    check_mistake(talentpool("grade"), "talentpool.toml cannot be read")
    (tmp_path / "people.csv").write_text("name\nAda\n")
    (root / "talentpool.toml").write_text("")
    check_mistake(talentpool("applicants", "import", tmp_path / "people.csv"), "allowed id, name, email")


def test_an_unreleased_assessment_is_not_issued(root: Path) -> None:
    """With the command to run."""
    ok("applicants", "add", "ada")
    outcome = talentpool("issue", "small", "--applicant", "ada")
    assert "small is not released yet" in outcome.err
    assert "talentpool release small" in outcome.err


def test_alembic_is_found_whatever_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader shells out to it; whoever starts the command need not have the environment's bin folder on PATH."""
    bare = {**os.environ, "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "assessments", "init", str(tmp_path / "w"), "--no-starter"]
    run = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
