"""A child reads its document and the libraries, and reaches nothing else: files, ports, programs, others."""

import errno
import os
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.isolate import landlock, seccomp
from pipeline.isolate.confine import confine, inside, libraries, open_sides, walls
from pipeline.isolate.pool import answer
from pipeline.isolate.task import Desk, Limits, Task

LIMITS = Limits(seconds=5, silence=20.0)
WITH_FILES = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
WITH_CALLS = pytest.mark.skipif(not seccomp.known(), reason="the calls of this processor are not known")


def in_child(work: Callable[[], Any]) -> str:
    """What a child answers; of an error the name of its number."""

    def tried(_: str, __: Desk) -> str:
        try:
            return str(work())
        except OSError as error:
            return errno.errorcode[error.errno or 0]

    found = answer(Task("", 0, lambda: os.open(os.devnull, os.O_RDONLY)), tried, str, LIMITS)
    return found.value if found.value is not None else found.reason


@WITH_FILES
@pytest.mark.parametrize(
    "reach",
    [
        lambda path: path.read_text(encoding="utf-8"),
        lambda path: path.write_text("x", encoding="utf-8"),
        lambda path: path.unlink(),
        lambda path: path.rename(path.with_name("other")),
        lambda path: (path.parent / "new").mkdir(),
        lambda path: (path.parent / "link").symlink_to(path),
        lambda path: list(path.parent.iterdir()),
        lambda _: Path("/etc/passwd").read_bytes(),
        lambda _: Path("/proc/self/environ").read_bytes(),
        lambda _: list(Path("/").iterdir()),
        lambda _: Path(libraries()[0], "new.py").write_bytes(b""),
    ],
)
def test_no_file_is_within_reach(tmp_path: Path, reach: Callable[[Path], Any]) -> None:
    path = tmp_path / "secret"
    path.write_text("rahasia", encoding="utf-8")
    assert in_child(lambda: reach(path)) == "EACCES"
    assert [p.name for p in tmp_path.iterdir()] == ["secret"]
    assert path.read_text(encoding="utf-8") == "rahasia"


def test_the_libraries_are_within_reach() -> None:
    assert in_child(lambda: bool(Path(sysconfig.get_path("stdlib"), "os.py").read_bytes())) == "True"
    assert inside(f"{sysconfig.get_path('purelib')}/pdfplumber/pdf.py")
    assert not inside("/etc/passwd")
    assert not inside(None)


@WITH_CALLS
@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        lambda: os.execv("/bin/sh", ["sh", "-c", "exit 0"]),  # noqa: S606 - it must not start
        lambda: subprocess.run(["/bin/true"], check=True),
    ],
)
def test_no_network_and_no_program_is_within_reach(reach: Callable[[], Any]) -> None:
    assert in_child(reach) == "EACCES"


@pytest.mark.skipif(landlock.version() < landlock.WITH_SCOPES, reason="this kernel does not keep signals in")
def test_a_child_cannot_signal_its_parent() -> None:
    assert in_child(lambda: os.kill(os.getppid(), signal.SIGTERM)) == "EPERM"


def test_it_is_told_what_a_kernel_can_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 7)
    assert walls()[0] == "Landlock 7"
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert [side.split(" (")[0] for side in open_sides()] == ["berkas lain tidak tertutup"]
    monkeypatch.setattr(seccomp, "known", lambda: False)
    assert walls() == ()
    assert len(open_sides()) == 2


@WITH_FILES
@WITH_CALLS
def test_a_kernel_that_can_leaves_no_side_open() -> None:
    assert open_sides() == ()


def test_a_kernel_without_walls_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(seccomp, "known", lambda: False)
    assert in_child(lambda: "read") == "read"


def test_nothing_is_shut_in_here() -> None:
    """The parent stays as it was: what these tests do in children stays there."""
    assert callable(confine)
    assert Path("/etc/passwd").read_bytes()
