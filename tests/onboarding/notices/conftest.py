"""Fixtures: a store with ada and bob, on each database."""

from collections.abc import Iterator

import pytest

from grader.store import Store, migrate
from tests.samples import NOW


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Our tables alone."""
    migrate(url)
    opened = Store(url)
    opened.add_applicant("ada", "Ada Example", now=NOW)
    opened.add_applicant("bob", "Bob Example", now=NOW)
    yield opened
    opened.close()
