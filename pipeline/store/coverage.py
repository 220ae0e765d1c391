"""Coverage counted from the obligations: by unit, level, type and year, or down to names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BY = {  # what can be counted by, and how it is written
    "unit": "coalesce(u.name, o.unit, '-')",
    "level": "coalesce(o.level, '-')",
    "type": "o.type",
    "year": "o.year",
    "rule": "o.rule",
    "position": "coalesce(o.position, '-')",
}
STATES = ("met", "incomplete", "late", "missing")
COUNTED = ("owed", *STATES, "not_due")
LEVELS = "instr('kepala_daerah II III IV staf', coalesce(o.level, 'staf'))"
ORDER = {"level": LEVELS}
FROM = """
    FROM obligations o LEFT JOIN units u ON u.id = o.unit_id LEFT JOIN staff s ON s.id = o.staff_id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which obligations are counted: of a year, of units whose name holds a text, of a type, of all units."""

    year: int | None = None
    unit: str | None = None
    type: str | None = None
    outside: bool = False  # also units that are not under audit


def counts(by: Sequence[str], wanted: Wanted) -> str:
    """A SELECT of the columns `by`, the counts, and the share that is there in per cent."""
    names = [f"{BY[one]} AS {one}" for one in by]
    numbers = ["sum(o.state <> 'not_due') AS owed"]
    numbers += [f"sum(o.state = '{state}') AS {state}" for state in (*STATES, "not_due")]
    share = "CASE WHEN sum(o.state <> 'not_due') THEN " + (
        "round(100.0 * sum(o.state IN ('met', 'late')) / sum(o.state <> 'not_due'), 1) END AS share"
    )
    group = ", ".join(BY[one] for one in by)
    order = ", ".join(ORDER.get(one, BY[one]) for one in by)
    grouped = f" GROUP BY {group} ORDER BY {order}" if by else ""
    return f"SELECT {', '.join((*names, *numbers, share))} {FROM} {_where(wanted)}{grouped}"


def people(wanted: Wanted) -> str:
    """A SELECT of every obligation with its person, state, reason and the file that settles it."""
    return f"""
        SELECT coalesce(u.name, o.unit, '-') AS unit,
            trim(coalesce(s.front_titles || ' ', '') || coalesce(s.name, '-')
                 || coalesce(', ' || s.back_titles, '')) AS name,
            coalesce(o.position, '-') AS position, o.level AS level, o.type AS type, o.year AS year,
            o.due_on AS due_on, o.state AS state, o.reason AS reason, a.signed_on AS signed_on,
            (SELECT f.shown FROM files f WHERE f.sha256 = a.sha256
             ORDER BY f.gone_run IS NOT NULL, f.path LIMIT 1) AS file
        {FROM} LEFT JOIN agreements a ON a.id = o.agreement_id
        {_where(wanted)} ORDER BY 1, {LEVELS}, position, name, o.year, o.type
    """  # noqa: S608 - names of ours


def outside(wanted: Wanted) -> str:
    """A SELECT of how many units and obligations are under audit, and how many are not."""
    every = Wanted(wanted.year, wanted.unit, wanted.type, outside=True)
    return f"""
        SELECT count(DISTINCT CASE WHEN o.scope THEN coalesce(o.unit_id, o.unit) END),
            count(DISTINCT coalesce(o.unit_id, o.unit)), coalesce(sum(NOT o.scope), 0)
        {FROM} {_where(every)} AND o.state <> 'not_due'
    """


def _where(wanted: Wanted) -> str:
    said = ["1"]
    if not wanted.outside:
        said.append("coalesce(o.scope, 1)")
    if wanted.year is not None:
        said.append(f"o.year = {int(wanted.year)}")
    if wanted.type is not None:
        said.append(f"o.type = {_quoted(wanted.type)}")
    if wanted.unit is not None:
        said.append(f"instr(lower({BY['unit']}), lower({_quoted(wanted.unit)}))")
    return f"WHERE {' AND '.join(said)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "") + "'"
