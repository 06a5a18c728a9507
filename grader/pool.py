"""A pool of worker processes on this machine: a slow job holds up nobody, a dead worker costs only a retry."""

import multiprocessing
import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from grader.errors import UnavailableError
from grader.execution import Engine, Executor
from grader.forkserver import ForkServer, Warm
from grader.sandbox import Sandbox

ATTEMPTS = 3
"""How often a job is tried when workers die under it."""
PATIENCE_SECONDS = 2.0
"""After this time a job counts as slow, and another worker is started beside it while others wait."""
MOST_EXTRA = 3
"""Extra workers for each regular one, at most: slow jobs sleep or loop, but memory is finite."""

MOST_LOST_AT_START = 5

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
    """One process and what it is doing.

    Args:
        warm: where it gets its sandboxes from; it passes to the process.
    """

    def __init__(self, engine: Engine, warm: Warm) -> None:
        self.connection, theirs = _context().Pipe()
        self.process = _context().Process(target=_serve, args=(theirs, engine, warm), daemon=True)
        self.process.start()
        theirs.close()
        warm.close()
        self.ready = False
        self.job: Any = None
        self.attempts = 0
        self.since = 0.0

    @property
    def is_free(self) -> bool:
        return self.ready and self.job is None

    def give(self, function: Function[Any, Any], job: Any, attempts: int) -> bool:
        """Hand over a job; False if the process is gone."""
        try:
            self.connection.send((function, job))
        except OSError:
            return False
        self.job, self.attempts, self.since = job, attempts, time.monotonic()
        return True

    def is_slow(self, now: float) -> bool:
        return self.job is not None and now - self.since > PATIENCE_SECONDS

    def close(self) -> None:
        """End it; its fork server ends with the connection."""
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
        self._workers: list[_Worker] = []
        self._lost_at_start = 0
        # both start importing while the caller goes on
        _context()
        forkserver.ensure_running()
        self._template = ForkServer(engine.preload)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_exception: object) -> None:
        for worker in self._workers:
            worker.close()
        self._template.close()

    @property
    def process_ids(self) -> list[int]:
        """The workers' process ids."""
        return [worker.process.pid or 0 for worker in self._workers]

    def run(self, function: Function[Job, Answer], jobs: Iterable[Job]) -> Iterator[Finished[Job, Answer]]:
        """Every job once, in the order in which they get done. Jobs are taken from `jobs` only as workers get free.

        Raises:
            UnavailableError: workers cannot be started.
        """
        waiting: deque[tuple[Job, int]] = deque()
        source, more = iter(jobs), True
        while len(self._workers) < self._size:
            self._add()
        while True:
            more = self._hand_out(function, source, waiting) if more or waiting else False
            if not more and not waiting and all(worker.job is None for worker in self._workers):
                return
            talking: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers if not worker.is_free}
            for connection in wait(list(talking), timeout=PATIENCE_SECONDS / 4 if more or waiting else None):
                finished = self._receive(talking[connection], waiting)
                # the worker has its next job before the caller deals with the answer
                more = self._hand_out(function, source, waiting) if more or waiting else False
                if finished:
                    yield finished

    def _hand_out(
        self, function: Function[Job, Answer], source: Iterator[Job], waiting: deque[tuple[Job, int]]
    ) -> bool:
        """Give every free worker a job; whether there may be more of them."""
        while worker := next((worker for worker in self._workers if worker.is_free), None):
            job, attempts = waiting.popleft() if waiting else (next(source, None), 0)
            if job is None:
                return False
            if not worker.give(function, job, attempts + 1):
                # it died while it had nothing to do
                waiting.append((job, attempts))
                self._swap(worker)
        self._grow_if_stuck()
        return True

    def _grow_if_stuck(self) -> None:
        """Another worker beside each slow one, which goes when the pool is closed."""
        now = time.monotonic()
        prompt = sum(not worker.is_slow(now) for worker in self._workers)
        if prompt < self._size and len(self._workers) < self._size * (1 + MOST_EXTRA):
            self._add()

    def _receive(self, worker: _Worker, waiting: deque[tuple[Any, int]]) -> Finished[Any, Any] | None:
        """What a worker has to say; one that died has its job tried again by another."""
        try:
            answer, problem = worker.connection.recv()
        except (EOFError, OSError):
            return self._replace(worker, waiting)
        if not worker.ready:
            worker.ready = True
            return None
        job, worker.job = worker.job, None
        return Finished(job, answer, problem)

    def _replace(self, worker: _Worker, waiting: deque[tuple[Any, int]]) -> Finished[Any, Any] | None:
        self._lost_at_start += not worker.ready
        if self._lost_at_start > MOST_LOST_AT_START:
            raise UnavailableError("worker processes die while they start", tip="See: talentpool doctor.")
        self._swap(worker)
        if worker.job is None:
            return None
        if worker.attempts < ATTEMPTS:
            waiting.append((worker.job, worker.attempts))
            return None
        return Finished(worker.job, None, f"the worker process died {ATTEMPTS} times")

    def _swap(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.close()
        self._add()

    def _add(self) -> None:
        if not self._template.alive:
            self._template.close()
            self._template = ForkServer(self._engine.preload)
        self._workers.append(_Worker(self._engine, self._template.branch()))


@cache
def _context() -> Any:
    """Workers are forked from a process that has imported what they need and holds nothing else."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["grader.work"])
    return context


def _serve(connection: Connection, engine: Engine, warm: Warm) -> None:
    """A worker: one job after another until the connection closes."""
    with Sandbox(engine, warm) as executor:
        try:
            connection.send((None, "ready"))
            while True:
                function, job = connection.recv()
                connection.send(attempt(function, job, executor))
        except (EOFError, OSError, KeyboardInterrupt):
            return
