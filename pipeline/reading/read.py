"""One source into one Reading: the order of the reading room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.reading.agreement import agreement
from pipeline.reading.leaf import leaf
from pipeline.reading.pages import Caps, sheets
from pipeline.reading.scanned import Ocr
from pipeline.reading.segment import segments
from pipeline.reading.shown import shown
from pipeline.reading.signatures.certificate import certificates
from pipeline.rules import Rules
from pipeline.schema import Agreement, Reading


def read(data: bytes, media_type: str, sha256: str, rules: Rules, ocr: Ocr | None) -> Reading:
    """All that `data` holds: pages, agreements and their facts, boxes in points of the pages as displayed.

    `ocr` turns a picture into words; None leaves scans unread. Raises SourceError with a reason code where
    nothing can be read at all.
    """
    by_number = {sheet.layout.page.number: sheet for sheet in sheets(data, media_type, ocr=ocr, caps=Caps())}
    leaves = [leaf(sheet.layout, rules) for sheet in by_number.values()]
    electronic = certificates(data) > 0
    parts = segments(leaves, rules)
    found = _merged([agreement(part, by_number, rules, electronic=electronic) for part in parts], rules)
    pages = tuple(sheet.layout.page for sheet in by_number.values())
    problems = tuple(dict.fromkeys(page.problem for page in pages if page.problem))
    return shown(replace(Reading(sha256, media_type, pages, tuple(found)), problems=problems), by_number)


def _merged(found: list[Agreement], rules: Rules) -> Iterator[Agreement]:
    """Pages in a row that are no agreement are one: a form at the end of a decree is part of it."""
    last: Agreement | None = None
    for record in found:
        if last is not None and last.type == record.type == rules.other.id:
            last = replace(last, last_page=record.last_page)
            continue
        if last is not None:
            yield last
        last = record
    if last is not None:
        yield last
