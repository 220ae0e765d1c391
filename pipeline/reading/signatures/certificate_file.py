"""A signed PDF as pyHanko opens it: its signature fields, and each signature judged by itself."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSExtractionError, UnacceptableSignerError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from pipeline.reading.document import DAMAGE
from pipeline.reading.signatures.certificate_chain import Certified, Store, chain, stamped
from pipeline.reading.signatures.certificate_integrity import Integrity, Weak, entry, integrity
from pipeline.reading.signatures.certificate_place import Places, places
from pipeline.reading.signatures.certificate_revoked import lists, revoked
from pipeline.rules import Anchor
from pipeline.schema import Certificate

# What the libraries raise over a signature that is damaged or of a kind they do not know.
FAULTS = (
    PdfError, SignatureValidationError, CMSExtractionError, UnacceptableSignerError, UnsupportedAlgorithm,
    InvalidSignature, Weak, *DAMAGE,
)  # fmt: skip
SIGNATURES = 200  # of a file, that are looked at
CONTENTS = 1024 * 1024  # bytes of one signature
SECONDS = 8.0  # of processor time, after which no further signature of a file is checked
STAMPS = ("/DocTimeStamp", "/ETSI.RFC3161")
# Problems: why a signature cannot be checked.
LOCKED, TOO_LARGE, TOO_MANY, WEAK, UNREADABLE = "password", "too-large", "too-many", "weak", "unreadable"
# problems


class Source(PdfFileReader):
    """A reader for which an `/Encrypt` that is null is none, as for every program that shows the file."""

    @property
    def encrypt_dict(self) -> generic.DictionaryObject | None:
        """How the file is encrypted; None where it is not."""
        try:
            found = self.trailer.raw_get("/Encrypt")
        except KeyError:
            return None
        return None if isinstance(found, generic.NullObject) else super().encrypt_dict


@dataclass(frozen=True, slots=True)
class Filled:
    """A signature field with a value: its name, the field, and the bytes of the signature."""

    name: str
    field: Any
    contents: bytes


def judged(data: bytes, anchors: Sequence[Anchor]) -> tuple[Certificate, ...]:
    """The signatures of people in a PDF, in the order of their fields. Raises one of FAULTS."""
    source = Source(io.BytesIO(data), strict=False)
    locked = source.encrypted and source.decrypt(b"").status.value == 0
    shown, until = places(data), time.process_time() + SECONDS
    found = []
    for filled in _filled(source):
        problem = LOCKED if locked else TOO_MANY if time.process_time() > until else ""
        found.append(_placed(_judged(source, data, filled, anchors, problem), filled, shown))
    return tuple(found)


def _filled(source: Source) -> Iterator[Filled]:
    """Fields that somebody filled in; the same signature once, whatever fields it stands in."""
    seen: set[bytes] = set()
    for number, (name, value, reference) in enumerate(enumerate_sig_fields(source)):
        signature = value.get_object() if value is not None else None
        if number >= SIGNATURES or not isinstance(signature, generic.DictionaryObject):
            continue
        contents = _contents(signature)
        if contents.strip(b"\0") and not _stamp(signature) and contents not in seen:
            seen.add(contents)
            yield Filled("".join(name), reference, contents)  # plain text, and not of a kind of pyHanko


def _contents(signature: generic.DictionaryObject) -> bytes:
    try:
        raw = signature.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW)
    except KeyError:
        return b""
    return bytes(getattr(raw, "original_bytes", b""))


def _stamp(signature: generic.DictionaryObject) -> bool:
    """Whether it is a time stamp of the document: nobody's signature."""
    return any(str(entry(signature, key, "")) in STAMPS for key in ("/Type", "/SubFilter"))


def _placed(certificate: Certificate, filled: Filled, shown: Places) -> Certificate:
    """The same with the place where its field is shown."""
    place = next((shown[mark] for mark in _marks(filled.field) if mark in shown), None)
    if place is None:
        return certificate
    page, box = place
    return replace(certificate, page=page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _marks(field: Any) -> Iterator[tuple[int, int]]:
    """Object numbers of a field and of the parts that show it."""
    for part in (field, *entry(field.get_object(), "/Kids", ())):
        reference = getattr(part, "reference", None)
        if reference is not None:
            yield reference.idnum, reference.generation


# ---------------------------------------------------------------- one signature


def _judged(
    source: Source, data: bytes, filled: Filled, anchors: Sequence[Anchor], problem: str
) -> Certificate:
    """A signature with its answers. One that cannot be checked says why, and is neither valid nor broken."""
    problem = problem or (TOO_LARGE if len(filled.contents) > CONTENTS else "")
    if problem:
        return Certificate(field=filled.name, problem=problem)
    try:
        signature = EmbeddedPdfSignature(source, filled.field, filled.name)
        named = _named(Certificate(field=filled.name), signature)
    except FAULTS as error:
        return Certificate(field=filled.name, problem=_said(error))
    store = Store.of(anchors, signature.other_embedded_certs)
    try:
        found, proven = integrity(signature, data), stamped(signature.signer_info, store)
    except FAULTS as error:
        return replace(named, problem=_said(error))
    return _trusted(_with(named, found), signature, store, proven)


def _said(error: BaseException) -> str:
    """Why it cannot be checked: made in a way that proves nothing, or damaged."""
    return WEAK if isinstance(error, Weak) else UNREADABLE


def _with(certificate: Certificate, found: Integrity) -> Certificate:
    return replace(certificate, covers=found.covers, intact=found.intact, problem=found.problem)


def _named(certificate: Certificate, signature: EmbeddedPdfSignature) -> Certificate:
    """The same with its holder, its issuer and the time it claims."""
    holder = signature.signer_cert
    claimed = signature.self_reported_timestamp
    return replace(
        certificate,
        certificate_name=_part(holder.subject, "common_name"),
        organisation=_part(holder.subject, "organization_name"),
        issuer=_part(holder.issuer, "common_name") or _part(holder.issuer, "organization_name"),
        fingerprint=hashlib.sha256(holder.dump()).hexdigest(),
        signed_at=claimed.isoformat(timespec="seconds") if claimed is not None else None,
    )


def _part(name: Any, part: str) -> str | None:
    """A part of a distinguished name; of several the first."""
    found = name.native.get(part)
    return "".join(found[0] if isinstance(found, list) else found) if found else None


def _trusted(
    certificate: Certificate, signature: EmbeddedPdfSignature, store: Store, proven: datetime | None
) -> Certificate:
    """The same with what is known of its chain; as it is where no certificate is trusted at all."""
    if not store.anchors:
        return certificate
    try:
        found = chain(signature.signer_cert, store)
    except FAULTS:
        return certificate
    when = proven or signature.self_reported_timestamp
    at = when.isoformat(timespec="seconds") if when is not None else None
    known = replace(_chained(certificate, found, when), signed_at=at, stamped=int(proven is not None))
    return known if found is None else _unrevoked(known, signature, found.issuer, when)


def _unrevoked(
    certificate: Certificate, signature: EmbeddedPdfSignature, issuer: Any, when: datetime | None
) -> Certificate:
    """The same, not trusted where the file itself holds that it had been revoked."""
    said = lists(signature.reader.root)
    gone = revoked(signature.signer_cert.dump(), issuer.dump(), when, said)
    return replace(certificate, revoked=gone, trusted=0 if gone else certificate.trusted)


def _chained(certificate: Certificate, found: Certified | None, when: datetime | None) -> Certificate:
    if found is None:
        return replace(certificate, trusted=0)
    return replace(
        certificate,
        trusted=int(found.holds(when)),
        root=found.root,
        chain_from=found.begin.date().isoformat(),
        chain_to=found.end.date().isoformat(),
    )
