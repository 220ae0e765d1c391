"""The matcher finds what spaCy's own span ruler finds, and loads little of spaCy."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import msgspec

from tests.shipped import RULES

LINES = """
Telagabiru , 12 Januari 2026
Kota Telaga Biru , tanggal 2 Mei 2026 Nomor 5 Tahun 2026
PERJANJIAN KINERJA PERUBAHAN TAHUN 2026
Nomor : 005/12/PK/2026 tanggal , 3 Maret 2025
SALINAN DRAFT tahun anggaran 2025 TA . 2026
Telagabiru , ....... Januari 2026 Yang , 12-01-2026
"""
OURS = """
import sys
import msgspec
from pipeline.reading.matcher import matcher
patterns, tokens = msgspec.json.decode(sys.stdin.buffer.read())
found = matcher(patterns).longest(tokens)
said = [[m.start, m.end, patterns[m.pattern]["label"], patterns[m.pattern].get("id", "")] for m in found]
loaded = sorted({"spacy", "spacy.language", "spacy.pipeline", "pydantic"} & set(sys.modules))
sys.stdout.buffer.write(msgspec.json.encode([said, loaded]))
"""
LACKING = """
import pipeline.reading.matcher as module
known = module._unused()
module._unused = lambda: {**known, "spacy.errors": {}}
"""
THEIRS = """
import sys
import msgspec
import spacy
from spacy.tokens import Doc
from spacy.util import filter_spans
patterns, tokens = msgspec.json.decode(sys.stdin.buffer.read())
nlp = spacy.blank("id")
ruler = nlp.add_pipe("span_ruler", config={"spans_key": "found"})
ruler.add_patterns(patterns)
doc = nlp(Doc(nlp.vocab, words=tokens))
found = filter_spans(doc.spans["found"])
sys.stdout.buffer.write(msgspec.json.encode([[s.start, s.end, s.label_, s.id_] for s in found]))
"""
PHRASE = {"label": "mark", "id": "phrase", "pattern": "Kota Telaga"}
ODD = {"label": "odd", "pattern": [{"LIKE_NUM": True}, {"NORM": "mei"}, {"SHAPE": "dddd"}]}


def told(script: str) -> Any:
    tokens = LINES.replace("\n", " \n ").split(" ")
    asked = msgspec.json.encode([[*RULES.patterns, PHRASE, ODD], [token for token in tokens if token]])
    said = subprocess.run([sys.executable, "-c", script], input=asked, capture_output=True, check=True)
    return msgspec.json.decode(said.stdout)


def test_finds_what_the_span_ruler_finds() -> None:
    found, loaded = told(OURS)

    assert found == told(THEIRS)
    assert len(found) > 6
    assert loaded == []


def test_loads_all_of_spacy_where_a_part_does_not_do() -> None:
    other = OURS.replace("patterns, tokens", LACKING + "patterns, tokens", 1)
    found, loaded = told(other)

    assert found == told(THEIRS)
    assert "spacy.language" in loaded
