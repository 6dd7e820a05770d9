"""Corrections of what was changed just now, "no, 8": it is undone and asked for anew with what they say."""

import re
from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Final

from coach.buttons.callback_data import parse
from coach.buttons.requests import ConfirmRequest, unpack_slots
from coach.parsing.mentions.clock_times import find_times
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import in_same_month
from coach.parsing.normalise import fold
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day
from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.corrections import Correction, Sureness, correction_of
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from db.models import LastChange
from handlers.framework.turn import Turn
from handlers.requests.context import one_day
from handlers.requests.context.confirming import leaves_value
from handlers.requests.context.likely import HALF_DAY, lone_day
from handlers.requests.context.lone_figures import figure
from handlers.requests.goals import answering
from handlers.requests.training import one_week
from handlers.requests.training.sessions import MOST_EFFORT
from handlers.requests.training.unplanned import MOST_MINUTES
from handlers.training.today import kept_session, today_of
from services import last_change
from services.shown import Asked

CORRECTED_WITHIN: Final = timedelta(minutes=30)
_CLAUSE: Final = re.compile(r"[.,;!\n]+(?=\s|$)")

OF_A_DAY: Final = frozenset({Intent.DONE, Intent.SKIP})
"""Intents that are about the day of the change where no other is named."""

OF_LEGS: Final = frozenset({Intent.GIRTH, Intent.RAISES})

CORRECTED: Final = frozenset({
    Intent.DONE, Intent.SKIP, Intent.MOVE, Intent.PAIN, Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS,
    Intent.REMIND, Intent.PAUSE, Intent.TARGET, Intent.EVENT,
})  # fmt: skip
"""Intents whose changes can be corrected by a value alone."""

LASTING: Final = frozenset({Intent.DAYS, Intent.MINUTES})
"""Intents that are corrected while they stand open: each says all of its value."""

WEEK: Final = timedelta(days=7)
DAY_WORDS: Final = 3  # at most, of a clause that is nothing but a day
GUESS_WORDS: Final = 5  # at most, of a clause that tells anew what was done
HALF_WORDS: Final = 6  # at most, of a message that says no more than the half of the day
TIME_WORDS: Final = 4  # at most, of a message that is nothing but a time


def corrected(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return the request that takes the place of the last one, None where a message corrects nothing.

    A red flag corrects nothing, whatever stands beside it. While a question stands open, only that is corrected.
    """
    asks = "?" in turn.written or find_phrases(fold(turn.written), turn.language.goal_words.asks_about)
    if isinstance(understood, Safety) or asks:
        return None
    if (amended := one_week.amended(turn)) is not None:
        return amended
    words = turn.language.correction_words
    correction = correction_of(turn.written, words)
    swaps = bool(find_phrases(fold(turn.written), words.swapped))
    change = last_change.last(turn.session, turn.user, turn.now)
    recent = change is not None and turn.now - change.at <= CORRECTED_WITHIN
    last = _asked_before(turn, change) if change is not None and recent else _marked_by_button(turn)
    denied = _denied_value(turn, last) if last is not None else None
    correction = denied or correction
    says_any = swaps or any(
        each is not None for each in (correction, lone_day(turn), _lone_time(turn), last and _other_half(turn, last))
    )
    if not says_any:
        return None
    if turn.asked is not None:
        return _asked_anew(turn, correction, turn.asked, understood) if correction is not None else None
    return _in_place(turn, last, correction, understood, found) if last is not None else None


def _in_place(
    turn: Turn, last: Request, correction: Correction | None, understood: Understood, found: SearchResult
) -> Request | None:
    """Return the request that takes the place of this one."""
    other_day, other_time = lone_day(turn), _lone_time(turn) or _other_half(turn, last)
    swaps = bool(find_phrases(fold(turn.written), turn.language.correction_words.swapped))
    if swaps and last.intent in OF_LEGS:
        return _with_legs_swapped(last)
    if last.intent is Intent.SKIP and other_day is not None:
        return _moved_instead(turn, last, other_day)
    if last.intent is Intent.REMIND and other_time is not None:
        return Request(Intent.REMIND, one_day.at_another_time(turn, last.slots, other_time))
    if correction is None or (last.intent in OF_A_DAY and leaves_value(turn)):
        return None
    meant = (
        _is_meant(correction, understood, found, last.intent)
        or _is_guess(turn, last, correction, understood)
        or _names_day(turn, last, correction, understood)
    )
    return _with_values(turn, last, correction) if meant else None


def _denied_value(turn: Turn, last: Request) -> Correction | None:
    """Return the correction that denies a figure which was told just now: "it was 35 minutes, not 45"."""
    said, words = answering.heard(turn, turn.written).said, turn.language.correction_words
    told = {value for each in fields(Slots) if isinstance(value := getattr(last.slots, each.name), int | float)}
    denied = re.search(rf"(?<![^\W_]){phrase_pattern(words.denying)} (\d+(?:[.,]\d+)?)(?![\w.,]*\d)", said)
    if denied is None or float(denied[1].replace(",", ".")) not in told:
        return None
    rest = f"{said[: denied.start()]} {said[denied.end() :]}".strip()
    return Correction(Sureness.SURE, rest, rest)


def _is_guess(turn: Turn, last: Request, correction: Correction, understood: Understood) -> bool:
    """Say whether a message of which nothing is understood guesses anew how hard a session was: "sorry, 4 i think"."""
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning() | SmallTalk():
            first = _CLAUSE.split(correction.rest)[0]
            tells = len(first.split()) <= GUESS_WORDS and _read(turn, last, first) != Slots()
            return last.intent is Intent.DONE and (tells or figure(turn, correction.rest) is not None)
    return False


def _names_day(turn: Turn, last: Request, correction: Correction, understood: Understood) -> bool:
    """Say whether another day of a move comes first, and why behind it: "no sorry thursday, friday is full"."""
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning() if last.intent is Intent.MOVE:
            return _is_day(turn, _CLAUSE.split(correction.rest)[0])
        case Requests(all=(Request(intent=(Intent.SKIP | Intent.DAYS) as taken),)) if last.intent is Intent.MOVE:
            surely = taken is Intent.DAYS or correction.sureness > Sureness.WEAK
            return _is_day(
                turn, _CLAUSE.split(correction.rest)[0] if surely else correction.rest
            )  # "hang on no, friday"
    return False


def _is_day(turn: Turn, said: str) -> bool:
    """Say whether a clause is nothing but a day."""
    return len(answering.heard(turn, said).days) == 1 and len(said.split()) <= DAY_WORDS


def _with_values(turn: Turn, last: Request, correction: Correction) -> Request | None:
    """Return the last request with the values that a correction says; Undo where a move is to stay where it began."""
    for said in _ways_to_read(correction):
        slots = _in_place_of(last, _read(turn, last, said))
        if slots is not None and _stays(slots):
            return Request(Intent.UNDO)
        if slots is not None and slots != last.slots:
            return Request(last.intent, slots)
    return None


def _read(turn: Turn, last: Request, said: str) -> Slots:
    """Return what is said; a bare figure that is no effort is the minutes of what took some: "correction, 54"."""
    heard, figure = answering.heard(turn, said), said.strip(" .!")
    slots = read_slots(last.intent, heard)
    if last.intent is Intent.EVENT and last.slots.day is not None and len(heard.days) == 1:
        return replace(slots, day=in_same_month(heard.days[0].value, last.slots.day) or slots.day)
    is_long = last.intent is Intent.DONE and last.slots.minutes is not None and figure.isdecimal()
    if slots == Slots() and is_long and MOST_EFFORT < int(figure) <= MOST_MINUTES:
        return Slots(minutes=int(figure))
    return slots


def _lone_time(turn: Turn) -> Slots | None:
    """Return the time that is all that a few words say: "9 at night"."""
    if len(turn.written.split()) > TIME_WORDS or turn.written.strip(" .!").isdecimal():
        return None
    heard = answering.heard(turn, turn.written)
    hours = [int(each) for each in re.findall(r"\d+", heard.said)]
    if len(hours) == 1 and 0 < hours[0] < HALF_DAY and find_phrases(heard.said, heard.words.dates.evenings):
        return Slots(at=time(hours[0] + HALF_DAY))
    said = read_slots(Intent.REMIND, heard)
    alone = said.at is not None and said.switch is None and find_times(heard.said, heard.words)
    return Slots(at=said.at) if alone else None


def _other_half(turn: Turn, last: Request) -> Slots | None:
    """Return the time of the reminder that was set just now in the half of the day that is named: "pm obviously"."""
    at, heard = last.slots.at, answering.heard(turn, turn.written)
    few = len(turn.written.split()) <= HALF_WORDS and not any(each.isdigit() for each in heard.said)
    if last.intent is not Intent.REMIND or at is None or not few:
        return None
    clock, dates = heard.words.clock, heard.words.dates
    evening = bool(find_phrases(heard.said, clock.evening | dates.evenings))
    morning = bool(find_phrases(heard.said, (clock.morning | dates.mornings) - heard.words.numbers.article))
    if evening in {morning, at.hour >= HALF_DAY}:
        return None
    return Slots(at=at.replace(hour=(at.hour + HALF_DAY) % (2 * HALF_DAY)))


def _ways_to_read(correction: Correction) -> tuple[str, ...]:
    """Return what is read in turn: reasons may follow, "make that 28, for …", or what was wrong, "9, not 8"."""
    return _CLAUSE.split(correction.kept)[0], _CLAUSE.split(correction.rest)[0], correction.rest


def _stays(slots: Slots) -> bool:
    """Say whether a move goes back to the day where it began, or to that day a week on: "no, leave it on Monday"."""
    return slots.from_day is not None and slots.to_day in {slots.from_day, slots.from_day + WEEK}


def _asked_anew(turn: Turn, correction: Correction, asked: Asked, understood: Understood) -> Request | None:
    """Return a lasting change that stands open with a yes or a no, with what is corrected: "wait no, thu and sat"."""
    action = parse(asked.yes)
    if not isinstance(action, ConfirmRequest) or action.intent not in LASTING:
        return None
    open_ = Request(action.intent, unpack_slots(action.slots) or Slots())
    match understood:
        case Requests(all=(Request(intent=Intent.DAYS) as whole,)) if open_.intent is Intent.DAYS:
            return whole if whole.slots.days and whole.slots.days != open_.slots.days else None
    for said in _ways_to_read(correction):
        slots = _in_place_of(open_, read_slots(open_.intent, answering.heard(turn, said)))
        if slots is not None and slots != open_.slots:
            return Request(open_.intent, slots)
    return None


def _moved_instead(turn: Turn, last: Request, to: date) -> Request | None:
    """Return the move of a session of a day to come that was just taken out: "saturday then"."""
    skipped = last.slots.day
    if skipped is None or skipped <= today_of(turn) or to == skipped:
        return None
    return Request(Intent.MOVE, Slots(from_day=skipped, to_day=to))


def _with_legs_swapped(last: Request) -> Request | None:
    slots = last.slots
    swapped = replace(slots, left=slots.right, right=slots.left, left_cm=slots.right_cm, right_cm=slots.left_cm)
    return Request(last.intent, swapped) if swapped != slots else None


def _asked_before(turn: Turn, change: LastChange) -> Request | None:
    """Return the request that made the last change, None where several did, or a button."""
    intents = [intent for intent in CORRECTED if [intent] == change.intents]
    slots = unpack_slots(change.slots or "")
    if not intents or slots is None:
        return None
    if intents[0] in OF_A_DAY and slots.day is None:
        slots = replace(slots, day=local_day(change.at, turn.user.zone or "UTC"))
    return Request(intents[0], slots)


def _marked_by_button(turn: Turn) -> Request | None:
    """Return what a button said of today's session just now: done, and how hard it was."""
    row = kept_session(turn, today_of(turn)) if turn.user.plan_start is not None else None
    at = row.changed_at if row is not None else None
    if row is None or at is None or turn.now - at > CORRECTED_WITHIN or row.status != SessionStatus.DONE:
        return None
    return Request(Intent.DONE, Slots(day=row.day, effort=row.effort))


def _is_meant(correction: Correction, understood: Understood, found: SearchResult, last: Intent) -> bool:
    """Say whether a message corrects, by its words and by what else it may mean."""
    match understood:
        case Requests(all=(only,), care=None) if only.intent in {Intent.UNDO, last, *SHOWING}:
            return correction.sureness > Sureness.WEAK or correction.is_short
        case Requests(all=(_,), care=None) | SmallTalk() if correction.is_figure:
            return True  # "no, 8" behind an effort of 7 is no set, and "sorry, 8" no mere apology
        case Answer() if found.in_context:  # of few words, which say nothing without what was shown: "actually 6.30"
            return correction.sureness > Sureness.WEAK or correction.is_short
        case Requests(care=None) | Answer() | SmallTalk():  # "sorry i meant 3" resembles an "all right"
            return correction.sureness is Sureness.SURE
        case Between() | Suggest() | NoAnswer() | StillLearning():
            return correction.sureness > Sureness.WEAK or correction.is_short or correction.is_figure
    return False


def _in_place_of(last: Request, said: Slots) -> Slots | None:
    """Return the slots of a request with those that were said in their place, None where none was."""
    values = {each.name: value for each in fields(Slots) if (value := getattr(said, each.name)) is not None}
    if last.intent is Intent.MOVE:
        return _moved(last.slots, said)
    values.pop("reason", None)  # of a skip or a pause: a day without reason is no other reason
    return replace(last.slots, **values) if values else None


def _moved(before: Slots, said: Slots) -> Slots | None:
    """Return the days of a move, one of them or both in the place of those before: "no, Sunday"."""
    if said.to_day is None:
        return None
    if said.from_day is None or said.from_day == before.to_day:
        return replace(before, to_day=said.to_day)
    return said
