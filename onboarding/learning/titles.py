"""Which modules there are, and what they are called; a module itself is read in `modules`."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("modules")


def module_names() -> list[str]:
    """All modules, by name."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def training_for(assessments: Sequence[str]) -> list[str]:
    """The modules that train for these assessments; none where one has none: then a person says that it is done."""
    return list(assessments) if set(assessments) <= set(module_names()) else []


@cache
def module_title(name: str) -> str:
    """What a module is called; its name, where there is none of it any more."""
    path = FOLDER / f"{name}.toml"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["title"]) if path.is_file() else name
