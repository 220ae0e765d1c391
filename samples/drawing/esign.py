"""Electronic signatures (PAdES) by certificates of an invented authority; all of it follows from seeds."""

import hashlib
import io
import math
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]  # it carries no types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .data import Person

AUTHORITY = "Otoritas Sertifikat Contoh Sukamaju"
FROM, TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
ROUNDS = 24
SMALL = math.prod(range(3, 2000, 2))  # a number that shares a factor with it is no prime


class Writer(IncrementalPdfFileWriter):
    """An increment whose identity follows from what stands before it."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        prev.stream.seek(0)
        second = generic.ByteStringObject(hashlib.md5(prev.stream.read(), usedforsecurity=False).digest())
        return generic.ArrayObject([generic.ByteStringObject(prev.trailer["/ID"][0].original_bytes), second])

    def _update_meta(self) -> None:
        """Leaves the dates of the document as they are."""


class Signer(signers.PdfSigner):
    """A signer with its own clock."""

    when: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        """The session of pyHanko, at the time that the sample says."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.when
        return session


def prime(rng: Random, bits: int = 1024) -> int:
    """A prime with the two highest bits set (Miller-Rabin)."""
    while True:
        number = rng.getrandbits(bits) | 1 | 3 << (bits - 2)
        if math.gcd(number, SMALL) == 1 and _strong(number, rng):
            return number


def _strong(number: int, rng: Random) -> bool:
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(rng.randrange(2, number - 1), odd, twos, number) for _ in range(ROUNDS))


def _passes(base: int, odd: int, twos: int, number: int) -> bool:
    power = pow(base, odd, number)
    return power in (1, number - 1) or any(
        (power := power * power % number) == number - 1 for _ in range(twos - 1)
    )


@cache
def key(owner: str) -> rsa.RSAPrivateKey:
    """The 2048-bit key of an owner: good for samples, worthless for anything else, as anybody can make it."""
    rng = Random(f"key {owner}")  # noqa: S311 - a sample must be the same on every run
    p, q, e = prime(rng), prime(rng), 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(e, p * q)
    )
    return numbers.private_key()


def name(common: str) -> x509.Name:
    """A distinguished name within the invented city."""
    parts = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, "Pemerintah Kota Sukamaju"),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def certificate(owner: str, *, authority: bool = False) -> x509.Certificate:
    """The certificate of an owner, or of the authority itself, signed by the authority."""
    public, issuer = key(owner).public_key(), key(AUTHORITY)
    serial = int.from_bytes(hashlib.sha256(owner.encode()).digest()[:12], "big")
    builder = (
        x509.CertificateBuilder(name(AUTHORITY), name(owner), public, serial, FROM, TO)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False
        )
    )
    return builder.sign(issuer, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def root() -> bytes:
    """The certificate of the authority, PEM."""
    return certificate(AUTHORITY, authority=True).public_bytes(serialization.Encoding.PEM)


def signed(pdf: bytes, people: list[Person], when: datetime) -> bytes:
    """The PDF with one signature of each person, five minutes apart."""
    for i, person in enumerate(people):
        pdf = _signed(pdf, person, f"Tanda{i + 1}", when + timedelta(minutes=5 * i))
    return pdf


def _signed(pdf: bytes, person: Person, field: str, when: datetime) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        name=person.full,
        reason="Menyetujui Perjanjian Kinerja",
        location="Sukamaju",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    signer = Signer(meta, _signer(person.name.upper()), new_field_spec=fields.SigFieldSpec(field))
    signer.when = when
    out: bytes = signer.sign_pdf(Writer(io.BytesIO(pdf))).getvalue()
    return out


def _signer(common: str) -> signers.SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped in the library
    store.register(_asn1(certificate(AUTHORITY, authority=True)))
    secret = key(common).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(_asn1(certificate(common)), asn1_keys.PrivateKeyInfo.load(secret), store)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def changed(pdf: bytes, number: int, old: bytes, new: bytes) -> bytes:
    """The signed PDF with an increment in which one page says something else."""
    writer = Writer(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][number - 1].get_object()
    text = page["/Contents"].data
    if text.count(old) != 1:
        raise ValueError(f"page {number} does not say {old!r} once")
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=text.replace(old, new)))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # untyped in the library
    return out.getvalue()
