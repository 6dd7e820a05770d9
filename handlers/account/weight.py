"""/weight: for the protein range; a log of it only for who switches one on. Always optional, never judged."""

import re
from typing import Final

from coach.buttons.actions import Change, ConfirmWeight, ForgetWeight, PickUnits
from coach.buttons.measurements import EraseWeightLog, KeepWeightLog, ShowChart, TakeBackWeight, WeighIn
from coach.parsing.measurements import MeasurementKind
from coach.parsing.normalise import NUMBER, number, plain
from coach.parsing.vocabulary import NO_WORDS
from coach.parsing.weight import parse_weight, read_weight, show_weight, unusual
from coach.profile import PromptKind, Units
from coach.user_errors import StaleButton, UnitsNotUnderstood, UserError, WeightUnitMissing
from content.rendering.keyboards import Button
from db.queries import measurements
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.training.today import today_of

MOST_TENTHS: Final = 10_000  # of a kilogram, pound or stone: what is more is no weight in any of them


def weight(turn: Turn, words: str) -> None:
    """Show the stored weight, or take the one written behind the command."""
    user = turn.user
    if words:
        answer(turn, words)
    elif user.weight_kg is None or user.weighs_in is None:
        setup.open_question(turn, PromptKind.WEIGHT if user.weighs_in else PromptKind.UNITS)
    else:
        rows = [[Button("change", Change(PromptKind.WEIGHT)), Button("units", Change(PromptKind.UNITS))],
                [_log_button(turn), Button("forget_weight", ForgetWeight())]]  # fmt: skip
        turn.reply("weight/shown", rows, weight=show_weight(user.weight_kg, user.weighs_in))


def answer(turn: Turn, text: str) -> None:
    """Take a weight; an unusual one is asked again before it is kept."""
    try:
        kilograms, unit = read_weight(text, turn.user.weighs_in, turn.language.vocabulary)
    except WeightUnitMissing:
        _ask_unit(turn, text)
        return
    if turn.user.weighs_in is None:
        turn.user.units = unit
    if unusual(kilograms):
        tenths = round(kilograms * 10)
        rows = [[Button("weight_yes", ConfirmWeight(tenths))]]
        turn.ask(
            PromptKind.WEIGHT,
            "weight/sure",
            rows,
            weight=show_weight(tenths / 10, turn.user.weighs_in or Units.KILOGRAMS),
        )
    else:
        _save(turn, kilograms)


def answer_units(turn: Turn, text: str) -> None:
    """Take units in words; a weight with its unit answers both questions at once."""
    known = turn.language.vocabulary.units
    for unit in Units:
        if text.strip().casefold() in known.weights.get(unit, NO_WORDS) | known.systems.get(unit, NO_WORDS):
            pick_units(turn, PickUnits(unit))
            return
    try:
        parse_weight(text, None, turn.language.vocabulary)
    except WeightUnitMissing:
        _ask_unit(turn, text)
        return
    except UserError:
        raise UnitsNotUnderstood from None
    if turn.user.setup_prompt is PromptKind.UNITS:
        turn.user.setup_step = PromptKind.WEIGHT
    turn.user.units = None
    answer(turn, text)


def weigh_in(turn: Turn, action: WeighIn) -> None:
    """Take the weight that was typed, in these units, which are the person's from then on."""
    if turn.user.prompt is not PromptKind.UNITS:
        raise StaleButton
    if turn.user.setup_prompt is PromptKind.UNITS:
        turn.user.setup_step = PromptKind.WEIGHT
    turn.user.units = action.units
    answer(turn, str(action.tenths / 10))


def pick_units(turn: Turn, action: PickUnits) -> None:
    """Weigh in these units, and ask for the weight where none is stored."""
    if turn.user.prompt is not PromptKind.UNITS:
        raise StaleButton
    turn.user.units = action.units
    if setup.answered(turn, PromptKind.UNITS):
        return
    if turn.user.weight_kg is None:
        setup.open_question(turn, PromptKind.WEIGHT)
    else:
        turn.reply("weight/saved", setup.way_on(turn), weight=show_weight(turn.user.weight_kg, action.units))


def confirm(turn: Turn, action: ConfirmWeight) -> None:
    """Yes, that unusual weight is meant."""
    if turn.user.prompt is not PromptKind.WEIGHT:
        raise StaleButton
    _save(turn, parse_weight(str(action.tenths / 10), Units.KILOGRAMS, turn.language.vocabulary))


def forget(turn: Turn, _action: ForgetWeight) -> None:
    """Erase the stored weight, its log included."""
    setup.leave(turn)
    turn.user.weight_kg, turn.user.weight_log = None, False
    measurements.erase(turn.session, turn.user, MeasurementKind.WEIGHT)
    turn.reply("weight/forgotten")


def keep_log(turn: Turn, action: KeepWeightLog) -> None:
    """Keep each weight from now on with its date, or no longer."""
    if action.on not in (0, 1):
        raise StaleButton
    turn.user.weight_log = bool(action.on)
    if action.on:
        turn.reply("weight/log_on", [[_log_button(turn)]])
        return
    kept = MeasurementKind.WEIGHT in measurements.kinds(turn.session, turn.user)
    erase = [Button("weight_log_erase", EraseWeightLog())] if kept else []
    turn.reply("weight/log_off", [erase], kept=kept)


def erase_log(turn: Turn, _action: EraseWeightLog) -> None:
    """Erase the log; the weight itself stays for the protein range."""
    measurements.erase(turn.session, turn.user, MeasurementKind.WEIGHT)
    turn.reply("weight/log_erased")


def take_back(turn: Turn, action: TakeBackWeight) -> None:
    """Have the weight stored again that was before a slip."""
    if not measurements.take_back(turn.session, turn.user, MeasurementKind.WEIGHT, action.day):
        raise StaleButton
    words = turn.language.vocabulary
    before = parse_weight(str(action.before / 100), Units.KILOGRAMS, words) if action.before else None
    turn.user.weight_kg = before
    turn.reply("weight/taken_back", weight=before and show_weight(before, turn.user.weighs_in or Units.KILOGRAMS))


def _save(turn: Turn, kilograms: float) -> None:
    user, today = turn.user, today_of(turn)
    before, user.weight_kg = user.weight_kg, round(kilograms, 2)
    if user.weight_log:
        measurements.log(turn.session, user, MeasurementKind.WEIGHT, {None: user.weight_kg}, today, turn.now)
    if setup.answered(turn, PromptKind.WEIGHT):
        return
    shown = show_weight(kilograms, user.weighs_in or Units.KILOGRAMS)
    if user.weight_log:
        slip = TakeBackWeight(today, round((before or 0) * 100))
        rows = [
            [Button("take_back", slip), Button("show_chart", ShowChart(MeasurementKind.WEIGHT))],
            *setup.way_on(turn),
        ]
        turn.reply("weight/logged", rows, weight=shown)
    else:
        rows = [[_log_button(turn), Button("forget_weight", ForgetWeight())], *setup.way_on(turn)]
        turn.reply("weight/saved", rows, weight=shown)


def _ask_unit(turn: Turn, text: str) -> None:
    """Ask for the unit of a bare number, which the buttons hold."""
    typed = re.search(NUMBER, plain(text) or "")
    tenths = round(number(typed[0]) * 10) if typed else 0
    if not 0 < tenths < MOST_TENTHS:
        raise WeightUnitMissing
    units = [Button(f"units_{unit}", WeighIn(unit, tenths)) for unit in Units]
    turn.ask(PromptKind.UNITS, WeightUnitMissing.template, [units, *setup.skip_rows(turn, PromptKind.UNITS)])


def _log_button(turn: Turn) -> Button:
    if turn.user.weight_log:
        return Button("weight_log_off", KeepWeightLog(0))
    return Button("weight_log_on", KeepWeightLog(1))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "weight", weight)
    on_button(application, PickUnits, pick_units)
    on_button(application, WeighIn, weigh_in)
    on_button(application, ConfirmWeight, confirm)
    on_button(application, ForgetWeight, forget)
    on_button(application, KeepWeightLog, keep_log)
    on_button(application, EraseWeightLog, erase_log)
    on_button(application, TakeBackWeight, take_back)
