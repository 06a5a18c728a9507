"""A real JupyterLab in a real browser."""

import pytest

from tests.conftest import Released, release_small


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """One database will do: what a page shows does not depend on it."""
    return release_small(tmp_path_factory.mktemp("released") / "workspace", None)
