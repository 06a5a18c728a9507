"""A pool of worker processes on this machine: a slow job holds up nobody, a dead worker costs only a retry."""

import multiprocessing
import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from grader.errors import UnavailableError
from grader.execution import Engine, Executor
from grader.sandbox import Sandbox

ATTEMPTS = 3
"""How often a job is tried when workers die under it."""
PATIENCE_SECONDS = 2.0
"""After this time a job counts as slow, and another worker is started beside it while others wait."""
MOST_EXTRA = 3
"""Extra workers for each regular one, at most: slow jobs sleep or loop, but memory is finite."""

Job = TypeVar("Job")
Answer = TypeVar("Answer")
Function = Callable[[Job, Executor], Answer]


class Finished(NamedTuple, Generic[Job, Answer]):
    """A job with its answer, or with the reason why our machinery gave none."""

    job: Job
    answer: Answer | None
    problem: str = ""


class Workers(Protocol):
    """Whatever runs jobs: this pool, or a cluster."""

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once, in the order in which they get done."""
        ...


def attempt(function: Function[Job, Answer], job: Job, executor: Executor) -> tuple[Answer | None, str]:
    """The answer, or the problem that kept our machinery from one; never raises, and names the place of a defect."""
    try:
        return function(job, executor), ""
    except UnavailableError as error:
        return None, error.message
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return None, f"internal error ({type(error).__name__} in {Path(place.filename).name}:{place.lineno}): {error}"


class Inline:
    """One job after another in this process: for a few jobs, and where the executor is given."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once, in their order."""
        for job in jobs:
            yield Finished(job, *attempt(function, job, self._executor))


class _Worker:
    """One process and what it is doing."""

    def __init__(self, engine: Engine) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["grader.work"])
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, engine), daemon=True)
        self.process.start()
        theirs.close()
        self.job: Any = None
        self.attempts = 0
        self.since = 0.0

    def give(self, function: Function[Any, Any], job: Any, attempts: int) -> bool:
        """Hand over a job; False if the process is gone."""
        self.job, self.attempts, self.since = job, attempts, time.monotonic()
        try:
            self.connection.send((function, job))
        except OSError:
            return False
        return True

    def is_slow(self, now: float) -> bool:
        return self.job is not None and now - self.since > PATIENCE_SECONDS

    def close(self) -> None:
        """End it; it ends its fork server when the connection closes."""
        self.connection.close()
        self.process.join(timeout=10)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool:
    """Workers on this machine.

    Args:
        engine: how they run code.
        size: how many at least; one for each core unless given.
    """

    def __init__(self, engine: Engine, size: int | None = None) -> None:
        self._engine = engine
        self._size = size or len(os.sched_getaffinity(0))
        self._workers = [_Worker(engine) for _ in range(self._size)]

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_exception: object) -> None:
        for worker in self._workers:
            worker.close()

    @property
    def process_ids(self) -> list[int]:
        """The workers' process ids."""
        return [worker.process.pid or 0 for worker in self._workers]

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once, in the order in which they get done. Jobs are taken from `jobs` only as workers get free."""
        waiting: deque[tuple[Job, int]] = deque()
        source = iter(jobs)
        more = True
        while True:
            more = self._hand_out(function, source, waiting) if more or waiting else False
            busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
            if not busy and not waiting and not more:
                return
            ready = wait(list(busy), timeout=PATIENCE_SECONDS / 4 if more or waiting else None)
            for connection in ready:
                finished = self._receive(busy[connection], waiting)  # type: ignore[index]
                if finished:
                    yield finished

    def _hand_out(
        self, function: Function[Job, Answer], source: Iterator[Job], waiting: deque[tuple[Job, int]]
    ) -> bool:
        """Give every free worker a job; whether there may be more of them."""
        self._grow_if_stuck()
        while worker := next((worker for worker in self._workers if worker.job is None), None):
            job, attempts = waiting.popleft() if waiting else (next(source, None), 0)
            if job is None:
                return False
            if not worker.give(function, job, attempts + 1):
                # it died while it had nothing to do
                waiting.append((job, attempts))
                self._swap(worker)
        return True

    def _grow_if_stuck(self) -> None:
        """Another worker beside each slow one, which goes when the pool is closed."""
        now = time.monotonic()
        prompt = sum(not worker.is_slow(now) for worker in self._workers)
        if prompt < self._size and len(self._workers) < self._size * (1 + MOST_EXTRA):
            self._workers.append(_Worker(self._engine))

    def _receive(self, worker: _Worker, waiting: deque[tuple[Any, int]]) -> Finished[Any, Any] | None:
        """What a worker has to say; one that died has its job tried again by another."""
        try:
            answer, problem = worker.connection.recv()
        except (EOFError, OSError):
            return self._replace(worker, waiting)
        job, worker.job = worker.job, None
        return Finished(job, answer, problem)

    def _swap(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.close()
        self._workers.append(_Worker(self._engine))

    def _replace(self, worker: _Worker, waiting: deque[tuple[Any, int]]) -> Finished[Any, Any] | None:
        self._swap(worker)
        if worker.attempts < ATTEMPTS:
            waiting.append((worker.job, worker.attempts))
            return None
        return Finished(worker.job, None, f"the worker process died {ATTEMPTS} times")


def _serve(connection: Connection, engine: Engine) -> None:
    """A worker: one job after another until the connection closes."""
    with Sandbox(engine) as executor:
        # a machine that does not allow it says so again, for the record, when a job needs it
        with suppress(UnavailableError):
            executor.warm_up()
        while True:
            try:
                function, job = connection.recv()
                connection.send(attempt(function, job, executor))
            except (EOFError, OSError, KeyboardInterrupt):
                return
