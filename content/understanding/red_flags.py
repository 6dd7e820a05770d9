"""Red flags, recognised by the patterns of the content: combinations of words that stand near each other.

`safety/words.yaml` names groups of phrases; `safety/<kind>.patterns.yaml` has rules, each a list of terms that must all
be there within a few words. A term is a phrase or, with `$`, a group, or several of them with `|`. `swell*` is any
word that begins so; `#9-17` any number in that range. A phrase that is denied ("no swelling", "not pregnant") does not
count. Small typing errors in longer words are forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.parsing.normalise import without_accents
from coach.parsing.vocabulary import SafetyWords
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, named, read_yaml

WINDOW: Final = 14  # words that a rule may spread over unless it says otherwise
MAX_TOKENS: Final = 400  # of a message that are looked at
WORDS_REMEMBERED: Final = 10_000
LEAST_TO_SWAP: Final = 5  # letters of a word in which two neighbours may be swapped
LEAST_TO_MEND: Final = 6  # letters of a word in which one may be missing or too many
LEAST_TO_CHANGE: Final = 8  # letters of a word in which one may be another: "snapped" is not "swapped"
WORDS: Final = "words.yaml"
SUFFIX: Final = ".patterns.yaml"
CALM: Final = "calm"  # the group of words that say that nothing is wrong
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[.,;:!?()\n]+")
_PART: Final = re.compile(r"[^\W\d_]+\*?|\d+|#\d+-\d+|\.")  # of a phrase: what a message's words can fit
_STOP: Final = "."  # any punctuation between words
_DENIED_WITHIN: Final = 2  # words between a denial and what it denies


Phrase = tuple[str, ...]  # words, prefixes (`swell*`) or ranges (`#9-17`), one after the other
Term = frozenset[Phrase]  # alternatives


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms that must all be there, near each other, and phrases that call it off."""

    kind: str
    terms: tuple[Term, ...]
    within: int
    unless: Term
    rank: int = 1  # the gravest first


@dataclass(frozen=True, slots=True)
class Patterns:
    """All rules, the gravest kind first, words that speak against a mere likeness to examples, and all groups."""

    rules: tuple[Rule, ...] = ()
    calm: Term = frozenset()
    groups: Mapping[str, Term] = field(default_factory=dict)
    words: SafetyWords = field(default_factory=SafetyWords)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase found in a message: its first and last word, and whether it is denied."""

    first: int
    last: int
    denied: bool


Mentions = dict[Phrase, list[Mention]]


class Detector:
    """Says which red flag a message raises. Thread-safe: nothing changes after it is built but what is remembered."""

    def __init__(self, patterns: Patterns, familiar: frozenset[str] = frozenset()) -> None:
        """`familiar` are words that are never taken for a misspelling."""
        self._rules = patterns.rules
        self._calm = patterns.calm
        self._words = patterns.words
        self._familiar = familiar
        terms = [self._calm, *(term for rule in patterns.rules for term in (*rule.terms, rule.unless))]
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
        for phrase in phrases:
            if phrase[0].startswith("#"):
                self._by_range.append(phrase)
            elif phrase[0].endswith("*"):
                self._by_prefix.setdefault(phrase[0][0], []).append(phrase)
            else:
                self._by_word.setdefault(phrase[0], []).append(phrase)

    def detect(self, text: str) -> str | None:
        """The kind of the gravest red flag in a message, None where there is none."""
        rule = self.matching(text)
        return rule.kind if rule else None

    def matching(self, text: str) -> Rule | None:
        """The rule behind `detect`, for curators who ask why."""
        mentions = self._mentions(tokens_of(text, self._words), mend=True)
        return next((rule for rule in self._rules if _matches(rule, mentions)), None)

    def calm(self, text: str) -> bool:
        """Say whether a message itself says that nothing is wrong."""
        return not self._calm.isdisjoint(self._mentions(tokens_of(text, self._words), mend=False))

    def _mentions(self, written: Sequence[str], *, mend: bool) -> Mentions:
        """Every phrase of any pattern that the message has."""
        found: Mentions = {}
        read = [self._read(token, mend) for token in written]
        tokens = [token for token, _ in read]
        for start, (_, phrases) in enumerate(read):
            denied: bool | None = None
            for phrase in phrases:
                last = start + len(phrase) - 1
                if last < len(tokens) and all(
                    _fits(phrase[step], tokens[start + step]) for step in range(1, len(phrase))
                ):
                    denied = _denied(tokens, start, self._words) if denied is None else denied
                    found.setdefault(phrase, []).append(Mention(start, last, denied))
        return found

    def _read_anew(self, token: str, mend: bool) -> tuple[str, tuple[Phrase, ...]]:
        """The word that is meant, and the phrases that begin with it: most words of a message were met before."""
        meant = self._mended(token) if mend else token
        phrases = [*self._by_word.get(meant, ()), *self._by_prefix.get(meant[0], ())]
        if meant.isdecimal():
            phrases += self._by_range
        return meant, tuple(phrase for phrase in phrases if _fits(phrase[0], meant))

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


def plain(text: str) -> str:
    """Small letters without accents and apostrophes: messages and patterns alike, or they would never meet."""
    return without_accents(text).replace("'", "")


def tokens_of(text: str, words: SafetyWords) -> list[str]:
    """Small words, numbers, and "." for punctuation; apostrophes are dropped, so that "can't" is "cant"."""
    tokens = _TOKEN.findall(plain(text[: MAX_TOKENS * 20]))[:MAX_TOKENS]
    return [words.numbers.get(token, token) if token.isalnum() else _STOP for token in tokens]


def read_patterns(
    folder: Path, root: Path, faults: list[Problem], words: SafetyWords, spare: Patterns | None = None
) -> Patterns:
    """Read the groups of words and every `<kind>.patterns.yaml`; the kinds in the order of their `rank`.

    The rules of `spare` stand in for kinds that have no file of their own, its groups for those that are not named.
    """
    own = _groups(folder / WORDS, root, faults)
    if own is not None and spare is None and CALM not in own and (folder / WORDS).exists():
        faults.append(
            Problem(shown(folder / WORDS, root), 1, f"the group '{CALM}' is missing: what says that all is well")
        )
    spare = spare or Patterns()
    groups = None if own is None else {**spare.groups, **own}
    borrowed = {rule.kind for rule in spare.rules}
    found: dict[str, list[Rule]] = {}
    for path in named(folder, SUFFIX):
        kind = path.name.removesuffix(SUFFIX)
        if not (folder / f"{kind}.md").exists() and kind not in borrowed:
            faults.append(Problem(shown(path, root), 1, f"patterns without a message: {kind}.md is missing"))
        fields = read_yaml(path, root, faults)
        if fields is None:
            continue
        rank = fields.number("rank", least=1) or 1
        items = fields.maps("rules", required=True, least=1)
        found[kind] = [replace(rule, rank=rank) for item in items if (rule := _rule(kind, item, groups))]
        fields.close()
    rules = [rule for own in found.values() for rule in own] + [rule for rule in spare.rules if rule.kind not in found]
    rules.sort(key=lambda rule: (rule.rank, rule.kind))
    known = groups or spare.groups
    return _with_digits(Patterns(tuple(rules), known.get(CALM, spare.calm), known, words))


def _with_digits(patterns: Patterns) -> Patterns:
    """Write numbers in the words of patterns as `tokens_of` does those of messages."""

    def digits(term: Term) -> Term:
        return frozenset(tuple(patterns.words.numbers.get(word, word) for word in phrase) for phrase in term)

    return replace(
        patterns,
        rules=tuple(
            replace(rule, terms=tuple(map(digits, rule.terms)), unless=digits(rule.unless)) for rule in patterns.rules
        ),
        calm=digits(patterns.calm),
        groups={name: digits(term) for name, term in patterns.groups.items()},
    )


def _groups(path: Path, root: Path, faults: list[Problem]) -> dict[str, Term] | None:
    """Named groups; a group may name those that stand above it. None where the file cannot be read."""
    if not path.exists():
        return {}
    fields = read_yaml(path, root, faults)
    if fields is None:
        return None
    groups: dict[str, Term] = {}
    for name in fields.values:
        groups[name] = _needed(" | ".join(fields.texts(name, required=True, least=1)), groups, fields, name)
    return groups


def _rule(kind: str, item: Fields, groups: Mapping[str, Term] | None) -> Rule | None:
    """Parse one rule."""
    terms = tuple(_needed(text, groups, item, "all") for text in item.texts("all", required=True, least=1))
    within = item.number("within", required=False, least=1) or WINDOW
    unless = _term(" | ".join(item.texts("unless")), groups, item, "unless")
    item.close()
    return Rule(kind, terms, within, unless) if terms and all(terms) else None


def _needed(text: str, groups: Mapping[str, Term] | None, fields: Fields, key: str) -> Term:
    """Parse a term without which its rule, or its group, would never be seen."""
    before = len(fields.faults)
    term = _term(text, groups, fields, key)
    if text and not term and groups is not None and len(fields.faults) == before:
        fields.fault(key, f"'{text}' has no word in it")
    return term


def _term(text: str, groups: Mapping[str, Term] | None, fields: Fields, key: str) -> Term:
    """Parse `$calf | lower leg*`; where no group is known, because they could not be read, naming one is no fault."""
    phrases: list[Phrase] = []
    for part in filter(None, (part.strip(' "') for part in text.split("|"))):
        if part.startswith("$"):
            if groups is not None and part[1:] not in groups:
                fields.fault(key, f"unknown group '{part}'")
            phrases.extend((groups or {}).get(part[1:], ()))
        else:
            words = plain(part).split()
            for word in words:
                if not _PART.fullmatch(word):
                    fields.fault(key, f"no message holds a word like '{word}'")
                elif word.startswith("#") and int(word[1:].partition("-")[0]) > int(word.partition("-")[2]):
                    fields.fault(key, f"no number lies in '{word}': the smaller one stands first")
            phrases.append(tuple(words))
    return frozenset(phrases)


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


def _denied(tokens: Sequence[str], start: int, words: SafetyWords) -> bool:
    """Say whether one of the words just before denies it, without a turn of the sentence between."""
    for token in reversed(tokens[max(0, start - _DENIED_WITHIN) : start]):
        if token == _STOP or token in words.turns:
            return False
        if token in words.denials:
            return True
    return False


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
