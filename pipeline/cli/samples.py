"""`pakta samples`: the archive to try things on, and whether it is still read as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import path_of

DIFFERS = 1  # exit code
CACHE = click.option(
    "--cache", metavar="DIR", type=path_of, help="Tembolok OCR. / Where OCR keeps what it has read."
)


@click.group("samples", short_help="Contoh / samples to try things on")
def command() -> None:
    """Contoh: salin, periksa, tulis. / Samples: copy, check, write."""


@command.command("copy")
@click.argument("folder", metavar="DIR", type=path_of)
def copy(folder: Path) -> None:
    """Menyalin arsip contoh ke folder kosong. / Copies the sample archive into an empty folder."""
    from pipeline.cli.words import harmless
    from pipeline.run.goldens import copy as copied

    for path in copied(folder):
        click.echo(harmless(str(path)))


@command.command("check")
@CACHE
@click.option(
    "--no-ocr",
    "ocr",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Tanpa hasil pindai. / Without scans.",
)
def check(cache: Path | None, *, ocr: bool) -> int:
    """Membaca ulang contoh dan membandingkan. / Reads the samples again and compares."""
    from pipeline.cli.words import harmless
    from pipeline.run import goldens

    before = goldens.kept(goldens.samples() / "goldens")
    if not ocr:
        before = {path: text for path, text in before.items() if not goldens.scanned(text)}
    with _read(cache, ocr=ocr) as now:
        found = list(goldens.differences(before, (one for one in now if ocr or one.path in before)))
    for difference in found:
        click.echo("\n".join(harmless(line) for line in difference.splitlines()))
    click.echo(f"{len(before)} contoh, {len(found)} berbeda. / {len(before)} samples, {len(found)} differ.")
    return DIFFERS if found else 0


@command.command("write")
@CACHE
def write(cache: Path | None) -> None:
    """Menulis hasil baca contoh sebagai acuan. / Writes what the samples are read as."""
    from pipeline.run import goldens

    with _read(cache, ocr=True) as now:
        number = goldens.write(now, goldens.samples() / "goldens")
    click.echo(f"{number} acuan ditulis. / {number} goldens written.")


@contextmanager
def _read(cache: Path | None, *, ocr: bool) -> Iterator[Iterator[Any]]:
    """The samples as they are read now: Goldens, whose module is loaded no earlier than here."""
    from pipeline import rules as rulebook
    from pipeline.run import goldens
    from pipeline.run.trial import readings

    with tempfile.TemporaryDirectory(prefix="pakta-") as folder:
        place = (cache or Path(folder)) if ocr else None
        found = readings(goldens.samples() / "documents", rulebook.load(), place)
        yield (goldens.golden(entry.shown, answer) for entry, answer in found)
