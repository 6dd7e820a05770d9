"""Requests that are only likely by their words, and meant all the same by what the conversation was about just now."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from coach.buttons.reminders import Resume
from coach.parsing.mentions.mention import without
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    NotAnAnswer,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.requests.doubts.plausible import is_plausible
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.request import Request
from content.understanding.requests.slots.moves import moved
from content.understanding.requests.slots.names import place
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.phrases import words_of
from handlers.account import pause
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.goals import answering
from handlers.requests.training import pauses, skipped_moves, timers
from handlers.requests.training.session_meant import is_open, session_meant
from handlers.training.today import today_of
from services import last_change, reminders, shown

_CLAUSE: Final = re.compile(r"[.,;!?\n]+")
LIKELY_FROM: Final = 0.15
OTHERS_AT_MOST: Final = 2.0  # times as likely as what is meant
LONE_DAY_FROM: Final = 0.1  # of such a day, which says little by itself
WEIGHT_WORDS: Final = 5
DIAL_WORDS: Final = 14  # at most, of a message that wants more or less of it
HALF_DAY: Final = 12  # hours
NEAR_HOURS: Final = 3  # between the reminder that stands and an hour that may be of the same half of the day
NEAR: Final = 0.08  # of the weight that is known
SHOWN_DAY_FROM: Final = 0.35
IT_MOVED_FROM: Final = 0.8  # how likely a message must move something, where that is not today's session
LONE_DAY_WORDS: Final = 2  # at most, beside a day that stands for a whole sentence: "fine, sunday"

NAME_DAYS: Final = frozenset({Intent.DAYS, Intent.EVENT})
"""Intents for which a bare day is taken, too, where nothing was skipped."""


def meant(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return the request that a message is which says too little for one: a timer, or the other day after a skip."""
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning():
            return (
                timers.sure(turn)
                or pauses.rest_ordered(turn)
                or _dialled(turn)
                or _dropped(turn)
                or _other_day(turn, found)
                or _weight(turn)
                or _goes_on(turn, found)
                or _shown_day(turn, found)
            )
        case Requests(all=(only,), care=None):
            return _instead(turn, only, found)
        case Answer():
            return pauses.rest_ordered(turn) or (_other_day(turn, found) if found.in_context else None)
    return None


def _instead(turn: Turn, only: Request, found: SearchResult) -> Request | None:
    """Return the request that takes the place of the one that is understood; None where that is meant."""
    match only:
        case Request(intent=Intent.MOVE, slots=slots):
            return _it_moved(turn, slots, found)
        case Request(intent=Intent.REMIND, slots=slots):
            return _zone_of_reminders(turn) if slots.at is None else _in_same_half(turn, slots.at)
        case Request(intent=Intent.DONE | Intent.SHOW_DAY) if lone_day(turn) is not None:
            return _other_day(turn, found)  # "fine, sunday", of a day to come
        case Request(intent=Intent.DONE | Intent.FEEDBACK):  # "that's baby work, give me something harder"
            return _not_to_come(turn) if only.intent is Intent.DONE else _dialled(turn)
        case Request(intent=Intent.TARGET, slots=slots) if slots.what is None:
            return _of_measure(turn, slots)
    return None


def _weight(turn: Turn) -> Request | None:
    """Return the weight that a figure near the person's own is, where little else is said: "157 now"."""
    known = turn.user.weight_kg
    if known is None or "?" in turn.written or len(turn.written.split()) > WEIGHT_WORDS:
        return None
    slots = read_slots(Intent.WEIGHT, answering.heard(turn, turn.written))
    near = slots.kg is not None and abs(slots.kg - known) <= NEAR * known
    return Request(Intent.WEIGHT, slots) if near else None


def begins_to_ask(turn: Turn) -> bool:
    """Say whether a clause of the message begins to ask, behind a word that agrees: "ok whats tomorow"."""
    words = turn.language.vocabulary
    asking = words.answers.asking
    before = agreeing(turn) | {word for phrase in words.wishes.slip for word in phrase.split()}  # "i mean what's on"
    for clause in _CLAUSE.split(turn.written):
        first = next((word for word in words_of(clause) if word not in before), "")
        if {first, first.removesuffix("s")} & asking:  # "whats", and no "can't"
            return True
    return False


def _goes_on(turn: Turn, found: SearchResult) -> Request | None:
    """Return the end of a pause that a paused person likely asks for: "cancel the pause, I will train there"."""
    paused = turn.user.paused(turn.now) and not screening.is_blocked(turn)
    return Request(Intent.RESUME) if paused and is_likely(Intent.RESUME, found.intents) else None


def _shown_day(turn: Turn, found: SearchResult) -> Request | None:
    """Return the day that a message likely asks to see, and names: "que triste. ok whats tomorow"."""
    parts = [] if found.intents is None else [found.intents.whole, *found.intents.parts]
    likely = max((dict(part.intents).get(Intent.SHOW_DAY, 0) for part in parts), default=0)
    if likely < SHOWN_DAY_FROM or not begins_to_ask(turn):
        return None
    slots = read_slots(Intent.SHOW_DAY, answering.heard(turn, turn.written))
    return Request(Intent.SHOW_DAY, slots) if slots.day is not None and slots.day >= today_of(turn) else None


def _it_moved(turn: Turn, slots: Slots, found: SearchResult) -> Request | None:
    """Return the move of the session that is spoken of, where nothing is named but the other day: "shift it to friday".

    Where something was skipped just now that is meant, and where a session was shown the words say so themselves.
    """
    said_it = find_phrases(fold(turn.written), turn.language.reply_words.it)
    if slots.from_day is not None or not said_it or skipped_moves.skipped_last(turn) is not None:
        return None
    today, day = today_of(turn), session_meant(turn)
    likely = dict(found.intents.whole.intents).get(Intent.MOVE, 0) if found.intents is not None else 0
    if day is None or (day != today and (likely < IT_MOVED_FROM or (slots.to_day is None and day < today))):
        return None
    return Request(Intent.MOVE, Slots(from_day=day, to_day=slots.to_day))


def _dialled(turn: Turn) -> Request | None:
    """Return the wish for more or for less that has no name: "is that it? bump it up"."""
    said, words = fold(turn.written), turn.language.reply_words
    if len(said.split()) > DIAL_WORDS:
        return None
    if find_phrases(said, words.dial_up):
        return Request(Intent.HARDER)
    return Request(Intent.EASIER) if find_phrases(said, words.dial_down) else None


def _not_to_come(turn: Turn) -> Request | None:
    """Return the skip of a day to come, which cannot be done yet: "legs are cooked. bin tomorrow's"."""
    dropped = find_phrases(fold(turn.written), turn.language.vocabulary.wishes.drop)
    return _named_skip(turn, today_of(turn) + timedelta(days=1)) if dropped else None


def _of_measure(turn: Turn, slots: Slots) -> Request | None:
    """Return a goal of what was measured just now: "I want both at 16 by june" behind the girth of the calves."""
    change = last_change.last(turn.session, turn.user, turn.now)
    measured = [str(each) for each in (Intent.GIRTH, Intent.RAISES) if change is not None and change.intents == [each]]
    if change is None or not measured or slots.number is None or turn.now - change.at > shown.KEPT:
        return None
    return Request(Intent.TARGET, replace(slots, what=measured[0]))


def _dropped(turn: Turn) -> Request | None:
    """Return the skip of the only day that is named, where its session is let go in words: "wed is holi, drop it"."""
    dropped = find_phrases(fold(turn.written), turn.language.reply_words.drop_it)
    return _named_skip(turn, today_of(turn)) if dropped and "?" not in turn.written else None


def _named_skip(turn: Turn, earliest: date) -> Request | None:
    """Return the skip of the only day that is named, where that is not before `earliest` and its session is open."""
    heard = answering.heard(turn, turn.written)
    days = {one.value.resolve(today_of(turn)) for one in heard.days}
    day = days.pop() if len(days) == 1 else None
    if day is None or day < earliest or turn.user.plan_start is None or not is_open(turn, day):
        return None
    return Request(Intent.SKIP, Slots(day=day, reason=read_slots(Intent.SKIP, heard).reason))


def _in_same_half(turn: Turn, at: time) -> Request | None:
    """Return a reminder in the afternoon, where a bare hour is near the one that stands: "not at 8, make it 9"."""
    reminder = reminders.of(turn.session, turn.user)
    stands = list(reminders.schedule(reminder).times.values()) if reminder is not None else []
    later = time(at.hour + HALF_DAY) if at.hour < HALF_DAY and not at.minute else None
    heard = answering.heard(turn, turn.written)
    clock, dates = heard.words.clock, heard.words.dates
    named = clock.morning | clock.evening | dates.mornings | dates.evenings
    if later is None or find_phrases(heard.said, frozenset(each for each in named if len(each) > 1)):
        return None
    bare = re.search(rf"(?<![\w:.,]){at.hour}(?![\w:]|[.,]\d)", heard.said)
    near = [each for each in stands if each != later and abs(each.hour - later.hour) <= NEAR_HOURS]
    return Request(Intent.REMIND, Slots(at=later)) if bare and near and later.hour >= HALF_DAY else None


def _zone_of_reminders(turn: Turn) -> Request | None:
    """Return the move to another zone where reminders are wanted at the time of a place: "on Singapore time"."""
    heard = answering.heard(turn, turn.written)
    clock = turn.language.vocabulary.places.clock
    named = place(replace(heard, moment=replace(heard.moment, places=turn.places))) if turn.places else None
    name = fold(named or "").replace("_", " ")
    theirs = name and find_phrases(fold(turn.written), frozenset(f"{name} {each}" for each in clock))
    return Request(Intent.ZONE, Slots(place=named)) if theirs else None


def asks_to_go_on(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Ask whether somebody who can judge it has said that training is fine, where a held person may mean that.

    It changes nothing by itself; several requests of one message are carried out instead. Return whether it was asked.
    """
    match understood:
        case Between() | Suggest() | NoAnswer() | NotAnAnswer() | Requests(all=(_,), care=None):
            if not screening.is_blocked(turn) or not is_likely(Intent.RESUME, found.intents) or _denies(turn):
                return False
            if pauses.rest_ordered(turn) is not None:
                return False
            if not is_plausible(Intent.RESUME, answering.heard(turn, turn.written)):  # "and how to start again?"
                return False
        case _:
            return False
    misses.understood(turn)
    pause.resume(turn, Resume())
    return True


def lone_day(turn: Turn) -> date | None:
    """Return the day to come that is all that a message says, beside words that agree: "ok, sunday then"."""
    heard = answering.heard(turn, turn.written)
    others = re.findall(r"[\w']+", without(heard.said, heard.days, " "))
    if len(heard.days) != 1 or not agreeing(turn).issuperset(others):
        return None
    day = heard.days[0].value.resolve(heard.today)
    return day if day is not None and day >= heard.today else None


def agreeing(turn: Turn) -> frozenset[str]:
    """Return the words that may stand beside a day that answers: "ok, sunday then"."""
    words = turn.language.reply_words
    return frozenset(word for phrase in words.yes | words.agree | words.politeness for word in phrase.split())


def _denies(turn: Turn) -> bool:
    """Say whether a message has a word of denial: "the doctor hasn't cleared me yet"."""
    said = fold(turn.written).replace("'", "")
    return not turn.language.vocabulary.safety.denials.isdisjoint(re.findall(r"[^\W\d_]+", said))


def is_likely(intent: Intent, ranked: RankedIntents | None) -> bool:
    """Say whether a message or a window of it is likely to ask for this, and for nothing else much more."""
    parts = [] if ranked is None else [ranked.whole, *ranked.windows]
    for part in parts:
        likely = dict(part.intents).get(intent, 0)
        others = [*(each for other, each in part.intents if other is not intent), part.question]
        if likely >= LIKELY_FROM and max(others) <= OTHERS_AT_MOST * likely:
            return True
    return False


def _other_day(turn: Turn, found: SearchResult) -> Request | None:
    """Return the move of a session that was just skipped; the day is asked for unless it is all that is said."""
    ranked = found.intents
    if ranked is None or "?" in turn.written or skipped_moves.skipped_just_now(turn) is None:
        return None
    heard = answering.heard(turn, turn.written)
    _, to = moved(heard)
    others = without(heard.said, heard.days, " ").split()
    alone = len(heard.days) == 1 and len(others) <= LONE_DAY_WORDS
    best = next(((intent, each) for intent, each in ranked.whole.intents if intent not in NAME_DAYS), None)
    says_move = best is not None and best[0] is Intent.MOVE and best[1] >= LONE_DAY_FROM
    if to is not None and to >= today_of(turn) and alone and (says_move or lone_day(turn) is not None):
        return Request(Intent.MOVE, Slots(to_day=to))
    return Request(Intent.MOVE) if is_likely(Intent.MOVE, ranked) else None
