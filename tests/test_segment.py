"""Which pages make which agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.forms import blank_form
from pipeline.reading.segment import Segment, segments
from pipeline.reading.titled import title_line
from tests.drawn import HEIGHT, Paint, Row, block, centred, leaves, reading
from tests.pages import (
    HEAD,
    MAYOR,
    OPENING,
    PROMISE,
    annex,
    identity,
    letter,
    numbered,
    over,
    pact,
    signatures,
    statement,
    table,
)
from tests.shipped import RULES, WORDS

CAMAT = ("Budi Prasetyo, S.STP.", "Camat Rawa Indah", "19850401 200312 1 002")
LURAH = ("Sri Lestari, S.E.", "Lurah Bukit Kenanga", "")
DOTS = "....................................."
MEASURED = [centred(80, "PENGUKURAN KINERJA TAHUN 2025"), *table()]
FORM = statement(who=(DOTS, DOTS, DOTS), over_him=(DOTS, DOTS, ""))
DECREE = [
    centred(80, "KEPUTUSAN WALI KOTA TELAGABIRU"),
    centred(96, "NOMOR 18 TAHUN 2026"),
    centred(112, "TENTANG"),
    centred(128, "PEDOMAN PERJANJIAN KINERJA"),
    *block(72, 160, "Menimbang", "Mengingat"),
]
REPORT = [
    centred(80, "LAPORAN KINERJA INSTANSI PEMERINTAH"),
    (72, 120, "Capaian tahun lalu diuraikan pada bab ini."),
]
COVER = [
    centred(200, "PERJANJIAN KINERJA"),
    centred(220, "TAHUN 2026"),
    centred(400, "DINAS PERTANIAN"),
    centred(420, "KOTA TELAGABIRU"),
]
LONG_OPENING = [centred(80, "PERJANJIAN KINERJA TAHUN 2026"), *OPENING, *identity(150, HEAD, "pihak pertama")]
LONG_REST = [
    *identity(80, MAYOR, "pihak kedua"),
    *PROMISE,
    (72, 310, "Pihak kedua akan memberikan supervisi yang diperlukan serta akan melakukan evaluasi capaian."),
    *signatures(360, over("Pihak Kedua,", MAYOR), over("Pihak Pertama,", HEAD)),
]
RESTS = signatures(80, over("Pihak Kedua,", MAYOR), over("Pihak Pertama,", HEAD))


def parted(*pages: Sequence[Row], paint: Paint | None = None) -> list[Segment]:
    return list(segments(leaves(RULES, *pages, paint=paint), RULES))


def described(segment: Segment) -> str:
    """Its type and its pages, `a` those that are annex and `x` those that are aside."""
    numbers = [leaf.number for leaf in segment.leaves]
    pages = [f"{n}{'a' * (n in segment.annex)}{'x' * (n in segment.aside)}" for n in numbers]
    return f"{segment.type.id} {' '.join(pages)}"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([statement()], ["perjanjian_kinerja 1"]),
        ([statement(), annex()], ["perjanjian_kinerja 1 2a"]),
        ([statement(), annex(title="PERJANJIAN KINERJA TAHUN 2026")], ["perjanjian_kinerja 1 2a"]),
        ([statement(), annex(title="Lampiran I Perjanjian Kinerja Tahun 2026")], ["perjanjian_kinerja 1 2a"]),
        (
            [statement(), annex(title="LAMPIRAN SURAT PERNYATAAN PERJANJIAN KINERJA")],
            ["perjanjian_kinerja 1 2a"],
        ),
        ([statement(), annex(), annex(title="")], ["perjanjian_kinerja 1 2a 3a"]),
        ([statement(), annex(), MEASURED], ["perjanjian_kinerja 1 2a 3ax"]),
        ([statement(), RESTS], ["perjanjian_kinerja 1 2"]),
        ([LONG_OPENING, LONG_REST, annex()], ["perjanjian_kinerja 1 2 3a"]),
        ([annex(), statement()], ["perjanjian_kinerja 1a 2"]),
        ([COVER, statement(), annex()], ["perjanjian_kinerja 1 2 3a"]),
        ([pact()], ["pakta_integritas 1"]),
        ([letter()], ["other 1"]),
        ([DECREE], ["other 1"]),
        ([REPORT, [(72, 80, "Capaian kinerja yang lain.")]], ["other 1 2"]),
    ],
)
def test_pages_of_one_agreement_stay_together(pages: list[list[Row]], expected: list[str]) -> None:
    assert [described(s) for s in parted(*pages)] == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (
            [statement(), annex(), statement(who=CAMAT), annex(who=CAMAT), statement(who=LURAH)],
            ["perjanjian_kinerja 1 2a", "perjanjian_kinerja 3 4a", "perjanjian_kinerja 5"],
        ),
        ([statement(), statement(who=CAMAT)], ["perjanjian_kinerja 1", "perjanjian_kinerja 2"]),
        ([statement(), annex(), pact()], ["perjanjian_kinerja 1 2a", "pakta_integritas 3"]),
        ([pact(), statement(), annex()], ["pakta_integritas 1", "perjanjian_kinerja 2 3a"]),
        ([pact(), pact(CAMAT)], ["pakta_integritas 1", "pakta_integritas 2"]),
        ([letter(), statement(), annex()], ["other 1", "perjanjian_kinerja 2 3a"]),
        ([statement(), annex(), letter()], ["perjanjian_kinerja 1 2a", "other 3"]),
    ],
)
def test_a_bundle_is_parted(pages: list[list[Row]], expected: list[str]) -> None:
    assert [described(s) for s in parted(*pages)] == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (["PERJANJIAN KINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["PERJANJIAN", "KINERJA"], "perjanjian_kinerja"),
        (["P E R J A N J I A N   K I N E R J A"], "perjanjian_kinerja"),
        (["PERJANJIANKINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["PERJANJlAN KlNERJA TAHUN 2O26"], "perjanjian_kinerja"),
        (["PERUBAHAN PERJANJIAN KINERJA"], "perjanjian_kinerja"),
        (["Pernyataan Penetapan Kinerja"], "perjanjian_kinerja"),
        (["PENETAPAN KINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["KONTRAK KINERJA"], "perjanjian_kinerja"),
        (["LEMBAR PERJANJIAN KINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["SURAT PERNYATAAN PERJANJIAN KINERJA"], "perjanjian_kinerja"),
        (["PENETAPAN PERJANJIAN KINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["SURAT NASKAH PAKTA INTEGRITAS"], "pakta_integritas"),
        (["DINAS PERTANIAN", "PERJANJIAN KINERJA TAHUN 2026"], "perjanjian_kinerja"),
        (["PAKTA INTEGRITAS"], "pakta_integritas"),
        (["PAKTA  INTEGRlTAS"], "pakta_integritas"),
        (["NASKAH PAKTA INTEGRITAS"], "pakta_integritas"),
        (["P A K T A    I N T E G R I T A S"], "pakta_integritas"),
        (["PERNYATAAN KOMITMEN BERSAMA"], "komitmen_bersama"),
        (["PERJANJIAN KERJA SAMA"], "perjanjian_lain"),
        (["MAKLUMAT PELAYANAN"], "perjanjian_lain"),
        # titles of what is no agreement
        (["LAPORAN PERJANJIAN KINERJA TAHUN 2025"], "other"),
        (["UNDANGAN PENANDATANGANAN PAKTA INTEGRITAS"], "other"),
        (["LAMPIRAN KEPUTUSAN WALI KOTA TELAGABIRU", "PERJANJIAN KINERJA TAHUN 2026"], "other"),
        (["LAMPIRAN II PERATURAN WALI KOTA TELAGABIRU", "PERJANJIAN KINERJA TAHUN 2026"], "other"),
        (["LAMPIRAN PERATURAN WALI KOTA TELAGABIRU", "PERJANJIAN KINERJA TAHUN 2026"], "other"),
        (["DAFTAR HADIR", "PENANDATANGANAN PAKTA INTEGRITAS"], "other"),
        (["JADWAL PENANDATANGANAN PERJANJIAN KINERJA"], "other"),
        (["PERJALANAN DINAS KE LUAR KOTA"], "other"),
    ],
)
def test_a_title_says_what_it_is(title: list[str], kind: str) -> None:
    heading = [centred(60 + 16 * n, text) for n, text in enumerate(title)]
    opening = [(72, foot + 40, text) for _, foot, text in OPENING] if kind == "perjanjian_kinerja" else []
    assert [s.type.id for s in parted([*heading, *opening])] == [kind]


@pytest.mark.parametrize(
    "title",
    ["PENETAPAN KINERJA TAHUN 2026", "SURAT PERNYATAAN PERJANJIAN KINERJA", "LAMPIRAN PENETAPAN KINERJA"],
)
def test_the_line_with_the_title_is_known(title: str) -> None:
    """A word that may stand before titles may be one's own first."""
    (page,) = leaves(RULES, [centred(60, "DINAS PERTANIAN"), centred(80, title), *OPENING])
    kind = next(rule for rule in RULES.types if rule.id == "perjanjian_kinerja")
    found = title_line(page, kind)
    assert found is not None
    assert found.text == title


@pytest.mark.parametrize(
    "rows",
    [
        # a sentence that begins with the words of a title
        [
            (
                72,
                80,
                "Demikian laporan ini kami sampaikan dengan memperhatikan seluruh dokumen yang ada di sini.",
            ),
            (
                72,
                94,
                "Perjanjian Kinerja ini menjadi dasar penilaian keberhasilan atau kegagalan kami.",
            ),
        ],
        [
            (
                72,
                80,
                "Para pejabat telah menandatangani dokumen yang menjadi dasar evaluasi kinerja tahunan dan",
            ),
            (72, 94, "Pakta Integritas bersama para saksi."),
        ],
        # running feet
        [(72, 80, "Uraian capaian."), (72, 0.95 * HEIGHT, "Perjanjian Kinerja Tahun 2026 | Halaman 3")],
        [(72, 80, "Uraian capaian."), (72, 0.93 * HEIGHT, "Pakta Integritas Dinas Pertanian")],
        # far down a full page
        [(72, 60 + 16 * n, f"Baris ke {n} dari daftar ini") for n in range(26)]
        + [(72, 490, "PAKTA INTEGRITAS")],
        # nothing at all
        [],
    ],
)
def test_a_page_without_a_title_begins_nothing(rows: list[Row]) -> None:
    assert [s.type.id for s in parted(rows)] == ["other"]
    assert [described(s) for s in parted(pact(), rows)] == ["pakta_integritas 1 2"]


@pytest.mark.parametrize(
    "text",
    [
        "Laporan keuangan yang disusun tepat waktu",
        "Peraturan daerah yang ditetapkan",
        "Jadwal tanam yang disepakati",
        "Rencana aksi daerah yang disusun",
        "Surat keterangan yang diterbitkan",
        "Berita acara serah terima hasil panen",
    ],
)
def test_a_row_of_a_table_is_no_title(text: str) -> None:
    rows: list[Row] = [
        (72, 100, "3"),
        (100, 100, text),
        (450, 100, "4 dokumen"),
        (72, 120, "4"),
        (100, 120, "Mutu"),
    ]
    unnumbered: list[Row] = [
        (100, 100, text),
        (450, 100, "4 dokumen"),
        (100, 120, "Mutu benih"),
        (450, 120, "5 %"),
    ]
    for page in (rows, unnumbered):
        assert [described(s) for s in parted(statement(), annex(), page)] == ["perjanjian_kinerja 1 2a 3a"]


def test_the_tail_of_a_cell_is_no_title() -> None:
    page: list[Row] = [(100, 100, "Persentase penegakan"), (450, 100, "90 %"), (100, 114, "peraturan daerah")]
    assert [described(s) for s in parted(statement(), annex(), page)] == ["perjanjian_kinerja 1 2a 3a"]


def lattice(canvas: Canvas) -> None:
    """The upright lines of a table of three columns."""
    for x in (60, 95, 440, 540):
        canvas.line(x, HEIGHT - 80, x, HEIGHT - 200)


@pytest.mark.parametrize("text", ["Laporan Kinerja", "LAPORAN KINERJA"])
def test_a_row_of_a_ruled_table_is_no_title_in_the_middle_either(text: str) -> None:
    rows: list[Row] = [(65, 100, "3"), centred(100, text), (450, 100, "4 dokumen")]
    assert [described(s) for s in parted(statement(), rows, paint=lattice)] == ["perjanjian_kinerja 1 2"]


def test_a_title_may_stand_in_the_head_of_a_form() -> None:
    form: list[Row] = [
        *[(110, 100, "FORMULIR PAKTA INTEGRITAS"), (450, 100, "Kode: F-PI/05")],
        *[(110, 116, "Dinas Kesehatan Kabupaten Telagabiru"), (450, 116, "Tahun: 2026")],
        *[(72, 300, "Saya tidak melakukan korupsi, kolusi dan nepotisme."), (72, 330, "Nama : Arkana Halim")],
    ]
    assert [described(s) for s in parted(form, paint=lattice)] == ["pakta_integritas 1"]


@pytest.mark.parametrize("text", ["Laporan Kinerja", "LAPORAN KINERJA"])
def test_the_same_words_over_a_table_are_a_title(text: str) -> None:
    assert [described(s) for s in parted(statement(), [centred(60, text)], paint=lattice)] == [
        "perjanjian_kinerja 1",
        "other 2",
    ]


def test_swapped_pages_are_told() -> None:
    assert [s.swapped for s in parted(annex(), statement())] == [True]
    assert [s.swapped for s in parted(statement(), annex())] == [False]
    assert [s.swapped for s in parted(COVER, statement())] == [False]


def test_an_annex_that_no_rule_knows_lies_before_the_statement_of_those_who_sign_it() -> None:
    strange = annex(title="TARGET KINERJA DINAS")
    assert [described(s) for s in parted(strange, statement())] == ["perjanjian_kinerja 1a 2"]
    others = annex(title="TARGET KINERJA DINAS", who=CAMAT)
    assert [described(s) for s in parted(others, statement())] == ["other 1", "perjanjian_kinerja 2"]


def test_a_cover_alone_is_no_agreement() -> None:
    assert [a.type for a in reading(RULES, COVER).agreements] == ["other"]


def test_a_report_under_a_running_head_is_no_agreement() -> None:
    page = [(72, 40, "Perjanjian Kinerja Dinas Pertanian"), *REPORT[1:]]
    assert {a.type for a in reading(RULES, REPORT, page).agreements} == {"other"}


@pytest.mark.parametrize(
    "pages",
    [
        [DECREE, [centred(60, "LAMPIRAN KEPUTUSAN WALI KOTA"), *FORM[1:]]],
        [DECREE, FORM],
        [FORM],
        [
            [
                centred(80, "PAKTA INTEGRITAS"),
                *identity(130, (DOTS, DOTS, "")),
                *numbered(190, "Tidak korupsi;"),
            ]
        ],
    ],
)
def test_an_empty_form_is_no_agreement(pages: list[list[Row]]) -> None:
    assert {a.type for a in reading(RULES, *pages).agreements} == {"other"}


def test_a_form_with_a_name_is_an_agreement() -> None:
    found = reading(RULES, statement(over_him=(DOTS, DOTS, ""))).agreements
    assert [a.type for a in found] == ["perjanjian_kinerja"]


def test_a_letter_may_be_an_agreement_itself() -> None:
    """Its subject says the title, and it says the sentences; another letter only tells of an agreement."""
    labels = [
        *block(72, 40, "Nomor", "Sifat", "Hal"),
        *block(130, 40, ": 060/1", ": Penting", ": Perjanjian Kinerja"),
    ]
    agreed = [row for row in statement(title="") if row[2]]
    assert [described(segment) for segment in parted([*labels, *agreed])] == ["perjanjian_kinerja 1"]
    told = [*labels, (72, 150, "Bersama ini disampaikan jadwal penandatanganan perjanjian kinerja.")]
    assert [described(segment) for segment in parted(told)] == ["other 1"]


def test_a_title_is_no_sentence_that_resembles_it_on_a_scan() -> None:
    """'Kontrak kinerja antara' begins a statement; 'KONTRAK KINERJA TAHUN ...' over a table does not."""
    title = "KONTRAK KINERJA TAHUN 2026"
    drawn = leaves(RULES, statement(title=title), annex(title=title))
    seen = [replace(x, layout=replace(x.layout, page=replace(x.layout.page, origin="ocr"))) for x in drawn]
    assert [described(segment) for segment in segments(seen, RULES)] == ["perjanjian_kinerja 1 2a"]


@pytest.mark.parametrize(("quality", "blank"), [(0.99, True), (0.9, False)])
def test_a_form_whose_dots_were_not_read_is_one_that_nobody_filled_in(quality: float, *, blank: bool) -> None:
    """Where a scan is so good that names would have been read."""
    rows = [centred(80, "PERJANJIAN KINERJA"), *block(72, 120, "Nama", "Jabatan", "Nama", "Jabatan", step=20)]
    (leaf,) = leaves(RULES, rows)
    page = replace(leaf.layout.page, origin="ocr", quality=quality)
    seen = replace(leaf, layout=replace(leaf.layout, page=page))
    assert blank_form([seen], WORDS, named=False) is blank
    assert not blank_form([leaf], WORDS, named=False)
