"""Calf raises put into the week, from the answer that advises them."""

from datetime import date, timedelta

from coach.buttons.plan import AddCalfRaises, ShowWeek
from coach.planning.inputs import Pin
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import CALVES_A, CALVES_B, WORKOUTS, Family
from coach.profile import Goal
from content.rendering.keyboards import Button
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.plan import WEEK, fits, monday_of
from handlers.training.today import today_of
from services import plans


def add_calf_raises(turn: Turn, _action: AddCalfRaises) -> None:
    """Make bigger calves a goal, and say on which days calf work stands; find a day where there is none to come."""
    user, today = turn.user, today_of(turn)
    refusal = plans.refused(user, today)
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
        return
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return
    if user.plan_start is None:
        plans.start_on(turn.session, user, today)
    user.goals = [goal for goal in Goal if goal in user.goal_set | {Goal.CALVES}]
    days = _calf_days(turn, today)
    if not days and (place := _place_for_calves(turn, today)) is not None:
        plans.pin(turn.session, user, [place])
        days = [place.day]
    plans.renew(turn.session, user, today)
    turn.say("plan/calves", [[Button("my_week", ShowWeek(0))]], days=days, today=today)


def _calf_days(turn: Turn, today: date) -> list[date]:
    """Return the days of this week and the next on which calf work stands."""
    found = []
    monday = monday_of(turn, today)
    for day in (monday, monday + WEEK):
        planned = plans.week_of(turn.session, turn.user, day, today)
        if isinstance(planned, PlannedWeek):
            found += [each.day for each in planned.days if each.open and each.day >= today and _is_calf_day(each)]
    return found[:3]


def _is_calf_day(planned: PlannedDay) -> bool:
    return WORKOUTS[planned.workout].family is Family.STRENGTH and planned.calf_sets > 0


def _place_for_calves(turn: Turn, today: date) -> Pin | None:
    first = max(today, turn.user.plan_start or today)
    days = (first + timedelta(days=ahead) for ahead in range(7))
    return next(
        (Pin(day, workout) for day in days for workout in (CALVES_A, CALVES_B) if fits(turn, day, workout, today)),
        None,
    )


def register(application: CoachApplication) -> None:
    """Hook up the button."""
    on_button(application, AddCalfRaises, add_calf_raises)
