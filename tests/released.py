"""Releases a bank in a new workspace, as its owner would do it before anybody is invited."""

from grader.course import authoring
from grader.release import gate, release
from grader.store import Store, migrate
from grader.workspace import Workspace


def release_bank(workspace: Workspace, name: str, text: str) -> Store:
    """Write the bank, make the tables and release it; the open store."""
    (workspace.source / f"{name}.toml").write_text(text)
    authoring.create_gradebook(workspace)
    migrate(workspace.database_url)
    store = Store(workspace.database_url)
    bank = workspace.bank(name)
    release(workspace, store, bank, gate(workspace, bank))
    return store
