"""`python -m benchmarks.people.train`: learns the weights of rules/match.toml on invented registries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measure import ROOT
from benchmarks.people.cases import Cases, cases, joined
from benchmarks.people.documents import Printer
from benchmarks.people.logit import learned
from benchmarks.people.names import NAMES
from benchmarks.people.registry import Town
from pipeline import rules as rulebook
from pipeline.audit.match import index
from pipeline.audit.match.features import CANDIDATE, LEARNED, NOBODY
from pipeline.run.settings import settings

RULES = ROOT / "rules" / "match.toml"
SEED = 20_260
# Registries of towns and of a province: people, queries, how many of them.
DRAWN = ((3_000, 3_000, 3), (20_000, 7_000, 2), (60_000, 8_000, 1))
PENALTY = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What match.toml holds of it: of candidates, and of nobody."""

    candidate: Mapping[str, float]
    nobody: Mapping[str, float]


def drawn(seed: int) -> Iterator[Cases]:
    """Cases of each registry. `seed` fixes them all."""
    rules = rulebook.load(None)
    bands = settings(rules, None).bands
    for size, queries, times in DRAWN:
        for turn in range(times):
            town = Town(NAMES.training, seed + 31 * turn + size, size)
            staff = list(town.staff(size))
            printer = Printer(town, staff, seed + 57 * turn + size)
            yield cases(printer.queries(queries), index(staff, rules.words, bands))
            click.echo(f"{size} people, {queries} queries", err=True)


def weights(found: Cases, kept: Mapping[str, float]) -> Weights:
    """The weights that the cases teach. What single documents cannot teach, confirmed names, is `kept`."""
    values = [round(float(value), 3) for value in learned(found, PENALTY)]
    candidate = dict(zip(CANDIDATE, values, strict=False))
    nobody = dict(zip(NOBODY, values[len(CANDIDATE) :], strict=True))
    return Weights(candidate | {name: kept[name] for name in LEARNED}, nobody)


def written(rules: str, weights: Weights) -> str:
    """The text of match.toml with these weights in its tables.

    >>> text = "[weights]\\nplace = 1.0\\n\\n[nobody]\\nnobody = 2.0\\n"
    >>> written(text, Weights({"place": 1.5}, {"nobody": 3.0}))
    '[weights]\\nplace = 1.5\\n\\n[nobody]\\nnobody = 3.0\\n'
    """
    for table, values in (("weights", weights.candidate), ("nobody", weights.nobody)):
        lines = "".join(f"{name} = {value}\n" for name, value in values.items())
        rules = re.sub(rf"(?m)(^\[{table}\]\n)(?:\w+ = .*\n)*", f"[{table}]\n{lines}", rules)
    return rules


@click.command()
@click.option("--seed", default=SEED, show_default=True, help="Fixes the registries and documents.")
@click.option("--rules", type=click.Path(path_type=Path), default=RULES, show_default="rules/match.toml")
def main(seed: int, rules: Path) -> None:
    """Learn the weights and write them into match.toml."""
    kept = settings(rulebook.load(None), None).bands.weights
    found = weights(joined(drawn(seed)), kept)
    rules.write_text(written(rules.read_text(encoding="utf-8"), found), encoding="utf-8")
    click.echo(rules.read_text(encoding="utf-8").partition("[weights]")[2].partition("\n# ")[0])


if __name__ == "__main__":
    main()
