"""Commands of the READMEs, run as they stand there, and what they show on a terminal."""

from __future__ import annotations

import atexit
import fcntl
import os
import pty
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
SEEN = ROOT / ".demo" / "demo.db.cache"  # what `make demo` has read of the scans, by the pixels of each
ROWS, COLUMNS = 40, 100  # of the terminal
DONE = (0, 1)  # exit codes
PROGRAMS = {
    "pakta": "from pipeline.cli import main; main()",
    "sqlite-utils": "from sqlite_utils.cli import cli; cli()",
}


def shown(*commands: str, first: int = 0, last: int = 0) -> str:
    """Commands as a block to copy; below it what the last of them shows, or its first and last lines."""
    answer = [answered(command) for command in commands][-1].splitlines()
    lines = [line.rstrip() for line in answer if line.strip()]
    if 0 < first + last < len(lines):
        lines = [*lines[:first], "…", *lines[len(lines) - last :]]
    return "\n".join([block("sh", *commands), *([block("text", *lines)] if lines else [])])


def block(language: str, *lines: str) -> str:
    """Lines as they stand in a README."""
    return "\n".join([f"```{language}", *lines, "```"])


@cache
def answered(command: str) -> str:
    """What a command shows on a terminal, in a folder with the samples and what earlier commands made.

    Raises RuntimeError where it does not do its work.
    """
    program, *arguments = shlex.split(command)
    around = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    around.pop("COLUMNS", None)
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    with subprocess.Popen(  # noqa: S603 - our own commands, out of our own READMEs
        [sys.executable, "-c", PROGRAMS[program], *arguments],
        cwd=desk(),
        env=around,
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.PIPE,
    ) as child:
        os.close(terminal)
        text = b"".join(_written(screen)).decode()
        wrong = child.communicate()[1].decode()
    if child.returncode not in DONE:
        raise RuntimeError(f"{command}: {child.returncode}\n{wrong}")
    return Text.from_ansi(text.replace("\r\n", "\n")).plain


def _written(screen: int) -> Iterator[bytes]:
    """All that is written to a terminal until its last user goes."""
    while True:
        try:
            yield os.read(screen, 65536)
        except OSError:
            os.close(screen)
            return


@cache
def desk() -> Path:
    """The folder in which the commands are run, as if it were a clone; gone when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="pakta-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("docs", "rules", "samples"):
        (folder / name).symlink_to(ROOT / name)
    SEEN.mkdir(parents=True, exist_ok=True)
    (folder / "pakta.db.cache").symlink_to(SEEN)
    return folder
