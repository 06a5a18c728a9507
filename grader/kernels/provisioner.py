"""The kernel provisioner `talentpool-sandbox`: any Jupyter client's kernels start warm and inside the walls."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from grader.forkserver import environment
from grader.kernels.limits import VARIABLE, kernel_limits, resource_limits
from grader.kernels.process import KernelProcess, server
from grader.kernels.program import CONNECTION, PRELOAD
from grader.kernels.shown import LAUNCHER, is_ours, shown_for, working_folder
from grader.walls.cgroup import Group, group_folders
from grader.walls.jail import SCRATCH, Walls
from grader.walls.server import KILLED
from grader.walls.shown import hidden_folders

FILE = "connection.json"
PASSED_ON = ("TZ", "LANG", "LANGUAGE", "LC_ALL", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
"""What a kernel gets of its client's environment."""
LONGEST_PATH = 80
"""A socket's path has at most 107 bytes."""


class EarlyEnd(NamedTuple):
    """Whether it was killed, what CPU time it had used, in seconds, and whether memory had run out."""

    killed: bool
    cpu_seconds: float
    out_of_memory: bool


class SandboxProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Starts kernels in the sandbox, or not at all.

    Python kernels of this interpreter are forked from a warm one; the commands of other kernels are run inside the
    same walls. Inside are the interpreter, the kernel's resources, and the notebook's folder, which can be written to.
    There is no network: messages go through sockets in a folder that each kernel has for itself.
    """

    show = List(Unicode(), help="More files and folders that kernels may read.").tag(config=True)
    hide = List(Unicode(), help="Folders that kernels see empty.").tag(config=True)
    limits = Unicode(help=f"What a kernel may use, as JSON; comes before the variable {VARIABLE}.").tag(config=True)
    seen_as = Unicode(help="Where kernels see their folder; at its own path if empty.").tag(config=True)

    early_end: EarlyEnd | None = None
    """How the kernel ended, if nobody asked it to."""
    _connection: Path | None = None
    _output: int | None = None
    _group: Group | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose sockets in place of ports, then prepare the start as for any local kernel."""
        self._connection = self._connection or _new_folder()
        manager = self.parent
        manager.transport, manager.ip, manager.cache_ports = "ipc", str(self._connection / "s"), False
        launched: dict[str, Any] = await super().pre_launch(**kwargs)
        return launched

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel.

        Raises:
            UnavailableError: this machine does not allow the sandbox.
            WorkspaceError: a setting or the notebook's folder is not allowed.
        """
        try:
            self._launch(cmd, kwargs)
        except BaseException:
            await self.cleanup()
            raise
        return self.connection_info

    def _launch(self, cmd: list[str], kwargs: Mapping[str, Any]) -> None:
        self.cwd = working_folder(kwargs.get("cwd"))
        limits = kernel_limits(self.limits or os.environ.get(VARIABLE, "{}"))
        warm = is_ours(cmd)
        fork_server = server(PRELOAD if warm else ())
        command = self._command(cmd)
        task = self._task(command, kwargs["env"], warm=warm)
        self._group = self._group or Group(group_folders())
        self._group.limit(limits)
        rights = resource_limits(limits, warm=warm)
        walls = self._walls(str(fork_server.mount_point), command, rights, limits.scratch_bytes)
        self._output = os.memfd_create("output")
        self.process = KernelProcess(fork_server, walls, task, self._output, limits.wall_seconds)

    async def cleanup(self, restart: bool = False) -> None:
        """Say what a kernel complained of that died; leave nothing behind."""
        if self._output is not None:
            if self.process and self.process.poll():
                self._note_end(self.process, self._output)
            os.close(self._output)
            self._output = None
        if self._group and not restart:
            self._group.close()
            self._group = None
        if self._connection and not restart:
            shutil.rmtree(self._connection.parent, ignore_errors=True)
            self._connection = None
        await super().cleanup(restart=restart)

    def _note_end(self, process: KernelProcess, output: int) -> None:
        memory = self._group is not None and self._group.ran_out_of_memory()
        self.early_end = EarlyEnd(process.returncode == KILLED, process.cpu_seconds, memory)
        said = os.pread(output, 2_000, 0).decode(errors="replace").strip()
        self.log.warning("the kernel ended with code %d: %s", process.returncode, said or "no reason given")

    def _command(self, cmd: list[str]) -> list[str]:
        """The kernel's command as it is inside, and the file beside its sockets that it reads."""
        assert self._connection
        outside = os.path.realpath(self.parent.connection_file)
        _write_connection(self._connection, json.loads(Path(outside).read_text()))
        program = str(Path(shutil.which(cmd[0]) or cmd[0]).absolute())
        return [program, *(part.replace(outside, f"{CONNECTION}/{FILE}") for part in cmd[1:])]

    def _task(self, command: list[str], given: Mapping[str, str], *, warm: bool) -> bytes:
        """What the program inside is told; of our environment it gets only what was meant for it."""
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        meant = {name: value for name, value in given.items() if os.environ.get(name) != value}
        clean = environment(SCRATCH)
        path = {"PATH": f"{Path(command[0]).parent}:{clean['PATH']}"}
        task = {
            "warm": warm,
            "folder": self.seen_as or str(self.cwd),
            "command": command,
            "arguments": command[command.index(LAUNCHER[-1]) + 1 :] if warm else [],
            "environment": {**clean, **path, **passed_on, **meant},
        }
        return json.dumps(task).encode()

    def _walls(self, mount_point: str, command: list[str], rights: dict[str, int], scratch_bytes: int) -> Walls:
        return Walls(
            isolated=True,
            mount_point=mount_point,
            read_only=shown_for(command, self.kernel_spec.resource_dir, self.show),
            writable=[(str(self._connection), CONNECTION), (str(self.cwd), self.seen_as or str(self.cwd))],
            hidden=hidden_folders([Path(path) for path in self.hide]),
            scratch_bytes=scratch_bytes,
            limits=rights,
            groups=self._group.processes_files() if self._group else [],
        )


def _new_folder() -> Path:
    """A private folder for one kernel, with a short name; in it the one for its sockets, which it alone gets to see."""
    short = len(tempfile.gettempdir()) < LONGEST_PATH
    folder = Path(tempfile.mkdtemp(prefix="kernel-", dir=None if short else "/tmp"), "in")
    folder.mkdir()
    # inside, root is somebody else
    folder.chmod(0o777)
    return folder


def _write_connection(folder: Path, connection: dict[str, Any]) -> None:
    """The connection file with the paths as the kernel sees them."""
    path = folder / FILE
    # an earlier kernel may have put something else there
    path.unlink(missing_ok=True)
    with path.open("x") as stream:
        path.chmod(0o644)
        json.dump({**connection, "ip": f"{CONNECTION}/s"}, stream)
