"""What documents print of invented people: abbreviated, respelt, misread, wrong numbers, outsiders."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.people.names import NAMES, Noise
from benchmarks.people.registry import Town
from pipeline.audit.rows import PartyRow, StaffRow

OLD = (("u", "oe"), ("j", "dj"), ("c", "tj"))
UNDOTTED, SHOUTED = 0.15, 0.3  # of the titles: SSos; S.SOS.
SHORT = (
    ("Kepala Sub Bagian", ("Kasubbag", "Kasubbag.", "Kepala Subbag")),
    ("Kepala Bidang", ("Kabid", "Kabid.")),
    ("Kepala Seksi", ("Kasi", "Kasi.")),
    ("Kepala Dinas", ("Kadis",)),
    ("Kepala Badan", ("Kaban",)),
    ("Sekretaris", ("Sekretaris",)),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is printed of somebody, and who it is: the id in the registry, None for an outsider."""

    party: PartyRow
    truth: str | None


class Printer:
    """Prints people of a registry, and outsiders, as spoilt as documents are."""

    def __init__(self, town: Town, staff: Sequence[StaffRow], seed: int) -> None:
        """`seed` fixes all that is drawn."""
        self.town, self.staff = town, staff
        self.noise: Noise = town.words.noise
        self.dice = random.Random(seed)  # noqa: S311 - invented people, no secret
        self.leads = [row for row in staff if _leads(row)] or list(staff)
        self.varied = {one.forms[0]: one.forms[1:] for one in NAMES.varied}

    def queries(self, number: int) -> Iterator[Query]:
        """So many, half of them about leaders, who sign most."""
        for at in range(number):
            if self._happens(self.noise.outsiders):
                yield Query(self._printed(f"q{at}", self._outsider(), own=False), None)
            else:
                row = self.dice.choice(self.leads if self._happens(0.5) else self.staff)
                yield Query(self._printed(f"q{at}", row, own=True), row.id)

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share

    def _outsider(self) -> StaffRow:
        """Somebody with a position like those here, and sometimes the name of somebody here."""
        row = self.town.person(0, self.town.post())
        if self._happens(self.noise.namesakes):
            other = self.dice.choice(self.staff)
            sex = "1" if (other.nip or " " * 18)[14] == "1" else "2"
            nip = f"{(row.nip or '')[:14]}{sex}{(row.nip or '')[15:]}"
            row = replace(row, name=other.name, nip=nip)
        return row

    def _printed(self, at: str, row: StaffRow, *, own: bool) -> PartyRow:
        scanned = self._happens(self.noise.scanned)
        position = self._position(row) if own else row.position
        unit = row.unit
        if own and self._happens(self.noise.moved):
            post = self.town.post()
            position, unit = post.position, post.unit
        shown = None if self._happens(self.noise.without_position) else self._scan(position or "", on=scanned)
        around = (
            None
            if shown is None or self._happens(self.noise.without_unit)
            else self._scan(unit or "", on=scanned)
        )
        name = self._scan(self._name(row), on=scanned)
        return PartyRow(at, name, shown, self._nip(row.nip or "", scanned=scanned), around)

    # ------------------------------------------------------------ names

    def _name(self, row: StaffRow) -> str:
        words = list(self._words(row.name.split()))
        given = self._slipped(" ".join(words)) if self._happens(self.noise.slip) else " ".join(words)
        front, back = row.front_titles, row.back_titles
        if self._happens(self.noise.titles_changed):
            sex = "m" if (row.nip or " " * 18)[14] == "1" else "w"
            front, back = self.dice.choice(
                ((None, None), self.town.titles(sex, lead=True), (front, None), (None, back))
            )
        style = self.dice.random()
        if back and style < SHOUTED:
            back = back.replace(".", "") if style < UNDOTTED else back.upper()
        given = given.upper() if self._happens(0.5) else given
        line = f"{front} {given}" if front else given
        return f"{line}{self.dice.choice((', ', ',', ', '))}{back}" if back else line

    def _words(self, words: list[str]) -> Iterator[str]:
        if len(words) > 2 and self._happens(self.noise.left_out):
            words.pop(self.dice.randrange(1, len(words)))
        if len(words) > 1 and self._happens(self.noise.initials):
            words[-1] = f"{words[-1][0]}."
        for at, word in enumerate(words):
            if at == 0 and word in self.varied and len(words) > 1 and self._happens(self.noise.respelt):
                yield self.dice.choice(self.varied[word])
            elif self._happens(0.02):
                new, old = self.dice.choice(OLD)
                yield word.replace(new, old)
            else:
                yield word

    def _slipped(self, name: str) -> str:
        at = self.dice.randrange(1, len(name))
        kind, letter = self.dice.randrange(4), self.dice.choice("aiueonrst")
        if kind == 0:
            return name[:at] + name[at - 1] + name[at:]
        if kind == 1 and name[at] != " ":
            return name[:at] + name[at + 1 :]
        if kind == 2 and at + 1 < len(name) and " " not in name[at : at + 2]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return name[:at] + letter + name[at + 1 :] if name[at] != " " else name

    # ------------------------------------------------------------ positions, numbers, scans

    def _position(self, row: StaffRow) -> str:
        position = row.position or ""
        if self._happens(self.noise.acting):
            lead = self.dice.choice(self.leads)
            head = (lead.position or "").replace(lead.unit or "-", row.unit or "")
            return f"{self.dice.choice(('Plt.', 'Plh.', 'Pj.'))} {head}"
        if self._happens(self.noise.abbreviated):
            for long, short in SHORT:
                if position.startswith(long):
                    return self.dice.choice(short) + position[len(long) :]
        return position

    def _nip(self, nip: str, *, scanned: bool) -> str | None:
        if self._happens(self.noise.without_nip):
            return None
        if self._happens(self.noise.others_nip):
            return self.dice.choice(self.staff).nip
        (wrong,) = self.dice.choices(range(len(self.noise.wrong_digits)), self.noise.wrong_digits)
        digits = list(nip)
        for at in self.dice.sample(range(len(digits)), wrong):
            digits[at] = self.dice.choice([digit for digit in "0123456789" if digit != digits[at]])
        if wrong and self._happens(0.15):  # a digit too few or too many instead
            at = self.dice.randrange(len(digits))
            digits[at : at + 1] = [] if self._happens(0.5) else [digits[at], digits[at]]
        if scanned:
            digits = [
                self.dice.choice("0123456789") if self._happens(self.noise.misread_digit) else one
                for one in digits
            ]
        return "".join(digits)

    def _scan(self, line: str, *, on: bool) -> str:
        if not on:
            return line
        return "".join(
            self._misread(letter) if self._happens(self.noise.misread) else letter for letter in line
        )

    def _misread(self, letter: str) -> str:
        if letter == " ":
            return ""
        alike = [pair for pair in self.noise.confusions if letter.lower() in pair]
        if alike:
            return self.dice.choice(alike).replace(letter.lower(), "", 1)
        return self.dice.choice(("", letter * 2, "."))


def _leads(row: StaffRow) -> bool:
    return (row.position or "").split(" ")[0] in {"Kepala", "Sekretaris", "Camat", "Lurah"}
