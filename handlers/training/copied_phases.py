"""The phases of an interval set as text to copy, for a watch or an app that counts them."""

from html import unescape

from content.rendering.keyboards import MOST_COPIED, Copy, Row
from content.schema.training_pages import Workout
from handlers.framework.turn import Turn


def copy_row(turn: Turn, workout: Workout, rounds: int | None) -> Row:
    """Return the button that copies the phases; none where nothing is repeated, or it is too long."""
    if not any(phase.each_round for phase in workout.phases):
        return []
    text = unescape(turn.language.messages.render("today/phases", workout=workout, rounds=rounds))
    return [Copy("copy_phases", text)] if len(text) <= MOST_COPIED else []
