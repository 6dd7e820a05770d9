"""The units a person weighs in, and their weight: for the protein range, always optional."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.buttons.account import ForgetWeight
from coach.buttons.measurements import KeepWeightLog, ShowChart, TakeBackWeight, WeighIn
from coach.buttons.setup import ConfirmWeight, PickUnits
from coach.parsing.measurements import MeasurementKind
from coach.parsing.normalise import NUMBER, number, plain
from coach.parsing.weight import read_weight, show_weight, unusual
from coach.parsing.words import NO_WORDS
from coach.profile import PromptKind, Units
from coach.user_errors import AnswerNotUnderstood, UserError, WeightUnitMissing
from content.rendering.keyboards import Button, Row
from content.understanding.smalltalk.phrases import words_of
from db.queries.figures import measurements
from handlers.framework.application import CoachApplication
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import StoredPrompt
from handlers.training.today import today_of

MOST_TENTHS: Final = 10_000  # of a kilogram, pound or stone: what is more is no weight in any of them
UNIT_WORDS: Final = 3  # at most, of an answer that names a unit and no weight: "stones please"


@dataclass(frozen=True)
class Weight:
    """A weight in kilograms, and the unit it was given in."""

    kilograms: float
    unit: Units


@dataclass(frozen=True)
class BareNumber:
    """A weight in tenths of a unit that is still to be asked for."""

    tenths: int


class UnitsPrompt(StoredPrompt[Units | Weight | BareNumber]):
    """The units; a weight with its unit answers this question and the next at once."""

    kind = PromptKind.UNITS
    in_setup = True

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each unit."""
        return [[Button(f"units_{unit}", PickUnits(unit)) for unit in Units]]

    def read(self, turn: Turn, text: str) -> Units | Weight | BareNumber:
        """Take units in words, or a weight."""
        if (unit := _named(turn, text)) is not None:
            return unit
        try:
            return Weight(*read_weight(text, None, turn.language.vocabulary))
        except WeightUnitMissing:
            return _bare_number(text)
        except UserError:
            raise AnswerNotUnderstood(self.kind) from None

    def take(self, turn: Turn, value: Units | Weight | BareNumber) -> None:
        """Keep the units, or go on to the weight that was given."""
        match value:
            case Weight():
                self._weigh(turn, None, value)
            case BareNumber():
                _ask_unit(turn, value)
            case Units() if (weight := _typed_before(turn, value)) is not None:
                self._weigh(turn, value, weight)
            case _:
                super().take(turn, value)

    def store(self, turn: Turn, value: Units | Weight | BareNumber) -> None:
        """Keep the units."""
        if isinstance(value, Units):
            turn.user.units = value

    def saved(self, turn: Turn, value: Units | Weight | BareNumber) -> None:
        """Ask for the weight where none is stored."""
        if turn.user.weight_kg is None:
            turn.open_prompt(PromptKind.WEIGHT)
        else:
            shown = show_weight(turn.user.weight_kg, turn.user.weighs_in or Units.KILOGRAMS)
            turn.reply("weight/saved", setup.way_on(turn), weight=shown)

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the units."""
        return {"units": turn.user.weighs_in}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_pick(application, PickUnits, lambda action: action.units)
        self.on_open(application, WeighIn, self._weigh_in, completes=True)

    def _weigh_in(self, turn: Turn, action: WeighIn) -> None:
        """Take the weight that was typed, in these units, which are the person's from then on."""
        words = turn.language.vocabulary
        self._weigh(turn, action.units, Weight(*read_weight(str(action.tenths / 10), action.units, words)))

    def _weigh(self, turn: Turn, units: Units | None, weight: Weight) -> None:
        if turn.user.setup_prompt == self.kind:
            turn.user.setup_step = PromptKind.WEIGHT
        turn.user.units = units
        WeightPrompt().take(turn, weight)


class WeightPrompt(StoredPrompt[Weight | BareNumber]):
    """The weight; an unusual one is asked again before it is kept."""

    kind = PromptKind.WEIGHT
    in_setup = True
    summed_up_before = PromptKind.UNITS

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Return the units of the example."""
        return {"units": turn.user.weighs_in}

    def needs(self, turn: Turn) -> str | None:
        """Ask for the units first."""
        return PromptKind.UNITS if turn.user.weighs_in is None else None

    def read(self, turn: Turn, text: str) -> Weight | BareNumber:
        """Take a weight, in the person's units where it names none."""
        try:
            return Weight(*read_weight(text, turn.user.weighs_in, turn.language.vocabulary))
        except WeightUnitMissing:
            return _bare_number(text)

    def take(self, turn: Turn, value: Weight | BareNumber) -> None:
        """Keep it, or ask for its unit, or whether so unusual a weight is meant."""
        if isinstance(value, BareNumber):
            _ask_unit(turn, value)
            return
        if turn.user.weighs_in is None:
            turn.user.units = value.unit
        if unusual(value.kilograms):
            self.doubt(turn, value)
        else:
            self._keep(turn, value)

    def doubt(self, turn: Turn, value: Weight) -> None:
        """Ask whether this weight is meant."""
        tenths = round(value.kilograms * 10)
        rows = [[Button("weight_yes", ConfirmWeight(tenths))]]
        shown = show_weight(tenths / 10, turn.user.weighs_in or Units.KILOGRAMS)
        turn.ask(self.kind, "weight/sure", rows, weight=shown)

    def store(self, turn: Turn, value: Weight | BareNumber) -> None:
        """Keep it, with its date where a log is kept."""
        if isinstance(value, Weight):
            user = turn.user
            user.weight_kg = round(value.kilograms, 2)
            if user.weight_log:
                figures = {None: user.weight_kg}
                measurements.log(turn.session, user, MeasurementKind.WEIGHT, figures, today_of(turn), turn.now)

    def saved(self, turn: Turn, value: Weight | BareNumber) -> None:
        """Show the weight, and the way to its log."""
        rows = [[log_button(turn), Button("forget_weight", ForgetWeight())], *setup.way_on(turn)]
        turn.reply("weight/saved", rows, weight=_shown(turn, value))

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the weight as the person reads it."""
        user = turn.user
        return {"weight": show_weight(user.weight_kg, user.weighs_in) if user.weight_kg and user.weighs_in else None}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, ConfirmWeight, self._confirmed, completes=True)

    def _confirmed(self, turn: Turn, action: ConfirmWeight) -> None:
        self._keep(turn, Weight(*read_weight(str(action.tenths / 10), Units.KILOGRAMS, turn.language.vocabulary)))

    def _keep(self, turn: Turn, weight: Weight) -> None:
        before = turn.user.weight_kg
        self.store(turn, weight)
        slip = TakeBackWeight(today_of(turn), round((before or 0) * 100))
        if turn.user.setup_prompt == self.kind:
            self._echo(turn, weight, slip)
        if turn.advance_setup(self.kind):
            return
        if not turn.user.weight_log:
            self.saved(turn, weight)
            return
        rows = [[Button("take_back", slip), Button("show_chart", ShowChart(MeasurementKind.WEIGHT))]]
        turn.reply("weight/logged", [*rows, *setup.way_on(turn)], weight=_shown(turn, weight))

    @staticmethod
    def _echo(turn: Turn, weight: Weight, slip: TakeBackWeight) -> None:
        """Say which weight was taken, and go on below: the next question is a message of its own."""
        turn.reply("weight/noted", [[Button("undo", slip)]], weight=_shown(turn, weight))
        if turn.pressed_message_id is not None:
            turn.user.prompt_message_id = turn.pressed_message_id = None


def log_button(turn: Turn) -> Button:
    """Return the button that begins the log, or ends it."""
    if turn.user.weight_log:
        return Button("weight_log_off", KeepWeightLog(0))
    return Button("weight_log_on", KeepWeightLog(1))


def _shown(turn: Turn, value: Weight | BareNumber) -> str:
    assert isinstance(value, Weight), "a bare number is not kept"
    return show_weight(value.kilograms, turn.user.weighs_in or Units.KILOGRAMS)


def _named(turn: Turn, text: str) -> Units | None:
    """Return the one unit that a few words ask for: "stones please"."""
    words, said = turn.language.vocabulary, set(words_of(text))
    known = words.units
    named = [unit for unit in Units
             if not said.isdisjoint(known.weights.get(unit, NO_WORDS) | known.systems.get(unit, NO_WORDS))]  # fmt: skip
    few = len(said) <= UNIT_WORDS and said.isdisjoint(words.answers.negating | words.answers.deny)
    return named[0] if len(named) == 1 and few and not any(each.isdigit() for each in text) else None


def _bare_number(text: str) -> BareNumber:
    """Return the number of a text that lacks its unit. Raises WeightUnitMissing where it is no weight in any."""
    typed = re.search(NUMBER, plain(text) or "")
    tenths = round(number(typed[0]) * 10) if typed else 0
    if not 0 < tenths < MOST_TENTHS:
        raise WeightUnitMissing
    return BareNumber(tenths)


def _ask_unit(turn: Turn, bare: BareNumber) -> None:
    """Ask for the unit of a bare number, which is kept: the unit may be typed as well as tapped."""
    units = [Button(f"units_{unit}", WeighIn(unit, bare.tenths)) for unit in Units]
    turn.ask(PromptKind.UNITS, WeightUnitMissing.template, [units, *setup.skip_rows(turn, PromptKind.UNITS)])
    turn.user.awaiting_kind = str(bare.tenths)


def _typed_before(turn: Turn, units: Units) -> Weight | None:
    """Return the weight that was typed before its units were; None where there was none, or it is none in these."""
    tenths = turn.user.awaiting_kind or ""
    if not tenths.isdecimal():
        return None
    try:
        return Weight(*read_weight(str(int(tenths) / 10), units, turn.language.vocabulary))
    except UserError:
        return None
