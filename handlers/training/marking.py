"""The marks of a session: Done, Skip, and their Undo."""

from datetime import date

from coach.buttons.plan import AddNote, RateEffort, SkipBecause
from coach.buttons.session import MarkDone, MarkPlanned, MarkSkipped
from coach.planning.week import NoPlan, PlannedWeek
from coach.profile import PromptKind, SessionKind, SessionStatus, SkipReason
from coach.reminders.kinds import ReminderKind
from content.rendering.keyboards import Button, Row
from db import outbox
from db.models import TrainingSession
from db.queries.guides import extra_sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.strength import noted_sets
from handlers.training.today import dosed, find_session, next_workout, show_session, today_of
from handlers.training.way_back import step_question
from services import live_guides, plans, reminders


def done(turn: Turn, action: MarkDone) -> None:
    """Log the session, and say what comes next."""
    _became(turn, action.day, SessionStatus.DONE)


def skipped(turn: Turn, action: MarkSkipped) -> None:
    """Let the session go."""
    _became(turn, action.day, SessionStatus.SKIPPED)


def planned(turn: Turn, action: MarkPlanned) -> None:
    """Take back Done or Skip."""
    session = find_session(turn, action.day)
    take_back(turn, session)
    show_session(turn, session)


def take_back(turn: Turn, session: TrainingSession) -> None:
    """Let a session be open again; where its answer was the last of the way back, that goes on."""
    if turn.user.prompt in {PromptKind.NOTE, PromptKind.STEP} and turn.user.awaiting_day == session.day:
        turn.close_prompt()  # there is nothing to say of it any more
    if session.met is not None:
        step_question.reopen(turn, session)
    extra_sessions.stand_beside(turn.session, turn.user.id, session.day)
    plans.mark(session, SessionStatus.PLANNED, turn.now)
    plans.renew(turn.session, turn.user, today_of(turn))
    reminders.follow(turn.session, turn.user, turn.now)


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
    if status is SessionStatus.DONE:
        live_guides.log(turn.session, turn.user, session, turn.now)
    day = session.day
    put_off = outbox.put_off_keys(turn.user.id, day)
    outbox.cancel(turn.session, *put_off, outbox.dedup_key(turn.user.id, ReminderKind.SESSION, day))
    week = plans.renew(turn.session, turn.user, today_of(turn))
    reminders.follow(turn.session, turn.user, turn.now)
    return week


def _became(turn: Turn, day: date, status: SessionStatus) -> None:
    session = find_session(turn, day)
    if mark(turn, session, status) is None:
        turn.answer_callback("today/already")
        return
    left = plans.check_left(turn.user, today_of(turn))
    asks = step_question.ask(turn, session)
    turn.reply(
        f"today/{status}",
        [
            *(step_question.answer_rows(day, asks) if asks else []),
            *after(session, asks=asks is not None),
            *noted_sets.rows(turn, session),
            screening.again(left),
        ],
        kind=session.kind,
        asks=asks.value if asks is not None else None,
        hilly=step_question.is_hilly(turn),
        workout=dosed(turn, session),
        rounds=session.rounds,
        rounds_done=session.rounds_done,
        tomorrow=next_workout(turn, day),
        check_left=left,
        day=day,
        is_today=day == today_of(turn),
        load=noted_sets.example_load(turn.user) if noted_sets.offered(turn, session) else None,
    )


def after(session: TrainingSession, *, asks: bool = False) -> list[Row]:
    """Return what can be said of a session that was done or skipped."""
    day, undo = session.day, Button("undo", MarkPlanned(session.day))
    if session.asks is SessionKind.RECOVERY or asks:
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


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, MarkDone, done)
    on_button(application, MarkSkipped, skipped)
    on_button(application, MarkPlanned, planned)
