"""Conditional logit (McFadden 1974): the weights under which what happened is likeliest, by Newton."""

from __future__ import annotations

import numpy as np

from benchmarks.people.cases import Cases, Numbers

STEPS = 60
ENOUGH = 1e-7  # change of a weight at which the search ends


def learned(cases: Cases, penalty: float) -> Numbers:
    """A weight for each measure. `penalty` (ridge) holds weights near 0: rare measures stay moderate."""
    number, wide = len(cases.rows), cases.rows.shape[2]
    weights = np.zeros(wide)
    for _ in range(STEPS):
        chance = chances(cases, weights)
        mean = np.einsum("qc,qcf->qf", chance, cases.rows)
        chosen = cases.rows[np.arange(number), cases.right]
        slope = (chosen - mean).sum(axis=0) - penalty * weights
        flat = cases.rows.reshape(-1, wide)
        curve = flat.T @ (flat * chance.reshape(-1, 1)) - mean.T @ mean + penalty * np.eye(wide)
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < ENOUGH:
            break
    return weights


def chances(cases: Cases, weights: Numbers) -> Numbers:
    """The chance of each candidate of each query under some weights; the last column is nobody."""
    scores = np.where(cases.there, cases.rows @ weights, -np.inf)
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Numbers = parts / parts.sum(axis=1, keepdims=True)
    return found
