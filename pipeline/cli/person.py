"""`pakta person`: everything held about a person, on the terminal or as a file for a data-subject request."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, WITH_NIP, path_of

FORMS = (".json", ".xlsx")


def form_of(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    """A file whose name says json or xlsx."""
    if value is not None and value.suffix.lower() not in FORMS:
        raise click.BadParameter(f"'{value}': {' / '.join(FORMS)}")
    return value


@click.command("person", short_help="Semua tentang seseorang / everything about a person")
@click.argument("who", metavar="NAME|NIP")
@DB
@click.option(
    "--export", "out", metavar="FILE", type=path_of, callback=form_of,
    help="Berkas JSON atau XLSX untuk pemilik data, dicatat. / A JSON or XLSX file for the person, logged.",
)  # fmt: skip
@RULES
@WITH_NIP
def command(who: str, db: Path, out: Path | None, rules: Path | None, *, with_nip: bool) -> None:
    """Menampilkan semua yang tersimpan tentang seseorang. / Shows everything that is held about a person.

    Nama yang dimiliki beberapa orang ditampilkan semuanya; sebutkan NIP. / A name that several people have is
    listed; give a NIP then.
    """
    from pipeline import rules as rulebook
    from pipeline.cli.held import exported, one_of, shown
    from pipeline.store.sqlite import open_store

    book = rulebook.load(rules)
    with open_store(db, write=out is not None) as connection:
        subject = one_of(connection, who, book.words, with_nip=with_nip)
        if out is None:
            shown(connection, subject, with_nip=with_nip)
        else:
            exported(connection, book, subject, out, with_nip=with_nip)
