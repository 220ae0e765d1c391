"""Rule files: what is read of them, what an office lays over them, and what is refused, by name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.rules import TypeRule, layered, load
from tests.esigned import root
from tests.shipped import RULES

HEAD = 'name = "Surat Tugas"\n[recognise]\ntitle = ["Surat Tugas"]\n'
CHECK = """
id = "place-missing"
severity = "error"
message = { id = "Tempat tidak ada.", en = "No place." }
why = "An office of its own mind."
sql = "select id as agreement_id from agreements where place is null"
"""


def laid(folder: Path, name: str, text: str | bytes) -> Path:
    """`folder` with a rule file in it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def type_named(name: str, folder: Path) -> TypeRule:
    return next(rule for rule in load(folder).types if rule.id == name)


def test_a_type_is_called_after_its_file() -> None:
    assert [rule.id for rule in RULES.types] == [
        "komitmen_bersama",
        "other",
        "pakta_integritas",
        "perjanjian_kinerja",
        "perjanjian_lain",
    ]


def test_pages_that_are_no_agreement_have_a_type() -> None:
    assert (RULES.other.id, RULES.other.agreement) == ("other", False)


def test_a_second_type_that_is_no_agreement_is_not_taken_for_it(tmp_path: Path) -> None:
    assert load(laid(tmp_path, "types/daftar.toml", "agreement = false\n" + HEAD)).other.id == "other"


# ---------------------------------------------------------------- what an office lays over


def test_a_new_file_adds(tmp_path: Path) -> None:
    found = load(laid(tmp_path, "types/surat_tugas.toml", HEAD))
    assert {rule.id for rule in found.types} - {rule.id for rule in RULES.types} == {"surat_tugas"}


def test_the_same_file_name_replaces(tmp_path: Path) -> None:
    rule = type_named("pakta_integritas", laid(tmp_path, "types/pakta_integritas.toml", HEAD))
    assert (rule.name, rule.party) == ("Surat Tugas", ())


def test_a_replaced_check_is_the_only_one_of_its_name(tmp_path: Path) -> None:
    found = load(laid(tmp_path, "checks/place-missing.toml", CHECK))
    assert [check.why for check in found.checks if check.id == "place-missing"] == [
        "An office of its own mind."
    ]
    assert len(found.checks) == len(RULES.checks)


def test_settings_are_laid_over_by_name(tmp_path: Path) -> None:
    folder = laid(tmp_path / "own", "match.toml", "few = 3\n")
    base = laid(tmp_path / "base", "match.toml", "few = 2\n")
    assert layered(base, folder)["/match.toml"] == folder / "match.toml"


@pytest.mark.parametrize(
    "name", ["README.md", "types/readme.md", ".git/config", ".DS_Store", "types/.pakta.toml.swp"]
)
def test_what_is_no_rule_by_its_name_is_passed_over(tmp_path: Path, name: str) -> None:
    assert load(laid(tmp_path, name, "not TOML")).digest == RULES.digest


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == RULES


def test_a_mark_that_an_editor_put_first_is_passed_over(tmp_path: Path) -> None:
    folder = laid(tmp_path, "types/surat_tugas.toml", b"\xef\xbb\xbf" + HEAD.encode())
    assert type_named("surat_tugas", folder).name == "Surat Tugas"


@pytest.mark.parametrize(
    ("name", "text", "reading", "checking"),
    [
        ("types/surat_tugas.toml", HEAD, True, False),
        ("words/names.toml", "spellings = []\n", True, False),
        ("patterns/own.jsonl", '{"label": "year", "pattern": "tahun"}\n', True, False),
        ("checks/place-missing.toml", CHECK, False, True),
        ("match.toml", "few = 3\n", False, True),
        ("obligations/own.toml", "", False, True),
    ],
)
def test_only_what_a_reading_depends_on_makes_documents_read_anew(
    tmp_path: Path, name: str, text: str, *, reading: bool, checking: bool
) -> None:
    found = load(laid(tmp_path, name, text))
    assert (found.digest != RULES.digest, found.check_digest != RULES.check_digest) == (reading, checking)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        # keys that there are not, at every depth
        ("types/a.toml", "naem = 1\n" + HEAD, "types/a.toml: .*`naem`.*; it has name, recognise"),
        (
            "types/a.toml",
            HEAD + "titel = []\n",
            r"types/a.toml: .*`titel`.*recognise.*; it has title, before, begins",
        ),
        (
            "types/a.toml",
            HEAD + '[[party]]\nrol = "saksi"\n',
            "types/a.toml: .*`rol`.*; it has role, anchors",
        ),
        (
            "types/a.toml",
            HEAD + '[pledges]\nend = []\n[[pledges.theme]]\nname = "a"\nword = []\n',
            "types/a.toml: .*`word`.*; it has name, words, required$",
        ),
        (
            "types/a.toml",
            HEAD + '[[table]]\ninto = "budgets"\n[table.columns]\nq5 = []\n',
            "types/a.toml: .*`q5`.*; it has number, objective",
        ),
        (
            "words/labels.toml",
            "nama = []\n",
            "words/labels.toml: .*`nama`.*; it has name, .*nip, rank, position",
        ),
        ("words/offices.toml", '[[level]]\nname = "V"\nbegin = []\n', "`begin`.*; it has name, begins$"),
        ("checks/a.toml", CHECK + "polite = true\n", "checks/a.toml: .*`polite`.*; it has id, severity"),
        # values that there are not
        (
            "types/a.toml",
            HEAD + '[[field]]\nname = "d"\ntype = "dat"\n',
            "'dat'.*field.*type.*; there are text, date, place, year, unit, flag$",
        ),
        (
            "types/a.toml",
            HEAD + '[[party]]\nrole = "saksi"\nfields = ["nama"]\n',
            "'nama'.*; there are name, position, nip, rank, unit$",
        ),
        (
            "checks/a.toml",
            CHECK.replace('"error"', '"fatal"'),
            "checks/a.toml: .*'fatal'.*; there are error, warning, info$",
        ),
        (
            "types/a.toml",
            HEAD.replace('["Surat Tugas"]', '"Surat Tugas"'),
            "Expected `array`.*recognise.title",
        ),
        ("types/a.toml", 'name = "A"\n', "types/a.toml: .*missing required field `recognise`"),
        # names that mean nothing here
        ("types/a.toml", HEAD + '[[party]]\nrole = "peserta"\n', "no 'peserta'; there are pihak_pertama, "),
        (
            "types/a.toml",
            HEAD + '[[party]]\nrole = "pembuat"\n[[signature]]\nrole = "saksi"\n',
            "signature.role: no 'saksi'; there are pembuat$",
        ),
        ("types/a.toml", HEAD + '[[signature]]\nrole = "saksi"\n', "no 'saksi'; there are none$"),
        (
            "types/a.toml",
            HEAD + '[[field]]\nname = "d"\nspan = "datelin"\n',
            "field.span: no 'datelin'; there are .*dateline",
        ),
        (
            "types/a.toml",
            HEAD + '[[table]]\ninto = "budgets"\nrequired = ["amont"]\n[table.columns]\n',
            "table.required: no 'amont'; there are .*amount",
        ),
        ("types/a.toml", 'id = "b"\n' + HEAD, "types/a.toml: id is 'b'; it is the file name, 'a'"),
        ("types/other.toml", HEAD, "types/other.toml: agreement must be false"),
        ("checks/a.toml", CHECK, "checks/a.toml: id is 'place-missing'; it must be the file name, 'a'"),
        ("words/labels.toml", "prose = ['(?P<name>[A-Z]+']", "words/labels.toml: .*unterminated"),
        ("words/labels.toml", "prose = ['(?P<nama>[A-Z]+)']", "no 'nama'; there are name, nip, rank"),
        ("words/titles.toml", "unlisted = '*'", "words/titles.toml: .*nothing to repeat"),
        # files that cannot be
        ("words/warna.toml", "a = []\n", "words/warna.toml: no such list; there are given, government"),
        ("words/labels.jsonl", "", "labels.jsonl: no such kind of rule; there are types/"),
        ("type/a.toml", HEAD, "a.toml: no such kind of rule"),
        ("types/deep/a.toml", HEAD, "a.toml: no such kind of rule"),
        ("pact.toml", HEAD, "pact.toml: no such settings; there are .*match.toml.*, or it belongs in a room"),
        ("types/a.toml", HEAD + "[[party\n", r"types/a.toml: .*line 4"),
        ("types/a.toml", b'name = "Caf\xe9"\n', "types/a.toml: not UTF-8, byte 12"),
        ("patterns/a.jsonl", b"\xff\n", "patterns/a.jsonl: not UTF-8, byte 1"),
        # patterns
        ("patterns/a.jsonl", '\n{"label": "a",\n', "patterns/a.jsonl, line 2: "),
        ("patterns/a.jsonl", '["a"]\n', "patterns/a.jsonl, line 1: Expected `object`"),
        ("patterns/a.jsonl", '{"label": "a"}\n', "line 1: .*missing required field `pattern`"),
        ("patterns/a.jsonl", '{"label": "a", "patern": []}\n', "`patern`.*; it has label, pattern, id$"),
        ("patterns/a.jsonl", '{"label": "a", "pattern": [{"LOWR": "a"}]}\n', "no 'LOWR'; there are .*LOWER"),
        ("patterns/a.jsonl", '{"label": "a", "pattern": [{"POS": "NOUN"}]}\n', "no 'POS'; there are"),
        (
            "patterns/a.jsonl",
            '{"label": "a", "pattern": [{"TEXT": {"REGEX": "("}}]}\n',
            "line 1: .*unterminated",
        ),
        (
            "patterns/a.jsonl",
            '{"label": "a", "pattern": [{"TEXT": "a", "OP": "**"}]}\n',
            r"no '\*\*'; there are",
        ),
    ],
)
def test_what_is_not_understood_is_refused_by_name(
    tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    with pytest.raises(RuleError, match=said) as refused:
        load(laid(tmp_path, name, text))
    assert Path(name).name in str(refused.value)


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_folder_that_is_none_is_refused_in_both_languages(tmp_path: Path, kind: str) -> None:
    place = tmp_path / kind
    if kind == "file":
        place.write_text("")
    with pytest.raises(
        RuleError, match=f"{re.escape(str(place))}: folder aturan tidak ada .no such rules folder"
    ):
        load(place)


def test_a_pattern_of_plain_words_is_one(tmp_path: Path) -> None:
    found = load(
        laid(tmp_path, "patterns/own.jsonl", '{"label": "cap", "pattern": "cap basah", "id": "a"}\n')
    )
    assert {"label": "cap", "pattern": "cap basah", "id": "a"} in found.patterns


# ---------------------------------------------------------------- certificates that are trusted


def test_no_certificate_is_trusted_as_shipped() -> None:
    assert RULES.trust == ()


def test_an_office_trusts_certificates_in_pem_and_in_der(tmp_path: Path) -> None:
    one, other = root(), root("Otoritas Lain")
    laid(tmp_path, "trust/satu.pem", one.pem + other.pem)
    laid(tmp_path, "trust/dua.cer", one.der)
    laid(tmp_path, "trust/dua.toml", f'sha256 = ["{one.anchor.sha256.upper()}"]\ntrusted_to = 2026-08-18\n')
    found = load(tmp_path)
    assert [anchor.sha256 for anchor in found.trust] == [
        one.anchor.sha256,
        one.anchor.sha256,
        other.anchor.sha256,
    ]
    assert [anchor.trusted_to for anchor in found.trust] == [date(2026, 8, 18), None, None]


def test_another_root_changes_what_is_said_of_signatures_alone(tmp_path: Path) -> None:
    found = load(laid(tmp_path, "trust/satu.pem", root().pem))
    assert (found.digest, found.check_digest) == (RULES.digest, RULES.check_digest)
    assert found.trust_digest != RULES.trust_digest


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("trust/satu.pem", "no certificate", "satu.pem: no certificate in PEM or DER"),
        ("trust/satu.der", b"\x30\x03\x02\x01\x05", "satu.der: no certificate in PEM or DER"),
        ("trust/satu.toml", "note = 'alone'", "satu.toml: no certificate satu.pem or"),
        ("trust/satu.key", "secret", "no such kind of rule"),
    ],
)
def test_what_is_no_certificate_is_refused_by_name(
    tmp_path: Path, name: str, text: str | bytes, says: str
) -> None:
    with pytest.raises(RuleError, match=says):
        load(laid(tmp_path, name, text))


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ('sha256 = ["00:11"]', "names 0011"),
        ("fingerprint = 1", "unknown field `fingerprint`"),
        ("trusted_to = 2026", "Expected `date"),
    ],
)
def test_a_note_that_does_not_fit_its_certificate_is_refused(tmp_path: Path, note: str, says: str) -> None:
    laid(tmp_path, "trust/satu.pem", root().pem)
    with pytest.raises(RuleError, match=says):
        load(laid(tmp_path, "trust/satu.toml", note))
