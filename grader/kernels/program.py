"""Runs one kernel: a warm IPython in the forked process itself, or another kernel's command in its place."""

import atexit
import importlib
import io
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from grader.walls import landlock
from grader.walls.jail import SCRATCH

CONNECTION = "/connection"
"""Where the folder with the sockets and the connection file is seen inside."""
_ROOT = str(Path(__file__).parents[2])
PRELOAD = (
    *("ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.zmqshell", "IPython.core.debugger"),
    *("IPython.core.completerlib", "IPython.extensions.storemagic", "sqlite3", "tornado.platform.asyncio"),
)
"""What an IPython kernel imports until it is ready."""
LATER = ("numpy", "pandas", "matplotlib.pyplot")
"""What most notebooks import."""
CLOSING_SECONDS = 2.0
READ = landlock.EXECUTE | landlock.READ_FILE | landlock.READ_DIR
REMOVE_FILE, MAKE_SOCKET, EVERYTHING = 1 << 5, 1 << 9, (1 << 16) - 1
SPECIAL_FILES = 1 << 6 | MAKE_SOCKET | 1 << 10 | 1 << 11 | 1 << 12
"""Character devices, sockets, pipes, block devices, symbolic links."""


class KernelProgram:
    """What a fork server keeps ready; `run` is called in a child, once.

    Args:
        preload: modules to import; none if only other kernels' commands are to be run. What a kernel does not need to
            start is imported later, when the first one is on its way.
    """

    def __init__(self, preload: Sequence[str]) -> None:
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        for name in preload:
            importlib.import_module(name)
        more = [partial(importlib.import_module, name) for name in LATER]
        self.later = [*more, _show_traceback, _draw] if preload else []

    def run(self, task_file: int, output: int) -> None:
        """Be a kernel until it is shut down. Threads and sockets come into being here, after the fork."""
        with os.fdopen(task_file, "rb") as stream:
            task = json.load(stream)
        _confine(task["folder"])
        os.chdir(task["folder"])
        for number in (1, 2):
            os.dup2(output, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        if task["warm"]:
            _be_ipython(task)
        else:
            _become(task)


def _confine(folder: str) -> None:
    """Nothing is left beside the notebook that would lead astray whoever reads its folder later."""
    connection = READ | landlock.WRITE_FILE | REMOVE_FILE | MAKE_SOCKET
    shared = {folder: EVERYTHING & ~SPECIAL_FILES, CONNECTION: connection}
    landlock.confine({"/": READ, "/dev": EVERYTHING, SCRATCH: EVERYTHING, **shared})


def _become(task: dict[str, Any]) -> None:
    """Another kernel's command in the place of this process."""
    # Python ignores these, and a command would inherit that
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.execve(task["command"][0], task["command"], task["environment"])


def _be_ipython(task: dict[str, Any]) -> None:
    """What `python -m ipykernel_launcher` does, without the imports."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(task["environment"])
    time.tzset()
    tempfile.tempdir = None
    sys.dont_write_bytecode = False
    sys.path.remove(_ROOT)
    # modules beside the notebook, where IPython puts them unless Python runs isolated
    places = [place for place, path in enumerate(sys.path) if path.endswith("-packages")]
    sys.path.insert(min(places, default=0), "")
    sys.argv[:] = ["ipykernel_launcher.py", *task["arguments"]]
    if numpy := sys.modules.get("numpy"):
        # forked processes would otherwise all draw the same numbers
        numpy.random.seed()
    # a parent of 1 is never looked for: whoever waits outside ends this process
    app = IPKernelApp.instance(parent_handle=1)
    app.initialize(task["arguments"])
    app.start()
    # it still flushes what the last messages said, and would wait forever for a thread that is ended before
    app.control_thread.join(CLOSING_SECONDS)
    atexit._run_exitfuncs()


def _show_traceback() -> None:
    """The first one is slow; this one is made without a shell, which could not fork."""
    from IPython.core.ultratb import AutoFormattedTB

    try:
        importlib.import_module("no module has this name")
    except ImportError:
        AutoFormattedTB().structured_traceback(*sys.exc_info())


def _draw() -> None:
    """The first picture is slow as well."""
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().set_title("x")
    figure.savefig(io.BytesIO())
