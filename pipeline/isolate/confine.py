"""A child among its own: it reads the libraries and nothing else, writes nothing, speaks to nobody."""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from functools import cache

from pipeline.isolate import landlock, seccomp

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/dev/null",
    "/dev/urandom",
)
PACKAGES = ("site-packages", "dist-packages")


@cache
def libraries() -> tuple[str, ...]:
    """Where the interpreter and its packages lie, and ours: all that a child may read."""
    import pipeline

    ours = os.path.dirname(os.path.realpath(pipeline.__file__))  # noqa: PTH120 - in every child
    installed = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    beside = (path for path in sys.path if path.rstrip("/").endswith(PACKAGES))
    rules = os.path.join(os.path.dirname(ours), "rules")  # noqa: PTH118, PTH120
    return tuple(dict.fromkeys((ours, rules, *installed, *beside, *SYSTEM)))


def confine() -> None:
    """Shut this process in, as far as the kernel can. Raises OSError where it can and does not."""
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return  # a kernel older than 3.5
    landlock.shut(libraries())
    seccomp.shut()


def walls() -> tuple[str, ...]:
    """What this kernel shuts a child in with, for people; empty: nothing but limits."""
    found = landlock.version()
    return (*((f"Landlock {found}",) if found else ()), *(("seccomp",) if seccomp.known() else ()))


def open_sides() -> tuple[str, ...]:
    """What this kernel cannot keep from a child, in both languages; empty: nothing stays open."""
    files = "berkas lain tidak tertutup (tanpa Landlock) / other files are not shut off (no Landlock)"
    calls = (
        "jaringan dan program lain tidak tertutup (tanpa seccomp) / network and programs are not (no seccomp)"
    )
    return (*(() if landlock.version() else (files,)), *(() if seccomp.known() else (calls,)))


def inside(path: object) -> bool:
    """Whether a path belongs to what a child may read."""
    name = os.path.realpath(os.fsdecode(path)) if isinstance(path, (str, bytes)) else ""
    return any(name == place or name.startswith(f"{os.path.realpath(place)}/") for place in libraries())
