"""Rules of red flags as they are written: groups of words, combinations of them, and what raises the urgency."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from coach.parsing.normalise import without_accents
from coach.parsing.vocabulary import SafetyWords
from content.schema.pages import URGENCIES
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, named, read_yaml

WINDOW: Final = 14  # words that a rule may spread over unless it says otherwise
WORDS: Final = "words.yaml"
RAISES: Final = "urgency.yaml"
SUFFIX: Final = ".patterns.yaml"
INSTEAD: Final = "instead.yaml"
REMARKS: Final = "remarks.yaml"
CALM: Final = "calm"  # the group of words that say that nothing is wrong
SIGNS: Final = "signs"  # the group of what a person may say that they do not have: "not swollen"
NO_FLAG: Final = "none"  # stands for a kind in `instead.yaml`: the message raises no flag of those kinds
_PART: Final = re.compile(r"[^\W\d_]+\*?|\d+|#\d+-\d+|\.")  # of a phrase: what a message's words can fit

Phrase = tuple[str, ...]  # words, prefixes (`swell*`) or ranges (`#9-17`), one after the other
Term = frozenset[Phrase]  # alternatives


class Remark(StrEnum):
    """A remark about a red flag."""

    ASKED = "asked"  # it is only asked about
    MISTAKEN = "mistaken"  # none was meant
    PASSED = "passed"  # it is over
    CALLING = "calling"
    ON_WAY = "on_way"  # somebody who can judge it is called
    NUMBER = "number"  # whom to call is asked
    CLEARED = "cleared"  # somebody who can judge it has said that training is fine
    SEEN = "seen"  # somebody who can judge it has looked at it, or treats it
    RETURN = "return"  # when training may go on is asked
    TREAT = "treat"  # they want to treat it themselves


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms that must all be there, near each other, and phrases that call it off."""

    kind: str  # of the red flag; of a rule that raises the urgency, how urgent it becomes; `instead`: the other kind
    terms: tuple[Term, ...]
    within: int
    unless: Term
    rank: int = 1  # the gravest first
    only: frozenset[str] = frozenset()  # the kinds that the rule raises or replaces; raises, none named: all
    sure: bool = False  # the words are never ordinary talk: likeness to examples has no say


@dataclass(frozen=True, slots=True)
class Patterns:
    """All rules, the gravest kind first, words that speak against a mere likeness to examples, and all groups."""

    rules: tuple[Rule, ...] = ()
    calm: Term = frozenset()
    signs: Term = frozenset()  # that may be denied: what is left of the message counts
    groups: Mapping[str, Term] = field(default_factory=dict)
    instead: tuple[Rule, ...] = ()  # rules by which a message is of another kind than it is like, or of none
    remarks: tuple[Rule, ...] = ()  # rules of what is said about a red flag: `Remark`
    raises: tuple[Rule, ...] = ()  # rules that make a red flag more urgent
    words: SafetyWords = field(default_factory=SafetyWords)
    key: str = ""  # what they were read from


def plain(text: str) -> str:
    """Small letters without accents and apostrophes: messages and patterns alike, or they would never meet."""
    return without_accents(text).replace("'", "")


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
    raises = _read_rules(folder / RAISES, root, faults, groups, frozenset(URGENCIES))
    kinds = frozenset(path.stem for path in named(folder, ".md")) | borrowed | {NO_FLAG}
    remarks = _read_rules(folder / REMARKS, root, faults, groups, frozenset(Remark))
    instead = _read_rules(folder / INSTEAD, root, faults, groups, kinds)
    return _with_digits(
        Patterns(
            rules=tuple(rules),
            calm=known.get(CALM, spare.calm),
            signs=known.get(SIGNS, spare.signs),
            groups=known,
            instead=spare.instead if instead is None else instead,
            remarks=spare.remarks if remarks is None else remarks,
            raises=spare.raises if raises is None else raises,
            words=words,
            key=_key((*named(folder, SUFFIX), folder / WORDS, folder / INSTEAD), spare.key),
        )
    )


def _key(paths: Iterable[Path], *others: str) -> str:
    """Name what stands in files."""
    read = (path.read_bytes() for path in paths if path.is_file())
    return hashlib.sha256(b"\0".join((*read, *map(str.encode, others)))).hexdigest()


def _with_digits(patterns: Patterns) -> Patterns:
    """Write numbers in the words of patterns as the tokens of messages have them."""

    @cache  # groups stand in many rules: each phrase is kept once
    def written(phrase: Phrase) -> Phrase:
        return tuple(sys.intern(patterns.words.numbers.get(word, word)) for word in phrase)

    @cache
    def digits(term: Term) -> Term:
        return frozenset(map(written, term))

    def with_digits(rule: Rule) -> Rule:
        return replace(rule, terms=tuple(map(digits, rule.terms)), unless=digits(rule.unless))

    return replace(
        patterns,
        rules=tuple(map(with_digits, patterns.rules)),
        calm=digits(patterns.calm),
        signs=digits(patterns.signs),
        groups={name: digits(term) for name, term in patterns.groups.items()},
        raises=tuple(map(with_digits, patterns.raises)),
        instead=tuple(map(with_digits, patterns.instead)),
        remarks=tuple(map(with_digits, patterns.remarks)),
    )


def _read_rules(
    path: Path, root: Path, faults: list[Problem], groups: Mapping[str, Term] | None, targets: frozenset[str]
) -> tuple[Rule, ...] | None:
    """Rules that make a red flag more urgent, or one of another kind; None where there is no such file."""
    fields = read_yaml(path, root, faults) if path.exists() else None
    if fields is None:
        return None
    found = []
    for item in fields.maps("rules", required=True, least=1):
        to, only = item.text("to"), frozenset(item.texts("kinds", required=NO_FLAG in targets))
        if to not in targets:
            allowed = URGENCIES if targets == set(URGENCIES) else sorted(targets)
            item.fault("to", f"'to' is '{to}'; one of {', '.join(allowed)}")
        elif rule := _rule(to, item, groups):
            found.append(replace(rule, only=only))
    fields.close()
    return tuple(found)


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
    sure = item.flag("sure", default=False)
    item.close()
    return Rule(kind, terms, within, unless, sure=sure) if terms and all(terms) else None


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
