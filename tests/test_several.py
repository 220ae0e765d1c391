"""Roles that several people have: witnesses side by side, makers and signers counted off."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import HEIGHT, agreement, block, centred, column
from tests.pages import HEAD, annex, numbered, pact, statement, table
from tests.shipped import RULES
from tests.test_slots import pasted, signers, stroke

CHARTER = [
    centred(80, "PIAGAM PENCANANGAN ZONA INTEGRITAS"),
    (72, 110, "Kami menyatakan siap mewujudkan wilayah bebas dari korupsi di Telagabiru."),
    centred(150, "Telagabiru, 12 Januari 2026"),
    *column(300, 164, "Kepala Dinas Kesehatan", "", "", "", "dr. Sari Utami, M.Kes."),
]
WITNESSES = [
    (110, "Kepala Kejaksaan Negeri", "Agus Salim, S.H., M.H."),
    (300, "Wali Kota Telagabiru", "Ratna Kusuma"),
    (490, "Ketua Pengadilan Negeri", "Budi Prasetyo, S.H."),
]


def test_witnesses_may_stand_side_by_side_under_one_line() -> None:
    rows = [row for x, position, name in WITNESSES for row in column(x, 266, position, "", "", "", name)]
    found = agreement(
        RULES, [*CHARTER, centred(248, "Menyaksikan,"), *rows], paint=pasted(stroke, 300, 280, 90, 24)
    )
    assert {s for s in signers(found) if s[0] != "dr. Sari Utami, M.Kes."} == {
        ("Agus Salim, S.H., M.H.", "Kepala Kejaksaan Negeri", "missing"),
        ("Ratna Kusuma", "Wali Kota Telagabiru", "signed"),
        ("Budi Prasetyo, S.H.", "Ketua Pengadilan Negeri", "missing"),
    }


def test_a_position_that_nobody_lists_begins_the_next_place_to_sign() -> None:
    """It stands close under a name with titles, and the next name far below it."""
    people = [
        ("Kepala Bagian Perencanaan", "Sitti Yunus, S.Sos."),
        ("Bamin Bag Ren", "Firman Halim, S.H."),
        ("Banit Intelkam", "Rosmini Haris, S.Sos."),
    ]
    rows = [
        row
        for n, (position, name) in enumerate(people)
        for row in column(120, 250 + 70 * n, position, "", "", "", name)
    ]
    head = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 110, "Kami menyatakan berkomitmen penuh untuk:"),
        *numbered(130, "Menolak suap;", "Menjaga nama baik institusi."),
        centred(180, "Telagabiru, 12 Januari 2026"),
    ]
    found = agreement(RULES, [*head, *rows])
    assert [(s[0], s[1]) for s in signers(found)] == [(name, position) for position, name in people]


def test_boxes_to_sign_in_may_have_the_position_on_top_and_the_name_below() -> None:
    """A position may end like a name: 'RSUD dr. Sari Utami'."""
    people = [
        ("Sahrawi, S.Kep.", "Kepala Bidang Pelayanan RSUD", "dr. Sari Utami"),
        ("SUMIYATI, S.Kep.", "Kepala Ruang Melati", ""),
        ("MOH. TAUFIQ, S.Kep.", "Perawat Ahli Pertama", ""),
        ("HOSNA HIDAYAT, A.Md.", "Bidan Terampil", ""),
    ]

    def paint(canvas: Canvas) -> None:
        canvas.grid([72, 300, 528], [HEIGHT - y for y in (240, 340, 440)])
        pasted(stroke, 186, 296, 90, 24)(canvas)

    rows = [
        row
        for n, (name, position, more) in enumerate(people)
        for row in [
            *block(80 + 228 * (n % 2), 254 + 100 * (n // 2), position, more, step=12),
            (80 + 228 * (n % 2), 332 + 100 * (n // 2), name),
        ]
    ]
    head = [
        centred(80, "KOMITMEN MUTU DAN KESELAMATAN PASIEN"),
        (72, 110, "Kami yang bertanda tangan di bawah ini berkomitmen meningkatkan mutu."),
        (350, 150, "Telagabiru, 12 Januari 2026"),
    ]
    found = agreement(RULES, [*head, *rows], paint=paint)
    assert found.type == "komitmen_bersama"
    assert signers(found) == [
        (name, f"{position} {more}".strip(), "signed" if n == 0 else "missing")
        for n, (name, position, more) in enumerate(people)
    ]


def test_makers_of_a_pact_may_be_counted_off() -> None:
    """Each signs on a line right of position and name; the first has signed."""
    promises = [row for row in pact() if row[1] < 290]
    people = [
        ("1.", HEAD[1], HEAD[0], "NIP. 197001011995031002"),
        ("2.", "Direktur CV. Karya Banua", "Dede Kusnadi", ""),
    ]
    rows = [
        row
        for n, (number, position, name, nip) in enumerate(people)
        for row in [
            (72, 330 + 70 * n, number),
            *block(94, 330 + 70 * n, position, "", "", name, nip),
            (310, 356 + 70 * n, "." * 40),
        ]
    ]
    found = agreement(
        RULES,
        [*promises, (72, 310, "Telagabiru, 12 Januari 2026"), *rows],
        paint=pasted(stroke, 330, 330, 90, 24),
    )
    assert signers(found) == [
        (*HEAD[:2], "signed"),
        ("Dede Kusnadi", "Direktur CV. Karya Banua", "missing"),
    ]


def test_witnesses_may_be_counted_off_by_their_role() -> None:
    """'Saksi 1 : NAME', the position under it, and brackets to sign between."""
    people = [
        ("BAIQ SULASTRI, S.H.", "Kepala Seksi Pengawasan"),
        ("NURMALA SAKRA, S.E.", "Kepala Bagian Umum"),
    ]
    rows = [
        row
        for n, (name, position) in enumerate(people)
        for row in [
            *block(72, 440 + 44 * n, f"Saksi {n + 1} : {name}", position),
            (330, 446 + 44 * n, "("),
            (520, 446 + 44 * n, ")"),
        ]
    ]
    found = agreement(
        RULES, [*pact(), (72, 420, "Saksi-saksi :"), *rows], paint=pasted(stroke, 430, 486, 90, 24)
    )
    assert [s for s in signers(found) if s[0] != HEAD[0]] == [
        (*people[0], "missing"),
        (*people[1], "signed"),
    ]


def test_of_who_is_counted_off_the_number_may_stand_between_name_and_position() -> None:
    people = [
        ("Nurmala Sakra, S.E.", "Bendahara", "19850409 200802 1 057"),
        ("Baiq Sulastri", "Kepala Seksi", ""),
    ]
    rows = [
        row
        for n, (name, position, number) in enumerate(people)
        for row in [
            *block(72, 440 + 56 * n, f"{n + 1}. {name}", f"NIP. {number}" if number else "", position),
            (330, 440 + 56 * n, "(....................)"),
        ]
    ]
    found = agreement(RULES, [*pact(), (72, 420, "Saksi-saksi :"), *rows])
    said = [
        tuple(fact.data if fact else None for fact in (p.name, p.position, p.nip))
        for p in found.parties
        if p.role == "saksi"
    ]
    assert said == [(people[0][0], people[0][1], "198504092008021057"), (people[1][0], people[1][1], None)]


def test_witnesses_may_be_counted_off_beside_place_and_date() -> None:
    """'Saksi-saksi :' stands level with place and date, under which the maker signs."""
    rows = [
        (72, 420, "Saksi-saksi :"),
        *block(72, 440, "1. Nurmala Sakra, S.E.", "Bendahara", step=14),
        (230, 440, "(....................)"),
        *block(72, 490, "2. Baiq Sulastri, S.H.", "Kepala Seksi Pengawasan", step=14),
        (230, 490, "(....................)"),
    ]
    date = 420 - next(foot for _, foot, text in pact() if text.startswith("Telagabiru,"))
    made = [(x, foot + date, text) if foot + date >= 420 else (x, foot, text) for x, foot, text in pact()]
    found = agreement(RULES, [*made, *rows], paint=pasted(stroke, 290, 490, 60, 24))
    assert {s for s in signers(found) if s[0] != HEAD[0]} == {
        ("Nurmala Sakra, S.E.", "Bendahara", "missing"),
        ("Baiq Sulastri, S.H.", "Kepala Seksi Pengawasan", "signed"),
    }


def test_a_list_of_signers_may_go_on_in_a_second_column() -> None:
    people = [
        ("Drs. Bukhari Halim", "Inspektur Pembantu Wilayah I"),
        ("Razali Linge, S.STP.", "Auditor Ahli Muda"),
        ("Khairunnisa Hasbi, S.H.", "PPUPD Ahli Madya"),
        ("Sarifah Kamal, S.T.", "PPUPD Ahli Muda"),
    ]
    rows = [
        row
        for n, (name, position) in enumerate(people)
        for x, foot in [(60 + 240 * (n // 2), 120 + 60 * (n % 2))]
        for row in [
            (x, foot, f"{n + 1}."),
            *block(x + 20, foot, name, position, step=14),
            (x + 150, foot, "...................."),
        ]
    ]
    head = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 110, "Kami menyatakan berkomitmen penuh untuk:"),
        *numbered(130, "Menolak suap;", "Menjaga nama baik institusi."),
        centred(180, "Telagabiru, 12 Januari 2026"),
        *column(300, 200, "Mengetahui,", "Inspektur Daerah", "", "", "", "Dra. Sari Utami, M.Si."),
    ]
    foot = centred(815, "Komitmen Bersama | 2")
    found = agreement(RULES, head, [centred(80, "YANG TURUT MENANDATANGANI"), *rows, foot])
    assert [(s[0], s[1]) for s in signers(found) if s[0] != "Dra. Sari Utami, M.Si."] == people


def test_signers_of_a_list_have_numbered_lines_to_sign_on() -> None:
    """'(1) ....', by turns left and right; the line with the role over them is nobody."""
    people = [
        ("Zulkifli Abdullah, S.STP.", "Sekretaris Dinas Kesehatan"),
        ("Nurmala Syahputra, S.E.", "Kepala Subbagian Umum"),
        ("Said Ibrahim, S.T.", "Pengolah Bahan Logistik"),
    ]
    rows = [
        row
        for n, (name, position) in enumerate(people)
        for row in [
            (72, 236 + 60 * n, f"{n + 1}."),
            *block(94, 230 + 60 * n, name, position),
            (320 + 90 * (n % 2), 236 + 60 * n, f"({n + 1}) ................"),
        ]
    ]
    head = [
        centred(80, "IKRAR NETRALITAS ASN"),
        (72, 110, "Dengan ini kami berikrar :"),
        *numbered(130, "Menjaga prinsip netralitas ASN;", "Menolak politik uang."),
        (72, 180, "Telagabiru, 12 Januari 2026"),
        (72, 200, "Yang berikrar :"),
    ]
    found = agreement(RULES, [*head, *rows], paint=pasted(stroke, 425, 276, 90, 24))
    assert found.type == "komitmen_bersama"
    assert signers(found) == [
        (*people[0], "missing"),
        (*people[1], "signed"),
        (*people[2], "missing"),
    ]


def test_an_action_plan_is_the_annex_where_both_sign_it_and_there_is_no_other() -> None:
    plan = [(x, y, text.replace("LAMPIRAN", "RENCANA AKSI")) for x, y, text in annex()]
    alone, beside = agreement(RULES, statement(), plan), agreement(RULES, statement(), annex(), plan)
    assert len(alone.indicators) == len(beside.indicators) > 0
    assert {s.page for s in alone.signatures} == {1, 2}
    assert {s.page for s in beside.signatures} == {1, 2}


def test_a_chapter_of_a_report_tells_of_an_agreement_and_is_none() -> None:
    chapter = [
        centred(60, "BAB II"),
        centred(76, "PERENCANAAN KINERJA"),
        (72, 96, "2.2 Perjanjian Kinerja Tahun 2026"),
    ]
    assert agreement(RULES, [*chapter, *table(150)]).type == "other"


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0], ids=["first line", "halfway", "last line"])
def test_names_of_a_list_have_as_many_lines_as_stand_at_their_number(level: float) -> None:
    """Two that are much alike are still two."""
    names = [
        ["HENDRI JASMAN", "CHANIAGOAN, S.AP.,", "M.AP."],
        ["BUKHARI, S.AP."],
        ["YUSMANIAR", "CHANIAGOAN"],
        ["DESMANIAR", "CHANIAGOAN"],
    ]
    rows, foot = [], 220.0
    for n, own in enumerate(names):
        last = foot + 12 * (len(own) - 1)
        rows += [(72, foot + level * (last - foot), f"{n + 1}."), *block(94, foot, *own, step=12)]
        rows += [(320, last, "." * 30)]
        foot = last + 13
    head = [
        centred(80, "IKRAR NETRALITAS ASN"),
        (72, 110, "Dengan ini kami berikrar menjaga prinsip netralitas."),
        (72, 180, "Telagabiru, 12 Januari 2026"),
        (72, 198, "Yang berikrar :"),
    ]
    found = agreement(RULES, [*head, *rows])
    assert [p.name and p.name.data for p in found.parties] == [" ".join(own) for own in names]


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        (["a.n. BUPATI TELAGABIRU", "SEKRETARIS DAERAH,"], "SEKRETARIS DAERAH"),
        (
            ["a.n. Kepala Dinas Pertanian", "Sekretaris", "u.b.", "Kepala Bidang Pangan"],
            "Kepala Bidang Pangan",
        ),
        (["a.n. Panitia"], "a.n. Panitia"),
    ],
)
def test_who_signs_for_another_has_their_own_office(lines: list[str], position: str) -> None:
    promises = [row for row in pact() if row[1] < 290]
    rows = column(430, 300, "Menyaksikan,", *lines, "", "", "", "Budi Prasetyo, S.H.")
    maker = column(160, 300, "Pembuat Pernyataan,", "", "", "", "", "", HEAD[0])
    found = agreement(RULES, [*promises, *rows, *maker])
    assert [p.position and p.position.data for p in found.parties if p.role == "saksi"] == [position]


def test_signers_of_a_list_may_have_their_position_in_a_column_of_its_own() -> None:
    """The list holds no promises; a name may take two lines."""
    people = [
        (["Arkana Halim, S.Farm.,", "Apt."], "Bidan Terampil"),
        (["Sari Utami, A.Md.Keb."], "Perawat Ahli Pertama"),
        (["Budi Prasetyo, S.Kep."], "Apoteker Ahli Pertama"),
    ]
    rows = [
        row
        for n, (name, position) in enumerate(people)
        for row in [
            (72, 230 + 50 * n, f"{n + 1}."),
            *block(94, 230 + 50 * n, *name),
            (240, 230 + 50 * n, position),
            (370, 230 + 50 * n, f"{n + 1}. ...................."),
        ]
    ]
    head = [
        centred(80, "KOMITMEN BERSAMA KESELAMATAN PASIEN"),
        (72, 110, "Demi keselamatan pasien, kami tenaga kesehatan RSUD Telagabiru berkomitmen"),
        (72, 124, "melaporkan setiap insiden. Komitmen ini kami tanda tangani dengan sadar."),
        (72, 180, "Telagabiru, 12 Januari 2026"),
    ]
    found = agreement(RULES, [*head, *rows], paint=pasted(stroke, 400, 276, 90, 24))
    assert signers(found) == [
        ("Arkana Halim, S.Farm., Apt.", "Bidan Terampil", "missing"),
        ("Sari Utami, A.Md.Keb.", "Perawat Ahli Pertama", "signed"),
        ("Budi Prasetyo, S.Kep.", "Apoteker Ahli Pertama", "missing"),
    ]
    assert found.pledges == ()


def test_makers_counted_off_by_what_they_are_have_their_names_right_of_that() -> None:
    """As in the pact of a procurement; a supplier has no number."""
    people = [
        ("Pejabat Pembuat Komitmen", ["Arkana Halim, S.AP.,", "M.Ec.Dev.", "NIP. 19730623 200112 1 020"]),
        ("Pejabat Pengadaan", ["Sari Utami, S.E.", "NIP. 19760102 200601 2 020"]),
        ("Anggota Pokja Pemilihan", ["Budi Prasetyo", "NIP. 19921118 202201 1 011"]),
        ("Direktur CV Telaga", ["Dian Pertiwi Ningsih"]),
    ]
    rows = [
        row
        for n, (role, name) in enumerate(people)
        for row in [
            (72, 260 + 50 * n, f"{n + 1}."),
            (94, 260 + 50 * n, role),
            *block(250, 260 + 50 * n, *name),
            (420, 260 + 50 * n, "......................"),
        ]
    ]
    head = [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 110, "Kami yang bertanda tangan di bawah ini menyatakan bahwa kami:"),
        *numbered(130, "tidak akan melakukan korupsi, kolusi dan nepotisme;", "akan melaporkan kecurangan;"),
        (72, 220, "Telagabiru, 12 Januari 2026"),
    ]
    found = agreement(RULES, [*head, *rows], paint=pasted(stroke, 430, 306, 90, 24))
    assert signers(found) == [
        ("Arkana Halim, S.AP., M.Ec.Dev.", "Pejabat Pembuat Komitmen", "missing"),
        ("Sari Utami, S.E.", "Pejabat Pengadaan", "signed"),
        ("Budi Prasetyo", "Anggota Pokja Pemilihan", "missing"),
        ("Dian Pertiwi Ningsih", "Direktur CV Telaga", "missing"),
    ]


FOUR = [
    ("Hadi Salim, S.H.", "Kepala Subbagian Tata Usaha", "19700809 199803 1 060"),
    ("Sari Utami, S.AP.", "Kepala Seksi Lalu Lintas", "19800912 201103 2 017"),
    ("Dian Pertiwi, S.Pd.", "Kepala Seksi Intelijen", "19750726 200303 2 014"),
    ("Asma Fara, S.Kom.", "Kepala Seksi Teknologi", "19790220 200301 2 048"),
]


COMMITTED = [
    centred(80, "KOMITMEN BERSAMA"),
    (72, 110, "Kami seluruh pimpinan menyatakan komitmen untuk:"),
    *numbered(130, "Menolak suap;", "Melayani dengan ramah."),
]


def side_by_side(foot: float) -> list[tuple[float, float, str]]:
    return [
        row
        for n, (name, position, nip) in enumerate(FOUR)
        for row in column(
            (160, 430)[n % 2], foot + 110 * (n // 2), position, "", "", "", "", name, f"NIP {nip}"
        )
    ]


def celled(foot: float) -> list[tuple[float, float, str]]:
    """Four, each in a cell with what they are on top and their name below."""
    return [
        row
        for n, (name, _, nip) in enumerate(FOUR)
        for row in column(
            (185, 395)[n % 2], foot + 100 * (n // 2), f"LURAH {'ABCD'[n]}ANA", *[""] * 4, name, f"NIP {nip}"
        )
    ]


def test_one_may_sign_alone_under_those_side_by_side() -> None:
    head = [
        *COMMITTED,
        centred(180, "Telagabiru, 12 Januari 2026"),
    ]
    leader = ("Drs. H. Fahri Yusran", "Kepala Kantor Imigrasi Kelas I Telagabiru")
    foot = column(298, 430, leader[1], "", "", "", "", leader[0], "NIP 19750107 199801 1 009")
    found = agreement(RULES, [*head, *side_by_side(200), *foot])
    expected = {(name, position) for name, position, _ in FOUR} | {leader}
    assert {(s[0], s[1]) for s in signers(found)} == expected
    assert len(found.parties) == len(expected)


def test_makers_of_a_pact_may_be_introduced_in_a_table() -> None:
    """No role stands over them where they sign; a table of those who also sign in it makes nobody twice."""
    titles = [(72, 130, "No"), (100, 130, "Nama"), (260, 130, "NIP"), (400, 130, "Jabatan")]
    rows = [
        (x, 150 + 18 * n, text)
        for n, (name, position, nip) in enumerate(FOUR)
        for x, text in ((72, f"{n + 1}."), (100, name), (260, nip), (400, position))
    ]

    def paint(canvas: Canvas) -> None:
        canvas.grid([66, 94, 254, 394, 540], [HEIGHT - y for y in (118, 136, 154, 172, 190, 208)])

    head = [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 105, "Kami yang bertanda tangan di bawah ini, menyatakan bahwa kami:"),
        *numbered(230, "tidak akan melakukan korupsi;", "tidak akan menerima imbalan."),
        (350, 280, "Telagabiru, 12 Januari 2026"),
    ]
    found = agreement(RULES, [*head, *titles, *rows, *side_by_side(300)], paint=paint)
    assert [(p.role, p.name and p.name.data) for p in found.parties] == [
        ("pembuat", name) for name, _, _ in FOUR
    ]
    assert {(s.name, s.state) for s in found.signatures} == {(name, "missing") for name, _, _ in FOUR}
    assert len(found.pledges) == 2


def test_the_maker_and_two_witnesses_may_sign_side_by_side() -> None:
    promises = [row for row in pact() if row[1] < 290]
    people = [
        (110, "Pembuat,", "", HEAD[0]),
        (300, "Saksi 1,", "Camat Telagabiru", "H. Samuel Longki, S.Sos."),
        (490, "Saksi 2,", "Sekretaris Kecamatan", "Iskandar Bantilan, S.Pd."),
    ]
    rows = [
        row
        for x, role, position, name in people
        for row in column(x, 330, role, position, "", "", "", "", name)
    ]
    found = agreement(
        RULES,
        [*promises, centred(310, "Telagabiru, 12 Januari 2026"), *rows],
        paint=pasted(stroke, 490, 365, 90, 24),
    )
    assert {(s.role, s.name, s.state) for s in found.signatures} == {
        ("pembuat", HEAD[0], "missing"),
        ("saksi", "H. Samuel Longki, S.Sos.", "missing"),
        ("saksi", "Iskandar Bantilan, S.Pd.", "signed"),
    }


def test_makers_of_a_pact_that_nobody_introduces_sign_with_what_they_are() -> None:
    head = [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 105, "Sehubungan dengan surat tugas, kami menyatakan bahwa dalam pengawasan kami:"),
        *numbered(125, "tidak akan melakukan korupsi;", "tidak akan menerima imbalan."),
        (350, 175, "Telagabiru, 12 Januari 2026"),
    ]
    people = list(zip(("Pengendali Teknis", "Ketua Tim", "Anggota Tim", "Anggota Tim"), FOUR, strict=True))
    rows = [
        row
        for n, (role, (name, _, nip)) in enumerate(people)
        for row in column((160, 430)[n % 2], 195 + 100 * (n // 2), f"{role},", "", "", "", "", name, nip)
    ]
    found = agreement(RULES, [*head, *rows])
    assert {(s[0], s[1]) for s in signers(found)} == {(who[0], role) for role, who in people}
    assert {s.role for s in found.signatures} == {"pembuat"}


def test_who_leads_the_signers_of_a_table_may_sign_under_it() -> None:
    head = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 105, "Kami kepala perangkat daerah berkomitmen mencapai target kinerja."),
    ]
    titles = [(72, 130, "No"), (100, 130, "Nama"), (260, 130, "Jabatan"), (420, 130, "Tanda Tangan")]
    rows = [
        (x, 150 + 18 * n, text)
        for n, (name, position, _) in enumerate(FOUR)
        for x, text in ((72, f"{n + 1}."), (100, name), (260, position))
    ]
    leader = ("H. Afif Wasono, S.Ag.", "Bupati Telagabiru")
    foot = column(430, 240, "Telagabiru, 12 Januari 2026", f"{leader[1]},", "", "", "", "", leader[0])

    def paint(canvas: Canvas) -> None:
        canvas.grid([66, 94, 254, 414, 540], [HEIGHT - y for y in (118, 136, 154, 172, 190, 208)])

    found = agreement(RULES, [*head, *titles, *rows, *foot], paint=paint)
    expected = {*((name, position) for name, position, _ in FOUR), leader}
    assert {(s[0], str(s[1]).rstrip(",")) for s in signers(found)} == expected


def test_who_signs_under_a_text_is_not_introduced_by_it() -> None:
    """Names, numbers and offices under each other read like a sentence."""
    head = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 110, "Kami pimpinan dan pegawai berkomitmen:"),
        *numbered(130, "menolak imbalan;", "melayani tepat waktu."),
        (350, 280, "Telagabiru, 12 Januari 2026"),
    ]
    rows = [
        *column(180, 305, "Kepala Balai Karantina Hewan,", "dan Tumbuhan Telagabiru", "", "", "", FOUR[0][0]),
        *column(180, 389, f"NIP {FOUR[0][2]}"),
        *column(290, 410, "Kepala Subbagian Umum", "", "", "", FOUR[1][0], f"NIP {FOUR[1][2]}"),
    ]
    found = agreement(RULES, [*head, *rows])
    assert [p.name and p.name.data for p in found.parties] == [FOUR[0][0], FOUR[1][0]]


def test_makers_counted_off_stand_over_who_knows_of_them() -> None:
    """'Mengetahui,' under the list announces somebody else, and is no end of it before it begins."""
    promises = [row for row in pact() if row[1] < 290]
    people = [(HEAD[0], "Ketua Panitia"), ("Rosa Sidabuk", "Anggota Panitia")]
    rows = [
        row
        for n, (name, position) in enumerate(people)
        for row in (
            (86, 340 + 40 * n, f"{n + 1}."),
            (110, 340 + 40 * n, name),
            (260, 340 + 40 * n, position),
            (370, 340 + 40 * n, f"{n + 1}. {'.' * 24}"),
        )
    ]
    below = column(297, 460, "Mengetahui,", "Camat Telagabiru", "", "", "", "", "Samuel Longki, S.Sos.")
    found = agreement(
        RULES,
        [*promises, (400, 310, "Telagabiru, 12 Januari 2026"), *rows, *below],
        paint=pasted(stroke, 440, 340, 90, 24),
    )
    assert {(s.role, s.name, s.state) for s in found.signatures} == {
        ("pembuat", HEAD[0], "signed"),
        ("pembuat", "Rosa Sidabuk", "missing"),
        ("saksi", "Samuel Longki, S.Sos.", "missing"),
    }


def test_rows_of_signers_may_have_other_columns_each() -> None:
    """Two over three; a position of one ends its lines with 'DAN'."""
    head = [
        *COMMITTED,
        centred(180, "Telagabiru, 12 Januari 2026"),
    ]
    three = [("Dra. Wina Londa, M.M.", "INSPEKTUR PEMBANTU", "19780709 200302 1 052"), *FOUR[2:]]
    rows = [
        *column(180, 200, "BUPATI TELAGABIRU", "", "", "", "", "Ratna Kusuma, S.E."),
        *column(410, 200, "INSPEKTUR DAERAH", "", "", "", "", *FOUR[0][::2]),
        *[row for n, who in enumerate(three) for row in column(110 + 180 * n, 340, who[1])],
        *column(470, 354, "PENGENDALIAN, DAN", "EVALUASI"),
        *[row for n, who in enumerate(three) for row in column(110 + 180 * n, 440, who[0], f"NIP {who[2]}")],
    ]
    found = agreement(RULES, [*head, *rows])
    assert {(s[0], s[1]) for s in signers(found)} == {
        ("Ratna Kusuma, S.E.", "BUPATI TELAGABIRU"),
        (FOUR[0][0], "INSPEKTUR DAERAH"),
        three[0][:2],
        FOUR[2][:2],
        (FOUR[3][0], f"{FOUR[3][1]} PENGENDALIAN, DAN EVALUASI"),
    }


def test_who_leads_may_sign_over_those_with_a_cell_each() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([80, 290, 500], [HEIGHT - y for y in (330, 430, 530)])

    head = [
        *COMMITTED,
        centred(180, "Telagabiru, 12 Januari 2026"),
        *column(297, 196, "CAMAT TELAGABIRU", "", "", "", "", "Ratna Kusuma, S.E.", f"NIP {FOUR[0][2]}"),
    ]
    found = agreement(RULES, [*head, *celled(345)], paint=paint)
    assert [s[0] for s in signers(found)] == ["Ratna Kusuma, S.E.", *(name for name, _, _ in FOUR)]


def test_several_who_introduce_themselves_are_makers_beside_their_witness() -> None:
    head = [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 105, "Kami yang bertanda tangan di bawah ini:"),
        *[(72, 125, "1."), (94, 125, "Nama"), (150, 125, f": {HEAD[0]}")],
        *[(94, 141, "Jabatan"), (150, 141, ": Pejabat Pembuat Komitmen")],
        *[(72, 157, "2."), (94, 157, "Nama"), (150, 157, ": Marselina Dian")],
        *[(94, 173, "Jabatan"), (150, 173, ": Direktur CV Karya Banua")],
        (72, 195, "menyatakan bahwa dalam pelaksanaan kontrak kami:"),
        *numbered(215, "tidak akan melakukan korupsi;", "tidak akan menerima imbalan."),
        centred(265, "Telagabiru, 12 Januari 2026"),
    ]
    columns = [
        *column(120, 285, "Pejabat Pembuat Komitmen,", "", "", "", "", HEAD[0]),
        *column(300, 285, "Penyedia,", "", "", "", "", "Marselina Dian"),
        *column(480, 285, "Menyaksikan,", "Inspektur Telaga", "", "", "", "Petra Sarumaha, M.Kes."),
    ]
    found = agreement(RULES, [*head, *columns], paint=pasted(stroke, 300, 330, 90, 24))
    assert {(s.role, s.name, s.state) for s in found.signatures} == {
        ("pembuat", HEAD[0], "missing"),
        ("pembuat", "Marselina Dian", "signed"),
        ("saksi", "Petra Sarumaha, M.Kes.", "missing"),
    }


def test_those_with_a_cell_each_may_sign_on_the_page_before_place_and_date() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([80, 290, 500], [HEIGHT - y for y in (230, 330, 430)])

    rows = [
        centred(80, "Telagabiru, 12 Januari 2026"),
        *column(297, 100, "Mengetahui,", "WALI KOTA TELAGABIRU"),
    ]
    last = [*rows, *column(297, 190, "Ratna Kusuma, S.E.")]
    found = agreement(RULES, [*COMMITTED, *celled(245)], last, paint=paint)
    assert {s.name for s in found.signatures if s.role == "penandatangan"} == {name for name, _, _ in FOUR}


def test_a_list_of_signers_goes_on_over_the_page() -> None:
    head = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 110, "Kami seluruh pegawai menyatakan komitmen untuk melayani dengan ramah."),
        (72, 140, "Telagabiru, 12 Januari 2026"),
    ]

    def listed(first: int, foot: float) -> list[tuple[float, float, str]]:
        return [
            row
            for n, (name, position, nip) in enumerate(FOUR)
            for row in (
                (72, foot + 60 * n, f"{first + n}."),
                *block(94, foot + 60 * n, f"{name[:-1]}{'I' * first}", f"NIP {nip}", position),
                (330 + 80 * (n % 2), foot + 60 * n, f"{first + n}. ......................"),
            )
        ]

    found = agreement(
        RULES,
        [*head, *listed(1, 160), centred(800, "Halaman 1 dari 2")],
        [*listed(5, 80), centred(800, "Halaman 2 dari 2")],
        paint=pasted(stroke, 400, 80, 90, 24),
    )
    assert [s.page for s in found.signatures] == [1] * 4 + [2] * 4
    assert all(s.x0 is not None and s.x0 > 200 for s in found.signatures)
