"""How often reading is right, on documents whose exact content is known; writes docs/accuracy.json.

python -m benchmarks.accuracy --devset DIR     measures again
python -m benchmarks.accuracy --table en       the table of the README, out of what was measured
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from benchmarks.measure import ROOT
from pipeline import __version__

DEVSET = ROOT.parent / "shared" / "devset"  # generated documents, their truth, and what scores them
SAMPLES = ROOT / "samples"
RESULT = ROOT / "docs" / "accuracy.json"
INGEST = "from pipeline.cli import main; main()"
DONE = (0, 1)  # 1: something in the files needs a person
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
Figures = dict[str, dict[str, dict[str, float]]]  # measure, source: value from 0 to 1, number of cases


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the table: its name here, in the scores, in English and in Indonesian."""

    name: str
    scored: str
    en: str
    id: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents with their truth. `fifth`: the truth knows agreements of other kinds (perjanjian_lain)."""

    name: str
    documents: Path
    registry: Path
    truth: Path
    fifth: bool


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the table says, by language."""

    heads: dict[str, dict[str, str]]
    captions: dict[str, dict[str, str]]
    measures: tuple[Measure, ...]


WORDS = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=Words)


def corpora(devset: Path) -> Iterator[Corpus]:
    """The two that are measured."""
    yield Corpus("devset", devset / "docs", devset / "registry.csv", devset / "truth.jsonl", fifth=False)
    yield Corpus(
        "samples", SAMPLES / "documents", SAMPLES / "registry.csv", SAMPLES / "truth.jsonl", fifth=True
    )


def measured(corpus: Corpus, devset: Path, more: Sequence[str], place: Path) -> dict[str, Any]:
    """What the program reads of a corpus, scored. Raises CalledProcessError where a step fails.

    `more` goes to `pakta ingest` as it is.
    """
    db, predicted, scores = (place / f"{corpus.name}{end}" for end in (".db", ".jsonl", ".json"))
    where = ["--registry", str(corpus.registry), "--db", str(db)]
    _run("-c", INGEST, "ingest", str(corpus.documents), *where, *more, done=DONE)
    keep = ["--keep-lain"] if corpus.fifth else []
    predicted.write_bytes(_run(str(devset / "predict.py"), str(db), *keep))
    _run(str(devset / "score.py"), str(predicted), str(corpus.truth), "--json", str(scores))
    rows = [json.loads(line) for line in corpus.truth.read_text(encoding="utf-8").splitlines()]
    found = figures(json.loads(scores.read_text(encoding="utf-8")))
    return {"files": len({row["file"] for row in rows}), "measures": found}


def figures(scores: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Figures:
    """The figures of the table out of all scores: rates, and F1 where rows are found or missed."""
    return {
        one.name: {
            source: {"value": round(found.get("rate", found.get("f1", 0.0)), 4), "n": found["n"]}
            for source in WORDS.heads["en"]
            if (found := scores.get(one.scored, {}).get(source))
        }
        for one in WORDS.measures
    }


def _run(*arguments: str, done: tuple[int, ...] = (0,)) -> bytes:
    said = [sys.executable, *arguments]
    ended = subprocess.run(said, cwd=ROOT, stdout=subprocess.PIPE, check=False)  # noqa: S603 - our own
    if ended.returncode not in done:
        raise subprocess.CalledProcessError(ended.returncode, arguments)
    return ended.stdout


def table(language: str, known: Mapping[str, Any] | None = None) -> str:
    """The figures as Markdown, in `en` or `id`; those of docs/accuracy.json where none are given.

    The larger corpus comes first. Raises KeyError for another language.
    """
    caption, heads = WORDS.captions[language], WORDS.heads[language]
    known = known or json.loads(RESULT.read_text(encoding="utf-8"))
    return "\n\n".join(
        _part(language, caption[name], heads, corpus) for name, corpus in known["corpora"].items()
    )


def _part(language: str, caption: str, heads: Mapping[str, str], corpus: Mapping[str, Any]) -> str:
    found: Figures = corpus["measures"]
    shown = [source for source in heads if any(source in by for by in found.values())]
    rows = (
        [getattr(one, language), *(_cell(language, found[one.name].get(source)) for source in shown)]
        for one in WORDS.measures
    )
    head = [caption.format(files=corpus["files"]), *(heads[source] for source in shown)]
    return "\n".join([_line(head), "|---|" + "--:|" * len(shown), *map(_line, rows)])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(language: str, found: Mapping[str, float] | None) -> str:
    """A figure, in per cent.

    >>> _cell("id", {"value": 0.9855, "n": 62}), _cell("en", None)
    ('98,6 % (62)', '–')
    """
    if found is None:
        return "–"
    share = f"{100 * found['value']:.1f}"
    return f"{share.replace('.', ',') if language == 'id' else share} % ({found['n']:.0f})"


@click.command()
@click.option("--table", "language", type=click.Choice(list(WORDS.heads)), help="Only print the table.")
@click.option(
    "--devset", type=FOLDER, default=DEVSET, help="Documents, registry, truth, predict.py, score.py."
)
@click.option("--cache", metavar="DIR", type=click.Path(path_type=Path), help="Keeps what OCR has read.")
@click.option("--jobs", default=0, help="Documents at a time; 0: one for each processor.")
def main(language: str | None, devset: Path, cache: Path | None, jobs: int) -> None:
    """Measure on both corpora and write docs/accuracy.json; or print the table of what was measured."""
    if language is None:
        with tempfile.TemporaryDirectory(prefix="pakta-accuracy-") as place:
            more = ["--jobs", str(jobs), "--cache", str(cache or Path(place) / "cache")]
            found = {one.name: measured(one, devset, more, Path(place)) for one in corpora(devset)}
        result = {"version": __version__, "date": date.today().isoformat(), "corpora": found}
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    click.echo(table(language or "en"))


if __name__ == "__main__":
    main()
