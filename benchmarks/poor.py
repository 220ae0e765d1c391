"""From what on a page has to be scanned again: how many words come out right of worse and worse pages.

python -m benchmarks.poor [PDF...]    digital files, whose own words are the truth; writes docs/scans.md
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
import cv2
import numpy as np
import pypdfium2

from benchmarks.measure import ROOT
from pipeline.isolate.threads import single
from pipeline.reading import ocr
from pipeline.reading.engines import BY_NAME, See
from pipeline.reading.pages import Caps, sheets
from pipeline.reading.raster import POINTS, Pixels
from pipeline.schema import ENGINES, Word

OUT = ROOT / "docs" / "scans.md"
RULE = ROOT / "rules" / "terms.toml"  # its view `rescans`
SAMPLES = tuple(sorted((ROOT / "samples" / "documents").glob("*/PK *.pdf"))[::5])
LONG = 4  # letters of a word that counts: shorter ones are found on any page
SHARP, COPY = 300, 150  # dpi of the page that is made worse, and of what is made of it
SPREAD = 6.0  # of the noise of a sensor, of 255
WORSE = {  # in words, and how far: from hardly to beyond reading
    "coarse": ("dpi", (120, 100, 90, 75, 60)),
    "faint": ("of the contrast", (0.5, 0.25, 0.15, 0.1, 0.06)),
    "blurred": ("pixels", (0.8, 1.3, 1.8, 2.3, 2.8)),
    "speckled": ("of the pixels turned", (0.01, 0.03, 0.06, 0.1, 0.15)),
    "pressed": ("quality of the JPEG", (30, 15, 10, 6, 3)),
}
EDGES = (0.0, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 1.01)  # of how surely a page was read
USABLE = 0.9  # share of its words from which a page is of use
HEAD = """# Scans: from what on a page has to be scanned again

Made by `python -m benchmarks.poor` from {pages} pages of the samples, whose own words are the truth: each was
drawn, made worse in {ways} ways, and read. A word counts from {long} letters on, and is right where it is the
same to the letter. The rule asks for another scan under a mean confidence of {sure}, or under {dpi} dpi (view
`rescans` of rules/terms.toml); a page on which nothing is seen any more is told by `page-blank`, and counted
here as asked for.

"""


@dataclass(frozen=True, slots=True)
class Look:
    """A page made worse: how and how far, its dpi, how surely it was read, what share of its words right.

    One on which nothing is seen any more is blank, which another check tells.
    """

    how: str
    level: float
    dpi: float
    quality: float
    right: float
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Under which confidence, and which dpi, a page has to be scanned again."""

    sure: float
    dpi: float

    def again(self, look: Look) -> bool:
        """Whether it asks for another scan."""
        return look.blank or look.quality < self.sure or look.dpi < self.dpi


def rule(text: str) -> Rule:
    """The rule as its view has it.

    >>> rule("p.quality < 0.93 or p.dpi < 90")
    Rule(sure=0.93, dpi=90.0)
    """
    sure, dpi = (re.search(rf"p\.{name} < ([\d.]+)", text) for name in ("quality", "dpi"))
    if sure is None or dpi is None:
        raise ValueError("rules/terms.toml: no view with p.quality < ... and p.dpi < ...")
    return Rule(float(sure[1]), float(dpi[1]))


def worse(sharp: Pixels, how: str, level: float, random: np.random.Generator) -> tuple[Pixels, float]:
    """A grey picture of 300 dpi made worse, and its dpi then."""
    dpi = level if how == "coarse" else COPY
    made = cv2.resize(sharp, None, fx=dpi / SHARP, fy=dpi / SHARP, interpolation=cv2.INTER_AREA).astype(float)
    if how == "faint":
        made = 255 - (255 - made) * level
    if how == "blurred":
        made = cv2.GaussianBlur(made, (0, 0), level)
    made = np.clip(made + random.normal(0, SPREAD, made.shape), 0, 255)
    if how == "speckled":
        made = np.where((made > 128) ^ (random.random(made.shape) < level), 255.0, 0.0)
    grey = made.astype(np.uint8)
    if how == "pressed":
        _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(level)])
        grey = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return grey, dpi


def right(read: Iterable[Word], printed: Iterable[Word]) -> float:
    """What share of the long words printed was read to the letter."""
    wanted = Counter(word.text for word in printed if len(word.text) >= LONG)
    found = wanted & Counter(word.text for word in read)
    return found.total() / max(1, wanted.total())


def looks(pages: Iterable[tuple[Pixels, tuple[Word, ...]]], see: See) -> Iterator[Look]:
    """Each page, a picture of 300 dpi and its words, made worse in each way, and read."""
    for number, (sharp, printed) in enumerate(pages):
        random = np.random.default_rng(number)
        for how, (_, levels) in WORSE.items():
            for level in levels:
                yield _look(worse(sharp, how, level, random), printed, see, (how, level))


def _look(picture: tuple[Pixels, float], printed: tuple[Word, ...], see: See, way: tuple[str, float]) -> Look:
    pixels, dpi = picture
    _, data = cv2.imencode(".png", pixels)
    caps = Caps()
    (sheet,) = sheets(data.tobytes(), "image/png", ocr=lambda raster: ocr.words(see, raster), caps=caps)
    words, page = sheet.layout.words, sheet.layout.page
    return Look(*way, dpi, page.quality, right(words, printed), blank=not words)


def pictures(paths: Iterable[Path]) -> Iterator[tuple[Pixels, tuple[Word, ...]]]:
    """The first page of each digital file, grey and 300 dpi, and the words it prints."""
    for path in paths:
        data = path.read_bytes()
        with pypdfium2.PdfDocument(data) as document:
            drawn = document[0].render(scale=SHARP / POINTS, grayscale=True).to_numpy()
        sheet = next(iter(sheets(data, "application/pdf", ocr=None, caps=Caps())))
        yield np.ascontiguousarray(drawn.reshape(drawn.shape[:2])), sheet.layout.words


def page(found: Sequence[Look], by: Rule, pages: int) -> str:
    """What was seen, as Markdown."""
    head = HEAD.format(pages=pages, ways=len(WORSE), long=LONG, sure=by.sure, dpi=f"{by.dpi:g}")
    return "\n".join(
        [head + "\n".join(_by_sureness(found)), "", *_by_way(found, by), "", *_verdict(found, by), ""]
    )


def _by_sureness(found: Sequence[Look]) -> Iterator[str]:
    yield "| read with a confidence of | pages | words right, mean | least |"
    yield "|---|--:|--:|--:|"
    for least, most in pairwise(EDGES):
        inside = [look.right for look in found if least <= look.quality < most and not look.blank]
        if inside:
            mean = sum(inside) / len(inside)
            yield f"| {least:g} to {min(most, 1):g} | {len(inside)} | {mean:.2f} | {min(inside):.2f} |"


def _by_way(found: Sequence[Look], by: Rule) -> Iterator[str]:
    yield "| made worse | how far | confidence | words right | to be scanned again |"
    yield "|---|---|--:|--:|--:|"
    for how, (unit, levels) in WORSE.items():
        for level in levels:
            here = [look for look in found if (look.how, look.level) == (how, level)]
            sure = sum(look.quality for look in here) / len(here)
            words = sum(look.right for look in here) / len(here)
            again = sum(map(by.again, here))
            yield f"| {how} | {level:g} {unit} | {sure:.3f} | {words:.2f} | {again} of {len(here)} |"


def _verdict(found: Sequence[Look], by: Rule) -> Iterator[str]:
    poor = [look for look in found if look.right < USABLE]
    asked = [look for look in found if by.again(look)]
    caught = sum(map(by.again, poor))
    idle = sum(look.right >= USABLE for look in asked)
    yield f"- pages with less than {USABLE:.0%} of the words right: {len(poor)}, asked for again: {caught}"
    yield f"- pages asked for again: {len(asked)}, of which {idle} would have been of use"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=OUT)
def main(files: tuple[Path, ...], out: Path) -> None:
    """Read pages made worse; write what came of it."""
    single()
    files, by = files or SAMPLES, rule(RULE.read_text(encoding="utf-8"))
    found = list(looks(pictures(files), BY_NAME[ENGINES[0]].loaded(1)))
    out.write_text(page(found, by, len(files)), encoding="utf-8")
    click.echo("\n".join(_verdict(found, by)))


if __name__ == "__main__":
    main()
