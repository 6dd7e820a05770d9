"""Slots that are times: minutes of a session that was done or of every session, and the time of a reminder."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Final

from coach.parsing.mentions.clock_times import find_bare_times, find_times
from coach.parsing.mentions.durations import MINUTE, find_run_times
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern, told
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.requests import Slots
from content.understanding.requests.slots.heard import Heard

NOON: Final = 12
SLEEPING: Final = range(1, 4)  # hours at which nobody asks to be reminded without saying that it is at night
MIDNIGHT: Final = 24
LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 600
LEAST_SESSION: Final = 5
MOST_PARTS: Final = 9  # of what was done, which are rather rounds than minutes: "did 4 of them"
LONGEST_SESSION: Final = 180
_PAST: Final = 20  # characters behind "used to have" in which a length is told that is no longer so
_CLAUSE: Final = re.compile(r"[.,;!?]+(?=\s|$)")
_LONE_FIGURE: Final = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w:/%]|[.,]\d)")


def minutes(heard: Heard) -> int | None:
    """Return the minutes that something took, the most of several."""
    ago = heard.words.dates.ago
    partly = re.compile(rf"{BEGINS}{any_of(heard.words.dates.ordinals)} $")
    told_of = [one for one in heard.durations if not partly.search(heard.said[: one.start])]  # "the first ten minutes"
    seconds = [one.value for one in told_of if not find_phrases(heard.said[one.end : one.end + 6], ago)]
    if not any(each >= LEAST_MINUTES * MINUTE for each in seconds):
        run_times = find_run_times(heard.said, heard.words)
        seconds = [one.value for one in run_times if not _is_clock_time(heard.said, one, heard)]
    if not seconds:  # "went out for 40, effort 6"
        lasted = re.finditer(rf"{BEGINS}{any_of(heard.words.spans.lasting)} (\d{{2,3}})(?=$|[.,;!?])", heard.said)
        seconds = [int(found[1]) * MINUTE for found in lasted]
    whole = [each // MINUTE for each in seconds if LEAST_MINUTES * MINUTE <= each <= MOST_MINUTES * MINUTE]
    part = re.search(
        rf"{BEGINS}(\d{{1,3}})(?: {any_of(heard.words.spans.minutes)})? {any_of(heard.goals.part_of)}{ENDS}", heard.said
    )
    return int(part[1]) if part is not None and int(part[1]) > MOST_PARTS else max(whole, default=None)


def _is_clock_time(said: str, figure: Mention[object], heard: Heard) -> bool:
    """Say whether a figure tells when something was, and not how long it took: "finished at 21:40"."""
    hour = re.match(r"\d+", said[figure.start :])
    led = re.search(rf"{BEGINS}{phrase_pattern(heard.goals.before_hours)} $", said[: figure.start])
    return led is not None and hour is not None and int(hour[0]) < MIDNIGHT


def parts(heard: Heard) -> list[Mention[None]]:
    """Return bare figures that are the minutes of a session, or how much of it was done: "did 20 of it"."""
    told_of = rf"{BEGINS}(?P<part>\d{{1,3}}) {any_of(heard.goals.part_of)}{ENDS}"
    return [Mention(found.start("part"), found.end("part"), None) for found in re.finditer(told_of, heard.said)]


def hours(heard: Heard) -> list[Mention[None]]:
    """Return bare figures that are the hour of day where a session is told of: "up at 5 before work"."""
    up = rf"{BEGINS}{phrase_pattern(heard.words.requests.risen)} (?P<hour>\d{{1,2}}){ENDS}"
    return [Mention(found.start("hour"), found.end("hour"), None) for found in re.finditer(up, heard.said)]


def session_minutes(heard: Heard) -> Slots:
    """Return the minutes that every session may take."""
    over = find_phrases(heard.said, heard.words.wishes.long_ago)
    past = [Mention(one.start, one.end + _PAST, None) for one in over]
    wanted = [one for one in heard.durations if not is_refused(heard.said, one, heard.words) and apart([one], past)]
    whole = [each for one in wanted if LEAST_SESSION <= (each := one.value // MINUTE) <= LONGEST_SESSION]
    if whole:
        return Slots(minutes=max(whole) if len(wanted) == len(heard.durations) else whole[-1])
    said = without(heard.said, [*heard.days, *heard.lengths], " ")
    bare = [Mention(found.start(), found.end(), int(found[0])) for found in _LONE_FIGURE.finditer(said)]
    bare = [one for one in bare if one.value > NOON or not _is_clock_time(said, one, heard)]
    figures = [one.value for one in bare if not is_refused(said, one, heard.words)]
    return Slots(minutes=figures[-1] if figures and LEAST_SESSION <= figures[-1] <= LONGEST_SESSION else None)


def remind(heard: Heard) -> Slots:
    """Return the time of a reminder, and whether it is switched on or off; nothing where it is asked when that is."""
    if _asks_when(heard):
        return Slots()
    heard = _of_wish(heard)
    clear = [one for one in find_times(heard.said, heard.words) if not heard.said[one.start : one.end].isdecimal()]
    said = without(heard.said, [one for one in heard.durations if apart([one], clear)], " ")
    times = find_times(said, heard.words)
    dated = [one for one in heard.days if one.value.day]
    times = times or [
        one
        for one in find_bare_times(without(said, dated, " "), heard.words)
        if not _is_count(said, one, heard) and said[one.start : one.end].strip("0")  # "shin is fine, 0"
    ]
    wanted = [one for one in times if not is_refused(said, one, heard.words) and not _is_unsuited(said, one, heard)]
    if times and not wanted:  # "at 9 instead of 5:45", "5am is too early, make it 7"
        rest = without(said, [*dated, *times], " ")
        wanted = [one for one in find_bare_times(rest, heard.words) if not _is_count(rest, one, heard)]
    if not wanted:
        wanted = _hours_of_day(heard)
    at = _by_day(wanted[-1], said, heard.words) if wanted else None
    switches = told(said, heard.words.requests.switch)
    switch = switches[0].value if switches else None
    if at is not None and switch == "off":
        switch = None
    return Slots(at=at, switch="on" if switch == "on" else "off" if switch == "off" else None)


def _of_wish(heard: Heard) -> Heard:
    """Return the clause that names the reminder and an hour, where others tell some: "ping me at 6, I'm up at 5"."""
    heard = _without_old_hour(heard)
    clauses = [each for each in _CLAUSE.split(heard.said) if any(map(str.isalnum, each))]
    timed = [each for each in clauses if find_times(each, heard.words) or find_bare_times(each, heard.words)]
    wished = [each for each in timed if find_phrases(each, heard.people.reminding)]
    return replace(heard, text=wished[0]) if len(wished) == 1 < len(timed) else heard


def _without_old_hour(heard: Heard) -> Heard:
    """Return a message without the hour from which the reminder moves: "from 7 to 8", and no seven minutes to eight."""
    led, to = any_of(heard.words.requests.away_from), any_of(heard.words.pause.until_first)
    hour = r"(?:[^\W\d]+ )?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?"
    return replace(heard, text=re.sub(rf"{BEGINS}{led} {hour} {to} (?=\S* ?\d)", " ", heard.said))


def _asks_when(heard: Heard) -> bool:
    """Say whether a clause asks when the reminder comes, whatever other times are told: "what time my reminder?"."""
    asking = re.compile(rf"\W*{phrase_pattern(heard.goals.asks_hour)}{ENDS}")
    clauses = [each for each in _CLAUSE.split(heard.said) if asking.match(each)]
    named = any(find_phrases(each, heard.people.reminding) and not find_times(each, heard.words) for each in clauses)
    return named and not any(char.isdigit() for each in clauses for char in each)


def _by_day(one: Mention[time], said: str, words: Vocabulary) -> time:
    """Return a time of which nothing says that it is at night as one of the day: "1:30" is after lunch, "03:30" not."""
    at, night = one.value, frozenset(each for each in words.clock.morning | words.dates.mornings if len(each) > 1)
    written = said[one.start : one.end]
    if at.hour in SLEEPING and not written.startswith("0") and not find_phrases(said, night):
        return at.replace(hour=at.hour + NOON)
    return at


def _hours_of_day(heard: Heard) -> list[Mention[time]]:
    """Return hours that only a clock has, though they are written as lengths are: "this afternoon 16h"."""
    written = re.finditer(rf"{BEGINS}(\d{{2}}) ?{any_of(heard.words.clock.hour)}([0-5]\d)?{ENDS}", heard.said)
    return [
        Mention(found.start(), found.end(), time(int(found[1]), int(found[2] or 0)))
        for found in written
        if NOON <= int(found[1]) < MIDNIGHT
    ]


def _is_count(said: str, mention: Mention[object], heard: Heard) -> bool:
    """Say whether a bare figure counts something that is named behind it, "two things", and no "11 pls"."""
    words = heard.words
    behind = re.match(rf" [^\W\d_]+{re.escape(words.days.plural)}{ENDS}", said[mention.end :])
    led = re.search(rf"{BEGINS}{any_of(words.clock.at | words.clock.around)} $", said[: mention.start])
    return behind is not None and led is None and behind[0].strip() not in words.days.one.keys() | heard.goals.fillers


def _is_unsuited(said: str, mention: Mention[object], heard: Heard) -> bool:
    """Say whether it is said behind an hour that it does not suit: "5am is not working"."""
    return re.match(rf" {phrase_pattern(heard.goals.unsuited)}{ENDS}", said[mention.end :]) is not None


def is_refused(said: str, mention: Mention[object], words: Vocabulary) -> bool:
    """Say whether a figure is the one that is not wanted: "at 5 pm, not 7 am", "6 instead of 7", "97 not 79"."""
    refusing, led = words.wishes.negate | words.wishes.rather, any_of(words.clock.at | words.dates.of)
    return re.search(rf"{BEGINS}{phrase_pattern(refusing)} (?:{led} )?$", said[: mention.start]) is not None
