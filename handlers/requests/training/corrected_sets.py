"""Sets that were told just now, corrected or completed by what is said behind them.

"12 kg, not 10", "13 on the last one", "16 each hand", "on one leg": a figure there is of those sets, and no weight of a
body and no pain, also while it is still asked which exercise they are of.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.efforts import find_called
from coach.parsing.mentions.figures import find_written_weights, plain_kilograms
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction
from coach.parsing.normalise import number
from coach.parsing.vocabulary import any_of
from coach.parsing.weight import KG_PER_LB
from coach.parsing.words import Words
from coach.planning.exercises.progression import MOST_REPS
from coach.profile import Units
from coach.requests import Intent, Slots
from content.understanding.meanings import NotAnAnswer, PromptAnswer, PromptCommand, Requests, Understood
from content.understanding.red_flags.told import Safety
from content.understanding.requests.corrections import Correction, correction_of
from content.understanding.requests.request import Request
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.heard import Heard
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from services import last_change, shown

WITHIN: Final = timedelta(minutes=30)
WORDS: Final = 6  # at most, beside the figures
CORRECTING_WORDS: Final = 9  # the same, where words of a correction stand there, or it is told that there are two loads
SOMETHING_ELSE: Final = frozenset({
    Intent.MOVE, Intent.SKIP, Intent.REMIND, Intent.PAUSE, Intent.RESUME, Intent.DAYS, Intent.EVENT, Intent.ZONE,
    Intent.TIMER, Intent.UNITS,
})  # fmt: skip
_FIGURE: Final = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:[.,]\d{1,2})?(?![\w:/%]|[.,]\d)")
_WORD: Final = re.compile(r"[^\W\d_]+")


def are_last_change(turn: Turn) -> bool:
    """Say whether the sets that were told just now are all of the last change, which they undo when corrected."""
    change = last_change.last(turn.session, turn.user, turn.now)
    return _open(turn) is None and change is not None and change.intents == [Intent.SETS]


def _open(turn: Turn) -> Slots | None:
    offered = (slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.SETS)
    return next((slots for slots in offered if slots.reps), None)


def _told(turn: Turn) -> Slots | None:
    """Return the sets that were told just now, noted or not."""
    if (open_ := _open(turn)) is not None:
        return open_
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents[-1:] != [Intent.SETS] or turn.now - change.at > WITHIN:
        return None
    slots = unpack_slots(change.slots or "")
    return slots if slots is not None and slots.reps else None


def meant(turn: Turn, understood: Understood) -> Request | None:
    """Return the sets with what a message says of them, None where it says nothing of them."""
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return None
    whole, last, chosen = answering.heard(turn, turn.written), _told(turn), _chosen_load(turn)
    if chosen is not None or last is None or _asks(whole):
        return Request(Intent.SETS, chosen) if chosen is not None else None
    few = len(_WORD.findall(whole.said)) <= WORDS
    if few and find_phrases(whole.said, whole.words.requests.unloaded):
        return Request(Intent.SETS, replace(last, kg=0.0))  # "no weight", which begins like a correction
    if few and not _figures(whole) and (day := _past_day(whole)) is not None:
        return Request(Intent.SETS, replace(last, day=day))
    rates = find_called(whole.said, whole.words.efforts.exertions, whole.words)  # "session rpe 7.5"
    if rates or (isinstance(understood, Requests) and any(each.intent in SOMETHING_ELSE for each in understood.all)):
        return None
    correction = correction_of(turn.written, turn.language.correction_words)
    heard = answering.heard(turn, correction.kept if correction is not None else turn.written)
    slots = _said(turn, heard, last, correction)
    return Request(Intent.SETS, slots) if slots is not None else None


def _chosen_load(turn: Turn) -> Slots | None:
    """Return the sets with the one of several loads that is chosen: "10" behind "which weight should I keep?"."""
    offered = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.SETS and slots.kg]
    heard = answering.heard(turn, turn.written)
    figures = [number(figure) for figure in _FIGURE.findall(heard.said)]
    if len(offered) < 2 or len(figures) != 1 or len(_WORD.findall(heard.said)) > WORDS:
        return None
    return next((slots for slots in offered if slots.kg and _in_kilograms(figures[0], heard) == slots.kg), None)


def _asks(heard: Heard) -> bool:
    asks = "?" in heard.text or find_phrases(heard.said, heard.goals.asks_about)
    first = next(iter(_WORD.findall(heard.said)), "")
    return bool(asks) or first in heard.words.answers.asking


def _past_day(heard: Heard) -> date | None:
    """Return the past day that is named: "not today, yesterday"."""
    days = (one.value.resolve(heard.today, Direction.PAST) for one in heard.days)
    return next((day for day in days if day is not None and day < heard.today), None)


def _said(turn: Turn, heard: Heard, last: Slots, correction: Correction | None) -> Slots | None:
    """Return the sets as they are now."""
    denying = turn.language.correction_words.denying
    said = re.sub(rf"{BEGINS}{phrase_pattern(denying)} \d+(?:[.,]\d+)?", " ", heard.said)
    heard, words = replace(heard, text=said), turn.language.correction_words
    new = noted_sets.sets(heard)
    besides = len(_WORD.findall(without(heard.said, heard.durations, " ")))
    legs, units = heard.words.legs, heard.words.units
    length = re.search(rf"\d ?{any_of(units.centimetres | units.inches)}{ENDS}", heard.said)
    is_open = _open(turn) is not None
    sure = is_open or correction is not None or bool(find_phrases(heard.said, heard.goals.each_hand))
    to_come = heard.words.dates.next | heard.words.dates.tomorrow | (heard.goals.aims - heard.goals.repetitions)
    one = _of_one_set(heard, last, words.last_set, words.more_sets)
    sure = sure or one is not None
    elsewhere = (length and one is None) or find_phrases(heard.said, words.of_body | legs.left | legs.right | to_come)
    if elsewhere or besides > (CORRECTING_WORDS if sure else WORDS):
        return None
    if len(new.reps or ()) > 1:  # other sets, unless it is said that they are those
        return replace(last, reps=new.reps, kg=new.kg if new.kg is not None else last.kg) if correction else None
    return (
        one
        or _in_each_hand(heard, last)
        or _with_load(heard, last, new, correction)
        or _of_exercise(heard, last, may_be_any=is_open or correction is not None)
        or (_with_figure(heard, last) if correction is not None else None)
    )


def _of_one_set(heard: Heard, last: Slots, last_set: Words, more_sets: Words) -> Slots | None:
    """Return the sets with another figure for one of them, "the second set was 11", or one more: "then another 10"."""
    figures, reps = _figures(heard), last.reps or ()
    place = len(reps) - 1 if find_phrases(heard.said, last_set) else _place(heard)
    if find_phrases(heard.said, more_sets) and place is None:
        place = len(reps)
    if len(figures) != 1 or not figures[0].isdecimal() or place is None or place > len(reps):
        return None
    if int(figures[0]) > MOST_REPS or find_written_weights(heard.said, heard.words):
        return None
    return replace(last, reps=(*reps[:place], int(figures[0]), *reps[place + 1 :]))


def _place(heard: Heard) -> int | None:
    """Return the place of the set that is named: "second set", "2nd one"."""
    ordinals = heard.words.dates.ordinals
    named = re.search(rf"{BEGINS}{any_of(ordinals)}{ENDS}", heard.said)
    written = re.search(rf"{BEGINS}([1-9]){any_of(heard.words.pause.ordinals)}{ENDS}", heard.said)
    return ordinals.index(named[0]) if named is not None else int(written[1]) - 1 if written is not None else None


def _in_each_hand(heard: Heard, last: Slots) -> Slots | None:
    """Return the sets with the load of both hands; those of each side, where the figure is one of repetitions."""
    hands, sides = (find_phrases(heard.said, words) for words in (heard.goals.each_hand, heard.goals.each_side))
    if not hands and not sides:
        return None
    weights, figures = find_written_weights(heard.said, heard.words), _figures(heard)
    load = last.kg
    if weights:
        load = plain_kilograms(heard.said[weights[-1].start : weights[-1].end], heard.words)
    elif figures:
        load = _in_kilograms(number(figures[0]), heard)
    if not hands and not weights and not figures:
        return last  # "per leg": so they are counted anyway
    if not hands and not weights and load != last.kg:
        counted = figures and figures[0].isdecimal() and int(figures[0]) in (last.reps or ())
        return last if counted else None
    return replace(last, kg=round(load * 2, 1)) if load else None


def _with_load(heard: Heard, last: Slots, new: Slots, correction: Correction | None) -> Slots | None:
    """Return the sets with the load that is told: "12 kg", "no weight", "62.5"."""
    figures = _figures(heard)
    if new.kg is not None and (not new.reps or correction is not None):
        return replace(last, kg=new.kg)
    decimal = len(figures) == 1 and not figures[0].isdecimal()
    return replace(last, kg=_in_kilograms(number(figures[0]), heard)) if decimal else None


def _of_exercise(heard: Heard, last: Slots, *, may_be_any: bool) -> Slots | None:
    """Return the sets as those of the exercise that is named, without figures: "single leg, on the step"."""
    if any(map(str.isdigit, heard.said)):
        return None
    is_raise = last.exercise is None or last.exercise.endswith(noted_sets.RAISES)
    if is_raise and noted_sets.is_on_one_leg(heard):
        return replace(last, exercise=noted_sets.ON_ONE_LEG)
    named = noted_sets.exercise(heard) if may_be_any else None
    return replace(last, exercise=named) if named is not None else None


def _with_figure(heard: Heard, last: Slots) -> Slots | None:
    """Return the sets with a bare figure in the place of the nearer one, the load or the last set: "sorry, 65"."""
    figures, reps = _figures(heard), last.reps or ()
    if len(figures) != 1 or not reps:
        return None
    figure = number(figures[0])
    load = _in_kilograms(figure, heard)
    if last.kg and abs(load - last.kg) < min(abs(figure - count) for count in reps):
        return replace(last, kg=load)
    return replace(last, reps=(*reps[:-1], int(figure)))


def _figures(heard: Heard) -> list[str]:
    return _FIGURE.findall(heard.said)


def _in_kilograms(figure: float, heard: Heard) -> float:
    return round(figure * KG_PER_LB, 1) if heard.moment.units is Units.POUNDS else figure
