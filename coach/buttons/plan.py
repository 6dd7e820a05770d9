"""The buttons of the week: what it is made from, its days, and how its sessions went."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import Action
from coach.planning.inputs import AgeGroup, Equipment, Experience
from coach.profile import SkipReason


@dataclass(frozen=True)
class PickExperience(Action):
    """That is how much I ran lately."""

    code = "experience"
    experience: Experience


@dataclass(frozen=True)
class ToggleDay(Action):
    """Add an ISO weekday to the days for training, or take it away."""

    code = "weekday"
    weekday: int


@dataclass(frozen=True)
class DaysChosen(Action):
    """Those are my days."""

    code = "days-done"


@dataclass(frozen=True)
class PickMinutes(Action):
    """So long may a session take."""

    code = "minutes"
    minutes: int


@dataclass(frozen=True)
class PickLongest(Action):
    """So many minutes was my longest run without a break; 0: I do not know."""

    code = "longest"
    minutes: int


@dataclass(frozen=True)
class ToggleEquipment(Action):
    """Add something to train with, or take it away."""

    code = "equipment"
    equipment: Equipment


@dataclass(frozen=True)
class EquipmentChosen(Action):
    """That is what I have."""

    code = "equipment-done"


@dataclass(frozen=True)
class AnswerCheck(Action):
    """None of the quick check's lines applies (1), or something does (0)."""

    code = "check"
    clear: int


@dataclass(frozen=True)
class PickAge(Action):
    """I am of this age."""

    code = "age"
    age: AgeGroup


@dataclass(frozen=True)
class StartSession(Action):
    """Say how much it hurts before that day's session; hard ones begin with it."""

    code = "begin"
    day: date


@dataclass(frozen=True)
class ReportPain(Action):
    """So much pain, 0–10, before that day's session."""

    code = "pain"
    day: date
    pain: int


@dataclass(frozen=True)
class TakeBackPain(Action):
    """That was not the pain I meant."""

    code = "pain-undo"
    day: date


@dataclass(frozen=True)
class RateEffort(Action):
    """So hard was that day's session, 1–10."""

    code = "effort"
    day: date
    effort: int


@dataclass(frozen=True)
class AddNote(Action):
    """Write a line about that day's session."""

    code = "note"
    day: date


@dataclass(frozen=True)
class SkipBecause(Action):
    """Why that day's session was skipped."""

    code = "skip-why"
    day: date
    reason: SkipReason


@dataclass(frozen=True)
class ShowWeek(Action):
    """Show this week (0) or the next (1)."""

    code = "week"
    ahead: int


@dataclass(frozen=True)
class ShowDay(Action):
    """Show one day of the week, and what can be changed about it."""

    code = "day"
    day: date


@dataclass(frozen=True)
class MoveDay(Action):
    """Ask where that day's session should go."""

    code = "move"
    day: date


@dataclass(frozen=True)
class MoveTo(Action):
    """Let two days change places."""

    code = "move-to"
    day: date
    other: date


@dataclass(frozen=True)
class SwapDay(Action):
    """Ask what that day's session should be instead."""

    code = "swap"
    day: date


@dataclass(frozen=True)
class SwapFor(Action):
    """Let that day's session be this workout."""

    code = "swap-for"
    day: date
    workout: str


@dataclass(frozen=True)
class AddCalfRaises(Action):
    """Put calf work into my week."""

    code = "calf-raises"
