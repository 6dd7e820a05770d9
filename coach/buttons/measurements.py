"""The buttons of what is measured and eaten: protein, calves, heel raises, weight, and the pictures of them."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import CallbackData
from coach.heel_raises import Decade, Sex
from coach.number_goals import GoalKind
from coach.parsing.measurements import MeasurementKind
from coach.profile import Units


@dataclass(frozen=True)
class GirthIn(CallbackData):
    """The girths that were typed without a unit are in these units; `typed` has _ for spaces."""

    code = "girth-in"
    units: Units
    typed: str


@dataclass(frozen=True)
class WeighIn(CallbackData):
    """The weight that was typed without a unit, in tenths, is in these units."""

    code = "weigh-in"
    units: Units
    tenths: int


@dataclass(frozen=True)
class ShowProtein(CallbackData):
    """Show the protein range."""

    code = "protein"


@dataclass(frozen=True)
class AskProteinCheck(CallbackData):
    """Ask anew whether an exception applies."""

    code = "protein-ask"


@dataclass(frozen=True)
class AnswerProteinCheck(CallbackData):
    """None of the exceptions applies (1), or one does (0)."""

    code = "protein-check"
    clear: int


@dataclass(frozen=True)
class EatLess(CallbackData):
    """I eat less than I burn (1), or I do not (0)."""

    code = "eat-less"
    less: int


@dataclass(frozen=True)
class ShowPortions(CallbackData):
    """Show protein as food."""

    code = "portions"


@dataclass(frozen=True)
class KeepWeightLog(CallbackData):
    """Keep each weight with its date (1), or no longer (0)."""

    code = "weight-log"
    on: int


@dataclass(frozen=True)
class EraseWeightLog(CallbackData):
    """Erase the weights that were kept with their dates."""

    code = "weight-log-end"


@dataclass(frozen=True)
class TakeBackWeight(CallbackData):
    """That weight was a slip; `before` is the one stored before it, in hundredths of a kilogram, 0 for none."""

    code = "weight-back"
    day: date
    before: int


@dataclass(frozen=True)
class Measure(CallbackData):
    """Ask for calves or heel raises."""

    code = "measure"
    kind: MeasurementKind


@dataclass(frozen=True)
class PlayBeat(CallbackData):
    """Play me the beat of the heel-raise test."""

    code = "beat"


@dataclass(frozen=True)
class PickLegs(CallbackData):
    """That figure, in tenths, is of these legs: left, right or both."""

    code = "legs"
    kind: MeasurementKind
    tenths: int
    legs: str


@dataclass(frozen=True)
class TakeBack(CallbackData):
    """Take back the entry of a day: it was a slip."""

    code = "take-back"
    kind: MeasurementKind
    day: date


@dataclass(frozen=True)
class ShowProgress(CallbackData):
    """Show the weeks."""

    code = "progress"


@dataclass(frozen=True)
class ShowChart(CallbackData):
    """Show a line of what was measured."""

    code = "chart"
    kind: MeasurementKind


@dataclass(frozen=True)
class AskGoal(CallbackData):
    """Ask for a figure to reach."""

    code = "goal-ask"
    kind: GoalKind


@dataclass(frozen=True)
class PickDecade(CallbackData):
    """I am of this decade."""

    code = "raises-age"
    decade: Decade


@dataclass(frozen=True)
class PickSex(CallbackData):
    """I am of this sex."""

    code = "raises-sex"
    sex: Sex


@dataclass(frozen=True)
class AskDecade(CallbackData):
    """Ask anew for age and sex."""

    code = "raises-ask"
