"""A scan says what its paper says, however it lay in the scanner; a worker reads for whoever asks, once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec import structs
from rapidfuzz.distance import Levenshtein
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import SourceError
from pipeline.reading import ocr, ruled, strip
from pipeline.reading.dashes import dashed
from pipeline.reading.raster import Pixels, Raster
from pipeline.reading.worker import Worker
from pipeline.schema import Box, Ruling, Word
from tests import paper
from tests.eyes import eyes
from tests.paper import TEXT, image, ink, only, pdf, photographed, picture, scan, skewed, texts, typed, word

DPI = 150


@cache
def typed_page() -> Pixels:
    return picture(pdf(typed), DPI)


@cache
def ruled_page() -> Pixels:
    return picture(pdf(paper.ruled), DPI)


def same(found: str, expected: str) -> bool:
    """All letters but one or two in a hundred."""
    return Levenshtein.normalized_similarity(found, expected) >= 0.98


# ---------------------------------------------------------------- the engine


def test_words_and_their_boxes_are_those_of_the_page_that_was_scanned() -> None:
    digital, scanned = only(pdf(typed)), only(scan(typed_page()), ocr=eyes)
    assert texts(scanned) == texts(digital)
    for found, known in zip(scanned.layout.words, digital.layout.words, strict=True):
        assert found.box.x0 == pytest.approx(known.box.x0, abs=2)
        assert found.box.x1 == pytest.approx(known.box.x1, abs=2)
        assert found.box.centre == pytest.approx(known.box.centre, abs=2.5)
        assert found.size == pytest.approx(known.size, rel=0.25)
        assert found.confidence > 0.9


def test_a_scan_says_so_and_how_well_it_was_read() -> None:
    page = only(scan(typed_page()), ocr=eyes).layout.page
    assert (page.origin, page.dpi, page.blank, page.problem) == ("ocr", DPI, False, None)
    assert 0.95 < page.quality <= 1
    assert page.text.splitlines() == list(TEXT)


def test_ink_over_the_words_does_not_hide_them() -> None:
    def stamped(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(0.35, 0.35, 0.9)
        canvas.setLineWidth(3)
        for radius in (30, 38, 46):
            canvas.circle(120, 200, radius)
        typed(canvas)

    inked = picture(pdf(stamped), DPI)
    assert same(only(scan(inked), ocr=eyes).layout.page.text, "\n".join(TEXT))


def test_white_letters_on_dark_ground_make_whole_words() -> None:
    def shaded(canvas: Canvas) -> None:
        typed(canvas)
        canvas.setFillGray(0.1)
        canvas.rect(30, 50, 340, 40, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica-Bold", 11)
        for x, text in ((40, "Sasaran"), (140, "Indikator Kinerja"), (300, "Target")):
            canvas.drawString(x, 65, text)

    page = only(scan(picture(pdf(shaded), DPI)), ocr=eyes)
    assert texts(page)[-4:] == ["Sasaran", "Indikator", "Kinerja", "Target"]
    assert all(7 < word.size < 15 for word in page.layout.words[-4:])


TYPED = ("Nama : Rikardus Dominikus Halim, S.Sos.", "Jabatan : Kepala Subbagian Umum", "di Kabupaten Tabir")


@pytest.mark.parametrize("font", ["Courier", "Courier-Bold"])
def test_the_room_that_a_typewriter_leaves_between_letters_ends_no_word(font: str) -> None:
    def drawn(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        for at, row in enumerate(TYPED):
            canvas.drawString(40, 250 - 30 * at, row)

    read = only(scan(picture(pdf(drawn), DPI)), ocr=eyes).layout.page.text
    assert same(read, "\n".join(TYPED))
    assert len(read.split()) == pytest.approx(len(" ".join(TYPED).split()), abs=2)


def letters(*places: float) -> strip.Strip:
    """Thin letters 32 pixels high, each seen where it stands."""
    pixels = np.full((48, int(places[-1]) + 40, 3), 255, np.uint8)
    for place in places:
        pixels[8:40, int(place) : int(place) + 4] = 0
    wide = pixels.shape[1]
    quad = np.array([[0, 0], [wide, 0], [wide, 48], [0, 48]], np.float32)
    return strip.Strip(quad, pixels, tuple(strip.Letter("l", place, 1.0, False) for place in places), 8.0)


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ([28] * 7, 1),  # pixels: the same wide room for each, as a typewriter gives
        ([28, 28, 28, 56, 28, 28, 28], 2),  # and a letter's room is free
        ([10, 12, 25, 12, 10, 11, 12], 2),  # a wide gap among others that are not
        ([28] * 3, 4),  # too few to tell
    ],
)
def test_letters_are_parted_where_more_room_is_left_than_between_the_others(
    steps: list[float], count: int
) -> None:
    places = [20.0]
    for step in steps:
        places.append(places[-1] + step)
    assert len(list(strip.words(letters(*places)))) == count


@pytest.mark.parametrize("late", [10, 14])
def test_the_white_after_a_line_parts_no_letter_from_it(late: int) -> None:
    """The recogniser may see the last letter behind its ink: short words lost it."""
    line = letters(20, 32, 44, 56)
    seen = [replace(letter, place=letter.place + late * (n == 3)) for n, letter in enumerate(line.letters)]
    (word,) = strip.words(replace(line, letters=tuple(seen)))
    assert word.text == "IIII"


def test_a_lone_figure_is_a_word() -> None:
    assert {"1", "85", "%"} <= set(texts(only(scan(ruled_page()), ocr=eyes)))


@pytest.mark.parametrize("pixels", [np.full((400, 400), 255, np.uint8), np.zeros((20, 20), np.uint8)])
def test_where_nothing_is_written_there_are_no_words(pixels: Pixels) -> None:
    assert eyes(Raster(pixels, 100)) == ()


@pytest.mark.parametrize(
    ("read", "word"),
    [
        ("\uff2eIP\uff1a", "NIP:"),
        ("\uff085\uff09", "(5)"),
        ("100\uff05", "100%"),
        ("\u53f7", "%"),
        ("k\u00ednerja", "kinerja"),
        ("mela\u0142ui", "melalui"),
        ("Il", "II"),
        ("l", "I"),
        ("\u2162", "III"),
        ("\u4e00", "-"),
        ("|", ""),
        ("lll.d", "lll.d"),
        ("Ali", "Ali"),
        ("IV/b", "IV/b"),
        ("1.250.000,-", "1.250.000,-"),
    ],
)
def test_odd_signs_are_folded_and_others_left(read: str, word: str) -> None:
    assert strip.folded(read) == word


# ---------------------------------------------------------------- however the page lay


@pytest.mark.parametrize(("quarters", "turned"), [(0, 0), (1, 90), (2, 180), (3, 270)])
def test_a_page_laid_in_sideways_or_upside_down_is_read_upright(quarters: int, turned: int) -> None:
    lay = np.ascontiguousarray(np.rot90(typed_page(), quarters))  # counterclockwise
    size = paper.SIZE[::-1] if quarters % 2 else paper.SIZE
    sheet = only(scan(lay, size=size), ocr=eyes)
    assert sheet.layout.page.turned == turned
    assert sheet.layout.page.text.splitlines() == list(TEXT)
    assert (sheet.layout.page.width, sheet.layout.page.height) == size
    found = word(sheet, "Arkana").box
    assert found.middle == pytest.approx(word(only(pdf(typed)), "Arkana").box.middle, abs=3)
    assert ink(Raster(lay, DPI), sheet.shown(found)) > 0.05
    assert ink(sheet.picture(DPI), found) > 0.05


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.6, 2.5])
def test_a_page_laid_in_aslant_is_made_level(degrees: float) -> None:
    lay = skewed(ruled_page(), degrees)
    sheet = only(scan(lay), ocr=eyes)
    assert {"Indikator", "Kinerja", "Produksi", "padi", "Target"} <= set(texts(sheet))
    level = [r for r in sheet.layout.rulings if r.top == r.bottom and r.x1 - r.x0 > 200]
    upright = [r for r in sheet.layout.rulings if r.x0 == r.x1]
    assert (len(level), len(upright)) == (3, 4)
    assert ink(Raster(lay, DPI), sheet.shown(word(sheet, "Target").box)) > 0.05


def test_what_a_scanner_draws_down_a_page_does_not_say_how_it_lies() -> None:
    lay = skewed(ruled_page(), 1.6)
    for column in (3, 200, 421):
        lay[:, column : column + 2] = 90
    lay[:, :3] = 0  # the edge of the glass
    sheet = only(scan(lay), ocr=eyes)
    level = [r for r in sheet.layout.rulings if r.top == r.bottom and r.x1 - r.x0 > 200]
    assert len(level) == 3


def test_strokes_taken_for_signs_of_another_writing_are_no_words() -> None:
    def strokes(raster: Raster) -> tuple[Word, ...]:
        found = eyes(raster)
        return (*found, *(structs.replace(found[0], text=text) for text in ("互", "[冈]", "No冈")))

    assert set(texts(only(scan(typed_page()), ocr=strokes))) & {"互", "[冈]", "No冈"} == {"No冈"}


def test_a_photograph_of_a_page_is_made_flat() -> None:
    photo = photographed(picture(pdf(typed), 300))
    sheet = only(image(photo, dpi=(72, 72)), "image/png", eyes)
    assert same(sheet.layout.page.text, "\n".join(TEXT))
    assert sheet.layout.width / sheet.layout.height == pytest.approx(4 / 3, rel=0.05)
    longest = max(sheet.layout.width, sheet.layout.height)
    assert longest == pytest.approx(880)  # it is scaled to a page of usual size
    left, right = word(sheet, "NIP.").box, word(sheet, "011").box
    assert left.bottom == pytest.approx(right.bottom, abs=3)
    assert sheet.layout.page.width == pytest.approx(photo.shape[1], abs=1)
    shown = sheet.shown(word(sheet, "PERJANJIAN").box)
    assert ink(Raster(photo, 72), shown) > 0.05
    assert ink(sheet.picture(150), word(sheet, "PERJANJIAN").box) > 0.05


# ---------------------------------------------------------------- ruling lines


def across(found: tuple[Ruling, ...]) -> list[tuple[int, int, int]]:
    return [(round(r.x0), round(r.top), round(r.x1)) for r in found if r.top == r.bottom]


def test_the_lines_of_a_scanned_table_are_where_the_drawn_ones_are() -> None:
    drawn, seen = only(pdf(paper.ruled)).layout.rulings, only(scan(ruled_page()), ocr=eyes).layout.rulings
    assert len(seen) == len(drawn) == 7
    for one, other in zip(sorted(drawn, key=_place), sorted(seen, key=_place), strict=True):
        assert (one.x0, one.top, one.x1, one.bottom) == pytest.approx(
            (other.x0, other.top, other.x1, other.bottom), abs=2
        )


def _place(line: Ruling) -> tuple[bool, float, float]:
    return line.top == line.bottom, round(line.top, -1), round(line.x0, -1)


def test_a_broken_line_is_one_line() -> None:
    pixels = ruled_page().copy()
    pixels[:, 150:690:24] = 255  # a pixel lost in every 24
    pixels[:, 151:690:24] = 255
    assert len(across(ruled.rulings(Raster(pixels[..., 0], DPI), ()))) == 3


def test_the_dark_head_of_a_table_ends_with_a_line_and_its_white_letters_leave_none() -> None:
    page = np.full((625, 833), 245, np.uint8)
    cv2.rectangle(page, (60, 100), (760, 142), 60, -1)
    for x in (60, 300, 760):
        cv2.line(page, (x, 100), (x, 400), 30, 3)
    for y in (100, 400):
        cv2.line(page, (60, y), (760, y), 30, 3)
    for x in range(68, 282, 14):  # upright strokes of letters
        cv2.rectangle(page, (x, 108), (x + 5, 134), 250, -1)
    words = (Word("IIIIIIIIIIIIIII", Box(38, 51, 136, 65), 11),)
    found = ruled.rulings(Raster(page, DPI), words)
    assert [r.x0 * DPI / 72 for r in found if r.x0 == r.x1] == pytest.approx([60, 300, 760], abs=3)
    assert any(abs(r.top * DPI / 72 - 142) < 3 for r in found if r.top == r.bottom)


@pytest.mark.parametrize(("streak", "whole"), [(190, False), (40, True)])
def test_the_streak_of_a_copier_on_a_line_between_columns_is_no_part_of_it(streak: int, whole: bool) -> None:
    """It is paler than the line, and leans a little; one as dark as the line is not told from it."""
    page = np.full((1250, 833), 245, np.uint8)
    cv2.line(page, (301, 40), (298, 1200), streak, 2)
    for x in (60, 300, 760):
        cv2.line(page, (x, 300), (x, 700), 30, 3)
    for y in (300, 400, 500, 600, 700):
        cv2.line(page, (60, y), (760, y), 30, 3)
    found = [r for r in ruled.rulings(Raster(page, DPI), ()) if r.x0 == r.x1]
    (line,) = [r for r in found if abs(r.x0 * DPI / 72 - 300) < 6]
    ends = (40, 1200) if whole else (300, 700)
    assert [at * DPI / 72 for at in (line.top, line.bottom)] == pytest.approx(ends, abs=6)


@pytest.mark.parametrize("kind", ["letters", "pen", "edge", "desk", "bar"])
def test_what_is_no_ruling_is_not_taken_for_one(kind: str) -> None:
    page = np.full((625, 833), 245, np.uint8)
    words: tuple[Word, ...] = ()
    if kind == "letters":
        cv2.putText(page, "HHHEEETTTFFFLLL", (60, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 20, 5)
        words = (Word("HHHEEETTTFFFLLL", Box(25, 125, 250, 150), 20),)
    elif kind == "pen":
        cv2.ellipse(page, (400, 300), (90, 40), 10, 0, 360, 30, 3)
        cv2.line(page, (330, 330), (500, 280), 30, 3)
    elif kind == "edge":
        page[:6] = 30
        page[:, -5:] = 30
    elif kind == "desk":  # the paper ends a little before the picture
        cv2.line(page, (24, 590), (800, 590), 30, 3)
        cv2.line(page, (24, 20), (24, 590), 30, 3)
    else:
        page[300:330, 100:700] = 30
    assert ruled.rulings(Raster(page, DPI), words) == ()


@pytest.mark.parametrize(
    ("text", "x", "parts"),
    [
        ("SemesterLanjut", 58.0, ["Semester", "Lanjut"]),
        ("Tahun2026", 55.0, ["Tahun", "2026"]),
        ("PERJANJIAN", 50.0, ["PERJANJIAN"]),
        ("Perjanjian", 50.0, ["Perjanjian"]),
        ("SemesterLanjut", 2.0, ["SemesterLanjut"]),
        ("SemesterLanjut", 150.0, ["SemesterLanjut"]),
    ],
)
def test_words_read_across_the_line_between_two_cells_are_parted(
    text: str, x: float, parts: list[str]
) -> None:
    found = list(ruled.parted([Word(text, Box(0, 0, 100, 10), 10)], [Ruling(x, -20, x, 40)]))
    assert [w.text for w in found] == parts


# ---------------------------------------------------------------- the worker


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    made = Worker(tmp_path / "cache")
    yield made
    made.close()


def files(worker: Worker) -> list[Path]:
    return sorted(worker.cache.rglob("*.json"))


def test_a_worker_reads_what_the_engine_reads_and_nothing_twice(worker: Worker) -> None:
    raster = Raster(np.ascontiguousarray(typed_page()[..., 0]), DPI)
    with worker.connect() as line:
        first = ocr.client(line)(raster)
    assert first == eyes(raster)
    (kept,) = files(worker)
    assert "Arkana" in kept.read_text()
    kept.write_text(kept.read_text().replace("Arkana", "Arjuna"))
    with worker.connect() as line:
        read = ocr.client(line)
        assert "Arjuna" in [w.text for w in read(raster)]
        twice = read(Raster(raster.pixels, 2 * DPI))
    assert twice[0].box.x1 == pytest.approx(first[0].box.x1 / 2)
    assert files(worker) == [kept]


def test_a_worker_that_was_told_is_ready_before_anybody_asks(worker: Worker) -> None:
    worker.ready()
    assert worker.process is not None
    maps = Path(f"/proc/{worker.process.pid}/maps")
    until = time.monotonic() + 60
    while "onnxruntime" not in maps.read_text() and time.monotonic() < until:
        time.sleep(0.1)
    assert "onnxruntime" in maps.read_text()
    with worker.connect() as line:
        assert ocr.client(line)(Raster(np.full((100, 100), 255, np.uint8), DPI)) == ()


def test_a_damaged_memory_is_read_anew(worker: Worker) -> None:
    raster = Raster(np.ascontiguousarray(typed_page()[..., 0]), DPI)
    with worker.connect() as line:
        first = ocr.client(line)(raster)
    (kept,) = files(worker)
    kept.write_text("{")
    with worker.connect() as line:
        assert ocr.client(line)(raster) == first


def test_a_worker_that_dies_costs_a_page_and_the_next_document_has_another(worker: Worker) -> None:
    blank = Raster(np.full((100, 100), 255, np.uint8), DPI)
    with worker.connect() as line:
        read = ocr.client(line)
        assert read(blank) == ()
        assert worker.process is not None
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.wait()
        with pytest.raises(SourceError) as error:
            read(Raster(np.full((101, 100), 255, np.uint8), DPI))
    assert error.value.reason == "ocr-failed"
    with worker.connect() as line:
        assert ocr.client(line)(blank) == ()


@pytest.mark.parametrize(
    "said",
    [
        [b'{"shape": [100, 100]}'],
        [b'{"shape": [100, 100]}', b"too short"],
        [b'{"shape": [9000000000]}', b""],
        [b"nonsense"],
        [],
    ],
)
def test_a_client_that_breaks_off_or_lies_does_not_harm_the_next(worker: Worker, said: list[bytes]) -> None:
    with worker.connect() as line, suppress(OSError):  # it may have hung up before
        for part in said:
            line.send_bytes(part)
    with worker.connect() as line:
        assert ocr.client(line)(Raster(np.full((60, 60), 255, np.uint8), DPI)) == ()


def test_a_worker_that_is_not_asked_loads_nothing(worker: Worker) -> None:
    worker.connect().close()
    assert worker.process is not None
    with worker.connect():
        status = Path(f"/proc/{worker.process.pid}/status").read_text()
    assert int(status.split("VmRSS:")[1].split()[0]) < 60_000  # KiB
    assert files(worker) == []


# ---------------------------------------------------------------- dashes for nothing


def celled_page(*, ink: int = 40) -> tuple[Raster, tuple[Ruling, ...]]:
    """Two rows of three cells; a dash in the first cell and in the second, nothing in the third."""
    page = np.full((300, 620), 245, np.uint8)
    lines = [Ruling(x * 72 / DPI, 20 * 72 / DPI, x * 72 / DPI, 120 * 72 / DPI) for x in (20, 220, 420, 600)]
    lines += [Ruling(20 * 72 / DPI, y * 72 / DPI, 600 * 72 / DPI, y * 72 / DPI) for y in (20, 70, 120)]
    for x in (20, 220, 420, 600):
        cv2.line(page, (x, 20), (x, 120), 30, 2)
    for y in (20, 70, 120):
        cv2.line(page, (20, y), (600, y), 30, 2)
    cv2.rectangle(page, (110, 44), (119, 46), ink, -1)
    cv2.rectangle(page, (310, 44), (319, 46), ink, -1)
    return Raster(page, DPI), tuple(lines)


def placed(text: str, x: float, y: float, wide: float, high: float = 22) -> Word:
    box = Box(x * 72 / DPI, (y - high / 2) * 72 / DPI, (x + wide) * 72 / DPI, (y + high / 2) * 72 / DPI)
    return Word(text, box, high * 72 / DPI)


@pytest.mark.parametrize("misread", [(), (placed("=", 308, 45, 13),)])
def test_a_dash_alone_in_a_cell_is_read_though_readers_pass_it_over(misread: tuple[Word, ...]) -> None:
    page, lines = celled_page()
    found = dashed(page, (placed("3,15", 480, 45, 50), placed("Nilai", 480, 95, 60), *misread), lines)
    assert [w.text for w in found] == ["3,15", "Nilai", "-", "-"]
    assert [w.box.x0 * DPI / 72 for w in found[2:]] == pytest.approx([110, 310], abs=1)


@pytest.mark.parametrize("why", ["no row", "no table", "beside ink", "pale"])
def test_what_is_no_dash_is_not_taken_for_one(why: str) -> None:
    page, lines = celled_page(ink=225 if why == "pale" else 40)
    if why == "beside ink":
        cv2.circle(page.pixels, (100, 50), 4, 30, -1)
        cv2.circle(page.pixels, (330, 40), 4, 30, -1)
    words = () if why == "no row" else (placed("3,15", 480, 45, 50),)
    words = (*words, placed("Nilai", 480, 95, 60))
    assert dashed(page, words, () if why == "no table" else lines) == words


def test_a_fold_does_not_say_how_a_page_lies() -> None:
    lay = skewed(ruled_page(), 1.6)
    for row in (60, 400, 700):
        lay[row : row + 2] = 90
    sheet = only(scan(lay), ocr=eyes)
    level = [r for r in sheet.layout.rulings if r.top == r.bottom and 200 < r.x1 - r.x0 < 500]
    assert len(level) == 3


def test_the_squares_of_a_code_are_no_lines_of_a_table() -> None:
    page = np.full((900, 833), 245, np.uint8)
    for x in (60, 300, 760):
        cv2.line(page, (x, 300), (x, 480), 30, 3)
    for y in (300, 360, 420, 480):
        cv2.line(page, (60, y), (760, y), 30, 3)
    for x in range(500, 555, 11):
        cv2.rectangle(page, (x, 304), (x + 1, 356), 30, -1)
    found = ruled.rulings(Raster(page, DPI), ())
    upright = [r.x0 * DPI / 72 for r in found if r.x0 == r.x1]
    assert upright == pytest.approx([60, 300, 760], abs=3)
