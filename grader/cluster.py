"""Runs jobs on a Dask cluster: the same functions as on this machine, one fork server in each worker process."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from assessments.errors import UsageError
from grader.errors import UnavailableError
from grader.execution import Engine
from grader.pool import Answer, Finished, Function, Job, attempt
from grader.sandbox import Sandbox

IN_FLIGHT_PER_THREAD = 2
"""Enough that no worker waits for the next job, few enough that memory does not grow with the batch."""
CONNECT_SECONDS = 10


@cache
def _executor(engine: str) -> Sandbox:
    """One for each worker process."""
    return Sandbox(Engine.model_validate_json(engine))


def _work(function: Function[Any, Any], job: Any, engine: str) -> tuple[Any, str]:
    return attempt(function, job, _executor(engine))


class Cluster:
    """A Dask cluster; its workers need this package and a machine that allows the sandbox.

    Args:
        engine: how they run code.
        address: of the scheduler.

    Raises:
        UsageError: `distributed` is not installed.
        UnavailableError: nobody answers there.
    """

    def __init__(self, engine: Engine, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--cluster needs Dask", tip="Install with: pip install 'talentpool[cluster]'") from None
        self._engine = engine.model_dump_json()
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UnavailableError(f"no Dask scheduler answers at {address}: {error}") from None

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._client.close()

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once, in the order in which they get done; one whose worker died is done by another."""
        from distributed import as_completed

        source = iter(jobs)
        waiting: dict[str, Job] = {}
        done = as_completed(loop=self._client.loop, raise_errors=False)

        def top_up() -> None:
            # workers may come and go
            for job in _first(source, self._room() - len(waiting)):
                done.add(self._submit(function, job, waiting))

        top_up()
        for future in done:
            yield _finished(waiting.pop(future.key), future)
            top_up()

    def _room(self) -> int:
        """How many jobs may be under way; one at least, which waits for the first worker."""
        return max(1, int(sum(self._client.nthreads().values()))) * IN_FLIGHT_PER_THREAD

    def _submit(self, function: Function[Job, Answer], job: Job, waiting: dict[str, Job]) -> Any:
        future = self._client.submit(_work, function, job, self._engine, pure=False, retries=2)
        waiting[future.key] = job
        return future


def _first(source: Iterator[Job], count: int) -> list[Job]:
    return [job for _, job in zip(range(count), source, strict=False)]


def _finished(job: Any, future: Any) -> Finished[Any, Any]:
    """The answer of a future, or why the cluster gave none."""
    if future.status == "finished":
        answer, problem = future.result()
        return Finished(job, answer, problem)
    return Finished(job, None, f"the cluster could not grade it: {type(future.exception()).__name__}")
