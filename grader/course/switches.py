"""Where grading here differs from nbgrader's, and the switches that bring nbgrader's way back."""

from assessments.items import Record


class Switches(Record):
    """Each is False for what this grader does and True for what nbgrader does; docs/nbgrader-differences.md says why.

    Args:
        stderr_scores_zero: any text on standard error in a test cell gives 0 points, be it a mere warning.
        unrun_scores_full: a test cell that was never run gives full points.
        keep_submitted_flags: what a cell is there for (test, answer, task) is believed from the submission, and so is
            the tag that skips it.
        copies_fail: a copied or renamed cell makes the submission fail (in nbgrader: the whole batch).
        changed_type_fails: a cell whose type was changed makes the submission fail where nbgrader cannot repair it.
        lost_kernel_fails: a notebook whose process ended early or reached a limit makes the submission fail.
    """

    stderr_scores_zero: bool = False
    unrun_scores_full: bool = False
    keep_submitted_flags: bool = False
    copies_fail: bool = False
    changed_type_fails: bool = False
    lost_kernel_fails: bool = False
