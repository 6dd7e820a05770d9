"""The buttons of what is measured and eaten: protein, calves, heel raises, weight, and the pictures of them."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import Action
from coach.parsing.measurements import Kind
from coach.profile import Units


@dataclass(frozen=True)
class GirthIn(Action):
    """The girths that were typed without a unit are in these units; `typed` has _ for spaces."""

    code = "girth-in"
    units: Units
    typed: str


@dataclass(frozen=True)
class WeighIn(Action):
    """The weight that was typed without a unit, in tenths, is in these units."""

    code = "weigh-in"
    units: Units
    tenths: int


@dataclass(frozen=True)
class ShowProtein(Action):
    """Show the protein range."""

    code = "protein"


@dataclass(frozen=True)
class AskProteinCheck(Action):
    """Ask anew whether an exception applies."""

    code = "protein-ask"


@dataclass(frozen=True)
class AnswerProteinCheck(Action):
    """None of the exceptions applies (1), or one does (0)."""

    code = "protein-check"
    clear: int


@dataclass(frozen=True)
class EatLess(Action):
    """I eat less than I burn (1), or I do not (0)."""

    code = "eat-less"
    less: int


@dataclass(frozen=True)
class ShowPortions(Action):
    """Show protein as food."""

    code = "portions"


@dataclass(frozen=True)
class KeepWeightLog(Action):
    """Keep each weight with its date (1), or no longer (0)."""

    code = "weight-log"
    on: int


@dataclass(frozen=True)
class EraseWeightLog(Action):
    """Erase the weights that were kept with their dates."""

    code = "weight-log-end"


@dataclass(frozen=True)
class TakeBackWeight(Action):
    """That weight was a slip; `before` is the one stored before it, in hundredths of a kilogram, 0 for none."""

    code = "weight-back"
    day: date
    before: int


@dataclass(frozen=True)
class Measure(Action):
    """Ask for calves or heel raises."""

    code = "measure"
    kind: Kind


@dataclass(frozen=True)
class PickLegs(Action):
    """That figure, in tenths, is of these legs: left, right or both."""

    code = "legs"
    kind: Kind
    tenths: int
    legs: str


@dataclass(frozen=True)
class TakeBack(Action):
    """What was noted for that day was a slip."""

    code = "take-back"
    kind: Kind
    day: date


@dataclass(frozen=True)
class ShowProgress(Action):
    """Show the weeks."""

    code = "progress"


@dataclass(frozen=True)
class ShowChart(Action):
    """Show a line of what was measured."""

    code = "chart"
    kind: Kind
