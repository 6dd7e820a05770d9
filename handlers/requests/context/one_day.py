"""Requests for one day alone: a reminder once, less time, something lighter. What would last is offered, never done."""

from datetime import date, time, timedelta
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.plan import ShowDay, SwapFor
from coach.buttons.requests import DoRequest, pack_slots
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.workouts import RECOVERY, WORKOUTS, Family
from coach.reminders.local_time import show_daytime
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.library import SearchResult
from content.rendering.keyboards import Button, Row, Titled
from content.understanding.requests.reader import Request
from content.understanding.requests.slots.readers import read_slots
from content.understanding.understand import Answer, Between, NoAnswer, Requests, Suggest, Understood
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.goals import answering
from handlers.requests.outcome import dated, do
from handlers.requests.training.session_meant import session_meant
from handlers.training import next_session, plan, snooze
from handlers.training.today import today_of
from services import shown

AHEAD: Final = timedelta(days=13)
LIKELY_FROM: Final = 0.3  # of a message or a part of it that is not sure by itself, and names its day
LIGHTER: Final = frozenset({Family.EASY, Family.REST})
"""Families of workouts that a person may have instead for a day."""


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do or offer what a message wants for one day alone; return whether it wants such a thing."""
    match understood:
        case Requests(all=(Request(intent=Intent.REMIND, slots=slots),), care=None) if slots.at is not None:
            return _wants_once(turn, slots.at) and remind_once(turn, slots.at)
        case Requests(all=(Request(intent=Intent.EASIER),), care=None):
            return _lighter(turn, _named_day(turn) or _next_day(turn) or _of_it(turn))
        case Requests(all=(Request(intent=Intent.MINUTES, slots=Slots(minutes=None)),), care=None) if _of_it(turn):
            return _lighter(turn, _of_it(turn))
        case (
            Requests(all=(Request(intent=Intent.DONE, slots=Slots(effort=None)) as only,), care=None)
            | Requests(all=(Request(intent=Intent.MINUTES | Intent.SHOW_DAY | Intent.MOVE) as only,), care=None)
        ):
            return _limits_one_day(turn, only.intent) and _shorter(turn, _named_day(turn))
        case Between() | Suggest() | NoAnswer() | Answer() if not (found.in_context and isinstance(understood, Answer)):
            return _unsure(turn, understood, found)
    return False


def _unsure(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Offer what a message that is not sure by itself likely wants for the day that it names, or for "it"."""
    day = _named_day(turn)
    if day is None and not isinstance(understood, Answer):
        return _lighter(turn, _of_it(turn))
    if day is None or "?" in turn.written:
        return False
    easier, shorter = _odds(Intent.EASIER, found), _odds(Intent.MINUTES, found)
    return (shorter >= LIKELY_FROM and _shorter(turn, day)) or (easier >= LIKELY_FROM and _lighter(turn, day))


def remind_once(turn: Turn, at: time) -> bool:
    """Remind of today's session at that time, and leave the daily one; where that cannot be, offer it for every day."""
    misses.understood(turn)
    shown.clear(turn.user)
    if is_today(turn) and snooze.remind_today(turn, at):
        turn.say("requests/remind_once", at=show_daytime(at))
        turn.note_offered((Intent.REMIND, Slots(at=at)))
        return True
    daily = DoRequest(Intent.REMIND, pack_slots(Slots(at=at)))
    turn.say(
        "requests/remind_daily", [[Button("yes_change", daily), Button("keep_it_so", Dismiss())]], at=show_daytime(at)
    )
    turn.let_words_answer(daily, Dismiss())
    return True


def is_today(turn: Turn) -> bool:
    """Say whether today is the only day that a message names, or it names none."""
    return _only_named_day(turn) in {None, today_of(turn)}


def names_today(turn: Turn) -> bool:
    """Say whether today is the only day that a message names."""
    return _only_named_day(turn) == today_of(turn)


def _wants_once(turn: Turn, at: time) -> bool:
    """Say whether a reminder is for once: a message says so, or names today, whose session is still open."""
    said, words = fold(turn.written), turn.language.reply_words
    if find_phrases(said, words.for_good):
        return False
    once = bool(find_phrases(said, words.for_now)) or (_says_only(turn) and _only_named_day(turn) is not None)
    return once or (names_today(turn) and snooze.can_remind_today(turn, at))


def _says_only(turn: Turn) -> bool:
    """Say whether a message names no more than what it has: "just 15 min this wednesday"."""
    return bool(find_phrases(fold(turn.written), turn.language.goal_words.alone))


def _limits_one_day(turn: Turn, intent: Intent) -> bool:
    """Say whether minutes that there are on a day are named, and nothing that was done: "25 min only. today"."""
    if intent is Intent.DONE:
        told = find_phrases(fold(turn.written), turn.language.goal_words.told)
        return names_today(turn) and _says_only(turn) and not told
    return intent is not Intent.MOVE or _says_only(turn)


def _named_day(turn: Turn) -> date | None:
    """Return the only day that is named, of the next two weeks; today where a message says that it is for now."""
    if find_phrases(fold(turn.written), turn.language.reply_words.for_good):
        return None
    day, today = _only_named_day(turn), today_of(turn)
    return day if day is not None and today <= day <= today + AHEAD else None


def _only_named_day(turn: Turn) -> date | None:
    """Return the day that is named where it is the only one, and no weekday of every week: "on thursdays"."""
    heard = answering.heard(turn, turn.written)
    words = heard.words.days
    every_week = {f"{name}{words.plural}" for name in words.names}
    if any(heard.said[one.start : one.end].split()[-1] in every_week for one in heard.days):
        return None
    days = {one.value.resolve(heard.today) for one in heard.days}
    return days.pop() if len(days) == 1 else None


def _next_day(turn: Turn) -> date | None:
    """Return the day of the next session where a message names that: "make the next one lighter"."""
    named = find_phrases(fold(turn.written), turn.language.reply_words.next_one) and turn.user.plan_start is not None
    return next_session.next_training(turn, today_of(turn)) if named else None


def _of_it(turn: Turn) -> date | None:
    """Return the day of the session that is to be less, which is named by nothing but "it": "make it smaller"."""
    return session_meant(turn) if find_phrases(fold(turn.written), turn.language.reply_words.dial_down) else None


def _odds(intent: Intent, found: SearchResult) -> float:
    parts = [found.intents.whole, *found.intents.parts] if found.intents is not None else []
    return max((dict(part.intents).get(intent, 0) for part in parts), default=0)


def _shorter(turn: Turn, day: date | None) -> bool:
    """Say that a part of a day's session counts where there is less time on that day; return whether there is."""
    minutes = read_slots(Intent.MINUTES, answering.heard(turn, turn.written)).minutes
    workout = _open_workout(turn, day)
    if day is None or minutes is None or workout is None:
        return False
    lasting = do("sessions_of", Intent.MINUTES, Slots(minutes=minutes), minutes=minutes)
    done = [do("request_done", Intent.DONE, Slots(day=day, minutes=minutes))] if day == today_of(turn) else []
    _offer(turn, "requests/short_day", day, workout, [[*done, lasting]], minutes=minutes)
    return True


def _lighter(turn: Turn, day: date | None) -> bool:
    """Offer what is lighter than a day's session, for that day alone; return whether that can be offered."""
    workout = _open_workout(turn, day)
    if day is None or workout is None:
        return False
    names, today = turn.language.workouts, today_of(turn)
    easy = [slug for slug in names if slug in WORKOUTS and WORKOUTS[slug].family in LIGHTER and slug != workout]
    choices = [Titled(names[slug].name, SwapFor(day, slug)) for slug in easy if plan.fits(turn, day, slug, today)]
    rows: list[Row] = [choices[first : first + 2] for first in range(0, len(choices), 2)]
    whole = [do("whole_plan_lighter", Intent.EASIER, Slots())]
    _offer(turn, "requests/lighter_day", day, workout, [*rows, whole], choices=len(choices))
    return True


def _open_workout(turn: Turn, day: date | None) -> str | None:
    """Return the workout of a day that is still to come or to do; None where there is none, or rest."""
    if day is None or turn.user.plan_start is None or screening.is_blocked(turn) or turn.user.paused(turn.now):
        return None
    try:
        _, planned = plan.find_planned(turn, day, today_of(turn))
    except StaleButton:
        return None
    return planned.workout if planned.open and planned.workout != RECOVERY else None


def _offer(turn: Turn, template: str, day: date, workout: str, rows: list[Row], **values: object) -> None:
    misses.understood(turn)
    move, skip = (Intent.MOVE, Slots(from_day=day)), (Intent.SKIP, Slots(day=day))
    ways = [[do("request_move", *move), do("request_skip", *skip)], [Button("show_session", ShowDay(day))]]
    turn.say(template, [*rows, *ways], workout=turn.language.workouts[workout], **values, **dated(turn, day))
    turn.note_offered(move, skip)
