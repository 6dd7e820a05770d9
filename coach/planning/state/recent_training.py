"""Recent training: the nine weeks before a week, and the week itself so far, read in one pass."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach.planning.inputs import History, PastSession, Profile
from coach.planning.rules import EASIER_EVERY, PAIN_REDUCE, RETURN_AFTER_DAYS, RETURN_DAYS
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus

LOOK_BACK: Final = timedelta(days=63)


@dataclass(frozen=True, slots=True)
class RecentTraining:
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

    @property
    def resumes(self) -> bool:
        """True where the break that ends in this week had no session after it before the week."""
        return self.returning and not (self.since and (self.first - self.since[-1][1].day).days <= RETURN_DAYS)

    def hurt_weeks(self) -> set[int]:
        """Return the numbers of the weeks in which more pain was reported than training goes on with."""
        return {self.profile.week_of(session.day) for session in self.known if (session.pain or 0) >= PAIN_REDUCE}


def read_recent_training(profile: Profile, number: int, history: History, today: date) -> RecentTraining:
    """Return the nine weeks before week `number`, and what of it has happened by `today`."""
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
    if last is not None and profile.event is not None and first <= profile.event <= today:
        last = profile.event  # a race is no day off
    back_for = (first - counted[stretch][1].day).days if gap else RETURN_DAYS
    returning = back_for < RETURN_DAYS or (last is not None and (resumes - last).days >= RETURN_AFTER_DAYS)
    known = [
        session
        for session in sessions[begin:end]
        if session.status is SessionStatus.DONE or not (history.pauses and history.paused(session.day))
    ]
    return RecentTraining(profile, number, first, today, counted, counted[stretch:], gap, returning, done, known)


def ordinary(counted: list[tuple[int, PastSession]]) -> Iterator[tuple[int, PastSession]]:
    """Yield, the last first, what lies in no easier week: nothing is measured by those."""
    return (pair for pair in reversed(counted) if pair[0] % EASIER_EVERY)


def _day(session: PastSession) -> date:
    return session.day


def _counts(session: PastSession, today: date) -> bool:
    if session.workout == RECOVERY:
        return False
    return session.status is SessionStatus.DONE or (session.status is SessionStatus.PLANNED and session.day >= today)
