"""A course's configuration: nbgrader's own, and what this grader adds to it in the same nbgrader_config.py."""

import pickle
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, Execute
from pydantic import ValidationError
from traitlets import Bool, Dict, Integer, List, Unicode
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.course.recording import Penalty
from grader.course.running import Course
from grader.course.switches import Switches
from grader.errors import WorkspaceError
from grader.execution import COURSE_LIMITS, PRELOAD, Engine, Limits

SWITCHES = tuple(Switches.model_fields)


class Settings(Autograde):  # type: ignore[misc]
    """What `c.TalentpoolAutograde.…` and `c.Autograde.…` may say."""

    workers = Integer(0, help="Worker processes; 0 for one per core.").tag(config=True)
    preload = List(Unicode(), list(PRELOAD), help="Modules to import once for all notebooks.").tag(config=True)
    limits = Dict(help="What one notebook may use; names and units as in grader.execution.Limits.").tag(config=True)
    assignment_limits = Dict(help="Limits by assignment; they come before `limits`.").tag(config=True)
    stderr_scores_zero = Bool(False, help="As nbgrader: a warning in a test cell gives 0 points.").tag(config=True)
    unrun_scores_full = Bool(False, help="As nbgrader: a test that never ran gives full points.").tag(config=True)
    keep_submitted_flags = Bool(False, help="As nbgrader: believe a cell's own marks.").tag(config=True)
    copies_fail = Bool(False, help="As nbgrader: a copied cell fails the submission.").tag(config=True)
    changed_type_fails = Bool(False, help="As nbgrader: a changed cell type fails it.").tag(config=True)
    lost_kernel_fails = Bool(False, help="As nbgrader: a process that ends early fails it.").tag(config=True)

    isolated = True
    """Whether code runs in the sandbox; only the command line can say that it does not."""

    @cached_property
    def engine(self) -> Engine:
        """How code is run."""
        return Engine(isolated=self.isolated, hidden=(Path(self.coursedir.root),), preload=tuple(self.preload))

    @cached_property
    def late_penalty(self) -> Penalty | None:
        """The course's rule for what is handed in late, None if it has none."""
        classes = [import_item(item) if isinstance(item, str) else item for item in self.autograde_preprocessors]
        kind = next((kind for kind in classes if issubclass(kind, AssignLatePenalties)), None)
        step = kind(parent=self) if kind else None
        if not step or not step.enabled:
            return None
        step.init_plugin()
        rule: Penalty = step.plugin_inst.late_submission_penalty
        return rule

    def course(self, assignment: str) -> Course:
        """What workers need to know of the configuration.

        Raises:
            WorkspaceError: a limit has a name or value that is not allowed.
        """
        execute = Execute(parent=self)
        if execute.timeout_func:
            raise WorkspaceError(
                "nbgrader_config.py: Execute.timeout_func is not supported", tip="Set c.Execute.timeout in seconds."
            )
        seconds = execute.timeout if execute.timeout and execute.timeout > 0 else COURSE_LIMITS.cell_seconds
        whole = max(COURSE_LIMITS.wall_seconds, 2.0 * seconds)
        times = {"cell_seconds": seconds, **dict.fromkeys(("wall_seconds", "cpu_seconds", "cell_cpu_seconds"), whole)}
        chosen = {**COURSE_LIMITS.model_dump(), **times, **self.limits, **self.assignment_limits.get(assignment, {})}
        try:
            limits = Limits.model_validate(chosen)
        except ValidationError as error:
            first = error.errors()[0]
            raise WorkspaceError(
                f"nbgrader_config.py: limits: {'.'.join(map(str, first['loc']))}: {first['msg']}",
                tip=f"Allowed: {', '.join(Limits.model_fields)}.",
            ) from None
        before, around = map(_named, (self.sanitize_preprocessors, self.autograde_preprocessors))
        return Course(
            config=_needed(self.config, (*before, *around)),
            sanitise=before,
            autograde=around,
            path=tuple(sys.path),
            limits=limits,
            switches=Switches(**{name: getattr(self, name) for name in SWITCHES}),
            kernel_name=execute.kernel_name,
            skip_tag=execute.skip_cells_with_tag,
            hidden=self.engine.hidden,
        )


def _named(steps: Iterable[Any]) -> tuple[str, ...]:
    """Import strings, by which workers find preprocessors; without the penalties, which need the gradebook.

    Raises:
        WorkspaceError: one has no name by which it could be found.
    """
    found = []
    for step in steps:
        kind = import_item(step) if isinstance(step, str) else step
        name = f"{kind.__module__}.{kind.__qualname__}"
        try:
            is_found = import_item(name) is kind
        except ImportError:
            is_found = False
        if not is_found:
            raise WorkspaceError(
                f"nbgrader_config.py: the preprocessor {kind.__name__} cannot be imported by other processes",
                tip="Put it into a module beside nbgrader_config.py, and name that: 'module.Class'.",
            )
        if not issubclass(kind, AssignLatePenalties):
            found.append(name)
    return tuple(found)


def _needed(config: Config, steps: Iterable[str]) -> Config:
    """The sections that these preprocessors read: hooks and plugins, which cannot travel, stay with us.

    Raises:
        WorkspaceError: something in them cannot travel to another process.
    """
    names = {base.__name__ for step in steps for base in import_item(step).__mro__}
    found = Config({name: section for name, section in config.items() if name in names})
    for name, section in found.items():
        try:
            pickle.dumps(section)
        except Exception as error:
            raise WorkspaceError(
                f"nbgrader_config.py: what c.{name} says cannot be sent to other processes: {error}",
                tip="Use plain values there.",
            ) from None
    return found
