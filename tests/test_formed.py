"""People in the cells of a form."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.formed import formed
from tests.drawn import Row, leaves
from tests.shipped import RULES

AGREEMENT = next(t for t in RULES.types if t.id == "perjanjian_kinerja")
FORM = [
    (60, 100, "A"), (90, 100, "Pihak Pertama"), (220, 100, "Nama"), (330, 100, "Rikardus Kelanit, S.Pd."),
    (220, 118, "NIP"), (330, 118, "19840311 202221 1 023"),
    (220, 136, "Jabatan"), (330, 136, "Guru Ahli Pertama Seni Budaya"), (330, 150, "Kabupaten Ngarai Timur"),
    (60, 170, "B"), (90, 170, "Pihak Kedua"), (220, 170, "Nama"), (330, 170, "Yasinta Kusumawardana, M.AP."),
    (220, 188, "Jabatan"), (330, 188, "Kepala Sekolah"),
]  # fmt: skip


def read(rows: Sequence[Row]) -> list[tuple[str | None, dict[str, object]]]:
    (leaf,) = leaves(RULES, rows)
    found = formed(leaf, AGREEMENT, RULES.words)
    return [(one.role, {name: fact.data for name, fact in one.values.items()}) for one in found]


def test_labels_in_a_column_of_cells_have_their_role_beside_them() -> None:
    assert read(FORM) == [
        (
            "pihak_pertama",
            {
                "name": "Rikardus Kelanit, S.Pd.",
                "nip": "198403112022211023",
                "position": "Guru Ahli Pertama Seni Budaya Kabupaten Ngarai Timur",
            },
        ),
        ("pihak_kedua", {"name": "Yasinta Kusumawardana, M.AP.", "position": "Kepala Sekolah"}),
    ]


def test_titles_of_columns_introduce_nobody() -> None:
    assert read([(60, 100, "No"), (90, 100, "Nama"), (220, 100, "Jabatan"), (330, 100, "Tanda Tangan")]) == []
