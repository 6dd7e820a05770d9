"""/today: the day's session, with the buttons that say what became of it."""

from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowWeek, StartSession
from coach.buttons.questions import ShowExercise
from coach.buttons.reminders import Resume
from coach.buttons.session import Later, MarkDone, MarkPlanned, MarkSkipped, ShowSession, ShowToday, StartToday
from coach.guide import gate
from coach.planning.inputs import Equipment
from coach.planning.rules import FIRST_STAGE_UNKNOWN, PAIN_REDUCE
from coach.planning.state.pain_gate import asked_before
from coach.profile import SessionKind, SessionStatus
from coach.reminders.local_time import local_day
from coach.requests import ShownItem
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row, Titled
from content.rendering.session_details import equipped, fitted
from content.schema.training_pages import Workout
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions.exercises import send_strip
from handlers.training import next_session
from handlers.training.copied_phases import copy_row
from handlers.training.guide.offer import guide_row
from handlers.training.plan_figures import phase_figures
from handlers.training.strength import noted_sets, stand_ins
from handlers.training.strength.stand_ins import swap_row
from services import plans
from services.session_rows import volume_of

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
        [
            *marks(turn, session),
            guide_row(turn, session),
            copy_row(turn, workout, session.rounds),
            *pages,
            *swap_row(session, workout),
            screening.again(left),
        ],
        day=session.day,
        is_today=session.day == today_of(turn),
        status=session.status,
        rounds=session.rounds,
        rounds_done=session.rounds_done,
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
        stops_at=stops_at(turn, session.workout),
        coming=next_session.after(turn, session.day, today_of(turn)) if _rests(session, workout) else None,
    )


def _rests(session: TrainingSession, workout: Workout) -> bool:
    return session.asks is SessionKind.RECOVERY and workout.kind == SessionKind.RECOVERY


def _draw(turn: Turn, session: TrainingSession) -> None:
    """Send a picture of what is still to do, behind the text, which does not wait for it: exercises, or intervals."""
    if session.status != SessionStatus.PLANNED:
        return
    workout = dosed(turn, session)
    if workout.rounds is not None:
        figures = phase_figures(turn.language.messages, workout, session.rounds, session.percent)
        turn.send_photo(figures, "today/bars", workout=workout)
    else:
        send_strip(turn, [turn.language.exercises[sets.exercise] for sets in workout.exercises])


def dosed(turn: Turn, session: TrainingSession) -> Workout:
    """Return the workout as it was planned for this day, done with what this person has."""
    has = frozenset(map(Equipment, turn.user.equipment or ()))
    stage = FIRST_STAGE_UNKNOWN if session.step is None else session.step
    planned = fitted(equipped(turn.language.workouts[session.workout], has, stage), volume_of(session))
    return stand_ins.applied(turn, planned, stage)


def marks(turn: Turn, session: TrainingSession) -> list[Row]:
    """Return the buttons that say what became of a session; one that asks for it begins with how much hurts."""
    day = session.day
    if session.status != SessionStatus.PLANNED:
        return [[Button("undo", MarkPlanned(day))]]
    rest, now = session.asks is SessionKind.RECOVERY, day == today_of(turn)
    gated = now and is_asked_first(turn, session)
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


def is_asked_first(turn: Turn, session: TrainingSession) -> bool:
    """Say whether a session begins with how much hurts, and nothing was said of it yet."""
    return session.pain is None and asked_before(session.workout, hurt=is_careful(turn))


def is_careful(turn: Turn, session: TrainingSession | None = None) -> bool:
    """Say whether something speaks against urging on: the way back, or a pain of 5 or more until it is gone.

    With `session` also a pain of 3 or more before that.
    """
    hurts = session is not None and (session.pain or 0) >= PAIN_REDUCE
    return hurts or turn.user.way_back_since is not None or sessions.hurt(turn.session, turn.user)


def stops_at(turn: Turn, workout: str | None) -> int:
    """Return the pain of 10 at which the person ends such a session."""
    return gate.stops_at(workout, back=turn.user.way_back_since is not None)


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


def today_of(turn: Turn) -> date:
    """Return the date on the person's clock."""
    return local_day(turn.now, turn.user.zone or "UTC")


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "today", today)
    on_button(application, ShowToday, today)
    on_button(application, ShowSession, show)
    on_button(application, StartToday, start_today)
