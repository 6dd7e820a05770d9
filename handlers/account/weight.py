"""/weight: what is stored, and a log of it for who switches one on. Always optional, never judged."""

from coach.buttons.account import Change, ForgetWeight
from coach.buttons.measurements import EraseWeightLog, KeepWeightLog, TakeBackWeight
from coach.parsing.measurements import MeasurementKind
from coach.parsing.weight import parse_weight, show_weight
from coach.profile import PromptKind, Units
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button
from db.queries.figures import measurements
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.weight import WeightPrompt, log_button
from services import last_change


def weight(turn: Turn, words: str) -> None:
    """Show the stored weight, or take the one written behind the command."""
    user = turn.user
    if words:
        WeightPrompt().answer(turn, words)
    elif user.weight_kg is None or user.weighs_in is None:
        turn.open_prompt(PromptKind.WEIGHT if user.weighs_in else PromptKind.UNITS)
    else:
        rows = [[Button("change", Change(PromptKind.WEIGHT)), Button("units", Change(PromptKind.UNITS))],
                [log_button(turn), Button("forget_weight", ForgetWeight())]]  # fmt: skip
        turn.reply("weight/shown", rows, weight=show_weight(user.weight_kg, user.weighs_in), units=user.weighs_in)


def forget(turn: Turn, _action: ForgetWeight) -> None:
    """Erase the stored weight, its log included."""
    setup.leave(turn)
    turn.user.weight_kg, turn.user.weight_log = None, False
    measurements.erase(turn.session, turn.user, MeasurementKind.WEIGHT)
    last_change.forget(turn.session, turn.user)  # it may hold the weight that was before
    turn.reply("weight/forgotten")


def keep_log(turn: Turn, action: KeepWeightLog) -> None:
    """Keep each weight from now on with its date, or no longer."""
    if action.on not in (0, 1):
        raise StaleButton
    turn.user.weight_log = bool(action.on)
    if action.on:
        turn.reply("weight/log_on", [[log_button(turn)]])
        return
    kept = MeasurementKind.WEIGHT in measurements.kinds(turn.session, turn.user)
    erase = [Button("weight_log_erase", EraseWeightLog())] if kept else []
    turn.reply("weight/log_off", [erase], kept=kept)


def erase_log(turn: Turn, _action: EraseWeightLog) -> None:
    """Erase the log; the weight itself stays for the protein range."""
    measurements.erase(turn.session, turn.user, MeasurementKind.WEIGHT)
    last_change.forget(turn.session, turn.user)  # it may hold the weight that was before
    turn.reply("weight/log_erased")


def take_back(turn: Turn, action: TakeBackWeight) -> None:
    """Have the weight stored again that was before a slip."""
    logged = measurements.delete_day(turn.session, turn.user, MeasurementKind.WEIGHT, action.day)
    if not logged and (turn.user.weight_log or turn.user.weight_kg is None):
        raise StaleButton
    words = turn.language.vocabulary
    before = parse_weight(str(action.before / 100), Units.KILOGRAMS, words) if action.before else None
    turn.user.weight_kg = before
    turn.reply("weight/taken_back", weight=before and show_weight(before, turn.user.weighs_in or Units.KILOGRAMS))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "weight", weight)
    on_button(application, ForgetWeight, forget)
    on_button(application, KeepWeightLog, keep_log)
    on_button(application, EraseWeightLog, erase_log)
    on_button(application, TakeBackWeight, take_back)
