"""A page that says one thing and shows another: what is seen is believed, and what is said is kept."""

from __future__ import annotations

import io
import re
from functools import cache

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.raster import Pixels, Raster
from pipeline.schema import Word
from tests.eyes import eyes
from tests.paper import SIZE, TEXT, only, pdf, picture, scan, texts, typed

DPI = 150


@cache
def typed_page() -> Pixels:
    return picture(pdf(typed), DPI)


def under(*rows: str) -> bytes:
    """A scan with invisible text over it, as scanners make it."""

    def hidden(canvas: Canvas) -> None:
        written = canvas.beginText(40, 250)
        written.setFont("Times-Roman", 11)
        written.setTextRenderMode(3)
        written.setLeading(30)
        for row in rows:
            written.textLine(row)
        canvas.drawText(written)

    return scan(typed_page(), over=hidden)


def test_hidden_text_that_says_otherwise_is_kept_beside_what_was_read() -> None:
    wrong = [row.replace("Arkana", "Arhana") for row in TEXT]
    sheet = only(under(*wrong), ocr=eyes)
    assert "Arkana" in sheet.layout.page.text
    assert "Arhana" in sheet.layout.page.hidden
    (said,) = [word for word in sheet.layout.hidden if word.text == "Arhana"]
    (read,) = [word for word in sheet.layout.words if word.text == "Arkana"]
    assert said.box.middle == pytest.approx(read.box.middle, abs=5)
    assert said.box.centre == pytest.approx(read.box.centre, abs=5)


@pytest.mark.parametrize("rows", [TEXT, ()])
def test_hidden_text_that_says_the_same_or_nothing_is_not_kept(rows: tuple[str, ...]) -> None:
    sheet = only(under(*rows), ocr=eyes)
    assert (sheet.layout.page.origin, sheet.layout.page.hidden, sheet.layout.hidden) == ("ocr", "", ())


def ligatures(said: str) -> bytes:
    """A page with 'fi' drawn as one sign, of which the file says that it is the letter `said` (hex)."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 12)
        canvas.drawString(40, 200, "Nama : Ru\ufb01na Safitri")
        canvas.drawString(40, 170, "Realisasi de\ufb01sit")
        canvas.drawString(40, 100, "Pihak pertama berjanji akan mewujudkan target kinerja")

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(draw, size=SIZE))) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and b"beginbf" in item.read_bytes():
                item.write(re.sub(b"(?i)FB01", said.encode(), item.read_bytes()))
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("said", ["019F", "E001", "FFFD"])
def test_joined_letters_that_a_broken_font_loses_are_read_by_eye(said: str) -> None:
    sheet = only(ligatures(said), ocr=eyes)
    assert {"Rufina", "Safitri", "defisit", "Realisasi"} <= set(texts(sheet))
    assert "Rufina" in sheet.layout.page.text
    assert sheet.layout.page.origin == "text"


def test_joined_letters_that_say_what_they_are_need_no_eye() -> None:
    def blind(raster: Raster) -> tuple[Word, ...]:
        raise AssertionError(raster)

    assert "Rufina" in texts(only(ligatures("FB01"), ocr=blind))


def test_without_eyes_a_broken_word_stays_as_it_is() -> None:
    assert "Ru\u019fna" in texts(only(ligatures("019F")))


def test_where_the_eye_sees_other_letters_the_file_is_believed() -> None:
    def wrong(raster: Raster) -> tuple[Word, ...]:
        return tuple(Word("Bambang", word.box, word.size, 0.99) for word in eyes(raster)[:1])

    assert "Ru\u019fna" in texts(only(ligatures("019F"), ocr=wrong))
