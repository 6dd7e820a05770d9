"""Slots that are days: of which day something is said, from which to which it moves, until when a pause lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from coach.parsing.mentions.efforts import find_scores
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction, SpokenDay
from coach.parsing.pause_end import JUST_PAST
from coach.parsing.vocabulary import any_of
from coach.parsing.words import Words
from content.understanding.requests.slots.heard import Heard

_CUE_NEAR: Final = 12  # characters between a cue and its day: "until about the"
_SHIFT_NEAR: Final = 24  # characters between a length and the cue that a day is moved by it: "postpone tuesday's by"
_STOP: Final = re.compile(r"[.,;!?]")
_POSSESSIVE: Final = re.compile(r"(?:'s?|s) ?$|^'s")


def the_day(
    heard: Heard, direction: Direction = Direction.COMING, besides: Sequence[Mention[object]] = ()
) -> date | None:
    """Return the day that is said; of several one that is told by its distance from today, and not the past's.

    What overlaps one of the mentions `besides` is no day.
    """
    days = [one for one in heard.days if apart([one], besides)]
    if not days:
        return None
    if direction == "coming":
        ahead = [one for one in days if (one.value.offset or 0) >= 0 and one.value.week != -1]
        near = [one for one in ahead if one.value.offset is not None]
        days = near or ahead or days
    return days[0].value.resolve(heard.today, direction)


def split_scores(heard: Heard) -> tuple[list[Mention[int]], list[Mention[int]]]:
    """Split what looks like a score out of ten into dates, "on 6/10", and scores."""
    scores = find_scores(heard.said, heard.words)
    pattern = re.compile(rf"{BEGINS}{any_of(heard.words.dates.before_date)} (?:{any_of(heard.words.dates.of)} )?$")
    dated = [
        one for one in scores if not apart([one], heard.days) and pattern.search(heard.said[: one.start]) is not None
    ]
    return dated, [one for one in scores if one not in dated]


def today_last(heard: Heard) -> date | None:
    """Return today where a clause ends with words for it that mean something else before others: "no run the day"."""
    pattern = rf"{BEGINS}{any_of(heard.words.dates.today_last)}\W*(?:$|[.,;!?])"
    return heard.today if not heard.days and re.search(pattern, heard.said) else None


def moved(heard: Heard) -> tuple[date | None, date | None]:
    """Return the day that is moved and the day that it moves to, None for each that is not said."""
    days = [one for one in heard.days if (one.value.offset or 0) >= 0]
    if not days:
        return None, _shifted(heard, heard.today)
    dated = [(one, one.value.resolve(heard.today)) for one in days]
    if (one := dated[0][1]) is not None and len({each.value for each in days}) == 1:
        if by := _to_neighbour(heard):
            return one, one + by
        if len(days) > 1 and not any(_is_from(heard, each) for each in days):  # "on friday, i'm free on friday"
            shifted = _shifted(heard, one)
            return (one, shifted) if shifted else (None, one)
    if len(days) > 1 and _swapped(heard, days):
        both = sorted(day for _, day in dated[:2] if day is not None)
        return (both[0], both[-1]) if both else (None, None)
    origin = next((pair for pair in dated if _is_from(heard, pair[0])), None)
    if len(days) == 1:
        return (dated[0][1], _shifted(heard, dated[0][1])) if origin is not None else (None, dated[0][1])
    if origin is None:
        target = next((pair for pair in dated if _is_to(heard, pair[0])), None)
        origin = next((pair for pair in dated if pair is not target), dated[0])
    others = [pair for pair in dated if pair is not origin and pair[1] != origin[1]]
    target = next((pair for pair in others if _is_to(heard, pair[0])), None) or (others[0] if others else None)
    return origin[1], target[1] if target else None


def _to_neighbour(heard: Heard) -> timedelta | None:
    """Return by how much the day beside the one that is named lies off it: "make tomorrow's the day after"."""
    for cues, days in ((heard.words.requests.day_after, 1), (heard.words.requests.day_before, -1)):
        for cue in find_phrases(heard.said, cues):
            behind = cue.end + 1
            if apart([cue], heard.days) and not any(one.start == behind for one in heard.days):
                return timedelta(days=days)
    return None


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


def until(heard: Heard) -> date | None:
    """Return the first day of training again that is said."""
    return _until_day(heard) or _until_week(heard) or _behind_length(heard) or _lone_date(heard)


def _until_day(heard: Heard) -> date | None:
    """Return the day before which "until" or "back" stands, or the one after the day behind "through"."""
    requests, today = heard.words.requests, heard.today
    for day in heard.days:
        relative = day.value.offset is not None
        if _cue(heard, day, requests.until):
            found = _just_past(day.value, today) or day.value.resolve(today, Direction.AFTER)
            after = not relative and _cue(heard, day, heard.words.dates.after)
        elif _cue(heard, day, requests.through):
            found, after = day.value.resolve(today, Direction.COMING if relative else Direction.AFTER), True
        else:
            continue
        return found + timedelta(days=1) if after and found else found
    return next((month.value for month in heard.months if _cue(heard, month, requests.until)), None)


def _just_past(day: SpokenDay, today: date) -> date | None:
    """Return a date without a year that lies so little behind that it is a slip, not the same date of next year."""
    if not day.month or day.year:
        return None
    past = day.resolve(today, Direction.PAST)
    return past if past is not None and today - past <= JUST_PAST else None


def _until_week(heard: Heard) -> date | None:
    """Return the Monday after the week that is away, or the beginning of the one until which it is."""
    requests = heard.words.requests
    for week in heard.weeks:
        value, monday = week.value, week.value.monday(heard.today)
        if value.week is None and not value.weekend and not value.end and not _cue(heard, week, requests.through):
            continue
        begins = _cue(heard, week, requests.until) and not value.after and not value.end
        if begins and (value.week == 1 or value.weekend):
            return monday + timedelta(days=5 if value.weekend else 0)
        return monday + timedelta(days=7)
    return None


def _behind_length(heard: Heard) -> date | None:
    """Return the day behind a length from today: "for two weeks"."""
    ago = heard.words.dates.ago
    begins = away_from(heard)
    for length in heard.lengths:
        if not find_phrases(heard.said[length.end : length.end + 6], ago):
            return (begins or heard.today) + timedelta(days=length.value)
    return None


def away_from(heard: Heard) -> date | None:
    """Return the day from which somebody is away, where that is said: "off from the 14th for a week"."""
    days = [one for one in heard.days if _cue(heard, one, heard.words.requests.away_from)]
    begins = days[0].value.resolve(heard.today, Direction.COMING) if days else None
    return begins if begins is not None and begins > heard.today else None


def _lone_date(heard: Heard) -> date | None:
    """Return a month, or the only date, that stands without a word before it."""
    if heard.months:
        return heard.months[-1].value if heard.months[-1].value > heard.today else None
    dated = [one for one in heard.days if one.value.day]
    return dated[0].value.resolve(heard.today, Direction.AFTER) if len(dated) == 1 else None


def _cue(heard: Heard, day: Mention[object], cues: frozenset[str]) -> bool:
    """Say whether one of these phrases stands right before a day."""
    before = heard.said[max(0, day.start - 40) : day.start]
    return re.search(rf"(?<![^\W_]){phrase_pattern(cues)}{ENDS}[^.;!?]{{0,{_CUE_NEAR}}}$", before) is not None


def _is_from(heard: Heard, day: Mention[SpokenDay]) -> bool:
    text, behind = heard.said[day.start : day.end], heard.said[day.end :]
    before = heard.said[: day.start]
    possessive = (
        text.endswith(("'s", "s"))
        and not text.rstrip("s'").endswith(("thur", "tue", "wedne", "thurs"))
        and text not in {"tues", "thurs"}
    )
    if possessive or behind.startswith("'s"):
        return True
    cues = heard.words.requests.moved_from | heard.words.wishes.rather | heard.words.wishes.negate
    return (
        re.search(rf"(?<![^\W_]){phrase_pattern(cues)} (?:on |the |my |do |make |train |manage )*$", before) is not None
    )


def _is_to(heard: Heard, day: Mention[SpokenDay]) -> bool:
    before = heard.said[: day.start]
    return re.search(rf"(?<![^\W_]){phrase_pattern(heard.words.requests.moved_to)} (?:the )?$", before) is not None


def _swapped(heard: Heard, days: list[Mention[SpokenDay]]) -> bool:
    between = heard.said[days[0].end : days[1].start]
    joined = {*heard.words.schedule.joining, "&", "with", "for", "n", "/"}
    return between.strip(" '").removesuffix("'s") in joined or between.strip() in {f"{each} the" for each in joined}
