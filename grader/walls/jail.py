"""Walls this process in: namespaces, a private root, limits, Landlock and a filter of system calls, in that order.

Called after a fork and before anything of an applicant's is read. It never needs root: an ordinary user gets a user
namespace. What is to be seen inside and how much may be used comes as one `Walls`.
"""

import os
import resource
import signal
from typing import NamedTuple

from grader.walls import landlock, seccomp
from grader.walls.system import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    JOIN_SESSION_KEYRING,
    LOCKED_FLAGS,
    MACHINE,
    MNT_DETACH,
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    SYS_KEYCTL,
    SYS_PIVOT_ROOT,
    check,
    libc,
    mount,
)

NOBODY = 65534
FIRST_USER = 2_000_000_000
"""Nobody has numbers from here on; a process id is added."""
SCRATCH = "/scratch"
DEVICES = ("null", "zero", "random", "urandom")


class Walls(NamedTuple):
    """What is seen and what may be used inside.

    Args:
        isolated: False leaves out everything but the limits; an explicit, recorded choice of the operator's.
        mount_point: an empty folder where the private root is put together.
        read_only: (path outside, path inside) of what is shown.
        writable: the same, for folders that code inside and outside share.
        hidden: folders that stay empty even where they lie below a shown one.
        scratch_bytes: room in the scratch folder, which is the only place to write to.
        limits: rlimits by name.
        groups: control groups' files to write a process id into.
    """

    isolated: bool
    mount_point: str
    read_only: list[tuple[str, str]]
    writable: list[tuple[str, str]]
    hidden: list[str]
    scratch_bytes: int
    limits: dict[str, int]
    groups: list[str]


def user_inside() -> int | None:
    """Who root is to be inside; None if this process is not root, or a lonely one in a user namespace.

    One of its own for each process that asks, as limits on processes count by user: whoever starts as many as he may
    must not keep others from starting theirs.
    """
    if os.geteuid() != 0:
        return None
    with open("/proc/self/uid_map") as stream:
        ranges = [[int(part) for part in line.split()] for line in stream]
    wanted = (FIRST_USER + os.getpid(), NOBODY)
    return next((user for user in wanted for start, _, length in ranges if start <= user < start + length), None)


def leave(walls: Walls, user: int | None) -> None:
    """Enter the control groups and new namespaces; the next child is the first process inside.

    Args:
        user: what `user_inside` gave.

    Raises:
        OSError: this machine does not allow it.
    """
    for path in walls.groups:
        with open(path, "w") as stream:
            stream.write("0")
    if not walls.isolated:
        return
    flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    own, group = os.getuid(), os.getgid()
    check(libc.unshare(flags | CLONE_NEWUSER if user is None else flags), "unshare")
    if user is None:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{own} {own} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as stream:
                stream.write(text)


def enter(walls: Walls, user: int | None) -> None:
    """The first process inside: finish the root, drop every right, for good.

    Raises:
        OSError: this machine does not allow it.
    """
    # no signal of its own group may reach whoever waits for it
    os.setsid()
    if walls.isolated:
        _build_root(walls)
        _seal(walls.scratch_bytes)
        _first_to_go()
    _limit(walls.limits)
    _drop(user if walls.isolated else None)
    if walls.isolated:
        everything = (1 << 16) - 1
        reading = landlock.EXECUTE | landlock.READ_FILE | landlock.READ_DIR
        shared = {inside: everything for _, inside in walls.writable}
        devices = reading | landlock.WRITE_FILE | landlock.IOCTL_DEVICE
        landlock.confine({"/": reading, "/dev": devices, SCRATCH: everything, **shared})
        seccomp.forbid()


def _bind(source: str, target: str, *, writable: bool = False) -> None:
    """Show `source` at `target`, read-only and without set-uid bits unless it is writable."""
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


def _build_root(walls: Walls) -> None:
    """Put the private root together and move into it."""
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    root = walls.mount_point
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, f"size={walls.scratch_bytes},mode=755")
    for link in ("lib", "lib64", "bin", "sbin"):
        if os.path.islink(f"/{link}"):
            os.symlink(os.readlink(f"/{link}"), f"{root}/{link}")
        elif os.path.isdir(f"/{link}"):
            _bind(f"/{link}", f"{root}/{link}")
    for source, target in walls.read_only:
        if os.path.exists(source):
            _bind(source, root + target)
    for hidden in walls.hidden:
        if os.path.isdir(root + hidden):
            mount("tmpfs", root + hidden, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "size=4k")
    for source, target in walls.writable:
        _bind(source, root + target, writable=True)
    _make_places(root)
    os.chdir(root)
    check(libc.syscall(SYS_PIVOT_ROOT[MACHINE], b".", b"old"), "pivot_root")
    check(libc.umount2(b"/old", MNT_DETACH), "umount the old root")
    os.rmdir("/old")


def _make_places(root: str) -> None:
    """Devices, terminals, processes, and an empty folder to write to."""
    for device in DEVICES:
        _bind(f"/dev/{device}", f"{root}/dev/{device}", writable=True)
    # `!command` runs in a pseudo-terminal
    os.mkdir(f"{root}/dev/pts")
    mount("devpts", f"{root}/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    os.symlink("pts/ptmx", f"{root}/dev/ptmx")
    # semaphores and shared memory of `multiprocessing`
    os.symlink("../scratch", f"{root}/dev/shm")
    for folder in (SCRATCH, "/proc", "/old"):
        os.mkdir(root + folder, 0o755)
    # an interpreter may live below /tmp; then only TMPDIR leads to the scratch
    if not os.path.exists(f"{root}/tmp"):
        os.symlink("scratch", f"{root}/tmp")
    # the kernel gives an ordinary user a new /proc only while another one is in sight
    mount("proc", f"{root}/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)


def _seal(scratch_bytes: int) -> None:
    """Only the scratch stays writable."""
    mount("tmpfs", SCRATCH, "tmpfs", MS_NOSUID | MS_NODEV, f"size={scratch_bytes},nr_inodes=10000,mode=1777")
    os.chdir(SCRATCH)
    mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def _first_to_go() -> None:
    """If the machine runs out of memory, the kernel ends what is in here before anything of ours."""
    with open("/proc/self/oom_score_adj", "w") as stream:
        stream.write("1000")


def _limit(limits: dict[str, int]) -> None:
    """rlimits; each is the hard limit too."""
    for name, amount in limits.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (amount, amount))


def _drop(user: int | None) -> None:
    """Give up what is left of root and of the starter's key ring, for good; die with whoever waits outside."""
    libc.syscall(SYS_KEYCTL[MACHINE], JOIN_SESSION_KEYRING, None)
    if user is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    # after setuid, which forgets it
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
