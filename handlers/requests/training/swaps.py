"""Swapping an exercise for one of the same job, kept until it is put back."""

from collections.abc import Iterable, Sequence
from datetime import date

from coach.buttons.plan import ShowWeek
from coach.buttons.session import ShowToday
from coach.planning.exercises.catalog import EXERCISES, alternatives
from coach.requests import BACK, Intent, ShownItem, Slots
from content.rendering.keyboards import Button, Row, Titled
from handlers.framework.turn import Turn
from handlers.requests.outcome import Changed, Outcome, Step, do, has_plan, titled
from handlers.training.strength import stand_ins
from handlers.training.today import dosed, kept_session, today_of


def swap(turn: Turn, slots: Slots) -> Outcome:
    """Let another exercise of the same job stand in for one, or put one back; ask which where that is not said."""
    if not has_plan(turn):
        return Step.ASKED
    named = slots.exercise if slots.exercise in turn.language.exercises else None
    if slots.what == BACK:
        return _put_back(turn, named)
    shown = turn.shown.exercise if turn.shown is not None and slots.day is None else None
    exercise, planned = named or shown, stand_ins.planned_exercises(turn)
    if exercise is None:
        return _ask_which(turn, planned, slots.day or turn.shown_day or today_of(turn))
    chosen = stand_ins.of(turn.user)
    if exercise in chosen and exercise not in planned:
        return _is_swapped(turn, exercise, chosen[exercise])
    if exercise not in planned:
        turn.reply("requests/swap_not_planned", _ways(), name=_name(turn, exercise))
        return Step.ASKED
    return _swapped(turn, exercise, planned)


def _swapped(turn: Turn, exercise: str, planned: Sequence[str]) -> Outcome:
    """Let the next exercise of the same job stand in for one, which may be a stand-in itself."""
    chosen = stand_ins.of(turn.user)
    origin = next((own for own, other in chosen.items() if other == exercise), exercise)
    found = alternatives(origin, stand_ins.equipment_of(turn.user), planned)
    free = [other for other in found if other != exercise and other not in chosen]
    if not free:
        back = [_back_button(turn, origin)] if origin in chosen else []
        turn.reply("requests/swap_nothing", [back, *_ways()], name=_name(turn, exercise))
        return Step.ASKED
    turn.user.stand_ins = chosen | {origin: free[0]}
    turn.note_shown(ShownItem(exercise=free[0]))
    more = [do("another_one", Intent.SWAP, Slots(exercise=free[0]))] if len(free) > 1 else []
    values = {"name": _name(turn, exercise), "instead": _name(turn, free[0]), "back": _name(turn, origin)}
    return Changed("requests/swapped", values, None, [[*more, Button("today", ShowToday())]])


def _put_back(turn: Turn, exercise: str | None) -> Outcome:
    """Let an exercise do its own job again; named may be either of the two."""
    chosen = stand_ins.of(turn.user)
    if exercise is not None and exercise not in chosen:
        exercise = next((own for own, other in chosen.items() if other == exercise), exercise)
    if exercise is None and len(chosen) == 1:
        (exercise,) = chosen
    if exercise is None and chosen:
        turn.reply("requests/swap_back_which", _two_a_row(_back_button(turn, own) for own in chosen))
        return Step.ASKED
    if exercise is None or exercise not in chosen:
        turn.reply("requests/swap_not_swapped", _ways(), name=_name(turn, exercise) if exercise else None)
        return Step.ASKED
    instead = chosen.pop(exercise)
    turn.user.stand_ins = chosen or None
    values = {"name": _name(turn, exercise), "instead": _name(turn, instead)}
    return Changed("requests/swapped_back", values, None, [[Button("today", ShowToday())]])


def _ask_which(turn: Turn, planned: Sequence[str], day: date) -> Outcome:
    """Ask which exercise, of the day's session where that is one of strength."""
    row = kept_session(turn, day)
    of_day = [each.exercise for each in dosed(turn, row).exercises] if row is not None else []
    asked = [slug for slug in of_day or planned if slug in EXERCISES]
    buttons = [titled(_name(turn, slug), Intent.SWAP, Slots(exercise=slug)) for slug in asked]
    turn.reply("requests/swap_which", [*_two_a_row(buttons), *_ways()])
    return Step.ASKED


def _is_swapped(turn: Turn, exercise: str, instead: str) -> Outcome:
    turn.reply(
        "requests/swap_already",
        [[_back_button(turn, exercise)], *_ways()],
        name=_name(turn, exercise),
        instead=_name(turn, instead),
    )
    return Step.ASKED


def _back_button(turn: Turn, exercise: str) -> Button:
    return do("put_back", Intent.SWAP, Slots(exercise=exercise, what=BACK), name=_name(turn, exercise))


def _name(turn: Turn, exercise: str) -> str:
    return turn.language.exercises[exercise].name


def _ways() -> list[Row]:
    return [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]


def _two_a_row(buttons: Iterable[Button | Titled]) -> list[Row]:
    listed = list(buttons)
    return [listed[first : first + 2] for first in range(0, len(listed), 2)]
