"""Messages that are nothing but the sets of an exercise: "15/14/12", "3x12 with 10kg", "12 at 10 kg"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from coach.parsing.measurements import Side
from coach.parsing.mentions.figures import find_reps, find_written_weights, plain_kilograms, read_raises
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.repetitions import told_chain, told_reps
from coach.parsing.mentions.spoken_days import Direction
from coach.parsing.normalise import number
from coach.parsing.vocabulary import any_of
from coach.parsing.weight import KG_PER_LB
from coach.planning.exercises.catalog import EXERCISES
from coach.profile import Units
from coach.requests import Slots
from content.understanding.requests.slots import days as slot_days
from content.understanding.requests.slots import names as slot_names
from content.understanding.requests.slots.heard import Heard

RAISES: Final = "calf-raise"  # the end of a slug
ON_ONE_LEG: Final = "single-leg-calf-raise"
THREE: Final = 3  # figures that are no legs: sets
_BARE: Final = re.compile(r"\d{1,3}(?:[-/.;,+ ]+\d{1,3}){2,9}")
_NEXT: Final = re.compile(r"[,;\n]\s*(?=[^\W\d_])")
_COUNT: Final = re.compile(r"(?<![\w.,/:-])\d{1,3}(?![\w.,/:-])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FIGURE: Final = re.compile(r"\d")
_TWO: Final = re.compile(r"(?<![\w.,])2 ?[x×]? ?$")
_LOAD: Final = r"(?P<load>\d{1,3}(?:[.,]\d{1,2})?)(?![\w/:]|[.,]\d)"


def with_load(heard: Heard) -> bool:
    """Say whether a message names repetitions and their load, "12 at 10 kg": no body's weight is told like that."""
    said, words = heard.said, heard.words
    for load in _loads(heard):
        lead = re.search(rf"(?:{any_of(words.requests.loading)} ?)+$", said[: load.start])
        before = said[: lead.start()].rstrip() if lead else ""
        if re.search(rf"\d(?: ?{any_of(words.efforts.counted | words.legs.times)})?$", before):
            return True
        if re.match(rf" ?{any_of(words.spans.times | {'×'})} ?\d{{1,3}}(?!\d)", said[load.end :]):  # "10 kg x 12"
            return True
    return bool(_loads(heard)) and is_nothing_else(heard)


def of_named(heard: Heard) -> bool:
    """Say whether a message names an exercise, and two sets of it or more: "jump squats 6 6 6"."""
    if not _FIGURE.search(heard.said):
        return False
    named = slot_names.exercise(heard) is not None or is_on_one_leg(heard)
    return named and len(sets(heard).reps or ()) > 1


def are_called_sets(heard: Heard) -> bool:
    """Say whether three figures or more are called sets: "did 3 sets. 20 20 18"."""
    listed = len(_COUNT.findall(heard.said)) >= THREE and len(sets(heard).reps or ()) >= THREE
    return listed and not are_asked_about(heard) and bool(find_phrases(heard.said, heard.goals.repetitions))


def are_asked_about(heard: Heard) -> bool:
    """Say whether sets are asked about and not told: "is 3 sets of 12 enough", and not "did 3 sets"."""
    first = next(iter(_WORD.findall(heard.said)), "")
    return "?" in heard.text or (first in heard.words.answers.asking and first not in heard.goals.told)


def is_on_one_leg(heard: Heard) -> bool:
    """Say whether it is told that something was done on one leg, with a hyphen or without."""
    one = heard.words.requests.one_leg
    return bool(find_phrases(heard.said, one | {phrase.replace("-", " ") for phrase in one}))


def exercise(heard: Heard) -> str | None:
    """Return the exercise that is named, by one word of its own, too: "15 13 11 standing", "single leg 15 15 12"."""
    named = slot_names.exercise(heard)
    if (named or RAISES).endswith(RAISES) and is_on_one_leg(heard):
        return ON_ONE_LEG
    of_strength = {slug: names for slug, names in heard.exercises.items() if slug in EXERCISES}
    return named or slot_names.exercise_meant(replace(heard, exercises=of_strength))


def of_each_leg(heard: Heard) -> tuple[int, ...]:
    """Return the repetitions of sets that are told leg by leg: "left 12 right 14 reps"; those of a test are not."""
    legs = heard.words.legs
    both = find_phrases(heard.said, legs.left) and find_phrases(heard.said, legs.right)
    if not both or not find_phrases(heard.said, heard.goals.repetitions):
        return ()
    found = read_raises(without(heard.said, [*heard.days, *heard.durations, *_loads(heard)], " "), heard.words)
    return (found[Side.LEFT], found[Side.RIGHT]) if {Side.LEFT, Side.RIGHT} <= found.keys() else ()


def sets(heard: Heard) -> Slots:
    """Return the repetitions of each set, their load, the exercise, and the day where it is a past one."""
    load, loads = _load(heard)
    days = [] if is_nothing_else(heard) or len(told_chain(heard.said)) > 1 else heard.days  # 12/11/10 is no day there
    ordinals = heard.words.dates.ordinals  # "14, second set 12" has no seconds
    times = [one for one in heard.durations if heard.said[: one.end].rpartition(" ")[2] not in ordinals]
    said = " ".join(without(heard.said, [*loads, *days, *times], " ").split()).replace(" ,", ",")
    reps = bare_reps(heard.said) or of_each_leg(heard) or told_reps(said, heard.words)
    if not reps:
        counts = set(read_raises(said, heard.words).values())  # "12 each side" is one
        reps = tuple(counts) if len(counts) == 1 else ()
    if load is None and find_phrases(heard.said, heard.words.requests.unloaded):
        load = 0.0
    places = [one for one in days if one.value.offset is None and one.value.weekday is None and not one.value.month]
    day = slot_days.the_day(heard, Direction.PAST, places) if days else None  # the "3rd" set is no day
    past = day if day is not None and day < heard.today else None
    return Slots(day=past, reps=reps or None, kg=load, exercise=exercise(heard))


def _load(heard: Heard) -> tuple[float | None, list[Mention[None]]]:
    """Return the load in kilograms, that of both hands where each has one, and where it is told."""
    found = [*_loads(heard)]
    if found:
        load = plain_kilograms(heard.said[found[-1].start : found[-1].end], heard.words)
    elif bare := _bare_loads(heard):
        found = [Mention(one.start, one.end, None) for one in bare]
        load = _in_own_units(bare[-1].value, heard.moment.units)
    else:
        return None, []
    two = _two_of(heard, found[-1])
    if load and (two is not None or is_of_each_hand(heard, found[-1])):
        load = round(load * 2, 1)
    return load, [*([two] if two is not None else []), *found]


def loads_of_sets(heard: Heard) -> list[float]:
    """Return the loads of a message in which each set has its own, "12 x 8 kg, 10 x 10 kg", one by one in kilograms."""
    written = [plain_kilograms(heard.said[one.start : one.end], heard.words) for one in _loads(heard)]
    bare = [_in_own_units(one.value, heard.moment.units) for one in _bare_loads(heard)]
    found = [each for each in written if each is not None] or bare
    return found if len(found) == len(sets(heard).reps or ()) > 1 else []


def is_loaded_twice(heard: Heard) -> bool:
    """Say whether two loads are told of which each is named: "with 16 kg in each hand", "2 x 16 kg"."""
    loads = _loads(heard) or [Mention(one.start, one.end, None) for one in _bare_loads(heard)]
    return bool(loads) and (_two_of(heard, loads[-1]) is not None or is_of_each_hand(heard, loads[-1]))


def _two_of(heard: Heard, load: Mention[None]) -> Mention[None] | None:
    """Return where it is said that there are two of a load, behind the repetitions: "12 12 10 with 2 x 16 kg"."""
    found = _TWO.search(heard.said, 0, load.start)
    behind = found is not None and _FIGURE.search(heard.said[: found.start()])
    return Mention(found.start(), load.start, None) if found is not None and behind else None


def is_of_each_hand(heard: Heard, load: Mention[None]) -> bool:
    """Say whether it is said that each hand has the load, or right behind it that each side has."""
    sides = phrase_pattern(heard.goals.each_side)
    return bool(find_phrases(heard.said, heard.goals.each_hand)) or (
        re.match(rf"\W*{sides}{ENDS}", heard.said[load.end :]) is not None
    )


def _bare_loads(heard: Heard) -> list[Mention[float]]:
    """Return the loads that are named without their unit: "the weight was 18", "12@30, 12@30, 10@32.5"."""
    if heard.moment.units is None:
        return []
    named = phrase_pattern(heard.words.requests.load_named)
    hands = phrase_pattern(heard.goals.each_hand)
    led = re.finditer(rf"(?:(?<=\d)@ ?|(?<=\d )@ ?|{BEGINS}{named}:? ){_LOAD}", heard.said)
    held = re.finditer(
        rf"(?<=[,;] )(?P<load>\d{{1,3}}(?:[.,]\d)?)s? {hands}{ENDS}", heard.said
    )  # "3x8, 10s in each hand"
    return [Mention(each.start(), each.end(), number(each["load"])) for each in (*led, *held)]


def _in_own_units(load: float, units: Units | None) -> float:
    return load if units is Units.KILOGRAMS else round(load * KG_PER_LB, 1)


def bare_reps(said: str) -> tuple[int, ...]:
    """Return the repetitions of a message that is three figures or more and nothing else, whatever stands between."""
    return tuple(map(int, re.findall(r"\d+", said))) if _BARE.fullmatch(said) else ()


def divided(heard: Heard) -> list[tuple[int, int]]:
    """Return where the sets of several exercises stand, "squats 12/12, lunges 8/8"; nothing for any other message."""
    starts = [0, *(found.end() for found in _NEXT.finditer(heard.text))]
    spans = list(zip(starts, [*starts[1:], len(heard.text)], strict=True))
    parts = [replace(heard, text=heard.text[start:end].rstrip(" ,;\n")) for start, end in spans]
    if len(parts) < 2 or not all(map(is_nothing_else, parts)):
        return []
    names = [slot_names.exercise(part) for part in parts]
    return spans if None not in names and len(set(names)) == len(names) else []


def is_nothing_else(heard: Heard) -> bool:
    """Say whether a message is figures of sets, and at most the name of an exercise and words of sets besides."""
    said, words = heard.said, heard.words
    if not _FIGURE.search(said):
        return False
    if bare_reps(said):
        return True
    loads = _loads(heard)
    rest = without(said, loads, " ")
    reps = find_reps(rest, words) or told_reps(rest, words)
    lone = _COUNT.findall(rest)
    bare = bool(find_phrases(said, words.requests.unloaded))
    raises = (exercise(heard) or RAISES).endswith(RAISES)
    few = THREE if raises else 1  # two figures of raises may be those of a test
    if len(reps or lone) < few and "x" not in rest and "×" not in rest and not (lone and (loads or bare)):
        return False
    if not reps and len(lone) != 1:
        return False
    return not _words_besides(heard, without(rest, find_phrases(rest, words.requests.unloaded), " "))


def _loads(heard: Heard) -> list[Mention[None]]:
    return find_written_weights(heard.said, heard.words)


def _words_besides(heard: Heard, rest: str) -> set[str]:
    """Return the words of a message that belong neither to sets nor to the name of an exercise."""
    words = heard.words
    own = words.requests.loading | words.legs.both | words.legs.leg | words.legs.times | words.spans.times
    own |= (
        words.requests.between_sets
        | words.spans.rounds
        | words.efforts.counted
        | words.schedule.joining
        | words.dates.of
        | {phrase.replace("-", " ") for phrase in words.requests.one_leg}
        | heard.goals.each_hand
    )
    named = exercise(heard)
    known = {part for name in heard.exercises.get(named, ()) for part in _parts(name)} if named else set()
    return set(_parts(rest)) - {part for each in own for part in _parts(each)} - known


def _parts(text: str) -> list[str]:
    return [part.casefold().removesuffix("s") for part in _WORD.findall(text)]
