"""`pakta rules`: do the rules hold what their examples promise, and what does a rule find in a document?"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import RULES, WITH_NIP, path_of

FAULTY = 1  # exit code
CACHE = click.option(
    "--cache", metavar="DIR", type=path_of, help="Tembolok OCR. / Where OCR keeps what it has read."
)


@click.group("rules", short_help="Aturan / test and try the rules")
def command() -> None:
    """Aturan: uji dan coba. / Rules: test and try."""


@command.command("test")
@click.argument("rule", metavar="[RULE]", required=False, default="")
@RULES
def test(rule: str, rules: Path | None) -> int:
    """Menjalankan contoh setiap aturan. / Runs the examples of each rule."""
    from pipeline import rules as rulebook
    from pipeline.cli.words import harmless
    from pipeline.errors import UsageError
    from pipeline.run.examples import faults
    from pipeline.run.settings import settings

    loaded = rulebook.load(rules)
    results = list(faults(loaded, settings(loaded, rules), rule))
    if not results:
        raise UsageError(f"aturan '{rule}' tidak ada / there is no such rule")
    wrong = [fault for _, found in results for fault in found]
    for fault in wrong:
        click.echo(harmless(fault))
    click.echo(f"{len(results)} aturan, {len(wrong)} salah. / {len(results)} rules, {len(wrong)} faults.")
    return FAULTY if wrong else 0


@command.command("try")
@click.argument("rule", metavar="RULE")
@click.argument("file", metavar="FILE", type=path_of)
@click.option(
    "--out", metavar="DIR", type=path_of, help="Tulis gambar halaman ke sini. / Write page images here."
)
@click.option(
    "--no-ocr", "ocr", is_flag=True, flag_value=False, default=True, help="Tanpa OCR. / Without OCR."
)
@CACHE
@RULES
@WITH_NIP
def attempt(
    rule: str,
    file: Path,
    out: Path | None,
    cache: Path | None,
    rules: Path | None,
    *,
    ocr: bool,
    with_nip: bool,
) -> int:
    """Memperlihatkan apa yang ditemukan sebuah aturan. / Shows what a rule finds.

    RULE: a document type, a check, a file of either, or the beginning of the name of a value.
    """
    from pipeline.cli.attempt import Attempt, show

    return show(Attempt(rule, file, out, cache, rules, ocr=ocr, with_nip=with_nip))
