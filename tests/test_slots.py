"""What is seen where somebody has to sign."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.raster import Raster
from pipeline.reading.read import read
from pipeline.reading.signatures.code import dense, square
from pipeline.schema import Agreement, Box, Signature, Word
from tests.drawn import HEIGHT, WIDTH, Paint, Row, agreement, block, centred, column, opened, pdf
from tests.pages import HEAD, LEFT, MAYOR, RIGHT, annex, over, pact, signatures, statement
from tests.shipped import RULES

DPI = 150
SLOT = 370.0  # points from the top: the middle of the place to sign in a pact
SECOND_SLOT = 418.0  # and in the statement of an agreement
Pen = Callable[[ImageDraw.ImageDraw, float, float], None]  # draws around a point, pixels


def signers(found: Agreement) -> list[tuple[object, object, str]]:
    """Name, position and state of each who signs."""
    return [
        (p.name and p.name.data, p.position and p.position.data, s.state)
        for p, s in zip(found.parties, found.signatures, strict=True)
    ]


def states(found: Agreement) -> list[tuple[str, str]]:
    return [(s.state, s.method) for s in found.signatures]


# ---------------------------------------------------------------- pens


def scale(points: float) -> float:
    return points * DPI / 72


def stroke(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A signature: loops that run to and fro over 90 points."""
    steps = np.linspace(0, 1, 120)
    xs = x + scale(90) * (steps - 0.5) + scale(8) * np.sin(9 * np.pi * steps)
    ys = y + scale(14) * np.sin(13 * np.pi * steps) * (1 - 0.5 * steps)
    draw.line(list(zip(xs.tolist(), ys.tolist(), strict=True)), fill=(25, 30, 120), width=4)


def stamp(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A round office stamp: two rims and a star."""
    for radius in (40, 30):
        r = scale(radius)
        draw.ellipse((x - r, y - r, x + r, y + r), outline=(110, 60, 160), width=5)
    draw.regular_polygon((x, y, scale(9)), 5, fill=(110, 60, 160))


def aside(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A stamp that covers one end of a signature."""
    stamp(draw, x - scale(60), y)


def speck(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    draw.ellipse((x, y, x + 4, y + 4), fill=(40, 40, 40))


def initials(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A mark of 15 points."""
    r = scale(7)
    draw.line([(x - r, y), (x, y - r), (x + r, y), (x, y + r), (x - r, y - r)], fill=(25, 30, 120), width=4)


def dotted(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A dotted line to sign on."""
    for n in range(40):
        left = x - scale(60) + scale(3 * n)
        draw.ellipse((left, y, left + 3, y + 3), fill=(0, 0, 0))


def ruled(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    draw.line([(x - scale(60), y), (x + scale(60), y)], fill=(0, 0, 0), width=2)


def nothing(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """Leave the place empty."""


# ---------------------------------------------------------------- scans


def scan(rows: Sequence[Row], *marks: tuple[float, float, Pen], grey: bool = False) -> bytes:
    """A PNG of a page of these rows, with marks at points from the left and the top."""
    picture = Image.fromarray(opened(pdf(rows))[1].picture(DPI).pixels).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for left, top, pen in marks:
        pen(draw, scale(left), scale(top))
    out = io.BytesIO()
    picture.convert("L" if grey else "RGB").save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()


def reader(rows: Sequence[Row], *more: Word) -> Callable[[Raster], tuple[Word, ...]]:
    """A reader of pictures that knows what stands on the page of these rows."""
    known = (*opened(pdf(rows))[1].layout.words, *more)

    def ocr(picture: Raster) -> tuple[Word, ...]:
        return known if picture.width > WIDTH / 2 else ()

    return ocr


def scanned(
    rows: Sequence[Row], *marks: tuple[float, float, Pen], more: tuple[Word, ...] = (), grey: bool = False
) -> Agreement:
    """The agreement on a scan of these rows."""
    data = scan(rows, *marks, grey=grey)
    (found,) = read(data, "image/png", "0" * 64, RULES, reader(rows, *more)).agreements
    return found


@pytest.mark.parametrize(
    ("pens", "state", "method"),
    [
        ([stroke], "signed", "ink"),
        ([stroke, aside], "signed", "ink"),
        # somebody has to look
        ([initials], "unclear", "none"),
        # nobody signed
        ([stamp], "missing", "stamp"),
        ([], "missing", "none"),
        ([speck], "missing", "none"),
        ([dotted], "missing", "none"),
        ([ruled], "missing", "none"),
    ],
)
@pytest.mark.parametrize("grey", [False, True])
def test_ink_on_a_scan(pens: list[Pen], state: str, method: str, *, grey: bool) -> None:
    found = scanned(pact(), *((RIGHT, SLOT, pen) for pen in pens), grey=grey)
    assert states(found) == [(state, method)]
    assert found.signatures[0].stamp == int(stamp in pens or aside in pens)


@pytest.mark.parametrize("grey", [False, True])
def test_a_signature_under_a_stamp_is_never_missing(*, grey: bool) -> None:
    found = scanned(pact(), (RIGHT, SLOT, stroke), (RIGHT, SLOT, stamp), grey=grey).signatures[0]
    assert found.state in {"signed", "unclear"}


def test_each_slot_of_a_scan_is_judged_by_itself() -> None:
    rows = statement()
    assert states(scanned(rows, (LEFT, SECOND_SLOT, stroke))) == [("signed", "ink"), ("missing", "none")]
    assert states(scanned(rows, (RIGHT, SECOND_SLOT, stroke))) == [("missing", "none"), ("signed", "ink")]


def test_ink_outside_the_slot_is_none() -> None:
    assert states(scanned(pact(), (120, 600, stroke))) == [("missing", "none")]


def test_handwriting_that_was_taken_for_a_word_is_ink() -> None:
    tall = Word("Awllm", Box(RIGHT - 45, SLOT - 18, RIGHT + 45, SLOT + 18), 36, 0.95)
    unsure = Word("wlr", Box(RIGHT - 45, SLOT - 10, RIGHT + 45, SLOT + 10), 11, 0.2)
    for word in (tall, unsure):
        assert states(scanned(pact(), (RIGHT, SLOT, stroke), more=(word,))) == [("signed", "ink")]


def test_handwriting_that_goes_on_beside_the_slot_accuses_nobody() -> None:
    edge = slot_edge()
    across = Word("Ceeler", Box(edge - 30, SLOT - 10, edge + 60, SLOT + 10), 11, 0.3)
    beside = Word("Ceeler", Box(edge + 5, SLOT - 10, edge + 90, SLOT + 10), 11, 0.3)
    assert states(scanned(pact(), more=(across,))) == [("unclear", "none")]
    assert states(scanned(pact(), more=(beside,))) == [("missing", "none")]


def test_a_signature_that_missed_its_slot_accuses_nobody() -> None:
    """On a side of it where nobody else signs; a stamp alone there is none."""
    edge = slot_edge()
    assert states(scanned(pact(), (edge + 50, SLOT, stroke))) == [("unclear", "none")]
    assert states(scanned(pact(), (edge + 50, SLOT, speck))) == [("missing", "none")]


def slot_edge() -> float:
    found = scanned(pact()).signatures[0]
    assert found.x1 is not None
    return found.x1


def test_a_printed_word_in_the_slot_is_no_ink() -> None:
    rows = [*pact(), centred(SLOT, "Meterai 10.000", RIGHT)]
    found = scanned(rows).signatures[0]
    assert (found.state, found.meterai) == ("missing", 0)


def test_what_was_measured_is_kept() -> None:
    found = scanned(pact(), (RIGHT, SLOT, stroke)).signatures[0]
    assert found.evidence is not None
    assert '"signature":' in found.evidence
    assert 0 < found.confidence <= 1


def test_the_picture_that_was_judged_is_kept() -> None:
    found = scanned(pact(), (RIGHT, SLOT, stroke)).signatures[0]
    assert found.picture is not None
    assert found.crop == hashlib.sha256(found.picture).hexdigest()[:32]
    assert '"print"' in (found.masked or "")
    assert found.shape is not None


def test_a_page_that_nobody_read_accuses_nobody() -> None:
    found = read(scan(pact()), "image/png", "0" * 64, RULES, None)
    assert [a.signatures for a in found.agreements] == [()]


# ---------------------------------------------------------------- digital pages


def pasted(pen: Pen, left: float, top: float, width: float = 120, height: float = 60) -> Paint:
    """Paints a picture drawn by `pen` around a point."""
    picture = Image.new("RGB", (round(scale(width)), round(scale(height))), "white")
    pen(ImageDraw.Draw(picture), scale(width) / 2, scale(height) / 2)

    def paint(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), left - width / 2, HEIGHT - top - height / 2, width, height)

    return paint


def code(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A QR code of 50 points."""
    squares = cv2.QRCodeEncoder.create().encode("https://example.invalid/periksa/12345")
    side = round(scale(50))
    corner = (round(x - side / 2), round(y - side / 2))
    draw.bitmap(corner, Image.fromarray(255 - squares).resize((side, side), 0), fill=(0, 0, 0))


def curves(canvas: Canvas) -> None:
    """A signature drawn as one path of curves in the slot of a pact."""
    x, y, path = RIGHT - 45, HEIGHT - SLOT, canvas.beginPath()
    path.moveTo(x, y)
    for n in range(15):
        left, up = x + 6 * n, 12 if n % 2 else -8
        path.curveTo(left + 3, y + 2 * up, left + 9, y + up, left + 6, y + up)
    canvas.setLineWidth(1.5)
    canvas.drawPath(path)


def pieces(canvas: Canvas) -> None:
    """A signature as programs for pens write it: each short piece a path of its own, thick or thin."""
    steps = np.linspace(0, 1, 160)
    xs = RIGHT - 45 + 90 * steps + 6 * np.sin(9 * np.pi * steps)
    ys = HEIGHT - SLOT + 14 * np.sin(13 * np.pi * steps)
    for n in range(0, 156, 3):
        path = canvas.beginPath()
        path.moveTo(xs[n], ys[n])
        for at in range(n + 1, n + 4):
            path.lineTo(xs[at], ys[at])
        canvas.setLineWidth(1 + n / 200)
        canvas.drawPath(path)


def flat(canvas: Canvas) -> None:
    """Curves that begin and end on one height."""
    for n in range(6):
        x, y = RIGHT - 45 + 15 * n, HEIGHT - SLOT
        canvas.bezier(x, y, x + 5, y + 30, x + 12, y - 30, x + 18, y)


@pytest.mark.parametrize(
    ("paint", "state", "method"),
    [
        (None, "missing", "none"),
        (pasted(stroke, RIGHT, SLOT), "signed", "picture"),
        (curves, "signed", "picture"),
        (pieces, "signed", "picture"),
        (pasted(code, RIGHT, SLOT, 60, 60), "unclear", "qr"),
        (pasted(stamp, RIGHT, SLOT, 90, 90), "unclear", "stamp"),
        (pasted(nothing, RIGHT, SLOT), "missing", "none"),
        # an emblem over the page is no signature
        (pasted(stamp, 300, 40, 60, 60), "missing", "none"),
    ],
)
def test_pictures_on_a_digital_page(paint: Paint | None, state: str, method: str) -> None:
    assert states(agreement(RULES, pact(), paint=paint)) == [(state, method)]


def test_strokes_without_height_accuse_nobody() -> None:
    assert agreement(RULES, pact(), paint=flat).signatures[0].state != "missing"


def test_an_empty_slot_of_a_digital_page_is_surely_missing() -> None:
    found = agreement(RULES, pact()).signatures[0]
    assert (found.state, found.role, found.name, found.required) == ("missing", "pembuat", HEAD[0], 1)
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("typed", "state"), [("ttd", "unclear"), ("(t.t.d.)", "unclear"), ("Ttdk", "missing")]
)
def test_of_a_copy_nobody_can_tell_whether_the_original_is_signed(typed: str, state: str) -> None:
    rows = [*pact(), centred(SLOT, typed, RIGHT)]
    assert agreement(RULES, rows).signatures[0].state == state
    assert scanned(rows).signatures[0].state == state


def test_a_badge_claims_and_proves_nothing() -> None:
    rows = [row for row in pact() if row[1] < 310]
    badge = column(
        RIGHT, 314, "Yang membuat pernyataan,", "", "Ditandatangani secara elektronik oleh", "", "", HEAD[0]
    )
    assert states(agreement(RULES, [*rows, *badge])) == [("unclear", "qr")]


def test_a_slot_is_where_the_name_leaves_room() -> None:
    found = agreement(RULES, pact()).signatures[0]
    assert found.x0 is not None
    assert found.x1 is not None
    assert found.top is not None
    assert found.bottom is not None
    assert found.x0 < RIGHT < found.x1
    assert found.top < SLOT < found.bottom


@pytest.mark.parametrize(
    ("corners", "expected"),
    [
        ([(100, 100), (200, 100), (200, 200), (100, 200)], True),
        ([(150, 100), (200, 150), (150, 200), (100, 150)], True),
        ([(100, 104), (196, 100), (204, 198), (103, 203)], True),
        # what loops of handwriting are found as
        ([(170, 80), (380, 3), (404, 276), (333, 276)], False),
        ([(220, 120), (340, 280), (270, 290), (230, 280)], False),
        ([(100, 100), (300, 100), (300, 200), (100, 200)], False),
        ([(100, 100), (200, 100), (270, 170), (170, 170)], False),
    ],
)
def test_a_code_is_square(corners: list[tuple[float, float]], *, expected: bool) -> None:
    assert square(np.array(corners, np.float64)) is expected


def test_a_code_is_half_dark_and_a_stamp_is_not() -> None:
    corners = np.array([(50, 50), (250, 50), (250, 250), (50, 250)], np.float64)
    code, stamped = np.full((300, 300), 240, np.uint8), Image.new("L", (300, 300), 240)
    code[50:250, 50:250] = np.kron(np.indices((20, 20)).sum(axis=0) % 2 * 200 + 30, np.ones((10, 10)))
    for inset in (50, 80):
        ImageDraw.Draw(stamped).ellipse((inset, inset, 300 - inset, 300 - inset), outline=60, width=5)
    assert dense(code, corners)
    assert not dense(np.asarray(stamped), corners)


# ---------------------------------------------------------------- who has to sign, and where


def slots(found: Agreement) -> list[tuple[str, str, int]]:
    return [(s.role, s.part, s.page) for s in found.signatures]


def test_both_sign_statement_and_annex() -> None:
    assert slots(agreement(RULES, statement(), annex())) == [
        ("pihak_kedua", "statement", 1),
        ("pihak_pertama", "statement", 1),
        ("pihak_kedua", "annex", 2),
        ("pihak_pertama", "annex", 2),
    ]


def test_a_witness_who_signs_the_annex_owes_no_signature_elsewhere() -> None:
    witness = column(300, 500, "Saksi 1", "", "", "", "Budi Prasetyo, S.H.", "NIP. 19880701 201002 1 056")
    found = agreement(RULES, statement(), [*annex(), *witness])
    assert [(p.role, p.name and p.name.data) for p in found.parties][2:] == [("saksi", "Budi Prasetyo, S.H.")]
    assert [slot for slot in slots(found) if slot[0] == "saksi"] == [("saksi", "annex", 2)]


def test_an_annex_without_places_to_sign_demands_none() -> None:
    bare = [row for row in annex() if row[1] < 300]
    assert {part for _, part, _ in slots(agreement(RULES, statement(), bare))} == {"statement"}


def test_a_slot_is_of_its_party() -> None:
    found = agreement(RULES, statement())
    assert [(s.name, s.party is not None and found.parties[s.party].role) for s in found.signatures] == [
        (MAYOR[0], "pihak_kedua"),
        (HEAD[0], "pihak_pertama"),
    ]


def test_who_has_no_place_to_sign_is_unclear() -> None:
    rows = [row for row in statement() if row[1] < 330]
    found = agreement(RULES, [*rows, *column(RIGHT, 360, *over("Pihak Pertama,", HEAD))]).signatures
    assert [(s.role, s.state, s.x0) for s in found if s.role == "pihak_kedua"] == [
        ("pihak_kedua", "unclear", None)
    ]


COMMITMENT = [
    centred(80, "PERNYATAAN KOMITMEN BERSAMA"),
    (72, 110, "Kami yang bertanda tangan di bawah ini berkomitmen mendukung penurunan stunting."),
    (350, 150, "Telagabiru, 12 Januari 2026"),
    *[(x, 180, text) for x, text in ((75, "No"), (110, "Nama"), (260, "Jabatan"), (430, "Tanda Tangan"))],
    *[
        (x, 210, text)
        for x, text in (
            (75, "1."),
            (110, "Ratna Kusuma, S.E."),
            (260, "Camat Rawa Indah"),
            (435, "1. ........"),
        )
    ],
    *[
        (x, 240, text)
        for x, text in (
            (75, "2."),
            (110, "Budi Prasetyo, S.H."),
            (260, "Lurah Kenanga"),
            (435, "2. ........"),
        )
    ],
]


def lattice(canvas: Canvas) -> None:
    """The ruling lines of the table of signers."""
    for x in (72, 105, 255, 425, 530):
        canvas.line(x, HEIGHT - 165, x, HEIGHT - 255)
    for y in (165, 190, 222, 255):
        canvas.line(72, HEIGHT - y, 530, HEIGHT - y)


def test_each_row_of_a_table_of_signers_is_a_slot() -> None:
    found = agreement(RULES, COMMITMENT, paint=lattice)
    assert [(s.role, s.name, s.state) for s in found.signatures] == [
        ("penandatangan", "Ratna Kusuma, S.E.", "missing"),
        ("penandatangan", "Budi Prasetyo, S.H.", "missing"),
    ]


def test_a_row_that_is_signed_is_signed_alone() -> None:
    def paint(canvas: Canvas) -> None:
        lattice(canvas)
        pasted(stroke, 480, 238, 90, 24)(canvas)

    assert states(agreement(RULES, COMMITMENT, paint=paint)) == [("missing", "none"), ("signed", "picture")]


CREW = (("1. Ratna Kusuma,", "S.E.", "Camat Rawa Indah"), ("2. Budi Prasetyo, S.H.", "", "Lurah Kenanga"))
PROMISE = COMMITMENT[:3]


@pytest.mark.parametrize(
    ("foot", "signed"),
    [
        (230, (110, 205)),  # over the names
        (165, (250, 175)),  # right of them
    ],
)
def test_names_may_stand_over_positions(foot: float, signed: tuple[float, float]) -> None:
    rows = [*block(72, foot, *CREW[0]), *block(320, foot, *CREW[1])]
    found = agreement(RULES, [*PROMISE, *rows], paint=pasted(stroke, *signed, 90, 24))
    assert signers(found) == [
        ("Ratna Kusuma, S.E.", "Camat Rawa Indah", "signed"),
        ("Budi Prasetyo, S.H.", "Lurah Kenanga", "missing"),
    ]


def test_numbers_may_stand_halfway_down_beside_names_over_positions() -> None:
    column = [
        ("Ratna Kusuma, S.E.", "1. Camat Rawa Indah", "Kabupaten Sukamaju"),
        ("Budi Prasetyo Wicaksana,", "S.T.", "2. Lurah Kenanga"),
        ("Dewi Lestari, S.Sos.", "3. Lurah Melati", "Kecamatan Rawa Indah"),
    ]
    rows = block(94, 210, *(text for lines in column for text in lines))
    found = agreement(RULES, [*PROMISE, *rows])
    assert [(p.name and p.name.data, p.position and p.position.data) for p in found.parties] == [
        ("Ratna Kusuma, S.E.", "Camat Rawa Indah Kabupaten Sukamaju"),
        ("Budi Prasetyo Wicaksana, S.T.", "Lurah Kenanga"),
        ("Dewi Lestari, S.Sos.", "Lurah Melati Kecamatan Rawa Indah"),
    ]


def test_a_signature_is_a_record_with_its_box_or_none() -> None:
    blank = Signature()
    assert (blank.state, blank.x0, blank.method) == ("unclear", None, "none")


def test_blocks_of_a_pact_with_a_witness_are_both_slots() -> None:
    rows = [row for row in pact() if row[1] < 290]
    both = signatures(
        300,
        ["Menyaksikan,", MAYOR[1], "", "", "", "", MAYOR[0]],
        ["Pembuat Pernyataan,", "", "", "", "", "", HEAD[0]],
    )
    assert [s.role for s in agreement(RULES, [*rows, *both]).signatures] == ["saksi", "pembuat"]


@pytest.mark.parametrize(("at", "state"), [((LEFT + RIGHT) / 2 - 30, "unclear"), (RIGHT, "missing")])
def test_who_signed_between_two_places_may_be_the_one_whose_place_is_empty(at: float, state: str) -> None:
    """Nobody is accused as long as a signature stands that may be theirs."""
    found = scanned(statement(), (RIGHT, SECOND_SLOT, stroke), (at, SECOND_SLOT, stroke))
    assert [s.state for s in found.signatures if s.role == "pihak_kedua"] == [state]


CELLS = [
    ["1. RATNA KUSUMA, S.E.", "Camat Rawa Indah"],
    ["2. BUDI PRASETYO", "Lurah Kenanga"],
    ["3. DEWI LESTARI,", "S.Sos.", "Lurah Melati"],
    ["4. DRS. ARKANA", "Lurah Teratai"],
]


def test_many_may_have_a_cell_each_to_sign_in() -> None:
    """Names and positions stand on top of the cells, two in a row; the first and the last are signed."""

    def paint(canvas: Canvas) -> None:
        canvas.grid([72, 300, 528], [HEIGHT - y for y in (240, 340, 440)])
        pasted(stroke, 180, 310, 90, 24)(canvas)
        pasted(stroke, 410, 410, 90, 24)(canvas)

    rows = [
        row
        for n, lines in enumerate(CELLS)
        for row in block(80 + 228 * (n % 2), 254 + 100 * (n // 2), *lines, step=13)
    ]
    found = agreement(RULES, [*PROMISE, *rows], paint=paint)
    assert signers(found) == [
        ("RATNA KUSUMA, S.E.", "Camat Rawa Indah", "signed"),
        ("BUDI PRASETYO", "Lurah Kenanga", "missing"),
        ("DEWI LESTARI, S.Sos.", "Lurah Melati", "missing"),
        ("DRS. ARKANA", "Lurah Teratai", "signed"),
    ]


def test_brothers_who_both_know_of_a_pact_are_two() -> None:
    rows = [row for row in pact() if row[1] < 290]
    names = ["Apt. Bukhari bin Abdul Wahab, S.Farm.", "Apt. Numan bin Abdul Wahab, S.Farm."]
    numbers = ["NIP. 19770125 199902 1 034", "NIP. 19850312 200712 1 012"]
    both = [
        row
        for middle, name, number in zip((110, 300), names, numbers, strict=True)
        for row in column(middle, 300, "Menyaksikan,", "Kepala Bidang", "", "", "", "", name, number)
    ]
    maker = column(490, 300, "Pembuat Pernyataan,", "", "", "", "", "", HEAD[0])
    found = agreement(RULES, [*rows, *both, *maker])
    witnesses = [p.nip and p.nip.data for p in found.parties if p.role == "saksi"]
    assert witnesses == ["197701251999021034", "198503122007121012"]


def test_a_signature_of_many_straight_pieces_is_no_ruling() -> None:
    """As pads write it: hundreds of points joined, some of the pieces level or upright."""

    def paint(canvas: Canvas) -> None:
        path = canvas.beginPath()
        steps = np.linspace(0, 1, 120)
        xs = RIGHT + 90 * (steps - 0.5) + 8 * np.sin(9 * np.pi * steps)
        ys = HEIGHT - SLOT + 14 * np.sin(13 * np.pi * steps) * (1 - 0.5 * steps)
        path.moveTo(float(xs[0]), float(ys[0]))
        for x, y in zip(xs[1:], ys[1:], strict=True):
            path.lineTo(float(x), float(y))
        canvas.drawPath(path)

    found = agreement(RULES, pact(), paint=paint)
    assert [s.state for s in found.signatures] == ["signed"]


def test_who_signs_in_a_cell_beside_their_role_has_it_to_sign_in() -> None:
    """Roles stand in the left cells, room and names in the right ones; the second of them is signed."""

    def paint(canvas: Canvas) -> None:
        canvas.grid([120, 240, 460], [HEIGHT - y for y in (380, 470, 560)])
        pasted(stroke, 350, 500, 90, 24)(canvas)

    rows = [row for row in statement() if row[1] < 330]
    rows += [
        *block(126, 420, "Pejabat Penilai", "(Pihak Kedua)"),
        *block(126, 510, "Pejabat yang Dinilai", "(Pihak Pertama)"),
    ]
    rows += [centred(440, MAYOR[0], 350), *column(350, 530, HEAD[0], HEAD[2])]
    found = agreement(RULES, rows, paint=paint)
    assert [(s.role, s.name, s.state) for s in found.signatures] == [
        ("pihak_kedua", MAYOR[0], "missing"),
        ("pihak_pertama", HEAD[0], "signed"),
    ]


def test_the_second_party_may_sign_under_another_word() -> None:
    rows = [row for row in statement() if row[1] < 330]
    sides = ["Menyetujui,", "", "", "", "", MAYOR[0]], ["Pihak Pertama,", "", "", "", "", HEAD[0]]
    found = agreement(RULES, [*rows, *signatures(400, *sides)])
    assert [(s.role, s.name) for s in found.signatures] == [
        ("pihak_kedua", MAYOR[0]),
        ("pihak_pertama", HEAD[0]),
    ]


def test_a_name_written_out_is_no_empty_place() -> None:
    """Letters that a reader of scans sees where nobody prints are somebody's hand: a person has to look."""
    script = Word("Arkana", Box(RIGHT - 25, SLOT - 8, RIGHT + 25, SLOT + 8), 14, 0.5)
    assert states(scanned(pact(), more=(script,))) == [("unclear", "none")]
    capitals = Word("DINAS", Box(RIGHT - 25, SLOT - 8, RIGHT + 25, SLOT + 8), 14, 0.5)
    assert states(scanned(pact(), more=(capitals,))) == [("missing", "none")]


def test_the_words_of_a_badge_of_another_service_are_a_claim() -> None:
    rows = [*pact(), centred(SLOT, "TANDA TANGAN ELEKTRONIK", RIGHT)]
    assert [s.state for s in agreement(RULES, rows).signatures] == ["unclear"]


def test_a_signature_that_runs_out_of_the_next_place_is_of_who_signs_there() -> None:
    """It begins left of its block; the place beside it is empty all the same."""
    both = (RIGHT - 60, SECOND_SLOT, stroke), (RIGHT - 30, SECOND_SLOT, stroke)
    found = scanned(statement(), *both)
    assert {s.role: s.state for s in found.signatures} == {
        "pihak_kedua": "missing",
        "pihak_pertama": "signed",
    }


def test_under_a_long_position_people_sign_around_their_name() -> None:
    """Over all of its width a signature would be too small to be told from nothing."""
    long = "KEPALA DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK SERTA KELUARGA BERENCANA KOTA"
    rows = [*pact(), *column(297, 480, "Mengetahui,", long, "", "", "", "", "RATNA KUSUMA, S.E.")]
    found = scanned(rows, (297, 540, stroke))
    (slot,) = [s for s in found.signatures if s.role == "saksi"]
    assert slot.x0 is not None
    assert slot.x1 is not None
    assert (slot.state, slot.x1 - slot.x0 < 301) == ("signed", True)
