"""The operators of a content stream: lexed by one pattern, as pdfminer's lexer reads them, and carried out.

pdfminer's own lexer takes half of the time that a page costs; it still reads what the pattern does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import KWD, LIT, PSLiteral, literal_name

# A number; a name; a string, with strings in it; a hexadecimal string; an operator; a bracket; a comment.
# Not known are an image within the stream, whose data are no text, and truth, which no operator takes.
TOKEN = re.compile(
    rb"""
    [-+]?+ (?: [0-9]++ (?: \.[0-9]*+ )?+ | \.[0-9]++ )
  | / [^\#/%\[\]()<>{}\s\0]*+
  | \( (?: [^()\\]++ | \\. | \( (?: [^()\\]++ | \\. )*+ \) )*+ \)
  | << | >>
  | < [0-9a-fA-F\s]*+ >
  | (?! (?: BI | true | false ) (?: [^A-Za-z] | \Z ) ) [A-Za-z] [^\#/%\[\]()<>{}\s\0\x80-\xff]*+
  | [\[\]'"]
  | % [^\r\n]*+
    """,
    re.VERBOSE | re.DOTALL,
)
KNOWN = re.compile(rb"(?: \s++ | %s )*+" % TOKEN.pattern, re.VERBOSE | re.DOTALL)
ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
MEANT = {bytes((a,)): bytes((b,)) for a, b in zip(b"btnfr()\\", b"\b\t\n\f\r()\\", strict=True)}
BLANK = b" \t\n\r\f\v"
COMMENT = ord("%")
BYTE = 256
OPENED = {b"[": b"", b"<<": b"", b"]": b"[", b">>": b"<<"}  # by what closes it; what opens closes nothing
Step = tuple[bytes, list[Any]]
Before = tuple[bytes, list[Any]]  # what opened an array or a dictionary, and the values before it


class UnlexedError(Exception):
    """The pattern does not know what stands in a stream."""


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter of a page, which is fed the operators more quickly."""

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out what the streams say; one that is being carried out already is left out."""
        found = [stream_value(stream) for stream in streams]
        own = [s for s in found if s.objid is not None and s.objid not in self.parent_stream_ids]
        try:
            steps = list(operations(b"\n".join(stream.get_data() for stream in own)))
        except UnlexedError:
            super().execute(streams)
            return
        self.stream_ids = {stream.objid for stream in own if stream.objid is not None}
        for operator, operands in steps:
            act, count = ACTS.get(operator, UNKNOWN)
            if count == len(operands):
                act(self, *operands)
            else:
                self._left(act, count, operands)

    def _left(self, act: Callable[..., None], count: int, operands: list[Any]) -> None:
        """An operator takes its operands from the end of what is left; too few are lost."""
        self.argstack += operands
        if count >= 0 and len(taken := self.pop(count)) == count:
            act(self, *taken)


def operations(data: bytes) -> Iterator[Step]:
    """Each operator in a content stream with its operands, which are what pdfminer makes of them.

    Raises UnlexedError where the pattern does not know what stands there.

    >>> list(operations(b"/F1 12 Tf [(Pak) -20.5 <7461>] TJ"))
    [(b'Tf', [/'F1', 12]), (b'TJ', [[b'Pak', -20.5, b'ta']])]
    """
    if KNOWN.fullmatch(data) is None:
        raise UnlexedError
    around: list[Before] = []
    values: list[Any] = []
    for token in TOKEN.findall(data):
        if token in OPENED:
            values = _bracket(token, around, values)
        elif (read := READ.get(token[0])) is not None:
            values.append(read(token))
        elif token[0] == COMMENT:
            continue
        elif around:
            values.append(KWD(token))
        else:
            yield token, values
            values = []


def _number(token: bytes) -> float:
    try:
        return float(token) if b"." in token else int(token)
    except ValueError as error:  # more digits than a number may have
        raise UnlexedError from error


@lru_cache(maxsize=4096)
def _name(token: bytes) -> PSLiteral:
    try:
        return LIT(token[1:].decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(token[1:])


def _string(token: bytes) -> bytes:
    said = token[1:-1]
    return ESCAPE.sub(_meant, said) if b"\\" in said else said


def _meant(escape: re.Match[bytes]) -> bytes:
    octal, sign = escape.groups()
    if octal is None:
        return MEANT.get(sign, b"")
    if (code := int(octal, 8)) >= BYTE:
        raise UnlexedError
    return bytes((code,))


def _hexadecimal(token: bytes) -> bytes:
    """pdfminer takes a last digit without its pair for itself, where PDF 32000-1, 7.3.4.3, adds a zero."""
    digits = token[1:-1].translate(None, BLANK).decode("ascii")
    pairs, last = digits[: len(digits) // 2 * 2], digits[len(digits) // 2 * 2 :]
    return bytes.fromhex(pairs) + (bytes((int(last, 16),)) if last else b"")


def _bracket(token: bytes, around: list[Before], values: list[Any]) -> list[Any]:
    """The values in what has been opened; or those before what has been closed, and this itself."""
    if not OPENED[token]:
        around.append((token, values))
        return []
    opened, before = around.pop() if around else (b"", [])
    if opened != OPENED[token] or (token == b">>" and len(values) % 2):
        raise UnlexedError
    return [*before, values if token == b"]" else _dictionary(values)]


def _dictionary(values: list[Any]) -> dict[str, Any]:
    pairs = zip(values[::2], values[1::2], strict=True)
    return {literal_name(key): value for key, value in pairs if value is not None}


READ: dict[int, Callable[[bytes], Any]] = {
    **dict.fromkeys(b"+-.0123456789", _number),
    ord("/"): _name,
    ord("("): _string,
    ord("<"): _hexadecimal,
}


def _acts() -> Iterator[tuple[bytes, tuple[Callable[..., None], int]]]:
    """The methods of the interpreter by the names of the operators, and how many operands each takes."""
    signs = {"_a": "*", "_w": '"', "_q": "'"}
    for method in dir(PDFPageInterpreter):
        if method.startswith("do_"):
            name, act = method[3:], getattr(PDFPageInterpreter, method)
            name = name[:-2] + signs.get(name[-2:], name[-2:])
            yield name.encode(), (act, act.__code__.co_argcount - 1)


ACTS = dict(_acts())
UNKNOWN: tuple[Callable[..., None], int] = (PDFPageInterpreter.do_EX, -1)  # of an operator that is none
