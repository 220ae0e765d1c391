"""Invented registries: units, positions and people of one or several regions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.people.names import NAMES, NameMaker, WordSet
from pipeline.audit.rows import StaffRow

OF_REGION = 15_000  # people that one region employs, about
OFFICIALS = 0.12  # of them lead something
CONTRACT = 0.16  # have the number of contract staff
LEADING = 0.4  # of the posts that outsiders claim
LEVELS = ("Kelurahan", "Kecamatan", "Puskesmas", "SD Negeri", "SMP Negeri")


@dataclass(frozen=True, slots=True)
class Post:
    """A position in a unit. `lead`: held by one person at a time."""

    position: str
    unit: str
    lead: bool


class Town:
    """Draws the people of registries of one word set."""

    def __init__(self, words: WordSet, seed: int, size: int) -> None:
        """A registry of about `size` people, in as many regions as it takes."""
        self.maker = NameMaker(words, seed)
        self.dice = random.Random(seed + 1)  # noqa: S311 - invented people, no secret
        self.words = words
        number = max(1, round(size / OF_REGION))
        names = [f"{words.regions[at % len(words.regions)]}{_ordinal(at, words)}" for at in range(number)]
        self.units = [unit for region in names for unit in self._units(region, several=number > 1)]
        self.posts = [post for unit in self.units for post in self._leads(unit)]

    def staff(self, size: int) -> Iterator[StaffRow]:
        """`size` people: leaders for the posts there are, and many who share a job."""
        leads = list(self.posts)
        self.dice.shuffle(leads)
        for at in range(size):
            post = leads.pop() if leads and self.dice.random() < OFFICIALS else self._job()
            yield self.person(at, post)

    def person(self, at: int, post: Post) -> StaffRow:
        """Somebody with a number, a name, titles and this post."""
        sex = self.dice.choice("mw")
        nip = self.number(sex)
        front, back = self.titles(sex, lead=post.lead)
        return StaffRow(
            id=f"{at:07}",
            nip=nip,
            name=" ".join(self.maker.name(sex)),
            front_titles=front,
            back_titles=back,
            position=post.position,
            unit=post.unit,
            kind="PPPK" if nip[12:14] >= "21" else "PNS",
        )

    def post(self) -> Post:
        """Any post of the registry, also one that somebody has."""
        return self.dice.choice(self.posts) if self.dice.random() < LEADING else self._job()

    def titles(self, sex: str, *, lead: bool) -> tuple[str | None, str | None]:
        """Titles before and after a name; leaders have more."""
        front = NAMES.front_men if sex == "m" else NAMES.front_women
        before = self.dice.choice(front) if self.dice.random() < (0.4 if lead else 0.15) else None
        return before, self.dice.choice(NAMES.back) if self.dice.random() < (0.9 if lead else 0.7) else None

    def number(self, sex: str) -> str:
        """A well-formed NIP."""
        dice = self.dice
        year = min(max(round(dice.gauss(1978, 9)), 1962), 2002)
        month, day = dice.randint(1, 12), dice.randint(1, 28)
        since = min(year + dice.randint(20, 35), 2025)
        if dice.random() < CONTRACT:
            cohort = f"{max(since, 2019)}21"
        else:
            cohort = f"{since}{dice.choice((1, 3, 3, 4, 12, dice.randint(1, 12))):02}"
        serial = min(int(dice.expovariate(1 / 14)) + 1, 999)
        return f"{year}{month:02}{day:02}{cohort}{'1' if sex == 'm' else '2'}{serial:03}"

    def _units(self, region: str, *, several: bool) -> Iterator[str]:
        end = f" {region}" if several else ""
        yield from (f"Dinas {field}{end}" for field in self.words.fields)
        yield from (f"Badan {board}{end}" for board in self.words.boards)
        yield from (f"{one}{end}" for one in ("Sekretariat Daerah", "Inspektorat", "RSUD"))
        places = sorted({self.maker.rare[self.dice.randrange(4000)] for _ in range(30)})
        for at, place in enumerate(places):
            yield f"{LEVELS[at % len(LEVELS)]} {place}{end}"

    def _leads(self, unit: str) -> Iterator[Post]:
        kind, _, rest = unit.partition(" ")
        head = {"Kecamatan": f"Camat {rest}", "Kelurahan": f"Lurah {rest}"}.get(kind, f"Kepala {unit}")
        yield Post(head, unit, lead=True)
        yield Post(f"Sekretaris {unit}", unit, lead=True)
        yield from (Post(f"Kepala Sub Bagian {name} {unit}", unit, lead=True) for name in self.words.offices)
        if kind in {"Dinas", "Badan"}:
            for division in self.dice.sample(self.words.divisions, 4):
                yield Post(f"Kepala Bidang {division} {unit}", unit, lead=True)
                for field in self.dice.sample(self.words.divisions, 2):
                    yield Post(f"Kepala Seksi {field} {division}", unit, lead=True)

    def _job(self) -> Post:
        return Post(self.dice.choice(self.words.jobs), self.dice.choice(self.units), lead=False)


def _ordinal(at: int, words: WordSet) -> str:
    turn = at // len(words.regions)
    return f" {('Utara', 'Selatan', 'Timur', 'Barat', 'Tengah')[turn % 5]}" if turn else ""
