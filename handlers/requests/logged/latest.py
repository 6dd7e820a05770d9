"""The log that what is told next belongs to: the session, of the plan or beside it, that was logged last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.profile import SessionKind, SessionStatus
from coach.requests import Activity, Intent, Slots
from db.models import TrainingSession
from db.queries import sessions
from db.queries.guides import extra_sessions
from handlers.framework.turn import Turn
from handlers.training.today import kept_session, today_of
from services import last_change

OPEN: Final = timedelta(hours=2)
"""The time in which what is not told yet, how hard a session was or how long it took, may still be told."""

AMENDED: Final = timedelta(minutes=30)
"""The time in which what was told may be told anew, by words that do not surely correct it."""


@dataclass(frozen=True)
class Log:
    """A session that was logged lately: what is known of it, and the request that logs it."""

    at: datetime
    slots: Slots  # with which it is logged again
    kind: SessionKind
    effort: int | None
    minutes: int | None
    told_in_words: bool  # it is the last change, which is undone where its figures change
    row: TrainingSession | None = None
    extra: int | None = None  # the number of a session beside the plan

    @property
    def is_open(self) -> bool:
        """True while how hard it was is not told."""
        return self.effort is None


def latest(turn: Turn) -> Log | None:
    """Return the session that was logged last, None where that is too long ago."""
    found = [log for log in (_planned(turn), _extra(turn), _sets(turn)) if log is not None]
    log = max(found, key=lambda one: one.at, default=None)
    return log if log is not None and turn.now - log.at <= OPEN else None


def _change(turn: Turn) -> tuple[Slots, datetime] | None:
    """Return the slots of the last change where it logged a session, and when that was."""
    change = last_change.last(turn.session, turn.user, turn.now)
    slots = unpack_slots(change.slots or "") if change is not None and change.intents == [Intent.DONE] else None
    return (slots, change.at) if change is not None and slots is not None else None


def _planned(turn: Turn) -> Log | None:
    """Return the session of the plan that was logged last: today's, or one of the day that was told."""
    if turn.user.plan_start is None:
        return None
    change, today = _change(turn), today_of(turn)
    days = {today, *([change[0].day] if change is not None and change[0].day and not change[0].what else [])}
    kept = sessions.of_days(turn.session, turn.user, sorted(days))  # only read: a plan is made when it is shown
    rows = [row for row in kept.values() if row.changed_at is not None]
    done = [row for row in rows if row.status == SessionStatus.DONE and row.asks is not SessionKind.RECOVERY]
    row = max(done, key=lambda each: each.changed_at or turn.now, default=None)
    if row is None or row.changed_at is None:
        return None
    named: date = row.day
    in_words = change is not None and (change[0].day or today) == named and not change[0].what
    at = max(row.changed_at, change[1]) if change is not None and in_words else row.changed_at
    slots = Slots(day=named)
    return Log(at, slots, row.asks, row.effort, row.minutes_done, in_words, row)


def _extra(turn: Turn) -> Log | None:
    """Return the session beside the plan that was logged last, where it was told in words."""
    change = _change(turn)
    extra = extra_sessions.latest(turn.session, turn.user.id) if change is not None and change[0].what else None
    if change is None or extra is None or extra.guide is not None:
        return None
    return Log(
        change[1],
        change[0],
        SessionKind(extra.kind),
        extra.effort,
        extra.minutes_done,
        told_in_words=True,
        extra=extra.id,
    )


def _sets(turn: Turn) -> Log | None:
    """Return strength work beside the plan of which only the sets were told; nothing where the plan has them."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents != [Intent.SETS]:
        return None
    row = kept_session(turn, today_of(turn)) if turn.user.plan_start is not None else None
    if row is not None and row.asks is SessionKind.STRENGTH:
        return None
    slots = Slots(day=today_of(turn), what=Activity.STRENGTH)
    return Log(change.at, slots, SessionKind.STRENGTH, None, None, told_in_words=False)
