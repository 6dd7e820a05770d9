"""Requests that bring figures: body weight, the girth of the calves, heel raises."""

from typing import Final

from coach.buttons.account import Change
from coach.buttons.measurements import Measure, ShowChart
from coach.parsing.girth import bounded
from coach.parsing.measurements import MOST_RAISES, MeasurementKind, Side, parse_girths
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.weight import read_weight, show_weight, unusual
from coach.profile import PromptKind, Units
from coach.requests import Slots
from coach.user_errors import RaisesOutOfRange, UserError
from content.rendering.keyboards import Button
from content.understanding.meanings import NotAnAnswer, PromptAnswer, PromptCommand, Understood
from content.understanding.red_flags.told import Safety
from handlers.account import weight as weighing
from handlers.framework.turn import Turn
from handlers.prompts.weight import Weight, WeightPrompt
from handlers.questions import misses
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step
from handlers.training.measurements import heel_raises, measure

FAR: Final = 0.1  # of the weight that is known
MEASURING: Final = "log-calf"
"""The action of entries that are about the girth of the calves."""


def weight(turn: Turn, slots: Slots) -> Outcome:
    """Keep a weight, an unusual one once it is confirmed; show it where none was said. Raises WeightOutOfRange."""
    if slots.kg is None:
        weighing.weight(turn, "")
        return Step.SHOWN
    kilograms, unit = read_weight(f"{slots.kg:.1f}", Units.KILOGRAMS, turn.language.vocabulary)
    prompt, value = WeightPrompt(), Weight(kilograms, turn.user.weighs_in or unit)
    if unusual(kilograms) or _may_be_else(turn, kilograms):
        prompt.doubt(turn, value)
        return Step.ASKED
    turn.user.units = turn.user.units or unit
    prompt.store(turn, value)
    shown = show_weight(kilograms, turn.user.weighs_in or unit)
    change = Button("change", Change(PromptKind.WEIGHT))
    return Changed("requests/weight", {"weight": shown, "logged": turn.user.weight_log}, change)


def _may_be_else(turn: Turn, kilograms: float) -> bool:
    """Say whether a bare figure far from the weight that is known may be something else: "i'm 71 by the way"."""
    known, heard = turn.user.weight_kg, answering.heard(turn, turn.written)
    if known is None or abs(kilograms - known) <= FAR * known or find_written_weights(heard.said, heard.words):
        return False
    return not find_phrases(heard.said, turn.language.person_words.weighed)


def girth(turn: Turn, slots: Slots) -> Outcome:
    """Note the girth of the calves; ask for it where none was said. Raises GirthOutOfRange."""
    said = {Side.LEFT: slots.left_cm, Side.RIGHT: slots.right_cm}
    values = {side: bounded(value, turn.user.weighs_in or Units.KILOGRAMS) for side, value in said.items() if value}
    return _noted(turn, MeasurementKind.GIRTH, values)


def ask_leg(turn: Turn, understood: Understood) -> bool:
    """Ask of which leg a girth is that stands alone behind an entry about measuring: "36"; return whether it does."""
    entry = turn.language.entries.get(turn.shown_entry or "")
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
    if entry is None or entry.action != MEASURING or "?" in turn.written:
        return False
    try:
        found = parse_girths(turn.written, turn.user.weighs_in or Units.KILOGRAMS, turn.language.vocabulary)
    except UserError:
        return False
    if set(found) != {None}:
        return False
    misses.understood(turn)
    measure.GirthPrompt().take(turn, found)
    return True


def raises(turn: Turn, slots: Slots) -> Outcome:
    """Note a heel-raise test; say how it goes where no figure was said. Raises RaisesOutOfRange."""
    said = {Side.LEFT: slots.left, Side.RIGHT: slots.right}
    values = {side: float(count) for side, count in said.items() if count is not None}
    if any(not 0 <= count <= MOST_RAISES for count in values.values()):
        raise RaisesOutOfRange(most=MOST_RAISES)
    return _noted(turn, MeasurementKind.RAISES, values)


def _noted(turn: Turn, kind: MeasurementKind, values: dict[Side, float]) -> Outcome:
    if not values:
        measure.measure(turn, Measure(kind))
        return Step.ASKED
    shown = measure.note(turn, kind, values)
    if kind is MeasurementKind.RAISES:
        heel_raises.follow(turn)
    return Changed("measure/logged", shown, Button("change", Measure(kind)), [[Button("show_chart", ShowChart(kind))]])
