"""Slots of each intent: what is read from a message of which the intent is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from coach.parsing.measurements import Side
from coach.parsing.mentions.clock_times import find_bare_times, find_times
from coach.parsing.mentions.dates import Direction
from coach.parsing.mentions.durations import MINUTE, find_run_times, find_ways
from coach.parsing.mentions.efforts import find_called, find_effort, find_scores
from coach.parsing.mentions.figures import (
    find_reps,
    find_weights,
    find_written_weights,
    plain_kilograms,
    read_girths,
    read_raises,
)
from coach.parsing.mentions.intervals import find_intervals
from coach.parsing.mentions.mention import BEGINS, Mention, without
from coach.parsing.mentions.phrases import find_choices, find_phrases, is_of_others, phrase_pattern, told
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.profile import SkipReason, Units
from coach.requests import BACK, Intent, Slots
from content.understanding.requests.slots import days as slot_days
from content.understanding.requests.slots import goals, noted_sets
from content.understanding.requests.slots import names as slot_names
from content.understanding.requests.slots import weekdays as slot_weekdays
from content.understanding.requests.slots.heard import Heard

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 600


def read_slots(intent: Intent, heard: Heard) -> Slots:
    """Return the slots of an intent that a message says."""
    reader = _READERS.get(intent)
    return reader(heard) if reader else Slots()


def _day(heard: Heard) -> Slots:
    return Slots(day=slot_days.the_day(heard) or slot_days.today_last(heard))


def _week(heard: Heard) -> Slots:
    weeks = [week.value for week in heard.weeks if not week.value.weekend]
    if any(week.week == 1 for week in weeks):
        return Slots(week="next")
    return Slots(week="this") if any(week.week == 0 for week in weeks) else Slots()


def _done(heard: Heard) -> Slots:
    dated, scored = slot_days.split_scores(heard)
    efforts = heard.words.efforts
    called = find_called(heard.said, efforts.exertions, heard.words)
    pains = [] if called else find_called(heard.said, efforts.pains, heard.words)
    effort = called[-1] if called else find_effort(without(heard.said, [*dated, *pains]), heard.words, heard.no_figures)
    return Slots(
        day=slot_days.the_day(heard, Direction.PAST, scored),
        effort=effort.value if effort and effort.value else None,
        minutes=_minutes(heard),
    )


def _minutes(heard: Heard) -> int | None:
    ago = heard.words.dates.ago
    seconds = [one.value for one in heard.durations if not find_phrases(heard.said[one.end : one.end + 6], ago)]
    if not any(each >= LEAST_MINUTES * MINUTE for each in seconds):
        seconds = [one.value for one in find_run_times(heard.said, heard.words)]
    whole = [each // MINUTE for each in seconds if LEAST_MINUTES * MINUTE <= each <= MOST_MINUTES * MINUTE]
    return max(whole, default=None)


def _skip(heard: Heard) -> Slots:
    reasons = heard.words.requests.skip
    reason, tired = _reason(heard, reasons), SkipReason.TIRED
    if reason == SkipReason.TIME and find_phrases(heard.said, reasons.get(tired, frozenset())):
        reason = tired
    return Slots(day=slot_days.the_day(heard) or slot_days.today_last(heard), reason=reason)


def _reason(heard: Heard, reasons: Mapping[str, frozenset[str]]) -> str | None:
    said = without(heard.said, heard.days, " ")
    for found in told(said, reasons):
        if found.value in {"sick", "injured", "hurts"} and is_of_others(said, found.start, heard.words):
            return "other" if "other" in reasons else None
        return found.value
    return None


def _move(heard: Heard) -> Slots:
    origin, target = slot_days.moved(heard)
    return Slots(from_day=origin, to_day=target)


def _pain(heard: Heard) -> Slots:
    efforts = find_called(heard.said, heard.words.efforts.exertions, heard.words)
    level = find_effort(without(heard.said, efforts), heard.words, heard.no_figures)
    return Slots(level=level.value if level else None)


def _weight(heard: Heard) -> Slots:
    # "the 10th" is a day, but "10st" may be a weight.
    days = [one for one in heard.days if one.value.month or not one.value.day]
    said = without(heard.said, [*days, *heard.durations, *find_ways(heard.said, heard.words)], " ")
    found = find_weights(said, heard.moment.units, heard.words)
    wanted = [one for one in found if not _is_refused(said, one, heard.words)]
    return Slots(kg=wanted[-1].value if wanted else None)


def _units(heard: Heard) -> Slots:
    units = told(heard.said, heard.words.requests.units)
    units.sort(key=lambda one: one.start)
    rather = find_phrases(heard.said, heard.words.wishes.rather | heard.words.wishes.negate)
    if rather and len(units) > 1:
        units = [one for one in units if not any(0 <= one.start - each.end <= 10 for each in rather)] or units
    if _is_stone_and_pounds(heard, units):
        return Slots(units=Units.STONE)
    return Slots(units=str(units[-1].value) if units else None)


def _is_stone_and_pounds(heard: Heard, units: Sequence[Mention[object]]) -> bool:
    """Say whether both are named as one way to weigh: "stones and pounds", not "from stone to pounds"."""
    if len(units) != 2 or {str(one.value) for one in units} != {Units.STONE, Units.POUNDS}:
        return False
    between = heard.said[units[0].end : units[1].start].strip().casefold()
    return between in heard.words.schedule.joining | {"&"}


def _goals(heard: Heard) -> Slots:
    return _chosen(heard, "goals")


def _equipment(heard: Heard) -> Slots:
    return _chosen(heard, "equipment")


def _chosen(heard: Heard, group: str) -> Slots:
    chosen = find_choices(heard.said, group, heard.words)
    add, remove = (frozenset(map(str, values)) or None for values in (chosen.add, chosen.remove))
    return Slots(add=add, remove=remove)


def _days(heard: Heard) -> Slots:
    return Slots(days=slot_weekdays.weekdays(heard))


def _session_minutes(heard: Heard) -> Slots:
    if (minutes := _minutes(heard)) is not None:
        return Slots(minutes=minutes)
    bare = find_bare_times(without(heard.said, heard.days, " "), heard.words)
    figures = [int(text) for one in bare if (text := heard.said[one.start : one.end]).isdecimal()]
    return Slots(minutes=figures[-1] if figures and figures[-1] >= 5 else None)


def _remind(heard: Heard) -> Slots:
    said = without(heard.said, heard.durations, " ")
    times = find_times(said, heard.words)
    dated = [one for one in heard.days if one.value.day]
    bare = [] if times else find_bare_times(without(said, dated, " "), heard.words)
    times = times or [one for one in bare if said[one.start : one.end].strip("0")]  # "shin is fine, 0" is no midnight
    wanted = [one for one in times if not _is_refused(said, one, heard.words)]
    at = wanted[-1].value if wanted else None
    switches = told(said, heard.words.requests.switch)
    switch = switches[0].value if switches else None
    if at is not None and switch == "off":
        switch = None
    return Slots(at=at, switch="on" if switch == "on" else "off" if switch == "off" else None)


def _is_refused(said: str, mention: Mention[object], words: Vocabulary) -> bool:
    """Say whether a figure is the one that is not wanted: "at 5 pm, not 7 am", "6 instead of 7", "97 not 79"."""
    refusing = words.wishes.negate | words.wishes.rather
    return (
        re.search(rf"{BEGINS}{phrase_pattern(refusing)} (?:{any_of(words.clock.at)} )?$", said[: mention.start])
        is not None
    )


def _zone(heard: Heard) -> Slots:
    return Slots(place=slot_names.place(heard))


def _pause(heard: Heard) -> Slots:
    until = slot_days.until(heard)
    reason = _reason(heard, heard.words.requests.pause)
    return Slots(until=until, reason=reason)


def _progress(heard: Heard) -> Slots:
    return Slots(what=_what(heard, heard.words.requests.progress))


def _what(heard: Heard, values: Mapping[str, frozenset[str]]) -> str | None:
    found = told(heard.said, values)
    ranks = list(values)
    return min((one.value for one in found), key=ranks.index, default=None)


def _girth(heard: Heard) -> Slots:
    said = without(heard.said, [*heard.days], " ")
    girths = read_girths(said, heard.moment.units, heard.words)
    return Slots(left_cm=girths.get(Side.LEFT, girths.get(None)), right_cm=girths.get(Side.RIGHT, girths.get(None)))


def _raises(heard: Heard) -> Slots:
    taken = [
        *heard.days,
        *heard.durations,
        *find_written_weights(heard.said, heard.words),
        *find_scores(heard.said, heard.words),
    ]
    raises = read_raises(without(heard.said, taken, " "), heard.words)
    return Slots(left=raises.get(Side.LEFT), right=raises.get(Side.RIGHT))


def _exercise(heard: Heard) -> Slots:
    return Slots(exercise=slot_names.exercise(heard))


def _my_data(heard: Heard) -> Slots:
    return Slots(what=_what(heard, heard.words.requests.my_data))


def _sets(heard: Heard) -> Slots:
    weights = find_written_weights(heard.said, heard.words)
    days = [] if noted_sets.is_nothing_else(heard) else heard.days  # 12/11/10 is no day there
    said = without(heard.said, [*weights, *days, *heard.durations], " ")
    reps = noted_sets.bare_reps(heard.said) or find_reps(said, heard.words)
    if not reps:
        counts = set(read_raises(said, heard.words).values())  # "12 each side" is one
        reps = tuple(counts) if len(counts) == 1 else ()
    kg = plain_kilograms(heard.said[weights[-1].start : weights[-1].end], heard.words) if weights else None
    if kg is None and find_phrases(heard.said, heard.words.requests.unloaded):
        kg = 0.0
    return Slots(reps=reps or None, kg=kg, exercise=slot_names.exercise(heard))


def _swap(heard: Heard) -> Slots:
    back = find_phrases(heard.said, heard.words.requests.swapped_back)
    return Slots(exercise=slot_names.exercise(heard), what=BACK if back else None)


def _timer(heard: Heard) -> Slots:
    rounds, work, rest = find_intervals(heard.said, heard.words)
    return Slots(rounds=rounds, work_s=work, rest_s=rest)


_READERS: Final[Mapping[Intent, Callable[[Heard], Slots]]] = {
    Intent.SHOW_DAY: _day,
    Intent.SHOW_WEEK: _week,
    Intent.SHOW_WHY: _day,
    Intent.DONE: _done,
    Intent.SKIP: _skip,
    Intent.MOVE: _move,
    Intent.PAIN: _pain,
    Intent.WEIGHT: _weight,
    Intent.UNITS: _units,
    Intent.GOALS: _goals,
    Intent.DAYS: _days,
    Intent.MINUTES: _session_minutes,
    Intent.EQUIPMENT: _equipment,
    Intent.REMIND: _remind,
    Intent.ZONE: _zone,
    Intent.PAUSE: _pause,
    Intent.PROGRESS: _progress,
    Intent.GIRTH: _girth,
    Intent.RAISES: _raises,
    Intent.EXERCISE: _exercise,
    Intent.MY_DATA: _my_data,
    Intent.SETS: _sets,
    Intent.SWAP: _swap,
    Intent.TARGET: goals.target,
    Intent.EVENT: goals.event,
    Intent.TIMER: _timer,
}
