"""What is shown on the terminal: tables of plain text, everything from outside made harmless first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.words import masked

WIDE = 160  # columns where there is no terminal to ask
WORD = 24  # letters of a word that is not cut


def screen(*, errors: bool = False) -> Console:
    """Standard output, or standard error for what is not the result; nothing is taken for markup."""
    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else WIDE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], *, with_nip: bool = False
) -> Table:
    """A table; columns of numbers stand to the right, and short words are not cut in two."""
    kept = [list(row) for row in rows]
    made = Table(title=Text(title, style="bold"), box=SIMPLE, title_justify="left", pad_edge=False)
    for at, heading in enumerate(headings):
        numeric = bool(kept) and all(isinstance(row[at], int | float | None) for row in kept)
        word = not numeric and all(len(str(row[at])) <= WORD and " " not in str(row[at]) for row in kept)
        justify: Literal["left", "right"] = "right" if numeric else "left"
        made.add_column(Text(heading), justify=justify, overflow="fold", no_wrap=word)
    for row in kept:
        made.add_row(*(Text(cell(value, with_nip=with_nip)) for value in row))
    return made


def understood(out: Console, columns: Iterable[tuple[str, str]], unread: Iterable[str]) -> None:
    """How the columns of a spreadsheet were understood, and which were not."""
    out.print(table("Kolom / columns", ("kolom / column", "judul di berkas / heading in the file"), columns))
    for name in unread:
        out.print(f"tidak dibaca / not read: {cell(name)}", soft_wrap=True)


def cell(value: object, *, with_nip: bool = False) -> str:
    """A value as text; nothing for None."""
    return "" if value is None else masked(str(value), with_nip=with_nip)
