"""Moves that the conversation or the message as a whole makes certain, and choices between days, which move nothing."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import SHOWING, Intent, Slots
from content.rendering.keyboards import Button
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.goals import answering
from handlers.requests.outcome import dated, do
from handlers.requests.training import pauses
from handlers.requests.training.session_meant import is_open, of_kind, session_meant
from handlers.requests.training.skipped_moves import refuses_today
from handlers.training.plan import find_planned
from handlers.training.today import today_of
from services import last_change, plans, shown

_SENTENCE: Final = re.compile(r"(?<=[.!?;\n])\s+")
_CLAUSE: Final = re.compile(r"[.,;!?\n]+")
_OWNED: Final = re.compile(r"['’]s(?=\s*(?:$|[.,;!?]))")  # "can't do yesterday's, drop it" tells no reason
QUESTION_WORDS: Final = 9  # at most, of a question whether another day would do
LONE_WORDS: Final = 2  # at most, beside the day that is all that is asked
CHOSEN_WORDS: Final = 5  # at most, of a message that names the day it chooses
AGREED_WORDS: Final = 6  # at most, of a message that agrees to what was moved already

UNSURE: Final = (Between, Suggest, NoAnswer, StillLearning)

INSTEAD: Final = frozenset({
    Intent.MOVE, Intent.SKIP, Intent.DAYS, Intent.SHOW_DAY, Intent.SHOW_WEEK, Intent.START, Intent.EVENT,
})  # fmt: skip
"""Intents that a message may be taken for which tells of a day that is taken, and asks for another."""


def meant(turn: Turn, understood: Understood) -> Request | None:
    """Return the change of one session that a message surely means, whatever it was taken for."""
    if turn.user.prompt is not None or turn.user.plan_start is None or screening.is_blocked(turn):
        return None
    if isinstance(understood, (Requests, *UNSURE)) and (chosen := _chosen(turn)) is not None:
        return chosen
    if not isinstance(understood, Requests):
        unsure = isinstance(understood, UNSURE)
        tells = unsure and "?" not in turn.written
        sure = _not_today(turn) if unsure else None
        sure = sure or (of_kind(turn, Request(Intent.SKIP)) if tells else None)
        sure = sure or (_other_day(turn) if unsure or isinstance(understood, Answer) else None)
        return sure or (_moved_already(turn) if unsure else None)
    only = understood.all[0]
    if len(understood.all) > 1 or understood.care is not None:
        return None
    sure = _not_today(turn) if only.intent in {Intent.MOVE, Intent.DAYS, Intent.SHOW_WEEK} else None
    if (sure := sure or (_fits_later(turn) if only.intent in {Intent.SKIP, Intent.SHOW_DAY} else None)) is not None:
        return sure
    other = _other_day(turn) if only.intent in INSTEAD and only.slots.effort is None else None
    return other or _of_intent(turn, only)


def _chosen(turn: Turn) -> Request | None:
    """Return the move that a message chooses of those that were offered: "ok Friday then", "yes, move it there".

    "Leave Thursday" moves the session to where it stands, which says so.
    """
    offered = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.MOVE and slots.to_day]
    froms = {slots.from_day for slots in offered}
    day = froms.pop() if len(froms) == 1 else None
    if day is None or "?" in turn.written or not is_open(turn, day):
        return None
    heard, words = answering.heard(turn, turn.written), turn.language.reply_words
    named = {one.value.resolve(today_of(turn)) for one in heard.days}
    if named == {day} and find_phrases(heard.said, words.leave | turn.language.week_words.stays):
        return Request(Intent.MOVE, Slots(from_day=day, to_day=day))
    agrees = not named and len(offered) == 1 and _agrees_to_move(turn)
    few = len(heard.said.split()) <= CHOSEN_WORDS and not find_phrases(heard.said, turn.language.week_words.cannot)
    chosen = [slots for slots in offered if agrees or (few and named == {slots.to_day})]
    return Request(Intent.MOVE, chosen[0]) if len(chosen) == 1 else None


def _of_intent(turn: Turn, only: Request) -> Request | None:
    match only:
        case Request(intent=Intent.PAUSE, slots=slots):
            return pauses.skip_meant(turn, slots)
        case Request(intent=Intent.MOVE) if pauses.tells_of_absence(turn):
            return Request(Intent.PAUSE, read_slots(Intent.PAUSE, answering.heard(turn, turn.written)))
        case Request(intent=Intent.MOVE | Intent.SKIP) if (named := of_kind(turn, only)) is not None:
            return named
        case Request(intent=Intent.MOVE | Intent.START, slots=slots):
            return _of_shown(turn, slots) or _moved_already(turn)
        case Request(intent=Intent.SKIP, slots=slots):
            return _skipped_today(turn, slots)
    return None


def as_planned(turn: Turn, understood: Understood) -> Request | None:
    """Return the day to be shown, on which all is to stay: "ok so tomorrow normal"."""
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)) if slots.from_day in {None, turn.shown_day}:
            pass
        case Answer() if len(turn.written.split()) <= AGREED_WORDS:
            pass
        case NoAnswer() | Suggest() | Between():
            pass
        case _:
            return None
    heard, today = answering.heard(turn, turn.written), today_of(turn)
    named = heard.named_dates
    day = named.pop() if len(named) == 1 else None
    usual = find_phrases(heard.said, turn.language.week_words.as_planned)
    if day is None or day < today or not usual or find_phrases(heard.said, turn.language.goal_words.moving):
        return None
    may_be = turn.user.prompt is None and turn.asked is None and turn.user.plan_start is not None
    return Request(Intent.SHOW_DAY, Slots(day=day)) if may_be and not screening.is_blocked(turn) else None


def choose(turn: Turn, understood: Understood) -> bool:
    """Say which of two days a session may have, where somebody asks which is better; return whether they do.

    "Saturday I'm free all day, which is better?" moves nothing by itself.
    """
    if not find_phrases(fold(turn.written), turn.language.week_words.which_better):
        return False
    match understood:
        case Requests(all=(only,), care=None) if only.intent in INSTEAD or only.intent in SHOWING:
            pass
        case Between() | Suggest() | NoAnswer() | StillLearning() | Answer() | ExerciseRequest():
            pass
        case _:
            return False
    plan_begun = turn.user.plan_start is not None and not screening.is_blocked(turn) and turn.user.prompt is None
    day = session_meant(turn) if plan_begun and not turn.user.paused(turn.now) else None
    today = today_of(turn)
    named = {found for one in answering.heard(turn, turn.written).days if (found := one.value.resolve(today))}
    others = sorted(each for each in named if each >= today and each != day)
    if day is None or day < today or not others:
        return False
    _, planned = find_planned(turn, day, today)
    places = plans.places(turn.session, turn.user, day, today)
    fits = [each for each in others if each in places]
    slots = [Slots(from_day=day, to_day=each) for each in fits]
    rows = [[do("move_there", Intent.MOVE, each) for each in slots[:1]]] if len(slots) == 1 else []
    misses.understood(turn)
    turn.say(
        "requests/which_day",
        [*rows, [Button("my_week", ShowWeek(0))]],
        workout=turn.language.workouts[planned.workout],
        fits=[dated(turn, each) for each in fits],
        fits_not=[dated(turn, each) for each in others if each not in places],
        **dated(turn, day),
    )
    turn.note_offered(*((Intent.MOVE, each) for each in slots))
    return True


def _other_day(turn: Turn) -> Request | None:
    """Return the move of the session of a day that is told of to the one that is asked for: "Friday no way. Saturday?".

    Nothing moves where that is asked for besides: "I run on Friday. Can I run on Saturday, too?".
    """
    *told, asked = _SENTENCE.split(turn.written.strip())
    if not told:
        *told, asked = turn.written.strip().rsplit(",", 1)
    before, question = answering.heard(turn, " ".join(told)), answering.heard(turn, asked)
    today = today_of(turn)
    taken = before.named_dates
    wanted = question.named_dates
    refused = bool(find_phrases(before.said, turn.language.week_words.cannot))
    if not asked.endswith("?") or len(taken) != 1 or len(wanted) != 1 or taken == wanted:
        return None
    day, other = taken.pop(), wanted.pop()
    ahead = day is not None and other is not None and min(day, other) >= today
    if day is None or not ahead or not _asks_for_day(turn, asked, refused) or not is_open(turn, day):
        return None
    return Request(Intent.MOVE, Slots(from_day=day, to_day=other))


def _asks_for_day(turn: Turn, asked: str, refused: bool) -> bool:
    """Say whether a question is only whether another day would do; a bare day is one where the first is `refused`."""
    heard, ours = answering.heard(turn, asked), turn.language.week_words
    rest = re.findall(r"[\w']+", without(heard.said, heard.days, " "))
    of_day = re.search(rf"['’]s {phrase_pattern(ours.one)}{ENDS}", fold(asked))  # "should i do saturday's one?"
    if of_day is not None or find_phrases(heard.said, ours.besides) or len(rest) > QUESTION_WORDS:
        return False
    alone = refused and len(rest) <= LONE_WORDS and not turn.language.vocabulary.answers.asking.intersection(rest)
    begins = re.match(rf"{phrase_pattern(ours.may_i)}{ENDS}", heard.said.strip())
    trains = find_phrases(heard.said, turn.language.reply_words.it | heard.words.requests.training)
    return alone or bool(begins and trains) or bool(find_phrases(heard.said, heard.words.requests.suits))


def _of_shown(turn: Turn, slots: Slots) -> Request | None:
    """Return the move of the session that was shown, where "it" or "one" is to move and no other open one is named.

    "Could we push it to Wednesday, I'm on again tonight", "can you put one in today instead".
    """
    shown_day, today = turn.shown_day, today_of(turn)
    said_it = find_phrases(fold(turn.written), turn.language.reply_words.it | turn.language.week_words.one)
    if shown_day is None or not said_it or slots.to_day in {None, shown_day} or not is_open(turn, shown_day):
        return None
    its = [each for each in _CLAUSE.split(turn.written) if find_phrases(fold(each), turn.language.reply_words.it)]
    aside = bool(its) and not any(_names(turn, each, today) for each in its)
    elsewhere = slots.from_day == today != shown_day and (aside or not is_open(turn, today))
    here = slots.from_day in {None, today} and slots.to_day == today != shown_day
    return Request(Intent.MOVE, Slots(from_day=shown_day, to_day=slots.to_day)) if elsewhere or here else None


def _names(turn: Turn, said: str, day: date) -> bool:
    return any(one.value.resolve(today_of(turn)) == day for one in answering.heard(turn, said).days)


def _skipped_today(turn: Turn, slots: Slots) -> Request | None:
    """Return the skip of today's session, where a past day only tells why: "rough call yesterday. skip"."""
    today = today_of(turn)
    if slots.day is None or slots.day >= today or not is_open(turn, today):
        return None
    drops = turn.language.week_words.skips | turn.language.reply_words.drop_it
    clauses = [answering.heard(turn, each) for each in _CLAUSE.split(turn.written)]
    dropping = [each for each in clauses if find_phrases(each.said, drops)]
    apart = bool(dropping) and not any(each.days or _OWNED.search(turn.written) for each in dropping)
    trained = any(find_phrases(each.said, each.words.requests.training) for each in clauses if each.days)
    if not apart or trained:
        return None
    reasons = (read_slots(Intent.SKIP, each).reason for each in clauses if not each.days)
    return Request(Intent.SKIP, replace(slots, day=today, reason=next(filter(None, reasons), None)))


def _not_today(turn: Turn) -> Request | None:
    """Return what becomes of today's session, where another day is wanted, and not today, for this week alone.

    It moves there; where a session stands there already, today's is let go.
    """
    heard, words, today = answering.heard(turn, turn.written), turn.language.vocabulary, today_of(turn)
    denied = re.compile(rf"{BEGINS}{phrase_pattern(words.wishes.negate | words.wishes.rather)} $")
    dated_ = [(one, day) for one in heard.days if (day := one.value.resolve(today)) is not None]
    refused = {day for one, day in dated_ if denied.search(heard.said[: one.start])}
    others = {day for _, day in dated_} - refused
    if refused != {today} or len(others) != 1 or not is_open(turn, today):
        return None
    (other,) = others
    if other < today or find_phrases(heard.said, turn.language.reply_words.for_good):
        return None
    only = turn.language.reply_words.for_now | turn.language.goal_words.alone
    if is_open(turn, other):
        if not find_phrases(heard.said, only):
            return None
        return Request(Intent.SKIP, Slots(day=today, reason=read_slots(Intent.SKIP, heard).reason))
    return Request(Intent.MOVE, Slots(from_day=today, to_day=other))


def _fits_later(turn: Turn) -> Request | None:
    """Return the move of today's session to the one day that would do, where today is none: "no way. Friday's ok"."""
    heard, today = answering.heard(turn, turn.written), today_of(turn)
    suits = rf"(?:'s|s)?,? {phrase_pattern(heard.words.requests.suits | turn.language.week_words.would_do)}{ENDS}"
    days = {one.value.resolve(today) for one in heard.days if re.match(suits, heard.said[one.end :])}
    others = heard.named_dates - {today}
    day = days.pop() if len(days) == 1 and len(others) == 1 else None
    if day is None or day <= today or not refuses_today(turn) or not is_open(turn, today):
        return None
    return Request(Intent.MOVE, Slots(from_day=today, to_day=day))


def _moved_already(turn: Turn) -> Request | None:
    """Return the move that was made just now, where a message agrees to it behind that: "yes, move it"."""
    change = last_change.last(turn.session, turn.user, turn.now)
    recent = change is not None and change.intents == [Intent.MOVE] and turn.now - change.at <= shown.KEPT
    if change is None or not recent or turn.asked is not None or not _agrees_to_move(turn):
        return None
    slots = unpack_slots(change.slots or "")
    to: date | None = slots.to_day if slots is not None else None
    return Request(Intent.MOVE, Slots(from_day=to, to_day=to)) if to is not None and is_open(turn, to) else None


def _agrees_to_move(turn: Turn) -> bool:
    """Say whether a message is a yes to a move, and names no day."""
    words, said = turn.language.reply_words, fold(turn.written)
    agrees = re.match(rf"{phrase_pattern(words.yes | words.agree)}{ENDS}", said.strip())
    few = len(said.split()) <= AGREED_WORDS and not answering.heard(turn, turn.written).days
    return bool(agrees and few and find_phrases(said, turn.language.goal_words.moving))
