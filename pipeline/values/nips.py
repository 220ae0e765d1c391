"""Employee numbers (NIP) of civil servants, contract staff and others."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.values.texts import LOOKALIKES, digits, text

_D = rf"[0-9{LOOKALIKES}]"
_BETWEEN = "[ ./,;:'’·-]"  # digits, also where a speck was read
_RUN = re.compile(rf"(?<![^\W\d_]){_D}{_D}(?:{_BETWEEN}{{0,3}}{_D})*(?![^\W\d_]|\.[^\W\d_])")
# The last letter of the label may be misread, and stand close.
_BOXED = re.compile(r"(?<!\S)\d(?: \d){7,}(?!\S)")  # a figure in each box of a form
_LABEL = re.compile(r"^\W*N\s?[I1l|!]\s?[A-Z][\s.:]*(?=\d)")
_WHOLE = 18  # digits of a NIP: birth YYYYMMDD, appointment YYYYMM, sex, serial; BKN 22/2007 (reported)
_CITIZEN = 16  # digits of a NIK: region, birth DDMMYY, serial
_OTHER = range(5, 13)  # digits of BUMD, police and army numbers, and of the NIP before 2009
_MONTHS = range(1, 13)
_COHORTS = range(21, 100)  # stand where the month of appointment would be, on contract staff (PPPK)
_YEARS = range(1900, 2101)
_GROWN = 14  # years from birth to appointment: with fewer, one of the two is misread
_WOMAN = 40  # added to a woman's day of birth in a NIK


@dataclass(frozen=True, slots=True)
class Nip:
    """An employee number. `problem` is what is wrong with it: length, birth, appointment or sex."""

    digits: str
    kind: Literal["PNS", "PPPK", "other"]
    problem: str | None = None
    repaired: bool = False  # letters were taken for the digits they look like


def nip(raw: str) -> Nip | None:
    """The employee number in a text, with or without its label; None where there is none, or only a NIK.

    >>> nip("NIP. 19720817 199703 1 004")
    Nip(digits='197208171997031004', kind='PNS', problem=None, repaired=False)
    >>> nip("199203052024212007").kind
    'PPPK'
    >>> nip("1 9 7 5 0 2 2 8 2 0 0 5 1 0 1 0 5 2").digits
    '197502282005101052'
    """
    printed = raw if raw.isascii() and raw.isdecimal() else _longest(raw)
    number = _bare(digits(printed))
    if len(number) < _OTHER.start or _citizen(number):
        return None
    repaired = _bare(printed) != number
    if len(number) != _WHOLE:
        return Nip(number, "other", None if len(number) in _OTHER else "length", repaired)
    return Nip(number, "PPPK" if int(number[12:14]) in _COHORTS else "PNS", _problem(number), repaired)


def _longest(raw: str) -> str:
    """The run of digits, and of letters that look like some, in which most stand."""
    bare = _BOXED.sub(lambda digits: digits[0].replace(" ", ""), _LABEL.sub("", text(raw)))
    runs = [run for run in _RUN.findall(bare) if re.search(r"[0-9]", run)]
    return max(runs, key=lambda run: len(_bare(run)), default="")


def _bare(run: str) -> str:
    return re.sub(_BETWEEN, "", run)


def _problem(number: str) -> str | None:
    born, year, month = _date(number[:8]), int(number[8:12]), int(number[12:14])
    if born is None or born.year not in _YEARS:
        return "birth"
    if year not in _YEARS or year < born.year + _GROWN or month not in {*_MONTHS, *_COHORTS}:
        return "appointment"
    return None if number[14] in "12" else "sex"


def _citizen(number: str) -> bool:
    """Whether these are the sixteen digits of a NIK, and not a NIP cut short."""
    if len(number) != _CITIZEN:
        return False
    day = int(number[6:8]) % _WOMAN
    born = _date(f"20{number[10:12]}{number[8:10]}{day:02}")
    return born is not None and (_date(number[:8]) is None or int(number[8:12]) not in _YEARS)


def _date(number: str) -> date | None:
    try:
        return date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    except ValueError:
        return None
