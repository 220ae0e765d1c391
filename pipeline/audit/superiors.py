"""Who stands above whom: said by a column of the registry, by a person, or found by superiors.toml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.audit.offices import Listed, office_id
from pipeline.audit.positions import level
from pipeline.audit.rows import OfficeRow, StaffRow, UnitRow
from pipeline.audit.spelling import Spelling
from pipeline.rules import Lexicon, Strict
from pipeline.values import folded, nip

COLUMN, DECISION = "registry", "decision"


class SuperiorRule(Strict, frozen=True):
    """A rule of superiors.toml: whose superior it finds, and where."""

    id: str
    why: str
    where: Literal["unit", "parent", "inside", "region"]
    heads: bool | None = None
    levels: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    leads: bool = False
    inside: tuple[str, ...] = ()
    named: bool = False


class Superiors(Strict, frozen=True):
    """The file superiors.toml."""

    rule: tuple[SuperiorRule, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A person in the office they hold now, ready to be compared."""

    row: StaffRow
    words: tuple[str, ...]
    unit: tuple[str, ...]
    level: str | None


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule with its beginnings written out, and everybody whom it could name, by unit."""

    rule: SuperiorRule
    positions: tuple[Words, ...]
    units: tuple[Words, ...]
    able: Mapping[str | None, tuple[Post, ...]]


# ---------------------------------------------------------------- said by a column


def with_superiors(listed: Sequence[Listed]) -> tuple[tuple[StaffRow, ...], list[str]]:
    """People with the id of their superior, and the rows whose superior is nobody here, or several."""
    ids = _ids(listed) if any(one.row.superior for one in listed) else {}
    staff, unknown = [], []
    for one in listed:
        raw = one.row.superior
        found = ids.get(_plain(raw)) if raw else None
        if raw and found is None:
            unknown.append(f"{one.entry.number} ({raw})")
        staff.append(
            replace(one.row, superior=found, superior_by=COLUMN if found else None) if raw else one.row
        )
    return tuple(staff), unknown


def _ids(listed: Iterable[Listed]) -> Mapping[str, str]:
    """Id by number, key, name and position, where only one person has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        key, name = one.entry.get("key"), one.entry.get("name")
        for text in (one.row.nip, key, one.row.name, name, one.row.position):
            if text:
                found[_plain(text)].add(one.row.id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def _plain(raw: str) -> str:
    number = nip(raw)
    return number.digits if number else folded(raw)


# ---------------------------------------------------------------- found by rules


def placed(
    staff: Iterable[StaffRow],
    units: Iterable[UnitRow],
    rules: Superiors,
    spelling: Spelling,
    decided: Mapping[str, str | None],
) -> Iterator[StaffRow]:
    """Everybody with their superior: decided by a person, said by the registry, or found by a rule.

    Who is no longer listed has none. A rule that finds nobody, or several, leaves it to the next one.
    """
    rows = tuple(staff)
    posts = {row.id: _post(row, spelling) for row in rows if row.listed and row.position}
    ready = [_ready(rule, tuple(posts.values()), spelling) for rule in rules.rule]
    parents = {unit.id: unit.parent_id for unit in units}
    known = {row.id for row in rows}
    for row in rows:
        if row.id in decided and (decided[row.id] in known or decided[row.id] is None):
            yield replace(row, superior=decided[row.id], superior_by=DECISION)
        elif row.superior_by == COLUMN:
            yield row
        else:
            found = _found(posts[row.id], ready, parents) if row.id in posts else (None, None)
            same = found == (row.superior, row.superior_by)
            yield row if same else replace(row, superior=found[0], superior_by=found[1])


def _post(row: StaffRow, spelling: Spelling) -> Post:
    return Post(row, spelling.of(row.position), spelling.of(row.unit), level(row.position, spelling.words))


def _ready(rule: SuperiorRule, posts: Sequence[Post], spelling: Spelling) -> Ready:
    above, inside = _written(rule.above, spelling), _written(rule.inside, spelling)
    able: dict[str | None, list[Post]] = defaultdict(list)
    for post in posts:
        leads = post.row.head or not rule.leads
        if leads and (not above or _begins(post.words, above)) and (not inside or _begins(post.unit, inside)):
            able[post.row.unit_id if rule.where in ("unit", "parent") else None].append(post)
    found = {unit: tuple(some) for unit, some in able.items()}
    return Ready(rule, _written(rule.positions, spelling), _written(rule.units, spelling), found)


def _written(beginnings: Iterable[str], spelling: Spelling) -> tuple[Words, ...]:
    return tuple(words for words in map(spelling.of, beginnings) if words)


def _begins(words: Words, beginnings: Iterable[Words]) -> bool:
    return any(words[: len(begin)] == begin for begin in beginnings)


def _found(
    post: Post, ready: Iterable[Ready], parents: Mapping[str, str | None]
) -> tuple[str | None, str | None]:
    for one in ready:
        if not _concerns(one, post):
            continue
        around = one.able.get(_where(one.rule, post, parents), ())
        named = (over for over in around if not one.rule.named or _names(post, over))
        above = {over.row.id for over in named} - {post.row.id}
        if len(above) == 1:
            return above.pop(), one.rule.id
    return None, None


def _concerns(ready: Ready, post: Post) -> bool:
    rule = ready.rule
    return (
        (rule.heads is None or rule.heads == bool(post.row.head))
        and (not rule.levels or post.level in rule.levels)
        and (not ready.positions or _begins(post.words, ready.positions))
        and (not ready.units or _begins(post.unit, ready.units))
    )


def _where(rule: SuperiorRule, post: Post, parents: Mapping[str, str | None]) -> str | None:
    """The unit in which the superior is looked for; None for all, and an id of none for nowhere."""
    if rule.where in ("region", "inside"):
        return None
    unit = post.row.unit_id or ""
    return unit if rule.where == "unit" else parents.get(unit) or ""


def _names(post: Post, superior: Post) -> bool:
    """Whether what the superior leads stands, word by word, in the subordinate's position."""
    led = superior.words[1:]
    unit = set(superior.unit)
    core = tuple(word for word in led if word not in unit)
    text = " ".join(post.words)
    return (
        len(core) > 1 and (" ".join(led) in text or " ".join(core) in text) and post.words != superior.words
    )


# ---------------------------------------------------------------- offices


def above(offices: Iterable[OfficeRow], staff: Iterable[StaffRow], words: Lexicon) -> Iterator[OfficeRow]:
    """Offices with the office above, where all who hold one have the same; offices of nobody stay bare."""
    rows = [row for row in staff if row.listed and row.position]
    held = {row.id: office_id(row.position or "", row.unit_id, words) for row in rows}
    found: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for row in rows:
        found[held[row.id]].add((held.get(row.superior or ""), row.superior_by))
    for office in offices:
        over = found.get(office.id, set())
        superior, by = next(iter(over)) if len(over) == 1 else (None, None)
        by = by if superior else None
        same = (office.superior_id, office.superior_by) == (superior, by)
        yield office if same else replace(office, superior_id=superior, superior_by=by)
