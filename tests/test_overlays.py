"""What is laid over a page: signatures put there by a viewer of PDFs, and forms filled in."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.reading.read import read
from tests.drawn import HEIGHT, PDF, opened, pdf
from tests.pages import RIGHT, pact
from tests.shipped import RULES
from tests.test_slots import SLOT

Laid = Callable[[pikepdf.Pdf], Dictionary]
MIDDLE = RIGHT
LEFT_EDGE, RIGHT_EDGE = MIDDLE - 60, MIDDLE + 60
RECT = [LEFT_EDGE, HEIGHT - SLOT - 20, RIGHT_EDGE, HEIGHT - SLOT + 20]
STEPS = [n / 119 for n in range(120)]
LOOPS = [
    (
        MIDDLE + 90 * (step - 0.5) + 8 * math.sin(9 * math.pi * step),
        HEIGHT - SLOT + 14 * math.sin(13 * math.pi * step) * (1 - 0.5 * step),
    )
    for step in STEPS
]


def over(laid: Laid, data: bytes | None = None, rotate: int = 0) -> bytes:
    """A pact that nobody signed, with an annotation."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data or pdf(pact()))) as document:
        page = document.pages[0]
        page.Rotate = rotate
        page.Annots = Array([document.make_indirect(laid(document))])
        document.Root.AcroForm = Dictionary(Fields=Array([a for a in page.Annots if "/FT" in a]))
        document.save(out)
    return out.getvalue()


def annotation(kind: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(RECT), F=4, **more)


def appearance(document: pikepdf.Pdf, content: str, box: list[float], **more: Any) -> Any:
    form = Stream(document, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), **more)
    return Dictionary(N=document.make_indirect(form))


def path(left: float = 0.0, lower: float = 0.0) -> str:
    steps = (f"{x - left} {y - lower} {'l' if n else 'm'}" for n, (x, y) in enumerate(LOOPS))
    return f"0.1 0.1 0.6 RG 1.5 w {' '.join(steps)} S"


def ink(document: pikepdf.Pdf) -> Dictionary:
    """As tablets write it: with an appearance in the coordinates of the page."""
    looks = appearance(document, path(), RECT, Matrix=Array([1, 0, 0, 1, -RECT[0], -RECT[1]]))
    return annotation("Ink", InkList=Array([Array([v for p in LOOPS for v in p])]), AP=looks)


def bare_ink(document: pikepdf.Pdf) -> Dictionary:
    """Without an appearance: viewers join the points."""
    return annotation("Ink", InkList=Array([Array([v for p in LOOPS for v in p])]))


def stamped(document: pikepdf.Pdf) -> Dictionary:
    """As viewers on desks do it: in coordinates of its own, drawn at twice the size."""
    doubled = f"q 2 0 0 2 0 0 cm {path(RECT[0], RECT[1])} Q"
    return annotation("Stamp", AP=appearance(document, doubled, [0, 0, 240, 80]))


def hidden(document: pikepdf.Pdf) -> Dictionary:
    return Dictionary({**dict(ink(document).items()), "/F": 2})


def comment(document: pikepdf.Pdf) -> Dictionary:
    """The sign of a remark, as viewers draw it."""
    return annotation("Text", Contents="periksa", AP=appearance(document, path(), RECT))


def damaged(document: pikepdf.Pdf) -> Dictionary:
    return annotation("Stamp", AP=appearance(document, f"{path()} /X Do (", ["a", 0, 1, 1]))  # type: ignore[list-item]


def field(text: str, state: str | None = None) -> Laid:
    """A field of a form, filled in."""

    def laid(document: pikepdf.Pdf) -> Dictionary:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources = Dictionary(Font=Dictionary(F1=font))
        looks = appearance(
            document, f"BT /F1 10 Tf 2 5 Td ({text}) Tj ET", [0, 0, 120, 40], Resources=resources
        )
        if state is not None:
            looks = Dictionary(N=Dictionary({f"/{state}": looks.N, "/Off": document.make_stream(b"")}))
            return annotation("Widget", FT=Name.Btn, AP=looks, AS=Name(f"/{state}"))
        return annotation("Widget", FT=Name.Tx, V=text, AP=looks)

    return laid


@pytest.mark.parametrize("laid", [ink, bare_ink, stamped])
def test_a_signature_laid_over_the_page_is_one(laid: Laid) -> None:
    found = read(over(laid), PDF, "x", RULES, None).agreements[0]
    assert [s.state for s in found.signatures] == ["signed"]


@pytest.mark.parametrize("laid", [hidden, comment, damaged])
def test_what_is_hidden_or_a_remark_or_damaged_signs_nothing(laid: Laid) -> None:
    found = read(over(laid), PDF, "x", RULES, None).agreements[0]
    assert [s.state for s in found.signatures] == ["missing"]
    assert found.parties[0].name is not None
    assert found.parties[0].name.data


@pytest.mark.parametrize("laid", [field("Kepala Dinas"), field("Kepala Dinas", state="Yes")])
def test_a_field_filled_in_has_words_at_its_place(laid: Laid) -> None:
    words = opened(over(laid, pdf([(72, 100, "Jabatan :")])))[1].layout.words
    assert [w.text for w in words] == ["Jabatan", ":", "Kepala", "Dinas"]
    assert words[2].box.x0 == pytest.approx(LEFT_EDGE + 2, abs=1)
    assert words[2].box.bottom == pytest.approx(SLOT + 20 - 5 + 2, abs=2)


def test_a_field_on_a_page_that_is_turned_is_turned_with_it() -> None:
    words = opened(over(field("Kepala"), pdf([(72, 100, "Jabatan")]), rotate=180))[1].layout.words
    assert sorted(w.text for w in words) == ["Jabatan", "Kepala"]
