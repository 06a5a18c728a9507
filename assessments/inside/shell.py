"""A notebook's kernel without sockets or threads: cells mean what they mean in Jupyter, and can be run after a fork."""

import asyncio
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from assessments.inside import tripwire
from assessments.inside.outputs import Collector, OutStream

WARM_UP = {
    "": (
        "1 / 0",
        "import json as _json; _json.loads('{')",
        "import asyncio; await asyncio.sleep(0)",
        "%precision",
        "from IPython.display import display as _show; _show('x')",
    ),
    "numpy": ("import numpy as _np; _np.linspace(0, 1, 5).reshape(5, 1)", "_np.zeros(2) + _np.zeros(3)"),
    "pandas": (
        "import pandas as _pd; _table = _pd.DataFrame({'a': list('xyx'), 'b': [1.5, 2, 3]}); _table",
        "_table.groupby('a')['b'].agg(['sum', 'mean'])",
        "_table.merge(_table, on='a').describe()",
        "_table['c']",
    ),
    "matplotlib.pyplot": (
        "import matplotlib.pyplot as _plot; _, _axes = _plot.subplots(); _axes.bar(['a', 'b'], [1, 2], label='x')",
        "_plot.plot([1, 2], label='x'); _plot.scatter([1], [2]); _plot.hist([1, 2, 2]); _plot.legend()",
        "_plot.title('x'); _plot.xlabel('x'); _plot.ylabel('y'); _plot.grid(); _plot.show()",
    ),
}
"""What is slow the first time, by the module that must be there: tracebacks, tables, pictures."""
_LAUNCHER = Path(ipykernel.__file__).parents[1] / "ipykernel_launcher.py"
ARGUMENTS = [str(_LAUNCHER), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
"""What programs that read their arguments find in a kernel."""

Problem = tuple[str, str, list[str]]
"""Name, message and traceback of the error that a cell ended in."""


class Shell:
    """One IPython kernel with its collector of outputs; built once, then used in one child after another."""

    def __init__(self, preload: Iterable[str]) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        self.collector = Collector()
        config = Config()
        config.HistoryManager.enabled = False
        # libraries ask the application whether they are in a notebook
        application = IPKernelApp.instance(config=config)
        application.kernel = IPythonKernel.instance(parent=application, session=self.collector, log=application.log)
        self._kernel: Any = application.kernel
        self._kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        self._kernel._cancel_on_sigint = _cancel_on_alarm_too(self._kernel._cancel_on_sigint)
        self._execute = self._kernel.do_execute
        self._ipython = self._kernel.shell
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
        """Start a notebook in this process: outputs are collected from here on."""
        self.collector.begin(limit_bytes)
        sys.stdout, sys.stderr = (OutStream(self.collector, name) for name in ("stdout", "stderr"))
        sys.argv[:] = ARGUMENTS
        if numpy := sys.modules.get("numpy"):
            # forked processes would otherwise all draw the same numbers
            numpy.random.seed()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _find_modules_beside()
        self._open_loop()

    def run(self, place: int, source: str, cell_id: str | None = None) -> tuple[int, Problem | None]:
        """Run one cell; returns its execution count and the error that it ended in.

        Raises:
            BaseException: whatever reaches the top where IPython itself was replaced by the cell.
        """
        self.collector.open_cell(place)
        cause = {"header": {"msg_id": str(place)}}
        self._kernel.set_parent(b"", cause)
        self._ipython.set_parent(cause)
        _look_again()
        try:
            reply = self._loop.run_until_complete(self._reply(source, cell_id))
        finally:
            self.collector.collect()
        for answer in self.collector.widgets.replies():
            self._kernel.comm_manager.comm_msg(None, b"", answer)
        problem = None
        if reply["status"] == "error":
            problem = reply["ename"], reply["evalue"], list(reply["traceback"])
        return reply["execution_count"], problem

    async def _reply(self, source: str, cell_id: str | None) -> dict[str, Any]:
        reply: dict[str, Any] = await self._execute(source, False, cell_id=cell_id)
        self.collector.close_cell()
        return reply

    def _open_loop(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        # what a kernel asks of tornado's loop around this one
        self._kernel.io_loop = SimpleNamespace(
            add_callback=self._loop.call_soon_threadsafe, call_later=self._loop.call_later, stop=self._loop.stop
        )

    def _warm_up(self) -> None:
        """Show one traceback, one picture and so on, in a child of its own names, as the first of each is slow."""
        streams = sys.stdout, sys.stderr
        descriptors = [os.dup(number) for number in (1, 2)]
        self.collector.begin(100_000_000)
        sys.stdout, sys.stderr = (OutStream(self.collector, name) for name in ("stdout", "stderr"))
        self._open_loop()
        for module, sources in WARM_UP.items():
            for source in sources if not module or module in sys.modules else ():
                self.run(0, source)
        # figures are shown and closed before matplotlib draws again whatever is open
        self._ipython.events.callbacks["post_execute"].sort(key=lambda call: call.__module__ == "matplotlib.pyplot")
        self._loop.close()
        self._ipython.reset(new_session=True, aggressive=False)
        self._ipython.execution_count = 1
        sys.stdout, sys.stderr = streams
        for number, copy in zip((1, 2), descriptors, strict=True):
            os.dup2(copy, number)
            os.close(copy)


def _cancel_on_alarm_too(
    cancel_on_sigint: Callable[[Any], AbstractContextManager[None]],
) -> Callable[[Any], AbstractContextManager[None]]:
    """Where a kernel lets an interrupt cancel what is awaited, the end of the time does the same."""

    @contextmanager
    def cancelling(future: Any) -> Iterator[None]:
        with cancel_on_sigint(future):
            ring = signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGINT))
            try:
                yield
            finally:
                signal.signal(signal.SIGALRM, ring)

    return cancelling


def _find_modules_beside() -> None:
    """As in a kernel: modules beside the notebook come after the standard library, before installed packages."""
    places = [place for place, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages"))]
    sys.path.insert(places[0] if places else 0, "")


def _look_again() -> None:
    """A module that the last cell wrote is found even if the clock has not moved since."""
    finder: Any = sys.path_importer_cache.get(str(Path.cwd()))
    if finder:
        finder.invalidate_caches()
