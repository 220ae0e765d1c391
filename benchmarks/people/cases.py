"""Queries as numbers that weights are learned from: measures of the candidates, and which is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.people.documents import Query
from pipeline.audit.match import StaffIndex
from pipeline.audit.match.candidates import candidates
from pipeline.audit.match.chance import nobody_measures
from pipeline.audit.match.compare import measured
from pipeline.audit.match.features import CANDIDATE, NOBODY
from pipeline.audit.match.printed import printed

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cases:
    """`rows[q, c]` measures candidate c of query q, the last of them nobody; `there` marks real ones."""

    rows: Numbers
    there: npt.NDArray[np.bool_]
    right: npt.NDArray[np.intp]


def cases(queries: Iterable[Query], staff: StaffIndex) -> Cases:
    """The queries with a readable name. Who is not among the candidates counts as nobody."""
    wide, most = len(CANDIDATE) + len(NOBODY), staff.bands.weighed
    rows, there, right = [], [], []
    for query in queries:
        one = printed(query.party, staff)
        if one is None:
            continue
        found = candidates(one, staff)
        table = np.zeros((most + 1, wide))
        for at, number in enumerate(found):
            table[at, : len(CANDIDATE)] = measured(one, staff.people[number], staff)
        table[most, len(CANDIDATE) :] = nobody_measures(one, staff)
        ids = [staff.people[number].row.id for number in found]
        rows.append(table)
        there.append([at < len(found) or at == most for at in range(most + 1)])
        right.append(ids.index(query.truth) if query.truth in ids else most)
    return Cases(np.array(rows), np.array(there), np.array(right))


def joined(parts: Iterable[Cases]) -> Cases:
    """Several sets as one."""
    all_ = list(parts)
    return Cases(
        np.concatenate([one.rows for one in all_]),
        np.concatenate([one.there for one in all_]),
        np.concatenate([one.right for one in all_]),
    )
