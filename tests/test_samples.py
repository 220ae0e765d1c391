"""The sample archive: complete, consistent with its lists, small, and the same on every drawing."""

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageSequence

SAMPLES = Path(__file__).parents[1] / "samples"
DOCUMENTS = SAMPLES / "documents"
SEEN = {"signed", "missing", "stamp_only", "qr", "digital_valid", "digital_tampered"}


def truth() -> list[dict[str, Any]]:
    """Every row of truth.jsonl."""
    return [json.loads(line) for line in (SAMPLES / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def registry() -> list[dict[str, str]]:
    """Every row of registry.csv."""
    with (SAMPLES / "registry.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def files(folder: Path = DOCUMENTS) -> dict[str, Path]:
    """The files of the archive by name."""
    return {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}


def members() -> set[str]:
    """The names inside the one archive file."""
    with zipfile.ZipFile(files()["arsip bappeda.zip"]) as archive:
        return set(archive.namelist())


def draw(into: Path, *more: str) -> dict[str, Path]:
    """Draws into a folder; the documents by name."""
    said = [sys.executable, str(SAMPLES / "make.py"), "--into", str(into), *more]
    subprocess.run(said, check=True, timeout=180)
    return files(into / "documents")


def test_the_samples_are_small_enough_for_git() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 6_000_000


def test_there_are_enough_files_and_no_two_share_a_name() -> None:
    paths = [path for path in DOCUMENTS.rglob("*") if path.is_file()]
    assert len(paths) == len(files()) >= 28


def test_the_readme_lists_every_file_and_no_other() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8").split("## What each file shows")[1]
    assert Counter(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)) == Counter({*files(), *members()})


def test_truth_speaks_only_of_files_that_are_there() -> None:
    assert {row["file"] for row in truth()} <= {*files(), *members()}


def test_every_type_of_document_is_there() -> None:
    found = Counter(row["doc_type"] for row in truth())
    assert found["perjanjian_kinerja"] >= 20
    assert (
        min(found[kind] for kind in ("pakta_integritas", "komitmen_bersama", "perjanjian_lain", "other")) >= 2
    )


def test_every_state_of_a_signature_is_there() -> None:
    assert {signature["state"] for row in truth() for signature in row["signatures"]} == SEEN


def test_at_least_seven_files_are_scans_and_one_has_hidden_text() -> None:
    sources = {row["file"]: row["source"] for row in truth()}
    assert Counter(sources.values())["scan"] >= 7
    assert "ocr" in sources.values()


@pytest.mark.parametrize(
    "code",
    [
        "missing_signature", "stamp_only", "paraf_only", "missing_date", "missing_annex", "wrong_year",
        "blank_page", "budget_total_mismatch", "indicator_without_target", "indicator_without_owner",
        "missing_pledge_number", "nip_bad_digits", "name_misspelled", "signer_not_in_registry",
        "wrong_superior", "duplicate_document", "tampered_signature",
    ],
)  # fmt: skip
def test_a_defect_is_there(code: str) -> None:
    assert code in {defect["code"] for row in truth() for defect in row["defects"]}


def test_bundles_are_there_and_their_pages_do_not_overlap() -> None:
    bundles: dict[str, list[list[int]]] = {}
    for row in truth():
        bundles.setdefault(row["file"], []).append(row["pages"])
    many = [pages for pages in bundles.values() if len(pages) > 1]
    assert sorted(len(pages) for pages in many) == [2, 3]
    for pages in many:
        assert all(before[1] < after[0] for before, after in pairwise(pages))


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("foto pakta.pdf", b"\xff\xd8\xff"),
        ("hasil pindai.jpg", b"%PDF-"),
        ("naskah PK.docx", b"PK\x03\x04"),
        ("PK Puskesmas Tegal Melati.tif", b"II*\x00"),
        ("scan komitmen stunting.png", b"\x89PNG"),
        ("PK terpotong.pdf", b"%PDF-"),
    ],
)
def test_content_is_what_the_readme_says_and_not_what_the_name_says(name: str, start: bytes) -> None:
    assert files()[name].read_bytes().startswith(start)


def test_the_broken_files_are_broken() -> None:
    found = files()
    assert found["kosong.pdf"].read_bytes() == b""
    assert b"%%EOF" not in found["PK terpotong.pdf"].read_bytes()
    assert found["Dokumen (1).pdf"].read_bytes() == found["PK Kasi Kurikulum 2026.pdf"].read_bytes()
    with pytest.raises(pdfium.PdfiumError, match="password"):
        pdfium.PdfDocument(found["PK terkunci.pdf"])


def test_every_page_of_truth_is_a_page_of_the_file() -> None:
    """And every signature box stands on its page, in points of the page as displayed."""
    for row in truth():
        if row["file"] in members():
            continue
        sizes = displayed(files()[row["file"]])
        assert row["n_pages_file"] == len(sizes), row["file"]
        for signature in row["signatures"]:
            width, height = sizes[signature["page"] - 1]
            x0, top, x1, bottom = signature["bbox"]
            assert 0 <= x0 < x1 <= width, (row["file"], signature)
            assert 0 <= top < bottom <= height, (row["file"], signature)


def displayed(path: Path) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    if path.read_bytes().startswith(b"%PDF"):
        with pdfium.PdfDocument(path) as document:
            return [page.get_size() for page in document]
    with Image.open(path) as image:
        frames = [(frame.size, frame.info["dpi"]) for frame in ImageSequence.Iterator(image)]
    return [(width * 72 / float(dpi[0]), height * 72 / float(dpi[1])) for (width, height), dpi in frames]


def test_everybody_who_signed_is_in_the_registry_but_for_the_outsiders() -> None:
    known = {row["nip"] for row in registry()}
    parties = [party for row in truth() for party in row["parties"]]
    assert {party["registry_nip"] for party in parties if party["registry_nip"]} <= known
    strangers = {
        party["name_printed"] for party in parties if not party["registry_nip"] and not party["elected"]
    }
    assert len(strangers) == 2


def test_the_mayor_has_no_nip_and_some_never_signed() -> None:
    staff = registry()
    signed = {party["registry_nip"] for row in truth() for party in row["parties"]}
    assert [row["jabatan"] for row in staff if not row["nip"]] == ["Wali Kota Sukamaju"]
    assert sum(row["nip"] not in signed for row in staff if row["nip"]) >= 10
    assert len(staff) == 60


def test_numbers_of_civil_servants_are_well_formed_and_unique() -> None:
    staff = registry()
    assert max(Counter(row["nip"] for row in staff).values()) == 1
    for nip in (row["nip"] for row in staff if row["status"] in ("PNS", "CPNS")):
        assert date(int(nip[:4]), int(nip[4:6]), int(nip[6:8])) < date(int(nip[8:12]), int(nip[12:14]), 1), (
            nip
        )
        assert re.fullmatch(r"\d{14}[12]\d{3}", nip), nip


def test_superiors_are_in_the_registry() -> None:
    staff = registry()
    assert {row["atasan_nip"] for row in staff} <= {row["nip"] for row in staff}


def test_the_plan_differs_from_the_agreements_where_it_should() -> None:
    with (SAMPLES / "plan.csv").open(encoding="utf-8", newline="") as lines:
        plan = {(row["unit_kerja"], row["uraian"]): row for row in csv.DictReader(lines)}
    promised = {indicator["indicator"] for row in truth() for indicator in row["indicators"]}
    assert plan["Dinas Pendidikan", "Rata-rata lama sekolah"]["target"] == "10,50"
    assert ("Dinas Kesehatan", "Angka kematian bayi") in plan
    assert "Angka kematian bayi" not in promised


@pytest.mark.skipif(importlib.util.find_spec("pyhanko") is None, reason="pyHanko signs the samples")
def test_drawn_twice_is_the_same(tmp_path: Path) -> None:
    """A scan and a file with electronic signatures."""
    first, second = (draw(tmp_path / name, "--only", "Sekretaris") for name in "ab")
    assert len(first) == 2
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in second.items()
    }


def test_make_draws_what_is_committed(tmp_path: Path) -> None:
    """Byte for byte; where another zlib packed the streams, to the pixel and the letter."""
    made, kept = draw(tmp_path), files()
    skipped = (
        {name for name in kept if "(TTE)" in name} if importlib.util.find_spec("pyhanko") is None else set()
    )
    assert set(made) == set(kept) - skipped
    for name, path in made.items():
        now, before = path.read_bytes(), kept[name].read_bytes()
        assert now == before or looks(now) == looks(before), name
    for name in ("truth.jsonl", "registry.csv", "plan.csv", "README.md"):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_looks_tells_pages_apart() -> None:
    """Or the test above could not fail."""
    found = files()
    a, b = (found[f"PK Kabid {name} 2026.pdf"].read_bytes() for name in ("Mutasi", "Aptika"))
    assert looks(a) != looks(b)
    assert looks(a) == looks(a + b"\n% packed otherwise\n")
    assert looks(found["scan komitmen stunting.png"].read_bytes()) != looks(
        found["foto pakta.pdf"].read_bytes()
    )


def looks(content: bytes) -> list[tuple[str, bytes]]:
    """Text and pixels of every page of a PDF or picture, and of what is in an archive."""
    if content.startswith(b"%PDF"):
        return looks_of_pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [page for name in archive.namelist() for page in looks(archive.read(name))]
    with Image.open(io.BytesIO(content)) as image:
        return [("", np.asarray(frame.convert("RGB")).tobytes()) for frame in ImageSequence.Iterator(image)]


def looks_of_pdf(content: bytes) -> list[tuple[str, bytes]]:
    """Text and pixels of every page; none of a PDF that does not open."""
    try:
        document = pdfium.PdfDocument(content, password="rahasia")  # noqa: S106 - it is in the README
    except pdfium.PdfiumError:
        return []
    with document:
        return [
            (page.get_textpage().get_text_bounded(), page.render().to_numpy().tobytes()) for page in document
        ]
