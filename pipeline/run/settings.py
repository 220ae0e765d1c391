"""Rule files at the top of rules/, which only one room reads, with an office's own laid over."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pipeline.audit.duties import Duties, Duty, read_duty
from pipeline.audit.match import Bands
from pipeline.audit.plans import PlanRule
from pipeline.audit.registry import RegistryRule
from pipeline.audit.results import ResultRule
from pipeline.audit.settings import Settings
from pipeline.audit.superiors import Superiors
from pipeline.audit.terms import Glossary, Terms
from pipeline.audit.units import UnitBands
from pipeline.errors import RuleError
from pipeline.rules import Rules, decode, layered, shipped

T = TypeVar("T")


def settings(rules: Rules, overlay: Path | None) -> Settings:
    """What the audit goes by. Raises RuleError for a file that is wrong, or that nobody reads."""
    files = top_files(overlay)
    bands = decode(files["match.toml"], Bands)
    duties = obligations(rules, overlay)
    return Settings(
        glossary=Glossary(decode(files["terms.toml"], Terms), bands, rules.words, rules.types, duties),
        bands=bands,
        registry=decode(files["registry.toml"], RegistryRule),
        duties=decode(files["coverage.toml"], Duties),
        obligations=duties,
        superiors=decode(files["superiors.toml"], Superiors),
        units=decode(files["units.toml"], UnitBands),
    )


def obligations(rules: Rules, overlay: Path | None) -> tuple[Duty, ...]:
    """Who owes what: rules/obligations, with an office's own laid over. Raises RuleError."""
    files = layered(shipped(), overlay)
    paths = [path for name, path in files.items() if name.startswith("obligations/")]
    return tuple(read_duty(path, rules.types) for path in paths)


def plan_rule(overlay: Path | None) -> PlanRule:
    """How plans are read. Raises RuleError."""
    return decode(top_files(overlay)["plan.toml"], PlanRule)


def result_rule(overlay: Path | None) -> ResultRule:
    """How reported results are read. Raises RuleError."""
    return decode(top_files(overlay)["result.toml"], ResultRule)


def top_files(overlay: Path | None) -> dict[str, Path]:
    """The files at the top of the rules by name. Raises RuleError for one that is not among the shipped."""
    known = _top(layered(shipped(), None))
    found = _top(layered(shipped(), overlay))
    unknown = sorted(set(found) - set(known))
    if unknown:
        names = ", ".join(known)
        raise RuleError(
            f"{found[unknown[0]]}: tidak dikenal / unknown; di sini boleh / here may stand {names}"
        )
    return found


def _top(files: dict[str, Path]) -> dict[str, Path]:
    return {name[1:]: path for name, path in files.items() if name.startswith("/")}
