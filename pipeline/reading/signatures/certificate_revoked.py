"""Whether a certificate had been revoked when it signed, by the lists and answers in the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.misc import PdfError

from pipeline.reading.signatures.certificate_integrity import entry

LISTS = 40  # lists and answers of a file that are looked at
LARGEST = 8 * 1024 * 1024  # bytes of one
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, PdfError)


@dataclass(frozen=True, slots=True)
class Lists:
    """What a file carries about revocation (its /DSS): revocation lists and answers of OCSP, DER."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


def lists(root: Any) -> Lists:
    """The lists and answers of the catalogue of a PDF, as far as they can be read."""
    store = entry(root, "/DSS", None)
    if store is None:
        return Lists()
    return Lists(tuple(_streams(store, "/CRLs")), tuple(_streams(store, "/OCSPs")))


def _streams(store: Any, key: str) -> Iterator[bytes]:
    for stream in islice(entry(store, key, None) or (), LISTS):
        try:
            data = bytes(stream.get_object().data)
        except (*UNREADABLE, AttributeError):
            continue
        if len(data) <= LARGEST:
            yield data


def revoked(holder: bytes, issuer: bytes, when: datetime | None, by: Lists) -> int | None:
    """1 where a certificate (DER) had been revoked at `when`, 0 where its issuer says it had not; else None.

    Only what the issuer signed, or somebody whom it named for that, is believed. Without a time, any
    revocation counts.
    """
    try:
        one, over = x509.load_der_x509_certificate(holder), x509.load_der_x509_certificate(issuer)
    except UNREADABLE:
        return None
    told = [*_by_lists(one, over, by.crls), *_by_answers(one, over, by.ocsps)]
    if not told:
        return None
    return int(any(day is not None and (when is None or day <= _aware(when)) for day in told))


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def _by_lists(
    one: x509.Certificate, issuer: x509.Certificate, crls: tuple[bytes, ...]
) -> Iterator[datetime | None]:
    """For each list of the issuer: since when the certificate is revoked, None where it is not on it."""
    for data in crls:
        try:
            found = x509.load_der_x509_crl(data)
            own = found.issuer == issuer.subject and found.is_signature_valid(_key(issuer))
        except UNREADABLE:
            continue
        if own:
            row = found.get_revoked_certificate_by_serial_number(one.serial_number)
            yield row.revocation_date_utc if row is not None else None


def _by_answers(
    one: x509.Certificate, issuer: x509.Certificate, ocsps: tuple[bytes, ...]
) -> Iterator[datetime | None]:
    """For each answer about the certificate: since when it is revoked, None where it is good."""
    for data in ocsps:
        try:
            found = ocsp.load_der_ocsp_response(data)
            about = found.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
            if not about or found.serial_number != one.serial_number or not _answered(found, issuer):
                continue
            status = found.certificate_status
        except UNREADABLE:
            continue
        if status is not ocsp.OCSPCertStatus.UNKNOWN:
            yield found.revocation_time_utc if status is ocsp.OCSPCertStatus.REVOKED else None


def _answered(found: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Whether the issuer signed an answer, or whom it certified for that. Raises InvalidSignature."""
    signer = next((c for c in found.certificates if _may_answer(c, issuer)), issuer)
    key, digest = _key(signer), found.signature_hash_algorithm
    if digest is None:
        return False
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(found.signature, found.tbs_response_bytes, padding.PKCS1v15(), digest)
    else:
        key.verify(found.signature, found.tbs_response_bytes, ec.ECDSA(digest))
    return True


def _may_answer(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether a certificate is for answering, and the issuer made it. Raises InvalidSignature."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    if ExtendedKeyUsageOID.OCSP_SIGNING not in usage:
        return False
    certificate.verify_directly_issued_by(issuer)
    return True


def _key(of: x509.Certificate) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    """The key of a certificate. Raises TypeError for a kind that authorities do not use."""
    key = of.public_key()
    if not isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)):
        raise TypeError(type(key).__name__)
    return key
