"""The daily session: what the day asks for, with one sentence that looks back; or that the quick check ran out."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.buttons.account import Change
from coach.buttons.plan import StartSession
from coach.buttons.session import Later, MarkDone, MarkSkipped, ShowSession
from coach.planning.state.pain_gate import asked_before, still_asks
from coach.profile import PromptKind, SessionKind, SessionStatus
from coach.reminders.addenda import STREAK_AT_MOST, Addendum, DayRecord, addendum_for, is_streak_day
from coach.reminders.kinds import ReminderKind
from coach.reminders.lapsed_check import LAPSED_DAYS, lapsed
from content.library import Language
from content.rendering.keyboards import Button, Row
from content.rendering.session_details import stepped
from content.schema.training_pages import Workout
from db.queries import due_reminders
from db.queries.due_reminders import DueReminder, RemindedSession
from scheduler.kinds.base import DueOnDay, KindInBatch, SharedRows, is_clear
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage

_DAY: Final = timedelta(days=1)
_TEMPLATES: Final = {kind: f"reminders/{kind}" for kind in SessionKind}


class DailySession(KindInBatch):
    """The reminders of the day's session."""

    kind = ReminderKind.SESSION

    def __init__(self, wanted: list[DueOnDay]) -> None:
        super().__init__(wanted)
        self._recent: dict[int, dict[date, DayRecord]] = {}
        self._unbroken: set[int] = set()

    def session_days(self) -> set[tuple[int, date]]:
        """Return the sessions of the day, and the first of the plan on the day after it."""
        first = {(reminder.user_id, day - _DAY) for reminder, day in self.wanted if reminder.plan_start == day - _DAY}
        return first | {(reminder.user_id, day) for reminder, day in self.wanted}

    def people_with_pains(self) -> set[int]:
        """Return everybody: the button depends on it."""
        return set(self.days)

    def read(self, session: Session, /) -> None:
        """Read the week before, and whose streak is unbroken where a streak may be told."""
        self._recent = due_reminders.recent_days(session, self.days)
        told = {
            reminder.user_id: day
            for reminder, day in self.wanted
            if reminder.plan_start and is_streak_day(day, reminder.plan_start)
        }
        self._unbroken = told.keys() - due_reminders.users_with_missed_sessions(session, told, STREAK_AT_MOST)

    def compose(
        self, reminder: DueReminder, day: date, due: datetime, rows: SharedRows, composer: ReminderComposer, /
    ) -> ReminderMessage | str:
        """Return the session's message; none where it is done or skipped, or nothing is planned."""
        planned = rows.sessions.get((reminder.user_id, day))
        if planned is None:
            ran_out = is_clear(reminder) and lapsed(reminder.screened_on or day, day) in LAPSED_DAYS
            return composer.compose(reminder.language, due, ("check", day), _check) if ran_out else "no-plan"
        if planned.status != SessionStatus.PLANNED:
            return planned.status
        start = reminder.plan_start or day
        recent = self._recent.get(reminder.user_id, {})
        streak = min(day - start, STREAK_AT_MOST).days if reminder.user_id in self._unbroken else 0
        rests, first = planned.kind == SessionKind.RECOVERY, rows.sessions.get((reminder.user_id, start))
        trained = first is not None and first.status == SessionStatus.DONE and first.kind != SessionKind.RECOVERY
        addendum = addendum_for(day, start, planned.why, recent, streak, rests=rests, trained=trained)
        hurt = still_asks(pain for _, pain in rows.pains.get(reminder.user_id, ()))
        return message(composer, reminder.language, planned, due, addendum, streak, hurt=hurt)


def message(
    composer: ReminderComposer,
    language: str,
    planned: RemindedSession,
    due: datetime,
    addendum: Addendum | None = None,
    streak: int = 0,
    *,
    hurt: bool = False,
) -> ReminderMessage:
    """Return the words and buttons of a session; `streak` in days, `hurt` where pain is asked about before it."""
    dose = planned.rounds, planned.percent, planned.minutes, planned.step
    key = ("session", planned.day, planned.kind, planned.workout, *dose, addendum, streak, hurt)
    return composer.compose(language, due, key, lambda words: _draft(words, planned, addendum, streak, hurt=hurt))


def _draft(
    language: Language, planned: RemindedSession, addendum: Addendum | None, streak: int, *, hurt: bool
) -> Draft:
    workout = stepped(language.workouts[planned.workout], planned.step)
    rounds = planned.rounds or (workout.rounds.default if workout.rounds else 1)
    values = {
        "known": addendum,
        "streak": streak,
        "workout": workout,
        "rounds": rounds,
        "repeated": [phase for phase in workout.phases if phase.each_round],
        "percent": planned.percent,
        "minutes": planned.minutes or minutes_of(workout, rounds),
        "variant": planned.day.toordinal(),
    }
    return Draft(_TEMPLATES[SessionKind(planned.kind)], _buttons(planned, hurt=hurt), values)


def _check(_language: Language) -> Draft:
    """Return the message for a person who gets no session because the quick check is over a year old."""
    return Draft("reminders/check", [[Button("quick_check", Change(PromptKind.CHECK), style="primary")]])


def minutes_of(workout: Workout, rounds: int) -> int:
    """Return how long the workout takes with so many rounds, to the nearest minute."""
    return round(sum(phase.seconds * (rounds if phase.each_round else 1) for phase in workout.phases) / 60)


def _buttons(planned: RemindedSession, *, hurt: bool) -> list[Row]:
    day, rests = planned.day, planned.kind == SessionKind.RECOVERY
    if asked_before(planned.workout, hurt=hurt):
        first = [Button("start", StartSession(day), style="primary")]
    else:
        first = [Button("rested" if rests else "done", MarkDone(day), style="success")]
    if not rests:
        first += [Button("later", Later(day)), Button("skip", MarkSkipped(day))]
    return [first, [Button("show_session", ShowSession(day))]]
