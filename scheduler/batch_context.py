"""The data of one batch of reminders, read at once; each becomes a message, or a reason for silence."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.planning.inputs import Screening
from coach.planning.pain_gate import still_asks
from coach.planning.rules import PAIN_REDUCE
from coach.profile import ReminderKind, SessionKind, SessionStatus
from coach.protein import HEAVY_KG, a_meal, excepted
from coach.reminders.local_time import to_local
from coach.reminders.schedule import (
    LAPSED_DAYS,
    MOST_A_DAY,
    STREAK_AT_MOST,
    addendum_for,
    is_streak_day,
    lapsed,
    recovers,
)
from db.queries import due_reminders
from db.queries.due_reminders import DueReminder
from scheduler.reminder_messages import ReminderComposer, ReminderMessage

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_FROM_THURSDAY: Final = 3  # a look-back earlier in the week is on the week before


class BatchContext:
    """Reads everything that a batch of reminders needs, in a handful of statements whatever its size."""

    def __init__(self, session: Session, wanted: list[tuple[DueReminder, date]]) -> None:
        of_kind = {kind: [each for each in wanted if each[0].kind == kind] for kind in ReminderKind}
        daily, evening = of_kind[ReminderKind.SESSION], of_kind[ReminderKind.RECOVERY]
        days = {(reminder.user_id, day) for reminder, day in daily + evening}
        days |= {(reminder.user_id, day + _DAY) for reminder, day in evening}
        days |= {(reminder.user_id, day - _DAY) for reminder, day in daily if reminder.plan_start == day - _DAY}
        self._sessions = due_reminders.sessions(session, days)
        self._lately = due_reminders.recent_days(session, _todays(daily))
        told = [each for each in daily if each[0].plan_start and is_streak_day(each[1], each[0].plan_start)]
        self._unbroken = {each.user_id for each, _ in told} - due_reminders.users_with_missed_sessions(
            session, _todays(told), STREAK_AT_MOST
        )
        self._looked_at = looked_at = {
            person: _monday(day) for person, day in _todays(of_kind[ReminderKind.REVIEW]).items()
        }
        self._weeks = due_reminders.weeks(session, looked_at)
        self._pains = due_reminders.pains(session, _todays(daily).keys() | looked_at.keys())
        beside = {reminder.user_id for reminder, _ in wanted if reminder.kind != ReminderKind.SESSION}
        self._siblings = due_reminders.sibling_reminders(session, _todays(wanted), beside)
        self._said = Counter((each.user_id, each.last_day) for all_ in self._siblings.values() for each in all_)
        self._reviewed = {
            (each.user_id, each.last_day)
            for all_ in self._siblings.values()
            for each in all_
            if each.kind == ReminderKind.REVIEW
        }
        self._daily_said: set[tuple[int, date]] = set()

    def compose(
        self, reminder: DueReminder, day: date, due_at: datetime, wording: ReminderComposer
    ) -> ReminderMessage | str:
        """Return the words of this reminder for `day`, or why there are none."""
        if reminder.plan_start is None or day < reminder.plan_start:
            return "no-plan"
        local = to_local(due_at, reminder.zone or "UTC")
        match ReminderKind(reminder.kind):
            case ReminderKind.SESSION:
                said = self._session(reminder, day, local, wording)
            case ReminderKind.RECOVERY:
                said = self._evening(reminder, day, local, wording)
            case ReminderKind.REVIEW:
                said = self._review(reminder, day, local, wording)
            case ReminderKind.MEASURING:
                said = wording.measuring(reminder.language, day, local)
        if isinstance(said, ReminderMessage):
            if not self._has_room(reminder, day):
                return "enough"
            self._count_message(reminder, day)
        return said

    def _session(
        self, reminder: DueReminder, day: date, local: datetime, wording: ReminderComposer
    ) -> ReminderMessage | str:
        planned = self._sessions.get((reminder.user_id, day))
        if planned is None:
            due = _clear(reminder) and lapsed(reminder.screened_on or day, day) in LAPSED_DAYS
            return wording.check(reminder.language, day, local) if due else "no-plan"
        if planned.status != SessionStatus.PLANNED:
            return planned.status
        start = reminder.plan_start or day
        lately = self._lately.get(reminder.user_id, {})
        kept = min(day - start, STREAK_AT_MOST).days if reminder.user_id in self._unbroken else 0
        rests, first = planned.kind == SessionKind.RECOVERY, self._sessions.get((reminder.user_id, start))
        trained = first is not None and first.status == SessionStatus.DONE and first.kind != SessionKind.RECOVERY
        note = addendum_for(day, start, planned.why, lately, kept, rests=rests, trained=trained)
        hurt = still_asks(pain for _, pain in self._pains.get(reminder.user_id, ()))
        return wording.compose(reminder.language, planned, local, note, kept, hurt=hurt)

    def _evening(
        self, reminder: DueReminder, day: date, local: datetime, wording: ReminderComposer
    ) -> ReminderMessage | str:
        trained = self._sessions.get((reminder.user_id, day))
        if trained is None or not recovers(trained.workout, trained.status):
            return "nothing"
        if (reminder.user_id, day) in self._reviewed:
            return "review-instead"
        tomorrow = self._sessions.get((reminder.user_id, day + _DAY))
        return wording.evening(reminder.language, day, local, _grams(reminder, day), tomorrow)

    def _review(
        self, reminder: DueReminder, day: date, local: datetime, wording: ReminderComposer
    ) -> ReminderMessage | str:
        done, planned = self._weeks.get(reminder.user_id, (0, 0))
        monday = self._looked_at[reminder.user_id]
        said = [pain for on, pain in self._pains.get(reminder.user_id, ()) if monday <= on <= day]
        hurt = max(said, default=0) >= PAIN_REDUCE
        return wording.review(reminder.language, day, local, done, planned, hurt=hurt) if planned or hurt else "nothing"

    def _count_message(self, reminder: DueReminder, day: date) -> None:
        self._said[reminder.user_id, day] += 1
        if reminder.kind == ReminderKind.REVIEW:
            self._reviewed.add((reminder.user_id, day))
        elif reminder.kind == ReminderKind.SESSION:
            self._daily_said.add((reminder.user_id, day))

    def _has_room(self, reminder: DueReminder, day: date) -> bool:
        """Say whether one more message fits into the day; the session's own has its place kept."""
        taken = self._said[reminder.user_id, day]
        if reminder.kind != ReminderKind.SESSION:
            taken += self._session_to_come(reminder, day)
        return taken < MOST_A_DAY

    def _session_to_come(self, reminder: DueReminder, day: date) -> bool:
        zone = reminder.zone or "UTC"
        return (reminder.user_id, day) not in self._daily_said and any(
            each.kind == ReminderKind.SESSION
            and each.last_day != day
            and each.next_due_at is not None
            and to_local(each.next_due_at, zone).date() == day
            for each in self._siblings[reminder.user_id]
        )


def _todays(wanted: Iterable[tuple[DueReminder, date]]) -> dict[int, date]:
    return {reminder.user_id: day for reminder, day in wanted}


def _monday(day: date) -> date:
    """Return where the week begins that a look-back on `day` is on."""
    week = day if day.weekday() >= _FROM_THURSDAY else day - _WEEK
    return week - timedelta(days=week.weekday())


def _grams(reminder: DueReminder, day: date) -> int | None:
    """Return the protein of one meal, None where no number is given (see `/protein`)."""
    weight, on = reminder.weight_kg, reminder.screened_on
    screened = _clear(reminder) and on is not None and lapsed(on, day) <= 0
    without = excepted(reminder.screening, reminder.protein_check, screened=screened)
    return a_meal(weight) if weight and weight < HEAVY_KG and without is False else None


def _clear(reminder: DueReminder) -> bool:
    return reminder.screening == Screening.CLEAR
