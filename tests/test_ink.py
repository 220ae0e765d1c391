"""What the model of signatures is shown, and what its answers mean."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.signatures.bench import KINDS
from benchmarks.signatures.draw import LABELS, Plan, block
from benchmarks.signatures.other import OTHER, captured
from pipeline.errors import OwnError
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.crop import Masked, crop
from pipeline.reading.signatures.model import CARD, HERE, NETWORK, Bands, Chances, chances, model
from pipeline.reading.signatures.shape import main, shape
from pipeline.reading.signatures.verdict import judged
from pipeline.reading.signatures.view import HEIGHT, LAYERS, WIDTH, inked, inside, view
from pipeline.schema import Box, Ruling

BANDS = Bands(0.8, 0.1, 0.9, 0.05, 0.5, 0.5, 0.5)
SLOT = Box(30, 30, 130, 70)


def paper(width: int = 330, height: int = 210) -> np.ndarray:
    return np.full((height, width, 3), 250, np.uint8)


def marked(*boxes: tuple[int, int, int, int]) -> Raster:
    """Paper of 150 dpi with black boxes, in pixels."""
    pixels = paper()
    for x0, top, x1, bottom in boxes:
        pixels[top:bottom, x0:x1] = 20
    return Raster(pixels, 150)


# ---------------------------------------------------------------- what is shown


def test_a_view_has_always_the_same_form() -> None:
    for slot in (SLOT, Box(0, 0, 20, 10), Box(-40, -40, 500, 400)):
        seen = view(inked(marked(), slot, [], []))
        assert seen.shape == (LAYERS, HEIGHT, WIDTH)
        assert np.isfinite(seen).all()
        assert abs(seen).max() <= 1


def test_empty_paper_is_empty_also_in_shadow() -> None:
    pixels = (paper() * np.linspace(1, 0.5, 330)[None, :, None]).astype(np.uint8)
    assert view(inked(Raster(pixels, 150), SLOT, [], []))[0].max() < 0.3


def test_ink_is_seen_and_print_is_not() -> None:
    page = marked((100, 100, 180, 104))
    word = Box(46, 46, 90, 52)
    assert view(inked(page, SLOT, [], []))[0].max() > 0.8
    assert view(inked(page, SLOT, [word], []))[0].max() == 0
    assert view(inked(page, SLOT, [], [Ruling(48, 49, 88, 49)]))[0].max() == 0


def test_ink_beside_the_slot_is_seen_but_not_inside() -> None:
    page = marked((280, 100, 310, 104))
    looked = inked(page, SLOT, [], [])
    assert view(looked)[0].max() > 0.8
    assert inside(looked).max() < 0.2


def test_a_crop_is_named_by_its_bytes_and_says_what_was_masked() -> None:
    kept = crop(marked(), SLOT, [Masked(Box(30, 30, 60, 40), "print")])
    assert kept.picture[:2] == b"\xff\xd8"
    assert hashlib.sha256(kept.picture).hexdigest().startswith(kept.id)
    assert kept.masked == '[[42, 29, 104, 50, "print"]]'


# ---------------------------------------------------------------- what an answer means


@pytest.mark.parametrize(
    ("found", "state", "method"),
    [
        (Chances(0.95, 0, 0, 0), "signed", "ink"),
        (Chances(0.5, 0, 0, 0), "unclear", "none"),
        (Chances(0.02, 0, 0, 0), "missing", "none"),
        # a stamp hides ink and looks like it
        (Chances(0.95, 0.9, 0, 0), "signed", "ink"),
        (Chances(0.85, 0.9, 0, 0), "unclear", "stamp"),
        (Chances(0.08, 0.9, 0, 0), "unclear", "stamp"),
        (Chances(0.01, 0.9, 0, 0), "missing", "stamp"),
        # initials are no signature, and do not spoil one
        (Chances(0.02, 0, 0.9, 0), "missing", "none"),
        (Chances(0.95, 0, 0.9, 0), "signed", "ink"),
    ],
)
def test_chances_become_a_verdict(found: Chances, state: str, method: str) -> None:
    seen = judged(found, BANDS, "ink")
    assert (seen.state, seen.method) == (state, method)
    assert seen.stamp == (found.stamp > 0.5)
    assert seen.initials == (found.initials > 0.5)
    assert 0.5 <= seen.confidence <= 1


def test_the_network_is_the_one_on_record(tmp_path: object) -> None:
    assert model().bands.signed > model().bands.empty
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / NETWORK).write_bytes((HERE / NETWORK).read_bytes() + b" ")
    (folder / CARD).write_bytes((HERE / CARD).read_bytes())
    with pytest.raises(OwnError, match=NETWORK):
        model(folder)


def test_the_network_gives_a_chance_for_each_label() -> None:
    found = chances(view(inked(marked(), SLOT, [], [])), model())
    assert len(LABELS) == 4
    assert all(0 <= getattr(found, label) <= 1 for label in LABELS)
    assert found.signature < 0.1


# ---------------------------------------------------------------- drawn blocks


def drawn(wanted: Plan, seed: int) -> str:
    rng = np.random.default_rng([991, seed])
    made = block(rng, replace(wanted, way="office scanner"), OTHER, captured)
    looked = view(inked(Raster(made.picture, 150), made.slot, made.printed, made.rulings))
    return judged(chances(looked, model()), model().bands, "ink").state


@pytest.mark.parametrize("kind", ["signed, plain", "empty", "stamp only", "ink of a neighbour"])
def test_blocks_by_another_hand_are_hardly_ever_taken_for_the_contrary(kind: str) -> None:
    wrong = "missing" if KINDS[kind].signed else "signed"
    assert [drawn(KINDS[kind], seed) for seed in range(12)].count(wrong) <= 2


def test_the_same_seed_draws_the_same_block() -> None:
    one, two = (block(np.random.default_rng(5), Plan(signed=True, stamped=True)) for _ in range(2))
    assert one.picture.tobytes() == two.picture.tobytes()
    assert one.printed == two.printed


# ---------------------------------------------------------------- outlines


def test_an_outline_does_not_depend_on_place_and_size() -> None:
    small, large = np.zeros((60, 120), np.float32), np.zeros((160, 300), np.float32)
    small[10:40, 20:24] = small[36:40, 20:80] = 1
    large[50:110, 100:108] = large[102:110, 100:220] = 1
    assert shape(main(small)) == shape(main(large))
    assert shape(main(np.zeros((60, 120), np.float32))) is None
