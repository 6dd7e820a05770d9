"""Buttons of goals: figures to choose from, the ways to a picture and to measuring, to set one and to drop it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from coach import number_goals as rules
from coach.buttons.measurements import AskGoal, Measure, ShowChart, ShowProgress
from coach.number_goals import MEASURES, GoalKind
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button
from handlers.framework.turn import Turn
from handlers.requests.outcome import do

WEEKS: Final = (4, 8, 12, 16)
"""So far ahead lie the days of buttons, of goals and of events."""

NAMES: Final = {GoalKind.RAISES: "goal_raises", GoalKind.GIRTH: "goal_girth", GoalKind.SESSIONS: "goal_sessions"}
DROPS: Final = {
    GoalKind.RAISES: "drop_goal_raises",
    GoalKind.GIRTH: "drop_goal_girth",
    GoalKind.SESSIONS: "drop_goal_sessions",
}
"""Labels of the buttons that name a kind, and of those that drop its goal."""


def choices(turn: Turn, kind: GoalKind, goals: Iterable[tuple[float, date]]) -> list[Button]:
    """Return a button for each figure and day."""
    units = turn.user.weighs_in
    return [
        do(
            "goal_choice_sessions" if kind is GoalKind.SESSIONS else "goal_choice",
            Intent.TARGET,
            Slots(what=kind.value, number=number, by=day),
            number=rules.shown(kind, number, units),
            day=day_label(turn, day),
        )
        for number, day in dict.fromkeys(goals)
        if rules.can_be(kind, number)
    ]


def day_label(turn: Turn, day: date) -> str:
    """Return a day as a button names it."""
    messages = turn.language.messages
    return messages.dated(day, messages.label("on_date"))


def picture(kind: GoalKind) -> Button:
    """Return the way to the picture with the goal."""
    if kind in MEASURES:
        return Button("show_chart", ShowChart(MEASURES[kind]))
    return Button("show_picture", ShowProgress())


def measure(kind: GoalKind) -> Button:
    """Return the way to measuring."""
    return Button(f"measure_{MEASURES[kind]}", Measure(MEASURES[kind]))


def drop(kind: GoalKind) -> Button:
    """Return the button that drops a goal."""
    return do(DROPS[kind], Intent.TARGET, Slots(what=kind.value, switch="off"))


def ways() -> list[Button]:
    """Return a button for each kind of goal."""
    return [Button(NAMES[kind], AskGoal(kind)) for kind in GoalKind]
