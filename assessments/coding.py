"""Code questions in the applicant's own kernel: public examples, and keeping what was written beside the notebook."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython

from assessments.calls import Trial, try_example
from assessments.items import Shown
from assessments.kinds.code import CodeItem
from assessments.saving import write_atomically

RUN_SECONDS = 10
MAX_SHOWN_CHARS = 300


def tried(item: CodeItem, source: str | None) -> Shown:
    """What came of the public examples, `{"trials": [{call, gives, found, holds}]}`.

    Args:
        source: run first; None where the notebook's cell has run already.
    """
    namespace: dict[str, Any] = get_ipython().user_ns
    try:
        with _limited(RUN_SECONDS):
            if source is not None:
                exec(compile(source, "your function", "exec"), namespace)
            found = [try_example(e.call, e.gives, namespace) for e in item.examples]
    except BaseException as error:
        text = f"{type(error).__name__}: {error}"
        found = [Trial(e.call, e.gives, text, holds=False) for e in item.examples]
    return {"trials": [{**trial._asdict(), "found": trial.found[:MAX_SHOWN_CHARS]} for trial in found]}


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """TimeoutError after so many seconds, where the system has such an alarm (not on Windows)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TimeoutError(f"stopped after {seconds} seconds")

    earlier = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


def keep_source(notebook: Path, cell_id: str, source: str) -> None:
    """Put a source into a cell of a notebook on the disk, so that notebook and answers say the same."""
    content = json.loads(notebook.read_bytes())
    for cell in content["cells"]:
        if cell.get("id") == cell_id:
            cell["source"] = source
    write_atomically(notebook, json.dumps(content, indent=1).encode())
