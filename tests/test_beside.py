"""Signers whose role, and perhaps name, cannot be read, beside one whose block can."""

from __future__ import annotations

import pytest

from pipeline.reading.beside import beside, right_of_roles
from pipeline.reading.blocks import Block, blocks
from tests.drawn import Row, block, leaves
from tests.pages import HEAD, MAYOR, RIGHT, over, signatures
from tests.shipped import RULES, WORDS

KIND = next(kind for kind in RULES.types if kind.id == "perjanjian_kinerja")
CHIEF = ("Bramasta Wening", "Sekretaris Daerah", "19690217 199503 1 004")
ROLE = "pihak_pertama"


def found(rows: list[Row], known: dict[str, str], numbers: dict[str, str]) -> list[Block]:
    page = leaves(RULES, rows)[0]
    there = blocks(page, KIND, WORDS, [], {"pihak_kedua": CHIEF[0]})
    assert [block.role for block in there] == ["pihak_kedua"]
    return list(beside(page, there, known, numbers, WORDS))


def test_a_name_level_with_that_of_another_signer_has_a_place_to_sign() -> None:
    rows = signatures(300, over("Pihak Kedua,", CHIEF), ["", "", "", "", "", "", HEAD[0]], date="")
    (block,) = found(rows, {ROLE: HEAD[0]}, {})
    assert (block.role, [line.text for line in block.name]) == (ROLE, [HEAD[0]])


@pytest.mark.parametrize(
    "printed", [f"NIP. {HEAD[2]}", HEAD[2].replace(" ", ""), "NlP 1971O423 199803 1 0l1"]
)
def test_where_a_stamp_hides_the_name_too_the_number_says_whose_place_it_is(printed: str) -> None:
    rows = signatures(300, over("Pihak Kedua,", CHIEF), ["", "", "", "", "", "", "", printed])
    (block,) = found(rows, {ROLE: HEAD[0]}, {ROLE: HEAD[2].replace(" ", "")})
    assert (block.role, block.name, block.nip is not None) == (ROLE, (), True)
    assert block.gap.x0 < RIGHT < block.gap.x1
    assert block.gap.height > 30


def test_the_number_of_somebody_else_says_nothing() -> None:
    rows = signatures(300, over("Pihak Kedua,", CHIEF), ["", "", "", "", "", "", "", f"NIP. {MAYOR[2]}1"])
    assert found(rows, {}, {ROLE: HEAD[2].replace(" ", "")}) == []


@pytest.mark.parametrize("name", [HEAD[0], "Drs. Arkana Halirn, M.Si."])
def test_a_name_right_of_its_role_and_position_is_signed_over(name: str) -> None:
    rows = [
        *block(80, 300, "Pihak Kedua,", CHIEF[1], "", "", "", ""),
        *block(260, 356, CHIEF[0]),
        *block(80, 384, "Pihak Pertama,", *HEAD[1:2]),
        *block(260, 440, name, f"NIP. {HEAD[2]}"),
    ]
    page, known = leaves(RULES, rows)[0], {ROLE: HEAD[0], "pihak_kedua": CHIEF[0]}
    second, first = right_of_roles(page, blocks(page, KIND, WORDS, [], known), known, WORDS)
    assert [line.text for line in (*second.name, *first.name)] == [CHIEF[0], name]
    assert (second.nip, first.nip is not None) == (None, True)
    assert min(second.gap.x0, first.gap.x0) > 150
    assert second.gap.bottom < first.gap.top < first.gap.bottom < 440


def test_a_name_that_stands_beside_nobodys_role_is_not_the_one_of_the_next() -> None:
    rows = [*block(80, 300, "Pihak Pertama,", HEAD[1]), *block(260, 600, HEAD[0])]
    page, known = leaves(RULES, rows)[0], {ROLE: HEAD[0]}
    assert [b.name for b in right_of_roles(page, blocks(page, KIND, WORDS, [], known), known, WORDS)] == [()]
