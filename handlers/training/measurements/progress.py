"""/progress: the weeks as a picture, and a line of whatever was measured; each says in words what it means."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from coach import number_goals as rules
from coach.buttons.measurements import AskGoal, Measure, ShowChart, ShowProgress
from coach.number_goals import MEASURES, GoalKind, Standing
from coach.parsing.girth import CM_PER_INCH
from coach.parsing.measurements import MeasuredValue, MeasurementKind, Side, change
from coach.parsing.weight import KG_PER_LB, show_weight
from coach.planning.state import streaks
from coach.planning.state.streaks import WeekResult
from coach.profile import Units
from content.rendering.keyboards import Button, Row
from content.rendering.messages import Messages
from db.models import User
from db.queries import day_results
from db.queries.figures import measurements, number_goals
from db.queries.guides import extra_sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.training.measurements.measure import AWAITS, shown
from handlers.training.today import today_of
from services import plans

WEEKS: Final = 8
MOST_POINTS: Final = 120
LEGEND: Final = ("D", "R", "M", "P")
LEAST_SPAN: Final = {MeasurementKind.GIRTH: 3.0, MeasurementKind.RAISES: 10.0, MeasurementKind.WEIGHT: 6.0}
"""Centimetres, repetitions, kilograms: what a scale covers at least, so that a wobble is not drawn as a mountain."""

LINES: Final = {
    GoalKind.RAISES: "goal_line_raises",
    GoalKind.GIRTH: "goal_line_girth",
    GoalKind.SESSIONS: "goal_line_sessions",
}
"""Labels of the line that tells a goal in a picture."""

ROOM_FOR_A_DATE: Final = 0.2  # of the width: closer than this, dates would touch


def show(turn: Turn, _asked: str | ShowProgress = "") -> None:
    """Show the weeks; before there are any, what there could be."""
    user, today = turn.user, today_of(turn)
    if user.plan_start is not None:
        plans.bring_up_to_date(turn.session, user, today)
    history = day_results.history(turn.session, user, today)
    seen = streaks.weeks(history, today, WEEKS)
    while seen and not seen[0].planned:
        del seen[0]
    first = seen[0].monday if seen else today - timedelta(weeks=WEEKS)
    beside = extra_sessions.beside_plan(turn.session, user.id, first, today)
    if not seen:
        turn.reply("progress/nothing", _rows(turn, None), beside=beside)
        return
    goal = _goal(turn, GoalKind.SESSIONS)
    turn.send_photo(
        {"draw": "weeks"} | _calendar(turn.language.messages, seen) | _drawn(turn, goal),
        "progress/weeks",
        _rows(turn, None),
        goal=_told(turn, goal),
        beside=beside,
        streak=streaks.streak(history, today),
        this_done=seen[-1].done,
        this_planned=seen[-1].planned,
        coming=seen[-1].coming,
        done=sum(week.done for week in seen),
        planned=sum(week.planned for week in seen),
        weeks=len(seen),
    )


def chart(turn: Turn, action: ShowChart) -> None:
    """Show the line of one kind; where there is no line yet, what there is."""
    kind, messages = action.kind, turn.language.messages
    found = measurements.series(turn.session, turn.user, kind)
    days = {point.day for points in found.values() for point in points}
    goal = _goal(turn, GoalKind(kind)) if kind in MEASURES.values() else None
    if len(days) < 2:
        figures = [(side or "", _shown(turn.user, kind, points[-1].value)) for side, points in found.items()]
        day = _date(messages, max(days)) if days else None
        turn.reply("progress/too_little", _rows(turn, kind), figures=figures, day=day, goal=_told(turn, goal))
        return
    turn.send_photo(
        {"draw": "lines"} | _lines(messages, turn.user, kind, found, goal) | _drawn(turn, goal),
        f"progress/{kind}",
        _rows(turn, kind),
        goal=_told(turn, goal),
        sides=[
            (
                side or "",
                _shown(turn.user, kind, points[0].value),
                _shown(turn.user, kind, points[-1].value),
                f"{_scaled(turn.user, kind, change(points)):+.1f}".replace("-", "−"),
            )
            for side, points in found.items()
        ],
        since=_date(messages, min(days)),
        until=_date(messages, max(days)),
    )


def _rows(turn: Turn, now: MeasurementKind | None) -> list[Row]:
    kinds = [kind for kind in MeasurementKind if kind is not MeasurementKind.WEIGHT or turn.user.weight_log]
    pictures = [Button(f"chart_{kind}", ShowChart(kind)) for kind in kinds if kind is not now]
    weeks = [Button("chart_weeks", ShowProgress())] if now else []
    measure = [Button(f"measure_{now}", Measure(now))] if now in AWAITS else []
    goal = [Button("set_goal", AskGoal(GoalKind(now or GoalKind.SESSIONS)))] if now in {None, *AWAITS} else []
    return [[*weeks, *pictures], [*measure, *goal]]


def _goal(turn: Turn, kind: GoalKind) -> Standing | None:
    """Return the goal of a kind, None where there is none or its day has passed."""
    found = number_goals.of(turn.session, turn.user).get(kind)
    return None if found is None or found.is_over(today_of(turn)) else found


def _told(turn: Turn, goal: Standing | None) -> dict[str, object] | None:
    return None if goal is None else rules.told(goal, today_of(turn), turn.user.weighs_in)


def _drawn(turn: Turn, goal: Standing | None) -> dict[str, Any]:
    """Return the figures by which a picture shows a goal, nothing where there is none."""
    if goal is None:
        return {}
    told, messages = rules.told(goal, today_of(turn), turn.user.weighs_in), turn.language.messages
    measured = MEASURES.get(goal.kind)
    scaled = [None if value is None else value if measured is None else round(_scaled(turn.user, measured, value), 2)
              for value in (goal.number, goal.now)]  # fmt: skip
    if goal.is_reached:
        needs = messages.label("goal_reached")
    elif told["amount"] is None:
        needs = ""
    else:
        form = "goal_needs" if told["weeks"] == 1 else "goal_needs_weeks"
        needs = messages.label(
            "goal_needs_sessions" if measured is None else form, amount=told["amount"], weeks=told["weeks"]
        )
    return {
        "goal": {
            "value": scaled[0],
            "now": scaled[1],
            "by": goal.by.isoformat(),
            "label": messages.label(LINES[goal.kind], number=told["number"], day=_date(messages, goal.by)),
            "needs": needs,
        }
    }


def _calendar(messages: Messages, weeks: Sequence[WeekResult]) -> dict[str, Any]:
    return {
        "title": messages.label("weeks_title"),
        "done": messages.label("weeks_done"),
        "days": messages.label("weekday_initials").split(),
        "legend": [[mark, messages.label(f"mark_{mark}")] for mark in LEGEND],
        "rows": [
            {
                "label": _date(messages, week.monday),
                "marks": "".join(week.days),
                "done": week.done,
                "planned": week.planned,
            }
            for week in weeks
        ],
    }


def _lines(
    messages: Messages,
    user: User,
    kind: MeasurementKind,
    found: Mapping[Side | None, list[MeasuredValue]],
    goal: Standing | None,
) -> dict[str, Any]:
    days = {point.day for points in found.values() for point in points[-MOST_POINTS:]}
    if goal is not None:
        days.add(goal.by)
    return {
        "title": messages.label(f"chart_{kind}_title"),
        "unit": messages.label(f"unit_{_unit(user, kind)}"),
        "least_span": _scaled(user, kind, LEAST_SPAN[kind]),
        "from_zero": kind is MeasurementKind.RAISES,
        "days": [[day.isoformat(), _date(messages, day)] for day in _marked(sorted(days))],
        "series": [
            {
                "name": messages.label(f"side_{side}") if side else "",
                "points": [
                    [point.day.isoformat(), round(_scaled(user, kind, point.value), 2)]
                    for point in points[-MOST_POINTS:]
                ],
            }
            for side, points in found.items()
        ],
    }


def _marked(days: Sequence[date]) -> list[date]:
    """Return the first and the last day, and one near the middle where its date has room."""
    first, last = days[0], days[-1]
    span = (last - first).days
    room = ROOM_FOR_A_DATE * span
    between = [day for day in days if room <= (day - first).days <= span - room]
    middle = min(between, key=lambda day: abs((day - first).days * 2 - span), default=None)
    return [first, *([middle] if middle else []), last]


def _unit(user: User, kind: MeasurementKind) -> str:
    metric = user.weighs_in in {None, Units.KILOGRAMS}
    return {
        MeasurementKind.GIRTH: "cm" if metric else "in",
        MeasurementKind.RAISES: "reps",
        MeasurementKind.WEIGHT: "kg" if metric else "lb",
    }[kind]


def _scaled(user: User, kind: MeasurementKind, value: float) -> float:
    """Return a figure in the unit that the person reads; stone is drawn in pounds."""
    return value / {"in": CM_PER_INCH, "lb": KG_PER_LB}.get(_unit(user, kind), 1.0)


def _shown(user: User, kind: MeasurementKind, value: float) -> str:
    return (
        show_weight(value, user.weighs_in or Units.KILOGRAMS)
        if kind is MeasurementKind.WEIGHT
        else shown(user, kind, value)
    )


def _date(messages: Messages, day: date) -> str:
    return messages.dated(day, messages.label("on_date"))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "progress", show)
    on_button(application, ShowProgress, show)
    on_button(application, ShowChart, chart)
