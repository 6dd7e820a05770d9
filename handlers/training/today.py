"""/today: the day's session, and what became of it: Done, Later, Skip."""

from datetime import date, datetime, time, timedelta
from typing import Final

from coach.buttons.plan import AddNote, RateEffort, ShowWeek, SkipBecause, StartSession
from coach.buttons.questions import ShowExercise
from coach.buttons.reminders import Resume
from coach.buttons.session import (
    Later,
    MarkDone,
    MarkPlanned,
    MarkSkipped,
    ShowSession,
    ShowToday,
    Snooze,
    SnoozeTonight,
    StartToday,
)
from coach.planning.inputs import Equipment
from coach.planning.rules import FIRST_STAGE_UNKNOWN
from coach.planning.state.pain_gate import asked_before
from coach.planning.week import NoPlan, PlannedWeek
from coach.profile import PromptKind, SessionKind, SessionStatus, SkipReason
from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import local_day, next_due, to_local
from coach.requests import ShownItem
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from content.rendering.session_details import equipped, fitted
from content.schema.training_pages import Workout
from db import outbox
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions.exercises import send_strip
from handlers.training import noted_sets, stand_ins
from handlers.training.stand_ins import swap_row
from services import plans, reminders
from services.session_rows import volume_of

SNOOZES: Final = (15, 60)  # minutes
TONIGHT: Final = time(18, 30)
LAST_SNOOZE: Final = time(21, 30)
KEEPS: Final = timedelta(days=14)  # how long a day can still be marked


def today(turn: Turn, _asked: str | ShowToday = "") -> None:
    """Show the session of the person's today; before their first day, what it will be."""
    day = today_of(turn)
    refusal = plans.refused(turn.user, day)
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
        return
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return
    if turn.user.plan_start is None:
        plans.start_on(turn.session, turn.user, day)
    plans.bring_up_to_date(turn.session, turn.user, day)
    session = plans.of_day(turn.session, turn.user, day, day)
    if turn.user.paused(turn.now):
        _show_paused(turn, session)
    elif session is None:
        _show_first(turn)
    else:
        show_session(turn, session)
        _draw(turn, session)


def _show_paused(turn: Turn, session: TrainingSession | None) -> None:
    """Say that a pause runs, and how to end it; what is planned all the same can be seen."""
    user, day = turn.user, today_of(turn)
    until = local_day(user.paused_until, user.zone or "UTC") if user.paused_until else None
    shown = [Button("show_session", ShowSession(session.day))] if session is not None else []
    other_year = until is not None and until.year != day.year
    turn.reply("today/paused", [[Button("resume", Resume()), *shown]], until=until, other_year=other_year)


def show(turn: Turn, action: ShowSession) -> None:
    """Show the session of a date, from its reminder."""
    session = find_session(turn, action.day)
    show_session(turn, session)
    _draw(turn, session)


def start_today(turn: Turn, _action: StartToday) -> None:
    """Begin the plan today."""
    day = today_of(turn)
    if turn.user.plan_start is None or turn.user.plan_start > day:
        plans.start_on(turn.session, turn.user, day)
    today(turn)


def done(turn: Turn, action: MarkDone) -> None:
    """Log the session, and say what comes next."""
    _became(turn, action.day, SessionStatus.DONE)


def skipped(turn: Turn, action: MarkSkipped) -> None:
    """Let the session go."""
    _became(turn, action.day, SessionStatus.SKIPPED)


def planned(turn: Turn, action: MarkPlanned) -> None:
    """Take back Done or Skip."""
    session = find_session(turn, action.day)
    if turn.user.prompt == PromptKind.NOTE and turn.user.awaiting_day == action.day:
        turn.close_prompt()  # there is nothing to note any more
    plans.mark(session, SessionStatus.PLANNED, turn.now)
    plans.renew(turn.session, turn.user, today_of(turn))
    reminders.follow(turn.session, turn.user, turn.now)
    show_session(turn, session)


def later(turn: Turn, action: Later) -> None:
    """Ask when."""
    session = find_session(turn, action.day)
    if action.day < today_of(turn):
        show_session(turn, session)
        return
    if session.status != SessionStatus.PLANNED:
        raise StaleButton
    turn.reply("today/when", _snooze_rows(turn, action.day))


def snooze(turn: Turn, action: Snooze) -> None:
    """Remind again in some minutes; tomorrow's reminder stays where it is."""
    if action.minutes not in SNOOZES:
        raise StaleButton
    _remind_again(turn, action.day, turn.now + timedelta(minutes=action.minutes))


def snooze_tonight(turn: Turn, action: SnoozeTonight) -> None:
    """Remind again this evening."""
    _remind_again(turn, action.day, next_due(TONIGHT, turn.user.zone or "UTC", turn.now))


def show_session(turn: Turn, session: TrainingSession) -> None:
    """Show a session whole: warm-up, phases or exercises, cool-down, and what can be said of it."""
    turn.note_shown(ShownItem(session=session.day, workout=session.workout))
    workout = dosed(turn, session)
    exercises = [turn.language.exercises[sets.exercise] for sets in workout.exercises]
    left = plans.check_left(turn.user, today_of(turn))
    pages: list[Row] = [
        [Titled(exercise.name, ShowExercise(exercise.slug)) for exercise in exercises[first : first + 2]]
        for first in range(0, len(exercises), 2)
    ]
    turn.reply(
        "today/session",
        [*marks(turn, session), *pages, *swap_row(session, workout), screening.again(left)],
        day=session.day,
        is_today=session.day == today_of(turn),
        status=session.status,
        rounds=session.rounds,
        percent=session.percent,
        why=session.why,
        check_left=left,
        pain=session.pain,
        effort=session.effort,
        note=session.note,
        workout=workout,
        exercises=list(zip(workout.exercises, exercises, strict=True)),
        aims=noted_sets.aims(turn, workout, session.day),
        noted=noted_sets.noted(turn, workout, session.day),
        stands_for=stand_ins.stands_for(turn, session),
    )


def _draw(turn: Turn, session: TrainingSession) -> None:
    """Send a picture of the exercises that are still to do, behind the text, which does not wait for it."""
    if session.status == SessionStatus.PLANNED:
        send_strip(turn, [turn.language.exercises[sets.exercise] for sets in dosed(turn, session).exercises])


def dosed(turn: Turn, session: TrainingSession) -> Workout:
    """Return the workout as it was planned for this day, done with what this person has."""
    has = frozenset(map(Equipment, turn.user.equipment or ()))
    stage = FIRST_STAGE_UNKNOWN if session.step is None else session.step
    planned = fitted(equipped(turn.language.workouts[session.workout], has, stage), volume_of(session))
    return stand_ins.applied(turn, planned, stage)


def mark(
    turn: Turn,
    session: TrainingSession,
    status: SessionStatus,
    *,
    effort: int | None = None,
    reason: SkipReason | None = None,
) -> PlannedWeek | NoPlan | None:
    """Set what became of a session; return the week that follows from it, None where nothing has changed."""
    if not plans.mark(session, status, turn.now):
        return None
    session.effort, session.skip_reason = effort, reason
    day = session.day
    outbox.cancel(turn.session, _snooze_key(turn, day), outbox.dedup_key(turn.user.id, ReminderKind.SESSION, day))
    week = plans.renew(turn.session, turn.user, today_of(turn))
    reminders.follow(turn.session, turn.user, turn.now)
    return week


def marks(turn: Turn, session: TrainingSession) -> list[Row]:
    """Return the buttons that say what became of a session; one that asks for it begins with how much hurts."""
    day = session.day
    if session.status != SessionStatus.PLANNED:
        return [[Button("undo", MarkPlanned(day))]]
    rest, now = session.asks is SessionKind.RECOVERY, day == today_of(turn)
    gated = now and session.pain is None and asked_before(session.workout, hurt=sessions.hurt(turn.session, turn.user))
    if gated:
        row = [Button("start", StartSession(day), style="primary")]
    else:
        row = [Button("rested" if rest else "done", MarkDone(day), style="success")]
    if now and not rest and turn.user.zone is not None:
        row.append(Button("later", Later(day)))
    if not rest:
        row.append(Button("skip", MarkSkipped(day)))
    hurts = [Button("something_hurts", StartSession(day))] if now and not rest and not gated else []
    return [row, hurts]


def find_session(turn: Turn, day: date) -> TrainingSession:
    """Return the session of a day that can still be marked. Raises StaleButton, also for what was forged."""
    session = kept_session(turn, day)
    if session is None:
        raise StaleButton
    return session


def kept_session(turn: Turn, day: date) -> TrainingSession | None:
    """Return the session of a day that can still be marked, None where there is none."""
    now = today_of(turn)
    if not now - KEEPS <= day <= now:
        return None
    if day == now:
        plans.bring_up_to_date(turn.session, turn.user, now)
    return plans.of_day(turn.session, turn.user, day, now)


def next_workout(turn: Turn, day: date) -> Workout | None:
    """Return the workout of the day after `day`, None where nothing is planned."""
    following = plans.of_day(turn.session, turn.user, day + timedelta(days=1), today_of(turn))
    return dosed(turn, following) if following is not None else None


def _show_first(turn: Turn) -> None:
    start, day = turn.user.plan_start, today_of(turn)
    assert start is not None
    first = plans.of_day(turn.session, turn.user, start, day)
    assert first is not None
    rows = [[Button("start_today", StartToday()), Button("my_week", ShowWeek(0))]]
    turn.reply("today/starts_later", rows, start=start, workout=dosed(turn, first))


def _became(turn: Turn, day: date, status: SessionStatus) -> None:
    session = find_session(turn, day)
    if mark(turn, session, status) is None:
        turn.answer_callback("today/already")
        return
    left = plans.check_left(turn.user, today_of(turn))
    turn.reply(
        f"today/{status}",
        [*_after(session), *noted_sets.rows(turn, session), screening.again(left)],
        kind=session.kind,
        workout=dosed(turn, session),
        rounds=session.rounds,
        tomorrow=next_workout(turn, day),
        check_left=left,
        day=day,
        is_today=day == today_of(turn),
        load=noted_sets.example_load(turn.user) if noted_sets.offered(turn, session) else None,
    )


def _after(session: TrainingSession) -> list[Row]:
    """Return what can be said of a session that was done or skipped."""
    day, undo = session.day, Button("undo", MarkPlanned(session.day))
    if session.asks is SessionKind.RECOVERY:
        return [[undo]]
    if session.status == SessionStatus.SKIPPED:
        return [*reason_rows(day), [undo]]
    return [*effort_rows(day), [Button("add_note", AddNote(day)), undo]]


def effort_rows(day: date) -> list[Row]:
    """Return a button for each effort."""
    efforts = [Button("number", RateEffort(day, effort), {"number": effort}) for effort in range(1, 11)]
    return [efforts[:5], efforts[5:]]


def reason_rows(day: date) -> list[Row]:
    """Return a button for each reason to skip."""
    reasons = [Button(f"because_{reason}", SkipBecause(day, reason)) for reason in SkipReason]
    return [reasons[:3], reasons[3:]]


def _snooze_rows(turn: Turn, day: date) -> list[Row]:
    clock = to_local(turn.now, turn.user.zone or "UTC")
    soon = [
        Button(f"snooze_{minutes}", Snooze(day, minutes))
        for minutes in SNOOZES
        if _still_today(clock + timedelta(minutes=minutes), clock)
    ]
    tonight = [Button("tonight", SnoozeTonight(day), {"time": f"{TONIGHT:%H:%M}"})] if clock.time() < TONIGHT else []
    return [[*soon, *tonight], [Button("back", ShowSession(day))]]


def _still_today(moment: datetime, now: datetime) -> bool:
    return moment.date() == now.date() and moment.time() <= LAST_SNOOZE


def _remind_again(turn: Turn, day: date, at: datetime) -> None:
    session = find_session(turn, day)
    if session.status != SessionStatus.PLANNED or day != today_of(turn):
        raise StaleButton
    zone = turn.user.zone or "UTC"
    if not _still_today(to_local(at, zone), to_local(turn.now, zone)):
        turn.edit_buttons(_snooze_rows(turn, day))
        turn.answer_callback("today/too_late", alert=True)
        return
    outbox.cancel(turn.session, _snooze_key(turn, day))
    again = turn.say(
        "today/again",
        [*marks(turn, session), [Button("show_session", ShowSession(day))]],
        workout=dosed(turn, session),
        rounds=session.rounds,
    )
    again.bulk, again.owner, again.once_key = True, None, _snooze_key(turn, day)
    again.not_before, again.due_at, again.useful_until = at, at, at + timedelta(hours=3)
    turn.reply("today/snoozed", [[Button("back", ShowSession(day))]], at=to_local(at, zone))


def _snooze_key(turn: Turn, day: date) -> str:
    return outbox.dedup_key(turn.user.id, outbox.SNOOZE, day)


def today_of(turn: Turn) -> date:
    """Return the date on the person's clock."""
    return local_day(turn.now, turn.user.zone or "UTC")


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "today", today)
    on_button(application, ShowToday, today)
    on_button(application, ShowSession, show)
    on_button(application, StartToday, start_today)
    on_button(application, MarkDone, done)
    on_button(application, MarkSkipped, skipped)
    on_button(application, MarkPlanned, planned)
    on_button(application, Later, later)
    on_button(application, Snooze, snooze)
    on_button(application, SnoozeTonight, snooze_tonight)
