"""`pakta findings`: what the checks hold against agreements and people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, WITH_NIP, path_of
from pipeline.schema import FINDING_STATES, SEVERITIES

SHORT = """
    SELECT f.severity AS severity, f.check_id AS "check", f.{message} AS message, o.file AS file,
        f.page AS page
"""
WHOLE = "SELECT f.*, o.file AS file, o.unit AS unit"
CROPS = """
    SELECT id, picture FROM crops WHERE id IN (
        SELECT crop FROM findings WHERE check_id GLOB '{check}'
        UNION SELECT crop FROM doubts WHERE check_id GLOB '{check}'
    )
"""
FROM = """
    FROM findings f LEFT JOIN overview o ON o.agreement_id = f.agreement_id
    WHERE f.state = '{state}' AND f.severity IN ({severities}) AND f.check_id GLOB '{check}'
    ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
        f.check_id, o.file, f.page, f.message, f.id
"""


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
@click.option("--en", is_flag=True, help="Kalimat dalam bahasa Inggris. / Sentences in English.")
@click.option(
    "--crops",
    metavar="DIR",
    type=path_of,
    help="Tulis gambar tempat tanda tangan ke sini. / Write the pictures of places to sign here.",
)
@FORMAT
@OUT
@WITH_NIP
def command(
    db: Path, check: str, severity: tuple[str, ...], state: str, crops: Path | None, *, en: bool, **form: Any
) -> None:
    """Menampilkan temuan. / Shows the findings."""
    from pipeline.cli.crops import write_crops
    from pipeline.cli.output import Form, deliver
    from pipeline.store.sqlite import open_store

    severities = ", ".join(f"'{one}'" for one in severity or SEVERITIES)
    select = SHORT.format(message="message_en" if en else "message") if form["form"] == "table" else WHOLE
    sql = select + FROM.format(state=state, severities=severities, check=check)
    with open_store(db, write=False) as connection:
        if crops is not None:
            write_crops(connection, crops, CROPS.format(check=check))
        deliver(connection, "findings", sql, Form(**form))
