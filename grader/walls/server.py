"""The fork server: imports everything slow once, then forks a walled-in child for every notebook.

Started in an interpreter of its own by `grader.forkserver`, which also says what goes over the control socket. It never
sees a key or a database: it gets files that are open already, and passes them on.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

from grader.walls.jail import Walls, enter, leave, may_be_nobody
from grader.walls.system import PR_SET_PDEATHSIG, libc

MAX_REQUEST_BYTES = 200_000
READY, FAILED = b"+", b"-"
KILLED = 137


def main() -> None:
    """Serve until the control socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    from assessments.inside.program import Program

    program = Program(settings["preload"])
    # children are nobody's business here
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    control.send(READY)
    while True:
        request, files, _, _ = socket.recv_fds(control, MAX_REQUEST_BYTES, 3)
        if not request:
            return
        if os.fork() == 0:
            control.close()
            _guard(Walls(**json.loads(request)), program.run, *files)
        for file in files:
            os.close(file)


def _guard(walls: Walls, run: Callable[[int, int], Any], task: int, channel: int, leash: int) -> None:
    """Between outside and inside: starts the first process inside, ends everything when the leash is let go.

    Does not return. Sends READY and the exit code over the leash, or FAILED and the reason.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    holder = socket.socket(fileno=leash)
    as_root = may_be_nobody()
    try:
        leave(walls, as_root=as_root)
        child = os.fork()
    except OSError as error:
        holder.send(FAILED + str(error).encode())
        os._exit(1)
    if child == 0:
        _inside(walls, run, task, channel, holder, as_root=as_root)
    for file in (task, channel):
        os.close(file)
    process = os.pidfd_open(child)
    select.select([process, holder.fileno()], [], [])
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    # the kernel ends all processes of a pid namespace with its first, and reports that one last
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        holder.send(str(code if code >= 0 else 128 - code).encode())
    finally:
        os._exit(0)


def _inside(
    walls: Walls, run: Callable[[int, int], Any], task: int, channel: int, holder: socket.socket, *, as_root: bool
) -> None:
    """The first process inside. Does not return."""
    try:
        enter(walls, as_root=as_root)
        holder.send(READY)
        holder.close()
    except OSError as error:
        holder.send(FAILED + str(error).encode())
        os._exit(1)
    try:
        run(task, channel)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
