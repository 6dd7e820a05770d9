"""A session in fewer minutes on one day: the planner fits it into them, and the usual minutes stay as they are."""

from datetime import date
from typing import Final

from coach.buttons.plan import ShowDay, SwapFor
from coach.buttons.session import ShowSmall
from coach.planning.inputs import DEFAULT_MINUTES, DayOverride
from coach.planning.week import PlannedDay
from coach.planning.workouts import EASY_WALK, RECOVERY, SMALL_CALVES, WORKOUTS
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.prompts.durations import MOST_MINUTES
from handlers.requests.outcome import Changed, Outcome, Step, dated, do, has_plan
from handlers.requests.training.sessions import too_far
from handlers.requests.training.skipped_moves import skipped_on
from handlers.training import marking, plan
from handlers.training.today import is_careful, today_of
from services import plans

LEAST: Final = 1  # minutes, in which the planner gives every session its fewest


def shorten(turn: Turn, day: date, minutes: int) -> Outcome:
    """Plan the session of a day for so many minutes; where they are too few, say what would work.

    Today's is open again where it was skipped.
    """
    if not has_plan(turn):
        return Step.ASKED
    today = today_of(turn)
    row = skipped_on(turn, day) if day == today else None
    if row is not None:
        marking.take_back(turn, row)
    try:
        _, planned = plan.find_planned(turn, day, today)
    except StaleButton:
        return too_far(turn, day)
    if not planned.open or planned.workout == RECOVERY or day < today:
        plan.day(turn, ShowDay(day))
        return Step.ASKED
    return _planned_within(turn, planned, minutes, again=row is not None)


def half_of(turn: Turn, day: date) -> int | None:
    """Return half of the minutes of a day's session, or its fewest where it takes more; None where none is open."""
    if turn.user.plan_start is None or turn.user.paused(turn.now):
        return None
    try:
        _, planned = plan.find_planned(turn, day, today_of(turn))
    except StaleButton:
        return None
    if not planned.open or planned.workout == RECOVERY:
        return None
    return max(planned.minutes // 2, plans.minutes_within(turn.session, turn.user, day, LEAST, today_of(turn)))


def _planned_within(turn: Turn, planned: PlannedDay, minutes: int, *, again: bool) -> Outcome:
    day, today = planned.day, today_of(turn)
    row = sessions.of_day(turn.session, turn.user, day)
    if row is not None and row.pain is not None:  # what is left of it was decided by how much hurts
        return _offer_less(turn, planned, minutes, least=None, again=again)
    least, usual = (plans.minutes_within(turn.session, turn.user, day, most, today) for most in (LEAST, MOST_MINUTES))
    if minutes < least:
        return _offer_less(turn, planned, minutes, least=least, again=again)
    if min(minutes, usual) == planned.minutes:
        rows: list[Row] = [[Button("show_session", ShowDay(day))]]
        return _said(turn, "requests/short_fits", rows, Step.SHOWN, **_named(turn, planned), again=again)
    plans.override(turn.session, turn.user, [DayOverride(day, minutes=minutes)], today)
    _, planned = plan.find_planned(turn, day, today)
    turn.note_shown(ShownItem(session=day, workout=planned.workout))
    values = _named(turn, planned) | {
        "rounds": planned.rounds,
        "usual": turn.user.minutes or DEFAULT_MINUTES,
        "again": again,
    }
    return Changed("requests/shortened", values, None, [[Button("show_session", ShowDay(day))]])


def _named(turn: Turn, planned: PlannedDay) -> dict[str, object]:
    workout = turn.language.workouts[planned.workout]
    return {"workout": workout, "takes": planned.minutes} | dated(turn, planned.day)


def _said(turn: Turn, template: str, rows: list[Row], step: Step, *, again: bool, **values: object) -> Outcome:
    """Say what is so; with Undo where a skip was taken back besides."""
    values["again"] = again
    if again:
        return Changed(template, values, None, rows)
    turn.reply(template, rows, **values)
    return step


def _offer_less(turn: Turn, planned: PlannedDay, minutes: int, least: int | None, *, again: bool) -> Outcome:
    """Say that a session does not get so short, and offer what does: its fewest minutes, a walk, the small session."""
    day, today = planned.day, today_of(turn)
    move, skip = (Intent.MOVE, Slots(from_day=day)), (Intent.SKIP, Slots(day=day))
    rows: list[Row] = []
    if least is not None and least < planned.minutes:
        rows.append([do("minutes_that_day", Intent.MINUTES, Slots(day=day, minutes=least), minutes=least)])
    if day == today and not is_careful(turn) and minutes >= WORKOUTS[SMALL_CALVES].minutes():
        rows.append([Button("small_session", ShowSmall(day))])
    if least is not None and planned.workout != EASY_WALK and plan.fits(turn, day, EASY_WALK, today):
        rows.append([Titled(turn.language.workouts[EASY_WALK].name, SwapFor(day, EASY_WALK))])
    if day == today:
        rows.append([do("request_done", Intent.DONE, Slots(day=day, minutes=minutes))])
    rows += [[do("request_move", *move), do("request_skip", *skip)], [Button("show_session", ShowDay(day))]]
    turn.note_offered(move, skip)
    values = _named(turn, planned) | {"minutes": minutes, "least": least}
    return _said(turn, "requests/short_day", rows, Step.ASKED, **values, again=again)
