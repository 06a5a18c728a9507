"""A command that serves a page, as a user would start it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Server:
    """A command that serves on a free port of this machine; `url` is where, with its token."""

    def __init__(self, *command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> None:
        self._cwd = cwd
        self._process = subprocess.Popen(
            [sys.executable, *command],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.url = self._find_url()
        self.base = self.url[: self.url.index("/", len("http://"))]
        self._wait()

    def _find_url(self) -> str:
        assert self._process.stderr is not None
        seen = []
        for line in self._process.stderr:
            seen.append(line)
            if match := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line):
                return match.group(0)
        raise AssertionError("the server did not start:\n" + "".join(seen))

    def _wait(self) -> None:
        """A server says its address a moment before it listens there."""
        port = int(self.base.rpartition(":")[2])
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server does not listen")

    def kill_kernel(self) -> None:
        """As a crash would."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                here = (folder / "cwd").readlink().is_relative_to(self._cwd)
                if here and b"ipykernel" in (folder / "cmdline").read_bytes():
                    os.kill(int(folder.name), signal.SIGKILL)
            except OSError:
                continue

    def stop(self) -> None:
        """End the command and the server that it started."""
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate(timeout=30)


def serving(*arguments: str, cwd: Path) -> Server:
    """One of our commands that open a browser, without the browser."""
    return Server("-m", "assessments", *arguments, "--no-browser", cwd=cwd)


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    text: str


class Asked(Server):
    """A Jupyter server with settings of its own, that is sent requests without a browser."""

    def __init__(self, *command: str | Path, cwd: Path, home: Path) -> None:
        places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        super().__init__(*command, cwd=cwd, environment={name: str(home / name) for name in places})
        self._token = self.url.partition("token=")[2]

    def ask(self, path: str, method: str = "GET", *, token: bool = True) -> Answer:
        """Send a request; redirects are followed."""
        headers = {"Authorization": f"token {self._token}"} if token else {}
        try:
            with urlopen(Request(self.base + path, method=method, headers=headers), timeout=60) as response:
                return Answer(response.status, dict(response.headers), response.read().decode("utf-8", "replace"))
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read().decode("utf-8", "replace"))
