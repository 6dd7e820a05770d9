"""The tokenizer of the sentence model: texts as numbers of word pieces (BERT, uncased), from the packaged table.

The package `tokenizers` does the same, with 12 MB more of memory; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
CONTINUED: Final = "##"  # before a piece that goes on within a word
LONGEST_WORD: Final = 100  # characters; a longer one is unknown
_SPECIAL: Final = re.compile(r"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")  # taken as they stand, wherever they do
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
_SPACES: Final = frozenset("\t\n\r")
_IDEOGRAPHS: Final = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPieces:
    """Texts as numbers of pieces. Thread-safe: nothing changes after the table is read."""

    def __init__(self, table: Path, longest: int) -> None:
        """Read the table; of a text `longest` numbers are kept. Raises OSError, KeyError and ValueError."""
        self._room = longest - 2
        self._numbers: dict[str, int] = orjson.loads(table.read_bytes())["model"]["vocab"]
        self._begin, self._end, self._unknown = (self._numbers[each] for each in (BEGIN, END, UNKNOWN))

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, between those of its begin and its end."""
        found: list[int] = []
        for part in _SPECIAL.split(text) if "[" in text else (text,):
            if part in self._numbers and _SPECIAL.fullmatch(part):
                found.append(self._numbers[part])
                continue
            for word in _words(part):
                found += self._pieces(word)
                if len(found) >= self._room:
                    break
        return [self._begin, *found[: self._room], self._end]

    def _pieces(self, word: str) -> list[int]:
        """Return the longest piece that begins the word, and so on; a word that has no such pieces is unknown."""
        numbers = self._numbers
        whole = numbers.get(word)
        if whole is not None:
            return [whole]
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = CONTINUED if start else ""
            for end in range(len(word), start, -1):
                number = numbers.get(prefix + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _words(text: str) -> Iterator[str]:
    """Yield words and marks, in small letters without accents."""
    if text.isascii() and text.isprintable():
        yield from _ASCII_WORD.findall(text.lower())
        return
    plain = "".join(_plain(char) for char in text)
    marked = (char for char in unicodedata.normalize("NFD", plain) if unicodedata.category(char) != "Mn")
    small = "".join(char.lower() for char in marked)
    for said in small.split():
        begin = 0
        for at, char in enumerate(said):
            if _is_mark(char):
                if at > begin:
                    yield said[begin:at]
                yield char
                begin = at + 1
        if begin < len(said):
            yield said[begin:]


def _plain(char: str) -> str:
    """Return nothing for what is no text, a space for what parts words, an ideograph as a word of its own."""
    if char in _SPACES:
        return " "
    if char == "\ufffd" or unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}:
        return ""
    if char.isspace():
        return " "
    return f" {char} " if any(first <= ord(char) <= last for first, last in _IDEOGRAPHS) else char


def _is_mark(char: str) -> bool:
    return (char.isascii() and not char.isalnum() and char.isprintable()) or unicodedata.category(char)[0] == "P"
