"""nbgrader's courses: the one place that calls nbgrader or reads and writes its tables."""

from grader.course.authoring import Course, as_notebook, create_gradebook, generate_assignment, write_notebook

__all__ = ["Course", "as_notebook", "create_gradebook", "generate_assignment", "write_notebook"]
