"""The standing of somebody on the way back: what they answered since it began, lived through again day by day."""

from bisect import bisect_left
from datetime import date

from coach.planning.equipment import UPHILL
from coach.planning.inputs import Experience, History, Profile
from coach.planning.rules import PAIN_REDUCE, RETURN_AFTER_DAYS
from coach.planning.way_back.ladder import BackAnswer, BackStep, Standing
from coach.planning.workouts import WORKOUTS, Family
from coach.profile import SessionStatus


def standing_of(profile: Profile, history: History, today: date) -> Standing | None:
    """Return the standing on `today`; None where there is no way back, or it has been gone to its end.

    A session that the person called good counts for the step that it belongs to. A day with pain of 3 or more is a step
    back, and so are two weeks without a session.
    """
    way = profile.way_back
    if way is None:
        return None
    known = profile.experience is not Experience.NEW
    now: Standing | None = Standing(
        BackStep.WALK,
        reason=way.reason,
        runs=known or any(_was_fast(session.workout, session.status) for session in history.sessions),
        hilly=bool(profile.equipment & UPHILL),
    )
    last = way.since
    begin = bisect_left(history.sessions, way.since, key=lambda session: session.day)
    for session in history.sessions[begin:]:
        if session.day > today or now is None:
            break
        if session.status is SessionStatus.DONE:
            now, last = now.lowered(_breaks(last, session.day)), session.day
        if (session.pain or 0) >= PAIN_REDUCE:
            now = now.lowered(1)
        elif session.met == BackAnswer.GOOD and session.workout == now.workout:
            now = now.after_good()
    return now.lowered(_breaks(last, today)) if now is not None else None


def _was_fast(workout: str, status: SessionStatus) -> bool:
    return status is SessionStatus.DONE and WORKOUTS[workout].family is Family.QUALITY


def _breaks(first: date, last: date) -> int:
    return max((last - first).days, 0) // RETURN_AFTER_DAYS
