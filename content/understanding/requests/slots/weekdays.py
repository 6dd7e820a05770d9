"""Weekdays that are wished for as the days of training, told from those that are left out or are something else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.weekdays import EVERY_DAY, parse_days
from coach.parsing.words import Words
from coach.user_errors import DaysNotUnderstood
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.moves import moved

_CLAUSES: Final = re.compile(r",|:(?= )")
_PARTS: Final = re.compile(r"[.,;!?]")
_WORD: Final = re.compile(r"[^\W_]+")
EXCHANGED: Final = 2  # days at most, where one takes the place of another
LEADING: Final = 3  # words at the beginning that may say so
AMENDING: Final = 6  # words at most, of a message that does no more
_BETWEEN: Final = 24  # characters from "training days" to "are": "from now on"


def weekdays(heard: Heard) -> frozenset[int] | None:
    """Return the weekdays that are wished for: those of the last part of a message that leaves none out.

    Those that are said to be the training days go before all others.
    """
    words = heard.words.days
    said = _without_asides(heard)
    if (named := _named(heard, said) or _instead(heard) or _all_the_others(heard)) is not None:
        return named
    found: list[tuple[bool, bool, int, frozenset[int]]] = []
    for part in _parts(heard.words).split(said):
        if not any(word in words.one or word in words.several or word in words.every for word in _WORD.findall(part)):
            continue
        days = _read(part, heard)
        if days is None:
            continue
        denied = bool(find_phrases(_without_slip(part, heard), words.but | heard.words.wishes.negate))
        if (taken := _taken(part, heard)) is not None:
            others = bool(find_phrases(heard.said, words.others))  # which are the days to train
            denied, days = True, EVERY_DAY - days if others or days == taken else days
        only = bool(find_phrases(part, heard.words.schedule.only))
        found.append((only and not denied, not denied, len(found), days))
    return max(found, key=lambda each: each[:3])[3] if found else _read(said, heard)


def tells_training_days(heard: Heard) -> bool:
    """Say whether a message names its days as those of training: "so my training days are tuesday and friday"."""
    return _named(heard, _without_asides(heard)) is not None


def amended(heard: Heard, days: frozenset[int]) -> frozenset[int] | None:
    """Return days that stand open with one in the place of another, one more or one less; None where none is so.

    "No, tuesday instead of wednesday", "plus sunday", "without saturday".
    """
    named = frozenset(one.value.weekday for one in heard.days) - {None}
    first, little = heard.said.split()[:LEADING], len(heard.said.split()) <= AMENDING
    if len(named) == 1 and little and named != days:
        one = frozenset(each for each in named if each is not None)
        less = words_lead(first, heard.words.days.but | heard.words.wishes.drop)
        more = words_lead(first, heard.goals.adding) or adds_days(heard)
        if more or (less and one < days):
            return days | one if more else days - one
    origin, target = moved(heard)
    if origin is None or target is None or len({one.value for one in heard.days}) > EXCHANGED:
        return None
    gone, new = origin.isoweekday(), target.isoweekday()
    return days - {gone} | {new} if gone in days and new not in days else None


def words_lead(first: Sequence[str], words: Words) -> bool:
    """Say whether the first words of a message hold one of these."""
    return bool(find_phrases(" ".join(first), words))


def adds_days(heard: Heard) -> bool:
    """Say whether days come to those that there are: "can we add sunday", and no "add sunday instead of friday"."""
    words = heard.words
    only = words.schedule.only | words.days.instead | words.wishes.rather | words.days.but
    added = [each for each in _PARTS.split(heard.said) if find_phrases(each, heard.goals.adding)]
    return any(re.search(_listed(words), each) for each in added) and not find_phrases(heard.said, only)


def leaves_days_out(heard: Heard, days: frozenset[int]) -> bool:
    """Say whether only days without training are named, all others being read from that: "no fridays any more"."""
    words = heard.words
    named = [_read(each[0], heard) for each in re.finditer(_listed(words), heard.said)]
    others = words.days.every_day | words.days.others | (frozenset(words.days.every) - {"all"})
    out = frozenset[int]().union(*(each for each in named if each is not None))
    aside = [each for each in words.wishes.lasting | words.days.asides if " " in each]  # "any more"
    said = re.sub(rf"{BEGINS}{any_of(aside)}{ENDS}", " ", heard.said)
    return bool(out) and days == EVERY_DAY - out and not find_phrases(said, others)


def lists_days(heard: Heard) -> bool:
    """Say whether several days stand one behind the other, with no way from one to the other: "thu fri sun please"."""
    days, through = heard.words.days, heard.words.days.through
    named = re.compile(rf"{BEGINS}{any_of([*days.one, *days.several])}{ENDS}")
    lists = (found[0] for found in re.finditer(_listed(heard.words), heard.said))
    return any(len(named.findall(each)) > 1 and not find_phrases(each, through) and "-" not in each for each in lists)


WEEKS: Final = frozenset({(1, 7), (7, 6)})
"""The first and the last day of a week, wherever it begins."""


def names_whole_week(heard: Heard) -> bool:
    """Say whether a whole week is named, and nothing to move: "hit me with monday to sunday"."""
    words = heard.words.days
    day = rf"({any_of(words.one)})"
    found = re.search(rf"{BEGINS}{day} (?:{any_of(words.through)}|-) {day}{ENDS}", heard.said)
    if found is None or find_phrases(heard.said, heard.goals.moving):
        return False
    return (words.one[found[1]], words.one[found[2]]) in WEEKS


def _without_slip(part: str, heard: Heard) -> str:
    """Return a part without the words before its first comma that only take something back: "wait no, thu and sat"."""
    beside = phrase_pattern(heard.words.wishes.slip | heard.goals.fillers)
    return re.sub(rf"^\W*(?:{beside}{ENDS} ?)+,", "", part)


def _read(part: str, heard: Heard) -> frozenset[int] | None:
    try:
        return parse_days(part, heard.words.days)
    except DaysNotUnderstood:
        return None


def _named(heard: Heard, said: str) -> frozenset[int] | None:
    """Return the days right behind "training days … are"."""
    days, listed = heard.words.days, _listed(heard.words)
    training = phrase_pattern(heard.words.requests.training)
    lead = rf"{BEGINS}{training} {any_of(heard.words.pause.lengths)}{ENDS}[^.,;!?]{{0,{_BETWEEN}}}?{any_of(days.are)}"
    found = re.search(rf"{lead}:?(?: {any_of(heard.words.schedule.skip)})? (?P<days>{listed})", said)
    return _read(found["days"], heard) if found else None


def _instead(heard: Heard) -> frozenset[int] | None:
    """Return the days that take the place of others: "i can't do mondays any more, tuesday and friday instead"."""
    words = heard.words
    behind = re.compile(rf"{_listed(words)} {any_of(words.days.instead)}{ENDS}(?! {any_of(words.dates.of)}{ENDS})")
    clauses = [each for each in _CLAUSES.split(heard.said) if re.search(_listed(words), each)]
    kept = [each for each in clauses if not find_phrases(each, words.days.but | words.wishes.negate)]
    return _read(",".join(kept), heard) if len(kept) < len(clauses) and any(map(behind.search, kept)) else None


def _all_the_others(heard: Heard) -> frozenset[int] | None:
    """Return all days but those that are named: "work is mon tue wed, so only the other days"."""
    words = heard.words
    others = rf"{any_of(words.schedule.only)} (?:{any_of(words.schedule.skip)} )?{any_of(words.days.others)}"
    found = re.search(rf"{BEGINS}{others}{ENDS}", heard.said)
    listed = re.search(_listed(words), heard.said)
    days = _read(listed[0], heard) if found is not None and listed is not None else None
    return EVERY_DAY - days if days is not None else None


def _without_asides(heard: Heard) -> str:
    """Return the spoken form without what names days of which nothing is wished.

    Those are "every week", "any more" and "all 4", clauses about "other days", and the days behind "instead of"; nor
    does "i have nothing on mondays" leave a day out.
    """
    days, listed = heard.words.days, _listed(heard.words)
    names = re.compile(rf"{BEGINS}{any_of([*days.one, *days.several])}{ENDS}")
    of, week = any_of(heard.words.dates.of), any_of(heard.words.dates.week)
    counted = re.compile(rf"{BEGINS}{any_of(days.every)} (?:{of} )?(?:\d|{week}{ENDS})")
    lasting = [each for each in heard.words.wishes.lasting if each.partition(" ")[0] in days.every and " " in each]
    free = rf"{any_of(heard.words.answers.having)} {any_of(heard.words.answers.nothing)}"
    said = re.sub(rf"{BEGINS}(?:{free}|{any_of([*lasting, *days.asides])}){ENDS}", " ", counted.sub(" ", heard.said))
    day = any_of(word for word, size in heard.words.pause.lengths.items() if size == 1)
    said = re.sub(rf"{BEGINS}({day} {any_of(days.but)}) {any_of(days.but)}{ENDS}", r"\1", said)  # "but never sunday"
    rather = re.compile(rf"{BEGINS}{phrase_pattern(heard.words.wishes.rather)} (?:\w+ )?{listed}")
    if names.search(rest := rather.sub(" ", said)):
        said = rest
    for is_aside in (_is_of_others, _taken):
        clauses = _CLAUSES.split(said)
        kept = [each for each in clauses if not is_aside(each, heard)]
        if len(kept) < len(clauses) and any(map(names.search, kept)):
            said = ",".join(kept)
    return _without_denied(said, names, heard)


def _without_denied(said: str, names: re.Pattern[str], heard: Heard) -> str:
    """Return it without clauses that deny days beside those that are named alone: "no weekends, just mon and thu"."""
    clauses = [each for each in _CLAUSES.split(said) if names.search(each)]
    denied = [each for each in clauses if find_phrases(each, heard.words.days.but | heard.words.wishes.negate)]
    only = [each for each in clauses if each not in denied and find_phrases(each, heard.words.schedule.only)]
    return ",".join(each for each in _CLAUSES.split(said) if each not in denied) if denied and only else said


def _is_of_others(clause: str, heard: Heard) -> bool:
    """Say whether a clause is about all days that are not named, and names none: "other days are fine"."""
    days = heard.words.days
    return bool(find_phrases(clause, days.others)) and not re.search(_listed(heard.words), clause)


def _taken(part: str, heard: Heard) -> frozenset[int] | None:
    """Return the days of a part that are something else's, or do not suit: "fridays are for beer"."""
    words = heard.words
    found = re.search(rf"(?P<days>{_listed(words)}) {phrase_pattern(words.days.taken)}{ENDS}", part)
    kept_free = rf"{BEGINS}{any_of(words.days.set_aside)} (?:\w+ ){{0,2}}(?P<days>{_listed(words)})"
    found = found or re.search(rf"{kept_free} {any_of(words.days.aside)}{ENDS}", part)
    if found is None or find_phrases(part[found.end() :], words.requests.training):
        return None
    return _read(found["days"], heard)


@lru_cache
def _parts(words: Vocabulary) -> re.Pattern[str]:
    """Return what parts thoughts; "every day but friday" is one."""
    day = "".join(rf"(?<!\b{re.escape(word)} )" for word, days in words.pause.lengths.items() if days == 1)
    return re.compile(rf"[.;!?]|:(?= )|,? {day}{any_of(words.days.new_thought)} ")


@lru_cache
def _listed(words: Vocabulary) -> str:
    """Return the pattern of days, one or several, with what stands between them."""
    day = rf"{any_of([*words.days.one, *words.days.several])}(?:'s|s)?{ENDS}"
    joining = any_of(words.schedule.joining | words.days.through | words.schedule.skip)
    between = rf"(?:[\s,/&-]|{BEGINS}{joining}{ENDS})+"
    return rf"{day}(?:{between}{day})*"
