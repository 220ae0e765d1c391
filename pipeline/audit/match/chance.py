"""How likely each candidate is, and nobody: a conditional logit with the weights of match.toml.

The chance of a candidate is exp(weights x measures) by the sum of that over all candidates and "nobody", so
that people whom nothing tells apart share it (McFadden 1974). benchmarks/people/train.py learns the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

from pipeline.audit.match.compare import Row
from pipeline.audit.match.features import TENTH
from pipeline.audit.match.index import StaffIndex
from pipeline.audit.match.printed import Printed
from pipeline.values import nip

THREE = 3


def chances(one: Printed, rows: Sequence[Row], staff: StaffIndex) -> list[float]:
    """The chance of each candidate, given its measures; what is missing to 1 is the chance of nobody."""
    if not rows:
        return []
    nobody = _score(nobody_measures(one, staff), staff.nobody)
    scores = [_score(row, staff.weights) for row in rows]
    top = max(nobody, *scores)
    parts = [math.exp(score - top) for score in scores]
    whole = sum(parts) + math.exp(nobody - top)
    return [part / whole for part in parts]


def _score(row: Row, weights: Sequence[float]) -> float:
    """The measures by their weights, added up; they are too few for an array to pay."""
    score: float = sum(map(mul, row, weights))
    return score


def nobody_measures(one: Printed, staff: StaffIndex) -> Row:
    """What speaks for nobody, in the order of features.NOBODY."""
    words = one.names[0]
    number = nip(one.nips[0]) if one.nips else None
    rarity = sum([staff.rarity.get(word, staff.unseen) for word in words])
    return (
        1.0,
        float(bool(one.nips)),
        float(number is not None and number.problem is not None),
        float(not one.said),
        rarity / TENTH,
        float(len(words) == 1),
        float(len(words) >= THREE),
    )
