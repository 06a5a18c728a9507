"""Exporting: everything about one person and nothing about another, in files that any program can unpack."""

import json
import zipfile
from pathlib import Path

import pytest

from assessments.errors import UsageError
from grader.issue import sign
from grader.store import Store
from grader.workspace import Workspace
from onboarding.privacy.erase import Order, erase
from onboarding.privacy.export import TABLES, export
from tests.command import talentpool
from tests.onboarding.privacy.samples import CV, EMAIL, LATER, WORD, applied, dump, went_all_the_way
from tests.samples import NOW, small_packet


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of a zip, by name."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_is_in_it(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Every table, the CV as it was sent, the submission as it arrived, texts to read."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    path = tmp_path / "data.zip"
    count = export(workspace, store, person, path, now=NOW)
    files = unpacked(path)
    assert (count, path.stat().st_mode & 0o777) == (len(files), 0o600)
    ours = {name[5:-5] for name in files if name.startswith("data/talentpool")}
    assert ours == set(TABLES)
    (application,) = json.loads(files["data/talentpool_application.json"])
    assert application["email"] == EMAIL
    assert [content for name, content in files.items() if name.startswith("cv/")] == [CV]
    for name in ("story.txt", "answers.txt", "notices.txt", "tickets.txt"):
        assert WORD in files[name].decode(), name
    assert sum(name.endswith("received.zip") for name in files) == 1
    assert f"Your answer:\n{WORD}" in files["answers.txt"].decode()
    for name in ours:
        assert f"{name}.json" in files["README.txt"].decode()


def test_names_can_be_unpacked_anywhere(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """No line breaks, no bytes that are no text, no way out of the folder."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    export(workspace, store, person, tmp_path / "data.zip", now=NOW)
    names = list(unpacked(tmp_path / "data.zip"))
    assert len(names) == len(set(names))
    assert any("odd" in name for name in names)
    for name in names:
        assert name.isprintable(), name
        assert not {"..", ""} & set(name.split("/"))


def test_nobody_else_is_in_it(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Of ada there is nothing but her own; links lead nowhere."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    store.add_packet(sign(small_packet(), workspace.secret), grace=workspace.grace)
    (workspace.applicants / "ada").mkdir(parents=True)
    (workspace.applicants / "ada" / "link.txt").symlink_to(workspace.root / "secret.key")
    export(workspace, store, "ada", tmp_path / "ada.zip", now=NOW)
    files = unpacked(tmp_path / "ada.zip")
    assert "data/talentpool_packet.json" in files
    assert not [name for name in files if name.startswith("files/")]
    assert not [name for name, content in files.items() if WORD.lower().encode() in content.lower()]


def test_no_key_is_in_it(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Questions are used again."""
    store.add_packet(sign(small_packet(), workspace.secret), grace=workspace.grace, parameters={"q1": {"a": "hidden"}})
    export(workspace, store, "ada", tmp_path / "ada.zip", now=NOW)
    (packet,) = json.loads(unpacked(tmp_path / "ada.zip")["data/talentpool_packet.json"])
    assert "parameters" not in packet
    assert "rationale" not in packet["signed"]


def test_a_file_is_never_overwritten(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """And nobody is exported who is not there."""
    (tmp_path / "ada.zip").write_text("precious")
    refused = talentpool("privacy", "export", "ada", "--output", tmp_path / "ada.zip", "-w", workspace.root)
    assert (refused.code, "is there already" in refused.err) == (2, True)
    assert (tmp_path / "ada.zip").read_text() == "precious"
    assert talentpool("privacy", "export", "zoe", "--output", tmp_path / "z.zip", "-w", workspace.root).code == 2
    assert talentpool("privacy", "export", "ada", "--output", tmp_path / "a.zip", "-w", workspace.root).code == 0


def test_who_was_erased_cannot_be_exported(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Nor what was kept, by the pseudonym."""
    person = applied(workspace, store, tmp_path)
    report = erase(workspace, store, Order(applicant_id=person, by="Olga", reason="asked"), now=LATER)
    before = dump(store)
    for name in (person, report["pseudonym"]):
        with pytest.raises(UsageError, match="were erased"):
            export(workspace, store, name, tmp_path / "x.zip", now=LATER)
    assert dump(store) == before
