"""Checks of a planned week against every rule of the plan, written from the rules as published, not from the code."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from coach.planning.inputs import AgeGroup, Equipment, Experience, History, PastSession, Profile
from coach.planning.week import PlannedDay, PlannedWeek, Target, WeekNote
from coach.profile import Goal, SessionStatus

DAY: Final = timedelta(days=1)
SPRINTS: Final = {"sprint-intervals", "hill-sprints"}
HARD: Final = SPRINTS | {"leg-strength", "long-run"}
STRENGTH: Final = {"calf-strength-a", "calf-strength-b", "leg-strength", "raises-and-hops"}
WALK_JOG: Final = "walk-jog-intervals"
JOGGING: Final = {WALK_JOG, "steady-run"}
RUNS: Final = SPRINTS | JOGGING | {"easy-run", "long-run"}
WALKS: Final = {"easy-walk", "half-hour-walk"}
LIGHT: Final = WALKS | {"easy-run", "recovery"}
NOT_IN_A_ROW: Final = HARD | JOGGING | {"raises-and-hops"}
JOGS: Final = (
    (5, 60),
    (6, 60),
    (4, 120),
    (5, 120),
    (4, 180),
    (3, 300),
    (2, 480),
    (2, 540),
)  # rounds, seconds of each jog
STEPS: Final = ((3, 70), (4, 70), (5, 70), (5, 75), (5, 80))  # rounds and percent of effort of sprints and hills
FIRST_RUN: Final = {Experience.NEW: 10, Experience.REGULAR: 20, Experience.EXPERIENCED: 30}
STEADY_TOLD: Final = {Experience.NEW: 0, Experience.REGULAR: 4, Experience.EXPERIENCED: 6}
LOOK_BACK: Final = 70 * DAY


@dataclass(frozen=True)
class Planned:
    """A planned week, with what the rules need to know around it."""

    profile: Profile
    history: History
    week: PlannedWeek
    today: date

    @cached_property
    def first(self) -> date:
        """Its Monday."""
        return self.week.days[0].day

    @cached_property
    def recent(self) -> list[PastSession]:
        """The rows of the ten weeks before it and of the week itself."""
        sessions = self.history.sessions
        begin = bisect_left(sessions, self.first - LOOK_BACK, key=lambda row: row.day)
        return list(sessions[begin : bisect_left(sessions, self.first + 7 * DAY, begin, key=lambda row: row.day)])

    @cached_property
    def done(self) -> list[PastSession]:
        """Sessions of the last weeks that were done."""
        return [row for row in self.recent if row.status is SessionStatus.DONE]

    @cached_property
    def before(self) -> list[PastSession]:
        """Sessions done before the week, or still to come before it."""
        coming = SessionStatus.PLANNED
        return [
            row
            for row in self.recent
            if row.day < self.first
            and (row.status is SessionStatus.DONE or (row.status is coming and row.day >= self.today))
        ]

    @cached_property
    def fresh(self) -> list[PlannedDay]:
        """Planned days that may still change, rest left out."""
        return [planned for planned in self.week.days if planned.open and planned.workout != "recovery"]

    @cached_property
    def held(self) -> dict[date, str]:
        """The workout of each day of the week that has one, and of the Sunday before."""
        found = {row.day: row.workout for row in self.done if row.day >= self.first}
        found |= {row.day: row.workout for row in self.before if row.day == self.first - DAY}
        return found | {planned.day: planned.workout for planned in self.fresh}

    @cached_property
    def pinned(self) -> set[date]:
        """The days that the person chose a workout for."""
        return {pin.day for pin in self.history.pins}

    @property
    def careful(self) -> bool:
        """True from 50 on."""
        return self.profile.age is AgeGroup.FIFTY_PLUS

    @property
    def way_back(self) -> bool:
        """True on the way back."""
        return WeekNote.WAY_BACK in self.week.notes

    @cached_property
    def eased_for_event(self) -> bool:
        """True where the week holds most of the seven days before the event."""
        event = self.profile.event
        return event is not None and self.first <= event - 4 * DAY < self.first + 7 * DAY


def check_week(profile: Profile, history: History, week: PlannedWeek, today: date) -> None:
    """Hold every rule against one planned week, whatever has already happened in it."""
    planned = Planned(profile, history, week, today)
    _check_days(planned)
    _check_hard_days(planned)
    _check_sprints(planned)
    _check_jogs_and_runs(planned)
    _check_strength(planned)
    _check_calves_after_sprints(planned)
    _check_pain(planned)
    _check_easier_week(planned)
    _check_event(planned)
    if not planned.way_back:
        _check_dropped(planned)


# Days


def _check_days(plan: Planned) -> None:
    """Seven days; sessions on free days alone, six at most, five for a new runner; each within the minutes."""
    assert [planned.day for planned in plan.week.days] == [plan.first + ahead * DAY for ahead in range(7)]
    assert plan.first.isoweekday() == 1
    free = plan.profile.days or range(1, 8)
    for planned in plan.fresh:
        assert planned.day >= max(plan.today, plan.profile.start)
        assert not plan.history.paused(planned.day)
        assert planned.day in plan.pinned or planned.day.isoweekday() in free
        assert planned.workout != "small-calves", "it is offered, never planned"
        assert planned.minutes >= 15
        assert planned.minutes <= max(plan.profile.minutes, 20) or planned.workout == "half-hour-walk"
    trained = [workout for day, workout in plan.held.items() if day >= plan.first and workout != "recovery"]
    assert len(trained) <= 6 or not plan.fresh, "no day of recovery"


def _check_hard_days(plan: Planned) -> None:
    """Three hard days at most, two from 50 and for who wants above all to stay healthy, and no two running."""
    for planned in plan.fresh:
        if planned.workout in NOT_IN_A_ROW:
            neighbours = {plan.held.get(planned.day - DAY), plan.held.get(planned.day + DAY)}
            assert not neighbours & NOT_IN_A_ROW, "two running"
    now = sum(planned.workout in HARD for planned in plan.fresh)
    so_far = sum(row.workout in HARD for row in plan.done if row.day >= plan.first)
    most = 2 if plan.careful or plan.profile.goals == {Goal.HEALTHY} else 3
    assert not now or so_far + now <= most


# Sprints and hills


def _check_sprints(plan: Planned) -> None:
    """Sprints: for whom, how often, how many rounds, and the warm-up before them."""
    now = [planned for planned in plan.fresh if planned.workout in SPRINTS]
    if not now:
        return
    so_far = [row for row in plan.done if row.day >= plan.first and row.workout in SPRINTS]
    if not plan.way_back:
        check_earned(plan)
    most = _most_fast_sessions(plan)
    assert len(so_far) + len(now) <= most or len(now) == 0, (len(so_far), now)
    if len(so_far) + len(now) >= 3:
        assert not {"long-run", "leg-strength"} & {planned.workout for planned in plan.fresh}
    assert not plan.week.notes & {WeekNote.RETURNING, WeekNote.PAIN_REDUCED, WeekNote.PAIN_STOPPED}
    lately = [row for row in plan.before if row.workout in SPRINTS]
    reached = next((row.step for row in reversed(lately) if plan.profile.week_of(row.day) % 5), None)
    for planned in now:
        rounds, percent = planned.rounds or 0, planned.percent
        assert planned.minutes == 15 + 2 * rounds, "ten minutes of warm-up and five of cool-down"
        assert 2 <= rounds <= 5
        assert planned.step is not None
        assert percent == STEPS[planned.step][1]
        assert rounds <= STEPS[planned.step][0]
        assert planned.step <= (reached or 0) + (reached is not None), "a step a week"
        _check_rounds(plan, planned, len(so_far) + len(now))
        uphill = bool(plan.profile.equipment & {Equipment.HILL, Equipment.TREADMILL})
        if uphill and planned.step < 2 and (reached or 0) < 2 and planned.day not in plan.pinned and not plan.way_back:
            assert planned.workout == "hill-sprints" or len(so_far) + len(now) > 1, "uphill first"


def _most_fast_sessions(plan: Planned) -> int:
    speed = plan.profile.goals & {Goal.SPRINTS} or (
        plan.profile.goals & {Goal.CALVES} and Goal.DISTANCE not in plan.profile.goals
    )
    if not speed or plan.week.number % 5 == 0 or plan.eased_for_event or plan.way_back:
        return 1
    top_weeks = {row.day - row.day.weekday() * DAY for row in plan.before if row.workout in SPRINTS and row.step == 4}
    if len(top_weeks) < 4:
        return 1
    return 3 if plan.profile.experience is Experience.EXPERIENCED and Goal.SPRINTS in plan.profile.goals else 2


def _check_rounds(plan: Planned, planned: PlannedDay, sessions: int) -> None:
    """Fewer rounds than the step has only for minutes, an event, or a second session; one more each week then."""
    rounds = planned.rounds or 0
    short = plan.profile.minutes < planned.minutes + 2
    if sessions == 1 and not plan.eased_for_event and not _lost_sprints(plan):
        assert short or rounds == STEPS[planned.step or 0][0]
    if sessions > 1:
        weeks: dict[date, int] = {}
        for row in plan.before:
            if row.workout in SPRINTS and row.day >= plan.first - 28 * DAY:
                monday = row.day - row.day.weekday() * DAY
                weeks[monday] = weeks.get(monday, 0) + (row.rounds or 0)
        assert rounds <= max(3, max(weeks.values(), default=0) // sessions + 1)


def _lost_sprints(plan: Planned) -> bool:
    return any(
        row.workout in SPRINTS and row.day >= plan.first and row.status is not SessionStatus.DONE for row in plan.recent
    )


def check_earned(plan: Planned) -> None:
    """Sprints are for who runs regularly now: four of the last six weeks steady, or a sprint within four weeks.

    Weeks before the plan count as they were told; a new runner must also have run for 20 minutes without a walk.
    """
    profile, first, before = plan.profile, plan.first, plan.before
    if any(row.workout in SPRINTS and row.day >= first - 28 * DAY for row in before):
        return
    steady = 0
    for back in range(1, 7):
        monday = first - 7 * back * DAY
        if monday < profile.first_monday:
            steady += (profile.first_monday - monday).days // 7 <= STEADY_TOLD[profile.experience]
        else:
            rows = [row for row in before if monday <= row.day < monday + 7 * DAY]
            runs = sum(row.workout in RUNS for row in rows)
            needed = 1 if len(profile.days) < 4 and profile.experience is not Experience.NEW else 2
            steady += runs >= needed and all((row.pain or 0) < 3 for row in rows)
    assert steady >= 4
    if profile.experience is Experience.NEW:
        assert any(row.run_minutes >= 20 for row in before)


# Jogs and runs


def _check_jogs_and_runs(plan: Planned) -> None:
    """Jogs climb a step a week, a third more at most; runs are a tenth longer than the longest of 30 days at most."""
    for planned in plan.fresh:
        if planned.workout == WALK_JOG:
            _check_jog(plan, planned)
        elif planned.run_minutes:
            _check_run(plan, planned)
        if planned.workout == "steady-run":
            assert planned.run_minutes <= 30
        if planned.workout in RUNS - {WALK_JOG, "steady-run"}:
            assert (
                plan.profile.experience is not Experience.NEW
                or any(row.run_minutes >= 20 for row in plan.before)
                or (plan.way_back or any(row.workout in SPRINTS for row in plan.before))
            ), "walk–jogs first"


def _check_jog(plan: Planned, planned: PlannedDay) -> None:
    assert planned.step is not None
    assert planned.rounds in range(1, JOGS[planned.step][0] + 1)
    rows = [row for row in plan.done if planned.day - 63 * DAY <= row.day < planned.day]
    rows += [row for row in plan.before if row.day >= plan.today]
    most = max((max(jogged_minutes(row), row.run_minutes) for row in rows), default=0)
    told = plan.profile.longest_run
    if plan.profile.experience is not Experience.NEW and not plan.way_back:
        told = max(told, FIRST_RUN[plan.profile.experience])
    assert jogged_minutes(planned) <= max(5, most * 4 / 3, most + 2, told)
    if plan.profile.experience is not Experience.NEW or plan.way_back:
        return
    ordinary = [row for row in plan.before if plan.profile.week_of(row.day) % 5 and row.workout in JOGGING]
    if ordinary:
        last = ordinary[-1]
        reached = 8 if last.run_minutes else last.step or 0
        assert planned.step <= reached + 1, "a step a week"


def _check_run(plan: Planned, planned: PlannedDay) -> None:
    window = planned.day - 30 * DAY
    rows = [row for row in plan.done if window <= row.day < planned.day]
    jogged = max(map(jogged_minutes, rows), default=0)
    ran = [row.run_minutes for row in rows]
    if plan.profile.longest_run and window <= plan.profile.start - DAY:
        ran.append(plan.profile.longest_run)
    longest = max(ran, default=0)
    limit = max(longest, jogged) * 1.1 if longest else max(FIRST_RUN[plan.profile.experience], jogged * 1.1)
    least = 10 if plan.way_back else 0  # the shortest run there is
    assert 10 <= planned.run_minutes <= max(limit, least) + 1e-9, (planned, longest)


def jogged_minutes(row: PastSession | PlannedDay) -> int:
    """Return the minutes of jogging in a walk–jog, 0 for anything else."""
    return (row.rounds or 0) * JOGS[row.step or 0][1] // 60 if row.workout == WALK_JOG else 0


# Strength


def _check_strength(plan: Planned) -> None:
    """Sets and stages of calf raises rise one at a time; hops are for who sprints, below 50, a day away from it."""
    now = [planned for planned in plan.fresh if planned.workout in STRENGTH]
    rows = [row for row in plan.before if row.workout in STRENGTH]
    assert 3 <= plan.week.calf_sets_aim <= 12
    for planned in now:
        assert 1 <= planned.calf_sets <= 6
        assert 2 <= planned.leg_sets <= (10 if planned.workout == "leg-strength" else 4)
        assert planned.step is not None
        _check_stage(plan, planned, planned.step, rows)
    if len(now) == 1 and not [
        row for row in plan.recent if row.day >= plan.first and row.workout in STRENGTH and row.day != now[0].day
    ]:
        most = max((row.calf_sets for row in rows), default=0)
        assert now[0].calf_sets <= max(4, most + 1), "the first time, and one more each"


def _check_stage(plan: Planned, planned: PlannedDay, stage: int, rows: list[PastSession]) -> None:
    rows = [row for row in rows if row.step is not None and row.day >= plan.first - 63 * DAY]
    first = int(plan.profile.experience is not Experience.NEW and not plan.careful)
    most = max((row.step or 0 for row in rows), default=first)
    assert stage <= most + bool(rows), "a stage at a time"
    if rows and stage > most:
        weeks = {
            (row.day - plan.first).days // 7 for row in rows if row.step == most and plan.profile.week_of(row.day) % 5
        }
        assert len(weeks) >= (4 if plan.careful else 3)
        assert plan.week.number % 5, "not in an easier week"
    if stage == 4:
        assert not plan.careful
        assert not plan.way_back
        near = {plan.held.get(planned.day - DAY), plan.held.get(planned.day + DAY)}
        assert not near & SPRINTS


def _check_calves_after_sprints(plan: Planned) -> None:
    """No calf strength on the day after sprints or hills where another day is free."""
    after = [
        planned.day
        for planned in plan.fresh
        if planned.workout in {"calf-strength-a", "calf-strength-b"}
        and planned.day not in plan.pinned
        and plan.held.get(planned.day - DAY) in SPRINTS
    ]
    if not after or any(
        row.day >= plan.first and row.day < plan.today and row.status is not SessionStatus.DONE for row in plan.recent
    ):
        return
    if any(row.status is SessionStatus.SKIPPED and row.day >= plan.first for row in plan.recent):
        return
    kept = set() if plan.profile.event is None else {plan.profile.event, plan.profile.event - DAY}
    for planned in plan.week.days:
        day = planned.day
        free = (
            planned.open
            and day >= max(plan.today, plan.profile.start)
            and day.isoweekday() in (plan.profile.days or range(1, 8))
        )
        free = free and not plan.history.paused(day) and day not in plan.pinned | kept
        assert not (free and planned.workout in LIGHT and plan.held.get(day - DAY) not in SPRINTS), (after, plan.held)


# Weeks that are different


def _check_pain(plan: Planned) -> None:
    """Three of ten stop everything hard, five everything but walks, until it is better or a week has gone."""
    reports = [row for row in plan.recent if row.pain is not None]
    if not reports or (max(plan.today, plan.first) - reports[-1].day).days > 7:
        return
    pain = reports[-1].pain or 0
    workouts = {planned.workout for planned in plan.fresh}
    assert pain < 3 or not workouts & HARD
    assert pain < 5 or workouts <= WALKS
    assert pain < 3 or not plan.way_back or workouts <= WALKS


def _check_easier_week(plan: Planned) -> None:
    """Every fifth week is about half: sprints once at the lowest step, sets and runs cut, nothing begun."""
    if plan.week.number % 5 or plan.way_back:
        return
    assert WeekNote.EASIER_WEEK in plan.week.notes
    usual = max((row.run_minutes for row in plan.before), default=0)
    usual = max(
        usual, plan.profile.longest_run, FIRST_RUN[plan.profile.experience], *map(jogged_minutes, plan.before), 0
    )
    for planned in plan.fresh:
        if planned.workout in SPRINTS:
            assert planned.rounds in {2, 3}
        if planned.workout in STRENGTH:
            assert planned.leg_sets <= (6 if planned.workout == "leg-strength" else 2)
        if planned.run_minutes and WeekNote.RETURNING not in plan.week.notes:
            assert planned.run_minutes <= usual * 1.1 * 0.55
    assert plan.week.calf_sets_aim <= 7
    assert sum(planned.workout in SPRINTS for planned in plan.fresh) <= 1


def _check_event(plan: Planned) -> None:
    """The day of an event and its eve are free, nothing hard stands around them, and the week before is eased."""
    event = plan.profile.event
    if event is None:
        assert WeekNote.EVENT_WEEK not in plan.week.notes
        return
    for planned in plan.fresh:
        before = (event - planned.day).days
        assert before not in {0, 1}, "the day and its eve are free"
        assert before not in {-1, 2} or planned.workout not in NOT_IN_A_ROW
    if plan.way_back:
        return
    assert plan.eased_for_event == (WeekNote.EVENT_WEEK in plan.week.notes)
    if plan.eased_for_event:
        workouts = [planned.workout for planned in plan.fresh]
        reached = max((row.percent or 0 for row in plan.done if row.workout in SPRINTS), default=0)
        assert not {"long-run", "leg-strength"} & set(workouts)
        assert sum(workout in SPRINTS for workout in workouts) <= 1
        fast = [planned for planned in plan.fresh if planned.workout in SPRINTS]
        assert all((planned.rounds or 0) <= 3 for planned in fast)
        assert all((planned.percent or 0) <= max(reached, 70) for planned in fast)


def _check_dropped(plan: Planned) -> None:
    """Every target holds, or it stands among the dropped."""
    week, profile = plan.week, plan.profile
    workouts = [planned.workout for planned in week.days]
    jogs = _count(workouts, JOGGING)
    holds = {
        Target.LEGS_TWICE: _count(workouts, STRENGTH) >= 2,
        Target.INTERVALS: bool(_count(workouts, SPRINTS) or jogs),
        Target.EASY: bool(_count(workouts, WALKS | {"easy-run"})) or jogs >= 2,
    }
    for target, kept in holds.items():
        assert kept != (target in week.dropped), (target, week.dropped)
    sets = sum(planned.calf_sets for planned in week.days)
    assert sets >= (6 if _count(workouts, STRENGTH) > 1 else 4) or Target.CALF_SETS in week.dropped
    if Goal.DISTANCE in profile.goals and profile.experience is not Experience.NEW:
        assert ("long-run" in workouts) != (Target.LONG_RUN in week.dropped)


def _count(workouts: Iterable[str], among: set[str]) -> int:
    return sum(workout in among for workout in workouts)
