"""Slots that are days: of which day something is said, until when a pause lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from coach.parsing.mentions.efforts import find_scores
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction, SpokenDay, month_numbers
from coach.parsing.pause_end import JUST_PAST
from coach.parsing.vocabulary import any_of
from coach.parsing.words import Words
from content.understanding.requests.slots.heard import Heard

_MONTH: Final = 31  # days at most
_CUE_NEAR: Final = 12  # characters between a cue and its day: "until about the"


def the_day(
    heard: Heard, direction: Direction = Direction.COMING, besides: Sequence[Mention[object]] = ()
) -> date | None:
    """Return the day that is said; of several one that is told by its distance from today, and not the past's.

    What overlaps one of the mentions `besides` is no day.
    """
    days = [one for one in heard.days if apart([one], besides)]
    if not days:
        return None
    if direction is Direction.PAST:
        days = [one for one in days if (one.value.offset or 0) <= 0]
        return days[0].value.resolve(heard.today, direction) if days else None
    if that := find_phrases(heard.said, heard.words.dates.that_day):
        days = [one for one in days if one.end <= that[0].start][-1:] or days
    elif (meant := _of_training(heard, days)) is not None:
        return meant.value.resolve(heard.today, direction)
    if direction is Direction.COMING:
        ahead = [one for one in days if (one.value.offset or 0) >= 0 and one.value.week != -1]
        near = [one for one in ahead if one.value.offset is not None]
        days = near or ahead or days
    return days[0].value.resolve(heard.today, direction)


def _of_training(heard: Heard, days: Sequence[Mention[SpokenDay]]) -> Mention[SpokenDay] | None:
    """Return the only one of several days of which a session is named: "friday training", "let us drop saturday"."""
    if len(days) == 1:
        return days[0]
    training, drop = phrase_pattern(heard.words.requests.training), phrase_pattern(heard.words.wishes.drop)
    named = [
        one
        for one in days
        if re.match(rf"'?s? {training}{ENDS}", heard.said[one.end :])
        or re.search(rf"{BEGINS}{drop} (?:{any_of(heard.words.dates.of)} )?$", heard.said[: one.start])
    ]
    return named[0] if named and len({one.value for one in named}) == 1 else None


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
    on = heard.words.days.new_thought | heard.words.schedule.joining
    pattern = rf"{BEGINS}{any_of(heard.words.dates.today_last)}\W*(?:$|[.,;!?]|{any_of(on)}{ENDS})"
    return heard.today if not heard.days and re.search(pattern, heard.said) else None


def until(heard: Heard) -> date | None:
    """Return the first day of training again that is said."""
    return _until_day(heard) or _until_week(heard) or _behind_length(heard) or _lone_date(heard)


def _until_day(heard: Heard) -> date | None:
    """Return the day before which "until" or "back" stands, or the one after the day behind "through"."""
    requests, today = heard.words.requests, heard.today
    for day in reversed(heard.days):  # people come to the point in the end
        relative = day.value.offset is not None
        if _cue(heard, day, requests.until):
            found = _just_past(day.value, today) or day.value.resolve(today, Direction.AFTER)
            after = not relative and _cue(heard, day, heard.words.dates.after)
        elif _cue(heard, day, requests.through):
            found, after = day.value.resolve(today, Direction.COMING if relative else Direction.AFTER), True
        else:
            continue
        return found + timedelta(days=1) if after and found else found
    begin = next((one for one in heard.days if _cue(heard, one, requests.away_from)), None)
    for day in heard.days if begin is not None else ():  # "from the 3rd to the 17th"
        if begin is not None and day.start > begin.end and _is_led(heard, day, heard.words.pause.until_first):
            return day.value.resolve(today, Direction.AFTER)
    for month in heard.months:
        if apart([month], heard.days) and _cue(heard, month, requests.through):
            named = heard.said[month.start : month.end] in month_numbers(heard.words)
            return (month.value + timedelta(days=_MONTH)).replace(day=1) if named else month.value
        if apart([month], heard.days) and _cue(heard, month, requests.until):
            return month.value
    return None


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
    if months := [one for one in heard.months if apart([one], heard.days)]:
        return months[-1].value if months[-1].value > heard.today else None
    dated = [one for one in heard.days if one.value.day]
    return dated[0].value.resolve(heard.today, Direction.AFTER) if len(dated) == 1 else None


def _is_led(heard: Heard, day: Mention[object], cues: Words) -> bool:
    """Say whether one of these words stands right before a day."""
    return (
        re.search(rf"{BEGINS}{any_of(cues)} (?:{any_of(heard.words.dates.of)} )*$", heard.said[: day.start]) is not None
    )


def _cue(heard: Heard, day: Mention[object], cues: frozenset[str]) -> bool:
    """Say whether one of these phrases stands right before a day."""
    before = heard.said[max(0, day.start - 40) : day.start]
    training = phrase_pattern(heard.words.requests.training)
    led = rf"(?<![^\W_]){phrase_pattern(cues)}{ENDS}(?: (?:[^\W\d_]+ )?{training}{ENDS})?[^.;!?]{{0,{_CUE_NEAR}}}$"
    if re.search(led, before) is not None:
        return True
    behind = phrase_pattern(heard.words.requests.until_behind)
    return cues == heard.words.requests.until and re.match(rf",? {behind}{ENDS}", heard.said[day.end :]) is not None
