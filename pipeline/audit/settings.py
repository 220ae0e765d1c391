"""The settings of the audit, as the files at the top of rules/ say them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.audit.duties import Duties, Duty
from pipeline.audit.match import Bands
from pipeline.audit.registry import RegistryRule
from pipeline.audit.superiors import Superiors
from pipeline.audit.terms import Glossary
from pipeline.audit.units import UnitBands


@dataclass(frozen=True, slots=True)
class Settings:
    """What checks may know, how people are matched, how a registry is read, and who owes what."""

    glossary: Glossary
    bands: Bands
    registry: RegistryRule
    duties: Duties
    obligations: tuple[Duty, ...]
    superiors: Superiors
    units: UnitBands
