"""Whether what an electronic signature covers is as it was when signed, and how much of the file that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import core  # type: ignore[import-untyped]  # it carries no types
from asn1crypto.algos import DigestAlgorithm  # type: ignore[import-untyped]
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY

LEGACY = "/adbe.pkcs7.sha1"  # signs the SHA-1 of the bytes instead of the bytes
UNTOUCHED = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
BROKEN_HASHES = ("md2", "md4", "md5")
NESTED = 16  # levels of fields within fields


class Weak(Exception):  # noqa: N818  it says what is wrong with the signature, and is no error of ours
    """The signature is made in a way that proves nothing."""


@dataclass(frozen=True, slots=True)
class Integrity:
    """`covers` is file, revision or part; `intact` valid, broken or changed, None with a `problem`."""

    covers: str
    intact: str | None
    problem: str | None = None


def integrity(signature: EmbeddedPdfSignature, data: bytes) -> Integrity:
    """What a signature says of the file `data`. Raises what pyHanko raises, and Weak.

    Broken: the bytes are not those that were signed, or it leaves out more of the file than itself. Changed:
    something was added later that is neither another signature nor the proof of one.
    """
    covers = _covers(signature, data)
    if covers == "part" or not _unbroken(signature):
        return Integrity(covers, "broken")
    if covers == "file":
        return Integrity(covers, "valid")
    return Integrity(covers, "changed" if _changed(signature) else "valid")


def _covers(signature: EmbeddedPdfSignature, data: bytes) -> str:
    level = signature.evaluate_signature_coverage()
    signature.coverage = level  # type: ignore[assignment]  # pyHanko types it as what it is at first
    if not _around_itself(signature, data) or level.value < SignatureCoverageLevel.ENTIRE_REVISION.value:
        return "part"
    return "file" if level == SignatureCoverageLevel.ENTIRE_FILE else "revision"


def _around_itself(signature: EmbeddedPdfSignature, data: bytes) -> bool:
    """Whether all that lies between the bytes it covers is the signature itself, in hexadecimal digits."""
    ranges = [int(number) for number in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or min(ranges) < 0 or ranges[2] + ranges[3] > len(data):
        return False
    gap = data[ranges[1] : ranges[2]]
    if gap[:1] != b"<" or gap[-1:] != b">":
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == signature.pkcs7_content
    except ValueError:
        return False


# ---------------------------------------------------------------- the signature itself


def _unbroken(signature: EmbeddedPdfSignature) -> bool:
    """Whether the bytes are those that were signed, and were signed with the key of the certificate."""
    _usable(signature)
    held = signature.signed_data["encap_content_info"]["content"]
    digest = signature.compute_digest()
    if str(entry(signature.sig_object, "/SubFilter", "")) == LEGACY:
        if held is core.VOID or held.native != signature.compute_digest("sha1"):
            return False
        digest = hashlib.new(signature.md_algorithm, held.native).digest()
    elif held is not core.VOID and held.native is not None:
        return False  # a signature of what it carries within, not of the file
    intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
    return intact and valid


def _usable(signature: EmbeddedPdfSignature) -> None:
    """Raises Weak for algorithms that prove nothing, or that must not be used together."""
    if signature.md_algorithm in BROKEN_HASHES:
        raise Weak
    together = DEFAULT_ALGORITHM_USAGE_POLICY.digest_combination_allowed(
        signature.signer_info["signature_algorithm"],
        DigestAlgorithm({"algorithm": signature.md_algorithm}),
        moment=None,
    )
    if not together:
        raise Weak


# ---------------------------------------------------------------- what came later


def _changed(signature: EmbeddedPdfSignature) -> bool:
    """Whether the file says anything else since, beside further signatures."""
    found = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if not isinstance(found, DiffResult):
        return True
    if _answers(signature, signature.signed_revision) != _answers(signature, None):
        return True
    if found.modification_level in UNTOUCHED:
        return False
    if found.modification_level != ModificationLevel.FORM_FILLING or _closed(signature, found):
        return True
    return not found.changed_form_fields <= {name for name, kind, _ in _fields(signature) if kind == "/Sig"}


def _closed(signature: EmbeddedPdfSignature, found: DiffResult) -> bool:
    """Whether the signer has forbidden what came later."""
    allowed = signature.docmdp_level
    return allowed is not None and found.modification_level.value > allowed.value


def _answers(signature: EmbeddedPdfSignature, revision: int | None) -> dict[str, str]:
    """What stands in the fields of the form that are no signatures, now or in a revision."""
    return {name: repr(said) for name, kind, said in _fields(signature, revision) if kind != "/Sig"}


def _fields(signature: EmbeddedPdfSignature, revision: int | None = None) -> Iterator[tuple[str, str, Any]]:
    """Full name, kind and value of every field."""
    reader = signature.reader
    root = reader.root if revision is None else reader.get_historical_root(revision)
    yield from _within(entry(entry(root, "/AcroForm", {}), "/Fields", ()), "", "", NESTED)


def _within(fields: Any, above: str, kind: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    for field in fields if depth else ():
        part = field.get_object()
        own, said = str(entry(part, "/FT", kind)), str(entry(part, "/T", ""))
        name = ".".join(filter(None, (above, said)))
        yield name, own, entry(part, "/V", None)
        yield from _within(entry(part, "/Kids", ()), name, own, depth - 1)


def entry(dictionary: Any, key: str, default: Any) -> Any:
    """What a PDF dictionary holds, looked up where it is kept elsewhere in the file."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401  get() follows no reference
