"""Whether a certificate had been revoked when it signed, by what the file carries."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from pipeline.reading.signatures.certificate import certificates
from pipeline.reading.signatures.certificate_revoked import Lists, revoked
from tests.drawn import pdf
from tests.esigned import FROM, WHEN, How, Issued, issued, root, signed
from tests.pages import statement

HOLDER, OTHER = issued("ARKANA HALIM"), issued("Ratna Kusuma, S.E.")
STRANGER = root("Otoritas Lain")
BEFORE, AFTER = WHEN - timedelta(days=9), WHEN + timedelta(days=9)
MADE = FROM + timedelta(days=1)
NONE = Lists()


def listed(*gone: tuple[Issued, datetime], by: Issued | None = None, name: x509.Name | None = None) -> Lists:
    """A revocation list by an authority."""
    over = by or root()
    made = x509.CertificateRevocationListBuilder(
        name or over.certificate.subject, MADE, MADE + timedelta(days=400)
    )
    for one, day in gone:
        row = x509.RevokedCertificateBuilder(one.certificate.serial_number, day)
        made = made.add_revoked_certificate(row.build())
    return Lists(crls=(made.sign(over.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER),))


def answered(one: Issued, day: datetime | None, by: Issued | None = None) -> Lists:
    """An answer about a certificate: revoked since a day, or good."""
    over = by or root()
    status = ocsp.OCSPCertStatus.GOOD if day is None else ocsp.OCSPCertStatus.REVOKED
    made = ocsp.OCSPResponseBuilder().add_response(
        one.certificate, root().certificate, hashes.SHA256(), status, MADE, None, day, None
    )
    done = made.responder_id(ocsp.OCSPResponderEncoding.HASH, over.certificate)
    return Lists(ocsps=(done.sign(over.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER),))


@pytest.mark.parametrize(
    ("lists", "answer"),
    [
        (NONE, None),
        (listed((HOLDER, BEFORE)), 1),
        (listed((HOLDER, AFTER)), 0),  # when it signed, it still held
        (listed((OTHER, BEFORE)), 0),
        (listed((HOLDER, BEFORE), by=STRANGER), None),
        (listed((HOLDER, BEFORE), by=STRANGER, name=root().certificate.subject), None),  # forged
        (answered(HOLDER, BEFORE), 1),
        (answered(HOLDER, None), 0),
        (answered(OTHER, BEFORE), None),  # about somebody else
        (answered(HOLDER, BEFORE, by=STRANGER), None),
        (Lists((b"no list",), (b"no answer",)), None),
    ],
)
def test_only_what_the_issuer_says_of_the_certificate_counts(lists: Lists, answer: int | None) -> None:
    assert revoked(HOLDER.der, root().der, WHEN, lists) == answer


def test_without_a_time_any_revocation_counts() -> None:
    assert revoked(HOLDER.der, root().der, None, listed((HOLDER, datetime(2029, 1, 1, tzinfo=UTC)))) == 1


@pytest.mark.parametrize(("day", "answer", "trusted"), [(BEFORE, 1, 0), (AFTER, 0, 1)])
def test_a_file_is_judged_by_the_lists_in_it(day: datetime, answer: int, trusted: int) -> None:
    with pikepdf.open(io.BytesIO(pdf(statement()))) as document:
        stream = document.make_stream(listed((HOLDER, day)).crls[0])
        document.Root.DSS = pikepdf.Dictionary(CRLs=pikepdf.Array([stream]))
        out = io.BytesIO()
        document.save(out)
    (found,) = certificates(signed(out.getvalue(), HOLDER, How(field="Tanda")), (root().anchor,))
    assert (found.revoked, found.trusted, found.intact) == (answer, trusted, "valid")
