"""One week on other days: what is left of it is planned onto them, and the usual days stay as they are."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from coach.buttons.callback_data import parse
from coach.buttons.plan import ShowWeek
from coach.buttons.requests import ConfirmRequest, unpack_slots
from coach.planning.inputs import DayOverride
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button, Row
from content.understanding.requests.request import Request
from content.understanding.requests.slots import weekdays as slot_weekdays
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, do, has_plan
from handlers.training import plan
from handlers.training.today import today_of
from services import plans

_WEEK: Final = tuple(timedelta(days=days) for days in range(7))


def on_days(turn: Turn, days: frozenset[int], week: Literal["this", "next"]) -> Outcome:
    """Train on these days of one week; where all of them are past, offer the next week."""
    if not has_plan(turn):
        return Step.ASKED
    ahead = int(week == "next")
    monday = plan.monday_of(turn, today_of(turn)) + ahead * plan.WEEK
    first = max(monday, today_of(turn), turn.user.plan_start or monday)
    left = [day for each in _WEEK if (day := monday + each) >= first]
    wanted = {day for day in left if day.isoweekday() in days}
    if not wanted:
        later = do("days_next_week", Intent.DAYS, Slots(days=days, week="next"))
        turn.reply("requests/one_week_over", [[later], [Button("my_week", ShowWeek(0))]], days=sorted(map(str, days)))
        return Step.ASKED
    before = _to_do(turn, left)
    sessions.drop_pins(turn.session, turn.user, left[0], left[-1])  # newer words go before older ones
    plans.override(turn.session, turn.user, [DayOverride(day, free=day in wanted) for day in left], today_of(turn))
    after = _to_do(turn, left)
    values = {
        "days": [(each.day, turn.language.workouts[each.workout]) for each in after],
        "dropped": max(len(before) - len(after), 0),
        "over": sorted({str(day) for day in days} - {str(day.isoweekday()) for day in wanted}),
        "next": bool(ahead),
        "today": today_of(turn),
    }
    rows: list[Row] = [[Button("next_week" if ahead else "my_week", ShowWeek(ahead))]]
    return Changed("requests/one_week", values, None, rows)


def amended(turn: Turn) -> Request | None:
    """Return the days for training that stand open with a yes or a no as a message changes them: "plus sunday"."""
    action = parse(turn.asked.yes) if turn.asked is not None else None
    slots = unpack_slots(action.slots) if isinstance(action, ConfirmRequest) else None
    if not isinstance(action, ConfirmRequest) or action.intent is not Intent.DAYS or slots is None or not slots.days:
        return None
    wanted = slot_weekdays.amended(answering.heard(turn, turn.written), slots.days)
    return Request(Intent.DAYS, replace(slots, days=wanted)) if wanted and wanted != slots.days else None


def _to_do(turn: Turn, days: list[date]) -> list[PlannedDay]:
    """Return the sessions of these days of one week that are still to be done."""
    week = plans.week_of(turn.session, turn.user, days[0], today_of(turn))
    planned = week.days if isinstance(week, PlannedWeek) else ()
    return [each for each in planned if each.day in days and each.open and each.workout != RECOVERY]
