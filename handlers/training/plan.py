"""/plan: the week on one screen, a day of it, and moving or swapping a session."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import MoveDay, MoveTo, ShowDay, ShowWeek, SwapDay, SwapFor
from coach.buttons.session import MarkSkipped, ShowSession, ShowToday
from coach.buttons.way_back import ShowWayBack
from coach.planning.inputs import Experience, Pin
from coach.planning.planner import swapped
from coach.planning.week import NoPlan, PlannedDay, PlannedWeek, WeekNote, Why
from coach.planning.workouts import RECOVERY, WORKOUTS, Family
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training import blocks, next_session
from handlers.training.plan_figures import day_lines, week_figures
from handlers.training.today import today_of
from services import plans

AHEAD: Final = (0, 1)
WEEK: Final = timedelta(days=7)
WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)
SPOKEN: Final = (
    WeekNote.PAIN_STOPPED, WeekNote.PAIN_REDUCED, WeekNote.PAUSED, WeekNote.WAY_BACK, WeekNote.RETURNING,
    WeekNote.REALIGNED, WeekNote.LOWERED, WeekNote.HELD, WeekNote.EVENT_WEEK, WeekNote.EASIER_WEEK, WeekNote.MOVED,
)  # fmt: skip
"""The one thing that is said of a week, the first that holds."""


def plan(turn: Turn, words: str = "") -> None:
    """Show this week; or the day that is named, "move fri", "swap saturday", whose buttons do that."""
    user, today, known = turn.user, today_of(turn), turn.language.vocabulary.days.one
    weekday = next((known[word] for word in words.casefold().split() if word in known), None)
    wanted = today + timedelta(days=(weekday - today.isoweekday()) % 7) if weekday else None
    if wanted is None or user.plan_start is None or wanted < user.plan_start or plans.refused(user, today):
        week(turn, ShowWeek(0))
    else:
        day(turn, ShowDay(wanted))


def week(turn: Turn, action: ShowWeek) -> None:
    """Show this week or the next."""
    if action.ahead not in AHEAD:
        raise StaleButton
    show_week(turn, action.ahead)


def show_week(turn: Turn, ahead: int) -> list[date]:
    """Show this week or the next: a line a day, and why it looks so; return the days of training that it lists."""
    today = today_of(turn)
    if turn.user.plan_start is None and plans.refused(turn.user, today) is None:
        plans.start_on(turn.session, turn.user, today)
    shown = running = plans.current_week(turn.session, turn.user, today)
    if isinstance(running, PlannedWeek) and ahead:
        after = running.days[-1].day + timedelta(days=1)
        shown = plans.week_of(turn.session, turn.user, after, today)
    if isinstance(shown, NoPlan):
        screening.instead_of_a_plan(turn, shown.reason)
        return []
    stored = sessions.of_days(turn.session, turn.user, [day.day for day in shown.days])
    start = turn.user.plan_start or today
    days = day_lines(turn, shown, stored, start)
    moved = plans.moved_to(stored)
    note = next((note for note in SPOKEN if note in shown.notes), None)
    left = plans.check_left(turn.user, today)
    figures = week_figures(turn.language.messages, shown.number, days, moved, today, ahead=bool(ahead))
    turn.reply_pictured(
        figures,
        "plan/week",
        [*_week_rows(shown, ahead, start), blocks.date_row(turn), way_back_row(shown), screening.again(left)],
        event=turn.user.event_day,
        event_what=turn.user.event_what,
        number=shown.number,
        ahead=ahead,
        days=days,
        moved=moved,
        today=today,
        note=note,
        unsafe=WeekNote.UNSAFE_PIN in shown.notes,
        beyond=WeekNote.BEYOND_STEP in shown.notes,
        level=turn.user.experience or Experience.NEW,
        fast=any(WORKOUTS[day.workout].family is Family.QUALITY for day in shown.days),
        short=start > shown.days[0].day,
        dropped=shown.dropped,
        check_left=left,
    )
    workouts = {day.day: stored[day.day].workout if day.day in stored else day.workout for day in shown.days}
    return [day for day, workout in workouts.items() if workout != RECOVERY]


def day(turn: Turn, action: ShowDay) -> None:
    """Show one day: what, why, and what can be changed about it."""
    today = today_of(turn)
    _, planned = find_planned(turn, action.day, today)
    row = sessions.of_day(turn.session, turn.user, action.day)
    turn.note_shown(ShownItem(session=action.day, workout=row.workout if row else planned.workout))
    workout = turn.language.workouts[row.workout if row else planned.workout]
    turn.reply_under(
        "plan/day",
        _day_rows(turn, planned, row, today),
        day=action.day,
        is_today=action.day == today,
        planned=planned,
        why=row.why if row and row.why else planned.why,
        minutes=(row.minutes if row else None) or planned.minutes,
        rounds=row.rounds if row else planned.rounds,
        status=row.status if row else SessionStatus.PLANNED,
        effort=row.effort if row else None,
        note=row.note if row else None,
        workout=workout,
        coming=next_session.after(turn, action.day, today) if workout.kind == SessionKind.RECOVERY else None,
    )


def move(turn: Turn, action: MoveDay) -> None:
    """Ask where to; only days on which every rule holds are offered."""
    today = today_of(turn)
    shown, planned = find_planned(turn, action.day, today)
    _open(planned)
    places = plans.places(turn.session, turn.user, action.day, today)
    names = turn.language.workouts
    rows: list[Row] = [
        [Button(f"move_{weekday}", MoveTo(action.day, other.day), {"now": names[other.workout].name})]
        for weekday, other in zip(WEEKDAYS, shown.days, strict=True)
        if other.day in places
    ]
    back = [Button("back", ShowDay(action.day))]
    turn.reply_under("plan/move", [*rows, back], day=action.day, workout=names[planned.workout], places=len(rows))
    turn.note_offered((Intent.MOVE, Slots(from_day=action.day)))


def move_to(turn: Turn, action: MoveTo) -> None:
    """Let two days change places."""
    today = today_of(turn)
    shown, planned = find_planned(turn, action.day, today)
    _open(planned)
    if action.other not in plans.places(turn.session, turn.user, action.day, today):
        raise StaleButton
    other = next(each for each in shown.days if each.day == action.other)
    plans.pin(turn.session, turn.user, swapped(planned, other))
    week(turn, _week_of(turn, action.day, today))


def swap(turn: Turn, action: SwapDay) -> None:
    """Ask what instead; only what every rule allows on that day is offered."""
    today = today_of(turn)
    _, planned = find_planned(turn, action.day, today)
    _open(planned)
    names = turn.language.workouts
    found = [workout for workout in names if workout != planned.workout and fits(turn, action.day, workout, today)]
    choices = [Titled(names[workout].name, SwapFor(action.day, workout)) for workout in found]
    rows: list[Row] = [choices[first : first + 2] for first in range(0, len(choices), 2)]
    back = [Button("back", ShowDay(action.day))]
    turn.reply_under("plan/swap", [*rows, back], day=action.day, workout=names[planned.workout])


def swap_for(turn: Turn, action: SwapFor) -> None:
    """Put another workout on that day."""
    today = today_of(turn)
    _, planned = find_planned(turn, action.day, today)
    _open(planned)
    if action.workout not in turn.language.workouts or not fits(turn, action.day, action.workout, today):
        raise StaleButton
    plans.pin(turn.session, turn.user, [Pin(action.day, action.workout)])
    week(turn, _week_of(turn, action.day, today))


def _week_rows(shown: PlannedWeek, ahead: int, start: date) -> list[Row]:
    days = [
        Button(f"weekday_{weekday}", ShowDay(day.day))
        for weekday, day in zip(WEEKDAYS, shown.days, strict=True)
        if day.day >= start
    ]
    other = Button("this_week", ShowWeek(0)) if ahead else Button("next_week", ShowWeek(1))
    return [days[:4], days[4:], [other]]


def way_back_row(shown: PlannedWeek) -> list[Button]:
    """Return the way to the ladder, for who stands on it or could: after two weeks off, or with pain that stops."""
    notes = {WeekNote.WAY_BACK, WeekNote.RETURNING, WeekNote.PAIN_STOPPED}
    return [Button("way_back", ShowWayBack())] if notes & shown.notes else []


def _day_rows(turn: Turn, planned: PlannedDay, row: TrainingSession | None, today: date) -> list[Row]:
    rows: list[Row] = []
    changeable = planned.open and planned.day >= today and not (row and row.pain is not None)
    if planned.day == today:
        rows.append([Button("open_today", ShowToday(), style="primary")])
    elif planned.day < today and row is not None and row.status == SessionStatus.PLANNED:
        rows.append([Button("show_session", ShowSession(planned.day))])
    if changeable and planned.workout != RECOVERY:
        change = [Button("move", MoveDay(planned.day)), Button("swap", SwapDay(planned.day))]
        if planned.day == today:
            change.append(Button("skip", MarkSkipped(planned.day)))
        rows.append(change)
    elif changeable:
        rows.append([Button("swap", SwapDay(planned.day))])
    return [*rows, [Button("back_to_week", _week_of(turn, planned.day, today))]]


def find_planned(turn: Turn, day: date, today: date) -> tuple[PlannedWeek, PlannedDay]:
    """Return the week and the day. Raises StaleButton where it is neither of this week nor of the next."""
    start = turn.user.plan_start
    if start is None or not start <= day or day <= today - WEEK or day >= monday_of(turn, today) + 2 * WEEK:
        raise StaleButton
    shown = plans.week_of(turn.session, turn.user, day, today)
    if isinstance(shown, NoPlan):
        raise StaleButton
    found = next((each for each in shown.days if each.day == day), None)
    if found is None:
        raise StaleButton
    return shown, found


def _open(planned: PlannedDay) -> None:
    """Raise StaleButton where nothing can be changed any more."""
    if not planned.open:
        raise StaleButton


def fits(turn: Turn, day: date, workout: str, today: date) -> bool:
    """Say whether the planner keeps this workout on that day."""
    tried = plans.week_of(turn.session, turn.user, day, today, Pin(day, workout))
    if isinstance(tried, NoPlan):
        return False
    there = next(each for each in tried.days if each.day == day)
    return there.workout == workout and (there.why is Why.CHOSEN)


def monday_of(turn: Turn, today: date) -> date:
    """Return the Monday of the running week, which is the first one until the plan begins."""
    running = max(today, turn.user.plan_start or today)
    return running - timedelta(days=running.weekday())


def _week_of(turn: Turn, day: date, today: date) -> ShowWeek:
    return ShowWeek(int(day >= monday_of(turn, today) + WEEK))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "plan", plan)
    on_button(application, ShowWeek, week)
    on_button(application, ShowDay, day)
    on_button(application, MoveDay, move)
    on_button(application, MoveTo, move_to)
    on_button(application, SwapDay, swap)
    on_button(application, SwapFor, swap_for)
