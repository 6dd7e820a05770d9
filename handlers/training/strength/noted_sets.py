"""Sets of single exercises: what was noted, what to aim at next, and the line that offers to note them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.buttons.requests import DoRequest
from coach.parsing.weight import KG_PER_LB
from coach.planning.exercises.catalog import is_loadable
from coach.planning.exercises.progression import Aim, AimChange, DoneSets, SetsResult, next_aim, rep_range
from coach.planning.inputs import Equipment
from coach.profile import SessionKind, SessionStatus, Units
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button, Row
from content.schema.training_pages import Workout
from db.models import TrainingSession, User
from db.queries.figures import noted_sets
from handlers.framework.turn import Turn

RESULTS: Final = {
    SetsResult.PLANNED: "sets_planned",
    SetsResult.MORE: "sets_more",
    SetsResult.FEWER: "sets_fewer",
}
"""Labels of the buttons."""

_HALF: Final = 0.5


@dataclass(frozen=True)
class ShownSets:
    """Sets in the form in which messages say them: "15/14/12", and their load where there is one."""

    reps: str
    load: str | None


@dataclass(frozen=True)
class ShownAim:
    """An aim in the form in which messages say it, beside what was done last."""

    last: ShownSets
    aim: ShownSets
    change: AimChange
    result: SetsResult | None  # of the last time, where no repetitions were noted


def aims(turn: Turn, workout: Workout, day: date) -> dict[str, ShownAim]:
    """Return what to aim at on `day`, by exercise; nothing for one of which nothing was noted."""
    if workout.kind != SessionKind.STRENGTH:
        return {}
    wanted = {each.exercise: rep_range(each.reps, each.sets) for each in workout.exercises}
    done = noted_sets.before(turn.session, turn.user, wanted, day)
    user, found = turn.user, dict[str, ShownAim]()
    has = frozenset(map(Equipment, user.equipment or ()))
    for exercise, sets in done.items():
        if (range_ := wanted[exercise]) is not None:
            aim = next_aim(sets, range_, loadable=is_loadable(exercise, has), pounds=_pounds(user))
            found[exercise] = _shown_aim(user, sets, aim)
    return found


def noted(turn: Turn, workout: Workout, day: date) -> dict[str, ShownSets]:
    """Return what was noted on a day, by exercise; a word for the whole session has no repetitions."""
    if workout.kind != SessionKind.STRENGTH:
        return {}
    rows = noted_sets.of_day(turn.session, turn.user, day)
    return {exercise: shown_sets(turn.user, noted_sets.done_sets(row)) for exercise, row in rows.items() if row.reps}


def offered(turn: Turn, session: TrainingSession) -> bool:
    """Say whether to offer noting the sets of a session: of strength, done and rated, while nothing is noted."""
    if session.asks is not SessionKind.STRENGTH or session.status != SessionStatus.DONE or session.effort is None:
        return False
    return not noted_sets.of_day(turn.session, turn.user, session.day)


def rows(turn: Turn, session: TrainingSession) -> list[Row]:
    """Return the buttons that note a session's sets in a word, where that is offered."""
    return [result_row(session.day)] if offered(turn, session) else []


def result_row(day: date) -> Row:
    """Return a button for each word."""
    return [
        Button(label, DoRequest.of(Intent.SETS, Slots(day=day, what=result.value))) for result, label in RESULTS.items()
    ]


def shown_sets(user: User, sets: DoneSets) -> ShownSets:
    """Return sets as the person reads them."""
    return ShownSets("/".join(map(str, sets.reps)), shown_load(user, sets.load_kg) if sets.load_kg else None)


def shown_load(user: User, kilograms: float) -> str:
    """Return a load as the person reads it, in halves of a pound or kilogram; dumbbells are not told in stone."""
    unit, name = (KG_PER_LB, Units.POUNDS) if _pounds(user) else (1.0, Units.KILOGRAMS)
    exact = round(kilograms / unit, 1)
    halves = round(exact / _HALF) * _HALF
    return f"{halves if name is Units.POUNDS else exact:g} {name.value}"


def example_load(user: User) -> str:
    """Return the load of the example by which sets are asked for."""
    return shown_load(user, 20 * KG_PER_LB if _pounds(user) else 10)


def _pounds(user: User) -> bool:
    return user.weighs_in is Units.POUNDS


def _shown_aim(user: User, sets: Sequence[DoneSets], aim: Aim) -> ShownAim:
    last = sets[-1]
    said = next((each.load_kg for each in reversed(sets) if each.load_kg is not None), None)
    return ShownAim(
        last=shown_sets(user, DoneSets(last.reps, last.load_kg if last.load_kg is not None else said)),
        aim=shown_sets(user, DoneSets(aim.reps, aim.load_kg)),
        change=aim.change,
        result=None if last.reps else last.result,
    )
