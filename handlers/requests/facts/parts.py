"""The parts of a session: their order, the warm-up and the cool-down, and how hard each is meant to be."""

from coach.buttons.questions import ShowExercise
from coach.requests import Slots
from content.rendering.keyboards import Row, Titled
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.requests.facts import subject
from handlers.requests.outcome import Outcome, Step
from handlers.training.guide.offer import guide_row
from handlers.training.strength import noted_sets
from handlers.training.today import dosed, marks, today_of


def in_order(turn: Turn, slots: Slots) -> Outcome:
    """List the parts of a session in their order; its exercises by their pages."""
    return _show(turn, slots, "facts/parts", pages=True)


def warm_up(turn: Turn, slots: Slots) -> Outcome:
    """Say how a session begins and ends."""
    return _show(turn, slots, "facts/warm_up")


def effort(turn: Turn, slots: Slots) -> Outcome:
    """Say how hard a session is meant to be, and what to aim for where sets were noted."""
    return _show(turn, slots, "facts/effort")


def _show(turn: Turn, slots: Slots, template: str, *, pages: bool = False) -> Outcome:
    row = subject.found(turn, slots)
    if not isinstance(row, TrainingSession):
        return row
    workout = dosed(turn, row)
    exercises = [turn.language.exercises[each.exercise] for each in workout.exercises]
    shown: list[Row] = [[Titled(each.name, ShowExercise(each.slug))] for each in exercises] if pages else []
    begins = [marks(turn, row)[0], guide_row(turn, row)] if pages and row.day == today_of(turn) else []
    turn.reply(
        template,
        [*begins, *shown, *subject.rows(turn, row)],
        **subject.values(turn, row),
        rounds=row.rounds,
        percent=row.percent,
        exercises=list(zip(workout.exercises, exercises, strict=True)),
        aims=noted_sets.aims(turn, workout, row.day),
    )
    return Step.SHOWN
