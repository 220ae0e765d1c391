"""What a PDF page draws: letters with their visibility, paths and images, each in the order of drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFTextState
from pdfplumber.page import Page as PlumberPage

from pipeline.errors import SourceError

INVISIBLE = 3  # text render mode of PDF 32000-1, 9.3.6: neither filled nor stroked
T = TypeVar("T")

LARGE = 0.5  # share of the page from which an image hides what was drawn before it


class Drawing(PDFPageAggregator):
    """A pdfminer device that notes what a page draws; coordinates are those of the media box, y upwards.

    Raises SourceError where a page draws more letters or paths than it is allowed to.
    """

    def __init__(self, page: PlumberPage, *, letters: int, paths: int) -> None:
        """Draw `page`, of at most so many `letters` and `paths`."""
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number)
        self.most_letters, self.most_paths, self.drawn_paths = letters, paths, 0
        self.letters: list[LTChar] = []
        self.hidden: list[LTChar] = []
        self.mode = 0
        PDFPageInterpreter(page.pdf.rsrcmgr, self).process_page(page.page_obj)
        self.paths = list(_inside(self.get_result(), LTCurve))
        self.images = list(_inside(self.get_result(), LTImage))

    def render_string(self, textstate: PDFTextState, *rest: Any) -> None:
        """Note whether the letters to come are visible."""
        self.mode = textstate.render
        super().render_string(textstate, *rest)

    def render_char(self, *rest: Any) -> float:
        """Keep a letter, apart from the others where it is invisible."""
        advance = super().render_char(*rest)
        letter: Any = self.cur_item._objs.pop()
        (self.hidden if self.mode == INVISIBLE else self.letters).append(letter)
        if len(self.letters) + len(self.hidden) > self.most_letters:
            raise SourceError("too-much-text")
        return advance

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


def _inside(item: LTContainer[Any], kind: type[T]) -> Iterator[T]:
    for part in item:
        if isinstance(part, kind):
            yield part
        elif isinstance(part, LTContainer):
            yield from _inside(part, kind)
