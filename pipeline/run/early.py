"""OCR gets ready before the rest of the program where it is sure to be wanted, and gets the first page.

What is imported here is little, so that this comes first: whoever reads pages loads for a second beside us.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import islice

from pipeline.errors import PipelineError
from pipeline.isolate.ahead import ahead
from pipeline.isolate.task import Slot, Task
from pipeline.reading import ingest as walk
from pipeline.reading.archives import OPENED, Contents
from pipeline.reading.media import ZIP
from pipeline.run.glance import glance, pictured
from pipeline.run.order import Order
from pipeline.run.slots import processors, slots
from pipeline.schema import Entry

LOOKED_AT = 10  # entries at most, until there is a document among them


@contextmanager
def begun(order: Order) -> Iterator[Sequence[Slot]]:
    """A slot for each document read at a time. Where the database is new and the first document is made of
    pictures, the first of them is being read. Raises nothing: what is wrong, others will say."""
    with slots(order, lambda: walk.count(order.where, processors())) as places, ExitStack() as besides:
        if order.ocr and not order.db.exists():
            with suppress(PipelineError, OSError):
                _begin(order.where, places[-1], besides)
        yield places


def _begin(where: walk.Tree, place: Slot, besides: ExitStack) -> None:
    met = islice(walk.entries(where, unpack=_shut), LOOKED_AT)
    entry = next((one for one in met if one.sha256), None)
    if entry is None or not pictured(where, entry):
        return
    place.foreseen()
    from pipeline.reading import pages  # noqa: F401 - for the child, and for those after it

    task = Task(entry, entry.bytes, partial(walk.open_source, where, entry))
    besides.enter_context(ahead(task, glance, place))


def _shut(_: int, __: Entry) -> Contents:
    """Archives stay shut here."""
    return Contents(ZIP, "skipped", OPENED)
