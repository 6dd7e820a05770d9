"""/exercises: how each exercise is done."""

from coach.buttons.questions import ShowExercise, ShowExercises
from coach.requests import ShownItem
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn


def exercises(turn: Turn, _asked: str | ShowExercises = "") -> None:
    """List them, two a row."""
    buttons = [Titled(exercise.name, ShowExercise(slug)) for slug, exercise in turn.language.exercises.items()]
    rows: list[Row] = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    turn.reply("exercises/list", rows)


def exercise(turn: Turn, action: ShowExercise) -> None:
    """Show one, as a message of its own: the list or the session it was chosen from stays."""
    found = turn.language.exercises.get(action.exercise)
    if found is None:
        raise StaleButton
    turn.note_shown(ShownItem(exercise=action.exercise))
    turn.say("exercises/page", [[Button("exercises", ShowExercises())]], exercise=found)


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "exercises", exercises)
    on_button(application, ShowExercises, exercises)
    on_button(application, ShowExercise, exercise)
