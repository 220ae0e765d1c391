"""How a printed person and a registered one agree: the measures of features.py, each a number."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.audit.match.features import TENTH
from pipeline.audit.match.index import SEX, WHOLE, Known, Post, StaffIndex
from pipeline.audit.match.printed import Printed
from pipeline.audit.match.rule import Bands
from pipeline.audit.match.vocabulary import slips
from pipeline.values.names import Gap, gap

Row = tuple[float, ...]
INITIALS = 3  # letters of a word cut short
AGREES, DIFFERS = 0.8, 0.3  # of a place
WRONG = 3  # digits
STRANGE = (
    0.3  # of the weight of the rarest word: a word that no position here has, often the name of the city
)
ZERO = (0.0,) * 7
NUMBERS = tuple(tuple(float(at == place) for at in range(7)) for place in range(7))


def measured(one: Printed, known: Known, staff: StaffIndex) -> Row:
    """The measures in the order of features.CANDIDATE; of several readings the one that agrees best.

    A name that somebody has decided to be this person's agrees as their own does.
    """
    alias = known.row.id in one.aliases
    names = [name_measures(words, known.words, staff) for words in ((known.words,) if alias else one.names)]
    name = names[0] if len(names) == 1 else max(names, key=_agreement)
    return (
        *name,
        *_best_number(one, known, staff),
        *_place_measures(one, known, staff),
        *_title_measures(one, known, staff),
        float(alias),
    )


def differ(one: str, other: str, bands: Bands) -> Gap:
    """How the keys of two names differ, with the limits of match.toml."""
    return gap(one, other, letters_per_slip=bands.letters_per_slip, letters_per_doubt=bands.letters_per_doubt)


# ---------------------------------------------------------------- names


def _agreement(row: Row) -> float:
    """Orders readings of a name: what agrees less what does not."""
    same, rarity, near, far, _, initials, out, added, clash, order, _ = row
    return 5 * same + rarity - near - 2 * far - initials - out - added - 3 * clash - order


def name_measures(words: tuple[str, ...], others: tuple[str, ...], staff: StaffIndex) -> Row:
    """How two names agree, word by word."""
    rarity = staff.rarity
    if words == others or "".join(words) == "".join(others):
        worth = sum([rarity.get(word, staff.unseen) for word in others]) / TENTH
        return (1.0, worth, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(len(others) == 1))
    left, right = list(words), list(others)
    worth = 0.0
    for word in words:
        if word in right:
            left.remove(word)
            right.remove(word)
            worth += rarity.get(word, 0.0)
    order = not left and not right
    near, far, near_worth = _misread(left, right, rarity.get)
    initials = _cut(left, right)
    near += _joined(left, right)
    clash = min(len(left), len(right))
    return (
        float(order),
        worth / TENTH,
        float(near),
        float(far),
        near_worth / TENTH,
        float(initials),
        float(len(right) - clash),
        float(len(left) - clash),
        float(clash),
        float(order),
        0.0,
    )


def _misread(
    left: list[str], right: list[str], rarity: Callable[[str, float], float]
) -> tuple[int, int, float]:
    """Take out words misread from one another; how many by one letter, by more, how rare they are."""
    near = far = 0
    worth = 0.0
    for word in tuple(left):
        found = [(off, other) for other in right if (off := off_by(word, other)) > 0]
        if found:
            off, other = min(found)
            left.remove(word)
            right.remove(other)
            near, far = (near + 1, far) if off == 1 else (near, far + 1)
            worth += rarity(other, 0.0)
    return near, far, worth


@lru_cache(maxsize=100_000)
def off_by(word: str, other: str) -> int:
    """How many letters are wrong, missing, too many or moved; 0 for the same word and for another."""
    limit = slips(min(word, other, key=len))
    short = min(len(word), len(other)) < INITIALS
    found = limit + 1 if short else OSA.distance(word, other, score_cutoff=limit)
    return found if found <= limit else 0


def _cut(left: list[str], right: list[str]) -> int:
    """Take out words cut to their first letters: H. for Hartanto, Km. for Kemas."""
    found = 0
    for word in tuple(left):
        whole = next((other for other in right if short_for(word, other)), None)
        if whole is not None:
            left.remove(word)
            right.remove(whole)
            found += 1
    return found


def short_for(word: str, other: str) -> bool:
    """Whether the shorter of two words is a few letters of the longer, in order, the first included."""
    short, long = sorted((word, other), key=len)
    if len(short) > INITIALS or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _joined(left: list[str], right: list[str]) -> int:
    """Take out what is left where it is the same in one word or in several; 1 where it is misread too."""
    one, other = "".join(left), "".join(right)
    off = off_by(one, other) if len(left) != len(right) else 0
    if one and (off or one == other):
        left.clear()
        right.clear()
    return int(off > 0)


# ---------------------------------------------------------------- numbers


def _best_number(one: Printed, known: Known, staff: StaffIndex) -> Row:
    other = known.row.nip
    if not other or not one.nips:
        return ZERO
    rows = [_number(nip, other, staff) for nip in one.nips]
    return max(rows)


def _number(nip: str, other: str, staff: StaffIndex) -> Row:
    """The seven measures of two numbers: how far apart, the same day of birth, somebody else's."""
    if nip == other:
        return NUMBERS[0]
    off = digits_off(nip, other)
    if off <= WRONG:
        row = NUMBERS[off]
        return (*row[:6], 1.0) if nip in staff.numbers else row
    return (0.0, 0.0, 0.0, 0.0, 1.0, float(nip[:8] == other[:8]), float(nip in staff.numbers))


def digits_off(nip: str, other: str) -> int:
    """Digits wrong, missing, too many or moved, up to three; four for more, and where short ones differ."""
    if min(len(nip), len(other)) < WHOLE - WRONG:
        return 0 if nip == other else WRONG + 1
    return OSA.distance(nip, other, score_cutoff=WRONG)


# ---------------------------------------------------------------- places


def _place_measures(one: Printed, known: Known, staff: StaffIndex) -> Row:
    if not one.said:
        return (0.0, 0.0, 0.0, 0.0, 1.0, _unit(one, known.posts, staff), 0.0)
    posts = [post for post in known.posts if post.held(one.party.signed_on)]
    if not posts:  # in office before or after: nothing can be said of the place
        return (0.0, 0.0, 0.0, 0.0, 1.0, _unit(one, known.posts, staff), 0.0)
    value, post = max(((place(one, post, staff), post) for post in posts), key=lambda pair: pair[0])
    same, other = value >= AGREES, value < DIFFERS
    return (
        value,
        float(same),
        float(other),
        _few(post, staff) if same else 0.0,
        0.0,
        _unit(one, posts, staff),
        float(one.acting and not same),
    )


def place(one: Printed, post: Post, staff: StaffIndex) -> float:
    """How much of position and unit agrees, 0 to 1: the known share of the printed and the reverse, averaged.

    The position alone bounds it, so that two posts in one unit are told apart; one that few hold is enough.
    """
    if one.said.isdisjoint(post.words):
        return 0.0
    heavy, said, strange = staff.heavy, one.said, one.strange * STRANGE * staff.heaviest
    own = said - post.unit or said
    printed = _weight(own & post.words, heavy) / (_weight(own, heavy) + strange)
    core = (_weight(post.core & said, heavy) / staff.sums[post.core] + printed) / 2
    few = staff.holders[post.words] <= staff.bands.few
    if few and _weight(post.words & said, heavy) >= staff.bands.whole * staff.sums[post.words]:
        return core
    there = _weight(post.both & one.around, heavy) / staff.sums[post.both]
    return min(core, (there + _weight(said & post.both, heavy) / (_weight(said, heavy) + strange)) / 2)


def _weight(words: frozenset[str], heavy: Mapping[str, float]) -> float:
    """What some words weigh together, rare ones more."""
    return sum([heavy[word] for word in words])


def _few(post: Post, staff: StaffIndex) -> float:
    """How rare a post is, measured like the rarity of words of names."""
    return math.log(len(staff.people) / staff.holders[post.words]) / TENTH


def _unit(one: Printed, posts: Sequence[Post], staff: StaffIndex) -> float:
    """How much of the unit of a post is printed."""
    heavy, around = staff.heavy, one.around
    return max(
        [_weight(post.unit & around, heavy) / staff.sums[post.unit] for post in posts if post.unit],
        default=0.0,
    )


# ---------------------------------------------------------------- titles


def _title_measures(one: Printed, known: Known, staff: StaffIndex) -> Row:
    """Titles that agree, whether all of them are others, and whether they are of the other sex."""
    if not one.titles:
        return (0.0, 0.0, 0.0)
    nip = known.row.nip or ""
    sex = len(nip) == WHOLE and not one.titles.isdisjoint(staff.sexes.get(nip[SEX], ()))
    if not known.titles:
        return (0.0, 0.0, float(sex))
    same = len(one.titles & known.titles)
    return (float(min(same, 2)), float(not same), float(sex))
