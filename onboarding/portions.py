"""What the policy decides about some hundred people at a time; about very many, in processes side by side."""

import gc
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context
from typing import NamedTuple

from grader.database import in_portions
from grader.errors import UnavailableError
from grader.store import Store
from onboarding import records
from onboarding.applying.declared import declared
from onboarding.decision import AUTOMATIC, Decision, decide
from onboarding.evidence import PORTION, evidence_of
from onboarding.renewing import in_rounds
from onboarding.requirements import Policy
from onboarding.undisturbed import undisturbed
from onboarding.written import Written, written

MANY = 5_000
"""From so many people on, processes of their own pay for their start."""


class Portion(NamedTuple):
    """What is new about some people.

    Args:
        seen: the numbers of the decisions in force that were looked at, by applicant.
    """

    seen: Mapping[str, int]
    due: Sequence[Written]


def portions(store: Store, policy: Policy, *, now: datetime, many: int = MANY) -> Iterator[Portion]:
    """What is new about everybody who handed in something.

    Raises:
        UnavailableError: the database does not answer, or a process was ended.
    """
    ids = store.handed_in_by()
    parts = list(in_portions(ids, PORTION))
    if len(ids) < many:
        for part in parts:
            with undisturbed():
                found = _portion(store, policy, part, now)
            yield found
    else:
        yield from _side_by_side(store, policy, parts, now)


def _portion(store: Store, policy: Policy, ids: Sequence[str], now: datetime) -> Portion:
    evidence = in_rounds(store, policy, evidence_of(store, ids), now=now)
    earlier, said = records.in_force(store, ids), declared(store, ids)
    found = (decide(name, policy, results, now=now, declared=said.get(name)) for name, results in evidence.items())
    due = [written(new) for new in found if new and not is_settled(earlier.get(new.applicant_id), new)]
    return Portion({name: decision.number for name, decision in earlier.items()}, due)


def is_settled(earlier: records.InForce | None, decision: Decision) -> bool:
    """Whether nothing is new since the decision in force. What a person decided stands until there is new evidence."""
    if earlier is None:
        return False
    old, new = ([result.news for result in inputs] for inputs in (earlier.inputs, decision.inputs))
    if earlier.decided_by == AUTOMATIC:
        return (earlier.policy_version, old) == (decision.policy_version, new)
    return all(news in old for news in new)


def _side_by_side(store: Store, policy: Policy, parts: Sequence[Sequence[str]], now: datetime) -> Iterator[Portion]:
    """In their order; each process opens the database for itself."""
    cores = len(os.sched_getaffinity(0))
    url = store.engine.url.render_as_string(hide_password=False)
    running: deque[Future[Portion]] = deque()
    with ProcessPoolExecutor(cores, get_context("spawn"), _begin, (url, policy, now)) as pool:
        try:
            for part in parts:
                running.append(pool.submit(_work, part))
                if len(running) > 2 * cores:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool:
            raise UnavailableError(
                "a process that decides was ended from outside", tip="Try again: what was decided is on record."
            ) from None
        finally:
            for rest in running:
                rest.cancel()


class _Here(NamedTuple):
    """What a process works with."""

    store: Store
    policy: Policy
    now: datetime


_here: list[_Here] = []


def _begin(url: str, policy: Policy, now: datetime) -> None:
    _here.append(_Here(Store(url), policy, now))
    # what is there from the beginning is no garbage: looking for cycles leaves it alone
    gc.freeze()


def _work(ids: Sequence[str]) -> Portion:
    ((store, policy, now),) = _here
    return _portion(store, policy, ids, now)
