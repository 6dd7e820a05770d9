"""Red flags, recognised by the patterns of the content: combinations of words that stand near each other.

`safety/words.yaml` names groups of phrases; `safety/<kind>.patterns.yaml` has rules, each a list of terms that must all
be there within a few words; `safety/urgency.yaml` has such rules for what makes a red flag more urgent. A term is a
phrase or, with `$`, a group, or several of them with `|`. `swell*` is any word that begins so; `#9-17` any number in
that range. A phrase that is denied ("no swelling", "not pregnant") does not count. Small typing errors in longer words
are forgiven.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.vocabulary import SafetyWords
from content.schema.pages import URGENCIES
from content.understanding.red_flags.denials import STOP, blanked, denied_places
from content.understanding.red_flags.patterns import NO_FLAG, Patterns, Phrase, Remark, Rule, plain

MAX_TOKENS: Final = 400  # of a message that are looked at
WORDS_REMEMBERED: Final = 10_000
TEXTS_REMEMBERED: Final = 16
LETTERS_REMEMBERED: Final = 256
ANY: Final = ""
LEAST_TO_SWAP: Final = 5  # letters of a word in which two neighbours may be swapped
LEAST_TO_MEND: Final = 6  # letters of a word in which one may be missing or too many
LEAST_TO_CHANGE: Final = 8  # letters of a word in which one may be another: "snapped" is not "swapped"
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[.,;:!?()\n]+")
_COMMA: Final = ","


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase found in a message: its first and last word, and whether it is denied."""

    first: int
    last: int
    denied: bool


@dataclass(frozen=True, slots=True)
class Ruled:
    """The kinds that rules see in a message: the gravest, and the gravest by a rule whose words leave no doubt."""

    kind: str | None
    sure: str | None


Mentions = dict[Phrase, list[Mention]]
Beginning = tuple[str, Mapping[str, tuple[Phrase, ...]]]
"""A word as it is meant, and the phrases that begin with it by their second word; `ANY`: whatever stands behind it."""

Instead = Mapping[str, str | None]
"""Kinds that a message is nothing of, whatever it is like, and the kind that it is of instead; None: of none."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a message, and where each of them stands in it."""

    words: list[str]
    spans: list[tuple[int, int]]
    commas: frozenset[int]  # places of stops that are a comma


class Detector:
    """Says which red flag a message raises. Thread-safe: nothing changes after it is built but what is remembered."""

    def __init__(self, patterns: Patterns, familiar: frozenset[str] = frozenset()) -> None:
        """`familiar` are words that are never taken for a misspelling."""
        self.key = patterns.key
        self._rules = patterns.rules
        self._raises = patterns.raises
        self._instead = patterns.instead
        self._remarks = patterns.remarks
        self._calm = patterns.calm
        self._signs = patterns.signs
        self._words = patterns.words
        self._familiar = familiar
        every = (*patterns.rules, *patterns.raises, *patterns.instead, *patterns.remarks)
        terms = [self._calm, self._signs, *(term for rule in every for term in (*rule.terms, rule.unless))]
        phrases = sorted({phrase for term in terms for phrase in term})
        parts = sorted({part for phrase in phrases for part in phrase})
        self._exact = frozenset(part for part in parts if part.isalpha())
        self._prefixes = tuple(part[:-1] for part in parts if part.endswith("*"))
        self._mendable: dict[str, list[str]] = {}
        for part in parts:
            stem = part.removesuffix("*")
            if stem.isalpha() and len(stem) >= LEAST_TO_SWAP:
                self._mendable.setdefault(stem[0], []).append(part)
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_prefix: dict[str, list[Phrase]] = {}  # under the prefix's first letter
        self._by_range: list[Phrase] = []
        self._read = lru_cache(WORDS_REMEMBERED)(self._read_anew)
        # Its kind, its urgency and its calm are asked of the same text in a row.
        self._mentions = lru_cache(TEXTS_REMEMBERED)(self._mentions_anew)
        self._led: dict[Phrase, list[int]] = {}  # the rules whose first term has that phrase, the gravest first
        for number, rule in enumerate(self._rules):
            for phrase in rule.terms[0] if rule.terms else ():
                self._led.setdefault(phrase, []).append(number)
        for phrase in phrases:
            if phrase[0].startswith("#"):
                self._by_range.append(phrase)
            elif phrase[0].endswith("*"):
                self._by_prefix.setdefault(phrase[0][0], []).append(phrase)
            else:
                self._by_word.setdefault(phrase[0], []).append(phrase)

    def detect(self, text: str) -> str | None:
        """The kind of the gravest red flag in a message, None where there is none."""
        return self.ruled(text).kind

    def ruled(self, text: str) -> Ruled:
        """The kinds that rules see in a message."""
        mentions = self._mentions(text, mend=True)
        instead = self.instead(text)
        led = {number for phrase in mentions for number in self._led.get(phrase, ())}
        matching = [self._rules[number] for number in sorted(led) if _matches(self._rules[number], mentions)]
        kinds = [(kind, rule.sure) for rule in matching if (kind := instead.get(rule.kind, rule.kind)) is not None]
        return Ruled(kinds[0][0] if kinds else None, next((kind for kind, sure in kinds if sure), None))

    def instead(self, text: str) -> Instead:
        """Return the kinds that a message is nothing of by what it says, and the kind that it is of instead."""
        mentions = self._mentions(text, mend=True)
        told = {phrase: left for phrase, all_ in mentions.items() if (left := [one for one in all_ if not one.denied])}
        found: dict[str, str | None] = {}
        for rule in self._instead:
            if not rule.only.issubset(found) and _matches(rule, told):
                found |= dict.fromkeys(rule.only - found.keys(), None if rule.kind == NO_FLAG else rule.kind)
        return found

    def remarks(self, text: str) -> frozenset[Remark]:
        """Return what a message says about a red flag."""
        mentions = self._mentions(text, mend=True)
        return frozenset(Remark(rule.kind) for rule in self._remarks if _matches(rule, mentions))

    def without_denied(self, text: str) -> str:
        """Return a message without the signs that it denies, and the words that deny them; the rest stays in place."""
        mentions = self._mentions(text, mend=True)
        gone = {
            place
            for phrase in self._signs.intersection(mentions)
            for one in mentions[phrase]
            if one.denied
            for place in range(one.first, one.last + 1)
        }
        if not gone:
            return text
        tokens = split(text, self._words)
        deniers = self._words.denials | self._words.fillers | self._words.joins
        for place in range(len(tokens.words) - 1, -1, -1):
            if tokens.words[place] in deniers and place + 1 in gone:
                gone.add(place)
        return blanked(text, tokens.spans, gone)

    def urgency(self, text: str, kind: str, usual: str) -> str:
        """Return the urgency of this kind in this message: as usual, or more by what the message says."""
        mentions = self._mentions(text, mend=True)
        raised = [rule.kind for rule in self._raises if not rule.only or kind in rule.only if _matches(rule, mentions)]
        return min([usual, *raised], key=URGENCIES.index)

    def calm(self, text: str) -> bool:
        """Say whether a message itself says that nothing is wrong."""
        return not self._calm.isdisjoint(self._mentions(text, mend=False))

    def _mentions_anew(self, text: str, *, mend: bool) -> Mentions:
        """Every phrase of any pattern that the message has."""
        found: Mentions = {}
        said = split(text, self._words)
        read = [self._read(token, mend) for token in said.words]
        tokens = [token for token, _ in read]
        denied = denied_places(tokens, said.commas, self._words)
        for start, (_, beginning) in enumerate(read):
            behind = tokens[start + 1] if start + 1 < len(tokens) else STOP
            for phrase in (*beginning.get(ANY, ()), *beginning.get(behind, ())):
                last = start + len(phrase) - 1
                if last < len(tokens) and all(
                    _fits(phrase[step], tokens[start + step]) for step in range(1, len(phrase))
                ):
                    found.setdefault(phrase, []).append(Mention(start, last, start in denied))
        return found

    def _read_anew(self, token: str, mend: bool) -> Beginning:
        """The word that is meant, and the phrases that begin with it: most words of a message were met before."""
        meant = self._mended(token) if mend else token
        phrases = [*self._by_word.get(meant, ()), *self._by_prefix.get(meant[0], ())]
        if meant.isdecimal():
            phrases += self._by_range
        found: dict[str, tuple[Phrase, ...]] = {}
        for phrase in phrases:
            if _fits(phrase[0], meant):
                second = phrase[1] if len(phrase) > 1 and phrase[1].isalnum() else ANY
                found[second] = (*found.get(second, ()), phrase)
        return meant, found

    def _mended(self, token: str) -> str:
        """The word a pattern means, where a token is one slip away from it."""
        if len(token) < LEAST_TO_SWAP or token in self._exact or token in self._familiar or not token.isalpha():
            return token
        if token.startswith(self._prefixes):
            return token
        for part in self._mendable.get(token[0], ()):
            stem = part.removesuffix("*")
            sizes = (len(stem) - 1, len(stem), len(stem) + 1) if part.endswith("*") else (len(token),)
            if any(_one_slip(token[:size], stem) for size in sizes):
                return stem
        return token


def tokens_of(text: str, words: SafetyWords) -> list[str]:
    """Small words, numbers, and "." for punctuation and the end; without apostrophes, so that "can't" is "cant"."""
    return split(text, words).words


def words_of_all(texts: Iterable[str]) -> frozenset[str]:
    """Return every word and number of many texts, cut as `tokens_of` cuts one."""
    return frozenset(_TOKEN.findall(plain("\n".join(texts))))


def split(text: str, words: SafetyWords) -> Tokens:
    """Return the tokens of a message and where they stand."""
    text = text[: MAX_TOKENS * 20]
    letters, places = _letters(text)
    found = list(itertools.islice(_TOKEN.finditer(letters), MAX_TOKENS))
    tokens = [words.numbers.get(each[0], each[0]) if each[0].isalnum() else STOP for each in found]
    spans = [(places[each.start()], places[each.end() - 1] + 1) for each in found]
    commas = frozenset(place for place, each in enumerate(found) if each[0] == _COMMA)
    if tokens and tokens[-1] != STOP:
        tokens.append(STOP)
        spans.append((len(text), len(text)))
    return Tokens(tokens, spans, commas)


def _letters(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in plain letters, and where each of them stands in it."""
    if text.isascii():  # plain text has as many letters as it had, but for apostrophes; most text is so
        return plain(text), [place for place, each in enumerate(text) if each != "'"]
    letters = [(letter, place) for place, each in enumerate(text) for letter in _plain_letter(each)]
    return "".join(letter for letter, _ in letters), [place for _, place in letters]


@lru_cache(LETTERS_REMEMBERED)
def _plain_letter(letter: str) -> str:
    return plain(letter)


def _matches(rule: Rule, mentions: Mentions) -> bool:
    """Say whether all terms stand within the window, undenied, and nothing calls the rule off."""
    if any(term.isdisjoint(mentions) for term in rule.terms) or not rule.unless.isdisjoint(mentions):
        return False
    found = [
        [mention for phrase in term.intersection(mentions) for mention in mentions[phrase] if not mention.denied]
        for term in rule.terms
    ]
    return all(found) and _near(found, rule.within)


def _fits(part: str, token: str) -> bool:
    """Say whether a token is what a pattern's word means."""
    if part.endswith("*"):
        return token.startswith(part[:-1])
    if part.startswith("#"):
        low, _, high = part[1:].partition("-")
        return token.isdecimal() and len(token) < 6 and int(low) <= int(token) <= int(high or low)
    return part == token


def _near(found: Sequence[Sequence[Mention]], within: int) -> bool:
    """Say whether one mention of each term fits into a span of `within` words."""
    latest: dict[int, int] = {}
    for last, first, which in sorted(
        (place.last, place.first, which) for which, one in enumerate(found) for place in one
    ):
        latest[which] = max(first, latest.get(which, -1))
        if len(latest) == len(found) and last - min(latest.values()) < within:
            return True
    return False


def _one_slip(written: str, meant: str) -> bool:
    """Say whether two letters are swapped, one is missing or too many or, in long words, another one."""
    if abs(len(written) - len(meant)) > 1 or written == meant:
        return written == meant
    start = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), len(meant))
    one, other = written[start:], meant[start:]
    if one[1:2] + one[:1] == other[:2] and one[2:] == other[2:]:
        return len(meant) >= LEAST_TO_SWAP
    if len(one) == len(other) and one[1:] == other[1:]:
        return len(meant) >= LEAST_TO_CHANGE
    return len(meant) >= LEAST_TO_MEND and (one[1:] == other or one == other[1:])
