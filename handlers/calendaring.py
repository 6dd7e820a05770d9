"""/calendar: the coming seven days as an iCalendar file."""

import html
from datetime import date, timedelta
from typing import Any, Final

from coach.plan_types import NoPlan
from coach.profile import SessionKind
from db import daily, plans
from handlers import check
from handlers.application import Coach
from handlers.registering import on_command
from handlers.today import today_of
from handlers.turn import Turn

DAYS: Final = 7
FILE: Final = "calf-coach-week.ics"


def calendar(turn: Turn, _words: str) -> None:
    """Send the file; days of rest are in it as whole days."""
    user, today = turn.user, today_of(turn)
    refusal = plans.refused(user, today)
    if refusal is not None:
        check.instead_of_a_plan(turn, refusal)
        return
    if user.plan_start is None:
        plans.start_on(turn.session, user, today)
    reminder = daily.of(turn.session, user)
    at = reminder.local_time if reminder and reminder.on and user.zone else None
    turn.hand(
        {
            "draw": "calendar",
            "file": FILE,
            "person": user.id,
            "name": turn.language.messages.label("calendar_name"),
            "now": turn.now.isoformat(),
            "zone": user.zone or "UTC",
            "events": _events(turn, today, at),
        },
        "calendar/caption",
        at=at,
    )


def _events(turn: Turn, today: date, at: str | None) -> list[dict[str, Any]]:
    running = plans.renew(turn.session, turn.user, today)
    following = plans.week_of(turn.session, turn.user, today + timedelta(days=DAYS), today)
    if isinstance(running, NoPlan) or isinstance(following, NoPlan):
        return []
    start = max(turn.user.plan_start or today, today)
    events = []
    for planned in (*running.days, *following.days):
        if not start <= planned.day < today + timedelta(days=DAYS):
            continue
        workout, rest = turn.language.workouts[planned.workout], planned.kind is SessionKind.RECOVERY
        text = turn.language.messages.render(
            "calendar/event", workout=workout, rest=rest, minutes=planned.minutes, rounds=planned.rounds
        )
        events.append(
            {
                "day": planned.day.isoformat(),
                "title": workout.name,
                "text": html.unescape(text),
                "minutes": planned.minutes,
                "at": None if rest else at,
            }
        )
    return events


def register(application: Coach) -> None:
    """Hook up the command."""
    on_command(application, "calendar", calendar)
