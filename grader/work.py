"""What worker processes do; importing it is most of their start."""

from grader.course.autograde import grade_submission
from grader.grading import grade_job

__all__ = ["grade_job", "grade_submission"]
