"""Pages that are not one column of text: forms in a frame, and two pages on one sheet."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.drawn import HEIGHT, agreement, block, centred, column, signers_of
from tests.pages import HEAD, MAYOR
from tests.shipped import RULES

ROWS = [("1", "Mutu layanan naik", "Nilai layanan", "85"), ("2", "Tertib", "Jumlah laporan", "12")]
EDGES = (80, 110, 250, 440, 520)


def table(foot: float) -> list[tuple[float, float, str]]:
    """A table of indicators, its head first, 18 points a row."""
    rows = [("No", "Sasaran", "Indikator", "Target"), *ROWS]
    return [
        (x + 4, foot + 18 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip(EDGES, row, strict=False)
    ]


def test_a_form_may_stand_in_one_frame_with_the_table_inside() -> None:
    """Its head has a number beside the title; sections have titles of their own; both sign in cells."""

    def paint(canvas: Canvas) -> None:
        canvas.grid([60, 540], [HEIGHT - y for y in (60, 110, 130, 230, 250, 290, 310, 392, 412, 560)])
        canvas.grid(list(EDGES), [HEIGHT - y for y in (320, 338, 356, 374)])
        for x, top, bottom in ((140, 60, 110), (440, 60, 110), (300, 130, 230), (300, 412, 560)):
            canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)

    def person(x: float, role: str, who: tuple[str, str, str]) -> list[tuple[float, float, str]]:
        labels = block(x, 162, "Nama", "NIP", "Jabatan", step=18)
        values = block(x + 60, 162, f": {who[0]}", f": {who[2]}", f": {who[1]}", step=18)
        return [(x, 144, role), *labels, *values]

    second = ("Ratna Kusuma, S.E.", "Wali Kota Telaga", "19750101 200003 2 001")
    found = agreement(
        RULES,
        [
            *[centred(76, "PEMERINTAH KOTA TELAGABIRU", 290), (446, 76, "Form : PK-03")],
            *[centred(94, "PERJANJIAN KINERJA TAHUN 2026", 290), (446, 94, "Halaman : 1 dari 1")],
            (64, 124, "A. PARA PIHAK"),
            *person(64, "PIHAK PERTAMA (yang berjanji)", HEAD),
            *person(304, "PIHAK KEDUA (atasan langsung)", second),
            (64, 244, "B. PERNYATAAN"),
            (64, 264, "Pihak Pertama berjanji mewujudkan target pada bagian C dan bertanggung jawab."),
            (64, 304, "C. TARGET KINERJA"),
            *table(332),
            (64, 406, "D. PENGESAHAN"),
            (380, 428, "Telagabiru, 12 Januari 2026"),
            *column(180, 444, "Pihak Kedua,", second[1], "", "", "", "", second[0], f"NIP. {second[2]}"),
            *column(420, 444, "Pihak Pertama,", HEAD[1], "", "", "", "", HEAD[0], f"NIP. {HEAD[2]}"),
        ],
        paint=paint,
    )
    assert signers_of(found) == {("pihak_pertama", HEAD[0], HEAD[1]), ("pihak_kedua", *second[:2])}
    assert {s.state for s in found.signatures} == {"missing"}
    assert [i.measure.data for i in found.indicators if i.measure] == ["Nilai layanan", "Jumlah laporan"]


def test_two_pages_may_stand_on_one_sheet() -> None:
    """The statement left of a line, and right of it what it promises, and who signs."""

    def paint(canvas: Canvas) -> None:
        canvas.line(300, HEIGHT - 60, 300, HEIGHT - 640)

    left = [
        centred(80, "PERJANJIAN KINERJA", 170),
        centred(94, "TAHUN 2026", 170),
        *block(50, 120, "Dalam rangka mewujudkan manajemen", "pemerintahan yang efektif, kami:", step=12),
        *block(50, 160, "Nama", "Jabatan", step=16),
        *block(95, 160, f": {HEAD[0]}", f": {HEAD[1]}", step=16),
        (50, 192, "selanjutnya disebut pihak pertama"),
        *block(50, 212, "Nama", "Jabatan", step=16),
        *block(95, 212, f": {MAYOR[0]}", f": {MAYOR[1]}", step=16),
        (50, 244, "selanjutnya disebut pihak kedua"),
        *block(50, 264, "Pihak pertama berjanji akan mewujudkan", "target kinerja di samping.", step=12),
    ]
    right = [
        *[
            (312, 160, "1."),
            (328, 160, "Advokasi"),
            (470, 160, "Rp"),
            (490, 160, "165.564.000"),
        ],
        *[(312, 176, "2."), (328, 176, "Pascarehabilitasi"), (500, 176, "Rp"), (520, 176, "623.618.000")],
        *[(328, 192, "Jumlah"), (500, 192, "Rp"), (520, 192, "789.182.000")],
        (420, 228, "Telagabiru, 12 Januari 2026"),
        *block(
            312, 420, "Pihak kedua akan melakukan supervisi", "dan evaluasi atas capaian kinerja", step=12
        ),
        *block(312, 444, "serta mengambil tindakan bersama", "yang diperlukan untuk itu", step=12),
    ]
    signing = [
        *column(365, 248, "Pihak Kedua,", "", "", "", "", MAYOR[0]),
        *column(490, 248, "Pihak Pertama,", "", "", "", "", HEAD[0]),
    ]
    found = agreement(RULES, [*left, *right, *signing], paint=paint)
    assert signers_of(found) == {("pihak_pertama", *HEAD[:2]), ("pihak_kedua", *MAYOR[:2])}
    assert [b.amount.data for b in found.budgets if b.amount] == [165564000, 623618000]
