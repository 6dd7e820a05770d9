"""Every button the coach shows, typed: packed into Telegram's 64 bytes and parsed back, forged data included.

A packed action is its code and its fields joined by colons, `units:kg`. A field is a word of a small alphabet, a whole
number, a date or a member of an enumeration.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, get_type_hints

from coach.profile import Awaiting, Goal, SkipReason, Units
from coach.training import AgeGroup, Equipment, Experience

MAX_BYTES: Final = 64
_WORD: Final = re.compile(r"[A-Za-z0-9_/+.-]{1,48}", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class Action:
    """What pressing a button asks for; every subclass has a `code` of its own."""

    code: ClassVar[str] = ""

    def pack(self) -> str:
        """Return the callback data. Raises ValueError where it would not parse back or exceeds 64 bytes."""
        data = ":".join([self.code, *(_written(getattr(self, field.name)) for field in fields(self))])
        if len(data.encode()) > MAX_BYTES or parse(data) != self:
            raise ValueError(f"cannot be packed: {self!r}")
        return data


# Setting up and settings


@dataclass(frozen=True)
class BeginSetup(Action):
    """Start, or take up again, the questions of the first two minutes."""

    code = "setup"


@dataclass(frozen=True)
class JustAsk(Action):
    """Leave the questions for later and ask something."""

    code = "just-ask"


@dataclass(frozen=True)
class SkipStep(Action):
    """Leave one question of the set-up unanswered."""

    code = "skip-step"
    step: Awaiting


@dataclass(frozen=True)
class PickUnits(Action):
    """Weigh in these units."""

    code = "units"
    units: Units


@dataclass(frozen=True)
class ConfirmWeight(Action):
    """Yes, that unusual weight is meant; in tenths of a kilogram."""

    code = "weight-yes"
    tenths: int


@dataclass(frozen=True)
class ToggleGoal(Action):
    """Add a goal, or take it away."""

    code = "goal"
    goal: Goal


@dataclass(frozen=True)
class GoalsChosen(Action):
    """That is all I am after."""

    code = "goals-done"


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
class PickZone(Action):
    """Live by the clock of this IANA zone."""

    code = "zone"
    zone: str


@dataclass(frozen=True)
class PickTime(Action):
    """Remind me at this local time, written 0700."""

    code = "time"
    hhmm: str


@dataclass(frozen=True)
class Change(Action):
    """Change one answer of the set-up."""

    code = "change"
    step: Awaiting


@dataclass(frozen=True)
class ForgetWeight(Action):
    """Erase the stored weight."""

    code = "weight-forget"


@dataclass(frozen=True)
class ShowSettings(Action):
    """Show what is stored, with a button to change each."""

    code = "settings"


@dataclass(frozen=True)
class SwitchReminders(Action):
    """Turn the daily reminder on (1) or off (0)."""

    code = "remind"
    on: int


@dataclass(frozen=True)
class Pause(Action):
    """Send no reminders for so many days; 0 until I say so."""

    code = "pause"
    days: int


@dataclass(frozen=True)
class Resume(Action):
    """Send reminders again."""

    code = "resume"


@dataclass(frozen=True)
class Dismiss(Action):
    """Leave everything as it is."""

    code = "dismiss"


@dataclass(frozen=True)
class EraseEverything(Action):
    """Delete all that is stored about me."""

    code = "erase"


# Questions and answers


@dataclass(frozen=True)
class ShowCategories(Action):
    """Show the list of subjects."""

    code = "faq"


@dataclass(frozen=True)
class ShowCategory(Action):
    """Show one page of a subject's questions; pages count from 0."""

    code = "cat"
    category: str
    page: int


@dataclass(frozen=True)
class ShowEntry(Action):
    """Show an answer."""

    code = "ask"
    entry: str


@dataclass(frozen=True)
class Helpful(Action):
    """That answer helped; `question` as in NotIt."""

    code = "helped"
    entry: str
    question: int


@dataclass(frozen=True)
class NotIt(Action):
    """That is not what I asked; `question` is the row of the question asked, 0 where the entry was browsed."""

    code = "not-it"
    entry: str
    question: int


@dataclass(frozen=True)
class SendToCurators(Action):
    """None of these: keep my question for the people who write the answers."""

    code = "curators"
    question: int


@dataclass(frozen=True)
class TellMe(Action):
    """Tell me once when there is an answer to this question."""

    code = "tell-me"
    question: int


@dataclass(frozen=True)
class NoNews(Action):
    """Pass it on, but do not tell me."""

    code = "no-news"
    question: int


@dataclass(frozen=True)
class PickEntry(Action):
    """Show this answer to my question, out of several that were suggested."""

    code = "pick"
    entry: str
    question: int


@dataclass(frozen=True)
class TakeOffer(Action):
    """Do what the answer offers: see my day, pause, …"""

    code = "offer"
    entry: str


@dataclass(frozen=True)
class ShowMoves(Action):
    """List the exercises that the answer names."""

    code = "moves"
    entry: str


# The curators


@dataclass(frozen=True)
class ShowOpen(Action):
    """Show one group of questions without an answer; pages count from 0."""

    code = "open"
    page: int


@dataclass(frozen=True)
class ShowAsked(Action):
    """Show the group that this question belongs to."""

    code = "asked"
    question: int


@dataclass(frozen=True)
class WriteEntry(Action):
    """Show what a new entry for this group would begin with."""

    code = "write"
    question: int


@dataclass(frozen=True)
class ChooseAnswer(Action):
    """Show entries that may answer this group already."""

    code = "choose"
    question: int


@dataclass(frozen=True)
class AnsweredBy(Action):
    """This entry answers the group; who waits is told."""

    code = "by"
    entry: str
    question: int


@dataclass(frozen=True)
class DropAsked(Action):
    """This group needs no answer."""

    code = "drop"
    question: int


# Exercises


@dataclass(frozen=True)
class ShowExercises(Action):
    """Show the list of exercises."""

    code = "exercises"


@dataclass(frozen=True)
class ShowExercise(Action):
    """Show one exercise."""

    code = "exercise"
    exercise: str


# The day


@dataclass(frozen=True)
class ShowToday(Action):
    """Show the session of the person's today."""

    code = "today"


@dataclass(frozen=True)
class ShowSession(Action):
    """Show the session of a date."""

    code = "session"
    day: date


@dataclass(frozen=True)
class StartToday(Action):
    """Begin the plan today instead of on the day of the first reminder."""

    code = "start-today"


@dataclass(frozen=True)
class MarkDone(Action):
    """That day's session is done."""

    code = "done"
    day: date


@dataclass(frozen=True)
class MarkSkipped(Action):
    """That day's session will not happen."""

    code = "skip"
    day: date


@dataclass(frozen=True)
class MarkPlanned(Action):
    """Take back Done or Skip."""

    code = "undo"
    day: date


@dataclass(frozen=True)
class Later(Action):
    """Ask when to be reminded again of that day's session."""

    code = "later"
    day: date


@dataclass(frozen=True)
class Snooze(Action):
    """Remind me of that day's session again in so many minutes."""

    code = "snooze"
    day: date
    minutes: int


@dataclass(frozen=True)
class SnoozeTonight(Action):
    """Remind me of that day's session this evening."""

    code = "tonight"
    day: date


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


# The week


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


EVERY: Final = tuple(Action.__subclasses__())
_BY_CODE: Final = {action.code: action for action in EVERY}


def parse(data: str) -> Action | None:
    """Return the action that `data` packs, or None for anything unknown, old or forged."""
    code, *parts = data.split(":")
    action = _BY_CODE.get(code)
    if action is None:
        return None
    hints = get_type_hints(action)
    names = [field.name for field in fields(action)]
    if len(parts) != len(names):
        return None
    try:
        return action(*(_read(part, hints[name]) for part, name in zip(parts, names, strict=True)))
    except ValueError:
        return None


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(part: str, kind: type) -> object:
    if issubclass(kind, StrEnum):
        return kind(part)
    if kind is int and _NUMBER.fullmatch(part):
        return int(part)
    if kind is date and len(part) == len("2026-01-31"):
        return date.fromisoformat(part)
    if kind is str and _WORD.fullmatch(part):
        return part
    raise ValueError(part)
