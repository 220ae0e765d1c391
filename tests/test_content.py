"""The operators of a content stream are those that pdfminer reads, or are left to pdfminer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF, PSKeyword

from pipeline.reading.content import Step, UnlexedError, operations


def by_pdfminer(data: bytes) -> list[Step]:
    """The operators with their operands, read by pdfminer's own parser."""
    parser = PDFContentParser([PDFStream({}, data)])
    found: list[Step] = []
    operands: list[Any] = []
    while True:
        try:
            _, read = parser.nextobject()
        except PSEOF:
            return found
        if isinstance(read, PSKeyword):
            found.append((read.name, operands))
            operands = []
        else:
            operands.append(read)


READ = (
    b"q 1 0 0 -1 72.5 -.5 cm +3 4. m .25 0 l S Q",
    b"BT /F1 12 Tf [(Pak) -20.5 <746 1>-3(ta)] TJ ET",
    b"(a\\(b\\051 \\053\\5x \\\r\n c\\\nd \\q\\\\) Tj (x (y) w)'",
    b"<48 65\n6c6C6> Tj <> Tj () Tj",
    b"/Span<</MCID 0/A[1 2 null]/B(x)>>BDC EMC",
    b"/Name/ 1 scn T* f* % a ( comment [\n0g",
    b"12 34 unknown 5 w",
    "/Nama\u00e9 gs".encode(),
    b"",
)
LEFT = (
    b"BI /W 1 /H 1 /BPC 8 ID x EI Q",
    b"(never closed Tj",
    b"[1 2 (open",
    b"(x (y (z)) w) Tj",
    b"<4x> Tj",
    b"1 ] w",
    b"<< /A >> BDC",
    b"--5 w",
    b"(\\777) Tj",
    b"/A#20B gs",
    b"{1} w",
    b"1\x00 w",
    b"true w",
    b"T\xffj",
    b"1" * 5000 + b" w",
)


@pytest.mark.parametrize("data", READ)
def test_what_is_read_is_what_pdfminer_reads(data: bytes) -> None:
    assert list(operations(data)) == by_pdfminer(data)


@pytest.mark.parametrize("data", LEFT)
def test_what_the_pattern_does_not_know_is_left_to_pdfminer(data: bytes) -> None:
    with pytest.raises(UnlexedError):
        list(operations(data))


PIECES = (
    "1",
    "-2.5",
    ".5",
    "+",
    "--1",
    "/F1",
    "/",
    "(a)",
    "(b\\(\\12)",
    "(c (d))",
    "<41 4>",
    "<",
    "[",
    "]",
    "<<",
    ">>",
)
WORDS = ("Tj", "T*", "'", '"', "q", "BI", "true", "null", "% note\n", "#", "{", "\0", "\n", " ", "")


@given(st.lists(st.sampled_from((*PIECES, *WORDS)), max_size=12), st.sampled_from((" ", "")))
def test_whatever_is_read_is_what_pdfminer_reads(pieces: list[str], between: str) -> None:
    data = between.join(pieces).encode()
    try:
        found = list(operations(data))
    except UnlexedError:
        return
    assert found == by_pdfminer(data)
