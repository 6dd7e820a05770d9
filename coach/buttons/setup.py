"""The buttons of the first two minutes and of the if–then plan behind them: what a person is after, when and where."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData
from coach.if_then import Anchor, Coping, Obstacle
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


@dataclass(frozen=True)
class PickAnchor(CallbackData):
    """Train after this."""

    code = "anchor"
    anchor: Anchor


@dataclass(frozen=True)
class PickObstacle(CallbackData):
    """This gets in the way."""

    code = "obstacle"
    obstacle: Obstacle


@dataclass(frozen=True)
class PickCoping(CallbackData):
    """Then I do this."""

    code = "coping"
    coping: Coping


@dataclass(frozen=True)
class PickFallback(CallbackData):
    """My second moment is at this local time, written 1830."""

    code = "fallback"
    hhmm: str


@dataclass(frozen=True)
class LeaveOut(CallbackData):
    """Leave a part of the if–then plan out; what was said of it before goes."""

    code = "leave-out"
    part: str  # the kind of a prompt
