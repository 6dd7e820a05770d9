"""Forbids itself some system calls, then is another Python program: what a hardened unit does to the bot.

    python tests/support/syscalls.py refuse|kill bot.py check

The numbers are those of Linux on each machine; what resources one may take, `@resources` to systemd, is forbidden.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final

RESOURCES: Final = {
    # mbind, set_mempolicy, migrate_pages, move_pages, setpriority, sched_setparam, sched_setscheduler,
    # sched_setaffinity, ioprio_set, setrlimit, sched_setattr, set_mempolicy_home_node
    "x86_64": (237, 238, 256, 279, 141, 142, 144, 203, 251, 160, 314, 450),
    "aarch64": (235, 237, 238, 239, 140, 118, 119, 122, 30, 164, 274, 450),
}
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000


def forbid(numbers: tuple[int, ...], answer: int) -> None:
    """Let the kernel answer these calls of this process, and of what it becomes, with `answer`. Raises OSError."""
    steps = [(_LOAD, 0, 0, 0)]
    steps += [(_JUMP_IF_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, answer)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HL", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    for order in ((_NO_NEW_PRIVS, 1, 0, 0, 0), (_SECCOMP, _FILTER, program, 0, 0)):
        if libc.prctl(*order):
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    forbid(RESOURCES[platform.machine()], _ERRNO | errno.EPERM if sys.argv[1] == "refuse" else _KILL)
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
