"""Codes and badges: a claim in its place, with its link, never a signature."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pikepdf
import pytest
import zxingcpp
from PIL import Image
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.raster import Raster
from pipeline.reading.read import read
from pipeline.schema import Reading, Word
from tests.drawn import HEIGHT, PDF, WIDTH, Paint, Row, centred, opened, pdf, reading
from tests.esigned import issued, signed
from tests.pages import LEFT, RIGHT, annex, pact, statement
from tests.shipped import RULES

LINK = "https://tte.telagabiru.example/v/7F3K"
FOOTER = "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik BSrE"
BADGE = "Ditandatangani secara elektronik oleh:"
ROOM = 385.0  # points from the top: the upper edge of the room to sign on a statement
DPI = 150


def code(text: str = LINK, side: int = 140, quiet: bool = True) -> Image.Image:
    """A picture of a code, about as many pixels high as given."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    pixels = np.array(zxingcpp.write_barcode_to_image(made, scale=4, add_quiet_zones=quiet))
    return Image.fromarray(pixels).convert("RGB").resize((side, side), Image.Resampling.NEAREST)


def pasted(*places: tuple[float, float], picture: Image.Image | None = None, side: float = 38) -> Paint:
    """Pictures with their left upper corners at points from the left and the top."""

    def paint(canvas: Canvas) -> None:
        for left, top in places:
            image = ImageReader(picture or code())
            canvas.drawImage(image, left, HEIGHT - top - side, side, side)

    return paint


def told(found: Reading) -> dict[tuple[str, str], tuple[str, str]]:
    return {(s.role, s.part): (s.state, s.method) for a in found.agreements for s in a.signatures}


def test_a_code_in_a_place_is_a_claim_with_its_link() -> None:
    found = reading(RULES, statement(), paint=pasted((RIGHT - 19, ROOM)))
    assert [(c.page, c.kind, c.text, c.link) for c in found.codes] == [(1, "QRCode", LINK, LINK)]
    assert told(found)["pihak_pertama", "statement"] == ("unclear", "qr")
    assert told(found)["pihak_kedua", "statement"] == ("missing", "none")
    (slot,) = [s for s in found.agreements[0].signatures if s.code is not None]
    assert slot.role == "pihak_pertama"


@pytest.mark.parametrize(
    "picture",
    [
        code(side=140),
        code(side=87),
        code(side=600),
        code(side=140, quiet=False),
        code().rotate(180),
        code(LINK * 3, side=240),
        code().convert("1"),
    ],
)
def test_a_code_is_read_however_it_is_drawn(picture: Image.Image) -> None:
    found = reading(RULES, pact(), paint=pasted((RIGHT - 19, 345), picture=picture))
    assert [c.link is not None for c in found.codes] == [True]


def ruled(canvas: Canvas) -> None:
    """A code drawn square by square, with no picture at all."""
    made = Drawing(45, 45)
    made.add(QrCodeWidget(LINK, barWidth=45, barHeight=45, barBorder=0))
    renderPDF.draw(made, canvas, RIGHT - 22, HEIGHT - ROOM - 45)


def test_a_code_drawn_square_by_square_is_read_as_it_is_displayed() -> None:
    found = reading(RULES, statement(), paint=ruled)
    assert [c.link for c in found.codes] == [LINK]
    assert told(found)["pihak_pertama", "statement"] == ("unclear", "qr")


def test_a_code_on_a_page_that_lies_on_its_side_is_where_it_is_displayed() -> None:
    upright = reading(RULES, pact(), paint=pasted((RIGHT - 19, 345))).codes[0]
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(pact(), paint=pasted((RIGHT - 19, 345))))) as document:
        document.pages[0].rotate(90, relative=False)
        document.save(turned)
    found = read(turned.getvalue(), PDF, "0" * 64, RULES, None).codes[0]
    assert (upright.x0, upright.top) == pytest.approx((RIGHT - 19, 345), abs=1)
    assert (found.x0, found.top) == pytest.approx((HEIGHT - 345 - 38, RIGHT - 19), abs=1)


@pytest.mark.parametrize(
    ("picture", "place"),
    [
        (Image.new("RGB", (140, 140), "white"), (RIGHT - 19, ROOM)),
        (Image.effect_noise((140, 140), 80).convert("RGB"), (RIGHT - 19, ROOM)),
        (code(), (RIGHT - 19, 30.0)),  # an emblem in the head of the page is not looked at
    ],
)
def test_what_is_no_code_gives_none(picture: Image.Image, place: tuple[float, float]) -> None:
    assert reading(RULES, statement(), paint=pasted(place, picture=picture)).codes == ()


def test_a_code_between_two_places_belongs_to_the_one_it_lies_over() -> None:
    found = reading(RULES, statement(), paint=pasted((LEFT - 60, ROOM), (RIGHT - 60, ROOM)))
    assert {slot[1] for slot in told(found).values()} == {"qr"}
    assert sorted(s.code for s in found.agreements[0].signatures if s.code is not None) == [0, 1]


# ---------------------------------------------------------------- what the words claim


def footed(*rows: Row, foot: str = FOOTER) -> list[Row]:
    return [*rows, centred(815, foot)]


def test_a_document_that_claims_to_be_signed_accuses_nobody() -> None:
    found = reading(RULES, footed(*statement()), footed(*annex()))
    assert set(told(found).values()) == {("unclear", "qr")}
    assert reading(RULES, statement(), annex()).agreements[0].signatures[0].state == "missing"


def test_who_alone_has_no_badge_has_not_signed() -> None:
    found = reading(RULES, footed(*statement()), paint=pasted((RIGHT - 19, ROOM)))
    assert told(found)["pihak_kedua", "statement"] == ("missing", "none")


def test_a_badge_is_a_claim_also_where_its_code_cannot_be_read() -> None:
    found = reading(RULES, [*statement(), centred(ROOM + 12, BADGE, RIGHT)])
    assert told(found) == {
        ("pihak_pertama", "statement"): ("unclear", "qr"),
        ("pihak_kedua", "statement"): ("missing", "none"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Persentase dokumen yang ditandatangani secara elektronik",
        "Persentase perangkat daerah yang memanfaatkan sertifikat elektronik",
        "Badan Siber dan Sandi Negara",
    ],
)
def test_an_indicator_about_electronic_signatures_claims_nothing(line: str) -> None:
    found = reading(RULES, statement(), [*annex(), (250, 220, line)])
    assert told(found)["pihak_pertama", "statement"] == ("missing", "none")


def test_the_file_that_holds_certificates_tells_by_them() -> None:
    paper = pdf(footed(*statement()), footed(*annex()))
    found = read(signed(paper, issued("ARKANA HALIM")), PDF, "0" * 64, RULES, None)
    assert told(found)["pihak_pertama", "statement"] == ("signed", "certificate")
    assert told(found)["pihak_kedua", "statement"] == ("missing", "none")


# ---------------------------------------------------------------- scans


def scan(rows: Sequence[Row], paint: Paint | None = None) -> Reading:
    """A scan of these rows, by a reader who knows what stands there."""
    sheet = opened(pdf(rows, paint=paint))[1]
    out = io.BytesIO()
    Image.fromarray(sheet.picture(DPI).pixels).save(out, "PNG", dpi=(DPI, DPI))

    def ocr(picture: Raster) -> tuple[Word, ...]:
        return sheet.layout.words if picture.width > WIDTH / 2 else ()

    return read(out.getvalue(), "image/png", "0" * 64, RULES, ocr)


def test_the_printout_of_a_signed_file_keeps_its_code() -> None:
    found = scan(footed(*statement()), pasted((RIGHT - 30, ROOM), side=50))
    assert [c.link for c in found.codes] == [LINK]
    assert told(found)["pihak_pertama", "statement"] == ("unclear", "qr")


def test_a_scan_that_claims_nothing_is_not_searched_for_codes() -> None:
    assert scan(statement(), pasted((72, 700), side=50)).codes == ()
