"""Somebody else of whom a message speaks, and whether it says anything of the person who writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.vocabulary import Vocabulary
from coach.parsing.word_lists.request_words import PersonWords
from coach.parsing.words import Words

_DESCRIPTIONS: Final = 2  # between "my" and somebody else, at most: "my dear late father"
_SENTENCE: Final = re.compile(r"[.!?;\n]+")
_CLAUSE: Final = re.compile(r"[.,!?;\n]+(?=\s|$)| (?:but|so) ")


def speaks_of_oneself(said: str, words: Vocabulary, people: PersonWords) -> bool:
    """Say whether a folded text speaks of the person: "I", and "my calf", but not "my late father"."""
    return bool(
        find_phrases(said, words.wishes.own - people.owned)
        or _owned(words.wishes.others | people.others, people).search(said)
    )


def tells_of_others(said: str, words: Vocabulary, people: PersonWords) -> bool:
    """Say whether a folded text begins with what somebody else does, and neither speaks of the person nor asks."""
    told = place_of_doing(said, words, people) is not None
    said = without(said, find_phrases(said, people.meaning), " ")
    return told and not speaks_of_oneself(said, words, people) and not find_phrases(said, people.asking)


def asks_apart(said: str, words: Vocabulary, people: PersonWords, wished: Words) -> bool:
    """Say whether the last clause of a folded text asks for something, and names nobody else.

    "grandma could do this and she's got a new hip. make it harder": `wished` are words of the plan.
    """
    last = [each for each in _CLAUSE.split(said) if each.strip()][-1:]
    others = words.wishes.others | people.others
    return any(find_phrases(each, people.asking | wished) and not find_phrases(each, others) for each in last)


def are_of_others(said: str, words: Vocabulary, people: PersonWords) -> bool:
    """Say whether a folded text begins with whose figures follow: "no, it was my flatmate who did 22 left"."""
    return _whose(words.wishes.others | people.others | people.spoken_to, people).match(said) is not None


def place_of_doing(said: str, words: Vocabulary, people: PersonWords) -> int | None:
    """Return where it is told what somebody else does, or is, where a folded text begins with them."""
    told = _doings(words.wishes.others | people.others | people.spoken_to, people).match(said)
    return told.end() if told else None


def is_of_others_alone(text: str, words: Vocabulary, people: PersonWords, *, troubles: Callable[[str], bool]) -> bool:
    """Say whether what a text tells is somebody else's, and nothing in it the person's own.

    What stands before anybody is told of is the person's own where it `troubles`: "calf hot and swollen, wife says go".
    Who only comments is not told of: "wife says go, calf hot and swollen".
    """
    sentences = [said for part in _SENTENCE.split(fold(text)) if (said := " ".join(part.split()))]
    if any(speaks_of_oneself(said, words, people) for said in sentences):
        return False
    if all(_first_named(said, words, people) is None for said in sentences):
        return False
    uncommented = [_without_comments(said, words, people) for said in sentences]
    return not any(troubles(said[: _first_named(said, words, people)]) for said in uncommented)


def _without_comments(said: str, words: Vocabulary, people: PersonWords) -> str:
    """Return a sentence without its comma parts from where somebody comments, and nobody else is told of in them."""
    parts = said.split(",")
    for place, part in enumerate(parts):
        comment = _commenting(words.wishes.others | people.others, people).search(part)
        if comment is not None and _first_named(part[comment.end() :], words, people) is None:
            parts[place] = part[: comment.start()]
    return ",".join(parts)


def _first_named(said: str, words: Vocabulary, people: PersonWords) -> int | None:
    """Return where somebody else is first told of; who is spoken to is not: "chest pain, mate"."""
    told = find_phrases(said, (words.wishes.others | people.others) - people.bystanders - people.spoken_to)
    begins = [one.start for one in told] + [found.start() for found in _told_of(people).finditer(said)]
    return min(begins, default=None)


@lru_cache(8)
def _owned(others: frozenset[str], people: PersonWords) -> re.Pattern[str]:
    """Return what finds a word such as "my" that does not stand before somebody else."""
    somebody = rf"{_described(people)}{phrase_pattern(others)}{ENDS}"
    return re.compile(rf"{BEGINS}{phrase_pattern(people.owned)}{ENDS}(?! {somebody})")


def is_spoken_to(said: str, named: Mention[str], people: PersonWords) -> bool:
    """Say whether somebody named within a folded text is spoken to, not told of: "done mate, 35 min"."""
    told = (found.end() for found in _told_of(people).finditer(said))
    return named.start > 0 and said[named.start : named.end] in people.spoken_to and named.end not in told


@lru_cache(8)
def _told_of(people: PersonWords) -> re.Pattern[str]:
    """Return what finds those who are spoken to as well, where they are told of: "a mate"."""
    before, somebody = phrase_pattern(people.before), phrase_pattern(people.spoken_to)
    return re.compile(rf"{BEGINS}{before} {_described(people)}{somebody}{ENDS}")


@lru_cache(8)
def _doings(others: frozenset[str], people: PersonWords) -> re.Pattern[str]:
    """Return what matches somebody else at the beginning with a word for what they do: "my mate's", "wife has"."""
    before = rf"(?:{phrase_pattern(people.owned | people.before)} )?{_described(people)}"
    return re.compile(rf"\W*{before}{phrase_pattern(others)}(?:['’]s| {phrase_pattern(people.does)}){ENDS}")


@lru_cache(8)
def _whose(others: frozenset[str], people: PersonWords) -> re.Pattern[str]:
    """Return what matches "it was" and somebody else "who" did something, behind a no."""
    was, who = phrase_pattern(people.it_was), phrase_pattern(people.who)
    somebody = rf"(?:{phrase_pattern(people.owned | people.before)} )?{_described(people)}{phrase_pattern(others)}"
    return re.compile(rf"(?:[^\W\d_]+[, ]+){{0,2}}?{was} {somebody} {who}{ENDS}")


@lru_cache(8)
def _commenting(others: frozenset[str], people: PersonWords) -> re.Pattern[str]:
    """Return what finds somebody else right before a word of commenting: "wife says"."""
    return re.compile(rf"{BEGINS}{phrase_pattern(others)} {phrase_pattern(people.comments)}{ENDS}")


def _described(people: PersonWords) -> str:
    return rf"(?:(?:\d+[ -]?)?{phrase_pattern(people.described)} ){{0,{_DESCRIPTIONS}}}"
