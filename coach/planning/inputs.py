"""The planner's inputs: who the person is, what they did, when they pause. Values, filled from rows by callers."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol, Self

from coach.planning.way_back.ladder import BackReason, WayBack
from coach.profile import Goal, SessionStatus

EVERY_WEEKDAY: Final = frozenset(range(1, 8))
DEFAULT_MINUTES: Final = 30
"""The minutes that a session may take where nobody said."""

LEAST_MINUTES: Final = 20
"""The shortest session there is: the warm-up before something fast whole, two rounds, and the cool-down."""


class Experience(StrEnum):
    """Experience by the weeks of the last six with two runs or more: 0–3, 4–5, all six.

    Rows from before 2026-12 were told by the last eight: 0–2, 3–6, 7–8.
    """

    NEW = "new"
    REGULAR = "regular"
    EXPERIENCED = "experienced"


class Equipment(StrEnum):
    """Things to train with."""

    STEP = "step"
    DUMBBELLS = "dumbbells"
    BARBELL = "barbell"
    TREADMILL = "treadmill"
    HILL = "hill"


class AgeGroup(StrEnum):
    """Ages that change what is planned: a slower build from 50 (B42). Under 18 something applies in the quick check."""

    ADULT = "adult"
    FIFTY_PLUS = "fifty-plus"


class Screening(StrEnum):
    """The outcome of the quick health check (evidence.md C1)."""

    NOT_ASKED = "not-asked"
    CLEAR = "clear"
    SOMETHING_APPLIES = "something-applies"


class PauseReason(StrEnum):
    """The reason for a pause."""

    SICK = "sick"
    INJURED = "injured"
    TRAVEL = "travel"
    OTHER = "other"


class Answers(Protocol):
    """Answers of a person, as they are stored; None where nothing was said."""

    plan_start: date | None
    experience: str | None
    screening: str | None
    screened_on: date | None
    age_group: str | None
    free_days: str
    minutes: int | None
    equipment: list[str] | None
    longest_run: int | None
    event_day: date | None
    way_back_since: date | None
    way_back_reason: str | None

    @property
    def goal_set(self) -> frozenset[Goal]:
        """The chosen goals."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The person planned for. Their first week is the one, Monday to Sunday, that `start` lies in."""

    start: date
    experience: Experience = Experience.NEW
    screening: Screening = Screening.NOT_ASKED
    screened_on: date | None = None
    age: AgeGroup = AgeGroup.ADULT
    days: frozenset[int] = EVERY_WEEKDAY  # ISO weekdays free for training; none chosen means any
    minutes: int = DEFAULT_MINUTES  # for one session; less than LEAST_MINUTES is taken as that
    goals: frozenset[Goal] = frozenset()
    equipment: frozenset[Equipment] = frozenset()
    longest_run: int = 0  # minutes without a break in the month before `start`; 0 where it is not known
    event: date | None = None  # a date that the plan leads to
    way_back: WayBack | None = None  # after a strain or a break, until its ladder is climbed or left

    @classmethod
    def of(cls, answers: Answers, today: date) -> Self:
        """Return the profile of who answered this; who has not begun would begin today."""
        return cls(
            start=answers.plan_start or today,
            experience=Experience(answers.experience) if answers.experience else Experience.NEW,
            screening=Screening(answers.screening) if answers.screening else Screening.NOT_ASKED,
            screened_on=answers.screened_on,
            age=AgeGroup(answers.age_group) if answers.age_group else AgeGroup.ADULT,
            days=frozenset(map(int, answers.free_days)) or EVERY_WEEKDAY,
            minutes=answers.minutes or DEFAULT_MINUTES,
            goals=answers.goal_set,
            equipment=frozenset(Equipment(thing) for thing in answers.equipment or ()),
            longest_run=answers.longest_run or 0,
            event=answers.event_day,
            way_back=_way_back(answers),
        )

    @property
    def first_monday(self) -> date:
        """The Monday of the first week."""
        return self.start - timedelta(days=self.start.weekday())

    def week_of(self, day: date) -> int:
        """Return the number of the week that holds `day`, counted from 1."""
        return (day - self.first_monday).days // 7 + 1


def _way_back(answers: Answers) -> WayBack | None:
    if answers.way_back_since is None:
        return None
    return WayBack(answers.way_back_since, BackReason(answers.way_back_reason or BackReason.STRAIN))


@dataclass(frozen=True, slots=True)
class PastSession:
    """A stored session as the planner reads it; one that is still planned on a past day was missed."""

    day: date
    workout: str
    status: SessionStatus = SessionStatus.PLANNED
    rounds: int | None = None
    percent: int | None = None  # of effort, for sprints and hills
    calf_sets: int = 0
    leg_sets: int = 0
    run_minutes: int = 0  # run without a break, warm-up and cool-down left out
    minutes: int = 30  # in all
    step: int | None = None  # of the ladder of its workout; None in rows from before there was one
    effort: int | None = None  # 1–10, as they felt it
    pain: int | None = None  # 0–10, the worst they reported with it
    met: str | None = None  # coach.planning.way_back.ladder.BackAnswer, on the way back


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause: days without training, both ends included; no `last` while nobody knows."""

    first: date
    last: date | None = None
    reason: PauseReason = PauseReason.OTHER

    def holds(self, day: date) -> bool:
        """Say whether `day` is paused."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Pin:
    """A workout that the person put on a day themselves; kept there as long as that is safe."""

    day: date
    workout: str


@dataclass(frozen=True, slots=True)
class DayOverride:
    """Answers for one day alone, instead of the person's lasting ones; None for what stays as it is."""

    day: date
    minutes: int | None = None  # that there are; a session is never shorter than its least
    free: bool | None = None  # for training


@dataclass(frozen=True)
class History:
    """A person's training so far: one session a day at most, in the order of the days."""

    sessions: tuple[PastSession, ...] = ()
    pauses: tuple[Pause, ...] = ()
    pins: tuple[Pin, ...] = ()
    overrides: tuple[DayOverride, ...] = ()  # one a day

    def __post_init__(self) -> None:
        """Raise ValueError where sessions are not in order, or two share a day."""
        days = [session.day for session in self.sessions]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("sessions must be in the order of their days, one a day")

    def paused(self, day: date) -> bool:
        """Say whether `day` lies in a pause."""
        return any(pause.holds(day) for pause in self.pauses)

    def free(self, day: date, days: frozenset[int]) -> bool:
        """Say whether `day` is free for training, where these ISO weekdays usually are."""
        own = next((each.free for each in self.overrides if each.day == day and each.free is not None), None)
        return day.isoweekday() in days if own is None else own
