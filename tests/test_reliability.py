"""The figures behind the plot of reliability: confidence held against truth."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.reliability import Bin, bins, drawn, judged

TABLES = """
    create table files (sha256, shown);
    create table agreements (id, sha256);
    create table facts (agreement_id, record, field, data, page, confidence, origin);
    insert into files values ('s', 'scan.pdf'), ('u', 'unknown.pdf');
    insert into agreements values ('a', 's'), ('b', 'u');
    insert into facts values
        ('a', 'parties', 'name', 'Arkana Halim, S.T.', 1, 0.999, 'ocr'),
        ('a', 'parties', 'name', 'Arkana Ha1im', 1, 0.7, 'ocr'),
        ('a', 'parties', 'nip', '199001012015011001', 1, 0.96, 'ocr'),
        ('a', 'agreements', 'signed_on', '2026-01-30', 1, 0.96, 'ocr'),
        ('a', 'parties', 'name', 'Arkana Halim', 1, 1.0, 'text'),
        ('b', 'parties', 'name', 'Nobody', 1, 1.0, 'ocr');
"""
PARTY = {"name_printed": "ARKANA HALIM, S.T.", "nip_printed": "19900101 201501 1 001"}
TRUTH = {"file": "docs/scan.pdf", "date": "2026-01-31", "parties": [PARTY]}


def test_values_are_held_against_the_truth_of_their_document(tmp_path: Path) -> None:
    (tmp_path / "truth.jsonl").write_text(json.dumps(TRUTH) + "\n", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.executescript(TABLES)
    found = judged(tmp_path / "x.db", tmp_path / "truth.jsonl")
    assert sorted(found) == [(0.7, False), (0.96, False), (0.96, True), (0.999, True)]


def test_a_bin_without_values_is_left_out() -> None:
    assert list(bins([(0.96, False), (0.97, True), (1.0, True)])) == [Bin(0.95, 2, 0.5), Bin(0.999, 1, 1.0)]


def test_the_picture_has_a_bar_for_each_bin() -> None:
    picture = ElementTree.fromstring(drawn([Bin(0.95, 2, 0.5), Bin(0.999, 1, 1.0)]))  # noqa: S314 - our own
    bars = [one for one in picture if one.tag.endswith("rect") and "x" in one.attrib]
    assert len(bars) == 2
