"""Runs inside the sandbox: an applicant's cells, then the calls asked for; only encoded values leave.

Reads one task as JSON from standard input and writes one JSON line for each call to the file descriptor named on the
command line. It knows the inputs, never what they should give: whoever forges a line has to compute the right value.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from assessments.calls import invoke
from assessments.values import encode

MAX_LINE_BYTES = 500_000


class CallTimeout(BaseException):
    """A cell or call used up its seconds; not an Exception, so that a bare `except Exception` lets it pass."""


@contextmanager
def _seconds(limit: float) -> Iterator[None]:
    def expired(_signal: int, _frame: FrameType | None) -> None:
        raise CallTimeout

    signal.signal(signal.SIGALRM, expired)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _shell() -> Any:
    """An IPython shell without history and profile, so that cells mean what they mean in a notebook."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    return InteractiveShell.instance(config=config)


def _run_cells(shell: Any, cells: list[str], limit_seconds: float) -> None:
    """Every cell in turn; one that fails does not stop the next, as its function may still be defined."""
    for source in cells:
        try:
            with _seconds(limit_seconds):
                shell.run_cell(source, store_history=False)
        except (CallTimeout, KeyboardInterrupt, SystemExit):
            continue


def _outcome(call: str, namespace: dict[str, Any], limit_seconds: float) -> dict[str, Any]:
    try:
        with _seconds(limit_seconds):
            return {"value": encode(invoke(call, namespace))}
    except CallTimeout:
        return {"error": "TimeoutError", "message": f"no result within {limit_seconds:g} s"}
    except BaseException as error:
        return {"error": type(error).__name__[:100], "message": str(error)[:300]}


def main() -> None:
    """The whole of one task. Exits without clean-up, so that nothing left behind by a cell runs any more."""
    channel = int(sys.argv[1])
    os.set_inheritable(channel, False)
    task = json.load(sys.stdin)
    limit = float(task["call_seconds"])
    shell = _shell()
    _run_cells(shell, task["cells"], limit)
    for index, call in enumerate(task["calls"]):
        line = json.dumps({"index": index, **_outcome(call, shell.user_ns, limit)})
        if len(line) > MAX_LINE_BYTES:
            line = json.dumps({"index": index, "error": "ValueTooLarge", "message": "the result is too large"})
        os.write(channel, line.encode() + b"\n")
    os._exit(0)


if __name__ == "__main__":
    main()
