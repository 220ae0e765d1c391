"""Numbers and sums of money as Indonesians print them, in digits and in words."""

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.values.texts import BLANK, LOOKALIKES, digits, text
from pipeline.values.words import Numerals, Words

_D = rf"[\d{LOOKALIKES}]"
_SLIPPED = re.compile(r"[-+]?[\dOolI|][\dOolISB|.,]*[\dOo]|[-+]?\d")  # a last l, S or B is rather a unit
# Shapes of a number: the sign between thousands, the sign before decimals. A lone comma is a decimal comma;
# a lone dot is one too unless exactly three digits follow it.
_SHAPES = (
    (re.compile(r"\d+"), "", ""),
    (re.compile(r"\d+,\d+"), "", ","),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?"), ".", ","),
    (re.compile(r"0\.\d+|[1-9]\d*\.(?!\d{3}$)\d+"), "", "."),
    (re.compile(r"[1-9]\d{0,2}((,\d{3})+\.(?!\d{3}$)\d+|(,\d{3}){2,})"), ",", "."),
)
_AMOUNT = re.compile(r"(?P<whole>[1-9]\d{0,2}([.,]\d{3})+|0|[1-9]\d*)((?P<mark>[.,])(?P<sen>\d\d))?")
# ,- and ,= after whole rupiah; or a full stop
_TAIL = re.compile(r"[.,;:]?\s*[-\u2013\u2014=]+\s*\.?$|[.,;]+$")
_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*\)")  # (satu juta rupiah), (APBD)
_AROUND = " ·•'`’"  # specks around an amount
_SPECK = re.compile(r"(?<=\d)\s?\.\s?(?=%)")
_DOTTED = re.compile(r"(?<![\d.,])(0(?=\.\d)|\d+(?=\.(?!\d{3}(?!\d))\d))\.(\d+)(?![\d.,]*\d)")
_CENTS = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+)\.(\d{1,2})(?![\d.,]*\d)")  # 1.250.000.00, read by eye
_DIRT = re.compile(r"^(?:[.,:;·•'`_]+\s*(?=[\d%≥≤<>])|[\[\]|]\s+)")  # specks before a figure
_STAIN = re.compile(r"(?<=[\w%])\s+[.,:;·•'`_]+$")  # and behind it
_GROUPED = re.compile(r"(?<![\d.,:;])\d{1,3}(?:[.:;]\d{3}){2,}(?!\d)")  # 2.851:601.000, a misread dot
_GROUP = 3  # digits
_LONGEST = 18  # digits of an amount or a number: more fit no column, and are none


def number(raw: str) -> Decimal | None:
    """A number that stands alone; None for anything else and for what may be read two ways.

    >>> number("1.250.000,50"), number("27.276"), number("85.5"), number("0,9")
    (Decimal('1250000.50'), Decimal('27276'), Decimal('85.5'), Decimal('0.9'))
    """
    printed = re.sub(r"(?<=[\dOo])\s?([.,])\s?(?=[\dOo])", r"\1", text(raw))
    if not _SLIPPED.fullmatch(printed) or not _counted(printed):
        return None
    plain = digits(printed)
    size = plain.lstrip("-+")
    for shape, thousands, comma in _SHAPES:
        if shape.fullmatch(size):
            bare = size.replace(thousands, "") if thousands else size
            return Decimal(plain[: plain.find(size)] + (bare.replace(comma, ".") if comma else bare))
    return None


def decimal_comma(raw: str) -> str:
    """A text read by eye, with the comma that Indonesians print before decimals where a dot was read.

    A dot before exactly three digits parts thousands, and stays; so does one that parts a date or a chapter.
    One between a figure and a sign of per cent is dirt: a space was printed there. So are specks before a
    figure.

    >>> decimal_comma("76.72 %"), decimal_comma("2.322"), decimal_comma("12.06.2024"), decimal_comma("0.900")
    ('76,72 %', '2.322', '12.06.2024', '0,900')
    >>> decimal_comma("65,20.%"), decimal_comma(".100 % :"), decimal_comma("Rp 1.250.000.00")
    ('65,20 %', '100 %', 'Rp 1.250.000,00')
    >>> decimal_comma("] Desember 2025")
    'Desember 2025'
    """
    cleaned = _SPECK.sub(" ", _STAIN.sub("", _DIRT.sub("", raw)))
    return _CENTS.sub(r"\1,\2", _DOTTED.sub(r"\1,\2", cleaned))


def money(raw: str, *, words: Words) -> int | None:
    """Whole rupiah, sen cut off; None where no amount is printed, where two are, or where digits are lost.

    >>> words = Words(numerals=Numerals(currency=("Rp",), scales=(("juta", 10**6),)))
    >>> money("Rp. 8.412.906. 355,-", words=words), money("Rp 1,5 juta", words=words)
    (8412906355, 1500000)
    """
    clean = BLANK.sub(" ", text(raw)).strip(_AROUND)
    line = _GROUPED.sub(lambda found: re.sub("[:;]", ".", found[0]), clean)
    if not re.search(r"\d", line):
        return spelled(_currency(words.numerals).sub(" ", line).strip(" ():."), words=words)
    first, *marked = _currency(words.numerals).split(_ASIDE.sub(" ", line))
    after = [part.strip("() ") for part in marked if re.search(r"\d", part)]
    read = [_amount(part, words.numerals, marked=True) for part in after]
    amounts = {
        amount for amount in (_amount(first, words.numerals, marked=False), *read) if amount is not None
    }
    return amounts.pop() if len(amounts) == 1 and None not in read else None


def spelled(raw: str, *, words: Words) -> int | None:
    """A number in words and nothing else, also run together, or read out digit by digit.

    >>> words = Words(numerals=Numerals(digits=(("dua", 2), ("lima", 5)), tens=(("puluh", 10),)))
    >>> spelled("Dua puluh lima", words=words), spelled("dua buah", words=words)
    (25, None)
    """
    numerals = words.numerals
    plain = re.sub(r"[\s-]+", "", text(raw).casefold())
    names = _numeral_names(numerals)
    tokens = re.findall(names, plain) if names and re.fullmatch(f"(?:{names})+", plain) else []
    single = dict(numerals.digits)
    if not 0 < len(tokens) <= _LONGEST or tokens[0] not in single:
        return None
    if len(tokens) > 1 and all(token in single for token in tokens):
        return int("".join(str(single[token]) for token in tokens))
    return _sum(tokens, numerals)


def _sum(tokens: list[str], numerals: Numerals) -> int:
    single, tens, scales = dict(numerals.digits), dict(numerals.tens), dict(numerals.scales)
    total = chunk = last = 0
    for token in tokens:
        if token in single:
            last = single[token]
        elif token in numerals.teens:
            chunk, last = chunk + 10 + last, 0
        elif token in tens:
            chunk, last = chunk + max(last, 1) * tens[token], 0
        else:
            total, chunk, last = total + max(chunk + last, 1) * scales[token], 0, 0
    return total + chunk + last


@lru_cache(maxsize=8)
def _numeral_names(numerals: Numerals) -> str:
    names = [name for name, _ in (*numerals.digits, *numerals.tens, *numerals.scales)]
    return "|".join(sorted((re.escape(name) for name in [*names, *numerals.teens]), key=len, reverse=True))


@lru_cache(maxsize=8)
def _currency(numerals: Numerals) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(numerals.currency, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{names})\s*[.:,]?" if names else r"(?!)", re.IGNORECASE)


def _amount(part: str, numerals: Numerals, *, marked: bool) -> int | None:
    """The amount of a text between two currency signs, after words that lead to it."""
    plain = _TAIL.sub("", part.strip(" :=.,"))
    lead = re.match(r"[^\d]*[^\W\d](?=[\s:])[\s:]+", plain)
    bare = plain[lead.end() :] if lead else plain
    scaled = _scaled(bare, numerals)
    if scaled is not None:
        return scaled
    return _whole(bare) if marked or not lead or re.search(r"[.,]", bare) else None


def _scaled(plain: str, numerals: Numerals) -> int | None:
    """`1,5 milyar`."""
    for name, size in (*numerals.scales, *numerals.short_scales):
        if plain.casefold().endswith(name.casefold()):
            count = number(plain[: -len(name)])
            whole = None if count is None or count < 0 else count * size
            return int(whole) if whole is not None and whole == int(whole) else None
    return None


def _whole(plain: str) -> int | None:
    """Digits in groups; both signs between groups are seen, even mixed, so the groups must be whole."""
    if not _counted(plain) or not re.fullmatch(rf"{_D}(?:[.,\s]*{_D})*", plain):
        return None
    found = _AMOUNT.fullmatch(_joined(digits(plain)))
    if found is None or (found["sen"] and _doubtful(found["whole"], found["mark"], found["sen"])):
        return None
    return int(re.sub(r"[.,]", "", found["whole"]))


def _counted(plain: str) -> bool:
    """Whether there are digits, and no more than fit a column."""
    return bool(re.search(r"\d", plain)) and len(re.sub(r"\D", "", digits(plain))) <= _LONGEST


def _joined(plain: str) -> str:
    """An amount broken in mid-cell made whole: without spaces beside a sign or within a group."""
    near = re.sub(r"\s*([.,])\s*", r"\1", plain)
    if re.fullmatch(r"\d{1,3}( \d{3}){2,}([.,]\d\d)?", near):
        return near.replace(" ", "")
    return re.sub(r"(?<=[.,]\d) (?=\d)|(?<=[.,]\d\d) (?=\d)", "", near)


def _doubtful(whole: str, mark: str, sen: str) -> bool:
    """Whether two last digits are rather a group that lost one than sen."""
    if whole == "0":
        return sen != "00"
    if re.search(r"[.,]", whole):
        return mark in whole and sen != "00"  # scans turn the comma before 00 into a dot
    return len(whole) <= _GROUP and (mark == "." or sen != "00")
