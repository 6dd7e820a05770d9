"""The form a person is in: what their history allows and asks of a week. One pass over the last nine weeks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from coach.planning.inputs import AgeGroup, Experience, History, PastSession, Profile
from coach.planning.rules import (
    EASIER_EVERY,
    FIRST_RUN_MINUTES,
    GROWTH_DAYS,
    LADDER,
    LEAST_CALF_SETS,
    MISSED_IN_A_ROW,
    MOST_CALF_SETS,
    PAIN_DAYS,
    PAIN_REDUCE,
    PAIN_STOP,
    QUALITY,
    RECOVERY,
    RETURN_AFTER_DAYS,
    RETURN_DAYS,
    RETURN_SHARE,
    RUNS,
    TOO_HARD,
    WALK_JOG,
    WALK_JOG_ROUNDS,
    longest_allowed,
)
from coach.profile import Goal, SessionStatus

LOOK_BACK: Final = timedelta(days=63)
GOOD_WEEKS_TO_SPRINT: Final = 6
"""Weeks of the last eight with two runs and no pain, before a new runner may sprint: 4–8 of regular running (R86)."""

LONG_BREAK_DAYS: Final = 56
LONG_BREAK_WAIT_DAYS: Final = 28
"""After eight weeks off, four weeks of running come before the first sprint; a product decision after R86."""

RECENT_DAYS: Final = 21
"""The run that the next one is measured by is one of the last three weeks."""

GOOD_WEEKS_TO_ADD: Final = 4
"""Weeks of the last six with sprints and no pain, at the top of the ladder, before one more a week is added."""


class Note(StrEnum):
    """What is special about a week; the messages say it once."""

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


@dataclass(frozen=True, slots=True)
class TrainingState:
    """What a week starts from; an easier week and a return cut it afterwards."""

    level: Experience
    notes: frozenset[Note]
    sprints_a_week: int  # 0–3
    step: int  # of LADDER
    jog_rounds: int
    calf_sets: int  # a week
    run_minutes: int  # the longest run that the week aims at; 0 where there is none
    run_limit: int  # what no run of the week may exceed, after those done in it


@dataclass(frozen=True, slots=True)
class _Past:
    """The nine weeks before a week, and what of it has happened."""

    profile: Profile
    number: int
    first: date  # the week's Monday
    today: date
    counted: list[tuple[int, PastSession]]  # done, or still to come, before the week; each with the number of its week
    since: list[tuple[int, PastSession]]  # the part of it after the last break of two weeks
    gap: int  # days of that break; 0 where there was none
    returning: bool  # a break of two weeks ends in this week
    done: list[PastSession]  # done in the week itself
    known: list[PastSession]  # every row of the nine weeks and of the week itself, but for what a pause took

    def hurt_weeks(self) -> set[int]:
        """Return the numbers of the weeks in which more pain was reported than training goes on with."""
        return {self.profile.week_of(session.day) for session in self.known if (session.pain or 0) >= PAIN_REDUCE}


def _ordinary(counted: list[tuple[int, PastSession]]) -> Iterator[tuple[int, PastSession]]:
    """Yield, the last first, what lies in no easier week: nothing is measured by those."""
    return (pair for pair in reversed(counted) if pair[0] % EASIER_EVERY)


def read_training_state(profile: Profile, number: int, history: History, today: date) -> TrainingState:
    """Return the form for week `number` as known on `today`.

    What raises is read before the week, what lowers up to now: a week does not grow while it runs.
    """
    past = _past(profile, number, history, today)
    notes = _notes(past)
    lowered = bool(notes & {Note.LOWERED, Note.REALIGNED})
    growing = not notes & {Note.HELD, Note.LOWERED, Note.REALIGNED, Note.PAIN_REDUCED, Note.PAIN_STOPPED}
    if profile.age is AgeGroup.FIFTY_PLUS and number % 2:
        growing = False  # a step every second week
    change = -1 if lowered else int(growing)
    level = _level(past)
    last = _last_sprints(past.since)
    step = _step(past, last, change)
    # One thing grows at a time: a step up the ladder, or a longer run.
    climbs = last is not None and step > _reached(last)
    return TrainingState(
        level=level,
        notes=notes,
        sprints_a_week=_sprints(past, level, at_top=step == len(LADDER) - 1 and not climbs, notes=notes),
        step=step,
        jog_rounds=_jog_rounds(past, change),
        calf_sets=_calf_sets(past, change),
        run_minutes=_run_minutes(past, min(change, 0) if climbs else change),
        run_limit=_allowed(past, past.done),
    )


def _past(profile: Profile, number: int, history: History, today: date) -> _Past:
    first = profile.first_monday + timedelta(days=7 * (number - 1))
    sessions = history.sessions
    begin = bisect_left(sessions, first - LOOK_BACK, key=_day)
    split = bisect_left(sessions, first, begin, key=_day)
    end = bisect_left(sessions, first + timedelta(days=7), split, key=_day)
    origin = profile.first_monday.toordinal() - 7
    counted = [
        ((session.day.toordinal() - origin) // 7, session)
        for session in sessions[begin:split]
        if _counts(session, today)
    ]
    older = next((session.day for session in reversed(sessions[:begin]) if _counts(session, today)), None)
    stretch, gap, last = 0, 0, older
    for place, (_, session) in enumerate(counted):
        if last is not None and (session.day - last).days >= RETURN_AFTER_DAYS:
            stretch, gap = place, (session.day - last).days
        last = session.day
    done = [session for session in sessions[split:end] if session.status is SessionStatus.DONE]
    done = [session for session in done if session.workout != RECOVERY]
    resumes = done[0].day if done else max(first, today)
    back_for = (first - counted[stretch][1].day).days if gap else RETURN_DAYS
    returning = back_for < RETURN_DAYS or (last is not None and (resumes - last).days >= RETURN_AFTER_DAYS)
    known = [
        session
        for session in sessions[begin:end]
        if session.status is SessionStatus.DONE or not (history.pauses and history.paused(session.day))
    ]
    return _Past(profile, number, first, today, counted, counted[stretch:], gap, returning, done, known)


def _day(session: PastSession) -> date:
    return session.day


def _counts(session: PastSession, today: date) -> bool:
    if session.workout == RECOVERY:
        return False
    return session.status is SessionStatus.DONE or (session.status is SessionStatus.PLANNED and session.day >= today)


def _notes(past: _Past) -> frozenset[Note]:
    notes = set()
    if past.number % EASIER_EVERY == 0:
        notes.add(Note.EASIER_WEEK)
    if past.returning:
        notes.add(Note.RETURNING)
    elif _missed_in_a_row(past) >= MISSED_IN_A_ROW:
        notes.add(Note.REALIGNED)
    felt = _felt_too_hard(past)
    if felt == [True, True]:
        notes.add(Note.LOWERED)
    elif felt[:1] == [True]:
        notes.add(Note.HELD)
    pain = _pain(past)
    if pain >= PAIN_STOP:
        notes.add(Note.PAIN_STOPPED)
    elif pain >= PAIN_REDUCE:
        notes.add(Note.PAIN_REDUCED)
    return frozenset(notes)


def _felt_too_hard(past: _Past) -> list[bool]:
    """Return whether each of the last two rated sessions was too hard, the last one first."""
    rated = (session for session in reversed(past.known) if session.effort is not None)
    return [(session.effort or 0) >= TOO_HARD[session.workout] for session in islice(rated, 2)]


def _missed_in_a_row(past: _Past) -> int:
    missed = 0
    for session in reversed(past.known):
        if session.workout == RECOVERY:
            continue
        if session.status is SessionStatus.DONE:
            break
        missed += session.day < past.today or session.status is SessionStatus.SKIPPED
    return missed


def _pain(past: _Past) -> int:
    """Return the latest report of pain, 0 where there is none of the last week."""
    now = max(past.first, past.today)
    for session in reversed(past.known):
        if session.pain is not None:
            return session.pain if (now - session.day).days <= PAIN_DAYS else 0
    return 0


def _level(past: _Past) -> Experience:
    """Return the experience, a new runner's raised by what they have done with us."""
    if past.profile.experience is not Experience.NEW:
        return past.profile.experience
    runs = Counter(week for week, session in past.counted if session.workout in RUNS)
    hurt = past.hurt_weeks()
    good = [week for week, count in runs.items() if count >= 2 and week >= past.number - 8 and week not in hurt]
    return Experience.REGULAR if len(good) >= GOOD_WEEKS_TO_SPRINT else Experience.NEW


def _step(past: _Past, last: PastSession | None, change: int) -> int:
    """Return the step of the ladder: the last one changed by one at most; after a break, lower."""
    if last:
        return min(max(_reached(last) + change, 0), len(LADDER) - 1)
    before = _last_sprints(past.counted)
    return int(_reached(before) * RETURN_SHARE) if before else 0


def _last_sprints(counted: list[tuple[int, PastSession]]) -> PastSession | None:
    return next((session for _, session in _ordinary(counted) if session.workout in QUALITY), None)


def _reached(session: PastSession) -> int:
    """Return the highest step of the ladder whose rounds and effort a session had."""
    least_rounds, least_percent = LADDER[0]
    rounds, percent = session.rounds or least_rounds, session.percent or least_percent
    return max((step for step, need in enumerate(LADDER) if need[0] <= rounds and need[1] <= percent), default=0)


def _sprints(past: _Past, level: Experience, *, at_top: bool, notes: frozenset[Note]) -> int:
    """Return how many sprint or hill sessions a week may have: none, one, then two, at most three."""
    if level is Experience.NEW or notes & {Note.RETURNING, Note.PAIN_REDUCED, Note.PAIN_STOPPED}:
        return 0
    waited = (past.first - past.since[0][1].day).days if past.since else 0
    if past.gap >= LONG_BREAK_DAYS and waited < LONG_BREAK_WAIT_DAYS:
        return 0
    if not at_top or notes & {Note.EASIER_WEEK, Note.REALIGNED, Note.LOWERED}:
        return 1
    hurt = past.hurt_weeks()
    weeks = Counter(week for week, session in past.since if session.workout in QUALITY)
    counts = [count for week, count in weeks.items() if week >= past.number - 6 and week not in hurt]
    if len(counts) < GOOD_WEEKS_TO_ADD:
        return 1
    twice = sum(1 for count in counts if count >= 2) >= GOOD_WEEKS_TO_ADD
    return 3 if twice and level is Experience.EXPERIENCED and Goal.SPRINTS in past.profile.goals else 2


def _jog_rounds(past: _Past, change: int) -> int:
    last = next((session for _, session in _ordinary(past.since) if session.workout == WALK_JOG), None)
    if last is None:
        return WALK_JOG_ROUNDS[0]
    rounds = (last.rounds or WALK_JOG_ROUNDS[0]) + change
    return min(max(rounds, WALK_JOG_ROUNDS[0]), WALK_JOG_ROUNDS[-1])


def _calf_sets(past: _Past, change: int) -> int:
    """Return the week's sets: the better of the last two weeks, one more where the last was kept."""
    sets: dict[int, int] = {}
    for week, session in _ordinary(past.counted if past.returning else past.since):
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


def _run_minutes(past: _Past, change: int) -> int:
    """Return the longest run of the week: the last weeks' longest, a tenth more at most (R60)."""
    allowed = _allowed(past, [])
    usual = past.profile.longest_run or FIRST_RUN_MINUTES[past.profile.experience]
    if past.returning:
        before = max((session.run_minutes for _, session in past.counted), default=0)
        return min(allowed, int((before or usual) * RETURN_SHARE))
    lately = past.first - timedelta(days=RECENT_DAYS)
    runs = ((session.day, session.run_minutes) for _, session in _ordinary(past.since))
    ran = [minutes for day, minutes in runs if minutes and day >= lately]
    if not ran:
        return min(allowed, usual)
    longest = max(ran)
    aim = longest_allowed(longest) if change > 0 else longest if change == 0 else int(longest * 0.9)
    return min(allowed, aim)


def _allowed(past: _Past, done: list[PastSession]) -> int:
    """Return what no run of the week may exceed, whichever of its days it falls on; `done` are runs of the week."""
    counted = [*(session for _, session in past.counted), *done]
    ran = [(session.day, session.run_minutes) for session in counted if session.run_minutes]
    if past.profile.longest_run:
        ran.append((past.profile.start - timedelta(days=1), past.profile.longest_run))
    allowed = []
    for ahead in range(7):
        begin = past.first + timedelta(days=ahead - GROWTH_DAYS)
        longest = max((minutes for day, minutes in ran if day >= begin), default=0)
        allowed.append(longest_allowed(longest) if longest else FIRST_RUN_MINUTES[past.profile.experience])
    return min(allowed)
