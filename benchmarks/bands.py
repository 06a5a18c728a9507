"""A policy with another band, or without some assessments; all else stands as it is."""

import json
import tomllib
from collections.abc import Collection, Mapping
from typing import Any


def changed(text: str, *, band: float, without: Collection[str] = ()) -> str:
    """A policy's text with one band for all, and without some assessments."""
    policy: dict[str, Any] = tomllib.loads(text)
    policy["band"] = band
    stages = [{**stage, "assessments": _rest(stage, without)} for stage in policy["stages"]]
    policy["stages"] = [stage for stage in stages if stage["assessments"]]
    for kind in ("languages", "domains"):
        left = {name: {"assessments": _rest(of, without)} for name, of in policy.get(kind, {}).items()}
        policy[kind] = {name: of for name, of in left.items() if of["assessments"]}
    kept = {name: each for name, each in policy["assessments"].items() if name not in without}
    policy["assessments"] = {name: {**each, "band": band} for name, each in kept.items()}
    return "".join(f"{name} = {_inline(value)}\n" for name, value in policy.items())


def _rest(table: Mapping[str, Any], without: Collection[str]) -> list[str]:
    return [name for name in table["assessments"] if name not in without]


def _inline(value: Any) -> str:
    """A value as TOML, in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {_inline(part)}" for name, part in value.items()) + "}"
    return f"[{', '.join(map(_inline, value))}]" if isinstance(value, list) else json.dumps(value)
