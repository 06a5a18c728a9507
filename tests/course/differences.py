"""Where this grader differs from nbgrader on purpose: a submission for each case, and an honest one beside it."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.course.courses import APPS, PREPROCESSORS, Files
from tests.course.notebooks import answer, check, code, manual, notebook

Result = tuple[float, bool] | None
"""Score and whether a person must look; None if the submission was not graded."""
HONEST = "zed"
"""Graded after all others of an assignment."""


class Case(NamedTuple):
    """One difference.

    Args:
        switch: what brings nbgrader's way back, if there is something.
        source, submission: files of the instructor's and of the applicant's.
        ours, theirs: what the submission gets here and with nbgrader.
        aborts: nbgrader gives up the whole batch.
        options: for `autograde`, with both engines.
    """

    switch: str
    source: Files
    submission: Files
    ours: Result
    theirs: Result
    aborts: bool = False
    options: tuple[str, ...] = ()


def paper() -> Any:
    """Right answers: 2 points from tests, 3 from a person."""
    return notebook(
        answer("x = 1", "x"),
        check("assert x == 1", "first"),
        manual("'an answer'", "manual", 3),
        check("assert x < 2", "second"),
    )


def changed(change: Callable[[list[Any]], None]) -> Any:
    """The paper with changes."""
    made = copy.deepcopy(paper())
    change(made.cells)
    return made


def _blank_and_skipped(found: list[Any]) -> None:
    found[0].source = ""
    for cell in found:
        cell.metadata.tags = ["skip-execution"]


def _unmarked(found: list[Any]) -> None:
    found[2].metadata.nbgrader.update(solution=False, locked=True)
    found[2].source = "'something'"


def _no_test(found: list[Any]) -> None:
    found[1].metadata.nbgrader.update(grade=False)


def _copied(found: list[Any]) -> None:
    found.insert(2, copy.deepcopy(found[1]))
    found[2].id = "pasted"


def _foreign(found: list[Any]) -> None:
    found.append(check("assert True", "of_another_paper", 100))


def _inserted(source: str) -> Any:
    return changed(lambda found: found.insert(2, code(source)))


def _p1(submission: Any, *, theirs: Result = None, **more: Any) -> dict[str, Any]:
    return {"source": {"p1.ipynb": paper()}, "submission": {"p1.ipynb": submission}, "theirs": theirs, **more}


def _typed(name: str, ours: Result) -> dict[str, Any]:
    source, submission = (PREPROCESSORS / f"submitted-{kind}.ipynb" for kind in ("unchanged", name))
    return {"source": {"p1.ipynb": source}, "submission": {"p1.ipynb": submission}, "ours": ours, "theirs": None}


WARNED = notebook(answer("x = 1", "x"), check("import warnings; warnings.warn('old'); assert x == 1", "first"))
STUBBORN = """import time
while True:
    try:
        time.sleep(0.2)
    except KeyboardInterrupt:
        pass"""
QUICK = ("--Execute.timeout=1", "--Execute.iopub_timeout=2", "--TalentpoolAutograde.limits=call_seconds=1")

GRADED, UNSEEN = (2, True), (5, False)
"""All of the paper's tests, and all of its points."""
CASES: Mapping[str, Case] = {
    "stderr": Case("stderr_scores_zero", {"p1.ipynb": WARNED}, {"p1.ipynb": WARNED}, (1, False), (0, False)),
    "skipped": Case("keep_submitted_flags", **_p1(changed(_blank_and_skipped), ours=(0, True), theirs=GRADED)),
    "unmarked": Case("keep_submitted_flags", **_p1(changed(_unmarked), ours=GRADED, theirs=UNSEEN)),
    "no-test": Case("keep_submitted_flags", **_p1(changed(_no_test), ours=GRADED, theirs=None)),
    "copied": Case("copies_fail", **_p1(changed(_copied), ours=GRADED, theirs=None, aborts=True)),
    "foreign": Case("copies_fail", **_p1(changed(_foreign), ours=GRADED, theirs=None)),
    "test-type": Case("changed_type_fails", **_typed("grade-cell-type-changed", (1, False))),
    "answer-type": Case("changed_type_fails", **_typed("answer-cell-type-changed", (1, False))),
    "os-exit": Case("lost_kernel_fails", **_p1(_inserted("import os; os._exit(0)"), ours=(1, True), theirs=None)),
    "exit": Case("lost_kernel_fails", **_p1(_inserted("exit()\nimport time; time.sleep(0.5)"), ours=(1, True))),
    "crash": Case("lost_kernel_fails", **_p1(_inserted("import ctypes; ctypes.string_at(0)"), ours=(1, True))),
    "stubborn": Case("lost_kernel_fails", **_p1(_inserted(STUBBORN), ours=(1, True), options=QUICK)),
    "awaited": Case("", **_p1(_inserted("import asyncio; await asyncio.sleep(60)"), ours=GRADED, options=QUICK)),
    "old": Case("", {"p1.ipynb": APPS / "test.ipynb"}, {"p1.ipynb": APPS / "test-v2.ipynb"}, None, None, aborts=True),
    "new": Case("", {"p1.ipynb": APPS / "test.ipynb"}, {"p1.ipynb": APPS / "too-new.ipynb"}, None, None, aborts=True),
}
