"""/goals: what a person is after; several at once."""

import re

from coach.buttons.actions import GoalsChosen, ToggleGoal
from coach.profile import Goal, PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import ChooseFirst, GoalNotUnderstood, StaleButton
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import plans


def goals(turn: Turn, words: str) -> None:
    """Show the goals to choose from, or take the ones written behind the command."""
    if words:
        answer(turn, words)
    else:
        setup.open_question(turn, PromptKind.GOALS)


def toggle(turn: Turn, action: ToggleGoal) -> None:
    """Tick a goal, or take the tick away; only the buttons change."""
    if turn.user.prompt is not PromptKind.GOALS:
        raise StaleButton
    chosen = turn.user.goal_set ^ {action.goal}
    turn.user.goals = [goal for goal in Goal if goal in chosen]
    turn.edit_buttons(setup.goal_rows(turn) + setup.skip_rows(turn, PromptKind.GOALS))


def chosen(turn: Turn, _action: GoalsChosen) -> None:
    """That is all I am after."""
    if turn.user.prompt is not PromptKind.GOALS:
        raise StaleButton
    if not turn.user.goals:
        raise ChooseFirst
    _save(turn)


def answer(turn: Turn, text: str) -> None:
    """Take goals in words: every goal whose label, or a word of it, is named."""
    named = {goal for goal in Goal if _names(turn, goal, text)}
    if not named:
        raise GoalNotUnderstood
    turn.user.goals = [goal for goal in Goal if goal in named]
    _save(turn)


def _save(turn: Turn) -> None:
    if not setup.answered(turn, PromptKind.GOALS):
        plans.renew(turn.session, turn.user, local_day(turn.now, turn.user.zone or "UTC"))
        turn.reply("goals/saved", setup.way_on(turn), goals=[goal.value for goal in Goal if goal in turn.user.goal_set])


def _names(turn: Turn, goal: Goal, text: str) -> bool:
    words = turn.language.vocabulary.choices.goals[goal]
    return any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "goals", goals)
    on_button(application, ToggleGoal, toggle)
    on_button(application, GoalsChosen, chosen)
