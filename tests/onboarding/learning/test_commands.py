"""The commands about modules, as they are typed."""

import os
from pathlib import Path

import pytest

from assessments import commands as applicants_cli
from assessments.learning.lesson import Lesson
from assessments.learning.opening import unpack_module
from assessments.taking import Server
from grader.workspace import Workspace
from onboarding.learning import cli
from onboarding.learning.titles import module_names
from tests.command import talentpool
from tests.onboarding.learning.samples import go_through


@pytest.fixture(autouse=True)
def in_workspace(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada's and bob's workspace, named by the environment."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(workspace.root))
    monkeypatch.chdir(workspace.root.parent)


def test_the_list_says_how_long_each_takes() -> None:
    """Every module in a row."""
    done = talentpool("modules", "list")
    assert done.code == 0
    assert all(name in done.out for name in module_names())
    assert "minutes" in done.out


def test_a_module_goes_away_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    """As a bundle, to be opened where only the applicant's side is, and as one file."""
    made = talentpool("learn", "justification", "--applicant", "ada", "--bundle")
    assert (made.code, made.err) == (0, "")
    folder = unpack_module(workspace.bundles / "module-justification-ada.zip", tmp_path / "elsewhere")
    go_through(Lesson(folder), first={"edit-reason": "a"})
    packed = folder.parent / "justification-ada-finished.json"
    assert talentpool("modules", "receive", packed).out == "ada has finished justification\n"
    assert talentpool("modules", "receive", packed).out == "ada has finished justification, as it has before\n"
    answers = talentpool("modules", "answers", "--format", "csv").out
    assert '"edit-reason",1,0.0' in answers
    assert '"three-parts",1,1.0' in answers


def test_on_this_machine_it_is_taken_in_at_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the page is open; the time it takes is said before."""

    def served(_server: Server, look: object, _say: object) -> int:
        assert callable(look)
        go_through(Lesson(workspace.applicants / "ada" / "module-after-submit"), first={})
        assert look() == ""
        return 0

    monkeypatch.setattr(cli, "serve_and_look", served)
    done = talentpool("learn", "after-submit", "--applicant", "ada", "--no-browser")
    assert (done.code, done.err) == (0, "")
    assert "about 8 minutes, 4 exercises" in done.out
    assert "ada has finished after-submit" in done.out


def test_trouble_is_said_and_tried_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the workspace's secret is gone for a moment."""

    def served(_server: Server, look: object, _say: object) -> int:
        assert callable(look)
        go_through(Lesson(workspace.applicants / "ada" / "module-after-submit"), first={})
        secret = workspace.root / "secret.key"
        secret.rename(secret.with_suffix(".away"))
        assert look().startswith("finished, but not taken in yet: ")
        secret.with_suffix(".away").rename(secret)
        assert look() == ""
        return 0

    monkeypatch.setattr(cli, "serve_and_look", served)
    assert talentpool("learn", "after-submit", "--applicant", "ada", "--no-browser").code == 0


@pytest.mark.parametrize("sent", [False, True])
def test_a_module_opens_for_who_wants_to_look_or_was_sent_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, sent: bool
) -> None:
    """The server takes this process's place."""
    opened: list[Server] = []

    def become(server: Server) -> None:
        opened.append(server)
        raise SystemExit(0)

    monkeypatch.setattr(cli if not sent else applicants_cli, "become", become)
    name: str | Path = "justification"
    if sent:
        assert talentpool("learn", name, "--applicant", "bob", "--bundle").code == 0
        name = workspace.bundles / "module-justification-bob.zip"
    done = talentpool("learn", name, "--view", "app", "--no-browser")
    assert (done.code, done.err) == (0, "")
    assert "minutes, 4 exercises" in done.out
    assert "voila" in opened[0].command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("learn", "nothing"), "unknown module 'nothing'; there are: after-submit"),
        (("learn", "justification", "--applicant", "eve"), "unknown applicant 'eve'"),
        (("learn", "justification", "--bundle"), "a bundle is for somebody"),
        (("modules", "receive", "missing.json"), "missing.json cannot be read: No such file"),
        (("learn", os.devnull), "null"),
    ],
)
def test_mistakes_are_answered_in_one_line(arguments: tuple[str, ...], message: str) -> None:
    """With exit code 2."""
    done = talentpool(*arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
