"""One source into one Reading: the order of the reading room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.reading.again import Again
from pipeline.reading.agreement import agreement
from pipeline.reading.blank import looked_at
from pipeline.reading.handwritten import filled_in
from pipeline.reading.leaf import leaf
from pipeline.reading.pages import NOBODY, Caps, Watch, sheets
from pipeline.reading.renamed import renamed
from pipeline.reading.scanned import Ocr
from pipeline.reading.segment import segments
from pipeline.reading.shown import shown
from pipeline.reading.signatures.certificate import certificates
from pipeline.reading.signatures.certificate_slots import signed
from pipeline.reading.signatures.qr import codes
from pipeline.reading.signatures.qr_slots import claimed, claims, places
from pipeline.reading.totals import settled
from pipeline.rules import Rules
from pipeline.schema import Agreement, Certificate, Reading


def read(
    data: bytes, media_type: str, sha256: str, rules: Rules, ocr: Ocr | None, watch: Watch = NOBODY
) -> Reading:
    """All that `data` holds: pages, agreements and their facts, boxes in points of the pages as displayed.

    `ocr` turns a picture into words; None leaves scans unread. `watch` is told of each page. Raises
    SourceError with a reason code where nothing can be read at all.
    """
    pages = sheets(data, media_type, ocr=ocr, caps=Caps(), watch=watch)
    by_number = {sheet.layout.page.number: sheet for sheet in pages}
    leaves = [leaf(filled_in(sheet, rules.words, ocr), rules) for sheet in by_number.values()]
    parts = segments(leaves, rules)
    made = [agreement(part, by_number, rules) for part in parts]
    if ocr is not None:
        again = Again(by_number, ocr)
        made = [looked_at(one, again) for one in made]
        made = [settled(renamed(one, again, rules.words), again, rules.words) for one in made]
    found = [*_merged(made, rules)]
    said = tuple(claims(leaves, rules.words))
    seen = codes(data, by_number, places(found), sorted({claim.page for claim in said}))
    certified = certificates(data, rules.trust)
    found = [*claimed(found, seen, said, rules.types, original=bool(certified))]
    records = tuple(sheet.layout.page for sheet in by_number.values())
    problems = tuple(dict.fromkeys(page.problem for page in records if page.problem))
    kept = tuple(sighting.code(by_number[sighting.page]) for sighting in seen)
    reading = shown(Reading(sha256, media_type, records, tuple(found), problems), by_number)
    return _signed(replace(reading, codes=kept), certified, rules)


def _signed(reading: Reading, found: tuple[Certificate, ...], rules: Rules) -> Reading:
    """The reading with the electronic signatures of its file."""
    if not found:
        return reading
    agreements = signed(reading.agreements, found, rules.words)
    return replace(reading, agreements=agreements, certificates=found, trust=rules.trust_digest)


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
