"""`pakta files`: what became of each file, why, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, RULES, WITH_NIP
from pipeline.schema import FILE_STATUS

UNREAD = (
    "SELECT status, reason, file, page, path, sha256, engine FROM unread LEFT JOIN sources USING (sha256)"
)
ALL = (
    "SELECT status, reason, shown AS file, NULL AS page, path, sha256, engine"
    " FROM files LEFT JOIN sources USING (sha256) WHERE status IN ({status})"
)
ORDER = " ORDER BY status, reason, path, page"
SHORT = ("status", "alasan / reason", "berkas / file", "hal. / page", "tindakan / what to do")
WHOLE = (
    "status",
    "reason",
    "file",
    "page",
    "reason_id",
    "reason_en",
    "do_id",
    "do_en",
    "path",
    "sha256",
    "engine",
)


@click.command("files", short_help="Berkas / what became of each file, and why")
@DB
@click.option(
    "--status",
    type=click.Choice(FILE_STATUS),
    multiple=True,
    help="Status; tanpa ini semua yang tidak terbaca. / Status; without it, all that was not read.",
)
@click.option("--reason", metavar="CODE", multiple=True, help="Kode alasan. / Reason code.")
@click.option("--en", is_flag=True, help="Kalimat dalam bahasa Inggris. / Sentences in English.")
@RULES
@FORMAT
@OUT
@WITH_NIP
def command(
    db: Path, status: tuple[str, ...], reason: tuple[str, ...], rules: Path | None, *, en: bool, **form: Any
) -> None:
    """Menampilkan berkas yang gagal, ditahan, dan lainnya. / Shows files that failed, are held, and others.

    Tanpa --status: berkas dan halaman yang tidak terbaca. / Without --status: files and pages not read.
    """
    from pipeline.cli.nearest import chosen
    from pipeline.cli.output import Form, deliver_sheet
    from pipeline.run.reasons import reason_of, reasons
    from pipeline.store.export import query
    from pipeline.store.formats import Row, Sheet
    from pipeline.store.sqlite import open_store

    known = reasons(rules)
    wanted = chosen("alasan / reason", reason, known)
    short = form["form"] == "table"
    with open_store(db, write=False) as connection:
        found = query(connection, "files", _sql(status), with_nip=form["with_nip"])
        rows: list[Row] = []
        for state, code, file, page, path, sha256, engine in found.rows:
            if wanted and code not in wanted:
                continue
            words = reason_of(str(code or ""), known)
            if short:
                said, do = (words.en, words.do_en) if en else (words.id, words.do_id)
                rows.append((state, said, file, page, do))
            else:
                more = (words.id, words.en, words.do_id, words.do_en)
                rows.append((state, code, file, page, *more, path, sha256, engine))
        deliver_sheet(Sheet("files", SHORT if short else WHOLE, iter(rows)), Form(**form))


def _sql(status: tuple[str, ...]) -> str:
    if not status:
        return UNREAD + ORDER
    return ALL.format(status=", ".join(f"'{one}'" for one in status)) + ORDER
