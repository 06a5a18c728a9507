"""How people behave: most answer honestly; some hand in nothing, late, broken things, or attempts to cheat.

A conduct changes the files of a finished submission. Each says what it tries; none may gain a point or stop the batch.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assessments.packet import PACKET_FILE
from assessments.responses import RESPONSES_FILE

HONEST = "honest"
Files = dict[str, bytes]

_TRUE = """
class Agreeable:
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __repr__(self): return "True"
"""
_FORGE = """
import json, os
for fd in range(3, 64):
    for index in range(200):
        try:
            os.write(fd, (json.dumps({"index": index, "value": ["bool", True]}) + chr(10)).encode())
        except OSError:
            break
os._exit(0)
"""
_PATCH = """
import assessments.inside.program, assessments.values, json, math, builtins
assessments.inside.program.encode = lambda value: ["other", "anything"]
assessments.values.encode = assessments.inside.program.encode
json.dumps = lambda *a, **k: '{"index": 0, "value": ["bool", true]}'
math.isclose = lambda *a, **k: True
builtins.isinstance = lambda *a: True
"""
_SNOOP = """
import os
found = {}
for folder, _, names in os.walk("/"):
    for name in names:
        if name.endswith((".toml", ".db", ".key", ".ipynb")):
            try:
                found[os.path.join(folder, name)] = open(os.path.join(folder, name), "rb").read()
            except OSError:
                pass
"""
_ENDLESS = """
import signal
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    pass
"""


def _notebook_name(files: Files) -> str:
    return next(name for name in files if name.endswith(".ipynb"))


def _edit(files: Files, change: Callable[[dict[str, Any]], None]) -> Files:
    name = _notebook_name(files)
    notebook = json.loads(files[name])
    change(notebook)
    return {**files, name: json.dumps(notebook).encode()}


def _first_cell(source: str) -> Callable[[Files], Files]:
    """Put a code cell before everything else."""

    def change(notebook: dict[str, Any]) -> None:
        cell = {"cell_type": "code", "id": "extra", "metadata": {}, "source": source}
        notebook["cells"].insert(0, {**cell, "outputs": [], "execution_count": None})

    return lambda files: _edit(files, change)


def _grade_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["metadata"]["nbgrader"]["grade"]]


def _pay_myself(notebook: dict[str, Any]) -> None:
    """Skip the test cells, raise the points, and leave full marks in the outputs."""
    for cell in _grade_cells(notebook):
        cell["metadata"]["tags"] = ["skip-execution"]
        cell["metadata"]["nbgrader"]["points"] = 100
        result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "100"}}
        cell["outputs"] = [result]


def _rewrite_tests(notebook: dict[str, Any]) -> None:
    for cell in _grade_cells(notebook):
        cell["source"] = "1.0"
        cell["metadata"]["nbgrader"].update(grade=False, solution=True, locked=False)


def _copy_cells(notebook: dict[str, Any]) -> None:
    notebook["cells"] += [{**cell, "id": f"copy-{place}"} for place, cell in enumerate(_grade_cells(notebook))]


def _edit_packet(files: Files) -> Files:
    """More time, and only easy questions."""
    outer = json.loads(files[PACKET_FILE])
    packet = json.loads(outer["packet"])
    packet["minutes"] = 10_000
    packet["slots"] = packet["slots"][:1] * len(packet["slots"])
    outer["packet"] = json.dumps(packet)
    return {**files, PACKET_FILE: json.dumps(outer).encode()}


def _answer_everything(files: Files) -> Files:
    """Answers to questions that were never issued, and a score of one's own."""
    data = json.loads(files[RESPONSES_FILE])
    some = next(iter(data["responses"].values()))
    data["responses"] |= {f"q{number:02}": some for number in range(90, 99)}
    return {**files, RESPONSES_FILE: json.dumps(data).encode()}


def _without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: content for key, content in files.items() if key != name}


def _with(name: str, content: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: content}


class Conduct(NamedTuple):
    """What somebody does. `code_only` ways make sense only where code is run."""

    says: str
    change: Callable[[Files], Files] = lambda files: files
    answers: str = "tries"
    minutes_late: int = 0
    code_only: bool = False


CONDUCTS: Mapping[str, Conduct] = {
    HONEST: Conduct("answers as well as they can"),
    "blank": Conduct("hands in without answering", answers="nothing"),
    "random": Conduct("clicks through", answers="guesses"),
    "late": Conduct("hands in an hour late", minutes_late=60),
    "no-responses": Conduct("leaves out the file with the answers", _without(RESPONSES_FILE)),
    "broken-responses": Conduct("the answers were cut off in transfer", _with(RESPONSES_FILE, b'{"format": 1, "resp')),
    "broken-notebook": Conduct(
        "the notebook is full of null bytes", lambda files: {**files, _notebook_name(files): b"\0" * 500}
    ),
    "agreeable": Conduct("an object that equals everything", _first_cell(_TRUE), "nothing", code_only=True),
    "forger": Conduct("writes results into every open pipe", _first_cell(_FORGE), "nothing", code_only=True),
    "patcher": Conduct("replaces the runner's functions", _first_cell(_PATCH), "nothing", code_only=True),
    "snoop": Conduct("looks for keys on the disk", _first_cell(_SNOOP), "guesses", code_only=True),
    "endless": Conduct("never ends, and ignores signals", _first_cell(_ENDLESS), "nothing", code_only=True),
    "self-payer": Conduct("leaves full marks in the outputs", lambda f: _edit(f, _pay_myself), "nothing"),
    "rewriter": Conduct("rewrites the graded cells", lambda f: _edit(f, _rewrite_tests), "guesses"),
    "copier": Conduct("copies graded cells", lambda f: _edit(f, _copy_cells)),
    "packet-editor": Conduct("gives themselves more time and easier questions", _edit_packet, "guesses"),
    "over-answerer": Conduct("answers what was never asked", _answer_everything, "guesses"),
}
