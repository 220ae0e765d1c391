"""What announces a signature block: a role phrase, or place and date where no role stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from pipeline.reading.labelled import NAMED, label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, Run
from pipeline.reading.phrases import fold, starts
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Box, Word, around

TAIL = 14  # letters that may follow a role phrase on its line
OFFICE_WORDS = 10  # an office beside its role has no more
FOOT = 0.9  # of the height of a page: below it stand running feet
SAME_BAND = 4.0  # letter heights between role lines that stand side by side
OFFICES = 4.0  # letter heights from place and date to the offices under them
ROOM = 1.7  # letter heights to sign in
ALIKE = 80  # per cent: of a role badly read, beside another of its kind


@dataclass(frozen=True, slots=True)
class Head:
    """What announces a block: a role phrase, or the place and date over it."""

    role: str | None
    box: Box
    size: float
    text: str
    tail: tuple[Word, ...] = ()  # the position, where it follows the role on its line


def heads(leaf: Leaf, rule: TypeRule, words: Lexicon, areas: Sequence[Box]) -> list[Head]:
    roles = [h for h in _role_heads(leaf, rule, words) if not any(a.holds(h.box) for a in areas)]
    dates = [h for h in _date_heads(leaf) if not any(a.holds(h.box) for a in areas)]
    first = min((h.box.top for h in dates), default=None)
    if first is not None and _followed(first, leaf):
        roles = [h for h in roles if h.box.top > first - 3 * h.size]
    dated = next((p for p in rule.party if p.dated), None)
    if dated is not None and not dated.many and not any(h.role == dated.role for h in roles):
        alone = [h for h in dates if not any(_under(h, r) for r in roles)]
        silent = not roles
        roles += [Head(dated.role, h.box, h.size, h.text) for h in alone[-1:]]
        roles += _beside(alone[-1], leaf, rule, words) if alone and silent else []
    roles = [h for h in roles if not _goes_on(h, roles)]
    return sorted((h for h in roles if not _caption(h, roles)), key=lambda h: (h.box.top, h.box.x0))


def _beside(date: Head, leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Head]:
    """Where no role is printed, an office left of the one under place and date: of the next to sign."""
    signing = [s.role for s in rule.signature]
    for line in leaf.lines:
        if not 0 < line.box.top - date.box.top < OFFICES * date.size or len(line.runs) != 2:
            continue
        left, right = line.runs
        if left.box.x1 < date.box.x0 <= right.box.x1 and _office(left.text, words) and len(signing) > 1:
            box = Box(left.box.x0, date.box.top, left.box.x1, date.box.bottom)
            yield Head(signing[1], box, date.size, left.text)
            return


def _followed(date: float, leaf: Leaf) -> bool:
    """Whether more than a running foot stands under place and date at this height."""
    foot = FOOT * leaf.layout.height
    return sum(date + ln.size < ln.box.top < foot for ln in leaf.lines) > 1


def _goes_on(head: Head, heads: Sequence[Head]) -> bool:
    """Whether the next line says the role: 'Yang berjanji,' over 'Pihak Pertama', no room to sign between."""
    return any(
        0 < h.box.top - head.box.top < ROOM * h.size
        and min(abs(h.box.x0 - head.box.x0), abs(h.box.middle - head.box.middle)) < h.size
        for h in heads
    )


def _caption(head: Head, heads: Sequence[Head]) -> bool:
    """Whether a role line only stands over two of its kind: 'Saksi-saksi:' over 'Saksi I' and 'Saksi II'."""
    under = [h for h in heads if h.role == head.role and 0 < h.box.top - head.box.top < SAME_BAND * h.size]
    return len(under) >= 2


def _role_heads(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Head]:
    for place, line in enumerate(leaf.lines):
        found = [
            head
            for run in line.runs
            if (head := _with_office(run, rule, words) or _alone(run, rule, words)) is not None
            and not (_in_paragraph(leaf, place, run) or _called(leaf, place, run, words))
        ]
        if found and not _over_identity(line, leaf.lines[place + 1 : place + 2], words):
            yield from (*found, *_counted_on(line, found))


def _counted_on(line: Line, found: Sequence[Head]) -> Iterator[Head]:
    """Beside 'Saksi 1' another of its kind that was not read well: 'Saks 2'."""
    counted = {fold(h.text)[-1]: h for h in found if fold(h.text)[-1:].isdigit()}
    for run in line.runs if counted else ():
        text = fold(run.text)
        if not text[-1:].isdigit() or text[-1] in counted:
            continue
        like = (h for h in counted.values() if ratio(fold(h.text)[:-1], text[:-1]) >= ALIKE)
        yield from (Head(h.role, run.box, run.size, run.text) for h in [*like][:1])


def _called(leaf: Leaf, place: int, run: Run, words: Lexicon) -> bool:
    """Whether a role is what somebody is called: right under 'selanjutnya disebut', beside who it is."""
    above = [r for line in leaf.lines[max(0, place - 2) : place] for r in line.runs]
    over = [r for r in above if run.box.top - r.box.bottom < run.size and _overlap(r.box, run.box)]
    return any(r.text.lower().rstrip(' :"“').endswith(called) for r in over for called in words.labels.called)


def _overlap(one: Box, other: Box) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0)


def _over_identity(line: Line, below: Sequence[Line], words: Lexicon) -> bool:
    """Whether a line heads an identity: 'Nama : ...' follows, with no room to sign between."""
    named = [ln for ln in below if (found := label(ln, words.labels)) is not None and found.field in NAMED]
    return any(ln.box.top - line.box.bottom < ROOM * ln.size for ln in named)


def _role(run: Run, rule: TypeRule, words: Lexicon) -> str | None:
    """The role that a run announces, if it says little else, or only the office: 'Saksi, Lurah Sukamaju'."""
    found = _announced(run.text, rule)
    if found is None:
        return None
    role, phrase = found
    tail = fold(run.text)[len(fold(phrase)) :]
    after = _announced(tail, rule)  # "Menyetujui, Pihak Kedua": the second is the part that is played
    if after is not None:
        role, tail = after[0], tail[len(fold(after[1])) :]
    return role if len(tail) <= TAIL or _after_comma(run.text, words) else None


def _after_comma(text: str, words: Lexicon) -> bool:
    """Whether an office, and no sentence, follows the first comma of a text."""
    _, _, after = text.partition(",")
    return 0 < len(after.split()) <= OFFICE_WORDS and _office(after.strip(), words)


def _office(text: str, words: Lexicon) -> bool:
    """Whether a text begins as positions do."""
    return starts(text, words.offices.begins, 92) is not None


def _alone(run: Run, rule: TypeRule, words: Lexicon) -> Head | None:
    role = _role(run, rule, words)
    return Head(role, run.box, run.size, run.text) if role is not None else None


def _with_office(run: Run, rule: TypeRule, words: Lexicon) -> Head | None:
    """The head of a run that is a role, a comma or colon, and an office, which is the signer's position."""
    count = next((n for n, w in enumerate(run.words[:-1], 1) if w.text[-1] in ",:"), len(run.words))
    said, tail = run.words[:count], run.words[count:]
    text = " ".join(w.text for w in said)
    found = _announced(text, rule)
    if found is None or not tail or len(tail) > OFFICE_WORDS or len(fold(text)) > len(fold(found[1])) + 2:
        return None
    if not _office(" ".join(w.text for w in tail), words):
        return None
    return Head(found[0], around([w.box for w in said]) or run.box, run.size, text, tail)


def _announced(text: str, rule: TypeRule) -> tuple[str, str] | None:
    """The role whose longest phrase a text begins with, and that phrase."""
    said = [
        (len(fold(p)), party.role, p)
        for party in rule.party
        if (p := starts(text, party.anchors, 85)) is not None
    ]
    return max(said)[1:] if said else None


def _in_paragraph(leaf: Leaf, place: int, run: Run) -> bool:
    """Whether a run is the last line of running text."""
    above = leaf.lines[place - 1] if place else None
    if above is None or not leaf.prose(above):
        return False
    return run.box.top - above.box.bottom < 0.9 * run.size and abs(run.box.x0 - above.box.x0) < run.size


def _date_heads(leaf: Leaf) -> Iterator[Head]:
    for span in leaf.labelled("dateline"):
        line, dated = leaf.lines[span.line], leaf.dated(span)
        run = next((r for r in line.runs if dated[0] in r.words), line.runs[0])
        if len([w for w in run.words if w not in dated]) <= 2 and not leaf.prose(line):
            box = around([w.box for w in dated]) or span.box
            yield Head(None, box, run.size, " ".join(w.text for w in dated))


def _under(date: Head, role: Head) -> bool:
    """Whether a role line belongs to a date: close, and in its column."""
    near = -3 * role.size < role.box.top - date.box.top < 5 * role.size
    return near and abs(role.box.middle - date.box.middle) < max(role.box.width, date.box.width)
