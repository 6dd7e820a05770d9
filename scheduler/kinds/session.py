"""The daily session: what the day asks for, with one sentence that looks back; or that the quick check ran out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from coach.buttons.account import Change
from coach.buttons.guide import GuideMe
from coach.buttons.plan import StartSession
from coach.buttons.session import Later, MarkDone, MarkSkipped, ShowSession, ShowSmall
from coach.guide.gate import has_guide
from coach.if_then import NO_PLAN, IfThen
from coach.planning.special_weeks.events import KEPT_FREE
from coach.planning.state.pain_gate import asked_before, still_asks
from coach.planning.week import Why
from coach.profile import PromptKind, SessionKind, SessionStatus
from coach.reminders.addenda import STREAK_AT_MOST, Addendum, DayRecord, addendum_for, is_streak_day
from coach.reminders.comeback import OFFERED_WITHIN, offers_small_session
from coach.reminders.kinds import ReminderKind
from coach.reminders.lapsed_check import LAPSED_DAYS, lapsed
from content.guide.wish import guide_to
from content.library import Language
from content.rendering.keyboards import Button, Row
from content.rendering.session_details import stepped
from content.schema.training_pages import Workout
from db.queries import absences, comebacks, due_reminders
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
        self._away: set[int] = set()
        self._tired: set[int] = set()
        self._small: set[int] = set()

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
        missing = {
            reminder.user_id: day
            for reminder, day in self.wanted
            if offers_small_session(day, self._recent[reminder.user_id], reminder.small_offered_on)
        }
        self._away = absences.away(session, missing, OFFERED_WITHIN)
        self._tired = comebacks.hard_on_the_eve(session, missing)

    def write(self, session: Session, told: Mapping[int, date], /) -> None:
        """Note to whom the small session was offered."""
        comebacks.note_small_offers(session, {person: day for person, day in told.items() if person in self._small})

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
        back = reminder.way_back_since is not None
        hurt = back or still_asks(pain for _, pain in rows.pains.get(reminder.user_id, ()))
        small = planned.why not in KEPT_FREE and self._offers_small(reminder, day, recent, hurt=hurt)
        if small:
            self._small.add(reminder.user_id)
        in_pain = hurt or addendum is Addendum.PAIN or planned.why == Why.PAIN
        said = NO_PLAN if rests or in_pain else IfThen(reminder.anchor, reminder.obstacle, reminder.coping)
        cautious = {"hurt": hurt, "small": small, "back": back}
        return message(composer, reminder.language, planned, due, addendum, streak, said=said, **cautious)

    def _offers_small(self, reminder: DueReminder, day: date, recent: Mapping[date, DayRecord], *, hurt: bool) -> bool:
        """Return true where a small session is offered: after a miss; not where it hurts, nor on the way back."""
        if hurt or reminder.user_id in self._away | self._tired:
            return False
        return offers_small_session(day, recent, reminder.small_offered_on)


def message(
    composer: ReminderComposer,
    language: str,
    planned: RemindedSession,
    due: datetime,
    addendum: Addendum | None = None,
    streak: int = 0,
    *,
    hurt: bool = False,
    said: IfThen = NO_PLAN,
    small: bool = False,
    back: bool = False,
) -> ReminderMessage:
    """Return the words and buttons of a session; `streak` in days, `hurt` where pain is asked about before it.

    `said` is the person's own plan, which is said back; `small` where a small session is offered after a miss,
    `back` on the way back.
    """
    dose = planned.rounds, planned.percent, planned.minutes, planned.step
    added = addendum, streak, hurt, small, back
    key = ("session", planned.day, planned.kind, planned.workout, *dose, _event(planned), *added)

    def draft(words: Language) -> Draft:
        return _draft(words, planned, addendum, streak, said, hurt=hurt, small=small, back=back)

    return composer.compose(language, due, None if said.says_something else key, draft)


def _draft(
    language: Language,
    planned: RemindedSession,
    addendum: Addendum | None,
    streak: int,
    said: IfThen,
    *,
    hurt: bool,
    small: bool,
    back: bool,
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
        "event": _event(planned),
        "anchor": said.anchor,
        "obstacle": said.obstacle,
        "coping": said.coping,
        "small": small,
        "rests": planned.kind == SessionKind.RECOVERY,
        "careful": hurt,
    }
    ahead = guide_to(language, workout, planned.rounds, planned.percent, None, back=back) if workout.rounds else None
    buttons = _buttons(planned, hurt=hurt, small=small)
    return Draft(_TEMPLATES[SessionKind(planned.kind)], buttons, values, ahead.wish if ahead else None)


def _event(planned: RemindedSession) -> str | None:
    """Return why a day is kept free for an event; None for any other day."""
    return planned.why if planned.why in KEPT_FREE else None


def _check(_language: Language) -> Draft:
    """Return the message for a person who gets no session because the quick check is over a year old."""
    return Draft("reminders/check", [[Button("quick_check", Change(PromptKind.CHECK), style="primary")]])


def minutes_of(workout: Workout, rounds: int) -> int:
    """Return how long the workout takes with so many rounds, to the nearest minute."""
    return round(sum(phase.seconds * (rounds if phase.each_round else 1) for phase in workout.phases) / 60)


def _buttons(planned: RemindedSession, *, hurt: bool, small: bool) -> list[Row]:
    day, rests = planned.day, planned.kind == SessionKind.RECOVERY and planned.why != Why.EVENT
    if asked_before(planned.workout, hurt=hurt):
        first = [Button("start", StartSession(day), style="primary")]
    else:
        first = [Button("rested" if rests else "done", MarkDone(day), style="success")]
    if planned.kind != SessionKind.RECOVERY:
        first += [Button("later", Later(day)), Button("skip", MarkSkipped(day))]
    instead: list[Row] = [[Button("small_session", ShowSmall(day))]] if small else []
    guided = [Button("guide_me", GuideMe(day))] if has_guide(planned.workout) else []
    return [first, *instead, [*guided, Button("show_session", ShowSession(day))]]
