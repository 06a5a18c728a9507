"""The fork server: imports everything slow once, then forks a walled-in child for every notebook.

Started in an interpreter of its own by `grader.forkserver`, which also says what goes over the control socket. It never
sees a key or a database: it gets files that are open already, and passes them on.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from grader.walls.jail import Walls, enter, leave, user_inside
from grader.walls.shared import owners, share
from grader.walls.system import PR_SET_PDEATHSIG, libc

MAX_REQUEST_BYTES = 200_000
READY, FAILED = b"+", b"-"
KILLED = -signal.SIGKILL
"""No signal from inside can do this to the first process inside: it was the kernel, or somebody outside."""


def main() -> None:
    """Serve until the control socket closes.

    What a program leaves for `later` is done step by step while nobody asks for a child.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    module, name = settings["program"].split(":")
    with _fonts(settings["cache"]):
        program = getattr(importlib.import_module(module), name)(settings["preload"])
    later = getattr(program, "later", [])
    # children are nobody's business here
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # a name that is free in a kernel; here rather than in each child, as touching every module's name copies memory
    for known in [known for known in sys.modules if known.partition(".")[0] == "grader"]:
        del sys.modules[known]
    gc.collect()
    gc.freeze()
    control.send(READY)
    while True:
        while later and not select.select([control], [], [], 0)[0]:
            with _fonts(settings["cache"]):
                later.pop(0)()
            gc.freeze()
        request, files, _, _ = socket.recv_fds(control, MAX_REQUEST_BYTES, 3)
        if not request:
            return
        order = json.loads(request)
        if os.fork() == 0:
            control.close()
            if "branch" in order:
                control = socket.socket(fileno=files[0])
                control.send(READY)
                continue
            _guard(Walls(**order["walls"]), order["seconds"], program.run, *files)
        for file in files:
            os.close(file)


@contextmanager
def _fonts(cache: str) -> Iterator[None]:
    """Let matplotlib look for its list of fonts where it was kept, which takes seconds to make."""
    before, os.environ["MPLCONFIGDIR"] = os.environ["MPLCONFIGDIR"], cache
    try:
        yield
    finally:
        os.environ["MPLCONFIGDIR"] = before


def _guard(
    walls: Walls, seconds: float | None, run: Callable[[int, int], Any], task: int, channel: int, leash: int
) -> None:
    """Between outside and inside: starts the first process inside, ends everything when the leash is let go.

    Does not return. Sends READY and the exit code over the leash, or FAILED and the reason. A byte that comes over the
    leash is a signal to pass on; after so many seconds (None: never) it is over as well.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    holder = socket.socket(fileno=leash)
    user = user_inside()
    try:
        names = owners(walls, user)
        leave(walls, user)
        share(walls, names)
        child = os.fork()
    except OSError as error:
        holder.send(FAILED + str(error).encode())
        os._exit(1)
    if child == 0:
        _inside(walls, user, run, task, channel, holder)
    for file in (task, channel):
        os.close(file)
    _watch(child, holder, seconds)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    # the kernel ends all processes of a pid namespace with its first, and reports that one last
    _, status, usage = os.wait4(child, 0)
    try:
        holder.send(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime]).encode())
    finally:
        os._exit(0)


def _watch(child: int, holder: socket.socket, seconds: float | None) -> None:
    """Pass signals on to the child's process group until it ends, the leash is let go, or its time is over."""
    until = time.monotonic() + seconds if seconds else None
    process = os.pidfd_open(child)
    while True:
        left = max(0, until - time.monotonic()) if until else None
        readable, _, _ = select.select([process, holder.fileno()], [], [], left)
        if readable != [holder.fileno()]:
            return
        try:
            number = holder.recv(1)
        except ConnectionError:
            return
        if not number:
            return
        with suppress(ProcessLookupError):
            os.killpg(child, number[0])


def _inside(
    walls: Walls, user: int | None, run: Callable[[int, int], Any], task: int, channel: int, holder: socket.socket
) -> None:
    """The first process inside. Does not return."""
    try:
        enter(walls, user)
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
