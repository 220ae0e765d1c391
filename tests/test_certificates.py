"""Electronic signatures of a file: whole or not, trusted or not, whose, and what is no signature at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.signatures.certificate import certificates
from pipeline.rules import Anchor
from pipeline.schema import Certificate
from tests.drawn import pdf
from tests.esigned import WHEN, How, Issued, Legacy, Old, issued, root, signed, stamped
from tests.pages import pact

PADES = Path(__file__).parents[2] / "shared" / "devset" / "pades"
ARKANA, RATNA = "ARKANA HALIM", "RATNA KUSUMA"
SECOND = How(field="Kedua", when=WHEN + timedelta(hours=5))
PAPER = pdf(pact())
Change = Callable[[bytes], bytes]
MADE: Any = generic.DictionaryObject  # untyped in the library
NUMBER: Any = generic.NumberObject


@pytest.fixture(scope="module")
def once() -> bytes:
    return signed(PAPER, issued(ARKANA))


def told(data: bytes, *anchors: Anchor) -> list[tuple[str | None, str | None]]:
    """What is said of being whole, signature by signature."""
    return [(one.covers, one.intact) for one in certificates(data, anchors)]


def incremented(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with something added to its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # untyped in the library
    return out.getvalue()


# ---------------------------------------------------------------- whole or not


def repainted(writer: IncrementalPdfFileWriter) -> None:
    """The page says something else."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def remarked(writer: IncrementalPdfFileWriter) -> None:
    """A note lies over the page."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = MADE(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject([NUMBER(n) for n in (50, 50, 300, 90)]),
            generic.pdf_name("/Contents"): generic.TextStringObject("Setuju"),
        }
    )
    annots = page.get("/Annots", generic.ArrayObject())
    page["/Annots"] = generic.ArrayObject([*annots, writer.add_object(note)])
    writer.update_container(page)


def test_a_signature_over_the_whole_file_is_valid(once: bytes) -> None:
    (found,) = certificates(once, ())
    assert (found.covers, found.intact, found.problem) == ("file", "valid", None)
    assert (found.certificate_name, found.issuer) == (ARKANA, "Otoritas Uji Telagabiru")
    assert found.signed_at is not None
    assert datetime.fromisoformat(found.signed_at) == WHEN


def test_a_second_signer_changes_nothing_of_the_first(once: bytes) -> None:
    both = signed(once, issued(RATNA), SECOND)
    assert told(both) == [("revision", "valid"), ("file", "valid")]
    assert [one.certificate_name for one in certificates(both, ())] == [ARKANA, RATNA]


def test_an_old_program_signs_the_sha1_of_the_bytes() -> None:
    old = signed(PAPER, issued(ARKANA), How(kind=Old.SHA1), by=Legacy)
    assert told(old) == [("file", "valid")]
    assert told(old.replace(b"/Helvetica", b"/Helvetico", 1)) == [("file", "broken")]


def test_a_signature_of_what_it_carries_within_is_none_of_the_file() -> None:
    carried = signed(PAPER, issued(ARKANA), How(kind=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED), by=Legacy)
    assert told(carried) == [("file", "broken")]


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        (lambda data: data.replace(b"/Helvetica", b"/Helvetico", 1), ("file", "broken")),
        (lambda data: data + b"\n% more", ("revision", "valid")),  # says nothing, and is not covered
        (lambda data: incremented(data, repainted), ("revision", "changed")),
        (lambda data: incremented(data, remarked), ("revision", "changed")),
        (stamped, ("revision", "valid")),  # a time stamp proves it, and changes nothing
        (lambda data: data, ("file", "valid")),
    ],
)
def test_what_comes_after_signing(once: bytes, change: Change, told_of: tuple[str, str]) -> None:
    changed = change(once)
    assert told(changed) == [told_of]


def form() -> bytes:
    """A page with a field to fill in."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 700, "Target:")
    canvas.acroForm.textfield(name="target", x=150, y=690, value="85")
    canvas.save()
    return out.getvalue()


def filled(writer: IncrementalPdfFileWriter) -> None:
    """Somebody writes into the field of a form."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/V"] = generic.TextStringObject("15")
    writer.update_container(field)


def test_a_form_filled_in_after_signing_is_changed() -> None:
    before = signed(form(), issued(ARKANA))
    assert told(before) == [("file", "valid")]
    assert told(incremented(before, filled)) == [("revision", "changed")]
    later = signed(incremented(before, filled), issued(RATNA), SECOND)
    assert told(later) == [("revision", "changed"), ("file", "valid")]


def test_an_encrypted_file_is_checked_as_it_lies() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(PAPER)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="rahasia", user=""))
    assert told(signed(locked.getvalue(), issued(ARKANA), How(password=""))) == [("file", "valid")]


# ---------------------------------------------------------------- no signature, or none that can be checked


def with_field(data: bytes, **entries: Any) -> bytes:
    """The file with one more signature field, put in by hand."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), T="Lain", **entries))
        if "/AcroForm" not in document.Root:
            document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
        document.Root.AcroForm.Fields.append(field)
        document.save(out)
    return out.getvalue()


def value(contents: bytes, kind: str = "/Sig") -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name(kind),
        SubFilter=pikepdf.Name("/ETSI.CAdES.detached"),
        ByteRange=pikepdf.Array([0, 10, 20, 30]),
        Contents=pikepdf.String(contents),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 /ByteRange",
        b"\x89PNG /ByteRange",
        PAPER,
        with_field(PAPER),
        with_field(PAPER, V=value(b"\0" * 64)),
        with_field(PAPER, V=value(b"0", kind="/DocTimeStamp")),
        stamped(PAPER),
    ],
)
def test_what_is_nobodys_signature(data: bytes) -> None:
    assert certificates(data, ()) == ()


@pytest.mark.parametrize("contents", [b"\x30\x82junk", b"\x30" * 5000, bytes(range(1, 200))])
def test_a_signature_that_cannot_be_read_is_neither_valid_nor_broken(contents: bytes) -> None:
    (found,) = certificates(with_field(PAPER, V=value(contents)), ())
    assert (found.field, found.intact, found.certificate_name) == ("Lain", None, None)
    assert found.problem == "unreadable"


def test_an_unreadable_signature_does_not_hide_the_others(once: bytes) -> None:
    def add(writer: IncrementalPdfFileWriter) -> None:
        name, made = generic.pdf_name, MADE
        junk = made({name("/Type"): name("/Sig"), name("/Contents"): generic.ByteStringObject(b"junk")})
        field = made({name("/FT"): name("/Sig"), name("/T"): generic.TextStringObject("Lain")})
        field[name("/V")] = writer.add_object(junk)
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
        writer.update_container(writer.root["/AcroForm"]["/Fields"])

    assert [(one.field, one.problem) for one in certificates(incremented(once, add), ())] == [
        ("Tanda", None),
        ("Lain", "unreadable"),
    ]


def test_one_signature_in_two_fields_counts_once(once: bytes) -> None:
    def again(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]["/Fields"]
        twin = MADE(form[0].get_object())
        twin[generic.pdf_name("/T")] = generic.TextStringObject("Kembar")
        form.append(writer.add_object(twin))
        writer.update_container(form)

    assert len(certificates(incremented(once, again), ())) == 1


# ---------------------------------------------------------------- trusted or not


def judged(data: bytes, *anchors: Anchor) -> Certificate:
    (found,) = certificates(data, anchors)
    return found


def test_without_a_root_nothing_is_judged(once: bytes) -> None:
    found = judged(once)
    assert (found.trusted, found.root, found.stamped) == (None, None, None)


def test_a_chain_to_a_trusted_root_says_until_when_it_holds(once: bytes) -> None:
    found = judged(once, root().anchor)
    assert (found.trusted, found.root) == (1, "Otoritas Uji Telagabiru")
    assert (found.chain_from, found.chain_to) == ("2025-01-01", "2030-01-01")


def test_a_chain_by_way_of_an_authority_between(once: bytes) -> None:
    file = signed(PAPER, issued(ARKANA, by="Penerbit Uji"))
    assert judged(file, root().anchor).root == "Otoritas Uji Telagabiru"
    assert judged(file, issued("Penerbit Uji", ca=True).anchor).root == "Penerbit Uji"


def impostor() -> Issued:
    """An authority of the same name and another key."""
    return issued.__wrapped__("Otoritas Uji Telagabiru", by="Otoritas Uji Telagabiru", ca=True)


@pytest.mark.parametrize(
    ("who", "anchor"),
    [
        (issued(ARKANA), root("Otoritas Lain").anchor),
        (issued(ARKANA), impostor().anchor),
        (issued("PDSI", by="PDSI", organisation="PDSI"), root().anchor),
        (issued(ARKANA, begin=datetime(2026, 6, 1, tzinfo=UTC)), root().anchor),
        (issued(ARKANA, end=datetime(2025, 6, 1, tzinfo=UTC)), root().anchor),
        (issued(ARKANA), msgspec.structs.replace(root().anchor, trusted_to=date(2025, 12, 31))),
        (issued(ARKANA), msgspec.structs.replace(root().anchor, trusted_from=date(2026, 2, 1))),
    ],
)
def test_a_signature_that_is_whole_need_not_be_trusted(who: Issued, anchor: Anchor) -> None:
    found = judged(signed(PAPER, who), anchor)
    assert (found.intact, found.trusted) == ("valid", 0)


def test_a_certificate_that_has_ended_since_was_trusted_when_it_signed() -> None:
    found = judged(signed(PAPER, issued(ARKANA, end=datetime(2026, 2, 1, tzinfo=UTC))), root().anchor)
    assert (found.trusted, found.chain_to) == (1, "2026-02-01")


@pytest.mark.parametrize(
    ("anchor", "proven", "when"),
    [
        (root().anchor, 1, WHEN + timedelta(days=2)),
        (root("Otoritas Lain").anchor, 0, WHEN),  # a stamp of somebody unknown proves nothing
    ],
)
def test_a_time_stamp_of_a_trusted_authority_proves_the_time(
    anchor: Anchor, proven: int, when: datetime
) -> None:
    found = judged(signed(PAPER, issued(ARKANA), How(stamped=WHEN + timedelta(days=2))), anchor)
    assert found.stamped == proven
    assert datetime.fromisoformat(found.signed_at or "") == when


# ---------------------------------------------------------------- where it is shown


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, (100.0, 842 - 240.0, 220.0, 842 - 200.0)),
        (90, (200.0, 100.0, 240.0, 220.0)),
        (180, (595 - 220.0, 200.0, 595 - 100.0, 240.0)),
        (270, (842 - 240.0, 595 - 220.0, 842 - 200.0, 595 - 100.0)),
    ],
)
def test_a_signature_is_where_it_is_displayed(turn: int, box: tuple[float, ...]) -> None:
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(PAPER)) as document:
        document.pages[0].rotate(turn, relative=False)
        document.save(turned)
    found = judged(signed(turned.getvalue(), issued(ARKANA), How(box=(100, 200, 220, 240))))
    assert found.page == 1
    assert (found.x0, found.top, found.x1, found.bottom) == pytest.approx(box, abs=1)


def test_a_signature_that_is_not_shown_has_no_place(once: bytes) -> None:
    found = judged(once)
    assert (found.page, found.x0) == (None, None)


# ---------------------------------------------------------------- files of others

EXPECTED = {
    "intact_untrusted": {"valid"},
    "signed_by_other": {"valid"},
    "changed_after_signing": {"changed"},
    "tampered": {"broken"},
    "indeterminate": {None},
    "unsigned_field": set(),
    "no_signature": set(),
}
WORST = ("broken", "changed", None, "valid")


def cases() -> list[tuple[str, str]]:
    """Files with real and with forged signatures, where they are at hand."""
    listed = PADES / "cases.csv"
    if not listed.is_file():
        return []
    with listed.open(encoding="utf-8", newline="") as lines:
        return [(row["file"], row["expected"]) for row in csv.DictReader(lines)]


@pytest.mark.skipif(not cases(), reason="the files of others are not at hand")
def test_files_of_others_are_told_as_those_who_made_them_say() -> None:
    wrong = []
    for name, expected in cases():
        found = {one.intact for one in certificates((PADES / name).read_bytes(), ())}
        worst = {next(state for state in WORST if state in found)} if found else set()
        if worst != EXPECTED[expected]:
            wrong.append((name, expected, found))
    assert wrong == []
