"""Whose place an electronic signature takes, and what it leaves to be told by the others."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.reading.read import read
from pipeline.schema import Agreement, Reading
from tests.drawn import PDF, pdf
from tests.esigned import WHEN, How, Issued, issued, root, signed
from tests.pages import HEAD, LEFT, MAYOR, RIGHT, annex, pact, statement
from tests.shipped import RULES

TRUSTING = msgspec.structs.replace(RULES, trust=(root().anchor,), trust_digest="here")
PAPER = pdf(statement(), annex())
FIRST, SECOND = issued("ARKANA HALIM"), issued("Ratna Kusuma, S.E.")
UNDER = (300.0, 842 - 425.0, 842 - 385.0)  # feet of the room to sign on the statement, points from below


def room(middle: float) -> tuple[int, int, int, int]:
    """Where a signature is shown in a place to sign of the statement."""
    return int(middle) - 50, 842 - 424, int(middle) + 50, 842 - 390


def told(data: bytes) -> Reading:
    return read(data, PDF, "0" * 64, TRUSTING, None)


def states(agreement: Agreement) -> dict[tuple[str, str], tuple[str, str, str | None]]:
    """State, method and what the certificate says, by role and part."""
    return {(s.role, s.part): (s.state, s.method, s.certificate_name) for s in agreement.signatures}


def only(data: bytes) -> dict[tuple[str, str], tuple[str, str, str | None]]:
    (found,) = told(data).agreements
    return states(found)


def by(*people: Issued, data: bytes = PAPER, box: tuple[int, int, int, int] | None = None) -> bytes:
    """The file signed by these people one after another."""
    for number, who in enumerate(people):
        data = signed(data, who, How(field=f"Tanda{number}", box=box))
    return data


SIGNED_FIRST = ("signed", "certificate", "ARKANA HALIM")
SIGNED_SECOND = ("signed", "certificate", "Ratna Kusuma, S.E.")
EMPTY = ("missing", "none", None)


def test_a_certificate_signs_the_statement_and_the_annex_of_its_holder() -> None:
    assert only(by(FIRST, SECOND)) == {
        ("pihak_pertama", "statement"): SIGNED_FIRST,
        ("pihak_pertama", "annex"): SIGNED_FIRST,
        ("pihak_kedua", "statement"): SIGNED_SECOND,
        ("pihak_kedua", "annex"): SIGNED_SECOND,
    }


def test_who_has_not_signed_is_still_missing() -> None:
    found = only(by(FIRST))
    assert found["pihak_pertama", "statement"] == SIGNED_FIRST
    assert found["pihak_kedua", "statement"] == found["pihak_kedua", "annex"] == EMPTY


def test_a_slot_says_when_it_was_signed_and_whether_that_is_trusted() -> None:
    reading = told(by(FIRST))
    (slot, _) = [s for s in reading.agreements[0].signatures if s.role == "pihak_pertama"]
    assert (slot.intact, slot.trusted, slot.signed_at) == ("valid", 1, WHEN.isoformat(timespec="seconds"))
    assert reading.certificates[slot.certificate or 0].root == "Otoritas Uji Telagabiru"
    assert reading.trust == "here"


@pytest.mark.parametrize(
    ("name", "is_his"),
    [
        ("Drs. ARKANA HALIM, M.Si.", True),
        ("Arkana Halim:19710423", True),
        ("ARKANA  HALLIM", True),
        ("Arkana", True),
        ("Arkani Hamdan", False),
        ("Bagus Prakoso", False),
        ("Dinas Pertanian", False),
    ],
)
def test_the_holder_is_known_by_the_name_however_it_is_written(name: str, is_his: bool) -> None:
    found = only(by(issued(name)))["pihak_pertama", "statement"]
    assert found[0] == ("signed" if is_his else "unclear")


def test_a_certificate_of_somebody_else_counts_where_it_is_shown() -> None:
    other = issued("Bagus Prakoso")
    (agreement,) = told(by(other, SECOND, box=room(RIGHT))).agreements
    found = states(agreement)
    assert {s.certificate_name: s.own for s in agreement.signatures if s.part == "statement"} == {
        "Bagus Prakoso": 0,
        "Ratna Kusuma, S.E.": 1,
    }
    assert found["pihak_pertama", "statement"] == ("signed", "certificate", "Bagus Prakoso")
    assert found["pihak_kedua", "statement"] == SIGNED_SECOND  # by the name, wherever it is shown


def test_a_certificate_of_nobody_who_signs_leaves_the_empty_places_in_doubt() -> None:
    found = only(by(issued("PDSI", by="PDSI", organisation="PDSI")))
    assert {slot[:2] for slot in found.values()} == {("unclear", "certificate")}


def test_the_one_empty_place_is_said_to_hold_the_certificate_of_another() -> None:
    (found,) = told(by(issued("PDSI", by="PDSI", organisation="PDSI"), data=pdf(pact()))).agreements
    assert states(found) == {("pembuat", "statement"): ("unclear", "certificate", "PDSI")}
    assert found.signatures[0].certificate == 0


def test_a_seal_beside_the_signatures_of_all_changes_nothing() -> None:
    seal = issued("Segel Pemerintah Kota", organisation="Pemerintah Kota")
    assert only(by(FIRST, SECOND, seal)) == only(by(FIRST, SECOND))


def test_a_broken_signature_is_shown_as_broken_and_not_as_missing() -> None:
    broken = by(FIRST, SECOND).replace(b"opensource", b"opensourcy", 1)
    (found,) = told(broken).agreements
    assert {(s.state, s.intact) for s in found.signatures} == {("signed", "broken")}


def test_each_agreement_of_a_bundle_has_its_own_signers() -> None:
    other = ("Sari Melati, S.P.", "Kepala Bidang Penyuluhan", "19800101 200501 2 003")
    bundle = pdf(statement(), annex(), statement(who=other, over_him=HEAD), annex(who=other, over_him=HEAD))
    one, two = (states(found) for found in told(by(FIRST, SECOND, data=bundle)).agreements)
    assert {slot[0] for slot in one.values()} == {"signed"}
    assert two["pihak_kedua", "statement"] == SIGNED_FIRST
    assert two["pihak_pertama", "statement"] == EMPTY


def test_a_file_without_signatures_has_no_trace_of_trust() -> None:
    reading = told(PAPER)
    assert (reading.certificates, reading.trust) == ((), "")
    assert {slot.method for slot in reading.agreements[0].signatures} == {"none"}


def test_the_people_of_these_pages_are_those_who_sign() -> None:
    assert (HEAD[0], MAYOR[0]) == ("Drs. Arkana Halim, M.Si.", "Ratna Kusuma")
    assert room(LEFT)[0] < LEFT < room(LEFT)[2]
