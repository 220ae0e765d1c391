"""What a PDF page draws: letters with their visibility, paths and images, each in the order of drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTContainer, LTCurve, LTImage
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix
from pdfplumber.page import Page as PlumberPage

from pipeline.errors import SourceError
from pipeline.reading import overlays
from pipeline.reading.content import Interpreter
from pipeline.reading.document import DAMAGE
from pipeline.reading.marks import white

INVISIBLE = 3  # text render mode of PDF 32000-1, 9.3.6: neither filled nor stroked
LARGE = 0.5  # share of the page from which an image hides what was drawn before it
LEAN = 5.0  # degrees by which letters may lean and still stand upright
SLANTED = -1
SPACE = 32  # the code of a letter after which words are spaced
BULLETS = frozenset((127, 129, 141, 143, 144, 157))
LONGEST = 4  # bytes of the code of a letter
T = TypeVar("T")


class Style(NamedTuple):
    """What letters drawn by one operator have in common.

    `way` is how far clockwise they are turned: 0, 90, 180 or 270 degrees, or SLANTED for anything between.
    """

    fontname: str
    upright: bool
    way: int
    white: bool


class Letter(NamedTuple):
    """A letter on the page; a page has thousands, so it is made as quickly as can be."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    style: Style
    string: int = 0  # which of the strings that the page draws it is of


class Drawing(PDFPageAggregator):
    """A pdfminer device that notes what a page draws; coordinates are those of the media box, y upwards.

    Raises SourceError where a page draws more letters or paths than it is allowed to.
    """

    def __init__(self, page: PlumberPage, *, letters: int, paths: int) -> None:
        """Draw `page`, of at most so many `letters` and `paths`."""
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number)
        self.most_letters, self.most_paths, self.drawn_paths = letters, paths, 0
        self.strings = 0
        self.letters: list[Letter] = []
        self.hidden: list[Letter] = []
        self.shown = self.letters  # where letters go: those that cannot be seen lie apart
        self.glyphs: dict[PDFFont, dict[int, tuple[str, float]]] = {}
        self.interpreter, self.upright = Interpreter(page.pdf.rsrcmgr, self), MATRIX_IDENTITY
        self.interpreter.process_page(page.page_obj)
        self.paths = list(_inside(self.get_result(), LTCurve))
        self.images = list(_inside(self.get_result(), LTImage))

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Keep how the page is turned."""
        self.upright = ctm
        super().begin_page(page, ctm)

    def end_page(self, page: PDFPage) -> None:
        """Draw what lies over the page, last of all."""
        whole, item = len(self._stack), self.cur_item
        for appearance, place in overlays.appearances(page):
            try:
                overlays.draw(self.interpreter, appearance, place, self.upright)
            except DAMAGE:  # as far as it went: the page has words of its own
                self.cur_item = item
                del self._stack[whole:]
        super().end_page(page)

    def render_string(self, textstate: PDFTextState, seq: Iterable[Any], *rest: Any) -> None:
        """Keep the letters of a string, apart where they are invisible."""
        self.shown = self.hidden if textstate.render == INVISIBLE else self.letters
        self.strings += 1
        matrix, font = mult_matrix(textstate.matrix, self.ctm), textstate.font
        if font is None or font.is_vertical() or matrix[1] or matrix[2]:
            super().render_string(textstate, seq, *rest)
        else:
            self._level(textstate, font, matrix, seq, rest[-1])
        self._counted(0)

    def render_char(self, matrix: Matrix, *rest: Any) -> float:
        """Keep a letter of a string that is not level."""
        advance = super().render_char(matrix, *rest)
        item: Any = self.cur_item._objs.pop()
        style = Style(item.fontname, item.upright, way(matrix), white(item.graphicstate.ncolor))
        place = item.x0, item.y0, item.x1, item.y1
        self.shown.append(Letter(*place, item.size, item.get_text(), style, self.strings))
        self._counted(0)
        return advance

    def _level(
        self,
        state: PDFTextState,
        font: PDFFont,
        matrix: Matrix,
        seq: Iterable[Any],
        graphics: PDFGraphicState,
    ) -> None:
        """Keep the letters of a level string: what is the same for all of them is reckoned once."""
        a, _, _, d, e, f = matrix
        foot = font.get_descent() * state.fontsize + state.rise
        base = state.linematrix[1] * d + f
        y0, y1 = sorted((d * foot + base, d * (foot + state.fontsize) + base))
        style = Style(font.fontname, a * d * state.scaling > 0, way(matrix), white(graphics.ncolor))
        for x, width, text in self._set(state, font, seq):
            left = x * a + e
            right = a * width + left
            x0, x1 = (left, right) if left <= right else (right, left)
            self.shown.append(Letter(x0, y0, x1, y1, y1 - y0, text, style, self.strings))

    def _set(
        self, state: PDFTextState, font: PDFFont, seq: Iterable[Any]
    ) -> Iterator[tuple[float, float, str]]:
        """Where each letter of a string begins, its width and its text (PDF 32000-1, 9.4.4).

        Then the line goes on where the string ends; as in pdfminer without the space between letters.
        """
        glyphs = self.glyphs.setdefault(font, {})
        size, scaling, (x, y) = state.fontsize, state.scaling * 0.01, state.linematrix
        between, step = state.charspace * scaling, 0.001 * size * scaling
        after_space = 0 if font.is_multibyte() else state.wordspace * scaling
        begun = False
        for part in seq:
            if isinstance(part, (int, float)):
                x -= part * step
                begun = True
            elif isinstance(part, bytes):
                self._counted(len(part) // LONGEST)
                for code in font.decode(part):
                    if begun:
                        x += between
                    text, wide = glyphs.get(code) or self._glyph(font, code)
                    width = wide * size * scaling
                    yield x, width, text
                    x += width
                    if code == SPACE and after_space:
                        x += after_space
                    begun = True
        state.linematrix = (x, y)

    def _glyph(self, font: PDFFont, code: int) -> tuple[str, float]:
        """What a letter of a font says, and its width at a size of 1."""
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, code)
        self.glyphs[font][code] = text, font.char_width(code)
        return self.glyphs[font][code]

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:
        """A code of WinAnsiEncoding that stands for nothing is a bullet (PDF 32000-1, D.2, note 3)."""
        if cid in BULLETS and not font.is_multibyte():
            return "•"
        return super().handle_undefined_char(font, cid)

    def _counted(self, more: int) -> None:
        if len(self.letters) + len(self.hidden) + more > self.most_letters:
            raise SourceError("too-much-text")

    def paint_path(self, *rest: Any) -> None:
        """Keep a path, up to the number allowed."""
        self.drawn_paths += 1
        if self.drawn_paths > self.most_paths:
            raise SourceError("too-many-paths")
        super().paint_path(*rest)

    def render_image(self, *rest: Any) -> None:
        """Keep an image; a large one hides the letters drawn before it."""
        super().render_image(*rest)
        image: Any = self.cur_item._objs[-1]
        page = self._stack[0] if self._stack else self.cur_item
        if not image.imagemask and image.width * image.height > LARGE * page.width * page.height:
            self.hidden += self.letters
            self.letters = []


def way(matrix: Matrix) -> int:
    """Degrees clockwise by which a letter with this matrix is turned, or SLANTED."""
    a, b = matrix[:2]
    if b == 0 and a > 0:
        return 0
    angle = -math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= LEAN else SLANTED


def _inside(item: LTContainer[Any], kind: type[T]) -> Iterator[T]:
    for part in item:
        if isinstance(part, kind):
            yield part
        elif isinstance(part, LTContainer):
            yield from _inside(part, kind)
