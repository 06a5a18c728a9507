"""Folders that code inside and outside share: whose files are whose, and what in them stays as it is."""

import os
import stat
import struct

from grader.walls.jail import Walls
from grader.walls.system import (
    CLONE_NEWUSER,
    LOCKED_FLAGS,
    MS_BIND,
    MS_NODEV,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
    check,
    libc,
    mount,
)

SYS_OPEN_TREE, SYS_MOVE_MOUNT, SYS_MOUNT_SETATTR = 428, 429, 442
"""The same numbers on x86_64 and aarch64."""
AT_FDCWD, AT_EMPTY_PATH, AT_RECURSIVE = -100, 0x1000, 0x8000
OPEN_TREE_CLONE, MOVE_MOUNT_F_EMPTY_PATH, MOUNT_ATTR_IDMAP = 1, 4, 0x100000


def owners(walls: Walls, user: int | None) -> dict[str, int]:
    """For each shared folder: an open namespace for `share` in which its owner is this user, to be made before `leave`.

    Args:
        user: who root is to be inside; an ordinary user's folders are his inside as well.

    Raises:
        OSError: this machine does not allow it.
    """
    if user is None or not walls.isolated:
        return {}
    found = {folder: os.stat(folder) for folder, _ in walls.writable}
    return {folder: _names(user, at.st_uid, at.st_gid) for folder, at in found.items()}


def share(walls: Walls, names: dict[str, int]) -> None:
    """Prepare the shared folders in this process's own mount namespace, before the private root is put together.

    Raises:
        OSError: a folder cannot be shared.
    """
    if not walls.isolated or not walls.writable:
        return
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    for folder, namespace in names.items():
        _lend(folder, namespace)
    for folder, _ in walls.writable:
        for protected, _ in walls.read_only:
            if _is_below(protected, folder) and os.path.exists(protected):
                _freeze(protected)
        for hidden in walls.hidden:
            if _is_below(hidden, folder) and os.path.isdir(hidden):
                mount("tmpfs", hidden, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "size=4k")


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip("/") + "/")


def _freeze(path: str) -> None:
    """An interpreter may live below a shared folder; whoever could change it would be outside with its next start."""
    mount(path, path, None, MS_BIND | MS_REC)
    found = os.statvfs(path).f_flag
    again = sum(flag for bit, flag in LOCKED_FLAGS.items() if found & bit)
    mount(None, path, None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | again)


def _lend(folder: str, namespace: int) -> None:
    """What belongs to the folder's owner is the user's inside; on the disk it stays the owner's."""
    flags = OPEN_TREE_CLONE | os.O_CLOEXEC | AT_RECURSIVE
    tree = check(libc.syscall(SYS_OPEN_TREE, AT_FDCWD, folder.encode(), flags), f"open {folder}")
    attributes = struct.pack("=4Q", MOUNT_ATTR_IDMAP, 0, 0, namespace)
    try:
        changed = libc.syscall(SYS_MOUNT_SETATTR, tree, b"", AT_EMPTY_PATH | AT_RECURSIVE, attributes, len(attributes))
        if changed < 0 and os.stat(folder).st_mode & stat.S_IWOTH:
            return
        check(changed, f"{folder} cannot be lent to an ordinary user (be one, not root)")
        moved = libc.syscall(SYS_MOVE_MOUNT, tree, b"", AT_FDCWD, folder.encode(), MOVE_MOUNT_F_EMPTY_PATH)
        check(moved, f"mount {folder}")
    finally:
        os.close(tree)
        os.close(namespace)


def _names(user: int, owner: int, group: int) -> int:
    """A user namespace in which the owner and his group are this user: the form in which the kernel is told."""
    ready, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        libc.unshare(CLONE_NEWUSER)
        os.write(ready[1], b"+")
        os.close(done[1])
        os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    try:
        for name, number in (("uid_map", owner), ("gid_map", group)):
            with open(f"/proc/{child}/{name}", "w") as stream:
                stream.write(f"{number} {user} 1")
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY)
    finally:
        for file in (*ready, *done):
            os.close(file)
        os.waitpid(child, 0)
