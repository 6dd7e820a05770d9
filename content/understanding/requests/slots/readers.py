"""Slots of each intent: what is read from a message of which the intent is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from coach.parsing.measurements import Side
from coach.parsing.mentions.durations import find_ways
from coach.parsing.mentions.efforts import find_called, find_effort, find_scores
from coach.parsing.mentions.figures import (
    find_weights,
    find_written_weights,
    read_girths,
    read_raises,
)
from coach.parsing.mentions.intervals import find_intervals
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart, without
from coach.parsing.mentions.phrases import find_choices, find_phrases, is_of_others, phrase_pattern, told
from coach.parsing.mentions.slips import mended
from coach.parsing.vocabulary import any_of
from coach.profile import SkipReason, Units
from coach.requests import BACK, Intent, Slots
from content.understanding.requests.slots import days as slot_days
from content.understanding.requests.slots import events, goals, moves, noted_sets, times
from content.understanding.requests.slots import names as slot_names
from content.understanding.requests.slots import weekdays as slot_weekdays
from content.understanding.requests.slots.done import read_done
from content.understanding.requests.slots.heard import Heard

_DENIED: Final = frozenset({"sick", "injured", "hurts", "holiday"})
_FRACTION: Final = re.compile(r"\d [1-7]/[248]$")
_NEAR_UNIT: Final = 20  # characters from a denial to the unit that is not wanted


def read_slots(intent: Intent, heard: Heard) -> Slots:
    """Return the slots of an intent that a message says."""
    reader = _READERS.get(intent)
    if reader is None:
        return Slots()
    if intent not in _LISTING and (said := mended(heard.said, heard.words)) != heard.said:
        heard = replace(heard, text=said)
    return reader(heard)


def _day(heard: Heard) -> Slots:
    return Slots(day=slot_days.the_day(heard) or slot_days.today_last(heard) or moves.beside_shown(heard))


def _week(heard: Heard) -> Slots:
    weeks = [week.value for week in heard.weeks if not week.value.weekend]
    if any(week.week == 1 for week in weeks):
        return Slots(week="next")
    return Slots(week="this") if any(week.week == 0 for week in weeks) else Slots()


def _skip(heard: Heard) -> Slots:
    reasons = heard.words.requests.skip
    reason, tired = _reason(heard, reasons), SkipReason.TIRED
    if reason == SkipReason.TIME and find_phrases(heard.said, reasons.get(tired, frozenset())):
        reason = tired
    return Slots(day=slot_days.the_day(heard) or slot_days.today_last(heard), reason=reason)


def _reason(heard: Heard, reasons: Mapping[str, frozenset[str]]) -> str | None:
    said = without(heard.said, heard.days, " ")
    said = without(said, find_phrases(said, heard.words.requests.no_reason - reasons.get("other", frozenset())), " ")
    denied = re.compile(rf"{BEGINS}{phrase_pattern(heard.words.wishes.negate)} (?:[^\W\d_]+ ){{0,2}}$")
    for found in told(said, reasons):
        if found.value in _DENIED and denied.search(said[: found.start]):
            continue  # "not ill, not hurt"
        if found.value in {"sick", "injured", "hurts"} and is_of_others(said, found.start, heard.words):
            return "other" if "other" in reasons else None
        return found.value
    return None


def _move(heard: Heard) -> Slots:
    origin, target = moves.moved(heard)
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
    wanted = [one for one in found if not times.is_refused(said, one, heard.words)]
    wanted = [one for one in wanted if not _is_elsewhere(said, one, heard)] or wanted
    return Slots(kg=wanted[-1].value if wanted else None)


def _is_elsewhere(said: str, figure: Mention[object], heard: Heard) -> bool:
    """Say whether a figure is one that is hoped for, or a leg's: "hoping for under 90", "left calf 38"."""
    legs = heard.words.legs
    leads = heard.goals.aims | legs.left | legs.right | legs.both
    return re.search(rf"{BEGINS}{phrase_pattern(leads)} (?:[^\W\d_]+ ){{0,2}}$", said[: figure.start]) is not None


def _units(heard: Heard) -> Slots:
    units = told(heard.said, heard.words.requests.units)
    units.sort(key=lambda one: one.start)
    rather = find_phrases(heard.said, heard.words.wishes.rather | heard.words.wishes.negate)
    if rather and len(units) > 1:
        units = [one for one in units if not any(_is_next(units, one, each) for each in rather)] or units
    if _is_stone_and_pounds(heard, units):
        return Slots(units=Units.STONE)
    return Slots(units=str(units[-1].value) if units else None)


def _is_next(units: Sequence[Mention[object]], one: Mention[object], denial: Mention[object]) -> bool:
    """Say whether a unit is the first behind a denial: "i don't understand these pounds"."""
    behind = [each for each in units if 0 <= each.start - denial.end <= _NEAR_UNIT]
    return bool(behind) and behind[0] == one


def _is_stone_and_pounds(heard: Heard, units: Sequence[Mention[object]]) -> bool:
    """Say whether both are named as one way to weigh: "stones and pounds", not "from stone to pounds"."""
    if len(units) != 2 or {str(one.value) for one in units} != {Units.STONE, Units.POUNDS}:
        return False
    between = heard.said[units[0].end : units[1].start].strip().casefold()
    return between in heard.words.schedule.joining | {"&"}


def _goals(heard: Heard) -> Slots:
    chosen = _chosen(heard, "goals")
    also = find_phrases(heard.said, heard.words.wishes.not_only)
    alone = [one for one in find_phrases(heard.said, heard.goals.alone) if apart([one], also)]
    before = _chosen(replace(heard, text=heard.said[: alone[-1].start]), "goals").remove if alone else None
    if before is None:
        return chosen
    named = _chosen(replace(heard, text=heard.said[alone[-1].end :]), "goals")  # "no big calves, only strong legs"
    kept = ((named.add or frozenset()) | (named.remove or frozenset())) - before
    return replace(chosen, add=((chosen.add or frozenset()) | kept) or None, remove=before)


def _equipment(heard: Heard) -> Slots:
    """Return what there is to train with; what is named behind "only" is there: "no barbell, only dumbbells"."""
    chosen, alone = _chosen(heard, "equipment"), find_phrases(heard.said, heard.goals.alone)
    before = _chosen(replace(heard, text=heard.said[: alone[-1].start]), "equipment").remove if alone else None
    if before is None:
        return chosen
    named = _chosen(replace(heard, text=heard.said[alone[-1].end :]), "equipment")
    kept = ((named.add or frozenset()) | (named.remove or frozenset())) - before
    return replace(chosen, add=kept or None, remove=before)


def _chosen(heard: Heard, group: str) -> Slots:
    chosen = find_choices(heard.said, group, heard.words)
    add, remove = (frozenset(map(str, values)) or None for values in (chosen.add, chosen.remove))
    return Slots(add=add, remove=remove)


def _days(heard: Heard) -> Slots:
    return Slots(days=slot_weekdays.weekdays(heard))


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
    # "14 3/4" is no day in april
    days = [one for one in heard.days if not _FRACTION.search(heard.said[max(0, one.start - 3) : one.end])]
    said = without(heard.said, [*days, *find_ways(heard.said, heard.words)], " ")  # "ran 27.5 km" is none
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
    return Slots(exercise=slot_names.exercise_meant(heard))


def _my_data(heard: Heard) -> Slots:
    return Slots(what=_what(heard, heard.words.requests.my_data))


def _swap(heard: Heard) -> Slots:
    requests = heard.words.requests
    said = without(heard.said, find_phrases(heard.said, requests.no_swap_back), " ")
    back = find_phrases(said, requests.swapped_back) and not find_phrases(said, requests.otherwise)
    verb = next(iter(find_phrases(heard.said, requests.exchanged | heard.words.wishes.drop)), None)
    led = re.compile(rf"{BEGINS}{any_of(requests.swapped_for)}{ENDS}")
    taken = led.search(heard.said, verb.end) if verb is not None else None
    named = slot_names.exercise_meant(heard, heard.said[: taken.start()]) if taken is not None else None
    # "replace it with the seated one" names what comes, and not what goes
    it = taken is not None and verb is not None and len(heard.said[verb.end : taken.start()].split()) == 1
    meant = named if it else named or slot_names.exercise_meant(heard)
    return Slots(exercise=meant, what=BACK if back else None)


def _timer(heard: Heard) -> Slots:
    rounds, work, rest = find_intervals(heard.said, heard.words)
    return Slots(rounds=rounds, work_s=work, rest_s=rest)


_LISTING: Final = frozenset({Intent.DAYS, Intent.GOALS, Intent.EQUIPMENT, Intent.ZONE, Intent.EXERCISE, Intent.SWAP})
"""Intents whose slots are no days or figures of which one takes back another: "wednesdays, no fridays" is a list."""

_READERS: Final[Mapping[Intent, Callable[[Heard], Slots]]] = {
    Intent.SHOW_DAY: _day,
    Intent.SHOW_WEEK: _week,
    Intent.SHOW_WHY: _day,
    Intent.DONE: read_done,
    Intent.SKIP: _skip,
    Intent.MOVE: _move,
    Intent.PAIN: _pain,
    Intent.WEIGHT: _weight,
    Intent.UNITS: _units,
    Intent.GOALS: _goals,
    Intent.DAYS: _days,
    Intent.MINUTES: times.session_minutes,
    Intent.EQUIPMENT: _equipment,
    Intent.REMIND: times.remind,
    Intent.ZONE: _zone,
    Intent.PAUSE: _pause,
    Intent.PROGRESS: _progress,
    Intent.GIRTH: _girth,
    Intent.RAISES: _raises,
    Intent.EXERCISE: _exercise,
    Intent.MY_DATA: _my_data,
    Intent.SETS: noted_sets.sets,
    Intent.SWAP: _swap,
    Intent.TARGET: goals.target,
    Intent.EVENT: events.event,
    Intent.TIMER: _timer,
}
