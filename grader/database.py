"""Opens databases: the same way for nbgrader's tables and ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from grader.errors import UnavailableError

WAIT_SECONDS = 30.0
"""How long to wait for another writer of the same SQLite file."""


def open_engine(url: str) -> Engine:
    """An engine for any URL that SQLAlchemy takes."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed as a whole or not at all.

    Raises:
        UnavailableError: the database does not answer.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise UnavailableError(f"the database does not answer: {error.orig}") from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait for the grader; wait for another writer instead of failing."""
    for pragma in ("journal_mode=WAL", f"busy_timeout={int(WAIT_SECONDS * 1000)}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
