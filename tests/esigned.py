"""Electronic signatures made for a test: an authority, people with certificates, files that they sign."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]  # it carries no types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pipeline.rules import Anchor

FROM, TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
WHEN = datetime(2026, 1, 12, 3, 0, tzinfo=UTC)
ROOT = "Otoritas Uji Telagabiru"
Key: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its key and the one that issued it."""

    certificate: x509.Certificate
    key: Key
    issuer: Issued | None = None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def anchor(self) -> Anchor:
        """The certificate as one that is trusted."""
        return Anchor(der=self.der, sha256=self.certificate.fingerprint(hashes.SHA256()).hex())


@cache
def issued(
    name: str,
    by: str = ROOT,
    *,
    organisation: str = "",
    begin: datetime = FROM,
    end: datetime = TO,
    ca: bool = False,
    stamps: bool = False,
) -> Issued:
    """A certificate for `name`; issued by itself where `by` is the same name."""
    key: Key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    issuer = None if by == name else root() if by == ROOT else issued(by, ca=True)
    signer = issuer or Issued(None, key)  # type: ignore[arg-type]  # only its key is used
    subject, public = _name(name, organisation), key.public_key()
    over = issuer.certificate.subject if issuer else subject
    builder = (
        x509.CertificateBuilder(over, subject, public, x509.random_serial_number(), begin, end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return Issued(builder.sign(signer.key, hashes.SHA256()), key, issuer)


def root(name: str = ROOT) -> Issued:
    """An authority that signs its own certificate."""
    return issued(name, by=name, ca=True)


def _name(common: str, organisation: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def _asn1(one: Issued) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(one.der)


def _secret(one: Issued) -> asn1_keys.PrivateKeyInfo:
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return asn1_keys.PrivateKeyInfo.load(one.key.private_bytes(serialization.Encoding.DER, form, plain))


def _chain(one: Issued) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped in the library
    issuer = one.issuer
    while issuer is not None:
        store.register(_asn1(issuer))
        issuer = issuer.issuer
    return store


class Old(Enum):
    """The kind of signature that old programs make."""

    SHA1 = generic.pdf_name("/adbe.pkcs7.sha1")


class Legacy(signers.SimpleSigner):
    """Signs as old programs did: what is signed is the SHA-1 of the bytes, and it is carried within."""

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *_: Any, **__: Any) -> Any:
        plain = signers.SimpleSigner(self.signing_cert, self.signing_key, self.cert_registry)
        return await plain.async_sign_general_data(data_digest, digest_algorithm, detached=False)


class Signer(signers.PdfSigner):
    """A signer with its own clock."""

    when: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.when
        return session


@dataclass(frozen=True, slots=True)
class How:
    """How a file is signed. `box` is where it is shown: points from the lower left corner of page `page`."""

    field: str = "Tanda"
    when: datetime = WHEN
    box: tuple[int, int, int, int] | None = None
    page: int = 0
    kind: fields.SigSeedSubFilter | Old = fields.SigSeedSubFilter.PADES
    stamped: datetime | None = None
    password: str | None = None


def signed(pdf: bytes, who: Issued, how: How = How(), by: Callable[..., Any] = signers.SimpleSigner) -> bytes:
    """The file with the signature of one person added to it."""
    kind: Any = how.kind  # pyHanko knows none of the old
    digest = "sha1" if by is Legacy else "sha256"
    meta = signers.PdfSignatureMetadata(field_name=how.field, md_algorithm=digest, subfilter=kind)
    spec = fields.SigFieldSpec(how.field, on_page=how.page, box=how.box)
    holder = by(_asn1(who), _secret(who), _chain(who))
    signer = Signer(meta, holder, timestamper=_stamper(how), new_field_spec=spec)
    signer.when = how.when
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if how.password is not None:
        writer.encrypt(how.password)  # type: ignore[no-untyped-call]  # untyped in the library
    made: bytes = signer.sign_pdf(writer).getvalue()
    return made


def _stamper(how: How) -> timestamps.DummyTimeStamper | None:
    if how.stamped is None:
        return None
    authority = issued("Stempel Waktu Uji", stamps=True)
    own, secret, chain = _asn1(authority), _secret(authority), _chain(authority)
    return timestamps.DummyTimeStamper(own, secret, chain, fixed_dt=how.stamped)


def stamped(pdf: bytes) -> bytes:
    """The file with a time stamp of the document, which is nobody's signature."""
    stamper = _stamper(How(stamped=WHEN + timedelta(hours=1)))
    assert stamper is not None
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stamping = signers.PdfTimeStamper(stamper, field_name="Stempel")
    made: bytes = stamping.timestamp_pdf(writer, "sha256").getvalue()
    return made
