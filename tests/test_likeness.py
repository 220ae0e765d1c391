"""Signatures that are one picture are found again."""

from __future__ import annotations

import numpy as np

from pipeline.audit.likeness import HEIGHT, WIDTH, LikenessRow, OutlineRow, likenesses


def outline(seed: int, spoilt: float = 0.0) -> str:
    """A line that wanders through the box, thick enough to be ink; some of it lost."""
    rng = np.random.default_rng(seed)
    bits = np.zeros((HEIGHT, WIDTH), np.uint8)
    y = HEIGHT / 2
    for x in range(2, WIDTH - 2):
        y = float(np.clip(y + rng.normal(0, 4), 3, HEIGHT - 4))
        bits[int(y) - 2 : int(y) + 3, x] = 1
    lost = np.random.default_rng(99).random(bits.shape) < spoilt
    return np.packbits(bits & ~lost).tobytes().hex()


def row(name: str, shape: str, sha: str = "a", agreement: str = "x") -> OutlineRow:
    return OutlineRow(name, shape, sha, agreement)


def test_the_same_picture_in_two_files_is_found() -> None:
    found = list(
        likenesses([row("g", outline(1)), row("h", outline(1, 0.08), "b", "y"), row("i", outline(2))])
    )
    assert [(f.signature_id, f.other_id, f.kind) for f in found] == [("g", "h", "picture")]
    assert 0.85 < found[0].likeness < 1


def test_the_same_agreement_scanned_twice_is_one_paper() -> None:
    found = list(likenesses([row("g", outline(1)), row("h", outline(1, 0.05), "b")]))
    assert [f.kind for f in found] == ["paper"]


def test_the_same_picture_twice_in_one_agreement_is_found() -> None:
    assert list(likenesses([row("g", outline(3)), row("h", outline(3))])) == [
        LikenessRow("g", "h", 1.0, "picture")
    ]


def test_other_hands_and_poor_copies_are_not_alike() -> None:
    rows = [row(str(n), outline(n)) for n in range(30)]
    assert list(likenesses([*rows, row("poor", outline(1, 0.4))])) == []


def test_what_is_no_outline_is_left_out() -> None:
    assert list(likenesses([row("g", ""), row("h", "ff")])) == []
    assert list(likenesses([])) == []
