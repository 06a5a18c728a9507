"""Runs nbgrader's and nbconvert's preprocessors over one notebook, with nbgrader's own code and configuration."""

import json
import logging
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import jsonschema
from nbconvert.preprocessors import ExecutePreprocessor
from nbgrader.nbgraderformat import common
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets.config import Config
from traitlets.utils.importstring import import_item

SANITISE = (ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata)
"""nbgrader's defaults before anything is run."""
log = logging.getLogger("talentpool.nbgrader")
log.addHandler(logging.NullHandler())
log.propagate = False


class Preprocessors:
    """Instances of the preprocessors of a course, made once.

    Args:
        classes: classes or their import strings, as in nbgrader's configuration.
    """

    def __init__(self, classes: Sequence[Any], config: Config, *, stderr_scores_zero: bool) -> None:
        self.steps = [self._step(item, config, stderr_scores_zero) for item in classes]

    @staticmethod
    def _step(item: Any, config: Config, stderr_scores_zero: bool) -> Any:
        kind = import_item(item) if isinstance(item, str) else item
        if issubclass(kind, SaveAutoGrades) and not stderr_scores_zero:
            # under its own name, by which its configuration is found
            kind = type(kind.__name__, (_Lenient, kind), {})
        step = kind(config=config)
        step.log = log
        return step

    def run(self, notebook: Any, resources: dict[str, Any], execute: Any = None) -> Any:
        """The notebook after every step; `execute` is called in the place of whatever would run cells."""
        for step in self.steps:
            if isinstance(step, ExecutePreprocessor):
                notebook = execute(notebook) if step.enabled else notebook
            else:
                notebook, resources = step(notebook, resources)
        return notebook


class _Lenient:
    """Goes before SaveAutoGrades: a warning on standard error is no failure; see docs/nbgrader-differences.md."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        everything = cell.get("outputs")
        if everything is not None:
            cell.outputs = [output for output in everything if output.get("name") != "stderr"]
        super()._add_score(cell, resources)  # type: ignore[misc]
        if everything is not None:
            cell.outputs = everything


@cache
def _is_valid(instance: str, schema: str) -> bool:
    jsonschema.validate(json.loads(instance), json.loads(schema))
    return True


def _validate(instance: Any, schema: Any) -> None:
    """jsonschema.validate, remembering what was valid: submissions of one assignment have the same metadata."""
    _is_valid(json.dumps(instance, sort_keys=True), json.dumps(schema, sort_keys=True))


def quicken() -> None:
    """Let nbgrader's check of metadata remember; the same outcome for a fifth of the time. For worker processes."""
    common.jsonschema = SimpleNamespace(validate=_validate, ValidationError=jsonschema.ValidationError)
