"""Progression: what grows from week to week, one thing at a time, and how far: intervals, walk–jogs and runs."""

from collections import Counter
from datetime import timedelta
from typing import Final

from coach.planning.inputs import Experience, PastSession
from coach.planning.rules import (
    EASY_RUNNING,
    FEW_DAYS,
    FIRST_RUN_MINUTES,
    GROWTH_DAYS,
    JOG_LADDER,
    LADDER,
    RETURN_SHARE,
    RUNS_A_STEADY_WEEK,
    SPRINTED_LATELY,
    STEADY_BEFORE,
    STEADY_WEEKS,
    STEADY_WITHIN,
    longest_allowed,
)
from coach.planning.session_volume import jogged_minutes
from coach.planning.state.recent_training import RecentTraining, ordinary
from coach.planning.week import EASED, WeekNote
from coach.planning.workouts import WALK_JOG, WORKOUTS, Family
from coach.profile import Goal

RECENT_DAYS: Final = 21
"""The run that the next one is measured by is one of the last three weeks."""

GOOD_WEEKS_TO_ADD: Final = 4
"""Weeks of the last six with sprints and no pain, at the top of the ladder, before one more a week is added."""


def level_reached(past: RecentTraining) -> Experience:
    """Return the experience, a new runner's raised by what they have done with us."""
    experience = past.profile.experience
    return Experience.REGULAR if experience is Experience.NEW and may_sprint(past) else experience


def may_sprint(past: RecentTraining) -> bool:
    """Say whether somebody runs regularly enough to sprint, or has sprinted lately; the same for everybody."""
    since = past.first - timedelta(days=SPRINTED_LATELY)
    if any(WORKOUTS[each.workout].family is Family.QUALITY for _, each in past.counted if each.day >= since):
        return True
    return _runs_easily(past) and steady_weeks(past) >= STEADY_WEEKS


def steady_weeks(past: RecentTraining) -> int:
    """Return how many of the last weeks had their runs and no pain; those before the plan as they were told."""
    profile = past.profile
    few = len(profile.days) < FEW_DAYS and profile.experience is not Experience.NEW
    needed = 1 if few else RUNS_A_STEADY_WEEK
    window = range(past.number - STEADY_WITHIN, past.number)
    runs = Counter(week for week, each in past.counted if week >= window.start and WORKOUTS[each.workout].runs)
    hurt = past.hurt_weeks()
    told = sum(1 - STEADY_BEFORE[profile.experience] <= week < 1 for week in window)
    return told + sum(runs[week] >= needed and week not in hurt for week in window if week >= 1)


def _runs_easily(past: RecentTraining) -> bool:
    """Say whether a new runner has run without a walk for long enough."""
    known = past.profile.experience is not Experience.NEW
    return known or any(session.run_minutes >= EASY_RUNNING for _, session in past.counted)


def ladder_step(past: RecentTraining, last: PastSession | None, change: int) -> int:
    """Return the step of the ladder: the last one changed by one at most; after a break, lower."""
    if last:
        return min(max(step_reached(last) + change, 0), len(LADDER) - 1)
    before = last_sprints(past.counted)
    return int(step_reached(before) * RETURN_SHARE) if before else 0


def last_sprints(counted: list[tuple[int, PastSession]]) -> PastSession | None:
    """Return the last session of sprints or hills outside of easier weeks, None where there is none."""
    return next(
        (session for _, session in ordinary(counted) if WORKOUTS[session.workout].family is Family.QUALITY), None
    )


def step_reached(session: PastSession) -> int:
    """Return the step of a session; of one from before steps were stored, the highest with its rounds and effort."""
    if session.step is not None:
        return session.step
    least_rounds, least_percent = LADDER[0]
    rounds, percent = session.rounds or least_rounds, session.percent or least_percent
    return max((step for step, need in enumerate(LADDER) if need[0] <= rounds and need[1] <= percent), default=0)


def sprints_a_week(past: RecentTraining, level: Experience, *, at_top: bool, notes: frozenset[WeekNote]) -> int:
    """Return how many sprint or hill sessions a week may have: none, one, then two, at most three."""
    if level is Experience.NEW or notes & {WeekNote.RETURNING, WeekNote.PAIN_REDUCED, WeekNote.PAIN_STOPPED}:
        return 0
    if not may_sprint(past):
        return 0
    if not at_top or not _wants_speed(past.profile.goals) or notes & (EASED | {WeekNote.REALIGNED, WeekNote.LOWERED}):
        return 1
    hurt = past.hurt_weeks()
    sprints = [(week, each) for week, each in past.since if WORKOUTS[each.workout].family is Family.QUALITY]
    lately = [(week, each) for week, each in sprints if week >= past.number - 6 and week not in hurt]
    counts = Counter(week for week, each in lately if step_reached(each) == len(LADDER) - 1).values()
    if len(counts) < GOOD_WEEKS_TO_ADD:
        return 1
    twice = sum(1 for count in counts if count >= 2) >= GOOD_WEEKS_TO_ADD
    return 3 if twice and level is Experience.EXPERIENCED and Goal.SPRINTS in past.profile.goals else 2


def _wants_speed(goals: frozenset[Goal]) -> bool:
    """Say whether more than one fast session a week serves these goals; beside distance the others stay easy."""
    return Goal.SPRINTS in goals or (Goal.CALVES in goals and Goal.DISTANCE not in goals)


def fast_rounds(past: RecentTraining) -> int:
    """Return the most rounds of sprints and hills together in a week of the last month; 0 where there were none."""
    since = past.first - timedelta(days=SPRINTED_LATELY)
    rounds: Counter[int] = Counter()
    for week, each in past.since:
        if each.day >= since and WORKOUTS[each.workout].family is Family.QUALITY:
            rounds[week] += each.rounds or LADDER[0][0]
    return max(rounds.values(), default=0)


def jog_step(past: RecentTraining, change: int) -> int:
    """Return the step of the walk–jogs: that of the last one, one up or down; its length where no walk is needed."""
    if past.profile.experience is not Experience.NEW:
        return len(JOG_LADDER)
    last = None if past.resumes else _last_jog(past.since)
    change = min(change, 0) if past.returning else change
    if last is not None:
        return min(max(jog_step_reached(last) + change, 0), len(JOG_LADDER))
    before = _last_jog(past.counted)
    if before is not None:
        return int(jog_step_reached(before) * RETURN_SHARE)
    known = past.first - past.profile.start <= timedelta(days=GROWTH_DAYS)
    return jog_step_of(past.profile.longest_run) if known else 0


def jog_limit(past: RecentTraining, *, way_back: bool = False) -> int:
    """Return the most minutes of jogging between walks: a third more than in the last month, or two minutes.

    On the way back the week itself counts too, and what was told before the plan no longer does.
    """
    lately = past.first - timedelta(days=GROWTH_DAYS)
    known = [*(each for _, each in past.counted), *(past.done if way_back else ())]
    most = max((max(each.run_minutes, jogged(each)) for each in known if each.day >= lately), default=0)
    told = 0 if way_back else past.profile.longest_run
    return max(most * 4 // 3, most + 2, told, JOG_LADDER[0][0])


def jog_step_of(minutes: int) -> int:
    """Return the step with no more jogging than so many minutes; the ladder's length where they make an easy run."""
    if minutes >= EASY_RUNNING:
        return len(JOG_LADDER)
    steps = range(len(JOG_LADDER))
    return max((step for step in steps if jogged_minutes(step, None) <= minutes), default=0)


def jog_step_reached(session: PastSession) -> int:
    """Return the step of a walk–jog or a run without a walk; one from before there were steps by its rounds."""
    if session.run_minutes:
        return len(JOG_LADDER)
    if session.step is None:
        return int((session.rounds or 0) > JOG_LADDER[0][0])
    return session.step


def jogged(session: PastSession) -> int:
    """Return the minutes of jogging in a walk–jog, 0 for any other session."""
    return jogged_minutes(session.step, session.rounds) if session.workout == WALK_JOG else 0


def _last_jog(counted: list[tuple[int, PastSession]]) -> PastSession | None:
    jogs = (each for _, each in ordinary(counted) if WORKOUTS[each.workout].family is Family.WALK_JOG)
    return next(jogs, None)


def run_minutes(past: RecentTraining, change: int, allowed: int) -> int:
    """Return the longest run of the week: the last weeks' longest, a tenth more and `allowed` at most (R60)."""
    usual = past.profile.longest_run or FIRST_RUN_MINUTES[past.profile.experience]
    if past.returning:
        before = max((session.run_minutes for _, session in past.counted), default=0)
        return min(allowed, int((before or usual) * RETURN_SHARE))
    lately = past.first - timedelta(days=RECENT_DAYS)
    recent = [session for _, session in ordinary(past.since) if session.day >= lately]
    longest = max((session.run_minutes or jogged(session) for session in recent), default=0)
    if not any(session.run_minutes for session in recent):
        longest = max(longest, usual)
        change = min(change, int(longest > usual))  # the first run without a walk may outgrow the jogs before it
    aim = longest_allowed(longest) if change > 0 else longest if change == 0 else int(longest * 0.9)
    return min(allowed, aim)


def run_limit(past: RecentTraining, done: list[PastSession]) -> int:
    """Return what no run of the week may exceed, whichever of its days it falls on; `done` are runs of the week."""
    earliest = past.first - timedelta(days=GROWTH_DAYS)
    recent = [session for _, session in past.counted if session.day >= earliest]
    runs = ((session.day, session.run_minutes or jogged(session)) for session in (*recent, *done))
    ran = [(day, minutes) for day, minutes in runs if minutes]
    if past.profile.longest_run:
        ran.append((past.profile.start - timedelta(days=1), past.profile.longest_run))
    # Jogs with walks between count as a run of what was jogged; alone they hold no first run back.
    known = past.profile.longest_run or any(session.run_minutes for session in (*recent, *done))
    least = 0 if known else FIRST_RUN_MINUTES[past.profile.experience]
    allowed = []
    for ahead in range(7):
        begin = past.first + timedelta(days=ahead - GROWTH_DAYS)
        longest = max((minutes for day, minutes in ran if day >= begin), default=0)
        allowed.append(max(longest_allowed(longest), least) if longest else FIRST_RUN_MINUTES[past.profile.experience])
    return min(allowed)
