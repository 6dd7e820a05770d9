"""The planner's outputs: a week of days, why each is as it is, what was dropped; or no plan, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coach.profile import SessionKind


class WeekNote(StrEnum):
    """Something special about a week; the messages say it once."""

    EVENT_WEEK = "event-week"
    EASIER_WEEK = "easier-week"
    RETURNING = "returning"
    REALIGNED = "realigned"
    HELD = "held"
    LOWERED = "lowered"
    PAIN_REDUCED = "pain-reduced"
    PAIN_STOPPED = "pain-stopped"
    PAUSED = "paused"
    MOVED = "moved"
    UNSAFE_PIN = "unsafe-pin"
    BEYOND_STEP = "beyond-step"
    WAY_BACK = "way-back"


EASED: Final = frozenset({WeekNote.EASIER_WEEK, WeekNote.EVENT_WEEK})
"""Notes of weeks with about half the usual volume: every fifth, and the one before an event."""


class Why(StrEnum):
    """The reason for a day: the key of one sentence."""

    DONE = "done"
    PAST = "past"
    NOT_STARTED = "not-started"
    PAUSED = "paused"
    PAIN = "pain"
    WAY_BACK = "way-back"
    RETURNING = "returning"
    REALIGNED = "realigned"
    MOVED = "moved"
    CHOSEN = "chosen"
    LOWERED = "lowered"
    HELD = "held"
    EASIER_WEEK = "easier-week"
    EVENT_WEEK = "event-week"
    EVENT = "event"
    EVENT_EVE = "event-eve"
    CALVES = "calves"
    LEGS = "legs"
    LEARN_TO_RUN = "learn-to-run"
    WITHOUT_A_WALK = "without-a-walk"
    SPEED = "speed"
    HILLS = "hills"
    LONG_RUN = "long-run"
    EASY_AFTER_HARD = "easy-after-hard"
    EASY_BASE = "easy-base"
    REST_AFTER_HARD = "rest-after-hard"
    REST_BEFORE_HARD = "rest-before-hard"
    REST_NOT_FREE = "rest-not-free"
    REST = "rest"


class Target(StrEnum):
    """An aim of a week."""

    EASY = "easy"
    LONG_RUN = "long-run"
    LEGS_TWICE = "legs-twice"
    INTERVALS = "intervals"
    CALF_SETS = "calf-sets"


class DropReason(StrEnum):
    """The reason for dropping a target."""

    DAYS = "days"
    MISSED = "missed"
    PAUSED = "paused"
    STARTED_LATE = "started-late"
    SPACING = "spacing"
    MINUTES = "minutes"
    NOT_YET = "not-yet"
    EASIER_WEEK = "easier-week"
    EVENT = "event"
    RETURNING = "returning"
    REALIGNED = "realigned"
    PAIN = "pain"
    WAY_BACK = "way-back"


class Refusal(StrEnum):
    """The reason for no plan, only general content and the advice to ask a professional (evidence.md C1, C3)."""

    ASK_FIRST = "ask-first"
    ASK_AGAIN = "ask-again"
    SOMETHING_APPLIES = "something-applies"


DROP_ORDER: Final = (Target.EASY, Target.LONG_RUN, Target.LEGS_TWICE, Target.INTERVALS, Target.CALF_SETS)
DROP_ORDER_HEALTHY: Final = (Target.LEGS_TWICE, Target.EASY, Target.LONG_RUN, Target.INTERVALS, Target.CALF_SETS)
DROP_ORDER_RUNNING: Final = (Target.LEGS_TWICE, Target.EASY, Target.LONG_RUN, Target.CALF_SETS, Target.INTERVALS)
DROP_ORDER_DISTANCE: Final = (Target.LEGS_TWICE, Target.EASY, Target.INTERVALS, Target.CALF_SETS, Target.LONG_RUN)
"""The order of dropping where days are few: for most people; for who wants to stay healthy and named neither calves nor
legs; with only running goals; with distance the only goal. But for most a second run comes before a second day of
strength."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day as the planner plans it: the slug of its workout in `content/`, how much of it, and why."""

    day: date
    kind: SessionKind
    workout: str
    rounds: int | None  # where it has any
    why: Why
    minutes: int  # the whole session, warm-up and cool-down included
    percent: int | None = None  # of effort, in sprints and hills
    calf_sets: int = 0
    leg_sets: int = 0
    run_minutes: int = 0  # without a break
    step: int | None = None  # of the ladder of its workout
    open: bool = True  # may still change; False for a day that is past or done


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """Seven days from Monday, what is special about them, and which targets were dropped."""

    number: int
    days: tuple[PlannedDay, ...]
    notes: frozenset[WeekNote]
    dropped: dict[Target, DropReason]
    calf_sets_aim: int
    drop_order: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """There is no plan for this person."""

    reason: Refusal
