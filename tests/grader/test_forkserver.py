"""The fork server: fit to be forked, and plain words when it does not start."""

from pathlib import Path

import pytest

from grader import forkserver
from grader.errors import UnavailableError
from grader.execution import PRELOAD
from grader.forkserver import ForkServer

pytestmark = pytest.mark.kernel


def test_it_has_one_thread() -> None:
    """Others would not be there after a fork, and what they had locked would stay locked."""
    server = ForkServer(PRELOAD)
    try:
        assert len(list(Path(f"/proc/{server._process.pid}/task").iterdir())) == 1
    finally:
        server.close()


def test_the_reason_why_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """It failed, or it takes too long."""
    with pytest.raises(UnavailableError, match="did not start: ModuleNotFoundError: No module named 'no_such'"):
        ForkServer(("no_such",))
    monkeypatch.setattr(forkserver, "START_SECONDS", 0.01)
    with pytest.raises(UnavailableError, match=r"did not start: it was not ready after 0\.01 s"):
        ForkServer(())
