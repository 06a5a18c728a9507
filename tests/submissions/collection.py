"""Reads the sample submissions: what each tries, what its honest part is worth, and what is handed in.

A sample is a notebook (what somebody would write into the one that they were issued), a folder (files that lie beside
or instead of the issued ones) or a script (for what cannot lie in a repository: links, archive bombs, large files, and
whatever needs the issued packet).
"""

import ast
import json
import runpy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from assessments.items import Record, Response
from tests.submissions.assessment import NOTEBOOK
from tests.submissions.pouring import Notebook, pour, sources

HERE = Path(__file__).parent
ABOUT_FILE = "about.toml"
Files = dict[str, bytes]


class About(Record):
    """What a sample says of itself."""

    tries: str
    answers: Mapping[str, Response] = Field(default_factory=dict)
    """Given in the form, by slot."""
    starts_from: Literal["blank", "full-marks"] = "blank"
    """The honest sample that it is a change of."""
    earns: float | None = 0.0
    """Points that the honest part is worth; None where there must be no score."""
    remark: str = ""
    """Words that the grader's record must have about it."""
    refused: str = ""
    """Words of the refusal where it must not even be taken in."""
    sent_by: Literal["sender", "nobody"] = "sender"
    """Whether it is known who sent it."""
    arrives_after: float = 10
    """Minutes after the issue."""
    attempts: Literal[1, 2] = 1
    """With 2, a blank first attempt is handed in before; its files then are `theirs`."""
    on_nbgrader: Literal["pays", "aborts", "reads", "writes", "reaches"] | None = None
    """What the same notebook does to plain nbgrader."""


class Sample(NamedTuple):
    """One sample submission; its name is its place, as in `inside/equal-to-everything`."""

    name: str
    path: Path
    about: About

    @property
    def applicant_id(self) -> str:
        """Who hands it in."""
        return self.name.replace("/", "-")

    @property
    def notebook(self) -> Notebook:
        """What is poured into the issued notebook; nothing if the sample is no notebook."""
        if self.path.suffix != ".ipynb":
            return {"cells": [], "metadata": {}}
        notebook: Notebook = json.loads(self.path.read_text(encoding="utf-8"))
        return {**notebook, "cells": [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]}

    def answers(self) -> dict[str, Response]:
        """All answers, those in the form and those in the notebook."""
        code = {name.removeprefix("answer-"): source for name, source in sources(self.notebook)}
        return {**code, **self.about.answers}

    def hand_in(self, mine: Files, theirs: Files, folder: Path) -> Files | Path:
        """What is handed in: files, or the path of something that was written into `folder`.

        Args:
            mine: the honest submission that this is a change of.
            theirs: what somebody else hands in, or they themselves in an earlier attempt.
        """
        if self.path.is_dir():
            mine = {**mine, **_files_in(self.path)}
        elif self.path.suffix == ".py":
            changed: Files | Path = runpy.run_path(str(self.path))["hand_in"](mine, theirs, folder)
            return changed
        else:
            poured = pour(self.notebook, json.loads(mine[NOTEBOOK]))
            mine = {**mine, NOTEBOOK: json.dumps(poured).encode()}
        return mine


def load(kind: Literal["attacks", "honest"]) -> dict[str, Sample]:
    """All samples of a kind, by name."""
    places = sorted((HERE / kind).glob("*" if kind == "honest" else "[a-z]*/[a-z]*"))
    samples = [Sample(_name(path, kind), path, _about(path)) for path in places]
    return {sample.name: sample for sample in samples}


def _name(path: Path, kind: str) -> str:
    return path.relative_to(HERE / kind).with_suffix("").as_posix().replace("_", "-")


def _about(path: Path) -> About:
    if path.is_dir():
        return About.model_validate(tomllib.loads((path / ABOUT_FILE).read_text(encoding="utf-8")))
    if path.suffix == ".py":
        return About(tries=_docstring(path), **runpy.run_path(str(path)).get("ABOUT", {}))
    wishes = dict(json.loads(path.read_text(encoding="utf-8"))["metadata"]["talentpool"])
    wishes.pop("removes", None)
    return About.model_validate(wishes)


def _docstring(path: Path) -> str:
    return str(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))))


def _files_in(folder: Path) -> Files:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != ABOUT_FILE]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
