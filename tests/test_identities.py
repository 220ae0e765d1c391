"""Who introduces himself, and in which role."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from pipeline.reading.identities import clean_name, identities
from pipeline.reading.labelled import label as label_of
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import lines
from pipeline.reading.prose import introductions
from pipeline.rules import TypeRule
from pipeline.schema import Box, Layout, Page, Word
from tests.drawn import Row, block, leaves
from tests.shipped import RULES, WORDS

PK, PACT = (
    next(rule for rule in RULES.types if rule.id == name)
    for name in ("perjanjian_kinerja", "pakta_integritas")
)
NAME, POSITION, NIP = "Drs. Arkana Halim, M.Si.", "Kepala Dinas Pertanian", "19710423 199803 1 011"
DIGITS = "197104231998031011"
BOTH = {"name": NAME, "position": POSITION}
FULL = {**BOTH, "nip": DIGITS}
IN_ORDER = ["pihak_pertama", "pihak_kedua"]
DOTS = "................................"


def read(*rows: Row, rule: TypeRule = PK) -> list[tuple[str | None, dict[str, object]]]:
    """Role and values of each identity on a page of these rows."""
    found = identities(leaves(RULES, rows)[0], rule, WORDS)
    return [(i.role, {name: fact.data for name, fact in i.values.items()}) for i in found]


def labelled(*pairs: tuple[str, str], left: float = 72, at: float = 170, foot: float = 100) -> list[Row]:
    """Labels with their values in a second column; without a value, the label alone."""
    rows: list[Row] = []
    for n, (label, value) in enumerate(pairs):
        rows += [(left, foot + 16 * n, label)] if label else []
        rows += [(at, foot + 16 * n, value)] if value else []
    return rows


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        # the common forms
        (labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}"), ("Jabatan", f": {POSITION}")), FULL),
        (labelled(("NAMA", f": {NAME}"), ("NIP.", f": {NIP}"), ("JABATAN", f": {POSITION}")), FULL),
        (block(72, 100, f"Nama : {NAME}", f"NIP : {NIP}", f"Jabatan : {POSITION}", step=16), FULL),
        (block(72, 100, f"Nama: {NAME}", f"NIP: {NIP}", f"Jabatan: {POSITION}", step=16), FULL),
        (block(72, 100, f"Nama :{NAME}", f"NIP :{NIP}", f"Jabatan :{POSITION}", step=16), FULL),
        (labelled(("Nama", NAME), ("NIP", NIP), ("Jabatan", POSITION)), FULL),
        (labelled(("1. Nama", f": {NAME}"), ("2. NIP", f": {NIP}"), ("3. Jabatan", f": {POSITION}")), FULL),
        (labelled(("a. Nama", f": {NAME}"), ("b. NIP", f": {NIP}"), ("c. Jabatan", f": {POSITION}")), FULL),
        (labelled(("N a m a", f": {NAME}"), ("N I P", f": {NIP}"), ("J a b a t a n", f": {POSITION}")), FULL),
        (block(72, 100, f"N a m a : {NAME}", f"J a b a t a n : {POSITION}", step=16), BOTH),
        (labelled(("Nama Lengkap", f": {NAME}"), ("Jabatan", f": {POSITION}")), BOTH),
        (labelled(("Nama", f": {NAME}"), ("Selaku", f": {POSITION}")), BOTH),
        (labelled(("Nama/NIP", f": {NAME}/{NIP}"), ("Jabatan", f": {POSITION}")), FULL),
        (labelled(("Nama / NIP", f": {NAME} / {DIGITS}"), ("Jabatan", f": {POSITION}")), FULL),
        (labelled(("Nama/NIP", f": {NAME}"), ("Jabatan", f": {POSITION}")), BOTH),
        # values over two lines
        (
            labelled(
                ("Nama", f": {NAME}"), ("Jabatan", ": Kepala Dinas Pertanian"), ("", "  Kota Telagabiru")
            ),
            {"name": NAME, "position": "Kepala Dinas Pertanian Kota Telagabiru"},
        ),
        (
            labelled(
                ("Nama", ": Drs. Arkana Halim, S.Sos., M.Si.,"), ("", "  M.M."), ("Jabatan", f": {POSITION}")
            ),
            {"name": "Drs. Arkana Halim, S.Sos., M.Si., M.M.", "position": POSITION},
        ),
        # a label over two lines
        (
            labelled(
                ("Nama", f": {NAME}"),
                ("PANGKAT/", ": Pembina Utama Muda"),
                ("GOLONGAN", ""),
                ("NIP", f": {NIP}"),
            ),
            {"name": NAME, "rank": "Pembina Utama Muda", "nip": DIGITS},
        ),
        (
            labelled(
                ("Nama", f": {NAME}"),
                ("Pangkat/Gol. Ruang", ": Pembina Utama Muda / IV.c"),
                ("NIP", f": {NIP}"),
            ),
            {"name": NAME, "rank": "Pembina Utama Muda / IV.c", "nip": DIGITS},
        ),
        # what is not a person's own
        (
            labelled(("Nama", f": {NAME}"), ("Alamat", ": Jalan Melati 4"), ("Jabatan", f": {POSITION}")),
            BOTH,
        ),
        (
            labelled(("Nama", f": {NAME}"), ("Unit Kerja", ": Dinas Pertanian")),
            {"name": NAME, "unit": "Dinas Pertanian"},
        ),
        # nothing filled in
        (
            labelled(("Nama", f": {DOTS}"), ("NIP", f": {DOTS}"), ("Jabatan", f": {DOTS}")),
            {"name": None, "nip": None, "position": None},
        ),
        (
            labelled(("Nama", ":"), ("NIP", ": -"), ("Jabatan", f": {POSITION}")),
            {"name": None, "nip": None, "position": POSITION},
        ),
        (labelled(("Nama", f": {NAME}"), ("NIP", ": (NIP)")), {"name": NAME, "nip": None}),
    ],
)
def test_labelled_values_are_read(rows: list[Row], values: dict[str, object]) -> None:
    assert read(*rows) == [(None, values)]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(72, 100, "Nama yang tercantum di atas bertanggung jawab penuh.")],
        [(72, 100, "Nama-nama berikut hadir pada rapat")],
        [(72, 100, "Jabatan : Kepala Dinas Pertanian")],
        [(72, 100, "NIP. 19710423 199803 1 011")],
        [(72, 100, "Demikian : nama kami")],
        [(72, 100, "Nama Kegiatan : Penyuluhan")],
        [(72, 100, "Kepada Nama : Budi")],
    ],
)
def test_without_a_name_nobody_introduces_himself(rows: list[Row]) -> None:
    assert read(*rows) == []


@pytest.mark.parametrize(
    ("area", "expected"), [(Box(60, 90, 500, 140), []), (Box(60, 300, 500, 400), [(None, FULL)])]
)
def test_what_stands_in_a_table_introduces_nobody(
    area: Box, expected: list[tuple[str | None, dict[str, object]]]
) -> None:
    rows = labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}"), ("Jabatan", f": {POSITION}"))
    found = identities(leaves(RULES, rows)[0], PK, WORDS, [area])
    assert [(i.role, {name: fact.data for name, fact in i.values.items()}) for i in found] == expected


def test_text_far_below_is_no_part_of_a_value() -> None:
    rows = [
        *labelled(("Nama", f": {NAME}"), ("Jabatan", f": {POSITION}")),
        (170, 170, "dengan ini menyatakan"),
    ]
    assert read(*rows) == [(None, BOTH)]


def test_prose_below_is_no_part_of_a_value() -> None:
    rows = [
        *labelled(("Nama", f": {NAME}"), ("Jabatan", f": {POSITION}")),
        (72, 132, "dengan ini menyatakan bahwa"),
    ]
    assert read(*rows) == [(None, BOTH)]


def test_a_label_far_below_is_of_nobody() -> None:
    rows = [*labelled(("Nama", f": {NAME}")), (72, 220, "Jabatan"), (170, 220, f": {POSITION}")]
    assert read(*rows) == [(None, {"name": NAME})]


# ---------------------------------------------------------------- roles


def two(*between: str, after: tuple[str, ...] = (), over: tuple[str, ...] = ()) -> list[Row]:
    """Two identities, with lines over, between and after them."""
    first = labelled(("Nama", f": {NAME}"), ("Jabatan", f": {POSITION}"), foot=120)
    second = labelled(("Nama", ": Ratna Kusuma"), ("Jabatan", ": Wali Kota Telagabiru"), foot=220)
    return [
        *block(72, 90, *over, step=16),
        *first,
        *block(72, 152, *between, step=16),
        *second,
        *block(72, 252, *after, step=16),
    ]


@pytest.mark.parametrize(
    ("between", "after", "roles"),
    [
        (["Selanjutnya disebut pihak pertama"], ["Selanjutnya disebut pihak kedua"], IN_ORDER),
        (["selanjutnya disebut PIHAK KESATU."], ["disebut PIHAK KEDUA."], IN_ORDER),
        (['selanjutnya disebut sebagai "Pihak Pertama"'], [], ["pihak_pertama", None]),
        (["selanjutnya disebut", "pihak pertama"], ["selanjutnya disebut pihak", "kedua"], IN_ORDER),
        (["disebut PIHAK PETAMA"], ["disebut PIHAK KE DUA"], IN_ORDER),
        # said the other way round
        (
            ["Selanjutnya disebut pihak kedua"],
            ["Selanjutnya disebut pihak pertama"],
            ["pihak_kedua", "pihak_pertama"],
        ),
        # what is said of one says nothing of the other
        ([], ["selaku atasan pihak pertama, selanjutnya disebut pihak kedua"], [None, "pihak_kedua"]),
        # nothing is said
        ([], [], [None, None]),
        (["yang lazim disebut orang banyak"], [], [None, None]),
        (["Pihak Pertama"], [], [None, None]),
    ],
)
def test_a_role_is_what_somebody_is_called(
    between: list[str], after: list[str], roles: list[str | None]
) -> None:
    assert [role for role, _ in read(*two(*between, after=tuple(after)))] == roles


@pytest.mark.parametrize(
    ("over_first", "over_second", "roles"),
    [
        ("PIHAK KEDUA", "PIHAK PERTAMA", ["pihak_kedua", "pihak_pertama"]),
        ("PIHAK PERTAMA :", "PIHAK KEDUA :", IN_ORDER),
        ("I. PIHAK PERTAMA", "II. PIHAK KEDUA", IN_ORDER),
        ("kami yang bertanda tangan", "serta", [None, None]),
        ("Pihak pertama adalah pejabat berikut ini", "", [None, None]),
    ],
)
def test_a_role_may_stand_over_an_identity(
    over_first: str, over_second: str, roles: list[str | None]
) -> None:
    rows = two(over=("", over_first)) + ([(72, 206, over_second)] if over_second else [])
    assert [role for role, _ in read(*rows)] == roles


def test_what_the_first_is_called_is_not_said_of_the_second() -> None:
    rows = two("selanjutnya disebut", "", "", "PIHAK PERTAMA")
    assert [role for role, _ in read(*rows)] == ["pihak_pertama", None]


def test_each_identity_has_its_own_values() -> None:
    assert [values for _, values in read(*two())] == [
        BOTH,
        {"name": "Ratna Kusuma", "position": "Wali Kota Telagabiru"},
    ]


def test_a_pact_names_no_role() -> None:
    assert read(*labelled(("Nama", f": {NAME}")), rule=PACT) == [(None, {"name": NAME})]


def test_a_value_knows_its_words_page_and_rule() -> None:
    fact = identities(leaves(RULES, labelled(("Nama", f": {NAME}")))[0], PK, WORDS)[0].values["name"]
    assert (fact.text, fact.rule, fact.page, fact.confidence) == (NAME, "identity:name", 1, 1.0)
    assert fact.box is not None
    assert 170 < fact.box.x0 < 180


def test_an_empty_value_has_the_place_where_it_should_be() -> None:
    fact = identities(leaves(RULES, labelled(("Nama", ":")))[0], PK, WORDS)[0].values["name"]
    assert (fact.text, fact.data) == (None, None)
    assert fact.box is not None
    assert fact.box.x0 == pytest.approx(72, abs=1)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("( Ratna Kusuma )", "Ratna Kusuma"),
        ("Ratna Kusuma, S.E.,", "Ratna Kusuma, S.E."),
        ("___Ratna Kusuma___", "Ratna Kusuma"),
        ("[Ratna Kusuma]", "Ratna Kusuma"),
        ("Ratna Kusuma", "Ratna Kusuma"),
    ],
)
def test_a_name_is_printed_without_what_frames_it(printed: str, name: str) -> None:
    assert clean_name(printed) == name


# ---------------------------------------------------------------- side by side, and in a sentence


def test_two_may_introduce_themselves_side_by_side() -> None:
    left = labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}"), at=120, foot=140)
    right = labelled(("Nama", ": Ratna Kusuma"), ("Jabatan", ": Wali Kota"), left=320, at=370, foot=140)
    heads = [(72, 120, "PIHAK PERTAMA"), (320, 120, "PIHAK KEDUA")]
    assert read(*heads, *left, *right) == [
        ("pihak_pertama", {"name": NAME, "nip": DIGITS}),
        ("pihak_kedua", {"name": "Ratna Kusuma", "position": "Wali Kota"}),
    ]


def test_side_by_side_a_label_may_touch_its_value() -> None:
    """As scans are read: label, colon and value with no gap between."""
    left = block(60, 100, f"Nama : {NAME}", f"NIP : {NIP}", f"Jabatan : {POSITION}", step=16)
    right = block(330, 100, "Nama : Ratna Kusuma", "Jabatan : Wali Kota Telagabiru", step=16)
    assert [values for _, values in read(*left, *right)] == [
        FULL,
        {"name": "Ratna Kusuma", "position": "Wali Kota Telagabiru"},
    ]


@pytest.mark.parametrize("text", ["diisi nama pegawai yang menilai", "Cara pengisian formulir"])
def test_what_a_form_says_about_filling_it_in_is_no_name(text: str) -> None:
    ((_, values),) = read(*labelled(("Nama", f": {text}"), ("NIP", f": {NIP}"), ("Jabatan", f": {POSITION}")))
    assert values["name"] is None


@pytest.mark.parametrize("name", ["drg. Siti", "H. Nu'man Rayeuk", "apt. dra. Ratna", "Ali bin Umar"])
def test_a_title_or_a_part_of_a_name_may_be_in_small_letters(name: str) -> None:
    ((_, values),) = read(*labelled(("Nama", f": {name}"), ("Jabatan", f": {POSITION}")))
    assert values["name"] == name


def test_a_label_of_names_may_be_a_heading() -> None:
    rows = block(60, 100, "Nama atasan langsung :", f"Nama : {NAME}", f"NIP : {NIP}", f"Jabatan : {POSITION}")
    assert [values for _, values in read(*rows)] == [FULL]


@pytest.mark.parametrize("before", ["(NIP. ", "(MIP ", "NlP:", "NIP. "])
def test_a_name_ends_before_the_number_that_follows_it(before: str) -> None:
    ((_, values),) = read(*labelled(("Nama", f": {NAME} {before}{NIP}"), ("Jabatan", f": {POSITION}")))
    assert values["name"] == NAME


def introduced(*rows: str) -> list[tuple[str | None, dict[str, object]]]:
    found = introductions(leaves(RULES, block(72, 100, *rows))[0], PK, WORDS)
    return [(i.role, {name: fact.data for name, fact in i.values.items()}) for i in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [f"Saya, Arkana Halim, NIP {NIP}, jabatan {POSITION}, berjanji akan", "mewujudkan target."],
            [(None, {"name": "Arkana Halim", "nip": DIGITS, "position": POSITION})],
        ),
        (
            [f"bawah ini: Arkana Halim, S.E. (NIP. {NIP}), selaku {POSITION}, yang selanjutnya"],
            [(None, {"name": "Arkana Halim, S.E.", "nip": DIGITS, "position": POSITION})],
        ),
        (
            [
                f"bawah ini, Arkana Halim, S.E., M.Si., {POSITION} (Pihak Pertama), berjanji kepada",
                "Hj. Ratna Kusuma, S.H., Wali Kota Telagabiru (Pihak Kedua), untuk mewujudkan target",
            ],
            [
                ("pihak_pertama", {"name": "Arkana Halim, S.E., M.Si.", "position": POSITION}),
                ("pihak_kedua", {"name": "Hj. Ratna Kusuma, S.H.", "position": "Wali Kota Telagabiru"}),
            ],
        ),
        (
            [f"kepada Ratna Kusuma, jabatan {POSITION}, selanjutnya disebut pihak kedua,"],
            [("pihak_kedua", {"name": "Ratna Kusuma", "position": POSITION})],
        ),
        (
            [
                f"1. Ratna Kusuma, {POSITION}, selanjutnya disebut Pihak Pertama",
                "2. Budi, Camat Rawa, selanjutnya disebut Pihak Kedua",
            ],
            [
                ("pihak_pertama", {"name": "Ratna Kusuma", "position": POSITION}),
                ("pihak_kedua", {"name": "Budi", "position": "Camat Rawa"}),
            ],
        ),
        (
            [
                "perangkat daerah, kami: ARKANA HALIM, S.I.K., M.H., AJUN KOMISARIS BESAR POLISI,",
                "NRP 82041377, jabatan Kapolres Rawa, selanjutnya disebut PIHAK PERTAMA;",
                "RATNA KUSUMA, INSPEKTUR JENDERAL POLISI, NRP 69080254, jabatan Kapolda Batu,",
                "selanjutnya disebut PIHAK KEDUA;",
            ],
            [
                (
                    "pihak_pertama",
                    {
                        "name": "ARKANA HALIM, S.I.K., M.H.",
                        "nip": "82041377",
                        "rank": "AJUN KOMISARIS BESAR POLISI",
                        "position": "Kapolres Rawa",
                    },
                ),
                (
                    "pihak_kedua",
                    {
                        "name": "RATNA KUSUMA",
                        "nip": "69080254",
                        "rank": "INSPEKTUR JENDERAL POLISI",
                        "position": "Kapolda Batu",
                    },
                ),
            ],
        ),
        (
            [
                "bawah ini : I. Ratna Kusuma, S.E., M.M., Direktur Perumda Tirta Rawa, NIK 690419011,",
                "selanjutnya disebut PIHAK PERTAMA; dan II. BUDI, Bupati Rawa,",
                "selanjutnya disebut PIHAK KEDUA.",
            ],
            [
                (
                    "pihak_pertama",
                    {
                        "name": "Ratna Kusuma, S.E., M.M.",
                        "nip": "690419011",
                        "position": "Direktur Perumda Tirta Rawa",
                    },
                ),
                ("pihak_kedua", {"name": "BUDI", "position": "Bupati Rawa"}),
            ],
        ),
        (
            [
                "bawah ini Ratna Kusuma, S.Psi., Psikolog selaku Kepala Balai Batu, selanjutnya disebut",
                "PIHAK PERTAMA,",
            ],
            [("pihak_pertama", {"name": "Ratna Kusuma, S.Psi., Psikolog", "position": "Kepala Balai Batu"})],
        ),
        (
            [f"Saya Apt. Ratna Kusuma, S.Si., {POSITION}, menyatakan :"],
            [(None, {"name": "Apt. Ratna Kusuma, S.Si.", "position": POSITION})],
        ),
        # nobody is introduced
        (["Saya berjanji akan mewujudkan target kinerja yang seharusnya."], []),
        (["Dinas Pertanian dan Badan Pendapatan menyatakan hal itu."], []),
        ([], []),
        (
            [
                f"TAHUN 2026 Arkana Halim, S.E. ({POSITION}), Pihak Pertama, berjanji kepada dr. Ratna",
                "Kusuma (Wali Kota Telagabiru), Pihak Kedua, untuk mencapai target.",
            ],
            [
                ("pihak_pertama", {"name": "Arkana Halim, S.E.", "position": POSITION}),
                ("pihak_kedua", {"name": "dr. Ratna Kusuma", "position": "Wali Kota Telagabiru"}),
            ],
        ),
        (
            [
                f"oleh Arkana Halim, S.E. selaku {POSITION} (Pihak Pertama) dan Ratna Kusuma selaku",
                "Wali Kota Telagabiru (Pihak Kedua) menetapkan",
            ],
            [
                ("pihak_pertama", {"name": "Arkana Halim, S.E.", "position": POSITION}),
                ("pihak_kedua", {"name": "Ratna Kusuma", "position": "Wali Kota Telagabiru"}),
            ],
        ),
    ],
)
def test_somebody_may_be_introduced_in_a_sentence(
    rows: list[str], expected: list[tuple[str | None, dict[str, object]]]
) -> None:
    assert introduced(*rows) == expected


@pytest.mark.parametrize(
    "text",
    [
        "saya selaku Kepala ",
        "dan A NIP 197001011995031002 jabatan B ",
        "Arkana Halim (Kepala Dinas ",
        "Arkana Halim, ",
    ],
)
def test_a_page_made_to_be_slow_is_read_at_once(text: str) -> None:
    words = [Word(part, Box(0, 0, 1, 1), 10) for part in (text * 6000)[:60000].split()]
    page = Leaf(Layout(Page(1, 595, 842), tuple(words)), (), (), 0, 0)
    began = process_time()
    assert introductions(page, PK, WORDS) == ()
    assert process_time() - began < 3


def test_a_colon_that_came_as_another_sign_is_no_part_of_the_value() -> None:
    said = [Word(t, Box(x, 10, x + 40, 20), 10) for t, x in (("Nama", 10), ("=", 90), ("Arkana", 135))]
    (line,) = lines(said)
    found = label_of(line, RULES.words.labels)
    assert [w.text for w in (found.words if found else ())] == ["Arkana"]


def test_two_may_be_columns_of_one_table_with_labels_before_both() -> None:
    (first, second) = NAME, "Ir. Bestari Wulan, M.T."
    head = [(72, 100, "Uraian"), (170, 100, "PIHAK PERTAMA"), (380, 100, "PIHAK KEDUA")]
    names = [(72, 116, "Nama"), (170, 116, first), (380, 116, second)]
    numbers = [(72, 132, "NIP"), (170, 132, NIP), (380, 132, "-")]
    offices = [
        (72, 148, "Jabatan"),
        (170, 148, "Kepala Dinas"),
        (380, 148, "Bupati"),
        (170, 160, "Pertanian"),
        (380, 160, "Telagabiru"),
    ]
    assert read(*head, *names, *numbers, *offices) == [
        ("pihak_pertama", FULL),
        ("pihak_kedua", {"name": second, "nip": None, "position": "Bupati Telagabiru"}),
    ]


def test_the_roles_of_two_may_stand_in_the_last_row_of_their_table() -> None:
    second = "Ir. Bestari Wulan, M.T."
    rows = [
        *[(72.0, foot, label) for foot, label in ((100, "Nama"), (116, "Jabatan"), (144, "Selaku"))],
        *[(170.0, foot, text) for foot, text in ((100, NAME), (116, "Kepala Dinas"), (128, "Pertanian"))],
        *[(380.0, foot, text) for foot, text in ((100, second), (116, "Bupati"), (128, "Telagabiru"))],
        (170, 144, "PIHAK PERTAMA"),
        (380, 144, "PIHAK KEDUA"),
    ]
    assert read(*rows) == [
        ("pihak_pertama", {"name": NAME, "position": "Kepala Dinas Pertanian"}),
        ("pihak_kedua", {"name": second, "position": "Bupati Telagabiru"}),
    ]


def test_where_two_sign_under_their_roles_one_is_introduced_over_them() -> None:
    rows = [
        *[(72.0, foot, label) for foot, label in ((100, "Nama"), (116, "Jabatan"))],
        *[(170.0, foot, f": {text}") for foot, text in ((100, NAME), (116, POSITION))],
        (150, 160, "PIHAK PERTAMA,"),
        (380, 160, "PIHAK KEDUA,"),
    ]
    assert [values for _, values in read(*rows)] == [{"name": NAME, "position": POSITION}]


def test_over_the_columns_of_two_may_stand_in_brackets_what_they_are() -> None:
    (first, second) = NAME, "Ir. Bestari Wulan, M.T."
    head = [(160, 100, "PIHAK PERTAMA (PEGAWAI)"), (380, 100, "PIHAK KEDUA (ATASAN)")]
    names = [(72, 116, "Nama"), (170, 116, first), (380, 116, second)]
    offices = [(72, 132, "Jabatan"), (170, 132, "Kepala Dinas Pertanian"), (380, 132, "Bupati Telagabiru")]
    said = read(*head, *names, *offices)
    assert [(role, values["name"]) for role, values in said] == [
        ("pihak_pertama", first),
        ("pihak_kedua", second),
    ]


def test_two_may_introduce_themselves_side_by_side_with_no_gap_after_their_labels() -> None:
    head = [(72, 100, "PIHAK PERTAMA"), (330, 100, "PIHAK KEDUA")]
    names = [(72, 116, f"Nama : {NAME}"), (330, 116, "Nama : Bestari")]
    offices = [(72, 132, f"Jabatan : {POSITION}"), (330, 132, "Jabatan : Bupati Telagabiru")]
    assert read(*head, *names, *offices) == [
        ("pihak_pertama", BOTH),
        ("pihak_kedua", {"name": "Bestari", "position": "Bupati Telagabiru"}),
    ]


@pytest.mark.parametrize("at", [72, 162])  # under the label, or under the colon
def test_a_position_that_fills_its_line_goes_on_under_its_label(at: float) -> None:
    rows = [
        *[(72.0, foot, label) for foot, label in ((100, "Nama"), (114, "Jabatan"))],
        (162, 100, f": {NAME}"),
        (162, 114, ": Kepala Seksi Penyelenggaraan Pelatihan pada Balai Pelatihan Kerja"),
        (at, 128, "Kabupaten Telagabiru"),
        (72, 142, "Selanjutnya disebut Pihak Pertama"),
        (72, 170, "Pihak Pertama berjanji akan mewujudkan target kinerja yang seharusnya tercapai"),
    ]
    position = "Kepala Seksi Penyelenggaraan Pelatihan pada Balai Pelatihan Kerja Kabupaten Telagabiru"
    assert read(*rows) == [("pihak_pertama", {"name": NAME, "position": position})]


def test_what_somebody_is_called_is_no_part_of_a_full_position() -> None:
    rows = [
        (72, 100, f"Nama : {NAME}"),
        (72, 114, "Jabatan : Kepala Seksi Penyelenggaraan Pelatihan pada Balai Pelatihan Kerja"),
        (72, 128, "Selanjutnya disebut Pihak Pertama"),
    ]
    assert str(read(*rows)[0][1]["position"]).endswith("Balai Pelatihan Kerja")


def test_who_stands_beside_a_role_needs_no_labels() -> None:
    """A name, and under it position, rank and number; without a number it is a sentence like any other."""
    second = ("Pihak Kedua", "Hj. Ratna Sarwendah, S.Sos.", "Bupati Telagabiru", "NIP 198001012005012003")
    first = ("PIHAK PERTAMA", NAME, "Kepala Dinas Pertanian", "Kabupaten Telagabiru", f"NIP {NIP}")
    rows = [row for n, part in enumerate((first, second)) for row in beside(*part, foot=100 + 90 * n)]
    assert read(*rows) == [
        ("pihak_pertama", {**FULL, "position": "Kepala Dinas Pertanian Kabupaten Telagabiru"}),
        (
            "pihak_kedua",
            {"name": second[1], "position": "Bupati Telagabiru", "nip": "198001012005012003"},
        ),
    ]
    assert read(*beside("Pihak Pertama", "berjanji akan mewujudkan target", "sesuai lampiran")) == []
    assert read(*block(72, 100, f"Pihak Pertama {NAME}", f"NIP {NIP}", step=16)) == []


def beside(role: str, *under: str, foot: float = 100) -> list[Row]:
    """A role, and a column of lines that begins beside it."""
    return [(72, foot, role), *((190, foot + 16 * n, line) for n, line in enumerate(under))]


def test_a_role_may_stand_right_of_a_value() -> None:
    first = labelled(("Nama", NAME), ("NIP", NIP), ("Jabatan", POSITION))
    second = labelled(("Nama", "Ratna Kusuma"), ("Jabatan", "Wali Kota"), foot=170)
    roles = [(430, 100, "PIHAK PERTAMA"), (430, 170, "PIHAK KEDUA")]
    assert read(*first, *second, *roles) == [
        ("pihak_pertama", FULL),
        ("pihak_kedua", {"name": "Ratna Kusuma", "position": "Wali Kota"}),
    ]


@pytest.mark.parametrize("mark", ["II.", "III.", "VIII."])
def test_a_numeral_may_stand_before_a_label(mark: str) -> None:
    rows = labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}"), left=100, at=190)
    ((_, values),) = read((72, 100, mark), *rows)
    assert values == {"name": NAME, "nip": DIGITS}


def test_whose_name_was_not_read_is_not_the_one_before() -> None:
    first = [*labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}")), (72, 132, "disebut PIHAK PERTAMA")]
    second = [*labelled(("NIP", ": 19770712 200003 2 004"), foot=150), (72, 166, "disebut PIHAK KEDUA")]
    assert read(*first, *second) == [
        ("pihak_pertama", {"name": NAME, "nip": DIGITS}),
        ("pihak_kedua", {"nip": "197707122000032004"}),
    ]


def test_a_role_may_stand_left_of_a_label() -> None:
    first = labelled(("Nama", f": {NAME}"), ("NIP", f": {NIP}"), left=190, at=290)
    second = labelled(("Nama", ": Ratna Kusuma"), ("Jabatan", ": Wali Kota"), left=190, at=290, foot=150)
    assert read((72, 100, "Pihak Pertama"), (72, 150, "Pihak Kedua"), *first, *second) == [
        ("pihak_pertama", {"name": NAME, "nip": DIGITS}),
        ("pihak_kedua", {"name": "Ratna Kusuma", "position": "Wali Kota"}),
    ]


def test_two_may_stand_under_their_roles_without_labels() -> None:
    """Name, number, rank and position; where they sign, the position stands first."""
    roles = [(130, 100, "PIHAK PERTAMA"), (400, 100, "PIHAK KEDUA")]
    first = block(72, 116, NAME, f"NIP {NIP}", "Penata, III/c", POSITION, step=15)
    second = block(330, 116, "Ratna Kusuma", "NIP 19680401 199612 2 007", "Wali Kota Telagabiru", step=15)
    assert [(role, values["position"]) for role, values in read(*roles, *first, *second)] == [
        ("pihak_pertama", POSITION),
        ("pihak_kedua", "Wali Kota Telagabiru"),
    ]
    signing = [*block(72, 116, POSITION, NAME, f"NIP {NIP}"), *block(330, 116, "Wali Kota", "Ratna Kusuma")]
    assert read(*roles, *signing) == []


def test_what_somebody_is_called_in_a_sentence_is_no_position() -> None:
    rows = [
        f"Pada hari Kamis, saya {NAME}, NIP {NIP},",
        f"{POSITION}, sebagai PIHAK PERTAMA, berjanji kepada Ratna Kusuma,",
        "NIP 19680401 199612 2 007, Kepala Dinas Pendidikan, sebagai PIHAK KEDUA, untuk",
    ]
    assert [(role, values.get("position")) for role, values in introduced(*rows)] == [
        ("pihak_pertama", POSITION),
        ("pihak_kedua", "Kepala Dinas Pendidikan"),
    ]


TWO_NAMES = [
    *labelled(("Nama", f": {NAME}"), ("Jabatan", f": {POSITION}")),
    *labelled(("Nama", ": Ratna Kusuma"), ("Jabatan", ": Wali Kota Telagabiru"), foot=160),
]


@pytest.mark.parametrize(
    "roles",
    [
        pytest.param([(72, 132, "(PIHAK KESATU)"), (72, 192, "(PIHAK KEDUA)")], id="alone under each"),
        pytest.param(
            [(72, 192, "Nomor 1 disebut Pihak Pertama dan nomor 2 selaku atasan disebut Pihak Kedua.")],
            id="of both in one sentence",
        ),
        pytest.param(
            [(72, 192, "Nomor 1 disebut Pihak Pertama, nomor 2 disebut sebagai Pihak Kedua.")],
            id="in two ways of saying it",
        ),
    ],
)
def test_roles_may_be_told_after_the_names(roles: list[Row]) -> None:
    found = read(*TWO_NAMES, *roles)
    assert [(role, values["name"]) for role, values in found] == [
        ("pihak_pertama", NAME),
        ("pihak_kedua", "Ratna Kusuma"),
    ]


def test_a_role_between_two_names_is_of_the_second() -> None:
    """Where nothing stands under the last."""
    found = read(*TWO_NAMES, (72, 144, "PIHAK KEDUA"))
    assert [role for role, _ in found] == [None, "pihak_kedua"]


def test_a_speck_behind_a_name_is_no_part_of_it() -> None:
    rows = [*labelled(("Nama", f": {NAME}"), ("Jabatan", f": {POSITION}")), (400, 100, ".")]
    (leaf,) = leaves(RULES, rows)
    seen = replace(leaf, layout=replace(leaf.layout, page=replace(leaf.layout.page, origin="ocr")))
    (found,) = identities(seen, PK, WORDS)
    assert found.values["name"].text == NAME


def test_another_column_of_text_right_of_a_value_is_no_part_of_it() -> None:
    text = [
        "selaku atasan pihak pertama, selanjutnya",
        "disebut pihak kedua.",
        "Pihak pertama berjanji akan mewujudkan",
        "target kinerja yang seharusnya sesuai tabel,",
        "seperti yang telah ditetapkan di dalam",
        "dokumen perencanaan.",
        "Pihak kedua akan melakukan supervisi.",
    ]
    rows = [
        *block(60, 100, f"Nama : {NAME}", f"NIP : {NIP}", f"Jabatan : {POSITION}", step=26),
        *block(330, 87, *text, step=13),
    ]
    assert [values for _, values in read(*rows)] == [FULL]
    assert [values for _, values in read(*rows[:3], (330, 152, "Kota Telagabiru"))] != [FULL]
