"""The README's transcripts are what the commands print; links and documented commands exist."""

import re
import shlex
from pathlib import Path

import pytest

from assessments.cli import commands
from tests.command import talentpool

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def transcript() -> list[tuple[str, list[str]]]:
    """The commands of the README's console block, each with the lines it prints."""
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    steps: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps


def fits(printed: str, promised: str) -> bool:
    """Whether a printed line is the promised one, in which … stands for anything."""
    pattern = ".*".join(re.escape(part) for part in promised.split("…"))
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.kernel
def test_the_transcript_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Command by command, line by line."""
    monkeypatch.chdir(tmp_path)
    for line, promised in transcript():
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        outcome = talentpool(*words[1:])
        printed = [text.rstrip() for text in outcome.out.splitlines() if text.strip()]
        assert outcome.code == 0, outcome
        assert len(printed) == len(promised), (line, printed)
        for got, want in zip(printed, promised, strict=True):
            assert fits(got, want), (line, got, want)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Within the repository."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_command_is_documented() -> None:
    """In the README or a how-to, by name."""
    texts = " ".join(path.read_text(encoding="utf-8") for path in TEXTS)
    for name in commands():
        assert re.search(rf"talentpool {name}\b|`{name}`", texts), name


def test_the_readme_stays_short() -> None:
    """About eighty lines."""
    assert len(README.splitlines()) <= 90
