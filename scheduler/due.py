"""Due reminders become messages: claimed, composed, written and advanced in one transaction a batch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from coach.reminders.kinds import PRIORITY, ReminderKind, spec_of
from coach.reminders.local_time import to_local
from coach.reminders.schedule import useful_until
from db import outbox
from db.outbox import Bulk
from db.queries import due_reminders
from db.queries.due_reminders import Advance, DueReminder, quiet_of, schedule_of
from scheduler.batch_context import BatchContext
from scheduler.reminder_messages import ReminderComposer, ReminderMessage
from services import plans

TickStep = Callable[[str], None]
Claim = Callable[[Session], list[DueReminder]]


@dataclass
class Batch:
    """The outcome of a batch of due reminders."""

    claimed: int = 0
    written: int = 0
    more: bool = False  # only weeks were planned: the same reminders are still due
    failed: list[int] = field(default_factory=list)  # ids of those that cannot be carried out
    silent: Counter[str] = field(default_factory=Counter)  # why nothing was sent: done, skipped, paused, too-late, …


@dataclass(frozen=True)
class _Occurrence:
    """A reminder that is due, the date it is for, and when it stops being useful; `expired` where none is due now."""

    reminder: DueReminder
    due_at: datetime
    day: date
    useful_until: datetime
    expired: bool


def process_due(
    session: Session, composer: ReminderComposer, now: datetime, claim: Claim, weeks: int, step: TickStep
) -> Batch:
    """Turn the due reminders that `claim` returns into messages and advance them; the caller commits.

    Where more than `weeks` weeks are to be planned first, so many are planned and nothing else is done: `more` says to
    come again. A reply never waits for a hundred weeks to be planned.
    """
    claimed = claim(session)
    batch = Batch(claimed=len(claimed))
    if not claimed:
        return batch
    step("claimed")
    occurrences = [_pick_occurrence(reminder, now) for reminder in claimed]
    speaking = [each for each in occurrences if _skip_reason(each, now) is None]
    unplanned = _unplanned(session, speaking)
    plans.renew_people(session, dict(list(unplanned.items())[:weeks]))
    if len(unplanned) > weeks:
        return Batch(claimed=len(claimed), more=True)
    context = BatchContext(session, [(each.reminder, each.day) for each in speaking])
    messages, moves = [], []
    for each in sorted(occurrences, key=lambda each: each.reminder.kind not in PRIORITY):
        composed = _skip_reason(each, now) or context.compose(each.reminder, each.day, each.due_at, composer)
        spoken = isinstance(composed, ReminderMessage)
        if isinstance(composed, ReminderMessage):
            messages.append(_message(each, composed, now))
        else:
            batch.silent[composed] += 1
        moves.append(_advance(each, now, spoken=spoken))
    context.write(session)
    batch.written = outbox.enqueue_once(session, messages)
    due_reminders.advance(session, moves)
    step("written")
    return batch


def _pick_occurrence(reminder: DueReminder, now: datetime) -> _Occurrence:
    """Return the occurrence of this reminder that is due: after days of downtime the newest that is still of use."""
    first = _occurrence(reminder, reminder.next_due_at, now)
    if not first.expired:
        return first
    newest = schedule_of(reminder).next(reminder.zone or "UTC", now - spec_of(reminder.kind).useful_for, first.day)
    if newest > now:
        return first
    later = _occurrence(reminder, newest, now)
    return first if later.expired else later


def _occurrence(reminder: DueReminder, due_at: datetime, now: datetime) -> _Occurrence:
    zone = reminder.zone or "UTC"
    until = useful_until(due_at, zone, quiet_of(reminder), spec_of(reminder.kind).useful_for)
    return _Occurrence(reminder, due_at, schedule_of(reminder).day_of(due_at, zone), until, now >= until)


def _skip_reason(occurrence: _Occurrence, now: datetime) -> str | None:
    """Return why nothing is to be sent, None where the rows of the day decide."""
    reminder = occurrence.reminder
    if reminder.unreachable is not None:
        return "unreachable"
    if not reminder.on:
        return "off"
    if reminder.pause_reason is not None and (reminder.paused_until is None or reminder.paused_until > now):
        return "paused"
    if occurrence.expired:
        return "too-late"
    at = to_local(occurrence.due_at, reminder.zone or "UTC").time()
    return "quiet" if not reminder.chosen and quiet_of(reminder).holds(at) else None


def _unplanned(session: Session, occurrences: list[_Occurrence]) -> dict[int, date]:
    """Return the people whose week is to be planned, with their date: it is not stored, or a session was missed."""
    asked = [
        each
        for each in occurrences
        if each.reminder.kind == ReminderKind.SESSION
        and (each.reminder.planned_on is None or each.reminder.planned_on < each.day)
    ]
    wanted = {each.reminder.user_id: each.day for each in asked}
    found, missed = due_reminders.sessions(session, wanted.items()), due_reminders.missed(session, wanted.items())
    return {person: day for person, day in wanted.items() if (person, day) not in found or person in missed}


def _message(occurrence: _Occurrence, message: ReminderMessage, now: datetime) -> Bulk:
    reminder = occurrence.reminder
    return Bulk(
        user_id=reminder.user_id,
        chat_id=reminder.user_id,
        method="sendMessage",
        payload={"chat_id": reminder.user_id} | message.payload,
        useful_until=occurrence.useful_until,
        due_at=occurrence.due_at,
        late_text=message.late_text,
        once_key=outbox.dedup_key(reminder.user_id, reminder.kind, occurrence.day),
        created_at=now,
    )


def _advance(occurrence: _Occurrence, now: datetime, *, spoken: bool) -> Advance:
    """Return when the reminder is due next: from now on, on another date where it has just spoken."""
    reminder = occurrence.reminder
    paused_for_good = reminder.pause_reason is not None and reminder.paused_until is None
    if reminder.unreachable is not None or not reminder.on or paused_for_good:
        return Advance(reminder.id, None, reminder.last_day)
    last_day = occurrence.day if spoken else reminder.last_day
    spec = spec_of(reminder.kind)
    if spec.called_for_by is not None or (spec.after_silence is not None and spoken):  # armed anew by the next session
        return Advance(reminder.id, None, last_day)
    return Advance(reminder.id, schedule_of(reminder).next(reminder.zone or "UTC", now, last_day), last_day)
