"""The pool: every job has one answer, whatever happens to workers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution import Engine
from grader.pool import Inline, Pool
from tests import pooled
from tests.engines import sandbox

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Two workers."""
    with Pool(Engine(preload=()), size=2) as pool:
        yield pool


def test_every_job_has_its_answer(pool: Pool) -> None:
    """Computed in sandboxes, by two workers, in any order."""
    found = {finished.job: finished.answer for finished in pool.run(pooled.double, range(20))}
    assert found == {number: number * 2 for number in range(20)}
    assert list(pool.run(pooled.double, [])) == []


def test_jobs_are_taken_as_they_are_needed(pool: Pool) -> None:
    """So that a batch of any length needs no more memory than a short one."""
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    answers = pool.run(pooled.double, jobs())
    next(answers)
    assert len(taken) <= 4
    assert len(list(answers)) == 19


def test_a_killed_worker_costs_a_retry(pool: Pool, tmp_path: Path) -> None:
    """Each of these jobs kills its first worker."""
    jobs = [tmp_path / f"job{number}" for number in range(4)]
    found = sorted(finished.answer or finished.problem for finished in pool.run(pooled.die_once, jobs))
    assert found == [job.name for job in jobs]
    assert len(set(pool.process_ids)) >= 2


def test_a_job_that_kills_every_worker_is_given_up(pool: Pool) -> None:
    """With the reason; the others are answered."""
    (lost,) = pool.run(pooled.die, [1])
    assert (lost.answer, lost.problem) == (None, "the worker process died 3 times")
    assert [finished.answer for finished in pool.run(pooled.double, [3])] == [6]


def test_a_lost_fork_server_is_started_again(pool: Pool) -> None:
    """By the worker itself."""
    assert [finished.answer for finished in pool.run(pooled.lose_server, [4])] == [8]


def test_failures_of_ours_are_named(pool: Pool) -> None:
    """And are no answer."""
    found = {finished.job: finished.problem for finished in pool.run(pooled.fail, [0, 1])}
    assert found[0] == "no sandbox here"
    assert found[1].startswith("internal error (ZeroDivisionError in pooled.py:")
    assert [finished.problem for finished in Inline(sandbox()).run(pooled.fail, [0])] == ["no sandbox here"]


def test_slow_jobs_hold_up_nobody(pool: Pool) -> None:
    """While both workers are busy with slow ones, others are started for the rest."""
    order = [finished.job for finished in pool.run(pooled.slow_first, range(12))]
    assert set(order[-2:]) == {0, 1}
    assert sorted(order) == list(range(12))
