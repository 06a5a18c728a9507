"""How much memory a command and everything that it started use at most."""

import subprocess
import threading
import time
from pathlib import Path

INTERVAL_SECONDS = 0.5


class Watch(threading.Thread):
    """Adds up the proportional set sizes of a process and its descendants, in bytes: shared pages count once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.peak_bytes = 0

    def run(self) -> None:
        """Until the process ends."""
        while self._process.poll() is None:
            self.peak_bytes = max(self.peak_bytes, sum(map(_bytes, _tree(self._process.pid))))
            time.sleep(INTERVAL_SECONDS)


def _tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = [pid]
    for known in found:
        found += parents.get(known, [])
    return found


def _bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
