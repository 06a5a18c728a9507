"""The filter of system calls (seccomp): what no notebook needs and what would open ways out answers "not permitted"."""

import ctypes
import struct

from grader.walls.system import MACHINE, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, check, libc

DENIED = {
    # ptrace, shmget, mount, umount2, pivot_root, add_key, request_key, keyctl, unshare, perf_event_open, setns,
    # bpf, userfaultfd, io_uring_setup, open_tree, move_mount, fsopen, mount_setattr
    "x86_64": (101, 29, 165, 166, 155, 248, 249, 250, 272, 298, 308, 321, 323, 425, 428, 429, 430, 442),
    "aarch64": (117, 194, 40, 39, 41, 217, 218, 219, 97, 241, 268, 280, 282, 425, 428, 429, 430, 442),
}
"""Namespaces, mounts, key rings, tracing, memory that outlives its process."""
CLONE = {"x86_64": (56, 435, 0xC000003E), "aarch64": (220, 435, 0xC00000B7)}
"""clone, clone3, and the architecture's name in a filter."""
NEW_NAMESPACES = 0x7E020000


def forbid() -> None:
    """Load the filter; clone with new namespaces is refused as well. For good, and for every child.

    Raises:
        OSError: the kernel takes no filter.
    """
    clone, clone3, architecture = CLONE[MACHINE]
    load, equal, at_least, any_set, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, not_permitted, no_such_call, kill = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
    lines = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, 0)]
    # the same calls under the numbers of the x32 ABI
    lines += [(at_least, 0, 1, 0x40000000), (give, 0, 0, not_permitted)]
    for number in DENIED[MACHINE]:
        lines += [(equal, 0, 1, number), (give, 0, 0, not_permitted)]
    # clone3 hides its flags in memory; told that it does not exist, the C library takes clone
    lines += [(equal, 0, 1, clone3), (give, 0, 0, no_such_call), (equal, 0, 3, clone), (load, 0, 0, 16)]
    lines += [(any_set, 0, 1, NEW_NAMESPACES), (give, 0, 0, not_permitted), (give, 0, 0, allow)]
    program = b"".join(struct.pack("=HBBI", *line) for line in lines)
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("@HP", len(lines), ctypes.addressof(buffer))
    check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0), "seccomp")
