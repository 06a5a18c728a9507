"""The second wall around files (Landlock): should a way around the private root be found, it still ends here."""

import ctypes
import os
import struct

from grader.walls.system import check, libc

SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
"""The same numbers on x86_64 and aarch64."""
VERSION = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
ALL_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
"""Every right about files that a version knows; from version 5 on also ioctl on devices."""
ALL_TCP, ALL_SCOPES = 3, 3
IOCTL_DEVICE = 1 << 15


def version() -> int:
    """The kernel's version of Landlock; 0 without it."""
    return max(0, int(libc.syscall(SYS_CREATE_RULESET, None, 0, VERSION)))


def confine(rights: dict[str, int]) -> None:
    """Allow these rights below these folders and nothing else: no TCP, no sockets or signals to the outside.

    Does nothing where the kernel has no Landlock. Needs no_new_privs.

    Raises:
        OSError: the kernel has it and refuses.
    """
    found = version()
    if not found:
        return
    known = ALL_FILES[min(found, 4)] | (IOCTL_DEVICE if found >= 5 else 0)
    parts = [known] + ([ALL_TCP] if found >= 4 else []) + ([ALL_SCOPES] if found >= 6 else [])
    attributes = struct.pack(f"={len(parts)}Q", *parts)
    ruleset = check(libc.syscall(SYS_CREATE_RULESET, attributes, len(attributes), 0), "landlock")
    for folder, allowed in rights.items():
        parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", allowed & known, parent)
        check(libc.syscall(SYS_ADD_RULE, ruleset, PATH_BENEATH, ctypes.c_char_p(rule), 0), f"landlock {folder}")
        os.close(parent)
    check(libc.syscall(SYS_RESTRICT_SELF, ruleset, 0), "landlock")
    os.close(ruleset)
