"""The buttons of the week: what it is made from, its days, and how its sessions went."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import CallbackData
from coach.planning.inputs import AgeGroup, Equipment, Experience
from coach.profile import SkipReason


@dataclass(frozen=True)
class PickExperience(CallbackData):
    """That is how much I ran lately."""

    code = "experience"
    experience: Experience


@dataclass(frozen=True)
class ToggleDay(CallbackData):
    """Add an ISO weekday to the days for training, or take it away."""

    code = "weekday"
    weekday: int


@dataclass(frozen=True)
class DaysChosen(CallbackData):
    """Those are my days."""

    code = "days-done"


@dataclass(frozen=True)
class PickMinutes(CallbackData):
    """So long may a session take."""

    code = "minutes"
    minutes: int


@dataclass(frozen=True)
class PickLongest(CallbackData):
    """So many minutes was my longest run without a break; 0: I do not know."""

    code = "longest"
    minutes: int


@dataclass(frozen=True)
class ToggleEquipment(CallbackData):
    """Add something to train with, or take it away."""

    code = "equipment"
    equipment: Equipment


@dataclass(frozen=True)
class EquipmentChosen(CallbackData):
    """That is what I have."""

    code = "equipment-done"


@dataclass(frozen=True)
class AnswerCheck(CallbackData):
    """None of the quick check's lines applies (1), or something does (0)."""

    code = "check"
    clear: int


@dataclass(frozen=True)
class PickAge(CallbackData):
    """I am of this age."""

    code = "age"
    age: AgeGroup


@dataclass(frozen=True)
class StartSession(CallbackData):
    """Say how much it hurts before that day's session; hard ones begin with it."""

    code = "begin"
    day: date


@dataclass(frozen=True)
class ReportPain(CallbackData):
    """So much pain, 0–10, before that day's session."""

    code = "pain"
    day: date
    pain: int


@dataclass(frozen=True)
class TakeBackPain(CallbackData):
    """That was not the pain I meant."""

    code = "pain-undo"
    day: date


@dataclass(frozen=True)
class RateEffort(CallbackData):
    """So hard was that day's session, 1–10."""

    code = "effort"
    day: date
    effort: int


@dataclass(frozen=True)
class AddNote(CallbackData):
    """Write a line about that day's session."""

    code = "note"
    day: date


@dataclass(frozen=True)
class SkipBecause(CallbackData):
    """Reason why that day's session was skipped."""

    code = "skip-why"
    day: date
    reason: SkipReason


@dataclass(frozen=True)
class ShowWeek(CallbackData):
    """Show this week (0) or the next (1)."""

    code = "week"
    ahead: int


@dataclass(frozen=True)
class ShowDay(CallbackData):
    """Show one day of the week, and what can be changed about it."""

    code = "day"
    day: date


@dataclass(frozen=True)
class MoveDay(CallbackData):
    """Ask where that day's session should go."""

    code = "move"
    day: date


@dataclass(frozen=True)
class MoveTo(CallbackData):
    """Let two days change places."""

    code = "move-to"
    day: date
    other: date


@dataclass(frozen=True)
class SwapDay(CallbackData):
    """Ask what that day's session should be instead."""

    code = "swap"
    day: date


@dataclass(frozen=True)
class SwapFor(CallbackData):
    """Let that day's session be this workout."""

    code = "swap-for"
    day: date
    workout: str


@dataclass(frozen=True)
class AddCalfRaises(CallbackData):
    """Put calf work into my week."""

    code = "calf-raises"


@dataclass(frozen=True)
class AskEvent(CallbackData):
    """Ask for a date to train for."""

    code = "event-ask"


@dataclass(frozen=True)
class ShowBlocks(CallbackData):
    """Show the weeks until the date."""

    code = "blocks"


@dataclass(frozen=True)
class ShrinkWeek(CallbackData):
    """Keep two sessions of the next seven days; offered on this day."""

    code = "shrink"
    day: date
