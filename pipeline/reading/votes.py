"""Readings of one thing printed in several places, weighed against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pipeline.schema import Fact

SUREST = 0.999  # confidence: no reading counts for more than one of this
CLEAN = 2.0  # more for a reading by eye where nobody signs: neither ink nor stamp can lie over it


def weight(fact: Fact) -> float:
    """What a reading counts for, as evidence adds up: minus the logarithm of how likely it is wrong.

    >>> round(weight(Fact("a", "a", "r", confidence=0.9)), 2), round(weight(Fact("a", "a", "r")), 2)
    (2.3, 6.91)
    """
    clean = fact.origin == "ocr" and fact.rule.startswith("identity")
    return -math.log(1 - min(fact.confidence, SUREST)) + (CLEAN if clean else 0.0)


def together(sure: Iterable[float]) -> float:
    """How sure a thing is that several places say alike: all of them would have to be misread the same way.

    >>> round(together([0.9, 0.9]), 4)
    0.99
    """
    return 1 - math.prod(1 - one for one in sure)
