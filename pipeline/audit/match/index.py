"""The registry made ready for matching: people, their posts, and lists to look them up by."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from sys import intern

from pipeline.audit.match.features import CANDIDATE, NOBODY
from pipeline.audit.match.postings import Groups, Postings
from pipeline.audit.match.rule import Bands
from pipeline.audit.match.vocabulary import Vocabulary
from pipeline.audit.match.wordtable import WordTable
from pipeline.audit.positions import definite, tokens
from pipeline.audit.rows import StaffRow, TenureRow
from pipeline.rules import Lexicon
from pipeline.values import folded, person

THIRDS = (8, 14)  # birth, appointment, the rest: where a NIP of 18 digits is cut
WHOLE = 18
SEX = 14  # digit that says it
REGISTRY = "registry"  # origin of dates that the registry itself gives


@dataclass(frozen=True, slots=True)
class Post:
    """A position in a unit, as words: of it, of it without those of the unit, of the unit, of all."""

    number: int  # the same for all who hold it
    words: frozenset[str]
    core: frozenset[str]
    unit: frozenset[str]
    both: frozenset[str]
    valid_from: str | None = None
    valid_to: str | None = None

    def held(self, day: str | None) -> bool:
        """Whether it was held on a day, as far as can be told."""
        return day is None or (self.valid_from or "") <= day <= (self.valid_to or "9999")


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the registry, ready for comparing."""

    row: StaffRow
    words: tuple[str, ...]  # of the name, in the spelling compared by
    posts: tuple[Post, ...]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts and sets of words that have been made, so that each is made and kept once."""

    of: dict[tuple[str | None, str | None], Post]
    words: dict[frozenset[str], frozenset[str]]

    def once(self, words: Iterable[str]) -> frozenset[str]:
        """A set of words, the same object whenever it is the same."""
        found = frozenset(words)
        return self.words.setdefault(found, found)


@dataclass(frozen=True, slots=True)
class StaffIndex:
    """The registry, looked up by number, by parts of the number and by words of the name."""

    people: tuple[Known, ...]
    numbers: Mapping[str, int]
    thirds: Postings  # people by parts of their numbers
    names: Postings  # people by words of their names
    vocabulary: Vocabulary  # words of names
    rarity: Mapping[str, float]  # of a word of a name: natural logarithm of one by its share
    unseen: float  # rarity of a word that nobody here has
    places: Vocabulary  # words of positions and units
    heavy: Mapping[str, float]  # weight of a word in positions and units
    heaviest: float  # weight of one that a single person has
    sums: Mapping[frozenset[str], float]  # weight of all words of a post together
    posts: WordTable  # by number
    held: Groups  # numbers of the posts of each person
    holders: Mapping[frozenset[str], int]  # how many hold a position
    weights: tuple[float, ...]  # of the measures of a candidate
    nobody: tuple[float, ...]  # and of what speaks for nobody
    sexes: Mapping[str, frozenset[str]]  # titles that somebody with this digit in the number has not
    ranks: frozenset[str]  # first words of ranks
    words: Lexicon
    bands: Bands
    placed: dict[str | None, tuple[frozenset[str], int]]  # what has been made of a printed place


def index(
    staff: Iterable[StaffRow],
    words: Lexicon,
    bands: Bands,
    tenures: Iterable[TenureRow] = (),
) -> StaffIndex:
    """The registry ready for `match`. Building reads every name once.

    `tenures` are the posts that people hold or held. One whose beginning is only the day of a load may have
    begun at any time before.
    """
    held = defaultdict[str, list[TenureRow]](list)
    for one in tenures:
        held[one.staff_id].append(replace(one, valid_from=None) if one.origin != REGISTRY else one)
    parsed = Posts({}, {})
    people = tuple(_known(row, held.get(row.id, ()), parsed, words, bands) for row in staff)
    bearers = Counter(word for known in people for word in set(known.words))
    heavy = _weights(people)
    return StaffIndex(
        people=people,
        numbers={known.row.nip: at for at, known in enumerate(people) if known.row.nip},
        thirds=_postings(
            (part, at) for at, known in enumerate(people) for part in parts(known.row.nip or "")
        ),
        names=_postings((word, at) for at, known in enumerate(people) for word in set(posted(known.words))),
        vocabulary=Vocabulary(bearers),
        rarity=_rarity(bearers, len(people), bands),
        unseen=math.log(len(people) + bands.crowd),
        places=Vocabulary(heavy),
        heavy=heavy,
        heaviest=math.log(1 + len(people)),
        sums={part: sum(map(heavy.__getitem__, part)) for part in parsed.words},
        held=Groups([[post.number for post in known.posts] for known in people]),
        posts=WordTable([post.both for post in parsed.of.values()]),
        holders=Counter(post.words for known in people for post in known.posts),
        weights=tuple(bands.weights[name] for name in CANDIDATE),
        nobody=tuple(bands.nobody[name] for name in NOBODY),
        sexes={"1": frozenset(bands.titles.women), "2": frozenset(bands.titles.men)},
        ranks=frozenset(folded(one.name.split(" ")[0]) for one in words.ranks.rank),
        words=words,
        bands=bands,
        placed={},
    )


def posted(name: Sequence[str]) -> Iterator[str]:
    """What a name is looked up by: its words, and each two that others write as one (Nur Aini, Nuraini)."""
    yield from (word for word in name if len(word) > 1)
    yield from (one + other for one, other in pairwise(name))


def parts(nip: str) -> Iterator[tuple[str, str, str]]:
    """Two of three parts of a number, cut from the left and from the right: one of them outlives a slip."""
    one, two = THIRDS
    for cut in {one, len(nip) - (WHOLE - one)} if len(nip) > two else ():
        first, middle, last = nip[:cut], nip[cut : cut + two - one], nip[cut + two - one :]
        yield ("12", first, middle)
        yield ("13", first, last)
        yield ("23", middle, last)


def place_words(raw: str | None, words: Lexicon, bands: Bands) -> tuple[str, ...]:
    """The words of a position or unit, abbreviations written out, without acting words and the region."""
    return tokens(definite(raw or "", words), bands.expand, words.government.region)


def plain_titles(titles: Iterable[str]) -> frozenset[str]:
    """Titles as they are compared."""
    return frozenset(folded(title) for title in titles) - {""}


# ---------------------------------------------------------------- people


def _known(row: StaffRow, more: Sequence[TenureRow], parsed: Posts, words: Lexicon, bands: Bands) -> Known:
    named = person(row.name, words=words)
    return Known(
        row=row,
        words=tuple(map(intern, named.key.split())) if named else (),
        posts=tuple(_post(one, parsed, words, bands) for one in (more or (row,))),
        titles=_titles(row.front_titles or "", row.back_titles or ""),
    )


@lru_cache(maxsize=10_000)
def _titles(front: str, back: str) -> frozenset[str]:
    return plain_titles((*front.split(), *back.split(",")))


def _post(row: StaffRow | TenureRow, parsed: Posts, words: Lexicon, bands: Bands) -> Post:
    """The post of a row; those without dates are shared by all who hold it."""
    shared = parsed.of.get((row.position, row.unit))
    if shared is None:
        position = parsed.once(place_words(row.position, words, bands))
        unit = parsed.once(place_words(row.unit, words, bands))
        core, both = parsed.once(position - unit or position), parsed.once(position | unit)
        shared = parsed.of[row.position, row.unit] = Post(len(parsed.of), position, core, unit, both)
    if row.valid_from is None and row.valid_to is None:
        return shared
    return replace(shared, valid_from=row.valid_from, valid_to=row.valid_to)


# ---------------------------------------------------------------- how rare


def _rarity(bearers: Mapping[str, int], people: int, bands: Bands) -> dict[str, float]:
    """How rare words of names are here and, by the shares that match.toml knows, everywhere."""
    crowd = bands.crowd
    return {
        word: math.log((people + crowd) / (number + crowd * bands.known.get(word, 0.0)))
        for word, number in bearers.items()
    }


def _weights(people: Sequence[Known]) -> dict[str, float]:
    count = Counter(word for known in people for word in _around(known.posts))
    return {word: math.log(1 + len(people) / number) for word, number in count.items()}


def _around(posts: tuple[Post, ...]) -> frozenset[str]:
    """The words of all posts of a person."""
    return posts[0].both if len(posts) == 1 else frozenset().union(*(post.both for post in posts))


def _postings(pairs: Iterable[tuple[object, int]]) -> Postings:
    found = list(pairs)
    return Postings((key for key, _ in found), (at for _, at in found))
