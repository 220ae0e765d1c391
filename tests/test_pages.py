"""A page says what is seen on it: its words where they stand, its lines, its pictures; or why it cannot."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import count

import numpy as np
import pdfplumber
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import SourceError
from pipeline.reading.pages import Caps, Sheet, Watch, sheets
from pipeline.reading.raster import Raster
from pipeline.schema import Box, Word
from tests import paper
from tests.paper import SIZE, TEXT, changed, image, ink, kinds, only, pdf, read, scan, texts, typed, word

WIDTH, HEIGHT = SIZE
SEEN = Word("terbaca", Box(50, 50, 90, 60), 10.0, 0.9)


def eyes(_: object) -> tuple[Word, ...]:
    """Not OCR, but enough to tell which pages it is asked for."""
    return (SEEN,)


def string(text: str, x: float = 40, y: float = 200, *, mode: int = 0, grey: float = 0.0) -> paper.Paint:
    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        line = canvas.beginText(x, y)
        line.setFont("Helvetica", 11)
        line.setTextRenderMode(mode)
        line.setFillGray(grey)
        line.textOut(text)
        canvas.drawText(line)
        canvas.restoreState()

    return paint


def both(*paints: paper.Paint) -> paper.Paint:
    def paint(canvas: Canvas) -> None:
        for part in paints:
            part(canvas)

    return paint


def stands(sheet: Sheet, box: Box) -> None:
    """There is ink in the box, and none in the frame around it; so too where that part is drawn alone."""
    raster = sheet.picture(150)
    if sheet.part is not None:
        whole, part = raster.cut(box).pixels.astype(int), sheet.part(150, box).cut(box).pixels
        assert np.abs(whole - part).mean() < 2
    assert ink(raster, box) > 0.05
    around = Box(box.x0 - 4, box.top - 4, box.x1 + 4, box.bottom + 4)
    assert ink(raster, around) * around.width * around.height == pytest.approx(
        ink(raster, box) * box.width * box.height, rel=0.15
    )


# ---------------------------------------------------------------- words


def test_words_are_those_of_pdfplumber() -> None:
    data = pdf(typed, paper.ruled)
    with pdfplumber.open(io.BytesIO(data)) as plain:
        for page, sheet in zip(plain.pages, read(data), strict=True):
            expected = page.extract_words(x_tolerance_ratio=0.15)
            assert texts(sheet) == [w["text"] for w in expected]
            for found, other in zip(sheet.layout.words, expected, strict=True):
                box = (found.box.x0, found.box.top, found.box.x1, found.box.bottom)
                assert box == pytest.approx((other["x0"], other["top"], other["x1"], other["bottom"]))


def test_a_word_knows_its_size_and_weight() -> None:
    sheet = only(pdf(typed))
    assert word(sheet, "PERJANJIAN").size == pytest.approx(14)
    assert word(sheet, "Arkana").size == pytest.approx(11)
    assert [w.text for w in sheet.layout.words if w.bold] == TEXT[0].split()


def test_words_without_spaces_between_them_are_parted() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        x = 40.0
        for part in ("PAKTA", "INTEGRITAS", "PEJABAT"):
            canvas.drawString(x, 200, part)
            x += canvas.stringWidth(part, "Helvetica", 11) + 2.4

    assert texts(only(pdf(paint))) == ["PAKTA", "INTEGRITAS", "PEJABAT"]


def word_by_word(text: str, step: float) -> paper.Paint:
    """Each word drawn by itself, where one in a narrower or wider font would have ended."""

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        for line in range(6):
            x = 40.0
            for part in text.split():
                canvas.drawString(x, 100 + 15 * line, part)
                x += canvas.stringWidth(part, "Helvetica-Bold", 11) + step

    return paint


@pytest.mark.parametrize("step", [-2.6, -1.0, 0.6, 1.4])
def test_words_drawn_each_by_itself_are_parted_also_where_they_touch(step: float) -> None:
    said = "Kepala Dinas Pekerjaan Umum dan Perumahan"
    assert texts(only(pdf(word_by_word(said, step)))) == 6 * said.split()


@pytest.mark.parametrize(("said", "step"), [("Ke pala Di nas Peker jaan", 0.0), ("K e p a l a D", 0.3)])
def test_pieces_of_words_drawn_each_by_itself_are_joined(said: str, step: float) -> None:
    assert texts(only(pdf(word_by_word(said, step)))) == 6 * [said.replace(" ", "")]


def test_letters_with_a_little_space_stay_a_word() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(40, 200, "KINERJA", charSpace=1.2)

    assert texts(only(pdf(paint))) == ["KINERJA"]


def test_of_a_line_whose_letters_stand_apart_the_spaces_part_the_words() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(10, 200, "disediakan anggaran sejumlah", charSpace=2.4)

    assert texts(only(pdf(paint))) == ["disediakan", "anggaran", "sejumlah"]


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(40, 200, "PERJANJIAN")
        canvas.drawString(40.3, 200, "PERJANJIAN")

    assert texts(only(pdf(paint))) == ["PERJANJIAN"]


@pytest.mark.parametrize(
    "hidden",
    [
        string("rahasia", mode=3),
        string("rahasia", grey=1.0),
        string("rahasia", x=WIDTH + 5),
        string("rahasia", y=-30),
    ],
    ids=["invisible", "white", "beside the page", "below the page"],
)
def test_what_nobody_sees_is_no_word(hidden: paper.Paint) -> None:
    assert texts(only(pdf(both(hidden, string("terlihat", y=100))))) == ["terlihat"]


def test_white_letters_on_a_dark_ground_are_words() -> None:
    def ground(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(30, 190, 200, 30, stroke=0, fill=1)

    assert texts(only(pdf(both(ground, string("Sasaran", grey=1.0))))) == ["Sasaran"]


def test_a_watermark_is_text_of_the_page_but_no_word() -> None:
    def mark(canvas: Canvas) -> None:
        canvas.rotate(40)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(150, 0, "DRAF")

    sheet = only(pdf(both(typed, mark)))
    assert "DRAF" not in texts(sheet)
    assert sheet.layout.page.text.endswith("DRAF")


def test_the_text_of_a_page_has_the_lines_of_the_page() -> None:
    assert only(pdf(typed)).layout.page.text.splitlines() == list(TEXT)


# ---------------------------------------------------------------- where they stand


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_displayed(rotation: int) -> None:
    def turn(page: pikepdf.Page) -> None:
        page.Rotate = rotation
        page.CropBox = [30, 20, 380, 290]

    (sheet,) = read(changed(pdf(typed), turn))
    page = sheet.layout.page
    assert (page.width, page.height) == ((270, 350) if rotation % 180 else (350, 270))
    assert (page.rotation, page.turned) == (rotation, (360 - rotation) % 360)
    stands(sheet, word(sheet, "Arkana").box)
    shown = sheet.shown(word(sheet, "Arkana").box)
    displayed = Raster(paper.picture(changed(pdf(typed), turn)), 150)
    assert ink(displayed, shown) > 0.05
    assert (shown.height > shown.width) == (rotation % 180 == 90)


@pytest.mark.parametrize(("drawn", "turned"), [(0, 0), (90, 90), (180, 180), (-90, 270)])
def test_text_drawn_sideways_is_laid_upright(drawn: int, turned: int) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(drawn)
        canvas.setFont("Helvetica", 11)
        for at, row in enumerate(("Nama : Arkana", "Jabatan : Kepala Dinas")):
            canvas.drawString(-70, 40 - 20 * at, row)

    data = pdf(paint)
    sheet = only(data)
    assert sheet.layout.page.turned == turned
    assert sheet.layout.page.text == "Nama : Arkana\nJabatan : Kepala Dinas"
    assert (sheet.layout.page.width, sheet.layout.page.height) == SIZE
    assert (sheet.layout.width, sheet.layout.height) == (SIZE[::-1] if turned % 180 else SIZE)
    stands(sheet, word(sheet, "Arkana").box)
    displayed = Raster(paper.picture(data), 150)
    assert ink(displayed, sheet.shown(word(sheet, "Arkana").box)) > 0.05


# ---------------------------------------------------------------- lines and pictures


def test_the_lines_of_a_table_are_rulings() -> None:
    found = only(pdf(paper.ruled)).layout.rulings
    assert [(r.x0, round(r.top), r.x1) for r in found if r.top == r.bottom] == [
        (40, 160, 340),
        (40, 200, 340),
        (40, 240, 340),
    ]
    assert [(r.x0, round(r.top), round(r.bottom)) for r in found if r.x0 == r.x1] == [
        (x, 160, 240) for x in (40, 90, 240, 340)
    ]


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: canvas.line(40, 100, 340, 100),
        lambda canvas: canvas.rect(40, 99.5, 300, 1, stroke=0, fill=1),
        lambda canvas: [canvas.rect(x, 99.6, 0.8, 0.8, stroke=0, fill=1) for x in range(40, 340, 2)],
        lambda canvas: [canvas.line(x, 100, x + 6, 100) for x in range(40, 340, 6)],
        lambda canvas: canvas.drawPath(
            _closed(canvas, (40, 99.5), (340, 99.5), (339, 100.5), (41, 100.5)), 0, 1
        ),
    ],
    ids=["line", "thin box", "dots", "pieces", "mitred edge"],
)
def test_a_line_is_one_ruling_however_it_is_drawn(draw: Callable[[Canvas], object]) -> None:
    def paint(canvas: Canvas) -> None:
        draw(canvas)

    (found,) = only(pdf(both(typed, paint))).layout.rulings
    assert (found.x0, found.top, found.x1) == pytest.approx((40, 200, 340), abs=1.5)


def _closed(canvas: Canvas, *points: tuple[float, float]) -> object:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def test_a_frame_is_four_rulings() -> None:
    found = only(pdf(both(typed, lambda canvas: canvas.rect(40, 50, 100, 60)))).layout.rulings
    assert {(round(r.x0), round(r.top), round(r.x1), round(r.bottom)) for r in found} == {
        (40, 190, 140, 190),
        (40, 250, 140, 250),
        (40, 190, 40, 250),
        (140, 190, 140, 250),
    }


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: (canvas.setStrokeGray(1), canvas.line(40, 100, 340, 100)),
        lambda canvas: (canvas.setFillGray(1), canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)),
        lambda canvas: canvas.line(40, 100, 340, 180),
        lambda canvas: canvas.circle(200, 100, 40),
    ],
    ids=["white line", "white ground", "slanting line", "circle"],
)
def test_what_is_no_straight_dark_line_is_no_ruling(draw: Callable[[Canvas], object]) -> None:
    def paint(canvas: Canvas) -> None:
        draw(canvas)

    assert only(pdf(both(paint, string("Target")))).layout.rulings == ()


def photo(seed: int = 0) -> ImageReader:
    pixels = np.random.default_rng(seed).integers(0, 255, (40, 40, 3), np.uint8)
    return ImageReader(Image.fromarray(pixels))


def test_the_same_image_has_the_same_digest_and_another_has_not() -> None:
    def paint(canvas: Canvas) -> None:
        for at, seed in enumerate((1, 1, 2)):
            canvas.drawImage(photo(seed), 40 + 100 * at, 20, 50, 30)

    first, second, third = only(pdf(both(typed, paint))).layout.pictures
    assert (first.kind, first.box) == ("image", Box(40, 250, 90, 280))
    assert first.digest == second.digest != third.digest


def test_pen_strokes_drawn_as_curves_are_one_picture() -> None:
    def paint(canvas: Canvas) -> None:
        for at in range(6):
            x = 250 + 8 * at
            canvas.bezier(x, 60, x + 4, 90, x + 9, 40, x + 12, 70)

    sheet = only(pdf(both(typed, paper.ruled, paint)))
    (found,) = sheet.layout.pictures
    assert found.kind == "strokes"
    assert Box(250, 210, 302, 260) == pytest.approx(found.box) or found.box.x0 == pytest.approx(250, abs=1)


def test_a_table_is_no_pen_stroke() -> None:
    assert kinds(only(pdf(both(typed, paper.ruled)))) == []


# ---------------------------------------------------------------- who reads the page


def outlined(canvas: Canvas) -> None:
    for at in range(300):
        x, y = 30 + at % 30 * 11, 40 + at // 30 * 20
        path = canvas.beginPath()
        path.moveTo(x, y)
        path.curveTo(x + 2, y + 9, x + 5, y + 9, x + 7, y + 8)
        path.curveTo(x + 5, y + 3, x + 2, y + 3, x, y)
        canvas.drawPath(path, stroke=0, fill=1)


def cover(canvas: Canvas) -> None:
    canvas.drawImage(photo(), 0, 0, WIDTH, HEIGHT)


def strips(canvas: Canvas) -> None:
    for at in range(6):
        canvas.drawImage(photo(at), 0, 50 * at, WIDTH, 50)


def full(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for at in range(14):
        canvas.drawString(40, 270 - 18 * at, "Pihak pertama berjanji akan mewujudkan target kinerja")


def bottom(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(40, 12, "Dokumen ini telah ditandatangani secara elektronik")


@pytest.mark.parametrize(
    ("paint", "origin"),
    [
        (typed, "text"),
        (both(cover, full), "text"),
        (both(typed, outlined), "ocr"),
        (outlined, "ocr"),
        (cover, "ocr"),
        (strips, "ocr"),
        (both(cover, bottom), "ocr"),
        (both(typed, cover), "ocr"),
        (both(cover, string("lapisan tersembunyi", mode=3)), "ocr"),
        (lambda canvas: canvas.drawImage(photo(), 40, 40, 50, 50), "ocr"),
    ],
    ids=[
        "text", "text over a background", "outlines and text", "outlines", "scan", "scan in strips",
        "scan with a printed foot", "scan over text", "scan with hidden text", "nothing but an image",
    ],
)  # fmt: skip
def test_a_page_is_read_by_eye_where_its_own_word_is_not_enough(paint: paper.Paint, origin: str) -> None:
    sheet = only(pdf(paint), ocr=eyes)
    assert sheet.layout.page.origin == origin
    assert (texts(sheet) == ["terbaca"]) == (origin == "ocr")
    assert (only(pdf(paint)).layout.page.problem == "ocr-off") == (origin == "ocr")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (
            "Perjanjian kinerja ini dibuat dengan penuh kesadaran dan tanggung jawab oleh kedua belah pihak",
            "text",
        ),
        ("NIP 19710423 199803 1 011 Rp 8.765.432.100", "text"),
        (
            "Qfskbokjbo ljofskb joj ejcvbu efohbo qfovi lftbebsbo ebo ubohhvoh kbxbc pmfi lfevb cfmbi qjibl",
            "ocr",
        ),
    ],
)
def test_a_text_layer_that_says_nothing_is_not_believed(text: str, origin: str) -> None:
    half = text.index(" ", len(text) // 2)
    page = pdf(both(string(text[:half]), string(text[half:], y=180)))
    assert only(page, ocr=eyes).layout.page.origin == origin


@pytest.mark.parametrize(
    ("paint", "blank"),
    [
        (lambda canvas: None, True),
        (lambda canvas: canvas.grid([100, 200], [300, 400]), True),
        (typed, False),
        (paper.ruled, False),
        (outlined, False),
    ],
    ids=["nothing", "lines", "words", "table", "outlines"],
)
def test_a_page_with_nothing_on_it_is_blank(paint: paper.Paint, blank: bool) -> None:
    assert only(pdf(paint), ocr=eyes).layout.page.blank is blank


def test_a_scan_of_an_empty_sheet_is_blank_and_costs_no_reading() -> None:
    sheet = np.full((1250, 1667), 250, np.uint8)
    sheet[400:403, 300:303] = 20
    sheet[:, :8] = 30

    def never(_: object) -> tuple[Word, ...]:
        raise AssertionError

    page = only(scan(sheet), ocr=never).layout.page
    assert (page.blank, page.text, page.problem) == (True, "", None)


# ---------------------------------------------------------------- bad documents


def test_one_bad_page_does_not_lose_the_others() -> None:
    numbers = count()

    def spoil(page: pikepdf.Page) -> None:
        if next(numbers) == 1:
            page.Contents = pikepdf.Array([pikepdf.Name.Nothing])
            page.MediaBox = pikepdf.Array([pikepdf.Name.a, 0, 1, 1])

    found = read(changed(pdf(typed, typed, typed), spoil), ocr=eyes)
    assert [s.layout.page.number for s in found] == [1, 2, 3]
    assert texts(found[0]) == texts(found[2]) != texts(found[1])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"hello" * 100, pdf(typed)[:400]])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read(data)
    assert error.value.reason == "damaged"


def test_a_locked_document_is_refused_and_one_that_opens_without_a_password_is_read() -> None:
    def locked(owner: str, user: str) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf(typed))) as document:
            document.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
        return out.getvalue()

    with pytest.raises(SourceError) as error:
        read(locked("a", "b"))
    assert error.value.reason == "password"
    assert "Arkana" in texts(only(locked("a", "")))


def test_a_damaged_table_of_contents_is_mended() -> None:
    data = pdf(typed, typed)
    start = data.rindex(b"startxref")
    assert len(read(data[:start] + b"startxref\n17\n%%EOF")) == 2


@pytest.mark.parametrize(
    ("caps", "reason"),
    [(Caps(letters=20), "too-much-text"), (Caps(paths=3), "too-many-paths")],
)
def test_a_page_with_too_much_on_it_is_left(caps: Caps, reason: str) -> None:
    data = pdf(both(typed, paper.ruled), string("pendek"))
    large, small = sheets(data, "application/pdf", ocr=None, caps=caps)
    assert (large.layout.page.problem, large.layout.words) == (reason, ())
    assert texts(small) == ["pendek"]


def test_a_document_with_too_many_pages_is_refused() -> None:
    with pytest.raises(SourceError) as error:
        list(sheets(pdf(typed, typed), "application/pdf", ocr=None, caps=Caps(pages=1)))
    assert error.value.reason == "too-many-pages"


def test_a_picture_of_a_page_has_no_more_pixels_than_allowed() -> None:
    (sheet,) = sheets(pdf(typed), "application/pdf", ocr=None, caps=Caps(pixels=100_000))
    raster = sheet.picture(600)
    assert raster.pixels.shape[0] * raster.pixels.shape[1] <= 101_000
    stands_at = word(sheet, "Arkana").box
    assert ink(raster, stands_at) > 0.05


def test_who_watches_is_told_of_each_page_and_may_forbid_some() -> None:
    told: list[int] = []
    pages = sheets(
        pdf(typed, typed, typed),
        "application/pdf",
        ocr=None,
        caps=Caps(),
        watch=Watch(told.append, frozenset({2})),
    )
    first, second, third = pages
    assert (told, second.layout.page.problem) == ([1, 3, 0], "page-fatal")
    first.picture(50)
    assert (told[3:], third.layout.page.problem) == ([1, 0], None)


# ---------------------------------------------------------------- image files


def sheet_of_paper(dpi: int = 150) -> np.ndarray:
    return paper.picture(pdf(typed), dpi)


@pytest.mark.parametrize(
    ("kind", "media_type", "options", "points"),
    [
        ("PNG", "image/png", {"dpi": (150, 150)}, 400),
        ("JPEG", "image/jpeg", {"dpi": (300, 300)}, 200),
        ("TIFF", "image/tiff", {"dpi": (100, 100)}, 600),
        ("PNG", "image/png", {}, 833),
    ],
)
def test_an_image_has_the_size_that_its_header_says_or_72_dpi(
    kind: str, media_type: str, options: dict[str, tuple[int, int]], points: int
) -> None:
    sheet = only(image(sheet_of_paper(), kind, **options), media_type, eyes)
    assert sheet.layout.page.width == pytest.approx(points, abs=1)
    assert texts(sheet) == ["terbaca"]


def test_every_frame_of_a_tiff_is_a_page() -> None:
    frames = [Image.fromarray(sheet_of_paper()), Image.fromarray(sheet_of_paper()[::2, ::2])]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(150, 150))
    found = read(out.getvalue(), "image/tiff", eyes)
    assert [s.layout.page.number for s in found] == [1, 2]
    assert found[1].layout.page.width == pytest.approx(found[0].layout.page.width / 2, abs=1)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_an_image_of_any_mode_is_dark_where_it_is_dark(mode: str) -> None:
    grey = Image.fromarray(sheet_of_paper()).convert("L")
    kind = "TIFF" if mode in {"CMYK", "I;16"} else "PNG"
    out = io.BytesIO()
    (grey if mode != "CMYK" else grey.convert("RGB")).convert(mode).save(out, kind, dpi=(150, 150))
    sheet = only(out.getvalue(), f"image/{kind.lower()}", eyes)
    raster = sheet.picture(150)
    assert ink(raster, Box(40, 35, 200, 55)) > 0.05
    assert ink(raster, Box(0, 0, 400, 30)) == 0


def test_what_is_clear_in_an_image_is_paper() -> None:
    clear = np.zeros((300, 400, 4), np.uint8)
    clear[100:110, 50:90, 3] = 255
    assert ink(only(image(clear), "image/png", eyes).picture(72), Box(0, 0, 400, 90)) == 0


def test_no_image_is_enlarged() -> None:
    raster = only(image(sheet_of_paper(), dpi=(150, 150)), "image/png", eyes).picture(600)
    assert raster.dpi == pytest.approx(150, abs=0.1)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read(data, "image/png", eyes)
    assert error.value.reason == "damaged"


def test_an_image_that_ends_too_soon_is_a_damaged_page() -> None:
    data = image(np.random.default_rng(0).integers(0, 255, (50, 50), np.uint8))
    assert only(data[: len(data) // 2], "image/png", eyes).layout.page.problem == "page-damaged"


def test_an_image_of_far_too_many_pixels_is_a_page_with_a_problem() -> None:
    (sheet,) = sheets(image(np.zeros((400, 400), np.uint8)), "image/png", ocr=eyes, caps=Caps(pixels=10_000))
    assert sheet.layout.page.problem == "too-large"
    with pytest.raises(SourceError):
        sheet.picture(72)
