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
EVERYWHERE = "*"  # is the id of no unit


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


@dataclass(frozen=True, slots=True)
class Tree:
    """The posts of a registry; those that a rule can find, by rule and unit; and the unit above each."""

    posts: tuple[Post, ...]
    superiors: Mapping[str, Mapping[str, Sequence[Post]]]
    parents: Mapping[str, str | None]
    spelling: Spelling


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
        staff.append(replace(one.row, superior=found, superior_by=COLUMN if found else None))
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
    tree = _tree(rows, units, rules, spelling)
    posts = {post.row.id: post for post in tree.posts}
    known = {row.id for row in rows}
    for row in rows:
        if row.id in decided and (decided[row.id] in known or decided[row.id] is None):
            yield replace(row, superior=decided[row.id], superior_by=DECISION)
        elif row.superior_by == COLUMN:
            yield row
        else:
            superior, by = _found(posts[row.id], tree, rules) if row.id in posts else (None, None)
            yield replace(row, superior=superior, superior_by=by)


def _tree(rows: Iterable[StaffRow], units: Iterable[UnitRow], rules: Superiors, spelling: Spelling) -> Tree:
    posts = tuple(_post(row, spelling) for row in rows if row.listed and row.position)
    return Tree(
        posts,
        {rule.id: _superiors(rule, posts, spelling) for rule in rules.rule},
        {unit.id: unit.parent_id for unit in units},
        spelling,
    )


def _superiors(rule: SuperiorRule, posts: Iterable[Post], spelling: Spelling) -> Mapping[str, Sequence[Post]]:
    """The posts that a rule can find, by unit; under EVERYWHERE where it asks for no unit."""
    found: dict[str, list[Post]] = defaultdict(list)
    for one in posts:
        if _fits(rule, one, spelling):
            found[EVERYWHERE if rule.where in ("inside", "region") else one.row.unit_id or ""].append(one)
    return found


def _fits(rule: SuperiorRule, one: Post, spelling: Spelling) -> bool:
    if rule.leads and not one.row.head:
        return False
    if rule.where == "inside" and not _begins(one.unit, rule.inside, spelling):
        return False
    return not rule.above or _begins(one.words, rule.above, spelling)


def _post(row: StaffRow, spelling: Spelling) -> Post:
    return Post(row, spelling.of(row.position), spelling.of(row.unit), level(row.position, spelling.words))


def _found(post: Post, tree: Tree, rules: Superiors) -> tuple[str | None, str | None]:
    for rule in rules.rule:
        if not _concerns(rule, post, tree.spelling):
            continue
        above = {one.row.id for one in _candidates(rule, post, tree) if one.row.id != post.row.id}
        if len(above) == 1:
            return above.pop(), rule.id
    return None, None


def _concerns(rule: SuperiorRule, post: Post, spelling: Spelling) -> bool:
    return (
        (rule.heads is None or rule.heads == bool(post.row.head))
        and (not rule.levels or post.level in rule.levels)
        and (not rule.positions or _begins(post.words, rule.positions, spelling))
        and (not rule.units or _begins(post.unit, rule.units, spelling))
    )


def _candidates(rule: SuperiorRule, post: Post, tree: Tree) -> Iterator[Post]:
    for one in _around(rule, post, tree):
        if not rule.named or _names(post, one, rule, tree.spelling):
            yield one


def _around(rule: SuperiorRule, post: Post, tree: Tree) -> Sequence[Post]:
    found, unit = tree.superiors[rule.id], post.row.unit_id
    if EVERYWHERE in found:
        return found[EVERYWHERE]
    if rule.where == "parent":
        unit = tree.parents.get(unit or "")
    return found.get(unit, ()) if unit else ()


def _begins(words: Sequence[str], beginnings: Iterable[str], spelling: Spelling) -> bool:
    return any(tuple(words[: len(begin)]) == begin for begin in map(spelling.of, beginnings) if begin)


def _names(post: Post, superior: Post, rule: SuperiorRule, spelling: Spelling) -> bool:
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
        yield replace(office, superior_id=superior, superior_by=by if superior else None)
