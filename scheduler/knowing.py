"""What is known of the people of one batch, and what each reminder comes to: words, or why there are none."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.profile import ReminderKind, SessionStatus
from coach.protein import HEAVY_KG, Check, a_meal
from coach.reminding import MOST_A_DAY, Past, asks_for_streak, known, recovers
from coach.streaks import Week, streak, weeks
from coach.zones import to_local
from db import reminders
from db.reminders import DueReminder
from scheduler.wording import Reminding, Wording

YESTERDAY: Final = timedelta(days=3)
MONTH: Final = timedelta(days=35)
_DAY: Final = timedelta(days=1)
_FROM_THURSDAY: Final = 3  # a look-back earlier in the week is on the week before


class Knowing:
    """Reads everything that a batch of reminders needs, in a handful of statements whatever its size."""

    def __init__(self, session: Session, wanted: list[tuple[DueReminder, date]]) -> None:
        of_kind = {kind: [each for each in wanted if each[0].kind == kind] for kind in ReminderKind}
        daily, evening = of_kind[ReminderKind.SESSION], of_kind[ReminderKind.RECOVERY]
        days = {(reminder.user_id, day) for reminder, day in daily + evening}
        days |= {(reminder.user_id, day + _DAY) for reminder, day in evening}
        self._sessions = reminders.sessions(session, days)
        streaks = [each for each in daily if each[0].plan_start and asks_for_streak(each[1], each[0].plan_start)]
        self._past = reminders.past(session, _todays(daily), YESTERDAY)
        self._past |= reminders.past(session, _todays(streaks + of_kind[ReminderKind.REVIEW]), MONTH)
        self._kin = reminders.kin(session, {reminder.user_id for reminder, _ in wanted})
        self._spoken: set[tuple[int, str, date]] = {
            (person, each.kind, each.last_day) for person, all_ in self._kin.items() for each in all_ if each.last_day
        }

    def say(self, reminder: DueReminder, day: date, due_at: datetime, wording: Wording) -> Reminding | str:
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
        if isinstance(said, Reminding):
            if not self._room(reminder, day):
                return "enough"
            self._spoken.add((reminder.user_id, reminder.kind, day))
        return said

    def _session(self, reminder: DueReminder, day: date, local: datetime, wording: Wording) -> Reminding | str:
        planned = self._sessions.get((reminder.user_id, day))
        if planned is None:
            return "no-plan"
        if planned.status != SessionStatus.PLANNED:
            return planned.status
        start = reminder.plan_start or day
        past = self._past.get(reminder.user_id, {})
        kept = _streak(past, day) if asks_for_streak(day, start) else 0
        return wording.compose(reminder.language, planned, local, known(day, start, planned.why, past, kept), kept)

    def _evening(self, reminder: DueReminder, day: date, local: datetime, wording: Wording) -> Reminding | str:
        trained = self._sessions.get((reminder.user_id, day))
        if trained is None or not recovers(trained.workout, trained.status):
            return "nothing"
        if (reminder.user_id, ReminderKind.REVIEW, day) in self._spoken:
            return "review-instead"
        tomorrow = self._sessions.get((reminder.user_id, day + _DAY))
        return wording.evening(reminder.language, day, local, _grams(reminder), tomorrow)

    def _review(self, reminder: DueReminder, day: date, local: datetime, wording: Wording) -> Reminding | str:
        past = self._past.get(reminder.user_id, {})
        week = _week(past, day)
        if not week.planned:
            return "nothing"
        return wording.review(reminder.language, day, local, week.done, week.planned, _streak(past, day))

    def _room(self, reminder: DueReminder, day: date) -> bool:
        """Say whether one more message fits into the day; the session's own has its place kept."""
        others = {kind for kind in ReminderKind if kind != reminder.kind}
        spoken = sum((reminder.user_id, kind, day) in self._spoken for kind in others)
        if reminder.kind != ReminderKind.SESSION:
            spoken += self._session_to_come(reminder, day)
        return spoken < MOST_A_DAY

    def _session_to_come(self, reminder: DueReminder, day: date) -> bool:
        zone = reminder.zone or "UTC"
        return any(
            each.kind == ReminderKind.SESSION
            and each.next_due_at is not None
            and to_local(each.next_due_at, zone).date() == day
            and (reminder.user_id, each.kind, day) not in self._spoken
            for each in self._kin.get(reminder.user_id, ())
        )


def _todays(wanted: Iterable[tuple[DueReminder, date]]) -> dict[int, date]:
    return {reminder.user_id: day for reminder, day in wanted}


def _streak(past: dict[date, Past], day: date) -> int:
    return streak((each.kept for each in past.values()), day)


def _week(past: dict[date, Past], day: date) -> Week:
    """Return the week that a look-back on `day` is on; its last days may be still open."""
    found = weeks((each.kept for each in past.values()), day, 2)
    return found[1] if day.weekday() >= _FROM_THURSDAY else found[0]


def _grams(reminder: DueReminder) -> int | None:
    """Return the protein of one meal, None where no number is given (see `/protein`)."""
    weight = reminder.weight_kg
    return a_meal(weight) if weight and weight < HEAVY_KG and reminder.protein_check == Check.NONE else None
