"""Due reminders become messages: claimed, composed, written and advanced in one transaction a batch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlmodel import Session

from coach.profile import ReminderKind, SessionStatus
from coach.zones import due_day, next_due, to_local
from db import outbox, plans, reminders
from db.outbox import Bulk
from db.reminders import Advance, DaySession, DueReminder
from scheduler.wording import Wording

USEFUL: Final = timedelta(hours=5)  # a session's reminder that comes later than this helps nobody
EVENING: Final = time(22)  # nor does one after this, on the person's clock
AT_LEAST: Final = timedelta(hours=1)  # who asked to be reminded at 21:45 is, even if it takes a while

Step = Callable[[str], None]


@dataclass
class Batch:
    """What became of a batch of due reminders."""

    claimed: int = 0
    written: int = 0
    silent: Counter[str] = field(default_factory=Counter)  # why nothing was sent: done, skipped, paused, too-late, …


@dataclass(frozen=True)
class _Chosen:
    """A reminder that is due, the date it is for, and when it stops being useful; `expired` where none is due now."""

    reminder: DueReminder
    due_at: datetime
    day: date
    useful_until: datetime
    expired: bool


def process_due(session: Session, wording: Wording, now: datetime, limit: int, step: Step) -> Batch:
    """Turn up to `limit` due reminders into messages and advance them; the caller commits."""
    claimed = reminders.claim_due(session, now, limit)
    batch = Batch(claimed=len(claimed))
    if not claimed:
        return batch
    step("claimed")
    chosen = [_choose(reminder, now) for reminder in claimed]
    days = _days_of(session, [each for each in chosen if _silence(each, now) is None])
    messages, moves = [], []
    for each in chosen:
        session_of_day = days.get((each.reminder.user_id, each.day))
        silence = _silence(each, now) or _done_with(session_of_day)
        if silence is not None:
            batch.silent[silence] += 1
        elif session_of_day is not None:
            messages.append(_message(each, session_of_day, wording, now))
        moves.append(_advance(each, now, spoken=silence is None))
    batch.written = outbox.put_once(session, messages)
    reminders.advance(session, moves)
    step("written")
    return batch


def plan_due(session: Session, now: datetime, limit: int, most: int) -> int:
    """Plan the weeks of up to `most` of the people whose reminders are due; return how many.

    In steps of their own, so that a reply never waits for two hundred weeks to be planned.
    """
    chosen = [_choose(reminder, now) for reminder in reminders.claim_due(session, now, limit)]
    unplanned = _unplanned(session, [each for each in chosen if _silence(each, now) is None])
    plans.renew_people(session, dict(list(unplanned.items())[:most]))
    return min(len(unplanned), most)


def _choose(reminder: DueReminder, now: datetime) -> _Chosen:
    """Return what is due of this reminder: after days of downtime the newest that is still of use."""
    chosen = _for_moment(reminder, reminder.next_due_at, now)
    if not chosen.expired:
        return chosen
    newest = _next(reminder, now - USEFUL, chosen.day)
    if newest > now:
        return chosen
    later = _for_moment(reminder, newest, now)
    return chosen if later.expired else later


def _for_moment(reminder: DueReminder, due_at: datetime, now: datetime) -> _Chosen:
    zone = reminder.zone or "UTC"
    day = due_day(due_at, time.fromisoformat(reminder.local_time), zone)
    evening = to_local(due_at, zone).replace(hour=EVENING.hour, minute=0, second=0, microsecond=0, fold=0)
    useful_until = max(min(due_at + USEFUL, evening), due_at + AT_LEAST)
    return _Chosen(reminder, due_at, day, useful_until, now > useful_until)


def _silence(chosen: _Chosen, now: datetime) -> str | None:
    """Return why nothing is to be sent, None where the day's session decides."""
    reminder = chosen.reminder
    if reminder.unreachable is not None:
        return "unreachable"
    if not reminder.on:
        return "off"
    if reminder.pause_reason is not None and (reminder.paused_until is None or reminder.paused_until > now):
        return "paused"
    return "too-late" if chosen.expired else None


def _done_with(session: DaySession | None) -> str | None:
    if session is None:
        return "no-plan"
    return None if session.status == SessionStatus.PLANNED else session.status


def _days_of(session: Session, chosen: list[_Chosen]) -> dict[tuple[int, date], DaySession]:
    """Return the sessions of these days, planned now where that was not done before."""
    plans.renew_people(session, _unplanned(session, chosen))
    return reminders.sessions(session, {(each.reminder.user_id, each.day) for each in chosen})


def _unplanned(session: Session, chosen: list[_Chosen]) -> dict[int, date]:
    """Return whose week is to be planned, and their date: it is not stored, or a session was missed."""
    asked = [each for each in chosen if each.reminder.planned_on is None or each.reminder.planned_on < each.day]
    wanted = {each.reminder.user_id: each.day for each in asked}
    found, missed = reminders.sessions(session, wanted.items()), reminders.missed(session, wanted.items())
    return {person: day for person, day in wanted.items() if (person, day) not in found or person in missed}


def _message(chosen: _Chosen, session: DaySession, wording: Wording, now: datetime) -> Bulk:
    reminder = chosen.reminder
    local = to_local(chosen.due_at, reminder.zone or "UTC")
    reminding = wording.compose(reminder.language, session, local)
    return Bulk(
        user_id=reminder.user_id,
        chat_id=reminder.user_id,
        method="sendMessage",
        payload={"chat_id": reminder.user_id} | reminding.payload,
        useful_until=chosen.useful_until,
        due_at=chosen.due_at,
        late_text=reminding.late_text,
        once_key=f"{reminder.user_id}:{ReminderKind.SESSION}:{chosen.day}",
        created_at=now,
    )


def _advance(chosen: _Chosen, now: datetime, *, spoken: bool) -> Advance:
    """Return where the reminder goes: its next moment from now, on another date where it has just spoken."""
    reminder = chosen.reminder
    paused_for_good = reminder.pause_reason is not None and reminder.paused_until is None
    if reminder.unreachable is not None or not reminder.on or paused_for_good:
        return Advance(reminder.id, None, reminder.last_day)
    last_day = chosen.day if spoken else reminder.last_day
    return Advance(reminder.id, _next(reminder, now, last_day), last_day)


def _next(reminder: DueReminder, after: datetime, last_day: date | None) -> datetime:
    return next_due(
        time.fromisoformat(reminder.local_time),
        reminder.zone or "UTC",
        after,
        days=frozenset(map(int, reminder.days)),
        last_day=last_day,
    )
