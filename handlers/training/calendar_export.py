"""/calendar: the coming seven days as an iCalendar file."""

import html
from datetime import date, timedelta
from typing import Any, Final

from coach.planning.week import NoPlan
from coach.profile import SessionKind
from coach.reminders.local_time import show_daytime
from coach.reminders.schedule import Schedule
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.today import today_of
from services import plans, reminders

DAYS: Final = 7
FILE: Final = "calf-coach-week.ics"


def calendar(turn: Turn, _words: str) -> None:
    """Send the file; days of rest are in it as whole days."""
    user, today = turn.user, today_of(turn)
    refusal = plans.refused(user, today)
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
        return
    if user.plan_start is None:
        plans.start_on(turn.session, user, today)
    reminder = reminders.of(turn.session, user)
    times = reminders.schedule(reminder) if reminder and reminder.on and user.zone else None
    turn.send_document(
        {
            "draw": "calendar",
            "file": FILE,
            "person": user.id,
            "name": turn.language.messages.label("calendar_name"),
            "now": turn.now.isoformat(),
            "zone": user.zone or "UTC",
            "events": _events(turn, today, times),
        },
        "calendar/caption",
        times=times and times.shown,
    )


def _events(turn: Turn, today: date, times: Schedule | None) -> list[dict[str, Any]]:
    running = plans.current_week(turn.session, turn.user, today)
    if isinstance(running, NoPlan):
        return []
    # Before the first day, "in seven days" may still lie in the first week.
    following = plans.week_of(turn.session, turn.user, running.days[-1].day + timedelta(days=1), today)
    if isinstance(following, NoPlan):
        return []
    start = max(turn.user.plan_start or today, today)
    events = []
    for planned in (*running.days, *following.days):
        if not start <= planned.day < today + timedelta(days=DAYS):
            continue
        workout, rest = turn.language.workouts[planned.workout], planned.kind is SessionKind.RECOVERY
        at = times.at(planned.day) if times and not rest else None
        text = turn.language.messages.render(
            "calendar/event", workout=workout, rest=rest, minutes=planned.minutes, rounds=planned.rounds
        )
        events.append(
            {
                "day": planned.day.isoformat(),
                "title": workout.name,
                "text": html.unescape(text),
                "minutes": planned.minutes,
                "at": at and show_daytime(at),
            }
        )
    return events


def register(application: CoachApplication) -> None:
    """Hook up the command."""
    on_command(application, "calendar", calendar)
