"""Guides that run in the chat, as they are stored."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlmodel import Session

from coach.guide.gate import Hold, hurts, is_held, stops_at
from coach.guide.live import GAP, LEAD, Run
from coach.guide.steps import Step
from coach.planning.state.pain_gate import still_asks
from coach.reminders.local_time import local_day
from db.models import LiveGuide, TrainingSession, User
from db.queries import due_reminders, sessions
from db.queries.guides import live_guides
from services import plans

LEAST_ACTIVE_S: Final = 300
"""Seconds of a session without rounds that are worth logging."""


TIDIES_WITHIN: Final = timedelta(seconds=30)

Told: TypeAlias = tuple[date, int]
"""A pain of 0–10 that somebody told of, with its day; the latest comes first."""


def begin(
    session: Session, user: User, title: str, steps: Sequence[Step], now: datetime, of: TrainingSession | None
) -> LiveGuide:
    """Let a guide begin, through a session or intervals of the person's own, and end the one that runs.

    It takes over the message of that one; what says how another ended stays in the chat. Of each day's session one is
    kept; through own intervals all are, until they are too old to be logged.
    """
    before = live_guides.of_user(session, user.id)
    shown, gone = None, None
    if before is not None and before.over_at is None:
        end(before, run_of(before).at(now), now)
        shown, gone = before.message_id, before.old_message_id
        before.message_id = before.old_message_id = before.next_at = None
        session.add(before)
    day = of.day if of is not None else None
    if day is not None and (same := live_guides.of_day(session, user.id, day)) is not None:
        gone = gone or same.old_message_id
        session.delete(same)
    session.flush()
    row = LiveGuide(
        user_id=user.id,
        day=day,
        workout=of.workout if of is not None else None,
        title=title,
        steps=[list(astuple(step)) for step in steps],
        began_at=now + LEAD,
        shown_at=now,
        message_id=shown,
        old_message_id=gone,
    )
    arm(row, run_of(row), now)
    session.add(row)
    session.flush()
    return row


def run_of(row: LiveGuide) -> Run:
    """Return a guide as it was when it was stored."""
    steps = tuple(Step.of(values) for values in row.steps)
    return Run(steps, row.began_at, row.paused_at, row.place, row.rounds_done, row.skipped_s)


def keep(row: LiveGuide, run: Run) -> None:
    """Store how far a guide is."""
    row.began_at, row.paused_at = run.began_at, run.paused_at
    row.place, row.rounds_done, row.skipped_s = run.place, run.rounds_done, run.skipped_s


def end(row: LiveGuide, run: Run, now: datetime) -> None:
    """Let a guide be over where it stands."""
    keep(row, run)
    row.over_at = row.over_at or now
    row.paused_at = row.paused_at or now  # what was done is counted up to here


def arm(row: LiveGuide, run: Run, now: datetime) -> None:
    """Set when a guide is to be looked at again, and a message that it no longer stands in to be taken away."""
    looks = [] if row.over_at is not None else [run.next_look(now, row.shown_at)]
    lost = row.message_id is None and now - row.shown_at > TIDIES_WITHIN  # it will hardly come
    if row.old_message_id is not None and not lost:
        looks.append(now + GAP)
    row.next_at = min((look for look in looks if look is not None), default=None)


def is_held_back(
    session: Session, user: User, row: LiveGuide, now: datetime, pains: Sequence[Told] | None = None
) -> bool:
    """Say whether something has come up that speaks against going on: a hold, a missing check, pain, another plan.

    `pains` are what the person told of, where that was read already.
    """
    today = local_day(now, user.zone or "UTC")
    if user.paused(now) or plans.refused(user, today) is not None:
        return True
    if pains is None:
        pains = _pains(session, user)
    if pains and pains[0][0] == today and pains[0][1] >= stops_at(row.workout, back=user.way_back_since is not None):
        return True
    if row.day is None:
        return hold_of_own(session, user, now, pains) is not None
    stored = sessions.of_days(session, user, [row.day]).get(row.day)
    return stored is None or stored.workout != row.workout or is_held(stored.workout, pains, today)


def hold_of_own(session: Session, user: User, now: datetime, pains: Sequence[Told] | None = None) -> Hold | None:
    """Return why nobody is counted into intervals of their own: before sprints of the plan what hurts is asked."""
    today = local_day(now, user.zone or "UTC")
    if pains is None:
        pains = _pains(session, user)
    if hurts(pains, today) or still_asks(level for _, level in pains):
        return Hold.HURTS
    return Hold.WAY_BACK if plans.standing(session, user, today) is not None else None


def _pains(session: Session, user: User) -> Sequence[Told]:
    session.flush()
    return due_reminders.pains(session, [user.id]).get(user.id, [])


def is_worth_logging(run: Run, now: datetime) -> bool:
    """Say whether enough of a session was done to log it: a round, or some minutes where there are none."""
    return run.rounds_done > 0 if run.rounds else run.active_s(now) >= LEAST_ACTIVE_S


def log(session: Session, user: User, stored: TrainingSession, now: datetime) -> None:
    """Note with a session that is done how much of it the person's guide has counted."""
    row = live_guides.of_day(session, user.id, stored.day)
    if row is None or row.over_at is None:
        return
    run = run_of(row)
    if is_worth_logging(run, now):
        stored.minutes_done = max(1, round(run.active_s(now) / 60))
        stored.rounds_done = min(run.rounds_done, stored.rounds) if stored.rounds else None
