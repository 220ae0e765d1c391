"""No file and no port but what a child was given: Landlock, where the kernel has it (Linux 5.13, 6.7, 6.12).

https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

LIBC = ctypes.CDLL(None, use_errno=True)
CREATE, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls, the same on every processor
ASK_VERSION = 1
BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # rights over files by version of the interface, as bits
PORTS = 0b11  # to bind and to connect, TCP; from version 4
SCOPES = 0b11  # abstract sockets and signals of others; from version 6
WITH_PORTS, WITH_SCOPES = 4, 6


class Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr: what is forbidden unless a rule allows it."""

    _fields_ = (("files", ctypes.c_uint64), ("ports", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class Beneath(ctypes.Structure):
    """struct landlock_path_beneath_attr: what is allowed below an open folder."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version of the kernel's interface; 0 where it has none or has it switched off."""
    return max(0, int(LIBC.syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))))


def shut(readable: Iterable[str]) -> None:
    """From now on this process reads nothing but what lies in `readable`, writes nothing, opens no port.

    What is open already stays open. Asks for PR_SET_NO_NEW_PRIVS before; does nothing where the kernel
    cannot. Raises OSError.
    """
    found = version()
    if not found:
        return
    files = (1 << FILES.get(found, 16)) - 1
    rules = Ruleset(files, PORTS if found >= WITH_PORTS else 0, SCOPES if found >= WITH_SCOPES else 0)
    ruleset = _called(CREATE, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), ctypes.c_uint32(0))
    try:
        for path in readable:
            _allow(ruleset, path)
        _called(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there cannot be read either
        return
    try:
        deep = stat.S_ISDIR(os.fstat(folder).st_mode)
        rule = Beneath(READ_FILE | READ_DIR if deep else READ_FILE, folder)
        _called(
            ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(folder)


def _called(number: int, *arguments: object) -> int:
    answer = int(LIBC.syscall(ctypes.c_long(number), *arguments))
    if answer < 0:
        raise OSError(ctypes.get_errno(), f"landlock {number}")
    return answer
