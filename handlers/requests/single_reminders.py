"""A reminder of the session of one day: the daily one stays, and leaves out that day where it was to come next."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.requests import DoRequest
from coach.parsing.mentions.phrases import find_phrases
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day, next_due, show_daytime
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, dated
from handlers.training import snooze
from handlers.training.today import today_of
from services import plans, reminders

HALF_DAY: Final = 12  # hours
TIME_WORDS: Final = 2  # at most, of a message that is nothing but a time
_DAY: Final = timedelta(days=1)


def remind_once(turn: Turn, day: date, at: time) -> Outcome:
    """Remind of the session of a day at that time; where that cannot be, offer it for every day."""
    at = still_to_come(turn, day, at)
    why, moment = why_not(turn, day, at), _moment(turn, day, at)
    if why is not None or moment is None:
        return _offer_daily(turn, day, at, why)
    snooze.remind_once(turn, day, moment)
    instead = reminders.leave_out(turn.session, turn.user, day, turn.now)
    reminder = reminders.of(turn.session, turn.user)
    values = dated(turn, day) | {
        "at": show_daytime(at),
        "instead": show_daytime(instead) if instead is not None and instead != at else None,
        "daily": reminder is not None and reminder.on,
    }
    return Changed("requests/remind_once", values)


def of_today(turn: Turn, slots: Slots) -> Slots:
    """Return the time of a reminder for today alone, where it is all that is said behind today's session: "half 6"."""
    at, today = slots.at, today_of(turn)
    lone = at is not None and slots.switch is None and slots.day is None and len(turn.written.split()) <= TIME_WORDS
    if at is None or not lone or turn.shown_day != today or why_not(turn, today, still_to_come(turn, today, at)):
        return slots
    return Slots(day=today, at=still_to_come(turn, today, at))


def why_not(turn: Turn, day: date, at: time) -> str | None:
    """Return why nobody can be reminded then: no clock, the moment is over, rest, or done; None where they can."""
    if turn.user.zone is None:
        return "clock"
    if _moment(turn, day, at) is None:
        return "over"
    row = plans.of_day(turn.session, turn.user, day, today_of(turn))
    if row is None or row.workout == RECOVERY or turn.user.paused(turn.now):
        return "rest"
    return None if row.status == SessionStatus.PLANNED else "done"


def still_to_come(turn: Turn, day: date, at: time) -> time:
    """Return a time; a bare hour that is over on that day is the one of the afternoon, where that is to come."""
    later = in_half_of(at, time(HALF_DAY))
    over = at.hour < HALF_DAY and _moment(turn, day, at) is None and is_bare(turn, at)
    return later if over and _moment(turn, day, later) is not None else at


def in_half_of(at: time, other: time) -> time:
    """Return a time of day in the half of the day that another one lies in."""
    return at.replace(hour=at.hour % HALF_DAY + (HALF_DAY if other.hour >= HALF_DAY else 0))


def is_bare(turn: Turn, at: time) -> bool:
    """Say whether an hour is written with nothing that says that it is one of the morning: "at 5", not "05:00"."""
    heard = answering.heard(turn, turn.written)
    morning = heard.words.clock.morning | heard.words.dates.mornings
    if find_phrases(heard.said, frozenset(each for each in morning if len(each) > 1)):
        return False
    return re.search(rf"(?<![\d:.,]){at.hour}(?!\d)", heard.said) is not None


def _moment(turn: Turn, day: date, at: time) -> datetime | None:
    """Return when the person's clock shows that time on that day, None where that is over."""
    zone = turn.user.zone or "UTC"
    moment = next_due(at, zone, turn.now, last_day=day - _DAY)
    return moment if local_day(moment, zone) == day else None


def _offer_daily(turn: Turn, day: date, at: time, why: str | None) -> Outcome:
    daily = DoRequest.of(Intent.REMIND, Slots(at=at))
    rows = [[Button("yes_change", daily), Button("keep_it_so", Dismiss())]]
    turn.reply("requests/remind_daily", rows, at=show_daytime(at), why=why, **dated(turn, day))
    turn.let_words_answer(daily, Dismiss())
    return Step.ASKED
