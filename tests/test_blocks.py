"""Signature blocks: role, position, room to sign, name, rank and number."""

from __future__ import annotations

import pytest

from pipeline.reading.blocks import Block, blocks
from pipeline.reading.kinds import position_level
from pipeline.rules import TypeRule
from pipeline.schema import Box
from tests.drawn import Row, block, centred, column, leaves
from tests.pages import HEAD, LEFT, MAYOR, RIGHT, over, signatures
from tests.shipped import RULES, WORDS

PK, PACT = (
    next(rule for rule in RULES.types if rule.id == name)
    for name in ("perjanjian_kinerja", "pakta_integritas")
)
DATE = "Telagabiru, 12 Januari 2026"
NAME, NIP = HEAD[0], "NIP. 19710423 199803 1 011"
FIRST = {"role": "pihak_pertama", "name": NAME, "position": HEAD[1], "nip": NIP}
SECOND = {"role": "pihak_kedua", "name": MAYOR[0], "position": MAYOR[1]}
ROOM = ["", "", "", ""]
Said = dict[str, str | None]


def read(*rows: Row, rule: TypeRule = PK, known: dict[str, str] | None = None) -> list[Block]:
    return list(blocks(leaves(RULES, rows)[0], rule, WORDS, [], known or {}))


def said(found: Block) -> Said:
    """What is printed in a block, without what is not."""
    parts = {
        "role": found.role,
        "name": " ".join(line.text for line in found.name),
        "position": " ".join(line.text for line in found.position),
        "rank": found.rank.text if found.rank else None,
        "nip": found.nip.text if found.nip else None,
    }
    return {name: text for name, text in parts.items() if text}


FIRST_ROWS = over("Pihak Pertama,", HEAD)
SECOND_ROWS = over("Pihak Kedua,", MAYOR)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # the superior on the left, or on the right
        (signatures(300, SECOND_ROWS, FIRST_ROWS), [SECOND, FIRST]),
        (signatures(300, FIRST_ROWS, SECOND_ROWS), [FIRST, SECOND]),
        # place and date in the middle over both, or nowhere
        ([centred(300, DATE), *signatures(310, SECOND_ROWS, FIRST_ROWS, date="")], [SECOND, FIRST]),
        (signatures(300, SECOND_ROWS, FIRST_ROWS, date=""), [SECOND, FIRST]),
        # place and date under both
        ([*signatures(300, SECOND_ROWS, FIRST_ROWS, date=""), centred(470, DATE)], [SECOND, FIRST]),
        # the role in other words
        (signatures(300, over("PIHAK KEDUA", MAYOR), over("PIHAK KESATU", HEAD)), [SECOND, FIRST]),
        (signatures(300, over("Atasan Langsung,", MAYOR), over("Yang Berjanji,", HEAD)), [SECOND, FIRST]),
        (signatures(300, over("PIHAK KEDUA", MAYOR), over("PIHAK PETAMA", HEAD)), [SECOND, FIRST]),
        (
            signatures(300, over("Menyetujui, Pihak Kedua", MAYOR), over("Pihak Pertama", HEAD)),
            [SECOND, FIRST],
        ),
        # the role in two lines, one under the other
        (
            signatures(
                300,
                ["Pejabat Penilai,", "Pihak Kedua", *SECOND_ROWS[1:]],
                ["Yang Berjanji,", "Pihak Pertama", *FIRST_ROWS[1:]],
            ),
            [SECOND, FIRST],
        ),
        # the office beside the role
        (
            signatures(300, ["Pihak Kedua, Wali Kota Telagabiru", *SECOND_ROWS[2:]], FIRST_ROWS),
            [SECOND, FIRST],
        ),
        # under each other
        ([*column(300, 300, *FIRST_ROWS), *column(300, 480, *SECOND_ROWS)], [FIRST, SECOND]),
        # a rank between name and number
        (
            signatures(300, SECOND_ROWS, ["Pihak Pertama,", HEAD[1], *ROOM, NAME, "Pembina Utama Muda", NIP]),
            [SECOND, {**FIRST, "rank": "Pembina Utama Muda"}],
        ),
        # a position over two lines, or none
        (
            signatures(
                300, SECOND_ROWS, ["Pihak Pertama,", "Kepala Dinas", "Pertanian", *ROOM[1:], NAME, NIP]
            ),
            [SECOND, FIRST],
        ),
        (
            signatures(300, ["Pihak Kedua,", "", *ROOM, MAYOR[0]], ["Pihak Pertama,", "", *ROOM, NAME, NIP]),
            [
                {"role": "pihak_kedua", "name": MAYOR[0]},
                {"role": "pihak_pertama", "name": NAME, "nip": NIP},
            ],
        ),
        # a name over two lines
        (
            signatures(
                300,
                SECOND_ROWS,
                ["Pihak Pertama,", HEAD[1], *ROOM, "Drs. Arkana Halim Wirakusuma,", "S.Sos., M.Si.", NIP],
            ),
            [SECOND, {**FIRST, "name": "Drs. Arkana Halim Wirakusuma, S.Sos., M.Si."}],
        ),
        (
            signatures(
                300, ["Pihak Kedua,", MAYOR[1], *ROOM, "Ratna Kusuma Dewi,", "S.E., M.M."], FIRST_ROWS
            ),
            [{**SECOND, "name": "Ratna Kusuma Dewi, S.E., M.M."}, FIRST],
        ),
        # in brackets, underlined, in capitals
        (
            signatures(300, ["Pihak Kedua,", MAYOR[1], *ROOM, "( Ratna Kusuma )"], FIRST_ROWS),
            [{**SECOND, "name": "( Ratna Kusuma )"}, FIRST],
        ),
        (
            signatures(300, ["Pihak Kedua,", MAYOR[1].upper(), *ROOM, "RATNA KUSUMA"], FIRST_ROWS),
            [{"role": "pihak_kedua", "name": "RATNA KUSUMA", "position": MAYOR[1].upper()}, FIRST],
        ),
        # position, rank and number under the name, on many lines
        (
            signatures(
                300,
                SECOND_ROWS,
                [
                    "Pihak Pertama,",
                    *ROOM,
                    NAME,
                    "Kepala Bidang Tanaman",
                    "Pangan dan Peternakan",
                    "Dinas Pertanian",
                    "Kota Telagabiru",
                    "Pembina (IV/a)",
                    NIP,
                ],
            ),
            [
                SECOND,
                {
                    **FIRST,
                    "position": "Kepala Bidang Tanaman Pangan dan Peternakan Dinas Pertanian Kota Telagabiru",
                    "rank": "Pembina (IV/a)",
                },
            ],
        ),
        # a third signer below
        (
            [
                *signatures(300, SECOND_ROWS, FIRST_ROWS),
                *column(
                    300,
                    460,
                    "Mengetahui,",
                    "Sekretaris Daerah",
                    *ROOM,
                    "Hendra Wijaya, S.H.",
                    "NIP. 19700101 199503 1 002",
                ),
            ],
            [
                SECOND,
                FIRST,
                {
                    "role": "mengetahui",
                    "name": "Hendra Wijaya, S.H.",
                    "position": "Sekretaris Daerah",
                    "nip": "NIP. 19700101 199503 1 002",
                },
            ],
        ),
        # what stands at the foot of the page is of no block
        (
            [
                *signatures(300, SECOND_ROWS, FIRST_ROWS),
                (72, 800, "Perjanjian Kinerja Dinas Pertanian Tahun 2026"),
            ],
            [SECOND, FIRST],
        ),
        (
            [
                *signatures(300, SECOND_ROWS, FIRST_ROWS),
                *block(72, 520, "Tembusan:", "1. Wali Kota Telagabiru"),
            ],
            [SECOND, FIRST],
        ),
        # nothing to be read
        ([], []),
        (
            [
                (
                    72,
                    100,
                    "Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran",
                )
            ],
            [],
        ),
        ([(72, 100, "para pihak")], []),
    ],
)
def test_each_signer_has_a_block(rows: list[Row], expected: list[Said]) -> None:
    assert [said(b) for b in read(*rows)] == expected


def test_a_policeman_has_rank_and_number_in_one_line_or_two() -> None:
    for under in (["AKBP NRP 82041377"], ["AJUN KOMISARIS BESAR POLISI NRP", "82041377"]):
        rows = column(420, 300, "PIHAK PERTAMA,", "KAPOLRES RAWA", *ROOM, NAME.upper(), *under)
        (found,) = read(*rows)
        assert found.nip is not None
        assert (" ".join(ln.text for ln in found.name), found.nip.text) == (NAME.upper(), under[-1])


def test_the_end_of_a_name_with_its_titles_is_of_the_name_also_without_a_number_under_it() -> None:
    rows = column(420, 300, "Pihak Kedua,", MAYOR[1], *ROOM, "H. ARKANA WIRA", "HALIM, S.IP., M.M.")
    (found,) = read(*rows)
    assert [ln.text for ln in found.name] == ["H. ARKANA WIRA", "HALIM, S.IP., M.M."]


@pytest.mark.parametrize(
    ("area", "roles"),
    [
        (Box(300, 290, 560, 500), ["pihak_kedua"]),
        (Box(30, 290, 290, 500), ["pihak_pertama"]),
        (Box(30, 550, 560, 700), ["pihak_kedua", "pihak_pertama"]),
    ],
)
def test_words_in_a_table_are_no_signers(area: Box, roles: list[str]) -> None:
    page = leaves(RULES, signatures(300, SECOND_ROWS, FIRST_ROWS))[0]
    assert [b.role for b in blocks(page, PK, WORDS, [area], {})] == roles


def test_the_gap_is_between_position_and_name() -> None:
    left, right = read(*signatures(300, SECOND_ROWS, FIRST_ROWS))
    assert left.gap.top == pytest.approx(left.position[-1].box.bottom, abs=0.1)
    assert left.gap.bottom == pytest.approx(left.name[0].box.top, abs=0.1)
    assert left.gap.x0 <= LEFT <= left.gap.x1 < right.gap.x0 <= RIGHT <= right.gap.x1


def test_a_gap_is_wide_enough_to_sign_under_a_short_name() -> None:
    rows = signatures(300, ["Pihak Kedua,", MAYOR[1], *ROOM, "Budi"], FIRST_ROWS)
    assert read(*rows)[0].gap.width >= 130


def test_a_block_set_flush_left_may_be_signed_right_of_its_name() -> None:
    rows = block(300, 300, "Pihak Kedua,", "Kepala Dinas Pertanian Telagabiru", *ROOM, "Budi, S.E.")
    assert read(*rows)[0].gap.x1 >= 500


def test_a_name_may_reach_nearly_to_the_next_block_where_that_is_flush_left() -> None:
    rows = [
        *block(
            72,
            300,
            "PIHAK KEDUA",
            *ROOM,
            "RAHMADI BATAONA PRAYITNO, S.Kom.,",
            "M.Pd.",
            "NIP. 19741227 200104 1 046",
        ),
        *block(
            297,
            300,
            "PIHAK PERTAMA",
            *ROOM,
            "KORNELIS BATAONA HALIM,",
            "S.Kep., M.Pd.",
            "NIP. 19801010 200703 1 002",
        ),
    ]
    assert [" ".join(line.text for line in found.name) for found in read(*rows)] == [
        "RAHMADI BATAONA PRAYITNO, S.Kom., M.Pd.",
        "KORNELIS BATAONA HALIM, S.Kep., M.Pd.",
    ]


def test_a_block_whose_lines_under_the_name_are_flush_left_is_one_too() -> None:
    rows = block(300, 300, "Pihak Kedua,", *ROOM, "Budi, S.E.", "Kepala Dinas Pertanian Telagabiru")
    assert read(*rows)[0].gap.x1 >= 500


# ---------------------------------------------------------------- nobody named


@pytest.mark.parametrize("printed", [".......................", "(.....................)", "___________", ""])
def test_a_block_without_a_name_is_none(printed: str) -> None:
    rows = signatures(300, ["Pihak Kedua,", MAYOR[1], *ROOM, printed], FIRST_ROWS)
    assert [b.role for b in read(*rows) if b.name] == ["pihak_pertama"]


def test_the_number_of_another_is_not_taken() -> None:
    rows = signatures(300, SECOND_ROWS, FIRST_ROWS)
    assert [b.nip is not None for b in read(*rows)] == [False, True]


def test_somebody_known_has_a_place_to_sign_where_the_name_cannot_be_read() -> None:
    rows = signatures(300, ["Pihak Kedua,", MAYOR[1], *ROOM, "......................."], FIRST_ROWS)
    left = read(*rows, known={"pihak_kedua": MAYOR[0]})[0]
    assert said(left) == {"role": "pihak_kedua", "position": MAYOR[1]}
    assert left.gap.height > 20
    assert left.gap.x0 < LEFT < left.gap.x1


def test_a_known_name_needs_no_role_over_it() -> None:
    rows = [*column(LEFT, 300, MAYOR[1], *ROOM, MAYOR[0]), *column(RIGHT, 300, *FIRST_ROWS)]
    found = read(*rows, known={"pihak_kedua": MAYOR[0], "pihak_pertama": NAME})
    assert {b.role: " ".join(line.text for line in b.name) for b in found} == {
        "pihak_pertama": NAME,
        "pihak_kedua": MAYOR[0],
    }
    assert [b.role for b in read(*rows)] == ["pihak_pertama"]


# ---------------------------------------------------------------- badges of electronic signatures

BADGE = ["Ditandatangani secara elektronik oleh:", "WALI KOTA TELAGABIRU"]


def test_the_text_of_a_badge_is_neither_name_nor_position() -> None:
    rows = signatures(300, ["Pihak Kedua,", MAYOR[1], "", BADGE[0], "", "", MAYOR[0]], FIRST_ROWS)
    assert [said(b) for b in read(*rows)] == [SECOND, FIRST]


def test_a_remark_at_the_foot_is_no_name() -> None:
    foot = (72, 760, "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik")
    assert [said(b) for b in read(*signatures(300, SECOND_ROWS, FIRST_ROWS), foot)] == [SECOND, FIRST]


# ---------------------------------------------------------------- pacts

MAKER = {"role": "pembuat", "name": NAME, "nip": NIP}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (column(RIGHT, 300, DATE, "Yang membuat pernyataan,", *ROOM, NAME, NIP), [MAKER]),
        (column(RIGHT, 300, DATE, "Yang Menyatakan,", *ROOM, NAME, NIP), [MAKER]),
        # no role: the position under place and date
        (column(RIGHT, 300, DATE, HEAD[1], *ROOM, NAME, NIP), [{**MAKER, "position": HEAD[1]}]),
        (column(RIGHT, 300, DATE, f"{HEAD[1]},", *ROOM, NAME, NIP), [{**MAKER, "position": f"{HEAD[1]},"}]),
        (column(RIGHT, 300, DATE, *ROOM, NAME, NIP), [MAKER]),
        # a witness on the left
        (
            signatures(
                300,
                ["Menyaksikan,", MAYOR[1], *ROOM, MAYOR[0]],
                ["Pembuat Pernyataan,", "", *ROOM, NAME, NIP],
            ),
            [{**SECOND, "role": "saksi"}, MAKER],
        ),
        # on the line of place and date
        (
            [
                centred(300, "Menyaksikan", LEFT),
                centred(300, DATE, RIGHT),
                *column(LEFT, 314, MAYOR[1], *ROOM, MAYOR[0]),
                *column(RIGHT, 314, HEAD[1], *ROOM, NAME, NIP),
            ],
            [{**SECOND, "role": "saksi"}, {**MAKER, "position": HEAD[1]}],
        ),
        # a place for the duty stamp
        (
            column(RIGHT, 300, DATE, "Yang membuat pernyataan,", "", "Meterai", "", "", NAME, NIP),
            [MAKER],
        ),
    ],
)
def test_who_makes_a_pact_signs_under_place_and_date(rows: list[Row], expected: list[Said]) -> None:
    assert [said(b) for b in read(*rows, rule=PACT)] == expected


def test_where_no_role_is_printed_offices_under_place_and_date_are_signers() -> None:
    rows = [
        centred(300, DATE, RIGHT),
        *column(LEFT, 314, MAYOR[1], *ROOM, MAYOR[0]),
        *column(RIGHT, 314, HEAD[1], *ROOM, NAME, NIP),
    ]
    second, first = read(*rows)
    assert (said(second)["role"], said(second)["name"]) == ("pihak_kedua", MAYOR[0])
    assert (said(first)["role"], said(first)["name"]) == ("pihak_pertama", NAME)
    (alone,) = read(*[row for row in rows if row[0] > 250])
    assert alone.role == "pihak_pertama"


@pytest.mark.parametrize(("third", "told"), [("Saks 2,", True), ("Saksi 1,", True), ("Sakti,", False)])
def test_a_role_badly_read_beside_one_of_its_kind_is_known_by_its_number(third: str, told: bool) -> None:
    one, two = ("Budi Santoso, S.E.", "Camat"), ("Ani Lestari, S.H.", "Sekretaris")
    rows = [
        *column(120, 300, "Pembuat Pernyataan,", "", *ROOM, NAME),
        *column(300, 300, "Saksi 1,", one[1], *ROOM, one[0]),
        *column(480, 300, third, two[1], *ROOM, two[0]),
    ]
    names = [said(b)["name"] for b in read(*rows, rule=PACT)]
    assert names == [NAME, one[0], *([two[0]] if told else [])]


def test_what_stands_far_beside_a_role_is_of_another() -> None:
    rows = [centred(300, "Menyaksikan,", LEFT), *column(LEFT, 314, MAYOR[1], *ROOM, MAYOR[0])]
    (witness,) = read(*rows, *column(RIGHT, 340, "Budi Santoso, S.E.", NIP), rule=PACT)
    assert said(witness) == {**SECOND, "role": "saksi"}


# ---------------------------------------------------------------- names known from elsewhere


def test_a_name_read_elsewhere_is_found_among_other_lines() -> None:
    rows = ["Pihak Kedua,", "", "Budi Santoso", "", "", MAYOR[0]]
    known = {"pihak_kedua": MAYOR[0].upper()}
    assert said(read(*signatures(300, rows, FIRST_ROWS), known=known)[0])["name"] == MAYOR[0]


def test_a_name_without_a_role_ends_before_the_title_of_the_next() -> None:
    """So close beside it that one column takes both."""
    rows = [
        *block(90, 300, "Kepala Dinas Kesehatan Kota Telagabiru"),
        (90, 370, "Ratna Kusuma, M.Kes."),
        (222, 370, "apt. Budi Santoso, S.Farm."),
    ]
    found = read(*rows, known={"pihak_kedua": "Ratna Kusuma, M.Kes."})
    assert [said(b).get("name") for b in found] == ["Ratna Kusuma, M.Kes."]


def test_what_somebody_is_called_beside_who_it_is_announces_no_block() -> None:
    rows = [
        (90, 100, f"Nama: {NAME}"),
        (400, 100, "selanjutnya disebut"),
        (90, 114, "NIP: 19710423 199803 1 011"),
        (400, 114, "PIHAK PERTAMA"),
        (90, 128, f"Jabatan: {HEAD[1]}"),
    ]
    assert read(*rows, known={"pihak_pertama": NAME}) == []


def test_headings_over_identities_announce_no_block() -> None:
    rows = [
        (72, 100, "PIHAK PERTAMA"),
        (72, 116, "Nama"), (162, 116, f": {NAME}"), (72, 132, "Jabatan"), (162, 132, f": {HEAD[1]}"),
        (72, 160, "PIHAK KEDUA"),
        (72, 176, "Nama"), (162, 176, f": {MAYOR[0]}"), (72, 192, "Jabatan"), (162, 192, f": {MAYOR[1]}"),
        *signatures(300, SECOND_ROWS, FIRST_ROWS, date=""),
    ]  # fmt: skip
    known = {"pihak_pertama": NAME, "pihak_kedua": MAYOR[0]}
    for names in ({}, known):
        assert [said(b) for b in read(*rows, known=names)] == [SECOND, FIRST]


# ---------------------------------------------------------------- levels of office


@pytest.mark.parametrize(
    ("position", "level"),
    [
        ("Wali Kota Telagabiru", "kepala_daerah"),
        ("WALIKOTA TELAGABIRU", "kepala_daerah"),
        ("Kepala Dinas Pertanian", "II"),
        ("Plt. Kepala Dinas Pertanian", "II"),
        ("Pj. Sekretaris Daerah", "II"),
        ("Inspektur Pembantu Wilayah I", "III"),
        ("Sekretaris Dinas Pertanian", "III"),
        ("Camat Rawa Indah", "III"),
        ("Lurah Bukit Kenanga", "IV"),
        ("Kepala Sub Bagian Umum", "IV"),
        ("Kepala UPTD Pasar", "IV"),
        ("Analis Kebijakan Ahli Muda", "staf"),
        ("Kepala Tata Usaha", "lain"),
        # no positions
        ("Ratna Kusuma", None),
        ("Dinas Pertanian", None),
        ("Pihak Pertama", None),
        ("", None),
    ],
)
def test_a_position_begins_with_its_level(position: str, level: str | None) -> None:
    assert position_level(position, WORDS) == level


def test_a_block_runs_on_beside_the_head_of_a_lower_one() -> None:
    """The number of the first signer stands lower than the role of the second."""
    first = block(RIGHT - 60, 300, "Pihak Pertama,", "", "", "", NAME, "Pembina Utama Muda", NIP)
    second = block(72, 382, "Pihak Kedua,", "", "", "", MAYOR[0], "S.E., M.M.")
    assert [said(b) for b in read(*first, *second)] == [
        {"role": "pihak_pertama", "name": NAME, "rank": "Pembina Utama Muda", "nip": NIP},
        {"role": "pihak_kedua", "name": f"{MAYOR[0]} S.E., M.M."},
    ]


def test_the_words_of_a_duty_stamp_are_no_name() -> None:
    rows = ["Pihak Pertama,", "METERAI", "TEMPEL", "10000", "", "", "Arkana", NIP]
    assert [said(b)["name"] for b in read(*signatures(300, SECOND_ROWS, rows))] == [MAYOR[0], "Arkana"]


def test_the_word_of_a_stamp_under_a_position_is_no_part_of_it() -> None:
    lines = ["Menyaksikan,", "Camat Sukamaju", "CAMAT", *ROOM, MAYOR[0]]
    (block,) = read(*column(LEFT, 300, *lines), rule=PACT)
    assert said(block) == {**SECOND, "role": "saksi", "position": "Camat Sukamaju"}
    lines = ["Menyaksikan,", "Kepala UPT Puskesmas Labuhan", "PUSKESMAS", *ROOM, MAYOR[0]]
    (block,) = read(*column(LEFT, 300, *lines), rule=PACT)
    assert said(block)["position"] == "Kepala UPT Puskesmas Labuhan"


def test_the_words_of_a_stamp_are_no_name() -> None:
    """They say the office again, over the name; ink was read between, and a foot stands far below."""
    lines = ["Menyaksikan,", "Kepala Dinas Sosial", "", "DINAS", "", "nense", MAYOR[0], f"NIP. {NIP}"]
    rows = [*column(LEFT, 300, *lines), (LEFT - 80, 800, "Pakta Integritas Dinas Sosial 2")]
    (block,) = read(*rows, rule=PACT)
    assert said(block)["name"] == MAYOR[0]


def test_a_position_may_stand_under_name_and_number() -> None:
    rows = ["Pihak Pertama,", *ROOM, NAME, NIP, "Kepala Dinas Pertanian", "Kota Telagabiru"]
    _, first = read(*signatures(300, SECOND_ROWS, rows))
    assert said(first) == {**FIRST, "position": "Kepala Dinas Pertanian Kota Telagabiru"}
    assert first.gap.bottom < first.position[0].box.top


def test_the_number_of_an_employee_of_an_enterprise_is_one() -> None:
    _, first = read(*signatures(300, SECOND_ROWS, ["Pihak Pertama,", HEAD[1], *ROOM, NAME, "NIK 690411027"]))
    assert said(first)["nip"] == "NIK 690411027"


def test_a_labelled_name_is_no_place_to_sign() -> None:
    """A name whose role is under ink is looked for, but not where it is introduced."""
    rows = [
        (72, 100, "Kepala Dinas Sosial"),
        *[(72, 150, "2. Nama"), (200, 150, "Ratna Kusuma")],
        *[(72, 166, "Jabatan"), (200, 166, "Wali Kota Telagabiru")],
    ]
    found = blocks(leaves(RULES, rows)[0], PK, RULES.words, [], {"pihak_kedua": "Ratna Kusuma"})
    assert found == ()
