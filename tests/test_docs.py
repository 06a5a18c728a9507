"""The examples in the documentation are executed: the bank, the policy, the kind that is added, the formulas."""

import re
import sys
import tomllib
import types
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from traitlets.config import Config

from assessments.items import Item, Response
from assessments.kinds import KINDS
from grader.bank import parse_bank
from grader.course.autograder import TalentpoolAutograde
from grader.execution import Limits
from grader.scoring.base import Key
from grader.workspace import Settings
from onboarding.policy import read_policy

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of a how-to, in their order."""
    return code((HOW_TO / name).read_text(encoding="utf-8"), language)


def code(text: str, language: str) -> list[str]:
    """The code blocks in a text, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_bank_of_the_authors_how_to_loads() -> None:
    """Its blocks together are one bank with every kind."""
    text = "\n".join(blocks("write-a-bank.md", "toml"))
    (functions,) = blocks("write-a-bank.md", "python")
    bank = parse_bank("how-to", tomllib.loads(text), text.encode(), functions.encode())
    assert {entry.item.kind for entry in bank.items.values()} == set(KINDS)


def test_the_policy_of_the_admins_how_to_loads(tmp_path: Path) -> None:
    """As it stands there."""
    (text,) = [block for block in blocks("admin.md", "toml") if "[[stages]]" in block]
    (tmp_path / "policy.toml").write_text(text)
    assert read_policy(tmp_path).required


def kind_of_the_how_to(monkeypatch: pytest.MonkeyPatch) -> tuple[Item, Key[Any]]:
    """The item and key at the end of the how-to, of the classes that it writes."""
    for source in blocks("add-an-item-kind.md", "python"):
        if match := re.match(r"# (assessments/kinds/\w+|grader/scoring/\w+)\.py\n", source):
            name = match.group(1).replace("/", ".")
            module = types.ModuleType(name)
            monkeypatch.setitem(sys.modules, name, module)
            exec(compile(source, name, "exec"), module.__dict__)
    (text,) = blocks("add-an-item-kind.md", "toml")
    (data,) = tomllib.loads(text)["items"]
    key = sys.modules["grader.scoring.matching"].MatchingKey.model_validate(data.pop("key"))
    # of a bank's entry, not of the item
    del data["difficulty"], data["rationale"]
    return sys.modules["assessments.kinds.matching"].MatchingItem.model_validate(data), key


def test_the_kind_of_the_how_to_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both files run, the reference earns everything, and guessing what the how-to says. Its page: tests/front."""
    item, key = kind_of_the_how_to(monkeypatch)
    assert key.problems(item) == []
    assert key.score(item, key.reference(item)).credit == 1
    assert key.score(item, {"a": "s", "b": "ves", "c": "es"}).credit == 0
    guesses = key.guesses(item)
    assert all(item.problem(response) is None for responses in guesses.values() for response in responses)
    luck = fmean(key.score(item, response).credit for response in guesses["random"])
    said = f"earns {100 * luck:.0f} % of the points on average"
    assert said in (HOW_TO / "add-an-item-kind.md").read_text(encoding="utf-8")
    odd_ones: list[Response] = [None, "a", ["s"], {"a": "s"}, {"a": "s", "b": [], "c": "z"}]
    for odd in odd_ones:
        assert str(item.problem(odd)).startswith("the response must")
        assert item.describe(odd)
    assert key.model_copy(update={"answer": {"a": "z"}}).problems(item)


def sections_of_scoring() -> dict[str, list[str]]:
    """The code blocks of docs/scoring.md by heading."""
    text = (HOW_TO.parent / "scoring.md").read_text(encoding="utf-8")
    sections = [section.partition("\n") for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]
    return {heading: code(section, "python") for heading, _, section in sections}


def test_every_kind_has_its_scoring_explained() -> None:
    """With a worked example."""
    sections = sections_of_scoring()
    assert set(KINDS) <= set(sections)
    assert all(sections[kind] for kind in KINDS)


@pytest.mark.parametrize("heading", sections_of_scoring())
def test_the_worked_examples_of_the_scoring_hold(heading: str) -> None:
    """Each block stands alone."""
    for source in sections_of_scoring()[heading]:
        assert "assert " in source
        exec(compile(source, f"scoring.md, {heading}", "exec"), {})


def test_the_limits_of_the_graders_how_to_are_the_defaults() -> None:
    """Names and numbers."""
    (text,) = [block for block in blocks("grader.md", "toml") if "[limits]" in block]
    settings = Settings.model_validate(tomllib.loads(text))
    assert settings.limits == Limits()
    assert set(tomllib.loads(text)["limits"]) == set(Limits.model_fields)
    assert settings.limits_of("python-programming").wall_seconds == 120


def test_the_settings_of_the_plain_course_how_to_exist() -> None:
    """Every trait, with a value that it takes."""
    (text,) = blocks("plain-course.md", "python")
    config = Config()
    exec(compile(text, "nbgrader_config.py", "exec"), {"c": config})
    converter = TalentpoolAutograde(config=config)
    for name, value in config.TalentpoolAutograde.items():
        assert getattr(converter, name) == value
