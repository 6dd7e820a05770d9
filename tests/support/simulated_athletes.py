"""Lives of people who do not exist: profiles and years of training, good and bad, to hold the planner's rules against.

What a life checks is written from the rules as they are published, not from the planner's code.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
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
from coach.planning.week import PlannedDay, PlannedWeek, Target, WeekNote
from coach.profile import Goal, SessionStatus

DAY = timedelta(days=1)
SPRINTS = {"sprint-intervals", "hill-sprints"}
HARD = SPRINTS | {"leg-strength", "long-run"}
STRENGTH = {"calf-strength-a", "calf-strength-b", "leg-strength"}
WALK_JOG = "walk-jog-intervals"
RUNS = SPRINTS | {WALK_JOG, "steady-run", "easy-run", "long-run"}
JOGS = ((5, 60), (6, 60), (4, 120), (5, 120), (4, 180), (3, 300), (2, 480), (2, 540))  # rounds, seconds of each jog
FIRST_RUN = {Experience.NEW: 10, Experience.REGULAR: 20, Experience.EXPERIENCED: 30}


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
                if self.random.random() < 0.25:
                    self.plan(number, day)
                self._spend(day)
                if self.random.random() < 0.02:
                    self._pin(day)
            if self.random.random() < 0.05:
                self.keen = self.random.choice([0.0, 0.5, 0.9, 1.0])
            elif self.keen == 0.0 and self.random.random() < 0.3:
                self.keen = 0.9
        return planned

    def _spend(self, day: date) -> None:
        row = self.rows.get(day)
        if row is None or any(pause.holds(day) for pause in self.pauses):
            return
        if self.random.random() < self.keen:
            effort = self.random.choice([None, 3, 5, 6, 7, 7, 8, 9, 10])
            pain = self.random.choice([None, 0, 0, 1, 2]) if self.random.random() < 0.97 else self.random.randint(3, 9)
            self.rows[day] = replace(row, status=SessionStatus.DONE, effort=effort, pain=pain)
        elif self.random.random() < 0.5:
            self.rows[day] = replace(row, status=SessionStatus.SKIPPED)

    def _pause(self, first: date) -> None:
        last = first + self.random.choice([2, 6, 13, 20, 45, 80]) * DAY
        self.pauses.append(Pause(first, last, self.random.choice(list(PauseReason))))

    def _pin(self, day: date) -> None:
        workout = self.random.choice(
            [*sorted(HARD), "walk-jog-intervals", "calf-strength-a", "easy-run", "easy-walk", "recovery"]
        )
        self.pins.append(Pin(day + self.random.randint(1, 9) * DAY, workout))


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


def check_week(profile: Profile, history: History, week: PlannedWeek, today: date) -> None:
    """Hold every safety rule against one planned week, whatever has already happened in it."""
    done = {row.day: row for row in history.sessions if row.status is SessionStatus.DONE}
    coming = {row.day: row for row in history.sessions if row.status is SessionStatus.PLANNED and row.day >= today}
    first = week.days[0].day
    assert [planned.day for planned in week.days] == [first + ahead * DAY for ahead in range(7)]
    assert first.isoweekday() == 1
    fresh = [planned for planned in week.days if planned.open and planned.workout != "recovery"]
    held = {planned.day: planned.workout for planned in week.days if planned.day in done}
    held |= {planned.day: planned.workout for planned in fresh}
    before = done.get(first - DAY) or coming.get(first - DAY)
    if before:
        held[before.day] = before.workout
    in_week = {day: workout for day, workout in held.items() if day >= first}

    eased = profile.event is not None and first <= profile.event - 4 * DAY < first + 7 * DAY
    for planned in fresh:
        _check_amounts(profile, planned, eased=eased)
        assert planned.day >= max(today, profile.start)
        assert not any(pause.holds(planned.day) for pause in history.pauses)
        pinned = any(pin.day == planned.day for pin in history.pins)
        assert pinned or not profile.days or planned.day.isoweekday() in profile.days
        neighbours = {held.get(planned.day - DAY), held.get(planned.day + DAY)}
        if planned.workout in HARD:
            assert not neighbours & HARD, "hard days in a row"
        _check_run(profile, history, planned, today)

    hard_before = sum(row.workout in HARD for day, row in done.items() if first <= day < first + 7 * DAY)
    hard_now = sum(planned.workout in HARD for planned in fresh)
    careful = profile.age is AgeGroup.FIFTY_PLUS or profile.goals == {Goal.HEALTHY}
    assert not hard_now or hard_before + hard_now <= (2 if careful else 3)
    sprints_before = sum(row.workout in SPRINTS for day, row in done.items() if first <= day < first + 7 * DAY)
    sprints_now = sum(planned.workout in SPRINTS for planned in fresh)
    assert not sprints_now or sprints_before + sprints_now <= (3 if profile.experience is Experience.EXPERIENCED else 2)
    if sprints_now:
        check_earned(profile, history, first, today)
    if sprints_before + sprints_now >= 3:
        assert not {"long-run", "leg-strength"} & {planned.workout for planned in fresh}
    trained = [workout for workout in in_week.values() if workout != "recovery"]
    assert len(trained) <= 6, "no day of recovery"
    if week.notes & {WeekNote.RETURNING, WeekNote.PAIN_REDUCED, WeekNote.PAIN_STOPPED}:
        assert sprints_now == 0
    reports = [row for row in history.sessions if row.pain is not None and row.day < first + 7 * DAY]
    if reports and (max(today, first) - reports[-1].day).days <= 7:
        pain = reports[-1].pain or 0
        assert pain < 3 or not hard_now
        assert pain < 5 or {planned.workout for planned in fresh} <= {"easy-walk"}
    if week.number % 5 == 0:
        assert WeekNote.EASIER_WEEK in week.notes
        assert all(planned.rounds in {2, 3} for planned in fresh if planned.workout in SPRINTS)
        assert sprints_now <= 1
    reached = max((row.percent or 0 for row in done.values() if row.workout in SPRINTS), default=0)
    _check_event(profile, week, fresh, eased=eased, reached=reached)
    _check_dropped(profile, week)


def _check_event(profile: Profile, week: PlannedWeek, fresh: list[PlannedDay], *, eased: bool, reached: int) -> None:
    """The day of an event and its eve are free, nothing hard stands around them, and the week before is eased."""
    assert eased == (WeekNote.EVENT_WEEK in week.notes)
    if profile.event is None:
        return
    for planned in fresh:
        before = (profile.event - planned.day).days
        assert before not in {0, 1}, "the day and its eve are free"
        assert before not in {-1, 2} or planned.workout not in HARD | {WALK_JOG, "steady-run"}
    if eased:
        workouts = [planned.workout for planned in fresh]
        assert not {"long-run", "leg-strength"} & set(workouts)
        assert sum(workout in SPRINTS for workout in workouts) <= 1
        assert all((planned.rounds or 0) <= 3 for planned in fresh if planned.workout in SPRINTS)
        assert all((planned.percent or 0) <= max(reached, 70) for planned in fresh if planned.workout in SPRINTS)


def _check_amounts(profile: Profile, planned: PlannedDay, *, eased: bool) -> None:
    assert planned.minutes <= max(profile.minutes, 20)
    assert planned.minutes >= 15
    if planned.workout in SPRINTS:
        assert planned.rounds in {2, 3, 4, 5}
        assert planned.percent in {70, 75, 80}
        whole = planned.rounds == 5 or eased
        assert planned.percent == 70 or whole or planned.minutes + 2 > max(profile.minutes, 20)
    if planned.workout == WALK_JOG:
        assert planned.step is not None
        assert planned.rounds in range(1, JOGS[planned.step][0] + 1)
    assert planned.calf_sets <= 6
    if planned.workout in STRENGTH:
        assert planned.calf_sets >= 1
        assert planned.leg_sets >= 2


def _check_run(profile: Profile, history: History, planned: PlannedDay, today: date) -> None:
    """A single run is at most a tenth longer than the longest of the 30 days before it."""
    if not planned.run_minutes:
        return
    window = planned.day - 30 * DAY
    ran = [
        row.run_minutes
        for row in history.sessions
        if window <= row.day < planned.day and (row.status is SessionStatus.DONE)
    ]
    jogged = max((jogged_minutes(row) for row in done_between(history, window, planned.day)), default=0)
    if profile.longest_run and window <= profile.start - DAY:
        ran.append(profile.longest_run)
    longest = max(ran, default=0)
    limit = max(longest, jogged) * 1.1 if longest else max(FIRST_RUN[profile.experience], jogged * 1.1)
    assert 10 <= planned.run_minutes <= limit + 1e-9, (planned, longest)


def done_between(history: History, first: date, end: date) -> list[PastSession]:
    """Return what was done from `first` on and before `end`."""
    return [row for row in history.sessions if first <= row.day < end and row.status is SessionStatus.DONE]


def jogged_minutes(row: PastSession | PlannedDay) -> int:
    """Return the minutes of jogging in a walk–jog, 0 for anything else."""
    return (row.rounds or 0) * JOGS[row.step or 0][1] // 60 if row.workout == WALK_JOG else 0


def check_earned(profile: Profile, history: History, first: date, today: date) -> None:
    """Sprints are for who runs regularly now: four of the last six weeks steady, or a sprint within four weeks.

    Weeks before the plan count as they were told; a new runner must also have run for 20 minutes without a walk.
    """
    coming = [row for row in history.sessions if row.status is SessionStatus.PLANNED and today <= row.day < first]
    before = [*done_between(history, date.min, first), *coming]
    if any(row.workout in SPRINTS and row.day >= first - 28 * DAY for row in before):
        return
    steady = 0
    for back in range(1, 7):
        monday = first - 7 * back * DAY
        rows = [row for row in before if monday <= row.day < monday + 7 * DAY]
        told = (profile.first_monday - monday).days // 7
        if monday < profile.first_monday:
            steady += told <= {Experience.NEW: 0, Experience.REGULAR: 4, Experience.EXPERIENCED: 6}[profile.experience]
        else:
            runs = sum(row.workout in RUNS for row in rows)
            steady += runs >= (1 if len(profile.days) < 4 and profile.experience is not Experience.NEW else 2) and all(
                (row.pain or 0) < 3 for row in rows
            )
    assert steady >= 4
    if profile.experience is Experience.NEW:
        assert any(row.run_minutes >= 20 for row in before)


def _check_dropped(profile: Profile, week: PlannedWeek) -> None:
    """Every target holds, or it stands among the dropped."""
    workouts = [planned.workout for planned in week.days]
    strength = sum(workout in STRENGTH for workout in workouts)
    jogs = sum(workout in {WALK_JOG, "steady-run"} for workout in workouts)
    holds = {
        Target.LEGS_TWICE: strength >= 2,
        Target.INTERVALS: any(workout in SPRINTS | {WALK_JOG, "steady-run"} for workout in workouts),
        Target.EASY: any(workout in {"easy-run", "easy-walk"} for workout in workouts) or jogs >= 2,
    }
    for target, kept in holds.items():
        assert kept != (target in week.dropped), (target, week.dropped)
    sets = sum(planned.calf_sets for planned in week.days)
    assert sets >= 6 or Target.CALF_SETS in week.dropped
    if Goal.DISTANCE in profile.goals and profile.experience is not Experience.NEW:
        assert ("long-run" in workouts) != (Target.LONG_RUN in week.dropped)
