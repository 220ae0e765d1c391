"""The one door for text: what a child says becomes a value only if it has the right form, and cleaned."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeVar

import msgspec

from pipeline.errors import OwnError, StorageError
from pipeline.isolate.task import Answer, Wire

T = TypeVar("T")

# Within JSON: the escapes and letters of C0, C1, DEL and surrogates. Tab and line feed pass.
ESCAPED = re.compile(  # begins with one letter, which is found many times faster than one of many
    r"\\(?:u00(?:[01][0-9a-f]|7f|[89][0-9a-f])|ud[89a-f][0-9a-f]{2}|[bfr]|(.))", re.IGNORECASE
)
PLAIN = re.compile("[\x7f-\x9f]")
DELETE = "\x7f"
LONE = re.compile("[\ud800-\udfff]")
FAULTS = {"own": OwnError, "storage": StorageError}


def packed(wire: Wire[Any]) -> bytes:
    """An answer as JSON. Lone surrogates, which no encoding knows, become U+FFFD."""
    try:
        return msgspec.json.encode(wire)
    except UnicodeEncodeError:
        wire.cleaned = True
        return msgspec.json.encode(_mended(msgspec.to_builtins(wire)))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return LONE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _mended(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mended(inner) for inner in value]
    return value


def unpacked(raw: bytes, decoder: msgspec.json.Decoder[Wire[T]]) -> Answer[T]:
    """The answer in `raw`: Unicode NFC, no control characters but tab and line feed.

    Raises OwnError where it is no answer of this kind or the child says the fault is ours; StorageError.
    """
    try:
        text = raw.decode("utf-8")
        shown = PLAIN.sub("", text) if DELETE in text or not text.isascii() else text
        clean = ESCAPED.sub(lambda found: f"\\{found[1]}" if found[1] else "", shown)
        wire = decoder.decode(unicodedata.normalize("NFC", clean))
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise OwnError(f"jawaban pembaca tidak sah / not a valid answer of the reader: {error}") from error
    if wire.fault in FAULTS:
        raise FAULTS[wire.fault](wire.detail)
    return Answer(wire.value, wire.reason, wire.detail, wire.cleaned or len(clean) != len(text))
