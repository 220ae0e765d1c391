"""The command `pakta`: its parts, loaded when they are asked for, and the place where every error ends."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from pipeline import __version__
from pipeline.cli.words import masked
from pipeline.errors import OwnError, PipelineError, StorageError, UsageError
from pipeline.isolate.threads import single

COMMANDS = {  # name: module of pipeline.cli
    "ingest": "ingest",
    "check": "check",
    "findings": "findings",
    "files": "files",
    "coverage": "coverage",
    "person": "person",
    "match": "match",
    "export": "export",
    "retry": "retry",
    "verify": "verify",
    "forget": "forget",
    "registry": "registry",
    "plan": "plan",
    "result": "result",
    "rules": "rules",
    "samples": "samples",
}
WRITERS = {"ingest", "retry", "verify"}  # they open documents
STOPPED, TERMINATED = 130, 143
PIPE_CLOSED = 141
STORAGE = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)
DEBUG = "PAKTA_DEBUG"


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end, by SIGTERM."""


class Lazy(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.cli.{COMMANDS[cmd_name]}").command
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pakta", message="%(prog)s %(version)s")
def pakta() -> None:
    """Membaca perjanjian kinerja dan pakta integritas, lalu mengatakan apa yang kurang.

    Reads performance agreements and integrity pacts, and says what is missing.
    """


def main() -> NoReturn:
    """Run the command line of this process; ends it with the exit code that says how it went."""
    _standing()
    signal.signal(signal.SIGTERM, _terminate)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # who started us may not have cared how its children end
    os.umask(0o077)
    single()
    _warn(sys.argv[1:])
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except (OSError, ValueError):  # nobody listens any more
        code = code or PIPE_CLOSED
    if code == PIPE_CLOSED:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter complains at its end
    sys.exit(code)


def _warn(arguments: Sequence[str]) -> None:
    """A reader of unknown documents needs no rights over the machine, and is best shut in."""
    if not WRITERS & set(arguments[:1]):
        return
    if os.geteuid() == 0:
        _print(
            "jangan dijalankan sebagai root; pakai akun biasa yang boleh membaca foldernya"
            " / do not run this as root; use an ordinary account that may read the folder"
        )
    from pipeline.isolate.confine import open_sides

    for side in open_sides():
        _print(f"kernel ini tidak mengurung pembaca: {side}")


def _standing() -> None:
    """A standard stream that was closed goes nowhere: the next file that is opened may not take its place."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
            setattr(
                sys,
                name,
                os.fdopen(descriptor, "r" if descriptor == 0 else "w", encoding="utf-8", closefd=False),
            )


def _terminate(_: int, __: FrameType | None) -> NoReturn:
    raise Terminated


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line, after all that it has to say has been said. Raises nothing."""
    try:
        code: Any = pakta.main(list(arguments), prog_name="pakta", standalone_mode=False)
    except BaseException as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return told(error)
    return code if isinstance(code, int) else 0


def told(error: BaseException) -> int:
    """The exit code of an error, and its sentence on standard error. No traceback, whatever it is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return UsageError.exit_code
    if isinstance(error, click.ClickException):
        return _say(UsageError(f"cara pakai / usage: {error.format_message()}"))
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return _stopped(error)
    if isinstance(error, (BrokenPipeError, SystemExit)):  # click makes the second of the first
        return PIPE_CLOSED
    if isinstance(error, PipelineError):
        return _say(error)
    return _say(_ours(error))


def _stopped(error: BaseException) -> int:
    terminated = isinstance(error, Terminated) or isinstance(error.__cause__, Terminated)
    _print("dihentikan; yang sudah tersimpan tetap ada / stopped; what has been kept stays")
    return TERMINATED if terminated else STOPPED


def _ours(error: BaseException) -> PipelineError:
    if isinstance(error, OSError) and error.errno in STORAGE:
        return StorageError(f"penyimpanan gagal / storage failed: {error.strerror}")
    where = f"{type(error).__name__}{_line(error)}"
    return OwnError(
        f"kesalahan program ({where}), mohon laporkan; {DEBUG}=1 menampilkan rinciannya"
        f" / a fault of the program, please report it; {DEBUG}=1 shows the details"
    )


def _line(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _say(error: PipelineError) -> int:
    _print(str(error))
    return error.exit_code


def _print(sentence: str) -> None:
    try:
        click.echo(f"pakta: {masked(sentence)}", err=True)
    except OSError:
        return  # nobody listens any more
