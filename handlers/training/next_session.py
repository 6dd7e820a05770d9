"""The next session that is no rest, for pages of a day without one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from coach.planning.week import PlannedWeek
from coach.planning.workouts import RECOVERY, WORKOUTS, WorkoutSpec
from coach.profile import SessionKind, SessionStatus
from handlers.framework.turn import Turn
from services import plans


def next_training(turn: Turn, today: date, *, runs: bool = False) -> date | None:
    """Return the next day of this week or the next whose session is still to be done; a run where there is one."""
    training = list(_training(turn, today))
    running = [pair for pair in training if runs and WORKOUTS[pair[1]].kind is not SessionKind.STRENGTH]
    return next((day for day, _ in running or training), None)


def next_like(turn: Turn, today: date, wanted: Callable[[WorkoutSpec], bool]) -> date | None:
    """Return the next day of this week or the next that has such a workout still to be done; None where none has."""
    return next((day for day, workout in ahead(turn, today) if wanted(WORKOUTS[workout])), None)


def after(turn: Turn, day: date, today: date) -> dict[str, object] | None:
    """Return the values by which a message names the next session after a day; None where none is near."""
    found = next(((each, workout) for each, workout in _training(turn, today) if each > day), None)
    if found is None:
        return None
    return {"day": found[0], "days_off": (found[0] - today).days, "workout": turn.language.workouts[found[1]]}


def _training(turn: Turn, today: date) -> Iterator[tuple[date, str]]:
    """Yield the days ahead that are no rest, and their workouts."""
    return (pair for pair in ahead(turn, today) if pair[1] != RECOVERY)


def ahead(turn: Turn, today: date) -> Iterator[tuple[date, str]]:
    """Yield the days ahead and their workouts: those that are stored, then next week's, which is planned for it."""
    sunday = today + timedelta(days=6 - today.weekday())
    for after_today in range((sunday - today).days + 1):
        row = plans.of_day(turn.session, turn.user, today + timedelta(days=after_today), today)
        if row is not None and row.status == SessionStatus.PLANNED:
            yield row.day, row.workout
    week = plans.week_of(turn.session, turn.user, sunday + timedelta(days=1), today)
    for each in week.days if isinstance(week, PlannedWeek) else ():
        if each.open:
            yield each.day, each.workout
