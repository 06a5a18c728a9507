"""A real PostgreSQL server for the tests: the system's programs in a folder of its own, as long as the tests run."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.require import missing

PROGRAMS = ("initdb", "postgres", "setpriv")
# nothing has to survive a power cut here
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
# letters sorted as people sort them, which SQLite does not do: nothing may depend on the database's order
LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")


def find_programs() -> list[str]:
    """The programs, on the PATH or where Debian keeps them, the newest first; skips (or fails) without them."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = [shutil.which(name, path=path) for name in PROGRAMS]
    if lacking := [name for name, place in zip(PROGRAMS, found, strict=True) if place is None]:
        missing("postgres", f"no {', '.join(lacking)} found; install Debian's package postgresql, 15 or later")
    return [str(place) for place in found]


class Server:
    """One server; it listens on a socket in its folder and nowhere else."""

    def __init__(self) -> None:
        initdb, postgres, setpriv = find_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="talentpool-postgres-", dir="/tmp"))
        user = _ordinary_user()
        if user:
            os.chown(self.folder, user["user"], user["group"])
        place = ("-D", str(self.folder / "data"))
        command = [initdb, *place, "--username=postgres", "--auth=trust", "--no-sync", *LOCALE]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, **user)
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        # killed tests leave no server behind
        command = [setpriv, "--pdeathsig=INT", postgres, *place, "-k", str(self.folder), *options]
        with (self.folder / "log").open("w") as log:
            self._process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **user)
        self._admin = self._connect()

    def url(self, database: str) -> str:
        """The URL of a database, as talentpool.toml has it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Create a database as a copy of another one, which nobody may be using; returns its URL."""
        self._admin.execute(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy".encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever uses it."""
        self._admin.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())

    def disconnect(self) -> None:
        """End everybody's connections, as a restart of the server would."""
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        self._admin.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}".encode())

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._admin.close()
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)
        shutil.rmtree(self.folder)

    def _connect(self) -> psycopg.Connection[Any]:
        deadline = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True)
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)


def _ordinary_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
