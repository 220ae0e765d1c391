"""What the samples say and lack: one row for each agreement, from the data and the marks of the drawing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from . import annex
from .data import Annex, File, Indicator, Look, Part
from .draft import ROLES, Draft, block_name, said, spaced, unit
from .flow import Box, Mark
from .place import STATES, placed

TYPES = {
    "pk": "perjanjian_kinerja",
    "pakta": "pakta_integritas",
    "komitmen": "komitmen_bersama",
    "pernyataan": "perjanjian_lain",
    "kerjasama": "perjanjian_lain",
}
NUMBER = re.compile(r"^(?:<=|<|>|Rp)?\s*(\d[\d.]*(?:,\d+)?)\s*(.*)$")
Row = dict[str, Any]
Mover = Callable[[int, Box], Box]  # page and box as drawn -> box as captured


def rows(
    file: File,
    drafts: list[Draft],
    marks: tuple[Mark, ...],
    pages: int,
    source: str,
    mover: Mover,
    changed: bool,
) -> Iterator[Row]:
    """The rows of one file; one row of type `other` where there is no agreement."""
    for draft in drafts:
        ours = [mark for mark in marks if mark.key[1] == draft.index]
        row = {
            "file": file.name,
            "agreement_index": draft.index,
            "n_agreements": len(drafts),
            "source": source,
            "n_pages_file": pages,
        }
        if draft.part.kind in TYPES:
            yield row | _agreement(draft, ours, mover, changed=changed)
        else:
            yield row | _other(pages)


def _other(pages: int) -> Row:
    empty: Row = dict.fromkeys(("year", "date", "place", "organisation", "budget_total_printed"))
    lists: Row = {
        name: [] for name in ("parties", "indicators", "programs", "pledges", "signatures", "defects")
    }
    return {"doc_type": "other", "pages": [1, pages], "revised": False, **empty, **lists}


def _agreement(draft: Draft, marks: list[Mark], mover: Mover, *, changed: bool) -> Row:
    part = draft.part
    start, end = (next(mark.page for mark in marks if mark.key[0] == name) for name in ("start", "end"))
    signatures = [_signature(mark, mover, changed=changed) for mark in marks if mark.key[0] == "slot"]
    row = {
        "doc_type": TYPES[part.kind],
        "family": part.family,
        "pages": [start, end],
        "year": part.year,
        "date": None if part.month else str(part.day),
        "place": "Sukamaju",
        "organisation": unit(draft) or "Kecamatan Lembah Asri",
        "revised": part.revised,
        "parties": [_party(draft, who, role) for who, role in _parties(part)],
        "indicators": list(_indicators(draft, marks)),
        "programs": list(_programs(draft, marks)),
        "budget_total_printed": _total(draft),
        "pledges": _pledges(part),
        "signatures": signatures,
    }
    return row | {"defects": [*_defects(draft, row), *({**defect} for defect in part.defects)]}


def _parties(part: Part) -> list[tuple[str, str]]:
    named = [(who, role) for who, role in ROLES[part.kind].items() if getattr(part, who)]
    return [*((who, "penandatangan") for who in part.people), *named]


def _party(draft: Draft, who: str, role: str) -> Row:
    person = draft.people[getattr(draft.part, who) if who in ("first", "second", "third") else who]
    return {
        "role": role,
        "name_printed": block_name(draft, who),
        "name_ident": said(draft, who, "name") if _identified(draft, who) else None,
        "position": said(draft, who, "position"),
        "nip_printed": _number(draft, who, role),
        "rank": person.rank if person.rank and _prints(draft, who, "rank") else None,
        "registry_nip": person.nip if person.registry == "yes" and person.nip else None,
        "elected": person.key == "walikota",
        "unit": person.unit,
    }


def _identified(draft: Draft, who: str) -> bool:
    return draft.part.kind != "komitmen" and (
        who == "first" or (who == "second" and draft.part.kind in ("pk", "kerjasama"))
    )


def _prints(draft: Draft, who: str, what: str) -> bool:
    if what in draft.family.sign.below and (draft.part.kind != "komitmen" or who == "first"):
        return True
    return _identified(draft, who) and any(what == field for _, field in draft.family.identity)


def _number(draft: Draft, who: str, role: str) -> str | None:
    value = said(draft, who, "nip")
    if not value or (role == "penandatangan" and draft.part.table == "grid"):
        return None
    return spaced(value) if "{spaced}" in draft.family.sign.nip and role != "penandatangan" else value


def _signature(mark: Mark, mover: Mover, *, changed: bool) -> Row:
    _, _, role, _, group, signing = mark.key
    state = "digital_tampered" if changed and signing.mark == "esign" else STATES[signing.mark]
    slot = mover(mark.page, mark.box)
    ink = [
        piece.box
        for piece in placed(signing, mark.box[2] - mark.box[0], mark.box[3] - mark.box[1])
        if piece.kind == "hand"
    ]
    box = mover(mark.page, _on_page(mark.box, ink[0])) if ink else slot
    return {
        "role": role,
        "name": signing.name,
        "group": group,
        "page": mark.page,
        "bbox": box,
        "slot_bbox": slot,
        "state": state,
        "stamp": "stamp" in signing.mark,
    }


def _on_page(slot: Box, ink: Box) -> Box:
    """The box of a picture, which is given from the lower left of its slot."""
    left, bottom, width, height = ink
    return (slot[0] + left, slot[3] - bottom - height, slot[0] + left + width, slot[3] - bottom)


def _look(draft: Draft) -> Look:
    return draft.looks[draft.part.table]


def _annex(draft: Draft) -> Annex:
    return draft.annexes[draft.part.annex]


def _keys(look: Look) -> set[str]:
    return {column.key for column in look.columns}


def _page(marks: list[Mark], kind: str, i: int) -> int:
    return next(mark.page for mark in marks if mark.key[0] == kind and mark.key[2] == i)


def _indicators(draft: Draft, marks: list[Mark]) -> Iterator[Row]:
    if not draft.part.annex:
        return
    keys = _keys(_look(draft))
    for i, row in enumerate(_annex(draft).indicators):
        value, measured_in = meaning(row, "unit" in keys)
        yield {
            "objective": row.objective,
            "indicator": row.measure,
            "target_printed": row.target,
            "target_value": value,
            "unit": measured_in,
            "quarterly": list(row.quarters) if "q1" in keys else None,
            "owner": (row.owner or None) if "owner" in keys else None,
            "page": _page(marks, "indicator", i),
        }


def meaning(row: Indicator, column: bool) -> tuple[float | None, str | None]:
    """The number of a target, and its unit from the unit column or from behind the number."""
    found = NUMBER.match(row.target)
    value = float(found[1].replace(".", "").replace(",", ".")) if found else None
    behind = found[2] if found and not row.target.startswith("Rp") else ""
    return value, (row.unit if column else behind) or None


def _programs(draft: Draft, marks: list[Mark]) -> Iterator[Row]:
    if not draft.part.annex or not (draft.part.money or "program" in _keys(_look(draft))):
        return
    noted = bool(draft.part.money) and "note" in _keys(draft.looks[draft.part.money])
    for i, row in enumerate(_annex(draft).budgets):
        yield {
            "level": row.level,
            "name": row.name,
            "budget_rupiah": row.amount,
            "note": (row.note or None) if noted else None,
            "page": _page(marks, "budget", i),
        }


def _total(draft: Draft) -> int | None:
    looks = [
        look
        for look in (draft.part.money, draft.part.table)
        if look in draft.looks and draft.looks[look].total
    ]
    if not looks or not draft.part.annex:
        return None
    return draft.part.total or annex.grand(_annex(draft).budgets)


def _pledges(part: Part) -> list[int]:
    return list(part.pledges or range(1, 8)) if part.kind == "pakta" else list(part.pledges)


def _defects(draft: Draft, row: Row) -> Iterator[Row]:
    """What can be told from the row itself."""
    yield from _unsigned(row["signatures"], draft)
    if row["date"] is None:
        yield {"code": "missing_date", "detail": f"the day is not filled in: {draft.part.month.strip()}"}
    if draft.part.kind == "pk" and not row["indicators"]:
        yield {"code": "missing_annex", "detail": "no annex pages"}
    if "blank" in draft.part.extras:
        yield {"code": "blank_page", "detail": "an empty page between statement and annex"}
    if draft.part.total:
        summed = annex.grand(_annex(draft).budgets)
        yield {"code": "budget_total_mismatch", "detail": f"printed {draft.part.total}, sum {summed}"}
    yield from _gaps(draft, row)


def _unsigned(signatures: list[Row], draft: Draft) -> Iterator[Row]:
    for code, states in (("missing_signature", ("missing", "stamp_only")), ("stamp_only", ("stamp_only",))):
        roles = sorted({signature["role"] for signature in signatures if signature["state"] in states})
        if roles:
            yield {"code": code, "detail": f"missing: {', '.join(roles)}", "roles": roles}
    roles = sorted(role for role, mark in draft.part.sign.items() if mark == "paraf")
    if roles:
        yield {"code": "paraf_only", "detail": f"initials only: {', '.join(roles)}", "roles": roles}
    if any(signature["state"] == "digital_tampered" for signature in signatures):
        yield {"code": "tampered_signature", "detail": "changed after signing"}


def _gaps(draft: Draft, row: Row) -> Iterator[Row]:
    targets = [i for i, indicator in enumerate(row["indicators"]) if not indicator["target_printed"]]
    if targets:
        yield {"code": "indicator_without_target", "detail": "target cell empty", "rows": targets}
    owners = [i for i, indicator in enumerate(row["indicators"]) if not indicator["owner"]]
    if owners and draft.part.annex and "owner" in _keys(_look(draft)):
        yield {"code": "indicator_without_owner", "detail": "owner cell empty", "rows": owners}
    missing = sorted(set(range(1, 8)) - set(row["pledges"])) if draft.part.kind == "pakta" else []
    for number in missing:
        yield {"code": "missing_pledge_number", "detail": f"number {number} missing", "number": number}
