"""Coming back after a miss: the small session in place of the day's, and a smaller week."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowWeek, ShrinkWeek
from coach.buttons.questions import ShowExercise
from coach.buttons.requests import UndoChange
from coach.buttons.session import DoSmall, ShowSession, ShowSmall
from coach.planning.inputs import Pin
from coach.planning.special_weeks.events import KEPT_FREE
from coach.planning.special_weeks.smaller_week import SMALLER_FOR, kept_days
from coach.planning.state import streaks
from coach.planning.week import PlannedDay, PlannedWeek, Why
from coach.planning.workouts import RECOVERY, SMALL_CALVES, WORKOUTS
from coach.profile import SessionStatus
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from db.changes import recording
from db.models import TrainingSession
from db.queries import day_results
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.marking import after, mark
from handlers.training.today import find_session, is_careful, today_of
from services import last_change, plans
from services.session_rows import filled

CALF_SETS: Final = 3
SMALLER: Final = "smaller-week"
"""The name of that change, for Undo."""

_DAY: Final = timedelta(days=1)


def show_small(turn: Turn, action: ShowSmall) -> None:
    """Show the small session, which may stand for today's."""
    session = _open_today(turn, action.day)
    workout = turn.language.workouts[SMALL_CALVES]
    exercises = [turn.language.exercises[sets.exercise] for sets in workout.exercises]
    pages: Row = [Titled(exercise.name, ShowExercise(exercise.slug)) for exercise in exercises]
    turn.reply(
        "today/small",
        [[Button("done", DoSmall(action.day), style="success")], pages, [Button("back", ShowSession(action.day))]],
        workout=workout,
        exercises=list(zip(workout.exercises, exercises, strict=True)),
        rests=session.workout == RECOVERY,
    )


def small_done(turn: Turn, action: DoSmall) -> None:
    """Log the small session in place of today's; what was missed in the last three days is mended."""
    session = _open_today(turn, action.day)
    spec = WORKOUTS[SMALL_CALVES]
    small = PlannedDay(action.day, spec.kind, spec.slug, None, Why.CHOSEN, minutes=spec.minutes(), calf_sets=CALF_SETS)
    filled(session, small)
    mark(turn, session, SessionStatus.DONE)
    history = day_results.history(turn.session, turn.user, action.day)
    mended = streaks.mended(history)
    turn.reply(
        "today/small_done",
        after(session),
        mended=any(action.day - _DAY * streaks.MENDED_WITHIN <= day for day in mended),
        streak=streaks.streak(history, action.day),
    )


def shrink(turn: Turn, action: ShrinkWeek) -> None:
    """Keep two sessions of the next seven days; Undo brings back what stood there, the person's own choices too."""
    today = _still_asked(turn, action.day)
    days = _coming(turn, today)
    kept = kept_days(days)
    with recording(turn.session, turn.user.id) as record:
        plans.pin(turn.session, turn.user, [Pin(each.day, RECOVERY) for each in days if each.day not in kept])
        plans.renew(turn.session, turn.user, today)
        number = last_change.remember(turn.session, turn.user, record.changes(), turn.now, [SMALLER])
    back = [Button("undo", UndoChange(number))] if number is not None else []
    left = [each for each in _coming(turn, today) if each.workout != RECOVERY]
    turn.reply(
        "plan/smaller",
        [[*back, Button("my_week", ShowWeek(0))]],
        days=[(each.day, turn.language.workouts[each.workout], each.minutes) for each in left],
        today=today,
    )


def _open_today(turn: Turn, day: date) -> TrainingSession:
    """Return today's session where the small one may stand for it.

    Raises StaleButton, also where something hurts, on the way back, and on days that are kept free for an event.
    """
    if day != today_of(turn) or turn.user.paused(turn.now) or plans.refused(turn.user, day) is not None:
        raise StaleButton
    session = find_session(turn, day)
    if session.status != SessionStatus.PLANNED or session.why in KEPT_FREE or is_careful(turn, session):
        raise StaleButton
    return session


def _still_asked(turn: Turn, day: date) -> date:
    """Return today, where a button of `day` still means this week and training may go on. Raises StaleButton."""
    today = today_of(turn)
    may = not screening.is_blocked(turn) and plans.refused(turn.user, today) is None
    if turn.user.plan_start is None or not may or not timedelta() <= today - day < _DAY * SMALLER_FOR:
        raise StaleButton
    return today


def _coming(turn: Turn, today: date) -> list[PlannedDay]:
    """Return the next seven days as they are planned, but for those that can change no more."""
    found: list[PlannedDay] = []
    for ahead in (0, SMALLER_FOR):
        week = plans.week_of(turn.session, turn.user, today + _DAY * ahead, today)
        found += week.days if isinstance(week, PlannedWeek) else ()
    return [each for each in found if each.open and today <= each.day < today + _DAY * SMALLER_FOR]


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, ShowSmall, show_small)
    on_button(application, DoSmall, small_done)
    on_button(application, ShrinkWeek, shrink)
