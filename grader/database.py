"""Opens databases, the same way for nbgrader's tables and ours: SQLite in a file, or PostgreSQL by URL."""

import fcntl
import json
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool

from assessments.errors import UsageError
from grader.errors import UnavailableError, WorkspaceError

SERVER = "postgresql"
WAIT_SECONDS = 30.0
AT_ONCE = 500
"""So many ids go into one statement."""
Id = TypeVar("Id", str, int)
"""How long to wait for another writer of the same SQLite file."""
# it warns, on standard error, of what comes as an exception as well: another process was quicker
logging.getLogger("psycopg").setLevel(logging.ERROR)
_SET_UP = 0x74616C656E74  # the number of the lock: any will do, if all use the same


def open_engine(url: str | URL, **options: Any) -> Engine:
    """An engine for the workspace's database; nothing is connected yet.

    Args:
        options: further ones for SQLAlchemy's create_engine.

    Raises:
        WorkspaceError: not a URL of a database that can be used.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise WorkspaceError(f"database: found {url!r}; {_ALLOWED}") from None
    shown = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() not in ("sqlite", SERVER):
        raise WorkspaceError(f"database: found {shown!r}; {_ALLOWED}")
    try:
        # a server may have been restarted since the last question
        engine = create_engine(parsed, json_serializer=json_text, pool_pre_ping=is_server(url), **options)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise WorkspaceError(
            f"database: found {shown!r}, whose driver is not installed; {_ALLOWED}",
            tip="Install it with: pip install 'talentpool-grader[postgresql]'",
        ) from None
    if not is_server(url):
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


_ALLOWED = "allowed: sqlite:///FILE and postgresql+psycopg://USER:PASSWORD@HOST/NAME"


def is_server(url: str | URL) -> bool:
    """Whether several machines can share it."""
    return make_url(url).get_backend_name() == SERVER


@contextmanager
def answering() -> Iterator[None]:
    """Turns what the database refuses into errors with a name.

    Raises:
        UnavailableError: it does not answer.
        UsageError: it cannot hold a value (too long, or with characters that are none).
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise UnavailableError(f"the database does not answer: {_line(error.orig)}") from None
    except DataError as error:
        raise UsageError(f"the database cannot hold a value: {_line(error.orig)}") from None
    except UnicodeEncodeError as error:
        raise UsageError(f"the database cannot hold {error.object[:40]!a}: it is no text") from None


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed as a whole or not at all.

    Raises:
        UnavailableError: the database does not answer, or does not take it.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise UnavailableError(f"the database does not answer: {_line(error.orig)}") from None
    except UnicodeEncodeError as error:
        raise UnavailableError(f"the database cannot hold {error.object[:40]!a}: it is no text") from None


@contextmanager
def setting_up(url: str) -> Iterator[None]:
    """Alone among all processes that create or change tables in this database; waits for the others.

    Raises:
        UnavailableError: it does not answer.
    """
    with alone(url, _SET_UP, "lock"):
        yield


@contextmanager
def alone(url: str | URL, number: int, suffix: str) -> Iterator[None]:
    """Alone among all processes that take the same lock of this database; waits for the others.

    Args:
        number: of the lock on a server.
        suffix: of the lock file beside an SQLite file.

    Raises:
        UnavailableError: the database does not answer.
    """
    if is_server(url):
        # the lock goes with the connection, which no pool keeps
        engine = open_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with answering(), engine.connect() as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({number})"))
            yield
    else:
        with _lock_file(Path(f"{make_url(url).database}.{suffix}")) as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def _lock_file(path: Path) -> IO[str]:
    try:
        return path.open("w")
    except OSError as error:
        raise UnavailableError(f"the database does not answer: {path}: {error.strerror}") from None


def in_portions(ids: Iterable[Id], size: int = AT_ONCE) -> Iterator[list[Id]]:
    """The ids in order, some hundred at a time: databases bound the number of values in one statement."""
    ordered = sorted(ids)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


class JsonText(str):
    """JSON that is text already: it goes into a column as it is."""

    __slots__ = ()


def json_text(value: Any) -> str:
    """JSON as every database takes it: numbers that JSON does not know (not a number, infinite) become their names."""
    if isinstance(value, JsonText):
        return value
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait for the grader; wait for another writer instead of failing."""
    for pragma in (f"busy_timeout={int(WAIT_SECONDS * 1000)}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _line(error: object) -> str:
    return " ".join(str(error).split())
