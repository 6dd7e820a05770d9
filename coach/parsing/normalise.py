"""Text as it is compared. Every reader of what people type builds on `fold`, and adds what its own words need.

- `plain`: a short answer that may hold figures (weights, times, dates): digits, decimal marks and spaces as well.
- `without_accents`: questions, red flags, small talk and places, where "café" and "cafe" are one word.

Words of a vocabulary are folded by the same functions, or they would never meet what is typed.
"""

import re
import unicodedata
from typing import Final, Literal

MAX_CHARACTERS: Final = 128
"""Characters an answer may have and still be a weight or a time; what is longer is a letter."""

NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?"
"""One number as people write it, point or comma as its decimal mark; no exponent, no thousands mark."""

_FRACTIONS: Final = {"¼": ".25", "½": ".5", "¾": ".75"}
_EMOJI: Final = re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff]+")
_NO_ACCENT: Final = "\u0300"
"""The first sign that may be one: what stands before it need not be looked up."""

_DECIMAL_MARKS: Final = str.maketrans({"٫": ".", "·": ".", "−": "-", "–": "-", "—": "-"})


def fold(text: str, form: Literal["NFKC", "NFKD"] = "NFKC") -> str:
    """Return the text in its compatibility form (width, ligatures), without case, with straight apostrophes."""
    if text.isascii():  # most of what people type: it has no other form
        return text.lower()
    return unicodedata.normalize(form, text).casefold().replace("’", "'")


def without_accents(text: str) -> str:
    """Return the folded text with its letters taken apart and their accents left out."""
    folded = fold(text, "NFKD")
    if folded.isascii():
        return folded
    return "".join([char for char in folded if char < _NO_ACCENT or not unicodedata.combining(char)])


def decimal_fractions(text: str) -> str:
    """Return the text with the signs for quarters and halves behind a figure as its decimals: "38½" is "38.5"."""
    for sign, decimals in _FRACTIONS.items() if not text.isascii() else ():
        text = re.sub(rf"(?<=\d)\s*{sign}", decimals, text)
    return text


def ascii_digits(text: str) -> str:
    """Return the text with the decimal digits of every script as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def plain(text: str) -> str | None:
    """Return the folded text with ASCII digits and single spaces, without emoji; None where it is too long or empty."""
    if len(text) > MAX_CHARACTERS:
        return None
    text = ascii_digits(fold(_EMOJI.sub(" ", decimal_fractions(text))).translate(_DECIMAL_MARKS))
    return " ".join(text.split()).strip(" .!") or None


def number(text: str) -> float:
    """Return the value of a match of `NUMBER`."""
    return float(text.replace(",", "."))
