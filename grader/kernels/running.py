"""Runs a notebook for another kernel than ours: nbclient outside, the kernel inside the sandbox."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache, partial
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import zmq.asyncio
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute

from grader.errors import UnavailableError
from grader.execution import CellOutput, Ending, Limits, Result
from grader.kernels.folder import is_full, lay_out, left_behind
from grader.kernels.shown import is_ours

NAME = "talentpool-sandbox"
PLACE = "/notebook"
"""Where the kernel sees its folder; short, and the same for everybody."""
LOOK_SECONDS = 0.2


def other_kernel(notebook: Any, chosen: str = "") -> str:
    """The name of the notebook's kernel if it is another one than Python's of this interpreter, else "".

    Args:
        chosen: the kernel to take instead of the one that the notebook names.

    Raises:
        NoSuchKernel: nobody has installed it here.
    """
    name = chosen or notebook.metadata.get("kernelspec", {}).get("name") or NATIVE_KERNEL_NAME
    return "" if name == "python" or is_ours(_spec(name).argv) else name


def run_with_kernel(
    notebook: Any,
    files: Mapping[str, bytes],
    limits: Limits,
    kernel_name: str,
    *,
    config: Any,
    environment: Mapping[str, str],
    hidden: Sequence[Path] = (),
    isolated: bool = True,
) -> Result:
    """Run the cells that nbclient would run; `outputs` of the result are by the place of a cell in the notebook.

    Args:
        config: nbgrader's configuration of its Execute.
        environment: variables for the kernel.
        hidden: folders that it must not see.
        isolated: False starts the kernel as any Jupyter client does; an explicit, recorded choice of the operator's.

    Raises:
        UnavailableError: this machine does not allow the sandbox, or the kernel was killed from outside.
        RuntimeError: the kernel did not start.
    """
    started = time.monotonic()
    with TemporaryDirectory(prefix="talentpool-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        lay_out(folder, files)
        spec = _specified(kernel_name, limits, environment, hidden, isolated=isolated)
        client = _Client(spec, kernel_name, limits, config)
        ending = client.run(deepcopy(notebook), folder)
        return Result(
            values={},
            ending=ending,
            wall_seconds=time.monotonic() - started,
            outputs=client.results(),
            files=dict(left_behind(folder, files, limits.kept_bytes)),
            cell_seconds=client.cell_seconds if ending is Ending.COMPLETE else None,
        )


class _Client(Execute):  # type: ignore[misc]
    """nbgrader's way of running a notebook, with an eye on the time and on what comes out."""

    def __init__(self, spec: KernelSpec, kernel_name: str, limits: Limits, config: Any) -> None:
        super().__init__(config=config, kernel_name=kernel_name)
        self.timeout = ceil(limits.cell_seconds)
        self._spec, self._limits = spec, limits
        self._done: set[int] = set()
        self.cell_seconds = 0.0
        self._left = limits.output_bytes
        self._ended_by_us: Ending | None = None

    def run(self, notebook: Any, folder: Path) -> Ending:
        """Run a notebook in a folder; says how that ended."""
        started = time.monotonic()
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, 2 * self._limits.output_bytes)
        try:
            with self._watching(folder):
                self.preprocess(notebook, {"metadata": {"path": str(folder)}})
        except CellTimeoutError:
            return Ending.OUT_OF_TIME
        except DeadKernelError:
            return self._ended_by_us or self._why(time.monotonic() - started)
        finally:
            self._context.destroy(linger=0)
        return Ending.COMPLETE

    def _why(self, seconds: float) -> Ending:
        """Why a kernel died; one that was killed for none of its own limits is a failure of ours."""
        end = getattr(self._manager.provisioner, "early_end", None)
        if seconds >= self._limits.wall_seconds or (end and end.cpu_seconds >= self._limits.cpu_seconds):
            return Ending.OUT_OF_TIME
        if end and end.out_of_memory:
            return Ending.OUT_OF_MEMORY
        if end and end.killed:
            raise UnavailableError("the kernel was killed from outside, or the machine is out of memory")
        return Ending.DIED

    def results(self) -> dict[int, CellOutput]:
        """What every cell put out that was run to its end."""
        cells = {index: self.nb.cells[index] for index in sorted(self._done)}
        return {
            index: CellOutput(count=cell.execution_count, outputs=tuple(cell.outputs)) for index, cell in cells.items()
        }

    def create_kernel_manager(self) -> Any:
        """A manager of a kernel that has its place in the sandbox; no message that is too long is taken in."""
        self.km = self._manager = AsyncKernelManager(kernel_name=self.kernel_name)
        self.km._kernel_spec = self._spec
        self.km.client = partial(self.km.client, context=self._context)
        return self.km

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        """Note which cells are run to their end."""
        started = time.monotonic()
        count = self.code_cells_executed
        done = super().preprocess_cell(cell, resources, index)
        if self.code_cells_executed > count:
            self.cell_seconds += time.monotonic() - started
            self._done.add(index)
        return done

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """End a kernel that says too much."""
        self._left -= len(str(msg["content"]))
        if self._left < 0:
            return self._end(Ending.TOO_MUCH_OUTPUT)
        return super().process_message(msg, cell, cell_index)

    def _end(self, why: Ending) -> None:
        self._ended_by_us = why
        if self.km and (process := self.km.provisioner.process):
            process.kill()

    @contextmanager
    def _watching(self, folder: Path) -> Iterator[None]:
        """End a kernel that fills the disk."""
        done = threading.Event()

        def look() -> None:
            while not done.wait(LOOK_SECONDS):
                if is_full(folder, self._limits.scratch_bytes):
                    self._end(Ending.TOO_MUCH_OUTPUT)

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


@lru_cache(maxsize=64)
def _spec(name: str) -> KernelSpec:
    return KernelSpecManager().get_kernel_spec(name)


def _specified(
    name: str, limits: Limits, environment: Mapping[str, str], hidden: Sequence[Path], *, isolated: bool
) -> KernelSpec:
    """The kernel's own specification, with the provisioner that starts it."""
    spec = _spec(name)
    settings = {"limits": limits.model_dump_json(), "hide": [str(path) for path in hidden], "seen_as": PLACE}
    provisioner = {"provisioner_name": NAME, "config": settings}
    plain = {"provisioner_name": "local-provisioner", "config": {}}
    changed = {
        "env": {**spec.env, **environment},
        "metadata": {**spec.metadata, "kernel_provisioner": provisioner if isolated else plain},
    }
    return KernelSpec(resource_dir=spec.resource_dir, **{**spec.to_dict(), **changed})
