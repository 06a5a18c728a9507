"""Tries out what the sandbox needs of this machine, in a process of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from grader.errors import UnavailableError

_ROOT = Path(__file__).parents[2]
_TRY = """
import json, os, sys
sys.path.insert(0, {root!r})
from grader.walls.jail import Walls, enter, leave, user_inside
walls = Walls(True, sys.argv[1], [("/usr", "/usr")], [], [], 1_000_000, {{}}, [])
user = user_inside()
try:
    leave(walls, user)
    child = os.fork()
    if child == 0:
        try:
            enter(walls, user)
        except OSError as error:
            sys.stderr.write(str(error))
            os._exit(1)
        os._exit(0)
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
except OSError as error:
    sys.stderr.write(str(error))
    os._exit(1)
"""
REMEDIES: Mapping[str, str] = {
    "unshare": "let ordinary users make user namespaces (sysctl kernel.unprivileged_userns_clone=1,"
    " user.max_user_namespaces above 0, on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0),"
    " or in a container give it CAP_SYS_ADMIN",
    "/proc": "start the container with an unmasked /proc (podman: --security-opt unmask=/proc/*)",
    "seccomp": "use a kernel with CONFIG_SECCOMP_FILTER",
}


def why_no_walls() -> str:
    """Why the sandbox cannot be made here, in the kernel's words; empty if it can."""
    with tempfile.TemporaryDirectory(prefix="talentpool-") as folder:
        command = [sys.executable, "-I", "-S", "-B", "-c", _TRY.format(root=str(_ROOT)), folder]
        try:
            run = subprocess.run(command, env={}, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"cannot be tried: {error}"
    return "" if run.returncode == 0 else (run.stderr.strip().splitlines() or ["no reason given"])[-1]


def remedy(reason: str) -> str:
    """What to do about a reason."""
    known = next((advice for word, advice in REMEDIES.items() if word in reason), "")
    return known or "see docs/how-to/grader.md, `the sandbox`"


def require_walls() -> None:
    """Refuse early and once, instead of for every submission.

    Raises:
        UnavailableError: with the reason and the remedy.
    """
    if reason := why_no_walls():
        raise UnavailableError(
            f"this machine does not allow the sandbox: {reason}",
            tip=f"To do: {remedy(reason)}. Or accept the risk with --unsafe-no-sandbox (it is recorded).",
        )
