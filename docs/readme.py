"""What the program itself writes into the READMEs, so that they cannot drift, and the picture beside them.

    python -m docs.readme       draws docs/found.png again

The rest is called by cog, from comments in the READMEs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import click
from PIL import Image

from benchmarks.accuracy import table
from docs.terminal import ROOT, answered, block, desk, shown
from pipeline import rules
from pipeline.cli.root import pakta
from pipeline.schema import SEVERITIES
from pipeline.store.datasette import questions

__all__ = ["accuracy", "asked", "checks", "commands", "file", "shown", "slots"]

Language = Literal["id", "en"]
LANGUAGES = ("id", "en")  # in the order of a bilingual sentence
PLACE = re.compile(r"\{\w+\}")  # of a name or number in the sentence of a finding
PICTURED = "samples/documents/Dinas Pendidikan/PK Kasi Kurikulum 2026.pdf"
PICTURE = ROOT / "docs" / "found.png"
PAGE = "drawn/page-002.png"
CUT = (40, 60, 880, 850)  # where there is anything on it, pixels
SHADES = 64


# ---------------------------------------------------------------- commands


def commands(language: Language) -> str:
    """A table of all commands: how they are called, what they do, and their options."""
    heading = {"en": ("command", "what it does", "options"), "id": ("perintah", "gunanya", "pilihan")}
    rows = [
        (f"`{usage}`", _said(one.help or "", language), _options(one))
        for usage, one in leaves(pakta, "pakta")
    ]
    return _table(heading[language], rows)


def leaves(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command of a group and of the groups in it, with how it is called."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path} {name}")
        elif command is not None:
            arguments = [
                one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)
            ]
            yield " ".join([path, name, *arguments]), command


def _options(command: click.Command) -> str:
    return " ".join(f"`{one.opts[0]}`" for one in command.params if isinstance(one, click.Option))


def _said(bilingual: str, language: Language) -> str:
    """One language of a sentence in both."""
    parts = bilingual.split("\n\n", maxsplit=1)[0].split(" / ")
    return " ".join(parts[LANGUAGES.index(language) % len(parts)].split())


# ---------------------------------------------------------------- rules


def file(path: str) -> str:
    """A file, to be copied."""
    return block(path.rpartition(".")[2], *(ROOT / path).read_text(encoding="utf-8").splitlines())


def checks(language: Language) -> str:
    """A table of all checks, the gravest first, and what each says of a document."""
    heading = {"en": ("check", "severity", "it says"), "id": ("pemeriksaan", "tingkat", "bunyinya")}
    off = {"en": " (off)", "id": " (mati)"}
    found = sorted(rules.load().checks, key=lambda check: (SEVERITIES.index(check.severity), check.id))
    rows = [
        (f"`{c.id}`", c.severity + off[language] * c.policy, PLACE.sub("…", getattr(c.message, language)))
        for c in found
    ]
    return _table(heading[language], rows)


# ---------------------------------------------------------------- questions and scores


def asked(language: Language) -> str:
    """A list of the questions that Datasette shows."""
    lines = {"id": "- {title}", "en": "- *{title}* {description}"}
    return "\n".join(lines[language].format(**question) for question in questions().values())


def accuracy(language: Language) -> str:
    """How well it reads, as measured last."""
    return table(language)


SLOTS = ROOT / "docs" / "signatures.md"
SLOT_HEADING = ("blok", "banyaknya", "ditandatangani", "kosong", "tidak jelas")
SLOT_KINDS = (
    ("signed, plain", "ditandatangani, biasa"),
    ("signed, under a stamp", "ditandatangani, di bawah cap"),
    ("signed, faint", "ditandatangani, tipis"),
    ("signed, bitonal", "ditandatangani, hitam putih"),
    ("signed, and a neighbour", "ditandatangani, ada tinta tetangga"),
    ("signed, across a meterai", "ditandatangani, melintasi meterai"),
    ("signed, row of a table", "ditandatangani, baris tabel"),
    ("empty", "kosong"),
    ("empty, bitonal", "kosong, hitam putih"),
    ("empty, dirt or typed words", "kosong, kotor atau ada ketikan"),
    ("empty, row of a table", "kosong, baris tabel"),
    ("stamp only", "hanya cap"),
    ("stamp only, bitonal", "hanya cap, hitam putih"),
    ("initials only", "hanya paraf"),
    ("ink of a neighbour", "tinta tetangga"),
    ("meterai, or the place for it", "meterai, atau tempatnya"),
    ("code", "kode"),
)


def slots(language: Language) -> str:
    """How often the verdict on a place to sign was right, kind by kind, on the blocks by another hand."""
    first = SLOTS.read_text(encoding="utf-8").split("\n## ")[1]
    lines = [line.strip("| ").split(" | ") for line in first.splitlines() if line.startswith("| ")]
    said = dict(SLOT_KINDS) if language == "id" else {}
    heading = SLOT_HEADING if language == "id" else lines[0]
    return _table(heading, [(said.get(kind, kind), *counts) for kind, *counts in lines[1:]])


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


# ---------------------------------------------------------------- the picture


def draw() -> None:
    """A page with what was found on it, small enough for a README."""
    answered(f"pakta rules try perjanjian_kinerja '{PICTURED}' --out drawn")
    with Image.open(desk() / PAGE) as page:
        page.crop(CUT).quantize(SHADES, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    draw()
