"""The annex of a performance agreement: indicators, money, and the pages that come along with them."""

from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer, Table

from .data import Annex, Budget, Column, Indicator, Look
from .draft import Draft, filled
from .flow import Cell, style
from .statement import title

QUARTERS = ("q1", "q2", "q3", "q4")
NOTED = {"measure": "indicator", "program": "budget", "name": "budget"}
CENTRED = {"no", "unit", "target", "q1", "q2", "q3", "q4", "quality", "time", "note"}
Command = tuple[Any, ...]


def story(draft: Draft) -> list[Flowable]:
    """Title, tables and money, without the signatures."""
    part, family = draft.part, draft.family
    year = part.annex_year or part.year
    lines = tuple(line.replace("{year}", str(year)) for line in family.annex_title)
    pieces = [*title(draft, lines), Spacer(1, 8), *_facts(draft), *indicators(draft)]
    if part.money:
        pieces += [Spacer(1, 12), *money(draft)]
    return pieces


def _facts(draft: Draft) -> list[Flowable]:
    if not draft.family.annex_facts:
        return []
    plain = draft.text(align="left")
    rows = [
        [Cell(label, plain), Cell(f": {filled(draft, text)}", plain)]
        for label, text in draft.family.annex_facts
    ]
    table = Table(rows, colWidths=[110, draft.width - 110])
    table.setStyle(
        [
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return [table, Spacer(1, 8)]


def indicators(draft: Draft) -> list[Flowable]:
    """The table of indicators, as the look of the part has it."""
    look, annex = draft.looks[draft.part.table], draft.annexes[draft.part.annex]
    head = _head(draft, look)
    rows = [_row(draft, look, i, row) for i, row in enumerate(annex.indicators)]
    if look.total:
        rows.append(_total(draft, look, len(look.columns)))
    for above, (i, heading) in enumerate(annex.sections):
        rows.insert(
            i + above,
            [Cell(heading, _letters(draft, look, "left", bold=True)), *[""] * (len(look.columns) - 1)],
        )
    table = _table(draft, look, head, rows)
    table.setStyle(_merges(look, annex.indicators, len(head)) + _across(annex.sections, len(head)))
    return [table]


def _across(sections: tuple[tuple[int, str], ...], top: int) -> list[Command]:
    """Headings within the table run over all columns (in looks that do not merge rows)."""
    return [("SPAN", (0, top + i + above), (-1, top + i + above)) for above, (i, _) in enumerate(sections)]


def _head(draft: Draft, look: Look) -> list[list[Any]]:
    bold = _letters(draft, look, "center", bold=True)
    rows: list[list[Any]] = []
    if any(column.under for column in look.columns):
        rows.append([Cell(column.under or column.title, bold) for column in look.columns])
    rows.append([Cell(column.title.format(year=draft.part.year), bold) for column in look.columns])
    if look.numbers:
        plain = _letters(draft, look, "center")
        rows.append([Cell(look.numbers.format(i), plain) for i in range(1, len(look.columns) + 1)])
    return rows


def _letters(draft: Draft, look: Look, align: str, **more: Any) -> Any:
    size = look.size or min(draft.family.size - 1, 10)
    return style(draft.family.font, size, 1.2, align, **more)


def _row(draft: Draft, look: Look, i: int, row: Indicator) -> list[Any]:
    return [_cell(draft, look, column.key, i, row) for column in look.columns]


def _cell(draft: Draft, look: Look, key: str, i: int, row: Indicator) -> Any:
    text = _value(draft, look, key, i, row)
    align = "right" if key == "amount" else "center" if key in CENTRED else "left"
    letters = _letters(draft, look, align)
    if text and key in NOTED:
        number = draft.annexes[draft.part.annex].beside.index(i) if key == "program" else i
        return Cell.noted(text, letters, draft.marks, (NOTED[key], draft.index, number))
    return Cell(text, letters) if text else ""


def _value(draft: Draft, look: Look, key: str, i: int, row: Indicator) -> str:
    annex = draft.annexes[draft.part.annex]
    if key in ("no", "objective"):
        return _lead(look, annex.indicators, key, i)
    if key in QUARTERS:
        return row.quarters[QUARTERS.index(key)] if row.quarters else ""
    if key in ("program", "amount"):
        return _beside(look, annex, key, i)
    if key == "formula":
        return _formula(row.measure)
    text = str(getattr(row, key) or "")
    return _leq(text)


def _formula(measure: str) -> str:
    if "Persentase" in measure:
        return "Jumlah yang terpenuhi dibagi jumlah seluruhnya dikali 100 persen"
    return "Laporan bulanan bidang dan berita acara serah terima pekerjaan"


def _leq(text: str) -> str:
    return text.replace("<", "&lt;")


def _lead(look: Look, rows: tuple[Indicator, ...], key: str, i: int) -> str:
    """Number and objective: in the first row of a group, or in every row."""
    first = i == 0 or rows[i - 1].objective != rows[i].objective
    if key == "no":
        number = (
            i
            if look.merge == "repeat"
            else [name for name, _ in groupby(rows, lambda r: r.objective)].index(rows[i].objective)
        )
        return f"{number + 1}{look.dot}" if first or look.merge == "repeat" else ""
    return rows[i].objective if first or look.merge == "repeat" else ""


def _beside(look: Look, annex: Annex, key: str, i: int) -> str:
    """Programme and money in the same row as an indicator."""
    if i not in annex.beside:
        return ""
    budget = annex.budgets[annex.beside.index(i)]
    return budget.name if key == "program" else rupiah(look, budget.amount)


def rupiah(look: Look, amount: int) -> str:
    """An amount as the look prints it, such as `Rp 1.250.000,00`."""
    return look.money.format(f"{amount:,}".replace(",", "."))


def _merges(look: Look, rows: tuple[Indicator, ...], top: int) -> list[Command]:
    commands: list[Command] = (
        _two_storeys(look.columns) if any(column.under for column in look.columns) else []
    )
    keys = [column.key for column in look.columns]
    if look.merge == "span":
        commands += [
            span
            for key in ("no", "objective")
            for span in _spans(keys.index(key), [row.objective for row in rows], top)
        ]
    if look.merge_target:
        commands += _spans(keys.index("target"), [f"{row.objective} {row.target}" for row in rows], top)
    return commands


def _two_storeys(columns: tuple[Column, ...]) -> list[Command]:
    commands: list[Command] = [
        ("SPAN", (i, 0), (i, 1)) for i, column in enumerate(columns) if not column.under
    ]
    start = 0
    for under, group in groupby(columns, lambda column: column.under):
        size = len(list(group))
        if under:
            commands.append(("SPAN", (start, 0), (start + size - 1, 0)))
        start += size
    return commands


def _spans(column: int, values: list[str], top: int) -> list[Command]:
    """One SPAN for each run of equal values."""
    commands, start = [], top
    for _, group in groupby(values):
        size = len(list(group))
        commands.append(("SPAN", (column, start), (column, start + size - 1)))
        start += size
    return commands


def _total(draft: Draft, look: Look, width: int) -> list[Any]:
    bold = _letters(draft, look, "left", bold=True)
    amounts = draft.annexes[draft.part.annex].budgets
    total = draft.part.total or grand(amounts)
    row: list[Any] = [""] * width
    row[1 if width > 2 else 0] = Cell(look.total, bold)
    place = next(i for i, column in enumerate(look.columns) if column.key == "amount")
    row[place] = Cell(rupiah(look, total), _letters(draft, look, "right", bold=True))
    return row


def grand(budgets: tuple[Budget, ...]) -> int:
    """The sum of the highest level that is printed, rupiah."""
    top = budgets[0].level if budgets else ""
    return sum(budget.amount for budget in budgets if budget.level == top)


def _table(draft: Draft, look: Look, head: list[list[Any]], rows: list[list[Any]]) -> Table:
    scale = draft.width / sum(column.width for column in look.columns)
    widths = [column.width * scale for column in look.columns]
    table = Table(
        head + rows, colWidths=widths, repeatRows=len(head) if look.repeat else 0, splitInRow=int(look.cut)
    )
    table.setStyle(_ruling(look, len(head)))
    return table


def _ruling(look: Look, head: int) -> list[Command]:
    commands: list[Command] = [
        ("VALIGN", (0, 0), (-1, head - 1), "MIDDLE"),
        ("VALIGN", (0, head), (-1, -1), "TOP"),
    ]
    commands += [(f"{side}PADDING", (0, 0), (-1, -1), 4) for side in ("LEFT", "RIGHT")]
    if look.merge == "span":
        commands.append(("VALIGN", (0, head), (-1, -1), "MIDDLE"))
    if look.ruled == "grid":
        commands.append(("GRID", (0, 0), (-1, -1), 0.6, "black"))
    if look.ruled == "lines":
        commands += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
            ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.6, "black"),
            ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
        ]
    if look.shade:
        commands.append(("BACKGROUND", (0, 0), (-1, head - 1), HexColor(look.shade)))
    return commands


def money(draft: Draft) -> list[Flowable]:
    """The table of programmes and amounts."""
    look, budgets = draft.looks[draft.part.money], draft.annexes[draft.part.annex].budgets
    rows = [
        [_amount_cell(draft, look, column.key, i, row) for column in look.columns]
        for i, row in enumerate(budgets)
    ]
    if look.total:
        rows.append(_total(draft, look, len(look.columns)))
    return [_table(draft, look, _head(draft, look), rows)]


def _amount_cell(draft: Draft, look: Look, key: str, i: int, row: Budget) -> Any:
    if key == "amount":
        return Cell(rupiah(look, row.amount), _letters(draft, look, "right"))
    if key == "name":
        indent = (
            {"program": 0, "kegiatan": 8, "sub_kegiatan": 16}[row.level]
            if look.columns[0].key == "code"
            else 0
        )
        look_of_name = _letters(draft, look, "left", leftIndent=indent, bold=row.level == "program")
        return Cell.noted(row.name, look_of_name, draft.marks, (NOTED[key], draft.index, i))
    text = f"{i + 1}{look.dot}" if key == "no" else str(getattr(row, key))
    return Cell(text, _letters(draft, look, "center" if key in CENTRED else "left")) if text else ""
