"""Pages as offices print them, as rows to draw; all persons, numbers and places are invented."""

from __future__ import annotations

from tests.drawn import Row, block, centred, column

HEAD = ("Drs. Arkana Halim, M.Si.", "Kepala Dinas Pertanian", "19710423 199803 1 011")
MAYOR = ("Ratna Kusuma", "Wali Kota Telagabiru", "")
LEFT, RIGHT = 160.0, 430.0  # middles of the two columns of signatures
Person = tuple[str, str, str]  # name, position, number

OPENING: list[Row] = [
    (72, 110, "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel"),
    (72, 124, "serta berorientasi pada hasil, kami yang bertanda tangan di bawah ini:"),
]
PROMISE: list[Row] = [
    (
        72,
        280,
        "Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian",
    ),
    (72, 294, "ini, dalam rangka mencapai target kinerja jangka menengah seperti yang telah ditetapkan."),
]


def identity(foot: float, who: Person, called: str = "") -> list[Row]:
    """Name and position after their labels, and what the person is called."""
    rows = [
        *block(72, foot, "Nama", "Jabatan"),
        *block(162, foot, f": {who[0]}", f": {who[1]}"),
    ]
    return [*rows, (72, foot + 32, f"Selanjutnya disebut {called}")] if called else rows


def signatures(
    foot: float, left: list[str], right: list[str], date: str = "Telagabiru, 12 Januari 2026"
) -> list[Row]:
    """Two blocks side by side, and place and date over the right one."""
    dated = [centred(foot, date, RIGHT)] if date else []
    return [*dated, *column(LEFT, foot + 20, *left), *column(RIGHT, foot + 20, *right)]


def over(role: str, who: Person) -> list[str]:
    """The rows of one block: role, position, room to sign, name and number."""
    return [role, who[1], "", "", "", "", who[0], f"NIP. {who[2]}" if who[2] else ""]


def statement(
    title: str = "PERJANJIAN KINERJA TAHUN 2026", who: Person = HEAD, over_him: Person = MAYOR
) -> list[Row]:
    """The statement of a performance agreement on one page, signed by nobody."""
    return [
        centred(80, title),
        *OPENING,
        *identity(150, who, "pihak pertama"),
        *identity(210, over_him, "pihak kedua"),
        *PROMISE,
        *signatures(340, over("Pihak Kedua,", over_him), over("Pihak Pertama,", who)),
    ]


def table(foot: float = 120) -> list[Row]:
    """A table of indicators without ruling lines."""
    rows = [
        ("No", "Sasaran Strategis", "Indikator Kinerja", "Target"),
        ("1", "Meningkatnya panen", "Produksi padi", "1.200 ton"),
        ("2", "Meningkatnya mutu", "Indeks mutu beras", "85 %"),
    ]
    places = (72, 100, 250, 450)
    return [
        (x, foot + 20 * n, text) for n, row in enumerate(rows) for x, text in zip(places, row, strict=True)
    ]


def annex(
    title: str = "LAMPIRAN PERJANJIAN KINERJA TAHUN 2026", who: Person = HEAD, over_him: Person = MAYOR
) -> list[Row]:
    """The annex of a performance agreement; with an empty title, without one."""
    blocks = signatures(340, over("Pihak Kedua,", over_him), over("Pihak Pertama,", who))
    return [*([centred(80, title)] if title else []), *table(), *blocks]


def pact(who: Person = HEAD) -> list[Row]:
    """An integrity pact on one page, signed by nobody."""
    return [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 110, "Saya yang bertanda tangan di bawah ini:"),
        *identity(130, who),
        (72, 170, "dengan ini menyatakan bahwa saya:"),
        *numbered(
            190,
            "Tidak akan melakukan praktik korupsi, kolusi dan nepotisme;",
            "Bersikap transparan, jujur dan akuntabel dalam melaksanakan tugas;",
            "Bersedia menerima sanksi bila melanggar hal-hal tersebut di atas.",
        ),
        *column(
            RIGHT,
            300,
            "Telagabiru, 12 Januari 2026",
            "Yang membuat pernyataan,",
            "",
            "",
            "",
            "",
            who[0],
            f"NIP. {who[2]}",
        ),
    ]


def numbered(foot: float, *texts: str, form: str = "{}.", left: float = 72) -> list[Row]:
    """A numbered list."""
    return [
        row
        for n, text in enumerate(texts)
        for row in ((left, foot + 16 * n, form.format(n + 1)), (left + 20, foot + 16 * n, text))
    ]


def letter(*rows: Row) -> list[Row]:
    """An official letter, with more rows."""
    return [
        centred(60, "PEMERINTAH KOTA TELAGABIRU"),
        centred(74, "DINAS PERTANIAN"),
        *block(72, 110, "Nomor", "Sifat", "Lampiran", "Hal"),
        *block(
            140,
            110,
            ": 005/18/DISTAN/2026",
            ": Biasa",
            ": 1 (satu) berkas",
            ": Penandatanganan Perjanjian Kinerja",
        ),
        *block(
            72,
            190,
            "Dengan hormat, bersama ini kami undang Saudara pada acara penandatanganan yang akan",
            "diadakan pada hari Senin di ruang rapat. Atas perhatian Saudara kami ucapkan terima kasih.",
        ),
        *rows,
    ]
