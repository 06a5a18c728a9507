"""Who answers in the tests, and until when a decision can be objected to."""

from datetime import timedelta

from tests.samples import NOW

HELP = """
levels = ["grader", "owner"]
[days]
appeal = 14
[[people]]
name = "Maria Lopez"
role = "grader"
answers_for = ["small"]
[[people]]
name = "Tom Ek"
role = "grader"
[[people]]
name = "Olga Owner"
role = "owner"
"""
UNTIL = NOW + timedelta(days=30)
