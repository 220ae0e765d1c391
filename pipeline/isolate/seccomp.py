"""No network, no other program and no other process from inside a child: a filter of system calls.

Landlock knows TCP alone. A call that is barred fails with EACCES; the child goes on.
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import errno
import os

LIBC = ctypes.CDLL(None, use_errno=True)
PR_GET_SECCOMP, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 21, 22, 2
LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06  # of classic BPF: ld abs, jeq, jge, ret
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
NUMBER, PROCESSOR = 0, 4  # where they stand in struct seccomp_data
X32 = 0x40000000  # calls of the x32 interface on x86-64

# socket, connect, bind, sendto, accept, accept4, execve, execveat, ptrace, process_vm_readv and _writev,
# io_uring_setup (it knows sockets of its own), bpf, userfaultfd, perf_event_open, mount, unshare, setns,
# add_key, request_key, keyctl: asm/unistd_64.h and asm-generic/unistd.h
KEYRINGS = (217, 218, 219)  # of arm64
BARRED = {
    "x86_64": (
        0xC000003E,
        (41, 42, 49, 44, 43, 288, 59, 322, 101, 310, 311, 425, 321, 323, 298, 165, 272, 308, 248, 249, 250),
    ),
    "aarch64": (
        0xC00000B7,
        (198, 203, 200, 206, 202, 242, 221, 281, 117, 270, 271, 425, 280, 282, 241, 40, 97, 268, *KEYRINGS),
    ),
}


class Instruction(ctypes.Structure):
    """struct sock_filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("true", ctypes.c_uint8),
        ("false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(Instruction)))


def known() -> bool:
    """Whether this kernel filters calls, and those of its processor are known here."""
    return os.uname().machine in BARRED and int(LIBC.prctl(PR_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def shut() -> bool:
    """Bar the calls for this process; False where its processor is not known or the kernel does not filter.

    Asks for PR_SET_NO_NEW_PRIVS before.
    """
    if not known():
        return False
    processor, numbers = BARRED[os.uname().machine]
    steps = [
        Instruction(LOAD, 0, 0, PROCESSOR),
        Instruction(EQUAL, 1, 0, processor),
        Instruction(ANSWER, 0, 0, KILL),
        Instruction(LOAD, 0, 0, NUMBER),
        Instruction(AT_LEAST, len(numbers) + 1, 0, X32),
        *(Instruction(EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        Instruction(ANSWER, 0, 0, ALLOW),
        Instruction(ANSWER, 0, 0, REFUSE),
    ]
    filtered = (Instruction * len(steps))(*steps)
    program = Program(len(steps), filtered)
    return int(LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)) == 0
