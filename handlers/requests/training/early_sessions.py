"""Sessions that were done before their day: what comes within two days can be logged on a day of rest."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.training.today import today_of
from services import plans

AHEAD: Final = 2  # days


def coming(turn: Turn, rest: TrainingSession) -> PlannedDay | None:
    """Return the next session within two days that may have been done today, on a day of rest; None where none may."""
    today = today_of(turn)
    if rest.day != today or rest.workout != RECOVERY or rest.status != SessionStatus.PLANNED or rest.pain is not None:
        return None
    days = (today + timedelta(days=ahead) for ahead in range(1, AHEAD + 1))
    return next((found for day in days if (found := _open_on(turn, day)) is not None), None)


def brought_forward(turn: Turn, rest: TrainingSession, day: date) -> PlannedDay | None:
    """Return the session of that day as it stands on the day of rest on which it was done; None for an old button."""
    early = coming(turn, rest)
    return replace(early, day=rest.day) if early is not None and early.day == day else None


def _open_on(turn: Turn, day: date) -> PlannedDay | None:
    week = plans.week_of(turn.session, turn.user, day, today_of(turn))
    days = week.days if isinstance(week, PlannedWeek) else ()
    return next((each for each in days if each.day == day and each.open and each.workout != RECOVERY), None)
