"""Slots of events to train for: the day, and what it is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from coach.parsing.mentions.durations import find_ways
from coach.parsing.mentions.mention import Mention, apart, without
from coach.parsing.mentions.phrases import find_phrases
from coach.requests import Slots
from content.understanding.requests.slots.days import the_day
from content.understanding.requests.slots.goals import drops
from content.understanding.requests.slots.heard import Heard

_SHORT: Final = 2  # letters of a unit that is well known so: "10 km"
_SATURDAY: Final = timedelta(days=5)


def event(heard: Heard) -> Slots:
    """Return the day of an event and what it is; that it is off, where no day is said."""
    day = the_day(heard)
    named = _event_named(heard)
    if day is None and heard.weeks and heard.weeks[0].value.weekend:
        day = heard.weeks[0].value.monday(heard.today) + _SATURDAY
    return Slots(day=day, what=named, switch="off" if day is None and drops(heard) else None)


def _event_named(heard: Heard) -> str | None:
    """Return what an event is: what is named longest of the clause in which a day is; a way before a mere race."""
    found = find_phrases(heard.said, heard.words.requests.events)
    ways = find_ways(without(heard.said, heard.days, " "), heard.words)
    every_way = ways = [one for one in ways if apart([one], found)]
    starts = [one.start for one in heard.days]
    if starts and len(found) + len(ways) > 1:
        kept = [one for one in (*found, *ways) if any(_in_a_clause(heard, one, start) for start in starts)]
        if kept:
            found, ways = [one for one in found if one in kept], [one for one in ways if one in kept]
    mere = all(one.value in heard.words.requests.mere_events for one in found)
    if mere and (named := ways or every_way):
        return _short_way(heard.said[named[0].start : named[0].end], heard)
    return max((one.value for one in found), key=len, default=None)


def _in_a_clause(heard: Heard, one: Mention[object], start: int) -> bool:
    """Say whether no stop, comma or "but" stands between an event and a day."""
    between = heard.said[min(one.end, start) : max(one.start, start)]
    return not re.search(r"[.,;!?]", between) and not find_phrases(between, heard.words.wishes.turn)


def _short_way(way: str, heard: Heard) -> str:
    """Return a way in kilometres as it is called as a race: "10 kilometres" is a "10k"."""
    figure = re.match(r"\d+", way)
    unit = way[figure.end() :].strip(" -") if figure else ""
    written = len(unit) == _SHORT or unit not in heard.words.spans.kilometres  # "10 km" is as well known
    return way if figure is None or written else f"{figure[0]}k"
