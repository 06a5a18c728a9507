"""What a machine may lack: a test then says so and is skipped, or fails where TALENTPOOL_REQUIRE names it."""

import os
from typing import NoReturn

import pytest


def missing(what: str, message: str) -> NoReturn:
    """Skip, or fail if `what` is in the comma-separated list TALENTPOOL_REQUIRE."""
    if what in os.environ.get("TALENTPOOL_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)
