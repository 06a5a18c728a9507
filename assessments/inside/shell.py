"""A notebook's shell without a kernel around it: cells mean what they mean in Jupyter, and can be run after a fork."""

import asyncio
import builtins
import getpass
import importlib
import os
import signal
import sys
from collections.abc import Iterable
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from traitlets.config import Config

from assessments.inside import tripwire
from assessments.inside.outputs import Collector, Stream

WARM_UP = (
    "1 / 0",
    "import asyncio; await asyncio.sleep(0)",
    "%precision",
    "from IPython.display import display as _show; _show('x')",
)
PLOT = "import matplotlib.pyplot as _plot; _plot.figure(); _plot.plot([1, 2]); _plot.title('x'); _plot.show()"


class Kernel:
    """The little of a kernel that libraries ask a shell for."""

    eventloop = None
    implementation = "ipython"

    def get_parent(self, _channel: str = "shell") -> dict[str, Any]:
        """No message started this cell."""
        return {"header": {"msg_id": ""}}


class Shell:
    """One IPython shell with its collector of outputs; built once, then used in one child after another."""

    def __init__(self, preload: Iterable[str]) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        self.collector = Collector()
        config = Config()
        config.HistoryManager.enabled = False
        self._ipython = ZMQInteractiveShell.instance(config=config, kernel=Kernel())
        for part in (self._ipython.displayhook, self._ipython.display_pub):
            part.session, part.pub_socket = self.collector, None
        self._ipython.displayhook.topic = b"execute_result"
        self._ipython.extension_manager.load_extension("storemagic")
        for name in preload:
            importlib.import_module(name)
        self._warm_up()
        self._original = tripwire.parts(self._ipython)

    @property
    def namespace(self) -> dict[str, Any]:
        """The names that the cells have defined."""
        names: dict[str, Any] = self._ipython.user_ns
        return names

    @property
    def wants_to_exit(self) -> bool:
        """Whether a cell called exit()."""
        return bool(self._ipython.exit_now)

    def tampered(self) -> list[str]:
        """Which parts that a test relies on were replaced since the shell was built."""
        return tripwire.replaced(self._original, tripwire.parts(self._ipython))

    def begin(self, limit_bytes: int) -> None:
        """Start a notebook in this process: outputs are collected from here on, nobody answers questions."""
        self.collector.begin(limit_bytes)
        sys.stdout, sys.stderr = Stream(self.collector, "stdout"), Stream(self.collector, "stderr")
        sys.argv[:] = ["ipykernel_launcher.py"]
        builtins.input = getpass.getpass = _nobody_answers
        if numpy := sys.modules.get("numpy"):
            # forked processes would otherwise all draw the same numbers
            numpy.random.seed()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def run(self, place: int, source: str, cell_id: str | None = None) -> tuple[int, tuple[str, str, list[str]] | None]:
        """Run one cell; returns its execution count, and name, message and traceback of the error that it ended in.

        Raises:
            BaseException: whatever reaches the top where IPython itself was replaced by the cell.
        """
        self.collector.open_cell(place)
        try:
            result = self._loop.run_until_complete(self._execute(source, cell_id))
        finally:
            self.collector.collect()
        error = result.error_before_exec or result.error_in_exec
        shown = getattr(self._ipython, "_last_traceback", None) or []
        problem = None if result.success else (type(error).__name__, str(error), list(shown))
        return self._ipython.execution_count - 1, problem

    async def _execute(self, source: str, cell_id: str | None) -> Any:
        """As a kernel does it: an event loop is running, and cells with await are awaited in it."""
        shell = self._ipython
        failure = None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, failure = source, sys.exc_info()
        more = {"transformed_cell": transformed, "preprocessing_exc_tuple": failure}
        if not shell.should_run_async(source, **more):
            return shell.run_cell(source, store_history=True, cell_id=cell_id)
        result = None
        try:
            result = await shell.run_cell_async(source, store_history=True, cell_id=cell_id, **more)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    def _warm_up(self) -> None:
        """Show one traceback, one picture and so on, in a child of its own names, as the first of each is slow."""
        streams = sys.stdout, sys.stderr
        descriptors = [os.dup(number) for number in (1, 2)]
        self.collector.begin(100_000_000)
        sys.stdout, sys.stderr = (Stream(self.collector, name) for name in ("stdout", "stderr"))
        self._loop = asyncio.new_event_loop()
        plots = [PLOT] if "matplotlib.pyplot" in sys.modules else []
        for source in (*WARM_UP, *plots):
            self.run(0, source)
        self._loop.close()
        self._ipython.reset(new_session=True, aggressive=False)
        self._ipython.execution_count = 1
        sys.stdout, sys.stderr = streams
        for number, copy in zip((1, 2), descriptors, strict=True):
            os.dup2(copy, number)
            os.close(copy)


def _nobody_answers(*_args: Any, **_kwargs: Any) -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
