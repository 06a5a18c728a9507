"""Makes the sandbox and starts a program in it. Run as a script, before anything of an applicant's is read.

New user, mount, pid, network, ipc and uts namespaces; a private root that holds the interpreter and its libraries
read-only, the package `assessments`, an empty scratch folder and a few devices; resource limits; no way to privileges.
It knows nothing of the project, so that it starts without importing it: everything comes as one JSON argument. On
SIGTERM it ends everything inside.

Exit code 97: the sandbox could not be made (the reason is on standard error). Otherwise the program's own.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

CANNOT_ISOLATE = 97
NOBODY = 65534

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
LOCKED_FLAGS = {os.ST_NOEXEC: MS_NOEXEC, os.ST_NOATIME: 1024, os.ST_NODIRATIME: 2048, os.ST_RELATIME: 1 << 21}
"""What statvfs(3) reports of a mount, and the flag of mount(2) that keeps it."""
DEVICES = ("null", "zero", "random", "urandom")

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int, what: str) -> None:
    """Raise OSError with the kernel's reason if a call of libc failed."""
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    names = [name.encode() if name else None for name in (source, target, kind)]
    check(libc.mount(*names, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def unshare(*, as_root: bool) -> None:
    """Enter the new namespaces; an ordinary user needs a user namespace to be allowed the others."""
    flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    user, group = os.getuid(), os.getgid()
    check(libc.unshare(flags if as_root else flags | CLONE_NEWUSER), "unshare")
    if not as_root:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as stream:
                stream.write(text)


def bind(source: str, target: str, *, writable: bool = False) -> None:
    """Show `source` at `target`, read-only and without set-uid bits unless it is a device."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "a").close()
    mount(source, target, None, MS_BIND | MS_REC)
    if not writable:
        # flags that the outer mount has locked must be given again
        found = os.statvfs(target).f_flag
        again = sum(flag for bit, flag in LOCKED_FLAGS.items() if found & bit)
        mount(None, target, None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | again)


def build_root(spec: dict[str, Any]) -> None:
    """Put the private root together and move into it."""
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    root = spec["mount_point"]
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, f"size={spec['scratch_bytes']},mode=755")
    for link in ("lib", "lib64", "bin", "sbin"):
        if os.path.islink(f"/{link}"):
            os.symlink(os.readlink(f"/{link}"), f"{root}/{link}")
        elif os.path.isdir(f"/{link}"):
            bind(f"/{link}", f"{root}/{link}")
    for source, target in spec["read_only"]:
        if os.path.exists(source):
            bind(source, root + target)
    for device in DEVICES:
        bind(f"/dev/{device}", f"{root}/dev/{device}", writable=True)
    for folder in ("scratch", "proc", "old"):
        os.mkdir(f"{root}/{folder}", 0o755)
    # an interpreter may live below /tmp; then only TMPDIR leads to the scratch
    if not os.path.exists(f"{root}/tmp"):
        os.symlink("scratch", f"{root}/tmp")
    # the kernel gives an ordinary user a new /proc only while another one is in sight
    mount("proc", f"{root}/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    os.chdir(root)
    check(libc.syscall(SYS_PIVOT_ROOT[os.uname().machine], b".", b"old"), "pivot_root")
    check(libc.umount2(b"/old", MNT_DETACH), "umount the old root")
    os.rmdir("/old")


def seal(scratch_bytes: int) -> None:
    """Only the scratch stays writable."""
    mount("tmpfs", "/scratch", "tmpfs", MS_NOSUID | MS_NODEV, f"size={scratch_bytes},mode=1777")
    os.chdir("/scratch")
    mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def limit(limits: dict[str, int]) -> None:
    """rlimits; each is the hard limit too."""
    for name, amount in limits.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (amount, amount))


def drop(*, as_root: bool) -> None:
    """Give up what is left of root, for good."""
    if as_root:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def become(spec: dict[str, Any], *, as_root: bool) -> None:
    """The first process inside: finish the root, drop everything, become the program. Does not return."""
    try:
        if spec["isolated"]:
            build_root(spec)
            seal(spec["scratch_bytes"])
        limit(spec["limits"])
        drop(as_root=as_root and spec["isolated"])
        os.execve(spec["command"][0], spec["command"], spec["environment"])
    except (OSError, KeyError) as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(CANNOT_ISOLATE)


def main() -> None:
    """Isolate, start, wait; end what is inside when told to, or when whoever started us dies."""
    spec = json.loads(sys.argv[1])
    as_root = os.geteuid() == 0
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if spec["isolated"]:
            unshare(as_root=as_root)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(CANNOT_ISOLATE)
    child = os.fork()
    if child == 0:
        become(spec, as_root=as_root)
    # the kernel ends all processes of a pid namespace with its first
    signal.signal(signal.SIGTERM, lambda _signal, _frame: os.kill(child, signal.SIGKILL))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
