"""The small assessment that the sample submissions answer, and a workspace in which it is released."""

from pathlib import Path

from grader.workspace import MARKER, Workspace, create_workspace, find_workspace
from tests.released import release_bank

NAME = "trial"
SETTINGS = """
[limits]
wall_seconds = 5
cpu_seconds = 5
cell_seconds = 0.5
call_seconds = 0.5
memory_bytes = 500_000_000
output_bytes = 2_000_000
"""
NOTEBOOK = f"{NAME}.ipynb"
MAX_POINTS = 10.0
EXPECTED = "7144-nretnal"
"""What a held-out call must give; it stands in keys and nowhere else."""

BANK = """
title = "A trial"
audience = "Tests."
minutes = 30
cut_score = 0.7
points = 10
repeat_items = true
instructions = "Answer."

[[slots]]
id = "q1"
skill = "code"
points = 3
items = ["reverse"]

[[slots]]
id = "q2"
skill = "code"
points = 4
items = ["mean"]

[[slots]]
id = "q3"
skill = "logic"
points = 2
items = ["fruit"]

[[slots]]
id = "q4"
skill = "judgement"
points = 1
items = ["rate"]

[[items]]
id = "reverse"
version = 1
kind = "code"
task_type = "skill"
skill = "code"
difficulty = "easy"
prompt = "Write `reverse(text)`, which returns the text backwards."
function = "reverse"
starter = '''
def reverse(text):
    ...
'''
examples = [{ call = "reverse('abc')", gives = "'cba'" }]
rationale = "A slice with a negative step, or joining what reversed() gives."
[items.key]
cases = [
  { call = "reverse('lantern-4417')", gives = "'7144-nretnal'" },
  { call = "reverse('Ada, Bob')", gives = "'boB ,adA'" },
  { call = "reverse('x y  z')", gives = "'z  y x'" },
]
reference = '''
def reverse(text):
    return text[::-1]
'''

[[items]]
id = "mean"
version = 1
kind = "code"
task_type = "skill"
skill = "code"
difficulty = "easy"
prompt = "Write `mean(numbers)`, the arithmetic mean; no numbers are a `ValueError`."
function = "mean"
starter = '''
def mean(numbers):
    ...
'''
examples = [{ call = "mean([1, 2])", gives = "1.5" }]
rationale = "The sum by the count; an empty list has no mean, which is said with a ValueError."
[items.key]
relative_tolerance = 1e-6
cases = [
  { call = "mean([0.1, 0.2, 0.4])", gives = "0.2333333" },
  { call = "mean([2, 3])", gives = "2.5" },
  { call = "mean([-1000000.0, 0.5])", gives = "-499999.75" },
  { call = "mean([])", raises = "ValueError" },
]
reference = '''
def mean(numbers):
    if not numbers:
        raise ValueError("no numbers")
    return sum(numbers) / len(numbers)
'''

[[items]]
id = "fruit"
version = 1
kind = "choice"
task_type = "skill"
skill = "logic"
difficulty = "easy"
prompt = "Which one is a fruit?"
rationale = "A pear grows on a tree and is eaten as a fruit; the others are not."
[items.options]
a = "a hammer"
b = "a pear"
c = "a train"
d = "a cloud"
[items.key]
answer = "b"

[[items]]
id = "rate"
version = 1
kind = "rating"
task_type = "gen-rate"
skill = "judgement"
difficulty = "medium"
prompt = "Rate this answer."
rationale = "Fluent, and wrong in the one thing that the user needed to know."
[items.criteria]
accuracy = "Is it right?"
clarity = "Is it clear?"
[items.key.panel]
accuracy = [9, 0, 0, 0, 0]
clarity = [0, 0, 0, 0, 9]
"""


def released_workspace(root: Path) -> Workspace:
    """A new workspace with the assessment released, and nobody in it."""
    create_workspace(root, starter=False)
    with (root / MARKER).open("a") as stream:
        stream.write(SETTINGS)
    workspace = find_workspace(root)
    release_bank(workspace, NAME, BANK).close()
    return workspace
