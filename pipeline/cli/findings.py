"""`pakta findings`: what the checks hold against agreements and people, and where they cannot tell."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, RULES, WITH_NIP, path_of
from pipeline.schema import FINDING_STATES, SEVERITIES

SHORT = """
    SELECT f.severity AS severity, f.check_id AS "check", f.{message} AS message, o.file AS file,
        f.page AS page{picture}
"""
PICTURE = """,
        CASE WHEN f.x0 IS NOT NULL THEN printf('%.12s-p%03d.png', a.sha256, f.page) END AS picture
"""
WHOLE = "SELECT f.*, o.file AS file, o.unit AS unit"
CROPS = """
    SELECT id, picture FROM crops WHERE id IN (
        SELECT crop FROM findings WHERE check_id GLOB '{check}'
        UNION SELECT crop FROM doubts WHERE check_id GLOB '{check}'
    )
"""
PLACES = "SELECT a.sha256, f.page, f.x0, f.top, f.x1, f.bottom, f.check_id"
FROM = """
    FROM {table} f LEFT JOIN overview o ON o.agreement_id = f.agreement_id
    LEFT JOIN agreements a ON a.id = f.agreement_id
    WHERE {state} f.severity IN ({severities}) AND f.check_id GLOB '{check}'
"""
ORDER = """
    ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
        f.check_id, o.file, f.page, f.message, f.id
"""
KNOWN = "SELECT check_id FROM findings UNION SELECT check_id FROM doubts"


def check_name(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The name of a check, `*` for all."""
    if value is not None and not value.replace("-", "").isalnum():
        raise click.BadParameter(f"'{value}'")
    return value or "*"


@click.command("findings", short_help="Temuan / what the checks have found")
@DB
@click.option("--check", metavar="ID", callback=check_name, help="Satu pemeriksaan saja. / One check only.")
@click.option("--severity", type=click.Choice(SEVERITIES), multiple=True, help="Tingkat. / Severity.")
@click.option(
    "--state", type=click.Choice(FINDING_STATES), default="open", show_default=True, help="Keadaan. / State."
)
@click.option(
    "--doubts", is_flag=True, help="Yang belum dapat dipastikan. / Where a check cannot tell: look yourself."
)
@click.option(
    "--pictures", metavar="DIR", type=path_of, help="Gambar halamannya ke sini. / Write their pages here."
)
@click.option("--en", is_flag=True, help="Kalimat dalam bahasa Inggris. / Sentences in English.")
@click.option(
    "--crops",
    metavar="DIR",
    type=path_of,
    help="Tulis gambar tempat tanda tangan ke sini. / Write the pictures of places to sign here.",
)
@RULES
@FORMAT
@OUT
@WITH_NIP
def command(
    db: Path, check: str, rules: Path | None, pictures: Path | None, crops: Path | None, **given: Any
) -> None:
    """Menampilkan temuan. / Shows the findings."""
    from pipeline.cli.crops import write_crops
    from pipeline.cli.output import Form, deliver
    from pipeline.store.sqlite import open_store

    form = Form(given["form"], given["out"], given["with_nip"])
    rest = _from(check, given["severity"] or SEVERITIES, given["state"], doubts=given["doubts"])
    with open_store(db, write=False) as connection:
        if crops is not None:
            write_crops(connection, crops, CROPS.format(check=check))
        _refuse_unknown(connection, check, rules)
        if pictures is not None:
            _draw(connection, rest, pictures)
        message = "message_en" if given["en"] else "message"
        short = SHORT.format(message=message, picture=PICTURE if pictures else "")
        name = "doubts" if given["doubts"] else "findings"
        deliver(connection, name, (short if form.form == "table" else WHOLE) + rest + ORDER, form)


def _from(check: str, severities: tuple[str, ...], state: str, *, doubts: bool) -> str:
    return FROM.format(
        table="doubts" if doubts else "findings",
        state="" if doubts else f"f.state = '{state}' AND",
        severities=", ".join(f"'{one}'" for one in severities),
        check=check,
    )


def _refuse_unknown(connection: sqlite3.Connection, check: str, overlay: Path | None) -> None:
    from pipeline.cli.nearest import chosen
    from pipeline.rules import layered, shipped

    if check != "*":
        files = (Path(name) for name in layered(shipped(), overlay) if name.startswith("checks/"))
        kept = (row[0] for row in connection.execute(KNOWN))
        chosen("pemeriksaan / check", (check,), {*(file.stem for file in files), *kept})


def _draw(connection: sqlite3.Connection, rest: str, folder: Path) -> None:
    from pipeline.errors import StorageError
    from pipeline.run.look import Place, looked_at
    from pipeline.schema import Box

    rows = connection.execute(f"{PLACES} {rest} AND f.x0 IS NOT NULL AND a.sha256 IS NOT NULL").fetchall()
    places = [Place(row[0], row[1], Box(*row[2:6]), row[6]) for row in rows]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, png in looked_at(connection, places):
            (folder / name).write_bytes(png)
    except OSError as error:
        raise StorageError(f"{folder}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
