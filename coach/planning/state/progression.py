"""Progression: what grows from week to week, one thing at a time, and how far: intervals, sets and runs."""

from collections import Counter
from datetime import timedelta
from typing import Final

from coach.planning.inputs import Experience, PastSession
from coach.planning.rules import (
    FIRST_RUN_MINUTES,
    GROWTH_DAYS,
    LADDER,
    LEAST_CALF_SETS,
    MOST_CALF_SETS,
    RETURN_SHARE,
    longest_allowed,
)
from coach.planning.state.recent_training import RecentTraining, ordinary
from coach.planning.week import WeekNote
from coach.planning.workouts import WALK_JOG, WORKOUTS, Family
from coach.profile import Goal

GOOD_WEEKS_TO_SPRINT: Final = 6
"""Weeks of the last eight with two runs and no pain, before a new runner may sprint: 4–8 of regular running (R86)."""

LONG_BREAK_DAYS: Final = 56
LONG_BREAK_WAIT_DAYS: Final = 28
"""After eight weeks off, four weeks of running come before the first sprint; a product decision after R86."""

RECENT_DAYS: Final = 21
"""The run that the next one is measured by is one of the last three weeks."""

GOOD_WEEKS_TO_ADD: Final = 4
"""Weeks of the last six with sprints and no pain, at the top of the ladder, before one more a week is added."""


def level_reached(past: RecentTraining) -> Experience:
    """Return the experience, a new runner's raised by what they have done with us."""
    if past.profile.experience is not Experience.NEW:
        return past.profile.experience
    runs = Counter(week for week, session in past.counted if WORKOUTS[session.workout].runs)
    hurt = past.hurt_weeks()
    good = [week for week, count in runs.items() if count >= 2 and week >= past.number - 8 and week not in hurt]
    return Experience.REGULAR if len(good) >= GOOD_WEEKS_TO_SPRINT else Experience.NEW


def ladder_step(past: RecentTraining, last: PastSession | None, change: int) -> int:
    """Return the step of the ladder: the last one changed by one at most; after a break, lower."""
    if last:
        return min(max(step_reached(last) + change, 0), len(LADDER) - 1)
    before = last_sprints(past.counted)
    return int(step_reached(before) * RETURN_SHARE) if before else 0


def last_sprints(counted: list[tuple[int, PastSession]]) -> PastSession | None:
    return next(
        (session for _, session in ordinary(counted) if WORKOUTS[session.workout].family is Family.QUALITY), None
    )


def step_reached(session: PastSession) -> int:
    """Return the highest step of the ladder whose rounds and effort a session had."""
    least_rounds, least_percent = LADDER[0]
    rounds, percent = session.rounds or least_rounds, session.percent or least_percent
    return max((step for step, need in enumerate(LADDER) if need[0] <= rounds and need[1] <= percent), default=0)


def sprints_a_week(past: RecentTraining, level: Experience, *, at_top: bool, notes: frozenset[WeekNote]) -> int:
    """Return how many sprint or hill sessions a week may have: none, one, then two, at most three."""
    if level is Experience.NEW or notes & {WeekNote.RETURNING, WeekNote.PAIN_REDUCED, WeekNote.PAIN_STOPPED}:
        return 0
    waited = (past.first - past.since[0][1].day).days if past.since else 0
    if past.gap >= LONG_BREAK_DAYS and waited < LONG_BREAK_WAIT_DAYS:
        return 0
    if not at_top or notes & {WeekNote.EASIER_WEEK, WeekNote.REALIGNED, WeekNote.LOWERED}:
        return 1
    hurt = past.hurt_weeks()
    weeks = Counter(week for week, session in past.since if WORKOUTS[session.workout].family is Family.QUALITY)
    counts = [count for week, count in weeks.items() if week >= past.number - 6 and week not in hurt]
    if len(counts) < GOOD_WEEKS_TO_ADD:
        return 1
    twice = sum(1 for count in counts if count >= 2) >= GOOD_WEEKS_TO_ADD
    return 3 if twice and level is Experience.EXPERIENCED and Goal.SPRINTS in past.profile.goals else 2


def jog_rounds(past: RecentTraining, change: int) -> int:
    """Return the rounds of the next walk–jog: those of the last one, one more or less."""
    rounds = WORKOUTS[WALK_JOG].rounds
    assert rounds is not None
    last = next((each for _, each in ordinary(past.since) if WORKOUTS[each.workout].family is Family.WALK_JOG), None)
    if last is None:
        return rounds.least
    return min(max((last.rounds or rounds.least) + change, rounds.least), rounds.most)


def calf_sets(past: RecentTraining, change: int) -> int:
    """Return the week's sets: the better of the last two weeks, one more where the last was kept."""
    sets: dict[int, int] = {}
    for week, session in ordinary(past.counted if past.returning else past.since):
        if week not in sets and len(sets) == 2:
            break
        sets[week] = sets.get(week, 0) + session.calf_sets
    last_two = [sets[week] for week in sorted(sets)]
    if not last_two:
        return LEAST_CALF_SETS
    best = max(last_two)
    if past.returning or (change > 0 and last_two[-1] < best):
        change = 0
    return min(max(best + change, LEAST_CALF_SETS), MOST_CALF_SETS)


def run_minutes(past: RecentTraining, change: int) -> int:
    """Return the longest run of the week: the last weeks' longest, a tenth more at most (R60)."""
    allowed = run_limit(past, [])
    usual = past.profile.longest_run or FIRST_RUN_MINUTES[past.profile.experience]
    if past.returning:
        before = max((session.run_minutes for _, session in past.counted), default=0)
        return min(allowed, int((before or usual) * RETURN_SHARE))
    lately = past.first - timedelta(days=RECENT_DAYS)
    runs = ((session.day, session.run_minutes) for _, session in ordinary(past.since))
    ran = [minutes for day, minutes in runs if minutes and day >= lately]
    if not ran:
        return min(allowed, usual)
    longest = max(ran)
    aim = longest_allowed(longest) if change > 0 else longest if change == 0 else int(longest * 0.9)
    return min(allowed, aim)


def run_limit(past: RecentTraining, done: list[PastSession]) -> int:
    """Return what no run of the week may exceed, whichever of its days it falls on; `done` are runs of the week."""
    earliest = past.first - timedelta(days=GROWTH_DAYS)
    recent = [session for _, session in past.counted if session.day >= earliest]
    ran = [(session.day, session.run_minutes) for session in (*recent, *done) if session.run_minutes]
    if past.profile.longest_run:
        ran.append((past.profile.start - timedelta(days=1), past.profile.longest_run))
    allowed = []
    for ahead in range(7):
        begin = past.first + timedelta(days=ahead - GROWTH_DAYS)
        longest = max((minutes for day, minutes in ran if day >= begin), default=0)
        allowed.append(longest_allowed(longest) if longest else FIRST_RUN_MINUTES[past.profile.experience])
    return min(allowed)
