"""/progress: the weeks as a picture, and a line of whatever was measured; each says in words what it means."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from coach.buttons.measurements import Measure, ShowChart, ShowProgress
from coach.parsing.girth import CM_PER_INCH
from coach.parsing.measurements import MeasuredValue, MeasurementKind, Side, change
from coach.parsing.weight import KG_PER_LB, show_weight
from coach.planning.state import streaks
from coach.planning.state.streaks import WeekResult
from coach.profile import Units
from content.rendering.keyboards import Button, Row
from content.rendering.messages import Messages
from db.models import User
from db.queries import day_results, measurements
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
    if not seen:
        turn.reply("progress/nothing", _rows(turn, None))
        return
    turn.send_photo(
        {"draw": "weeks"} | _calendar(turn.language.messages, seen),
        "progress/weeks",
        _rows(turn, None),
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
    if len(days) < 2:
        figures = [(side or "", _shown(turn.user, kind, points[-1].value)) for side, points in found.items()]
        day = _date(messages, max(days)) if days else None
        turn.reply("progress/too_little", _rows(turn, kind), figures=figures, day=day)
        return
    turn.send_photo(
        {"draw": "lines"} | _lines(messages, turn.user, kind, found),
        f"progress/{kind}",
        _rows(turn, kind),
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
    return [[*weeks, *pictures], measure]


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
    messages: Messages, user: User, kind: MeasurementKind, found: Mapping[Side | None, list[MeasuredValue]]
) -> dict[str, Any]:
    days = sorted({point.day for points in found.values() for point in points[-MOST_POINTS:]})
    return {
        "title": messages.label(f"chart_{kind}_title"),
        "unit": messages.label(f"unit_{_unit(user, kind)}"),
        "least_span": _scaled(user, kind, LEAST_SPAN[kind]),
        "from_zero": kind is MeasurementKind.RAISES,
        "days": [[day.isoformat(), _date(messages, day)] for day in _marked(days)],
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
