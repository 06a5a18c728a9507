"""nbgrader's courses: the one place that calls nbgrader or reads and writes its tables."""
