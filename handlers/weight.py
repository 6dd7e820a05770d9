"""/weight: for the protein range only; always optional, never judged."""

from coach.actions import Change, ConfirmWeight, ForgetWeight, PickUnits
from coach.mistakes import OldButton, UnitsNotUnderstood, UserMistake
from coach.profile import Awaiting, Units
from coach.weight import parse_weight, show_weight, unusual
from content.keyboards import Button
from handlers import setup
from handlers.application import Coach
from handlers.registering import on_button, on_command
from handlers.turn import Turn


def weight(turn: Turn, words: str) -> None:
    """Show the stored weight, or take the one written behind the command."""
    user = turn.user
    if words:
        answer(turn, words)
    elif user.weight_kg is None or user.weighs_in is None:
        setup.open_question(turn, Awaiting.WEIGHT if user.weighs_in else Awaiting.UNITS)
    else:
        rows = [[Button("change", Change(Awaiting.WEIGHT)), Button("units", Change(Awaiting.UNITS))],
                [Button("forget_weight", ForgetWeight())]]  # fmt: skip
        turn.reply("weight/shown", rows, weight=show_weight(user.weight_kg, user.weighs_in))


def answer(turn: Turn, text: str) -> None:
    """Take a weight; an unusual one is asked again before it is kept."""
    kilograms = parse_weight(text, turn.user.weighs_in)
    if turn.user.weighs_in is None:
        turn.user.units = _written_unit(text)
    if unusual(kilograms):
        tenths = round(kilograms * 10)
        rows = [[Button("weight_yes", ConfirmWeight(tenths))]]
        turn.ask(
            Awaiting.WEIGHT,
            "weight/sure",
            rows,
            weight=show_weight(tenths / 10, turn.user.weighs_in or Units.KILOGRAMS),
        )
    else:
        _save(turn, kilograms)


def answer_units(turn: Turn, text: str) -> None:
    """Take units in words; a weight with its unit answers both questions at once."""
    for unit in Units:
        if text.strip().casefold() in turn.language.messages.label(f"units_{unit}_words").split():
            pick_units(turn, PickUnits(unit))
            return
    try:
        parse_weight(text, None)
    except UserMistake:
        raise UnitsNotUnderstood from None
    if turn.user.step is Awaiting.UNITS:
        turn.user.setup_step = Awaiting.WEIGHT
    turn.user.units = None
    answer(turn, text)


def pick_units(turn: Turn, action: PickUnits) -> None:
    """Weigh in these units, and ask for the weight where none is stored."""
    if turn.user.asked is not Awaiting.UNITS:
        raise OldButton
    turn.user.units = action.units
    if setup.answered(turn, Awaiting.UNITS):
        return
    if turn.user.weight_kg is None:
        setup.open_question(turn, Awaiting.WEIGHT)
    else:
        turn.reply("weight/saved", weight=show_weight(turn.user.weight_kg, action.units))


def confirm(turn: Turn, action: ConfirmWeight) -> None:
    """Yes, that unusual weight is meant."""
    if turn.user.asked is not Awaiting.WEIGHT:
        raise OldButton
    _save(turn, parse_weight(str(action.tenths / 10), Units.KILOGRAMS))


def forget(turn: Turn, _action: ForgetWeight) -> None:
    """Erase the stored weight."""
    turn.settle()
    turn.user.weight_kg = None
    turn.reply("weight/forgotten")


def _save(turn: Turn, kilograms: float) -> None:
    turn.user.weight_kg = round(kilograms, 2)
    if not setup.answered(turn, Awaiting.WEIGHT):
        rows = [[Button("forget_weight", ForgetWeight())]]
        turn.reply("weight/saved", rows, weight=show_weight(kilograms, turn.user.weighs_in or Units.KILOGRAMS))


def _written_unit(text: str) -> Units:
    return next(unit for unit in (Units.STONE, Units.POUNDS, Units.KILOGRAMS) if _carries(text, unit))


def _carries(text: str, unit: Units) -> bool:
    return unit is Units.KILOGRAMS or unit.value in text.casefold()


def register(application: Coach) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "weight", weight)
    on_button(application, PickUnits, pick_units)
    on_button(application, ConfirmWeight, confirm)
    on_button(application, ForgetWeight, forget)
