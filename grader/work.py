"""What worker processes do; importing it is most of their start."""

from grader.course.autograde import grade_submission

__all__ = ["grade_submission"]
