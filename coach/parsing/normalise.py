"""What people type, made plain before it is understood: width, digits, decimal marks, spaces."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 128
"""Characters an answer may have and still be a weight or a time; what is longer is a letter."""

NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?"
"""One number as people write it, point or comma as its decimal mark; no exponent, no thousands mark."""

_HALVES: Final = {"¼": ".25", "½": ".5", "¾": ".75"}
_DECIMAL_MARKS: Final = str.maketrans({"٫": ".", "·": ".", "−": "-", "–": "-", "—": "-"})


def plain(text: str) -> str | None:
    """Return `text` in lower case, with ASCII digits and single spaces; None where it is too long or empty."""
    if len(text) > LONGEST:
        return None
    for sign, decimals in _HALVES.items():
        text = re.sub(rf"(?<=\d)\s*{sign}", decimals, text)
    text = unicodedata.normalize("NFKC", text).translate(_DECIMAL_MARKS)
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.casefold().split()).strip(" .!") or None


def number(text: str) -> float:
    """Return the value of a match of `NUMBER`."""
    return float(text.replace(",", "."))
