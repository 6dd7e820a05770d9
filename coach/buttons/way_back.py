"""The buttons of the way back after a strain or a break."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import CallbackData
from coach.planning.way_back.ladder import BackAnswer, BackReason


@dataclass(frozen=True)
class ShowWayBack(CallbackData):
    """Show the ladder, and where I stand on it."""

    code = "way-back"


@dataclass(frozen=True)
class ReadWayBack(CallbackData):
    """Show what comes first after this."""

    code = "way-back-why"
    reason: BackReason


@dataclass(frozen=True)
class BeginWayBack(CallbackData):
    """Nothing of that list fits: begin."""

    code = "way-back-go"
    reason: BackReason


@dataclass(frozen=True)
class LeaveWayBack(CallbackData):
    """Go on with the ordinary plan."""

    code = "way-back-end"


@dataclass(frozen=True)
class AnswerStep(CallbackData):
    """That is how the session of that day went."""

    code = "step"
    day: date
    answer: BackAnswer
