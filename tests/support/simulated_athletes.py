"""Lives of people who do not exist: profiles and years of training, good and bad, to hold the planner's rules against.

What a life checks is written from the rules as they are published, not from the planner's code.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from coach.planning.inputs import (
    AgeGroup,
    Equipment,
    Experience,
    History,
    PastSession,
    Pause,
    PauseReason,
    Pin,
    Profile,
    Screening,
)
from coach.planning.planner import plan_week
from coach.planning.state.streaks import DayResult
from coach.planning.way_back.ladder import ASKED, BackReason, WayBack
from coach.planning.way_back.standing import standing_of
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import SMALL_CALVES
from coach.profile import Goal, SessionKind, SessionStatus
from coach.reminders.addenda import DayRecord
from coach.reminders.comeback import offers_small_session
from tests.support.plan_checks import DAY, HARD, check_week


def some_profile(random: Random, experience: Experience | None = None) -> Profile:
    """Return a person with a clear health check, of any experience where none is named."""
    start = date(2026, 1, 5) + random.randrange(365) * DAY
    return Profile(
        start=start,
        experience=experience or random.choice(list(Experience)),
        screening=Screening.CLEAR,
        screened_on=start,
        age=random.choice([AgeGroup.ADULT, AgeGroup.ADULT, AgeGroup.FIFTY_PLUS]),
        days=frozenset(random.sample(range(1, 8), random.randint(1, 7))),
        minutes=random.choice([20, 30, 45, 60, 90]),
        goals=frozenset(random.sample(list(Goal), random.randint(0, 5))),
        equipment=frozenset(random.sample(list(Equipment), random.randint(0, 5))),
        longest_run=random.choice([0, 0, 0, 8, 25, 60]),
    )


@dataclass
class Life:
    """One person, from week to week. `keen` is the chance that a planned session is done."""

    profile: Profile
    random: Random
    keen: float
    rows: dict[date, PastSession] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    eventful: bool = True  # they may set a date, go the way back, and take the small session after a miss
    offered: date | None = None  # when the small session was offered last
    rule: Callable[[Profile, History, PlannedWeek, date], None] = lambda *_: None  # held against each week, too

    def history(self) -> History:
        """Return all rows so far."""
        rows = tuple(self.rows[day] for day in sorted(self.rows))
        return History(rows, tuple(self.pauses), tuple(self.pins))

    def plan(self, number: int, today: date) -> PlannedWeek:
        """Plan a week, check it, and store its rows as a caller would."""
        history = self.history()
        week = plan_week(self.profile, number, history, today)
        assert isinstance(week, PlannedWeek)
        check_week(self.profile, history, week, today)
        self.rule(self.profile, history, week, today)
        for planned in week.days:
            if planned.open and planned.day >= self.profile.start:
                self.rows[planned.day] = as_session(planned)
        return week

    def live(self, weeks: int) -> list[PlannedWeek]:
        """Live so many weeks, planning each on its Monday and again on most days; return the weeks as first planned."""
        planned = []
        for number in range(1, weeks + 1):
            monday = self.profile.first_monday + 7 * (number - 1) * DAY
            if self.random.random() < 0.03:
                self._pause(monday + self.random.randrange(7) * DAY)
            self.profile = replace(self.profile, screened_on=max(self.profile.screened_on or monday, monday))
            planned.append(self.plan(number, max(monday, self.profile.start)))
            for day in (monday + ahead * DAY for ahead in range(7)):
                if day < self.profile.start:
                    continue
                if self._goes_back(day) or self.random.random() < 0.25:
                    self.plan(number, day)
                self._spend(day)
                if self.random.random() < 0.02:
                    self._pin(day)
            self._change(monday)
        return planned

    def _change(self, monday: date) -> None:
        """Change what people change: how keen they are, and a date that the plan leads to."""
        if self.random.random() < 0.05:
            self.keen = self.random.choice([0.0, 0.5, 0.9, 1.0])
        elif self.keen == 0.0 and self.random.random() < 0.3:
            self.keen = 0.9
        if self.eventful and self.random.random() < 0.04:
            event = self.random.choice([None, monday + self.random.randint(8, 60) * DAY])
            self.profile = replace(self.profile, event=event)

    def _goes_back(self, day: date) -> bool:
        """Say whether they are on the way back: it begins now and then, after a pause for an injury often, and ends."""
        if not self.eventful:
            return False
        if self.profile.way_back is None:
            after = any(each.last == day - DAY and each.reason is PauseReason.INJURED for each in self.pauses)
            if self.random.random() >= (0.7 if after else 0.001):
                return False
            self.profile = replace(self.profile, way_back=WayBack(day, self.random.choice(list(BackReason))))
        elif standing_of(self.profile, self.history(), day) is None or self.random.random() < 0.005:
            self.profile = replace(self.profile, way_back=None)
        return True

    def _spend(self, day: date) -> None:
        row = self.rows.get(day)
        if row is None or any(pause.holds(day) for pause in self.pauses):
            return
        if self._takes_small_session(day, row):
            self.rows[day] = PastSession(day, SMALL_CALVES, SessionStatus.DONE, calf_sets=3, minutes=8)
        elif self.random.random() < self.keen:
            effort = self.random.choice([None, 3, 5, 6, 7, 7, 8, 9, 10])
            pain = self.random.choice([None, 0, 0, 1, 2]) if self.random.random() < 0.97 else self.random.randint(3, 9)
            asked = self.profile.way_back is not None and row.workout in ASKED and self.random.random() < 0.9
            met = "good" if asked and (pain or 0) < 3 else None
            self.rows[day] = replace(row, status=SessionStatus.DONE, effort=effort, pain=pain, met=met)
        elif self.random.random() < 0.5:
            self.rows[day] = replace(row, status=SessionStatus.SKIPPED)

    def _takes_small_session(self, day: date, row: PastSession) -> bool:
        """Say whether the small session is offered after a miss, and taken; hold the rules of the offer."""
        if not self.eventful or self.profile.way_back is not None or row.status is not SessionStatus.PLANNED:
            return False
        week = [self.rows[day - back * DAY] for back in range(1, 8) if day - back * DAY in self.rows]
        if not any(each.status is SessionStatus.PLANNED and each.workout != "recovery" for each in week):
            return False
        past = {each.day: DayRecord(DayResult(each.day, _kind(each), each.status), each.pain) for each in week}
        if not offers_small_session(day, past, self.offered):
            return False
        assert all((each.pain or 0) < 3 for each in week), "never where it hurts"
        assert self.offered is None or (day - self.offered).days >= 14, "once in 14 days"
        self.offered = day
        yesterday = self.rows.get(day - DAY)
        hard = yesterday is not None and yesterday.workout in HARD and yesterday.status is SessionStatus.DONE
        return not hard and self.random.random() < 0.5

    def _pause(self, first: date) -> None:
        last = first + self.random.choice([2, 6, 13, 20, 45, 80]) * DAY
        self.pauses.append(Pause(first, last, self.random.choice(list(PauseReason))))

    def _pin(self, day: date) -> None:
        workout = self.random.choice(
            [*sorted(HARD), "walk-jog-intervals", "calf-strength-a", "easy-run", "easy-walk", "recovery"]
        )
        self.pins.append(Pin(day + self.random.randint(1, 9) * DAY, workout))


def _kind(row: PastSession) -> SessionKind:
    return SessionKind.RECOVERY if row.workout == "recovery" else SessionKind.EASY


def as_session(planned: PlannedDay) -> PastSession:
    """Return the row that a caller stores for a planned day."""
    return PastSession(
        planned.day,
        planned.workout,
        SessionStatus.PLANNED,
        planned.rounds,
        planned.percent,
        planned.calf_sets,
        planned.leg_sets,
        planned.run_minutes,
        planned.minutes,
        planned.step,
    )
