"""The examples in the how-tos are executed: the bank, the policy, the kind of item that is added."""

import re
import sys
import tomllib
import types
from pathlib import Path

import pytest
from traitlets.config import Config

from grader.bank import parse_bank
from grader.course.autograder import TalentpoolAutograde
from grader.execution import Limits
from grader.workspace import Settings
from onboarding.policy import read_policy

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of a how-to, in their order."""
    text = (HOW_TO / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_bank_of_the_authors_how_to_loads() -> None:
    """Its blocks together are one bank with every kind."""
    text = "\n".join(blocks("write-a-bank.md", "toml"))
    bank = parse_bank("how-to", tomllib.loads(text), text.encode())
    assert {entry.item.kind for entry in bank.items.values()} == {
        *("choice", "multiple", "numeric", "rating", "comparison", "code")
    }


def test_the_policy_of_the_admins_how_to_loads(tmp_path: Path) -> None:
    """As it stands there."""
    (text,) = [block for block in blocks("admin.md", "toml") if "[[stages]]" in block]
    (tmp_path / "policy.toml").write_text(text)
    assert read_policy(tmp_path).required


def test_the_kind_of_the_how_to_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both files run, the reference earns everything, and its guesses are possible responses."""
    namespaces = {}
    for source in blocks("add-an-item-kind.md", "python"):
        if match := re.match(r"# (assessments/kinds/\w+|grader/scoring/\w+)\.py\n", source):
            name = match.group(1).replace("/", ".")
            module = types.ModuleType(name)
            monkeypatch.setitem(sys.modules, name, module)
            exec(compile(source, name, "exec"), module.__dict__)
            namespaces[name] = module
    assert sorted(namespaces) == ["assessments.kinds.ordering", "grader.scoring.ordering"]
    item = namespaces["assessments.kinds.ordering"].OrderingItem.model_validate(
        {
            "id": "x",
            "version": 1,
            "kind": "ordering",
            "task_type": "skill",
            "skill": "s",
            "prompt": "p",
            "options": {"a": "first", "b": "second", "c": "third"},
        }
    )
    key = namespaces["grader.scoring.ordering"].OrderingKey.model_validate({"answer": ["b", "a", "c"]})
    assert key.problems(item) == []
    assert key.score(item, key.reference(item)).credit == 1
    assert key.score(item, ["c", "a", "b"]).credit == 0
    for responses in key.guesses(item).values():
        assert all(item.problem(response) is None for response in responses)


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
