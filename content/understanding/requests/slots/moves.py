"""Slots of a move: the day from which a session goes, and the day to which it goes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import SpokenDay
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.words import Words
from content.understanding.requests.slots.heard import Heard

FARTHEST: Final = timedelta(days=28)  # what lies beyond is no day of a move, where nearer ones are named
_SHIFT_NEAR: Final = 24  # characters between a length and the cue that a day is moved by it: "postpone tuesday's by"
_STOP: Final = re.compile(r"[.,;!?]")
_AGAIN: Final = 2  # times at which each of two days is named where they change places: "thursday on friday and …"

Dated = tuple[Mention[SpokenDay], date]


class _Part(IntEnum):
    """A day's part in a move, as the words beside it say."""

    TARGET = 3  # surely
    LIKELY = 2  # a target, if no other is surer: "on friday"
    NONE = 1
    ORIGIN = 0


def moved(heard: Heard) -> tuple[date | None, date | None]:
    """Return the day that is moved and the day that it moves to, None for each that is not said."""
    days = [one for one in heard.days if (one.value.offset or 0) >= 0]
    if not days:
        return None, _beside_shown(heard) or _shifted(heard, heard.today)
    dated = _near([(one, day) for one in days if (day := one.value.resolve(heard.today)) is not None], heard)
    if not dated:
        return None, None
    values = list(dict.fromkeys(day for _, day in dated))
    if len(values) == 1:
        return _of_one_day(heard, dated)
    if len(dated) > 1 and _exchanged(heard, dated):
        return min(values[:2]), max(values[:2])
    return _parted(heard, dated)


def _near(dated: list[Dated], heard: Heard) -> list[Dated]:
    near = [pair for pair in dated if pair[1] - heard.today <= FARTHEST]
    return near or dated


def _of_one_day(heard: Heard, dated: list[Dated]) -> tuple[date | None, date | None]:
    day = dated[0][1]
    if by := _to_neighbour(heard):
        return day, day + by
    origin = any(_part(heard, one) is _Part.ORIGIN for one, _ in dated)
    if len(dated) > 1 and not origin:  # "on friday, i'm free on friday"
        shifted = _shifted(heard, day)
        return (day, shifted) if shifted else (None, day)
    return (day, _shifted(heard, day)) if origin else (None, day)


def _parted(heard: Heard, dated: list[Dated]) -> tuple[date | None, date | None]:
    """Return from which of several days to which it goes; where no words say so, from the first to the next."""
    parts = [(_part(heard, one), day) for one, day in dated]
    origins = [day for part, day in parts if part is _Part.ORIGIN] or _planned(heard, dated)
    origin = origins[0] if origins else None
    others = [(part, day) for part, day in parts if day != origin]
    if origin is not None and (shifted := _shifted(heard, origin)) and others[0][0] is not _Part.TARGET:
        return origin, shifted
    sure = [day for part, day in others if part is _Part.TARGET]
    likely = list(dict.fromkeys(day for part, day in others if part is _Part.LIKELY))
    if sure:
        target = sure[0]
    elif origin is None and len(likely) == 1 and likely[0] != heard.today:
        target = likely[0]
    else:
        first = others[0][1] if origin is None else None
        behind = [day for day in likely if day != first] or [day for _, day in others if day != first]
        origin, target = origin if origin is not None else first, behind[0]
    if origin is None:
        origin = next((day for _, day in dated if day != target), None)
    return origin, target


def _part(heard: Heard, day: Mention[SpokenDay]) -> _Part:
    requests = heard.words.requests
    before, behind = heard.said[: day.start], heard.said[day.end :]
    grammar = _grammar(heard.words)
    if _is_possessive(heard, day) or grammar.taken.match(behind):
        return _Part.ORIGIN
    if grammar.surely.search(before) or grammar.suits.match(behind):
        return _Part.TARGET
    if _is_left(heard, day):
        return _Part.ORIGIN
    led = re.search(rf"(?<![^\W_]){phrase_pattern(requests.moved_to)} (?:the )?$", before)
    return _Part.LIKELY if led else _Part.NONE


class _Grammar:
    """Patterns around the days of a move."""

    def __init__(self, words: Vocabulary) -> None:
        requests, of = words.requests, any_of(words.dates.of)
        training = phrase_pattern(requests.training)
        self.surely = re.compile(rf"(?<![^\W_]){phrase_pattern(requests.moved_surely_to)} (?:{of} )*$")
        half_day = rf"(?: (?:{of} )?{any_of(words.dates.mornings | words.dates.evenings)})?"
        self.suits = re.compile(rf"{half_day},? {phrase_pattern(requests.suits)}{ENDS}")
        self.taken = re.compile(rf" {phrase_pattern(words.days.taken)}{ENDS}")
        self.owned = re.compile(rf"'?s? {training}{ENDS}")
        self.planned = re.compile(
            rf"(?<![^\W_])(?:{training}|{phrase_pattern(requests.planned)}){ENDS}[^.,;!?]{{0,24}} "
            rf"(?:{any_of({*words.dates.of, *requests.moved_to})} )*$"
        )
        verbs = words.wishes.keep | (requests.moved_to - requests.moved_surely_to) | requests.moved_from
        self.moving = re.compile(
            rf"{phrase_pattern(requests.moved_from)} {phrase_pattern(requests.moved_to)} (?:the )?$"
        )
        self.done = re.compile(rf"{BEGINS}{any_of(verbs)} (?:{of} |my )*$")  # "do the run on sunday" is of no plan


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    return _Grammar(words)


def _planned(heard: Heard, dated: list[Dated]) -> list[date]:
    """Return the days of which a session is named: "the run of today", "what you have for me tuesday"."""
    grammar = _grammar(heard.words)
    starts = [0, *(one.end for one, _ in dated)]
    found = [day for one, day in dated if grammar.owned.match(heard.said[one.end :])]
    found += [
        day
        for start, (one, day) in zip(starts, dated, strict=False)
        if (lead := grammar.planned.search(said := heard.said[start : one.start])) is not None
        and not grammar.done.search(said[: lead.start()])
        and not grammar.moving.match(said, lead.start())  # "move on friday"
        and _part(heard, one) is not _Part.TARGET
    ]
    return found[:1]


def _exchanged(heard: Heard, dated: list[Dated]) -> bool:
    """Say whether two days change places: "swap friday and saturday", "thursday on friday and friday on thursday"."""
    (first, one), (second, other) = dated[:2]
    values = [day for _, day in dated]
    if one != other and values[:4] == [one, other, other, one]:
        return True
    between = heard.said[first.end : second.start].strip(" '").removesuffix("'s")
    words = heard.words
    joined = {*words.schedule.joining, "&", "/"} | words.requests.exchanged_with
    cues = phrase_pattern(words.requests.exchanged)
    if between in joined or between.removesuffix(" the") in joined:
        return bool(find_phrases(heard.said, words.requests.exchanged))
    return re.search(rf"{BEGINS}{cues} {any_of(words.requests.exchanged_with)}{ENDS}", between) is not None


def _beside_shown(heard: Heard) -> date | None:
    """Return the day beside that of the session that was shown, where nothing else is named: "the day after"."""
    shown = heard.moment.after.session if heard.moment.after is not None else None
    by = _to_neighbour(heard)
    return shown + by if shown is not None and by is not None else None


def _to_neighbour(heard: Heard) -> timedelta | None:
    """Return by how much the day beside the one that is named lies off it: "make tomorrow's the day after"."""
    for cues, days in ((heard.words.requests.day_after, 1), (heard.words.requests.day_before, -1)):
        for cue in find_phrases(heard.said, cues):
            behind = cue.end + 1
            if apart([cue], heard.days) and not any(one.start == behind for one in heard.days):
                return timedelta(days=days)
    return None


def beside_shown(heard: Heard) -> date | None:
    """Return the day that is told by the session that was shown: "and the day after?"."""
    return _beside_shown(heard) if not heard.days else None


def _shifted(heard: Heard, origin: date | None) -> date | None:
    """Return the day that lies so many days behind another, or before it, as is said: "back a day"."""
    if origin is None or len(heard.lengths) != 1:
        return None
    by = timedelta(days=heard.lengths[0].value)
    if _beside(heard, heard.lengths[0], heard.words.requests.sooner_by):
        return origin - by
    return origin + by if _beside(heard, heard.lengths[0], heard.words.requests.later_by) else None


def _beside(heard: Heard, length: Mention[int], cues: Words) -> bool:
    """Say whether one of these phrases stands near a length, in the same clause."""
    gaps = (
        heard.said[min(cue.end, length.end) : max(cue.start, length.start)] for cue in find_phrases(heard.said, cues)
    )
    return any(len(gap) <= _SHIFT_NEAR and not _STOP.search(gap) for gap in gaps)


def _is_possessive(heard: Heard, day: Mention[SpokenDay]) -> bool:
    text, behind = heard.said[day.start : day.end], heard.said[day.end :]
    possessive = (
        text.endswith(("'s", "s"))
        and not text.rstrip("s'").endswith(("thur", "tue", "wedne", "thurs"))
        and text not in {"tues", "thurs"}
        and not any(map(str.isdigit, text))  # "in 2 days"
    )
    return possessive or behind.startswith("'s")


def _is_left(heard: Heard, day: Mention[SpokenDay]) -> bool:
    """Say whether words before a day say that something moves from there: "from friday", "instead of friday"."""
    cues = heard.words.requests.moved_from | heard.words.wishes.rather | heard.words.wishes.negate
    before = heard.said[: day.start]
    lead = rf"(?<![^\W_]){phrase_pattern(cues)} (?:on |the |my |do |make |train |manage )*$"
    if re.search(rf"(?<![^\W_]){phrase_pattern(heard.goals.moving)} on $", before):  # "move on friday" goes there
        return False
    return re.search(lead, before) is not None
