"""A reminder of the session of one day: the daily one stays, and leaves out that day where it was to come next."""

from datetime import date, datetime, time, timedelta
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.requests import DoRequest, pack_slots
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day, next_due, show_daytime
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button
from handlers.framework.turn import Turn
from handlers.requests.outcome import Changed, Outcome, Step, dated
from handlers.training import snooze
from handlers.training.today import today_of
from services import plans, reminders

_DAY: Final = timedelta(days=1)


def remind_once(turn: Turn, day: date, at: time) -> Outcome:
    """Remind of the session of a day at that time; where that cannot be, offer it for every day."""
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


def _moment(turn: Turn, day: date, at: time) -> datetime | None:
    """Return when the person's clock shows that time on that day, None where that is over."""
    zone = turn.user.zone or "UTC"
    moment = next_due(at, zone, turn.now, last_day=day - _DAY)
    return moment if local_day(moment, zone) == day else None


def _offer_daily(turn: Turn, day: date, at: time, why: str | None) -> Outcome:
    daily = DoRequest(Intent.REMIND, pack_slots(Slots(at=at)))
    rows = [[Button("yes_change", daily), Button("keep_it_so", Dismiss())]]
    turn.reply("requests/remind_daily", rows, at=show_daytime(at), why=why, **dated(turn, day))
    turn.let_words_answer(daily, Dismiss())
    return Step.ASKED
