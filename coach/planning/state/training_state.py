"""The training state of a person: what their history allows and asks of a week."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from coach.planning.inputs import AgeGroup, Experience, History, Profile
from coach.planning.rules import (
    EASIER_EVERY,
    LADDER,
    LAST_CALF_STAGE,
    MISSED_IN_A_ROW,
    PAIN_DAYS,
    PAIN_REDUCE,
    PAIN_STOP,
)
from coach.planning.special_weeks.events import leads_to_event
from coach.planning.state.calves import calf_sets, calf_sets_a_day, calf_stage
from coach.planning.state.progression import (
    fast_rounds,
    jog_limit,
    jog_step,
    ladder_step,
    last_sprints,
    level_reached,
    run_limit,
    run_minutes,
    sprints_a_week,
    step_reached,
)
from coach.planning.state.recent_training import RecentTraining, read_recent_training
from coach.planning.way_back.ladder import Standing
from coach.planning.way_back.standing import standing_of
from coach.planning.week import WeekNote
from coach.planning.workouts import RECOVERY, WORKOUTS
from coach.profile import SessionStatus

_NOT_GROWING: Final = frozenset(
    {
        WeekNote.HELD,
        WeekNote.LOWERED,
        WeekNote.REALIGNED,
        WeekNote.PAIN_REDUCED,
        WeekNote.PAIN_STOPPED,
        WeekNote.EVENT_WEEK,
        WeekNote.WAY_BACK,
    }
)
_HURT: Final = frozenset({WeekNote.PAIN_REDUCED, WeekNote.PAIN_STOPPED})


@dataclass(frozen=True, slots=True)
class TrainingState:
    """The state that a week starts from; an easier week and a return cut it afterwards."""

    level: Experience
    notes: frozenset[WeekNote]
    sprints_a_week: int  # 0–3
    fast_rounds: int  # the most of sprints and hills together in a week of the last month
    step: int  # of LADDER
    jog_step: int  # of JOG_LADDER; its length where runs go on without a walk
    jog_limit: int  # minutes of jogging between walks, at most
    calf_stage: int  # of the calf raises: floor, step, one leg, load, hops
    calf_sets: int  # a week
    calf_sets_a_day: int  # at most, where they all fall on one day
    run_minutes: int  # the longest run that the week aims at; 0 where there is none
    run_limit: int  # what no run of the week may exceed, after those done in it
    way_back: Standing | None = None


def read_training_state(profile: Profile, number: int, history: History, today: date) -> TrainingState:
    """Return the training state for week `number` as known on `today`.

    What raises is read before the week, what lowers up to now: a week does not grow while it runs.
    """
    past = read_recent_training(profile, number, history, today)
    way_back = standing_of(profile, history, today)
    notes = _notes(past)
    if way_back is not None:  # its own steps are what a week grows, eases and begins again by
        notes = notes & _HURT | {WeekNote.WAY_BACK}
    lowered = bool(notes & {WeekNote.LOWERED, WeekNote.REALIGNED})
    growing = not notes & _NOT_GROWING
    if profile.age is AgeGroup.FIFTY_PLUS and number % 2:
        growing = False  # a step every second week
    change = -1 if lowered else int(growing)
    level = level_reached(past)
    last = last_sprints(past.since)
    raising = min(change, 0) if WeekNote.EASIER_WEEK in notes else change
    step = ladder_step(past, last, raising)
    allowed = run_limit(past, [])
    # One thing grows at a time: harder raises or more of them; a step up the ladder, or a longer run.
    climbs = last is not None and step > step_reached(last)
    fast_sessions = sprints_a_week(past, level, at_top=step == len(LADDER) - 1 and not climbs, notes=notes)
    stage, harder = calf_stage(past, raising)
    if harder and climbs and stage == LAST_CALF_STAGE:
        stage, harder = stage - 1, False
    return TrainingState(
        level=level,
        notes=notes,
        sprints_a_week=fast_sessions,
        fast_rounds=fast_rounds(past),
        step=step,
        jog_step=jog_step(past, raising),
        jog_limit=jog_limit(past, way_back=way_back is not None),
        calf_stage=stage,
        calf_sets=calf_sets(past, min(change, 0) if harder else change),
        calf_sets_a_day=calf_sets_a_day(past),
        run_minutes=run_minutes(past, min(change, 0) if climbs else change, allowed),
        run_limit=run_limit(past, past.done) if past.done else allowed,
        way_back=way_back,
    )


def _notes(past: RecentTraining) -> frozenset[WeekNote]:
    notes = set()
    if leads_to_event(past.profile, past.number):
        notes.add(WeekNote.EVENT_WEEK)
    if past.number % EASIER_EVERY == 0:
        notes.add(WeekNote.EASIER_WEEK)
    if past.returning:
        notes.add(WeekNote.RETURNING)
    elif _missed_in_a_row(past) >= MISSED_IN_A_ROW:
        notes.add(WeekNote.REALIGNED)
    felt = _felt_too_hard(past)
    if felt == [True, True]:
        notes.add(WeekNote.LOWERED)
    elif felt[:1] == [True]:
        notes.add(WeekNote.HELD)
    pain = _pain(past)
    if pain >= PAIN_STOP:
        notes.add(WeekNote.PAIN_STOPPED)
    elif pain >= PAIN_REDUCE:
        notes.add(WeekNote.PAIN_REDUCED)
    return frozenset(notes)


def _felt_too_hard(past: RecentTraining) -> list[bool]:
    """Return whether each of the last two rated sessions was too hard, the last one first."""
    rated = (session for session in reversed(past.known) if session.effort is not None)
    return [(session.effort or 0) >= WORKOUTS[session.workout].too_hard for session in islice(rated, 2)]


def _missed_in_a_row(past: RecentTraining) -> int:
    missed = 0
    for session in reversed(past.known):
        if session.workout == RECOVERY:
            continue
        if session.status is SessionStatus.DONE:
            break
        missed += session.day < past.today or session.status is SessionStatus.SKIPPED
    return missed


def _pain(past: RecentTraining) -> int:
    """Return the latest report of pain, 0 where there is none of the last week."""
    now = max(past.first, past.today)
    for session in reversed(past.known):
        if session.pain is not None:
            return session.pain if (now - session.day).days <= PAIN_DAYS else 0
    return 0
