"""The buttons of the first two minutes: what a person is after, weighs, and when and where they live."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData
from coach.profile import Goal, Units


@dataclass(frozen=True)
class BeginSetup(CallbackData):
    """Start, or take up again, the questions of the first two minutes."""

    code = "setup"


@dataclass(frozen=True)
class JustAsk(CallbackData):
    """Leave the questions for later and ask something."""

    code = "just-ask"


@dataclass(frozen=True)
class SkipStep(CallbackData):
    """Leave one question of the set-up unanswered."""

    code = "skip-step"
    step: str  # the kind of a prompt


@dataclass(frozen=True)
class PickUnits(CallbackData):
    """Weigh in these units."""

    code = "units"
    units: Units


@dataclass(frozen=True)
class ConfirmWeight(CallbackData):
    """Yes, that unusual weight is meant; in tenths of a kilogram."""

    code = "weight-yes"
    tenths: int


@dataclass(frozen=True)
class ToggleGoal(CallbackData):
    """Add a goal, or take it away."""

    code = "goal"
    goal: Goal


@dataclass(frozen=True)
class GoalsChosen(CallbackData):
    """That is all I am after."""

    code = "goals-done"


@dataclass(frozen=True)
class PickZone(CallbackData):
    """Live by the clock of this IANA zone."""

    code = "zone"
    zone: str


@dataclass(frozen=True)
class PickTime(CallbackData):
    """Remind me at this local time, written 0700."""

    code = "time"
    hhmm: str
