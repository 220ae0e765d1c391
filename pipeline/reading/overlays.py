"""What is laid over a page, as it is displayed: fields filled in, signatures drawn in a viewer of PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect, apply_matrix_rect

from pipeline.reading.document import DAMAGE

KINDS = frozenset({"Widget", "Stamp", "Ink", "FreeText", "PolyLine"})  # others mark or explain what is there
UNSEEN = 0b100010  # flags Hidden and NoView (PDF 32000-1, table 165)
NAME = "appearance"


def appearances(page: PDFPage) -> Iterator[tuple[PDFStream, Matrix]]:
    """The appearance of each annotation that is displayed on a page, and where it is put.

    Of one that is damaged nothing comes: the page has words of its own.
    """
    with suppress(*DAMAGE):
        for annotation in resolve1(page.annots) or ():
            with suppress(*DAMAGE):
                yield from _placed(resolve1(annotation))


def draw(interpreter: PDFPageInterpreter, appearance: PDFStream, place: Matrix, ctm: Matrix) -> None:
    """Draw an appearance over a page that was drawn with this `ctm`."""
    interpreter.init_resources({})
    interpreter.init_state(ctm)
    interpreter.xobjmap[NAME] = appearance
    interpreter.do_cm(*place)
    interpreter.do_Do(LIT(NAME))


def _placed(annotation: dict[str, Any]) -> Iterator[tuple[PDFStream, Matrix]]:
    if not _displayed(annotation):
        return
    found, box = _appearance(annotation), _rectangle(annotation.get("Rect"))
    place = _place(found, box) if found is not None and box is not None else None
    if found is not None and place is not None:
        yield found, place


def _displayed(annotation: dict[str, Any]) -> bool:
    flags = resolve1(annotation.get("F")) or 0
    return literal_name(resolve1(annotation.get("Subtype"))) in KINDS and not flags & UNSEEN


def _appearance(annotation: dict[str, Any]) -> PDFStream | None:
    """Its normal appearance, of several that of its state; where it lacks, strokes of ink have their own."""
    looks = resolve1(annotation.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    if isinstance(normal, dict):
        state = resolve1(annotation.get("AS"))
        normal = resolve1(normal.get(literal_name(state))) if state is not None else None
    return normal if isinstance(normal, PDFStream) else _inked(annotation)


def _inked(annotation: dict[str, Any]) -> PDFStream | None:
    """The strokes of a pen that have no appearance: a viewer draws them from point to point."""
    strokes = [[float(v) for v in resolve1(s)] for s in resolve1(annotation.get("InkList")) or ()]
    lines = (zip(stroke[::2], stroke[1::2], strict=False) for stroke in strokes)
    drawn = " ".join(f"{x} {y} {'l' if n else 'm'}" for line in lines for n, (x, y) in enumerate(line))
    if not drawn:
        return None
    form = {"Subtype": LIT("Form"), "BBox": resolve1(annotation["Rect"]), "Resources": {}}
    stream = PDFStream(form, f"{drawn} S".encode())
    stream.set_objid(-1, 0)
    return stream


def _place(appearance: PDFStream, box: Rect) -> Matrix | None:
    """What fits the appearance into the rectangle of its annotation (PDF 32000-1, 12.5.5)."""
    bounds = _rectangle(appearance.get("BBox"))
    if bounds is None:
        return None
    matrix = resolve1(appearance.get("Matrix")) or MATRIX_IDENTITY
    x0, y0, x1, y1 = apply_matrix_rect(tuple(float(resolve1(v)) for v in matrix), bounds)  # type: ignore[arg-type]
    if x1 <= x0 or y1 <= y0:
        return None
    across, up = (box[2] - box[0]) / (x1 - x0), (box[3] - box[1]) / (y1 - y0)
    return across, 0, 0, up, box[0] - x0 * across, box[1] - y0 * up


def _rectangle(value: object) -> Rect | None:
    """Left, lower, right and upper edge; None where it is none."""
    corners = resolve1(value)
    if not isinstance(corners, list) or len(corners) != 4:
        return None
    x0, y0, x1, y1 = (float(resolve1(v)) for v in corners)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
