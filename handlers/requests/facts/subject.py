"""The session that a question is about, and what its answers share."""

from datetime import date

from coach.buttons.plan import ShowDay, ShowWeek
from coach.buttons.session import ShowToday
from coach.planning.workouts import RECOVERY
from coach.requests import Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.requests.outcome import Outcome, Step, about, dated, has_plan
from handlers.requests.training.sessions import too_far
from handlers.training import next_session, plan
from handlers.training.today import dosed, today_of
from services import plans


def found(turn: Turn, slots: Slots, *, rests: bool = False) -> TrainingSession | Outcome:
    """Return the session of the day that was said, else today's, else the next; where there is none, say so.

    A day of rest is said to be one, unless `rests`.
    """
    if not has_plan(turn):
        return Step.ASKED
    today = today_of(turn)
    row = _of_day(turn, slots.day or today)
    if slots.day is None and not rests and (row is None or row.workout == RECOVERY):
        day = next_session.next_training(turn, today)
        row = _of_day(turn, day) if day is not None else row
    if row is None:
        return too_far(turn, slots.day or today)
    about(turn, row)
    if row.workout == RECOVERY and not rests:
        turn.reply("facts/rest", [[week_button()]], **dated(turn, row.day), coming=coming(turn, row.day))
        return Step.SHOWN
    return row


def _of_day(turn: Turn, day: date) -> TrainingSession | None:
    today = today_of(turn)
    try:
        plan.find_planned(turn, day, today)
    except StaleButton:
        return None
    return plans.of_day(turn.session, turn.user, day, today)


def coming(turn: Turn, day: date) -> dict[str, object] | None:
    """Return the values by which a message names the next session, behind a day of rest to come."""
    today = today_of(turn)
    return next_session.after(turn, max(day, today), today)


def values(turn: Turn, row: TrainingSession) -> dict[str, object]:
    """Return what every message about a session names: the day, and the workout as it was planned."""
    return {**dated(turn, row.day), "workout": dosed(turn, row)}


def show_button(turn: Turn, day: date) -> Button:
    """Return the button that shows the session of a day."""
    return Button("today", ShowToday()) if day == today_of(turn) else Button("show_session", ShowDay(day))


def week_button(ahead: int = 0) -> Button:
    """Return the button that shows the week."""
    return Button("my_week", ShowWeek(ahead))


def rows(turn: Turn, row: TrainingSession) -> list[Row]:
    """Return the buttons under a fact of a session."""
    return [[show_button(turn, row.day), week_button()]]
