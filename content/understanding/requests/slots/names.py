"""Slots that are names: the place where somebody is, the exercise that is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.normalise import without_accents
from content.understanding.gazetteer import name_key
from content.understanding.places import Places
from content.understanding.requests.slots.heard import Heard

_NAME: Final = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*\.?")
_MOST_WORDS: Final = 3
_PLURAL: Final = "s"
_GENERIC: Final = frozenset({"calf", "heel", "standing", "bodyweight", "forward", "the", "a"})
_NAMES_REMEMBERED: Final = 1024  # of exercises, which are compared with every message


def place(heard: Heard) -> str | None:
    """Return the place that is named: what follows "in" or "to" where that is a city, else any city, else a name."""
    settled = re.compile(rf"(?<![^\W_]){phrase_pattern(heard.words.requests.settled)}[ :]+", re.IGNORECASE)
    text = " ".join(heard.text.replace("’", "'").split())
    refused = re.compile(rf"(?<![^\W_]){phrase_pattern(heard.words.wishes.negate | heard.words.wishes.rather)} $")
    starts = [found.end() for found in settled.finditer(text) if not refused.search(text[: found.start()].casefold())]
    for known in (True, False):
        for start in reversed(starts):
            if (found := _name_at(text[start:], heard, known=known)) is not None:
                return found
    if heard.moment.places is None:
        return None
    words = list(_NAME.finditer(text))
    for first in words:
        if (
            first[0][0].isupper()
            and first.start() > 0
            and (found := _name_at(text[first.start() :], heard, known=True))
        ):
            return found
    common = heard.words.common
    for first in words:
        if first[0].casefold() not in common and (
            found := _name_at(text[first.start() :], heard, known=True, big=True)
        ):
            return found
    return None


def _name_at(text: str, heard: Heard, *, known: bool, big: bool = False) -> str | None:
    words: list[str] = []
    end = 0
    for found in _NAME.finditer(text):
        if len(words) == _MOST_WORDS or (words and text[end : found.start()].strip()):
            break
        if not words and found.start() > 0:
            break
        words.append(found[0].rstrip("."))
        end = found.end()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name.casefold() in heard.words.common or name_key(name) in _taken(heard):
            continue
        if known and heard.moment.places is not None:
            if _is_city(name, count, heard.moment.places, heard):
                return name if name[0].isupper() else name.title()
        elif not known and all(word[0].isupper() for word in words[:count]):
            return name
    if not known and not big and words and heard.moment.places is not None and len(words[0]) > 4:
        common = words[0].casefold() in heard.words.common
        cities = [] if common else heard.moment.places.find(words[0], heard.words.places, 1)
        if cities:
            return cities[0].name
    return None


def _is_city(name: str, words: int, places: Places, heard: Heard) -> bool:
    """Say whether a city is called so; a name of several words may be the beginning of a longer one: New York City."""
    key = name_key(name)
    cities = places.find(name, heard.words.places, 3, mend=False)  # a misspelt one is called otherwise
    return any(name_key(city.name) == key or (words > 1 and name_key(city.name).startswith(key)) for city in cities)


def _taken(heard: Heard) -> frozenset[str]:
    """Return words that are never a place here, though a town is called so."""
    words = heard.words
    return words.dates.this | words.dates.next | words.dates.last | words.dates.week | words.places.near | words.common


def exercise(heard: Heard) -> str | None:
    """Return the exercise that is named, the one of which most words are; words that several share need not be said."""
    return _named(heard.said, heard)


def exercise_meant(heard: Heard, text: str | None = None) -> str | None:
    """Return the exercise that a message about one means: a word that only its names have is enough, "the rope one"."""
    said = heard.said if text is None else text
    if (named := _named(said, heard)) is not None:
        return named
    shared = heard.words.requests.shared_names | heard.words.common
    owners: dict[str, set[str]] = {}
    for slug, names in heard.exercises.items():
        for stem in {stem for name in names for stem in _stems_of_name(name)[0]}:
            owners.setdefault(stem, set()).add(slug)
    meant = {
        slug
        for stem in _stems(said)
        if stem not in shared and len(slugs := owners.get(stem, set())) == 1
        for slug in slugs
    }
    return meant.pop() if len(meant) == 1 else None


def _named(text: str, heard: Heard) -> str | None:
    said = _stems(text)
    best: tuple[int, int, str] | None = None
    for slug, names in heard.exercises.items():
        for name in names:
            stems, needed = _stems_of_name(name)
            if needed <= said:
                rank = (len(stems & said), -len(stems - said), slug)
                if best is None or rank[:2] > best[:2]:
                    best = rank
    return best[2] if best else None


@lru_cache(_NAMES_REMEMBERED)
def _stems_of_name(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of an exercise's name, and those that must be said for it to be meant."""
    stems = _stems(name)
    return stems, stems - _GENERIC or stems


def _stems(text: str) -> frozenset[str]:
    bare = without_accents(text).replace("'", "").replace("-", " ")
    words = re.findall(r"[^\W_]+", bare)
    stems = {word.removesuffix("es") if word.endswith("ches") else word.removesuffix(_PLURAL) for word in words}
    return frozenset(stems | ({"calf"} if {"calve"} & stems else set()))
