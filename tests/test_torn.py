"""Pages on which words are lost, run together, torn, moved and misread: they are read all the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from pipeline.errors import SourceError
from pipeline.reading.agreement import agreement
from pipeline.reading.leaf import leaf
from pipeline.reading.pages import Caps, Sheet, sheets
from pipeline.reading.segment import segments
from pipeline.schema import Box, Word
from tests.shipped import RULES

DOCUMENTS = sorted((Path(__file__).parents[1] / "samples" / "documents").glob("*/*.pdf"))[::2]
SIGNS = ".:,;-|l1IO0()%/'"
STRAY = (".", "Rp", "1.", "(", ":", "NIP", "Jumlah", "Nama", "No", "Pihak Kedua")
RATES = (0.03, 0.12, 0.3)


def torn(words: Sequence[Word], rate: float, dice: random.Random) -> Iterator[Word]:
    """The words, so many of them lost, misread, parted, moved, or said to be something else."""
    for word in words:
        fate = dice.random() / rate
        at = dice.randrange(len(word.text))
        if fate < 0.35:
            continue
        if fate < 0.55:
            yield structs.replace(word, text=word.text[:at] + dice.choice(SIGNS) + word.text[at + 1 :])
        elif fate < 0.7 and at:
            middle = word.box.x0 + word.box.width * at / len(word.text)
            yield structs.replace(word, text=word.text[:at], box=structs.replace(word.box, x1=middle - 1))
            yield structs.replace(word, text=word.text[at:], box=structs.replace(word.box, x0=middle + 1))
        elif fate < 0.85:
            across, down = dice.uniform(-60, 60), dice.uniform(-6, 6)
            box = word.box
            yield structs.replace(
                word, box=Box(box.x0 + across, box.top + down, box.x1 + across, box.bottom + down)
            )
        elif fate < 1:
            yield structs.replace(word, text=dice.choice(STRAY))
        else:
            yield word


def damaged(sheet: Sheet, dice: random.Random) -> Sheet:
    rate, layout = dice.choice(RATES), sheet.layout
    rulings = tuple(r for r in layout.rulings if dice.random() > rate / 2)
    return replace(
        sheet, layout=replace(layout, words=tuple(torn(layout.words, rate, dice)), rulings=rulings)
    )


def readable(document: Path) -> list[Sheet]:
    try:
        return [*sheets(document.read_bytes(), "application/pdf", ocr=None, caps=Caps())]
    except SourceError:  # samples are also locked, or broken
        return []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_torn_page_is_read(document: Path) -> None:
    pages = readable(document)
    dice = random.Random(document.name)  # noqa: S311  no secret
    for _ in range(4 if pages else 0):
        seen = {sheet.layout.page.number: damaged(sheet, dice) for sheet in pages}
        for part in segments([leaf(sheet.layout, RULES) for sheet in seen.values()], RULES):
            found = agreement(part, seen, RULES)
            assert found.first_page <= found.last_page
