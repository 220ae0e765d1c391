"""Whether values that are said to be sure are right: confidence against truth, drawn as docs/reliability.svg.

python -m benchmarks.reliability DB TRUTH    out of a database and the truth of the documents it was read from
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from benchmarks.measure import ROOT

PICTURE = ROOT / "docs" / "reliability.svg"
EDGES = (0.0, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0001)  # of confidence: most values are very sure
FACTS = """
    select f.shown, t.page, t.field, t.data, t.confidence
    from facts t join agreements a on a.id = t.agreement_id join files f on f.sha256 = a.sha256
    where t.origin = 'ocr' and t.data is not null and (t.record, t.field) in
        (values ('parties', 'name'), ('parties', 'nip'), ('agreements', 'signed_on'))
"""
SIZE = 420  # pixels of the drawing
ROOM = 60  # pixels around it
STEP = (SIZE - 2 * ROOM) / (len(EDGES) - 1)


@dataclass(frozen=True, slots=True)
class Bin:
    """Values of about one confidence: from which on, how many, and what share of them is right."""

    least: float
    count: int
    right: float


def bins(values: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    """The values by confidence; a bin without values is left out.

    >>> [(one.least, one.count, one.right) for one in bins([(0.85, True), (0.85, False), (1.0, True)])]
    [(0.8, 2, 0.5), (0.999, 1, 1.0)]
    """
    for least, most in pairwise(EDGES):
        inside = [right for sure, right in values if least <= sure < most]
        if inside:
            yield Bin(least, len(inside), sum(inside) / len(inside))


def judged(db: Path, truth: Path) -> list[tuple[float, bool]]:
    """Confidence of every name, number and date read by eye, and whether the truth has it so."""
    known = _known(truth)
    with closing(sqlite3.connect(db)) as connection:
        found = connection.execute(FACTS).fetchall()
    return [
        (float(sure), _squeezed(data) in known[name, field])
        for name, _, field, data, sure in found
        if (name, field) in known
    ]


def _known(truth: Path) -> dict[tuple[str, str], set[str]]:
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in truth.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        file = Path(row["file"]).name
        known[file, "signed_on"] |= {_squeezed(row["date"])} if row.get("date") else set()
        for party in row["parties"]:
            names = (party["name_printed"], party.get("name_ident"))
            known[file, "name"] |= {_squeezed(name) for name in names if name}
            known[file, "nip"] |= {re.sub(r"\D", "", party["nip_printed"] or "")} - {""}
    return known


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", str(text)).casefold()


def drawn(found: Sequence[Bin]) -> str:
    """The bins as a picture, SVG: a bar for each, with the number of its values under it."""
    parts = [
        _line(ROOM, y, SIZE - ROOM, y, str(share)) for share in (0, 50, 100) for y in [_height(share / 100)]
    ]
    for one in found:
        x, top = ROOM + EDGES.index(one.least) * STEP, _height(one.right)
        size = f'width="{STEP - 6:.0f}" height="{_height(0) - top:.0f}"'
        bar = f'<rect x="{x + 3:.0f}" y="{top:.0f}" {size} fill="#1f77b4"/>'
        parts += [bar, _text(x + STEP / 2, top - 4, f"{100 * one.right:.0f}")]
        parts += [
            _text(x + STEP / 2, _height(0) + 14, f"{one.least:g}"),
            _text(x + STEP / 2, _height(0) + 28, f"n {one.count}"),
        ]
    parts.append(_text(SIZE / 2, SIZE - 8, "keyakinan mulai dari / confidence from; benar / right, %"))
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" font-family="sans-serif" '
        f'font-size="10">\n<rect width="{SIZE}" height="{SIZE}" fill="white"/>\n{inside}\n</svg>\n'
    )


def _height(share: float) -> float:
    return SIZE - ROOM - share * (SIZE - 2 * ROOM)


def _line(x0: float, y0: float, x1: float, y1: float, label: str) -> str:
    stroke = f'<line x1="{x0:.0f}" y1="{y0:.0f}" x2="{x1:.0f}" y2="{y1:.0f}" stroke="#bbb"/>'
    return stroke + _text(x0 - 14, y0 + 4, label)


def _text(x: float, y: float, said: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{said}</text>'


@click.command()
@click.argument("db", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("truth", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def main(db: Path, truth: Path) -> None:
    """Draw docs/reliability.svg and print what it shows."""
    found = list(bins(judged(db, truth)))
    PICTURE.write_text(drawn(found), encoding="utf-8")
    for one in found:
        click.echo(f"{one.least:<6g} {one.count:5d} {100 * one.right:6.1f} %")


if __name__ == "__main__":
    main()
