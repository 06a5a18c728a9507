"""The sandbox: what comes out of it, and what nobody can make come out."""

import pytest

from grader.execution import Ending, Limits, Task
from tests.engines import run, unsafe, value

pytestmark = pytest.mark.kernel


def test_values_come_out() -> None:
    """With notebook semantics: magics, top-level await, a cell that fails does not stop the next."""
    cells = ("1 / 0", "%precision 3", "import asyncio\nx = await asyncio.sleep(0, 'ok')")
    result = run(*cells, "def f(): return x, {1: [2.5]}")
    assert value(result) == ("ok", {1: [2.5]})
    assert result.ending is Ending.COMPLETE


def test_errors_come_out_by_name() -> None:
    """With a message of bounded length."""
    assert value(run("def f(): raise KeyError('x' * 1000)")) == f"KeyError: {str(KeyError('x' * 1000))[:300]}"
    assert value(run("f = 5")) == "TypeError: 'int' object is not callable"
    assert value(run()) == "NameError: name 'f' is not defined"


def test_a_slow_call_costs_only_itself() -> None:
    """The next one is made."""
    result = run("def f(slow=False):\n    while slow: pass\n    return 1", calls=("f(True)", "f()"))
    assert [found.error for found in result.values["q"]] == ["TimeoutError", None]


MUTE = """
class Mute(Exception):
    def __str__(self):
        raise ValueError("nothing to say")
class Slow(Exception):
    def __str__(self):
        while True: pass
def f(error): raise (Mute if error == 1 else Slow)
def g(): return 1
"""


def test_an_error_that_fails_to_say_what_it_is_costs_only_itself() -> None:
    """The calls after it are made."""
    result = run(MUTE, calls=("f(1)", "f(2)", "g()"), limits=Limits(wall_seconds=20, call_seconds=2))
    assert [value.error for value in result.values["q"]] == ["Mute", "Slow", None]


def test_leaving_early_gives_no_values() -> None:
    """A cell that ends the process has answered nothing."""
    for cell in ("import os\nos._exit(0)", "import os\nos.abort()"):
        assert "NotReached" in str(value(run("def f(): return 1", cell)))


FORGE = """
import json, os
for fd in range(3, 64):
    try:
        os.write(fd, b'{"index": 0, "value": ["bool", true]}' + bytes([10]) + b"not json" + bytes([10, 255, 10]))
    except OSError:
        pass
"""


def test_what_is_forged_is_only_a_claim() -> None:
    """Lines of their own are read as values of theirs: without the right value they are worth nothing."""
    result = run(FORGE, "def f(): return 7")
    # the later line of the program stands
    assert value(result) == 7


ODD_LINES = (
    '{"index": Infinity, "value": ["none"]}',
    '{"index": 0, "value": ["float", "0x1p99999"]}',
    "[" * 5_000,
    "9" * 5_000,
)


@pytest.mark.parametrize("line", ODD_LINES, ids=("infinity", "overflow", "deep", "long"))
def test_odd_lines_are_passed_over(line: str) -> None:
    """They neither count nor make the reader fail."""
    forge = f"line = {line.encode() + bytes([10])!r}\nimport os\nfor fd in range(3, 64):\n"
    body = "    try: os.write(fd, line)\n    except OSError: pass\n"
    assert value(run(forge + body, "def f(): return 3")) == 3


def test_nobody_can_pretend_that_the_sandbox_failed() -> None:
    """Whatever is written to standard error, and whatever the exit code."""
    result = run("import os, sys\nprint('use --unsafe-no-sandbox', file=sys.stderr, flush=True)\nos._exit(97)")
    assert result.ending is Ending.DIED


def test_without_isolation_limits_still_hold() -> None:
    """The explicit choice of the operator's runs the same code."""
    task = Task(cells=("def f(): return 2",), calls={"q": ("f()",)})
    assert value(unsafe().execute(task)) == 2
