"""The READMEs are run: what they show is what the program shows, and what they say to type can be typed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
import pytest
from PIL import Image

from pipeline import errors, rules
from pipeline.cli.root import PIPE_CLOSED, STOPPED, TERMINATED, pakta
from pipeline.reading.read import read
from pipeline.run.examples import faults
from pipeline.run.settings import settings
from pipeline.schema import Agreement
from tests.drawn import block, pdf

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.id.md")
PAGES = (*READMES, "docs/adding-a-type.md")
COG = (sys.executable, "-m", "cogapp", "--check", "-P", "-p", "from docs.readme import *")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(pakta [a-z][^`]*)`")
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")
KEY = re.compile(r"^\| `(\w+)`( \*)? \|", re.MULTILINE)


class Typed(NamedTuple):
    """A command line, and the page that says to type it."""

    page: str
    line: str


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def fenced(page: str, language: str) -> list[str]:
    """The blocks of a page in a language, what generated them left out."""
    return [inside for kind, inside in FENCED.findall(text(page)) if kind == language]


def typed(first: str, pages: Sequence[str] = PAGES) -> list[Typed]:
    """All lines to be typed that begin with a word."""
    lines = ((page, line) for page in pages for inside in fenced(page, "sh") for line in inside.splitlines())
    return [Typed(page, line) for page, line in lines if line.startswith(f"{first} ")]


def called(line: str) -> tuple[click.Command, list[str]]:
    """The command that a line calls, through the groups it stands in, and the words after it."""
    command: click.Command = pakta
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    return command, words


def understood(line: str) -> str:
    """The name of the command that a line calls. Raises click.UsageError where it cannot be typed so."""
    command: click.Command = pakta
    path, words = "pakta", shlex.split(line)[1:]
    while isinstance(command, click.Group) and not words[0].startswith("-"):
        _, found, words = command.resolve_command(click.Context(command), words)
        assert found is not None
        command, path = found, f"{path} {found.name}"
    with suppress(click.exceptions.Exit):  # --help was answered
        command.make_context(path, words)
    return path


# ---------------------------------------------------------------- what is generated


def test_what_is_generated_is_what_the_program_says_now() -> None:
    """Where this fails: make docs, and look at what it changes."""
    answer = subprocess.run([*COG, "--diff", *PAGES], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_page_that_has_drifted_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "drifted.md"
    page.write_text('<!-- [[[cog print(asked("en")) ]]] -->\n- something else\n<!-- [[[end]]] -->\n')
    assert subprocess.run([*COG, page], cwd=ROOT, capture_output=True, check=False).returncode == 5


def test_the_picture_is_small_enough_to_be_looked_at() -> None:
    picture = ROOT / "docs" / "found.png"
    with Image.open(picture) as image:
        assert image.format == "PNG"
        assert min(image.size) > 600
    assert picture.stat().st_size < 200_000


# ---------------------------------------------------------------- what is to be typed


@pytest.mark.parametrize("one", typed("pakta"), ids=str)
def test_a_command_of_a_block_can_be_typed(one: Typed) -> None:
    understood(one.line)


@pytest.mark.parametrize(
    "line",
    [
        "pakta ingset samples/documents",
        "pakta ingest",
        "pakta ingest samples/documents --regsitry samples/registry.csv",
        "pakta findings --severity serious",
        "pakta rules try perjanjian_kinerja",
        "pakta coverage --year soon",
    ],
)
def test_a_command_with_a_slip_cannot(line: str) -> None:
    with pytest.raises(click.UsageError):
        understood(line)


@pytest.mark.parametrize("page", PAGES)
def test_commands_within_sentences_have_such_options(page: str) -> None:
    for line in INLINE.findall(text(page)):
        command, words = called(line)
        options = {opt for one in command.params for opt in one.opts} | {"--help", "--rules"}
        assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("one", typed("make"), ids=str)
def test_make_knows_what_it_is_told(one: Typed) -> None:
    target = shlex.split(one.line)[1]
    assert re.search(rf"^{target}:", text("Makefile"), re.MULTILINE)


def test_files_named_in_commands_are_there() -> None:
    words = {word for one in typed("pakta") for word in shlex.split(one.line)}
    named = {word for word in words if word.startswith(("samples/", "docs/"))}
    assert named
    assert {word for word in named if not (ROOT / word).exists()} == set()


def test_both_languages_show_the_same_commands_in_as_many_parts() -> None:
    english, indonesian = ([understood(one.line) for one in typed("pakta", [page])] for page in READMES)
    assert english == indonesian
    assert len(set(english)) >= 8
    english, indonesian = (re.findall(r"^#+ ", text(page), re.MULTILINE) for page in READMES)
    assert english == indonesian


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for path, anchor in LINK.findall(text(page)):
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


def anchors(page: Path) -> set[str]:
    """Where a link can lead within a page: its headings, as a browser names them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


# ---------------------------------------------------------------- the worked example


DECLARATION = pdf(
    [
        *block(220, 80, "SURAT PERNYATAAN", "Nomor : 045/12/2026"),
        *block(70, 130, "Yang bertanda tangan di bawah ini :"),
        *block(70, 150, "Nama", "Jabatan", step=16),
        *block(150, 150, ": Sekar Wulandari, S.E.", ": Bendahara Pengeluaran", step=16),
        *block(70, 200, "Dengan ini menyatakan bahwa :"),
        *block(70, 220, "1. Bersedia mengembalikan uang muka kerja;", "2. Bersedia diperiksa."),
        *block(70, 260, "Demikian surat pernyataan ini dibuat."),
        *block(340, 300, "Telagabiru, 5 Februari 2026", "Yang membuat pernyataan,"),
        *block(340, 390, "Sekar Wulandari, S.E."),
    ]
)


@pytest.fixture(params=READMES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of rules that holds what a README says to write, and nothing else."""
    (example,) = fenced(request.param, "toml")
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "surat_pernyataan.toml").write_text(example, encoding="utf-8")
    return tmp_path


def agreement(overlay: Path | None) -> Agreement:
    (found,) = read(DECLARATION, "application/pdf", "0" * 64, rules.load(overlay), None).agreements
    return found


def test_the_example_reads_a_page(office: Path) -> None:
    found = agreement(office)
    assert found.type == "surat_pernyataan"
    assert found.signed_on is not None
    assert found.number is not None
    assert (found.signed_on.data, found.number.data) == ("2026-02-05", "045/12/2026")
    assert [(p.role, p.name and p.name.data) for p in found.parties] == [("pembuat", "Sekar Wulandari, S.E.")]
    assert [(s.role, s.state) for s in found.signatures] == [("pembuat", "missing")]
    assert len(found.pledges) == 2


def test_without_the_example_the_page_is_of_another_type() -> None:
    assert agreement(None).type == "perjanjian_lain"


def test_the_folder_of_examples_does_what_its_rules_promise() -> None:
    folder = ROOT / "docs" / "examples"
    loaded = rules.load(folder)
    answers = dict(faults(loaded, settings(loaded, folder)))
    assert answers["types/surat_pernyataan"] == answers["checks/signed-late"] == []


# ---------------------------------------------------------------- tables written by hand


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("## A document type", rules.TypeRule),
        ("### `[recognise]`", rules.Recognise),
        ("### `[[field]]`", rules.Field),
        ("### `[[party]]`", rules.PartyRule),
        ("### `[[signature]]`", rules.SignatureRule),
        ("### `[[table]]`", rules.TableRule),
        ("### `[pledges]`", rules.Pledges),
        ("### `[[example]]`", rules.TypeExample),
        ("## A check", rules.CheckRule),
    ],
)
def test_every_key_of_a_rule_is_explained(heading: str, part: type[rules.Strict]) -> None:
    rest = text("docs/adding-a-type.md").split(heading, maxsplit=1)[1]
    explained = KEY.findall(re.split("^#", rest, maxsplit=1, flags=re.MULTILINE)[0])
    keys = {one.name: one.required for one in msgspec.structs.fields(part)}
    if part is rules.TypeRule:
        del keys["id"]  # the file name
    assert {name: bool(star) for name, star in explained} == keys


@pytest.mark.parametrize("page", READMES)
def test_every_exit_code_is_explained(page: str) -> None:
    cells = re.findall(r"^\| ([\d, ]+) \|", text(page), re.MULTILINE)
    explained = {int(code) for cell in cells for code in cell.split(",")}
    raised = {one.exit_code for one in errors.PipelineError.__subclasses__()}
    assert explained == {0, 1, STOPPED, TERMINATED, PIPE_CLOSED, *raised}
