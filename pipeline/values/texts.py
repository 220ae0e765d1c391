"""Printed text made plain: one kind of space, no invisible signs, and digits read as letters put back."""

import re
import unicodedata
from functools import lru_cache

BLANK = re.compile(r"(?:[._‥…·]\s?){3,}|[._‥·]{2,}|…")  # a line of dots or underscores to write upon
LOOKALIKES = "OoQlI|SB"  # misread digits, in the order of what they stand for
_DIGITS = str.maketrans(LOOKALIKES, "00011158")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")
_WIDE = re.compile(
    "[\ufb00-\ufb06\uff01-\uff5e]+"
)  # ligatures, and the wide letters some readers of scans answer


def text(raw: str) -> str:
    """What is printed, on one line: NFC, white space folded, signs that print nothing left out.

    A hyphen at a line's end stays and the line closes up: office texts break at hyphens of the word itself.

    >>> text("Layanan  e-\\nGovernment\\u200b ")
    'Layanan e-Government'
    """
    if raw.isascii() and raw.isprintable():  # as most is: nothing but spaces to be folded
        return " ".join(raw.split())
    closed = _BROKEN.sub(lambda found: found[0][0].replace("\u00ad", ""), raw)
    narrow = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), closed)
    shown = "".join(sign for sign in narrow if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", shown).split())


def digits(raw: str) -> str:
    """Text with the letters that readers of scans mistake digits for put back: O 0, l I 1, S 5, B 8.

    >>> digits("l.OOO.5B0")
    '1.000.580'
    """
    return raw.translate(_DIGITS)


@lru_cache(maxsize=65536)
def folded(raw: str) -> str:
    """Letters and digits alone, lower case, without accents: the form in which words of lists are compared.

    >>> folded("S. Sos.")
    'ssos'
    """
    if raw.isascii():
        return raw.lower() if raw.isalnum() else "".join(filter(str.isalnum, raw.lower()))
    parts = unicodedata.normalize("NFKD", raw.casefold())
    return "".join(filter(str.isalnum, parts))
