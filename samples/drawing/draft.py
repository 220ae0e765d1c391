"""One document on the drawing board: what it says about each person, and the blocks they sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from .data import CITY, MONTHS, Annex, Family, Look, Part, Person, titled
from .flow import FACES, Cell, Mark, Slot, style
from .place import Signing

GAP = "\u00a0"
ROLES = {
    "pk": {"first": "pihak_pertama", "second": "pihak_kedua", "third": "mengetahui"},
    "pakta": {"first": "pembuat", "second": "saksi"},
    "komitmen": {"first": "mengetahui"},
    "pernyataan": {"first": "pembuat"},
    "kerjasama": {"first": "pihak_pertama", "second": "pihak_kedua"},
}


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything needed to draw one part of a file."""

    part: Part
    index: int
    family: Family
    file: str
    people: dict[str, Person]
    annexes: dict[str, Annex]
    looks: dict[str, Look]
    words: dict[str, Any]
    marks: list[Mark]
    seen: bool  # ink is drawn with the page, not added to a scan of it
    width: float  # of the text, points

    def text(self, size: float = 0.0, align: str = "justify", **more: Any) -> Any:
        """A paragraph style of this layout."""
        return style(self.family.font, size or self.family.size, self.family.leading, align, **more)


def hanging(draft: Draft) -> Any:
    """A paragraph style for numbered clauses: the number hangs in the margin."""
    face = FACES[draft.family.font][0]
    return draft.text(leftIndent=24, bulletIndent=2, bulletFontName=face, bulletFontSize=draft.family.size)


def party(draft: Draft, who: str) -> Person:
    """The person behind `first`, `second`, `third`, or a key of the list of people."""
    key = getattr(draft.part, who) if who in ("first", "second", "third") else who
    return draft.people[key]


def said(draft: Draft, who: str, what: str) -> str:
    """What the paper says about a person: `name`, `nip`, `rank`, `position` or `unit`; slips included."""
    person, slips = party(draft, who), draft.part.printed.get(who, {})
    if what == "name":
        return titled(person, slips.get("name", person.name))
    if what == "nip":
        return slips.get("nip", person.nip)
    return slips.get(what) or (office(draft, person) if what == "position" else str(getattr(person, what)))


def office(draft: Draft, person: Person) -> str:
    """The position as this layout prints it, with or without the city behind."""
    ours = person.key != "walikota" and "Kabupaten" not in person.position
    tail = f" Kota {CITY}" if draft.family.city and ours and CITY not in person.position else ""
    return person.position + tail


def office_line(draft: Draft, who: str) -> str:
    """The office above a signature, with its comma."""
    return f"{said(draft, who, 'position')},"


def spaced(nip: str) -> str:
    """`19690712 199403 2 006`; other numbers as they are."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) in (17, 18, 19) else nip


def unit(draft: Draft) -> str:
    """The office the document belongs to."""
    return party(draft, "first").unit if draft.part.first else ""


def filled(draft: Draft, text: str) -> str:
    """A text of the layout with year, office and parties put in."""
    values = {
        "year": draft.part.year,
        "unit": unit(draft),
        "said": draft.part.said,
        "subject": draft.part.subject,
        "number": draft.part.number,
        "city": CITY,
    }
    for who in ("first", "second"):
        if getattr(draft.part, who):
            values |= {
                f"name_{who}": said(draft, who, "name"),
                f"position_{who}": said(draft, who, "position"),
            }
    upper = {name.upper(): str(value).upper() for name, value in values.items()}
    return text.format(**values, **upper)


def dated(draft: Draft) -> str:
    """`Sukamaju, 12 Januari 2026`, or what stands where the day was never filled in."""
    day = draft.part.day
    if draft.part.month or day is None:
        return f"{CITY}, {draft.part.month.replace(' ', GAP)}"
    return f"{CITY}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def block(draft: Draft, entries: list[tuple[str, str]], group: str) -> list[Flowable]:
    """Signature blocks side by side; entries are (who, label), from left to right."""
    sign = draft.family.sign
    columns = [_column(draft, who, label, group) for who, label in entries]
    when = group == "statement" or draft.family.annex_date
    top = _when(draft, len(entries)) if sign.date in ("left", "right") and when else None
    rows = ([top] if top else []) + [list(row) for row in zip(*columns, strict=True)]
    table = Table(rows, colWidths=[draft.width / len(entries)] * len(entries))
    table.setStyle(
        [
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
    )
    own = (
        [Cell(dated(draft), draft.text(align="right", rightIndent=20)), Spacer(1, 6)]
        if sign.date == "own" and when
        else []
    )
    return [KeepTogether([Spacer(1, 10), *own, table])]


def _when(draft: Draft, count: int) -> list[Any]:
    cells: list[Any] = [""] * count
    cells[0 if draft.family.sign.date == "left" else -1] = Cell(dated(draft), draft.text(align="center"))
    return cells


def _column(draft: Draft, who: str, label: str, group: str) -> tuple[Any, Any, Any]:
    sign, centre = draft.family.sign, draft.text(align="center")
    lines = [label] if label else []
    if sign.position:
        lines.append(office_line(draft, who))
    if sign.upper:
        lines = [line.upper() for line in lines]
    return [Cell(line, centre) for line in lines], slot(draft, who, group), signed_name(draft, who)


def slot(draft: Draft, who: str, group: str, size: tuple[float, float] = (170, 52)) -> Slot:
    """The room in which a person signs."""
    role = ROLES.get(draft.part.kind, {}).get(who, "penandatangan")
    person, marks = party(draft, who), draft.part.sign | (draft.part.sign_annex if group == "annex" else {})
    mark = marks.get(role if role != "penandatangan" else who, marks.get("penandatangan", "none"))
    signing = Signing(
        mark,
        person.key,
        said(draft, who, "name"),
        person.position,
        person.unit,
        f"{draft.file} {draft.index} {group}",
    )
    key = ("slot", draft.index, role, who, group, signing)
    height = size[1] - 14 if draft.part.third else size[1]
    return Slot(draft.marks, key, (min(size[0], draft.width / 3.2), height), signing, seen=draft.seen)


def signed_name(draft: Draft, who: str) -> list[Flowable]:
    """The name below a slot, and the lines under it."""
    sign = draft.family.sign
    lines = [decorated(draft, who)] + [_below(draft, who, what) for what in sign.below]
    return [Cell(line, draft.text(align="center")) for line in lines if line]


def block_name(draft: Draft, who: str) -> str:
    """The name as printed in a signature block."""
    person = party(draft, who)
    name = draft.part.printed.get(who, {}).get("name", person.name)
    return titled(person, name.upper() if "upper" in draft.family.sign.name else name)


def decorated(draft: Draft, who: str) -> str:
    """The name of a signature block with its bold and underline."""
    text, look = block_name(draft, who), draft.family.sign.name
    text = f"<u>{text}</u>" if "underline" in look else text
    return f"<b>{text}</b>" if "bold" in look else text


def _below(draft: Draft, who: str, what: str) -> str:
    value = said(draft, who, what)
    return (
        draft.family.sign.nip.format(spaced=spaced(value), plain=value) if what == "nip" and value else value
    )


def pairs(draft: Draft) -> list[tuple[str, str]]:
    """The parties of an agreement, (who, label), in the order of the layout."""
    sign, who = draft.family.sign, {"pihak_pertama": "first", "pihak_kedua": "second"}
    return [(who[role], sign.labels.get(role, "")) for role in sign.order if getattr(draft.part, who[role])]


def paragraphs(draft: Draft, texts: Iterable[str], **more: Any) -> list[Flowable]:
    """Paragraphs with a little air between."""
    return [
        piece
        for text in texts
        if text
        for piece in (Cell(filled(draft, text), draft.text(**more)), Spacer(1, 5))
    ]
