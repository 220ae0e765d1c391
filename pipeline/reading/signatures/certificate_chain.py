"""Whether the chain of a certificate leads to one that is trusted, and when it holds; nothing is fetched."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from asn1crypto import core, tsp  # type: ignore[import-untyped]  # it carries no types
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from pipeline.rules import Anchor

LONGEST = 6  # certificates from the holder to the root
STEPS = 200  # certificates that are tried on the way
EMBEDDED = 40  # certificates of a file that are looked at
STAMPING = "time_stamping"


@dataclass(frozen=True, slots=True)
class Trusted:
    """A trusted certificate, and when it is relied on."""

    certificate: Any
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Store:
    """The trusted certificates by fingerprint, and others that a file brings along."""

    anchors: dict[bytes, Trusted]
    others: tuple[Any, ...]

    @classmethod
    def of(cls, anchors: Sequence[Anchor], embedded: Sequence[Any]) -> Store:
        """Of what rules/trust holds and what a signature brings."""
        known = [_trusted(anchor) for anchor in anchors]
        return cls({one.certificate.sha256: one for one in known}, tuple(embedded[:EMBEDDED]))

    def beside(self, embedded: Sequence[Any]) -> Store:
        """The same anchors with other certificates."""
        return Store(self.anchors, tuple(embedded[:EMBEDDED]))


@dataclass(frozen=True, slots=True)
class Certified:
    """A chain that leads to the trusted certificate `root`: from when and until when it holds.

    `issuer` is the certificate that issued the holder's.
    """

    root: str
    begin: datetime
    end: datetime
    issuer: Any

    def holds(self, when: datetime | None) -> bool:
        """Whether it held at a time; where none is known, whether it ever did."""
        if when is None:
            return self.begin <= self.end
        known = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
        return self.begin <= known <= self.end


def _trusted(anchor: Anchor) -> Trusted:
    certificate = Certificate.load(anchor.der)
    begin, end = certificate.not_valid_before, certificate.not_valid_after
    if anchor.trusted_from is not None:
        begin = max(begin, datetime.combine(anchor.trusted_from, time.min, UTC))
    if anchor.trusted_to is not None:
        end = min(end, datetime.combine(anchor.trusted_to, time.max, UTC))
    return Trusted(certificate, begin, end)


def chain(holder: Any, store: Store) -> Certified | None:
    """The chain from a holder's certificate to a trusted one; None where none leads there."""
    steps = iter(range(STEPS))
    for path in _paths([holder], store, steps):
        found = _certified(path, store)
        if found is not None:
            return found
    return None


def _paths(path: list[Any], store: Store, steps: Iterator[int]) -> Iterator[list[Any]]:
    """Chains of certificates that each name the next as their issuer, up to a trusted one; longest first."""
    if len(path) > LONGEST or next(steps, None) is None:
        return
    last = path[-1]
    known = {c.sha256: c for c in (*(a.certificate for a in store.anchors.values()), *store.others)}
    for issuer in known.values():
        if issuer.subject == last.issuer and issuer not in path and _fits(last, issuer):
            yield from _paths([*path, issuer], store, steps)
    if last.sha256 in store.anchors:
        yield path


def _fits(certificate: Any, issuer: Any) -> bool:
    """Whether the key that a certificate says it was signed with may be that of the issuer."""
    wanted, own = certificate.authority_key_identifier, issuer.key_identifier
    return wanted is None or own is None or wanted == own


def _certified(path: Sequence[Any], store: Store) -> Certified | None:
    """The chain, where every signature in it is right and all of it holds at some time."""
    anchor = store.anchors[path[-1].sha256]
    begin = max(anchor.begin, *(c.not_valid_before for c in path))
    end = min(anchor.end, *(c.not_valid_after for c in path))
    if begin > end:
        return None
    moment = begin + min(timedelta(seconds=2), (end - begin) / 2)
    if len(path) > 1 and not _sound(path, moment):
        return None
    return Certified(_name(anchor.certificate), begin, end, path[min(1, len(path) - 1)])


def _sound(path: Sequence[Any], moment: datetime) -> bool:
    holder, *between, root = path
    made = ValidationPath(CertTrustAnchor(root), reversed(between), holder)
    context = ValidationContext(trust_roots=[root], moment=moment, allow_fetching=False)
    try:
        asyncio.run(async_validate_path(context, made))
    except (PathError, ValidationError):
        return False
    return True


def _name(certificate: Any) -> str:
    parts = certificate.subject.native
    found = parts.get("common_name") or parts.get("organization_name") or ""
    return str(found[0] if isinstance(found, list) else found)


# ---------------------------------------------------------------- time stamps


def stamped(signer: Any, store: Store) -> datetime | None:
    """When a trusted authority saw the signature; None where no time stamp proves it.

    Raises what pyHanko does over a stamp that cannot be read.
    """
    for signed in extract_tst_data_iter(signer, signed=False):
        found = _stamp(signed, message_imprint_checker(signer), store)
        if found is not None:
            return found
    return None


def _stamp(signed: Any, imprint: Any, store: Store) -> datetime | None:
    """The time of a stamp that is for this signature, unbroken, and of a trusted authority."""
    content = signed["encap_content_info"]["content"]
    info = content.parsed if isinstance(content, core.ParsableOctetString) else None
    if not isinstance(info, tsp.TSTInfo):
        return None
    seen = info["message_imprint"]
    if imprint(seen["hash_algorithm"]["algorithm"].native) != seen["hashed_message"].native:
        return None
    signer, certificates = extract_signer_info(signed), extract_certs_for_validation(signed)
    authority = certificates.signer_cert
    if not all(validate_sig_integrity(signer, authority, "tst_info", _digest(signer, content))):
        return None
    when: datetime = info["gen_time"].native
    found = chain(authority, store.beside([*certificates.other_certs, *store.others]))
    usage = authority.extended_key_usage_value
    stamps = usage is not None and STAMPING in usage.native
    return when if stamps and found is not None and found.holds(when) else None


def _digest(signer: Any, content: Any) -> bytes:
    return hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
