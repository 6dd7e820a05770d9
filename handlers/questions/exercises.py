"""/exercises: how each exercise is done, with a drawing of how it begins and ends."""

from collections.abc import Sequence

from coach.buttons.questions import ShowExercise, ShowExercises
from coach.buttons.requests import DoRequest
from coach.planning.exercises.catalog import EXERCISES
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from content.schema.training_pages import GROUPS, Exercise
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn, fits_caption


def exercises(turn: Turn, _asked: str | ShowExercises = "") -> None:
    """List them group by group, two a row."""
    rows: list[Row] = []
    for group in GROUPS:
        grouped = [exercise for exercise in turn.language.exercises.values() if exercise.group == group]
        buttons = [Titled(exercise.name, ShowExercise(exercise.slug)) for exercise in grouped]
        rows += [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    turn.reply("exercises/list", rows)


def exercise(turn: Turn, action: ShowExercise) -> None:
    """Show one, as a message of its own: the list or the session it was chosen from stays."""
    found = turn.language.exercises.get(action.exercise)
    if found is None:
        raise StaleButton
    turn.note_shown(ShownItem(exercise=found.slug))
    rows: list[Row] = [[*_swap(turn, found.slug), Button("exercises", ShowExercises())]]
    drawing = turn.language.drawings.get(found.slug)
    if drawing is None:
        turn.say("exercises/page", rows, exercise=found)
    elif fits_caption(turn.language.messages.render("exercises/page", exercise=found)):
        turn.send_photo({"draw": "exercise", "title": found.name, **drawing}, "exercises/page", rows, exercise=found)
    else:
        send_strip(turn, [found])
        turn.say("exercises/page", rows, exercise=found)


def _swap(turn: Turn, slug: str) -> list[Button]:
    """Return the button that swaps an exercise of strength sessions, for who has a plan."""
    if slug not in EXERCISES or turn.group is not None or turn.user.plan_start is None:
        return []
    return [Button("not_this_one", DoRequest.of(Intent.SWAP, Slots(exercise=slug)))]


def send_strip(turn: Turn, exercises: Sequence[Exercise]) -> None:
    """Send one picture of these exercises; those without a drawing are left out."""
    drawings = turn.language.drawings
    drawn = [exercise for exercise in exercises if exercise.slug in drawings]
    if drawn:
        moves = [{"title": exercise.name, **drawings[exercise.slug]} for exercise in drawn]
        turn.send_photo({"draw": "strip", "moves": moves}, "exercises/poses", exercises=drawn)


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "exercises", exercises)
    on_button(application, ShowExercises, exercises)
    on_button(application, ShowExercise, exercise)
