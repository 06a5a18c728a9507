"""The C library and the kernel's constants that the sandbox is made with."""

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 38, 22, 2
JOIN_SESSION_KEYRING = 1
MACHINE = os.uname().machine
SYS_KEYCTL = {"x86_64": 250, "aarch64": 219}
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
LOCKED_FLAGS = {os.ST_NOEXEC: MS_NOEXEC, os.ST_NOATIME: 1024, os.ST_NODIRATIME: 2048, os.ST_RELATIME: 1 << 21}
"""What statvfs(3) reports of a mount, and the flag of mount(2) that keeps it."""

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int, what: str) -> int:
    """The result of a call of libc; OSError with the kernel's reason if it failed."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    names = [name.encode() if name else None for name in (source, target, kind)]
    check(libc.mount(*names, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")
