"""Slots of number goals: a figure to reach, and the day by which."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from coach.number_goals import MOST_SESSIONS, GoalKind
from coach.parsing.girth import CM_PER_INCH, LEAST_CM, MOST_CM
from coach.parsing.mentions.durations import find_ways
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart, find_mentions, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern, told
from coach.parsing.mentions.spoken_days import Direction
from coach.parsing.normalise import NUMBER, number
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.words import Words
from coach.profile import Goal
from coach.requests import Slots
from content.understanding.requests.slots.heard import Heard

_FIGURE: Final = re.compile(r"(?<![\w.,])\d{1,3}(?![^\Wx]|[.,]\d)")
_DECIMAL: Final = re.compile(r"(?<![\w.,])\d{2}[.,]\d(?![\w.,])")
_SHORT: Final = 2  # letters of a unit that may be a word of its own, too: "in"
_EARLY: Final = 8  # characters before "drop", in a message that does: "please "
_TOLD_WORDS: Final = 14  # of a message that tells what was: a longer story may end with a goal said in any words
_YEAR: Final = 365
_WORD: Final = re.compile(r"[^\W_]+")


@lru_cache
def _length_pattern(words: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of a length: a figure with its unit, glued to it or not, or one of them: "an inch"."""
    units = words.units
    every = units.centimetres | units.millimetres | units.inches
    long = any_of(word for word in every if len(word) > _SHORT)
    half = any_of(phrase.rpartition(" ")[2] for phrase in words.spans.and_half)
    inches = any_of({*units.inches, '"', "''"})
    figure = rf"(?P<figure>(?<![\w.,]){NUMBER.removeprefix('[+-]?')})(?P<fraction> ?[1-7]/[248](?!\d))?"
    one = rf"{BEGINS}(?:(?P<half>{half}|½) )?(?P<one>{any_of(words.numbers.article)}) "
    unit = rf"(?:(?P<cm>{any_of(units.centimetres)})|(?P<mm>{any_of(units.millimetres)})|(?P<inches>{inches}))"
    return re.compile(rf"(?:{figure} ?|{one})(?:\w+ (?={long}))?{unit}{ENDS}")


def target(heard: Heard, meant: str | None = None) -> Slots:
    """Return what is to be reached, how much of it and by when; sessions a week are so many with no day.

    `meant` is the kind where that is known already. A question about a goal has none of it: it sets nothing.
    """
    if _asks(heard):
        return Slots()
    by = _by(heard, rate=_has_rate(heard))
    said = _beside_days(heard)
    length = _length(said, heard)
    what = GoalKind.GIRTH.value if length is not None else _what(said, heard) or meant or _by_leg(heard)
    rest = said if length is None else said[: length.start()] + said[length.end() :]
    figures = [int(found[0]) for found in _FIGURE.finditer(rest) if 0 < int(found[0]) <= MOST_SESSIONS]
    value: float | None = figures[-1] if figures else None
    if counted := _counted(rest, what, heard):
        value = counted[-1]
    if length is not None:
        value = _centimetres(length)
        girths = [figure for figure in figures if LEAST_CM <= figure <= MOST_CM]
        if value < LEAST_CM and girths:  # "a centimetre more, so 39"
            value = girths[-1]
    elif what == GoalKind.GIRTH and (decimals := _DECIMAL.findall(said)):
        value = number(decimals[-1])
    return Slots(what=what, number=value, by=by, switch="off" if _is_dropped(heard, value, by) else None)


def _length(said: str, heard: Heard) -> re.Match[str] | None:
    """Return the first length; "39.5 in time" and "20 in front" have no inches."""
    no_inch = re.compile(rf"{any_of(heard.goals.no_inch)}{ENDS}")
    inches = heard.words.units.inches
    for found in _length_pattern(heard.words).finditer(said):
        unit = re.search(r"[^\W\d_]+$", found[0])
        short = unit is not None and unit[0] in inches and len(unit[0]) <= _SHORT
        if not (short and unit is not None and no_inch.match(said, found.start() + unit.start())):
            return found
    return None


def _counted(said: str, what: str | None, heard: Heard) -> list[int]:
    """Return the figures of sessions that stand right before their name, "10 sessions until the 31st"."""
    if what != GoalKind.SESSIONS:
        return []
    named = phrase_pattern(heard.words.requests.target.get(what, frozenset()))
    found = re.finditer(rf"(?<![\w.,])(\d{{1,3}}) (?:[^\W\d_]+ )?{named}{ENDS}", said)
    return [figure for each in found if 0 < (figure := int(each[1])) <= MOST_SESSIONS]


def _by_leg(heard: Heard) -> str | None:
    """Return raises where a figure is told of each leg, and of no calf: "25 left and 25 right"."""
    legs = heard.words.legs
    both = find_phrases(heard.said, legs.left) and find_phrases(heard.said, legs.right)
    one = find_phrases(heard.said, heard.words.requests.one_leg)
    return GoalKind.RAISES.value if both or one else None


def is_bare(heard: Heard) -> bool:
    """Say whether a message is a figure, a kind, a day, and nothing else that would make it a statement."""
    words = heard.words
    said = _length_pattern(words).sub(" ", _beside_days(heard))
    legs = words.legs.left | words.legs.right | words.legs.both | words.legs.leg
    target = frozenset().union(*words.requests.target.values(), *words.requests.goals.values())
    dates = words.dates.of | words.dates.ahead | words.schedule.joining | words.wishes.own
    said_besides = heard.goals.fillers | heard.goals.beside | heard.goals.aims | heard.goals.until
    known = target | legs | dates | said_besides
    rest = without(said, find_phrases(said, known), " ")
    return not any(not word.isdecimal() for word in _WORD.findall(rest))


def is_led(heard: Heard) -> bool:
    """Say whether a message begins with what leads to a day by which: "before the wedding on june 14"."""
    pattern = rf"\W*(?:{phrase_pattern(heard.goals.fillers)}{ENDS}\W*)*?{phrase_pattern(heard.goals.until)}{ENDS}"
    return re.match(pattern, heard.said) is not None


def is_aimed(heard: Heard) -> bool:
    """Say whether words of a wish or a goal stand in a message."""
    return bool(find_phrases(heard.said, heard.goals.aims))


def is_aimed_at_a_day(heard: Heard) -> bool:
    """Say whether something is wished for until a day to come: "want both calves at 41 by 30/9"."""
    ahead = (day for one in heard.days if (day := one.value.resolve(heard.today, Direction.AFTER)) is not None)
    return is_aimed(heard) and any(day > heard.today for day in ahead)


def tells_only(heard: Heard) -> bool:
    """Say whether a message tells what was, or is so anyway, with nothing in it that is aimed at."""
    if is_aimed(heard) or len(_WORD.findall(heard.said)) > _TOLD_WORDS:
        return False
    days = [*heard.days, *heard.months]
    led = any(_is_led_by(heard, one, heard.goals.until) for one in days)
    return not led and bool(find_phrases(heard.said, heard.goals.told))


def _widened(heard: Heard, mention: Mention[object]) -> Mention[object]:
    """Return a mention with the word before it that leads to a time: the "in" of "in march" is no inch."""
    lead = re.search(rf"{BEGINS}{any_of(heard.words.dates.ahead)} $", heard.said[: mention.start])
    return Mention(lead.start() if lead else mention.start, mention.end, mention.value)


def _what(said: str, heard: Heard) -> str | None:
    """Return the kind that words tell where no length is written: of a calf's size only where nothing else is."""
    units = heard.words.units.inches  # "in" is no inch without a figure
    told_of = [one.value for one in told(said, heard.words.requests.target) if said[one.start : one.end] not in units]
    others = [value for value in told_of if value != GoalKind.GIRTH]
    if others and (beside := _beside_figure(said, heard)) is not None:
        return beside
    if others:
        return min(others, key=list(heard.words.requests.target).index)
    calves = find_phrases(said, heard.words.requests.goals.get(Goal.CALVES, frozenset()))
    return GoalKind.GIRTH.value if told_of or calves else None


def _beside_figure(said: str, heard: Heard) -> str | None:
    """Return the kind of which the last figure is told: "he runs himself, i want 20 raises"."""
    kinds = {kind: named for kind, named in heard.words.requests.target.items() if kind != GoalKind.GIRTH}
    for figure in reversed(list(_FIGURE.finditer(said))):
        for kind, named in kinds.items():
            if re.match(rf" (?:[^\W\d_]+ )?{phrase_pattern(named)}{ENDS}", said[figure.end() :]):
                return kind
    return None


def _by(heard: Heard, *, rate: bool) -> date | None:
    """Return the last of the days to come that are named, "25 by march" and "in 8 weeks"; "3 a week" names none.

    A day to which "by" leads goes before others, and beside a rate it is the only one that counts. Where none of them
    is to come it is one that has passed, if its year was said, or that it is to be reached by it.
    """
    days = [(one, one.value.resolve(heard.today, Direction.AFTER)) for one in heard.days]
    months = [(one, _last_of(heard, one)) for one in heard.months if apart([one], heard.days)]
    lengths = [(one, heard.today + timedelta(days=one.value)) for one in _lengths(heard) if not _is_rate(heard, one)]
    led = [
        day
        for one, day in (*days, *months)
        if day is not None and day > heard.today and _is_led_by(heard, one, heard.goals.until)
    ]
    if led or rate:
        return max(led, default=None)
    for named in (days, months, lengths):
        ahead = [day for _, day in named if day is not None and day > heard.today]
        if ahead:
            return max(ahead)
    with_year = [day for one, day in days if day is not None and one.value.year] + [day for _, day in months]
    meant = [day for one, day in days if day is not None and _is_led_by(heard, one, heard.goals.until)]
    return max([*with_year, *meant], default=None)


def _last_of(heard: Heard, month: Mention[date]) -> date:
    """Return the day by which a month stands: its last where its end is said, not the day behind it."""
    ends = re.match(rf"{any_of(heard.words.dates.end)}{ENDS}", heard.said[month.start : month.end])
    return month.value - timedelta(days=1) if ends else month.value


def _lengths(heard: Heard) -> list[Mention[int]]:
    """Return the lengths in days, those of years among them."""
    return [*heard.lengths, *find_mentions(_years_pattern(heard.goals.years, heard.words), heard.said, _years)]


@lru_cache
def _years_pattern(years: Words, words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{BEGINS}(?:(?P<count>\d{{1,2}})|{any_of(words.numbers.article)}) {any_of(years)}{ENDS}")


def _years(found: re.Match[str]) -> int:
    return int(found["count"] or 1) * _YEAR


def _beside_days(heard: Heard) -> str:
    """Return the spoken form without its days, lengths of time, ways and weights."""
    said, words = heard.said, heard.words
    times = [*heard.days, *heard.months, *_lengths(heard), *heard.durations]
    return without(
        said,
        [_widened(heard, one) for one in (*times, *find_ways(said, words), *find_written_weights(said, words))],
        " ",
    )


def _is_led_by(heard: Heard, mention: Mention[object], cues: Words) -> bool:
    """Say whether one of these phrases stands right before a mention."""
    return (
        re.search(rf"{BEGINS}{phrase_pattern(cues)} (?:{any_of(heard.words.dates.of)} )*$", heard.said[: mention.start])
        is not None
    )


def _asks(heard: Heard) -> bool:
    """Say whether a message begins as a question about a goal does."""
    return re.match(rf"\W*{phrase_pattern(heard.goals.asking)}{ENDS}", heard.said) is not None


def _is_rate(heard: Heard, length: Mention[int]) -> bool:
    """Say whether a length is one by which something is counted: "3 a week", not "in a week"."""
    text, before = heard.said[length.start : length.end], heard.said[: length.start]
    if text.partition(" ")[0] not in heard.words.numbers.article:
        return False
    return re.search(rf"{BEGINS}{phrase_pattern(heard.words.dates.ahead)} $", before) is None


def _has_rate(heard: Heard) -> bool:
    """Say whether something is counted by a length: "3 a week", "three sessions every week"."""
    words = heard.words
    each = any_of(words.days.every | words.legs.both)
    by = re.finditer(rf"{BEGINS}{each} {any_of(words.pause.lengths)}{ENDS}", heard.said)
    rates = [one for one in heard.lengths if _is_rate(heard, one)]
    return next(by, None) is not None or any(apart([one], heard.days) for one in rates)


def _is_dropped(heard: Heard, value: float | None, by: date | None) -> bool:
    """Say whether a goal is given up: beside a figure only where the message begins with it, and with no day."""
    if by is not None:
        return False
    off = heard.words.requests.switch.get("off", frozenset())
    return drops(heard) if value is None else any(one.start <= _EARLY and one.value in off for one in _dropped(heard))


def drops(heard: Heard) -> bool:
    """Say whether a goal or an event is given up."""
    return bool(_dropped(heard))


def _dropped(heard: Heard) -> list[Mention[str]]:
    """Return the words that give something up, and are not denied: "they haven't given out the day"."""
    denied = re.compile(rf"{BEGINS}{phrase_pattern(heard.words.wishes.negate)} (?:[^\W\d_]+ )?$")
    dropped = find_phrases(heard.said, heard.words.wishes.drop)
    return [one for one in dropped if not denied.search(heard.said[: one.start])]


def _centimetres(length: re.Match[str]) -> float:
    if length["figure"]:
        value = number(length["figure"])
        if length["fraction"]:
            over, under = length["fraction"].strip().split("/")
            value += int(over) / int(under)
    else:
        value = 0.5 if length["half"] else 1.0
    centimetres = value * CM_PER_INCH if length["inches"] else value / 10 if length["mm"] else value
    whole = round(centimetres, 1)
    return int(whole) if whole == int(whole) else whole
