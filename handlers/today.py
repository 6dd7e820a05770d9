"""/today: the day's session, and what became of it: Done, Later, Skip."""

from datetime import date, datetime, time, timedelta
from typing import Final

from coach.actions import (
    Later,
    MarkDone,
    MarkPlanned,
    MarkSkipped,
    ShowExercise,
    ShowSession,
    ShowToday,
    Snooze,
    SnoozeTonight,
    StartToday,
)
from coach.mistakes import OldButton
from coach.profile import SessionKind, SessionStatus
from coach.zones import local_day, next_due, to_local
from content.keyboards import Button, Row, Titled
from db import outbox, sessions
from db.models import TrainingSession
from handlers.application import Coach
from handlers.registering import on_button, on_command
from handlers.turn import Turn

SNOOZES: Final = (15, 60)  # minutes
TONIGHT: Final = time(18, 30)
LAST_SNOOZE: Final = time(21, 30)
KEEPS: Final = timedelta(days=14)  # how long a day can still be marked


def today(turn: Turn, _asked: str | ShowToday = "") -> None:
    """Show the session of the person's today; before their first day, what it will be."""
    day = _today(turn)
    if turn.user.plan_start is None:
        sessions.start_on(turn.session, turn.user, day)
    session = sessions.of_day(turn.session, turn.user, day)
    if session is None:
        _show_first(turn)
    else:
        _show(turn, session)


def show(turn: Turn, action: ShowSession) -> None:
    """Show the session of a date, from its reminder."""
    _show(turn, _session(turn, action.day))


def start_today(turn: Turn, _action: StartToday) -> None:
    """Begin the plan today."""
    day = _today(turn)
    if turn.user.plan_start is None or turn.user.plan_start > day:
        sessions.start_on(turn.session, turn.user, day)
    today(turn)


def done(turn: Turn, action: MarkDone) -> None:
    """Log the session, and say what comes next."""
    _became(turn, action.day, SessionStatus.DONE)


def skipped(turn: Turn, action: MarkSkipped) -> None:
    """Let the session go."""
    _became(turn, action.day, SessionStatus.SKIPPED)


def planned(turn: Turn, action: MarkPlanned) -> None:
    """Take back Done or Skip."""
    session = _session(turn, action.day)
    sessions.mark(session, SessionStatus.PLANNED, turn.now)
    _show(turn, session)


def later(turn: Turn, action: Later) -> None:
    """Ask when."""
    session = _session(turn, action.day)
    if session.status != SessionStatus.PLANNED or action.day != _today(turn):
        raise OldButton
    turn.reply("today/when", _snooze_rows(turn, action.day))


def snooze(turn: Turn, action: Snooze) -> None:
    """Remind again in some minutes; tomorrow's reminder stays where it is."""
    if action.minutes not in SNOOZES:
        raise OldButton
    _remind_again(turn, action.day, turn.now + timedelta(minutes=action.minutes))


def snooze_tonight(turn: Turn, action: SnoozeTonight) -> None:
    """Remind again this evening."""
    _remind_again(turn, action.day, next_due(TONIGHT, turn.user.zone or "UTC", turn.now))


def _show_first(turn: Turn) -> None:
    start = turn.user.plan_start
    assert start is not None
    first = sessions.of_day(turn.session, turn.user, start)
    assert first is not None
    rows = [[Button("start_today", StartToday())]]
    turn.reply("today/starts_later", rows, start=start, workout=turn.language.workouts[first.workout])


def _show(turn: Turn, session: TrainingSession) -> None:
    workout = turn.language.workouts[session.workout]
    exercises = [turn.language.exercises[sets.exercise] for sets in workout.exercises]
    pages: list[Row] = [
        [Titled(exercise.name, ShowExercise(exercise.slug)) for exercise in exercises[first : first + 2]]
        for first in range(0, len(exercises), 2)
    ]
    turn.reply(
        "today/session",
        [*_marks(turn, session), *pages],
        day=session.day,
        is_today=session.day == _today(turn),
        status=session.status,
        rounds=session.rounds,
        workout=workout,
        exercises=list(zip(workout.exercises, exercises, strict=True)),
    )


def _marks(turn: Turn, session: TrainingSession) -> list[Row]:
    day = session.day
    if session.status != SessionStatus.PLANNED:
        return [[Button("undo", MarkPlanned(day))]]
    rest = session.asks is SessionKind.RECOVERY
    row = [Button("rested" if rest else "done", MarkDone(day), style="success")]
    if day == _today(turn) and not rest and turn.user.zone is not None:
        row.append(Button("later", Later(day)))
    if not rest:
        row.append(Button("skip", MarkSkipped(day)))
    return [row]


def _became(turn: Turn, day: date, status: SessionStatus) -> None:
    session = _session(turn, day)
    if not sessions.mark(session, status, turn.now):
        turn.notify("today/already")
        return
    outbox.drop(turn.session, _snooze_key(turn, day))
    following = sessions.of_day(turn.session, turn.user, day + timedelta(days=1))
    assert following is not None
    turn.reply(
        f"today/{status}",
        [[Button("undo", MarkPlanned(day))]],
        kind=session.kind,
        workout=turn.language.workouts[session.workout],
        rounds=session.rounds,
        tomorrow=turn.language.workouts[following.workout],
        day=day,
        is_today=day == _today(turn),
    )


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
    session = _session(turn, day)
    if session.status != SessionStatus.PLANNED or day != _today(turn):
        raise OldButton
    outbox.drop(turn.session, _snooze_key(turn, day))
    again = turn.say(
        "today/again",
        [*_marks(turn, session), [Button("show_session", ShowSession(day))]],
        workout=turn.language.workouts[session.workout],
        rounds=session.rounds,
    )
    again.bulk, again.owner, again.once_key = True, None, _snooze_key(turn, day)
    again.not_before, again.due_at, again.useful_until = at, at, at + timedelta(hours=3)
    turn.reply("today/snoozed", [[Button("back", ShowSession(day))]], at=to_local(at, turn.user.zone or "UTC"))


def _snooze_key(turn: Turn, day: date) -> str:
    return f"{turn.user.id}:snooze:{day}"


def _today(turn: Turn) -> date:
    return local_day(turn.now, turn.user.zone or "UTC")


def _session(turn: Turn, day: date) -> TrainingSession:
    """Return the session of a day that can still be marked. Raises OldButton, also for what was forged."""
    now = _today(turn)
    session = sessions.of_day(turn.session, turn.user, day) if now - KEEPS <= day <= now else None
    if session is None:
        raise OldButton
    return session


def register(application: Coach) -> None:
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
