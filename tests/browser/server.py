"""A command that serves an assessment, as a user would start it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path


class Server:
    """JupyterLab or a page of its own; `url` is where it is."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        command = [sys.executable, "-m", "assessments", *arguments, "--no-browser"]
        self._cwd = cwd
        self._process = subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.url = self._find_url()

    def _find_url(self) -> str:
        assert self._process.stderr is not None
        seen = []
        for line in self._process.stderr:
            seen.append(line)
            if match := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line):
                return match.group(0)
        raise AssertionError("the server did not start:\n" + "".join(seen))

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
