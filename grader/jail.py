"""Makes the sandbox and starts a program in it. Run as a script, before anything of an applicant's is read.

New user, mount, pid, network, ipc and uts namespaces; a private root that holds the interpreter and its libraries
read-only, the package `assessments`, an empty scratch folder and a few devices; a filter of system calls; resource
limits; no way back to privileges.
It knows nothing of the project, so that it starts without importing it: everything comes as one JSON argument. On
SIGTERM it ends everything inside.

Exit code 97: the sandbox could not be made (the reason is on standard error). Otherwise the program's own.
"""

import ctypes
import json
import os
import resource
import signal
import struct
import sys
from typing import Any

CANNOT_ISOLATE = 97
NOBODY = 65534

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 38, 22, 2
KEYCTL = {"x86_64": 250, "aarch64": 219}
JOIN_SESSION_KEYRING = 1
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
LOCKED_FLAGS = {os.ST_NOEXEC: MS_NOEXEC, os.ST_NOATIME: 1024, os.ST_NODIRATIME: 2048, os.ST_RELATIME: 1 << 21}
"""What statvfs(3) reports of a mount, and the flag of mount(2) that keeps it."""
DEVICES = ("null", "zero", "random", "urandom")

DENIED = {
    # ptrace, shmget, mount, umount2, pivot_root, add_key, request_key, keyctl, unshare, perf_event_open, setns,
    # bpf, userfaultfd, io_uring_setup, open_tree, move_mount, fsopen, mount_setattr
    "x86_64": (101, 29, 165, 166, 155, 248, 249, 250, 272, 298, 308, 321, 323, 425, 428, 429, 430, 442),
    "aarch64": (117, 194, 40, 39, 41, 217, 218, 219, 97, 241, 268, 280, 282, 425, 428, 429, 430, 442),
}
"""Calls that answer "not permitted": namespaces, mounts, key rings, tracing, memory that outlives its process."""
CLONE = {"x86_64": (56, 435, 0xC000003E), "aarch64": (220, 435, 0xC00000B7)}
"""clone, clone3, and the architecture's name in a filter."""
NEW_NAMESPACES = 0x7E020000

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
    for hidden in spec["hidden"]:
        if os.path.isdir(root + hidden):
            mount("tmpfs", root + hidden, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "size=4k")
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
    mount("tmpfs", "/scratch", "tmpfs", MS_NOSUID | MS_NODEV, f"size={scratch_bytes},nr_inodes=10000,mode=1777")
    os.chdir("/scratch")
    mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def first_to_go() -> None:
    """If the machine runs out of memory, the kernel ends what is in here before anything of ours."""
    with open("/proc/self/oom_score_adj", "w") as stream:
        stream.write("1000")


def limit(limits: dict[str, int]) -> None:
    """rlimits; each is the hard limit too."""
    for name, amount in limits.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (amount, amount))


def drop(*, as_root: bool) -> None:
    """Give up what is left of root and of the starter's key ring, for good; die with the jail."""
    libc.syscall(KEYCTL[os.uname().machine], JOIN_SESSION_KEYRING, None)
    if as_root:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    # after setuid, which forgets it
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def forbid() -> None:
    """Load the filter of system calls: the denied ones, and clone with new namespaces, answer "not permitted"."""
    machine = os.uname().machine
    clone, clone3, architecture = CLONE[machine]
    load, equal, at_least, any_set, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, not_permitted, no_such_call, kill = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
    denied = DENIED[machine]
    lines = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, 0)]
    # the same calls under the numbers of the x32 ABI
    lines += [(at_least, 0, 1, 0x40000000), (give, 0, 0, not_permitted)]
    for number in denied:
        lines += [(equal, 0, 1, number), (give, 0, 0, not_permitted)]
    # clone3 hides its flags in memory; told that it does not exist, the C library takes clone
    lines += [(equal, 0, 1, clone3), (give, 0, 0, no_such_call), (equal, 0, 3, clone), (load, 0, 0, 16)]
    lines += [(any_set, 0, 1, NEW_NAMESPACES), (give, 0, 0, not_permitted), (give, 0, 0, allow)]
    program = b"".join(struct.pack("=HBBI", *line) for line in lines)
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("@HP", len(lines), ctypes.addressof(buffer))
    check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0), "seccomp")


def become(spec: dict[str, Any], *, as_root: bool) -> None:
    """The first process inside: finish the root, drop everything, become the program. Does not return."""
    try:
        # no signal of its own group may reach the jail
        os.setsid()
        if spec["isolated"]:
            build_root(spec)
            seal(spec["scratch_bytes"])
            first_to_go()
        limit(spec["limits"])
        drop(as_root=as_root and spec["isolated"])
        if spec["isolated"]:
            forbid()
        # from here on, how the process ends is its own affair; the descriptor closes with exec
        os.write(spec["ready"], b"1")
        os.execve(spec["command"][0], spec["command"], spec["environment"])
    except (OSError, KeyError) as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(CANNOT_ISOLATE)


def main() -> None:
    """Isolate, start, wait; end what is inside when told to, or when whoever started us dies."""
    spec = json.loads(sys.argv[1])
    os.set_inheritable(spec["ready"], False)
    as_root = os.geteuid() == 0
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if spec["isolated"]:
            unshare(as_root=as_root)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(CANNOT_ISOLATE)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        become(spec, as_root=as_root)
    # the kernel ends all processes of a pid namespace with its first
    signal.signal(signal.SIGTERM, lambda _signal, _frame: os.kill(child, signal.SIGKILL))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
