"""Pages that are bound in with an agreement and are not part of its promise."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer, Table

from .draft import GAP, Draft, paragraphs
from .flow import Cell, cells, ruled
from .statement import title

DARK = HexColor("#a6a6a6")


def measured(draft: Draft) -> list[Flowable]:
    """Last year's PENGUKURAN KINERJA: results, not promises."""
    above = title(draft, draft.words["measured_title"])
    return [*above, Spacer(1, 10), *paragraphs(draft, [draft.words["measured_opening"]]), results(draft)]


def results(draft: Draft) -> Table:
    """The table of last year's targets and results."""
    head = cells(draft.words["measured_head"], draft.text(9, "center", bold=True))
    rows = [cells((str(i), *row), draft.text(9, "left")) for i, row in enumerate(draft.words["measured"], 1)]
    return ruled([head, *rows], [28, draft.width - 268, 80, 80, 80])


def action_plan(draft: Draft) -> list[Flowable]:
    """A RENCANA AKSI page: the same indicators, spread over the months."""
    words, plain = draft.words, draft.text(8, "left")
    promised, steps = draft.annexes[draft.part.annex].indicators, words["plan_steps"]
    head = cells(words["plan_head"], draft.text(7.5, "center", bold=True))
    rows: list[list[Any]] = [
        [*cells((str(i), row.measure, steps[(i - 1) % len(steps)]), plain), *[""] * 12]
        for i, row in enumerate(promised, 1)
    ]
    widths = [24.0, 190.0, draft.width - 214 - 12 * 21, *[21.0] * 12]
    table = ruled([head, *rows], widths, *_months(len(rows)), line=0.5)
    note = Cell(f"Keterangan :{GAP} kolom gelap = jadwal pelaksanaan", plain)
    return [*title(draft, words["plan_title"]), Spacer(1, 8), table, Spacer(1, 6), note]


def _months(count: int) -> list[tuple[Any, ...]]:
    """Three dark months in each row."""
    spots = [(3 + (i * 3 + k) % 12, i + 1) for i in range(count) for k in range(3)]
    return [("BACKGROUND", spot, spot, DARK) for spot in spots]
