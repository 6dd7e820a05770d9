"""Moves of a session that was skipped: the skip is taken back with the move, in one step that Undo takes back whole."""

from datetime import date, timedelta

from coach.buttons.plan import MoveDay, ShowWeek
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.phrases import find_phrases
from coach.planning.inputs import Pin
from coach.planning.state.pain_gate import worst_said
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY, SPACED
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, ShownItem, Slots
from content.rendering.keyboards import Button, Row
from db.models import TrainingSession
from db.queries import sessions
from db.rollback import attempt
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, about, dated, do
from handlers.requests.training.unplanned import RECENT
from handlers.training import marking, plan
from handlers.training.today import dosed, kept_session, today_of
from services import plans, shown
from services.session_rows import filled


def skipped_on(turn: Turn, day: date) -> TrainingSession | None:
    """Return the session of a day of the last week that was skipped, None where there is none."""
    today = today_of(turn)
    row = kept_session(turn, day) if today - RECENT <= day <= today else None
    return row if row is not None and _is_skipped(row) else None


def skipped_just_now(turn: Turn) -> TrainingSession | None:
    """Return the session that was skipped last, within half an hour; None where none was."""
    just = [row for row in _skipped(turn) if row.changed_at is not None and turn.now - row.changed_at <= shown.KEPT]
    return max(just, key=lambda row: (row.changed_at or turn.now, row.day), default=None)


def skipped_last(turn: Turn) -> TrainingSession | None:
    """Return the session that was skipped just now, or else today's where it was skipped."""
    today = today_of(turn)
    return skipped_just_now(turn) or next((row for row in _skipped(turn) if row.day == today), None)


def move_skipped(turn: Turn, row: TrainingSession, to: date | None) -> Outcome:
    """Put a session that was skipped on another day after all, where every rule holds there; else offer the days.

    Raises StaleButton where that day is too far off.
    """
    today, day, names = today_of(turn), row.day, turn.language.workouts
    if to == day == today:
        return _open_again(turn, row)
    before = _plan_around(turn, to, today) if to is not None else {}
    workout = row.workout
    with attempt(turn.session) as undo:
        _take_back(turn, row)
        places = _places(turn, workout, to)
        if fits := any(each.day == to for each in places):
            plans.pin(turn.session, turn.user, [Pin(each.day, workout) for each in places if each.day == to])
            plans.renew(turn.session, turn.user, today)
        else:
            undo()
    if to is None or not fits:
        return _ask_where(turn, row, to, places)
    turn.note_shown(ShownItem(session=to, workout=workout))
    displaced = before[to] if before[to] not in {RECOVERY, workout} else None
    goes = _new_place(before, _plan_around(turn, to, today), displaced)
    values: dict[str, object] = {
        "workout": names[workout],
        "other": names[displaced] if displaced else None,
        "other_to": dated(turn, goes) if goes else None,
        "moving": dated(turn, day),
        "to": dated(turn, to),
        "skipped": True,
        "besides": [],
    }
    return Changed("requests/moved", values, Button("change", MoveDay(to)), [[Button("my_week", ShowWeek(0))]])


def put_off(turn: Turn, planned: PlannedDay, there: PlannedDay) -> Outcome:
    """Put today's session on the day of another one where today is no day to train: that one goes on, or is left out.

    Nothing comes to today in exchange.
    """
    today, names = today_of(turn), turn.language.workouts
    before = _plan_around(turn, there.day, today)
    plans.pin(turn.session, turn.user, [Pin(planned.day, RECOVERY), Pin(there.day, planned.workout)])
    plans.renew(turn.session, turn.user, today)
    turn.note_shown(ShownItem(session=there.day, workout=planned.workout))
    goes = _new_place(before, _plan_around(turn, there.day, today), there.workout)
    values: dict[str, object] = {
        "workout": names[planned.workout],
        "other": names[there.workout],
        "other_to": dated(turn, goes) if goes else None,
        "moving": dated(turn, planned.day),
        "to": dated(turn, there.day),
        "skipped": False,
        "besides": [],
    }
    return Changed("requests/moved", values, Button("change", MoveDay(there.day)), [[Button("my_week", ShowWeek(0))]])


def refuses_today(turn: Turn) -> bool:
    """Say whether a clause that names no other day says that there is no training today: "no chance tonight"."""
    today, cannot = today_of(turn), turn.language.week_words.no_chance
    clauses = [answering.heard(turn, each) for each in CLAUSE_END.split(turn.written)]
    refusing = [each for each in clauses if find_phrases(each.said, cannot)]
    return any(each.named_dates <= {today} for each in refusing)


def _skipped(turn: Turn) -> list[TrainingSession]:
    """Return the sessions of the last week that were skipped."""
    days = [today_of(turn) - timedelta(days=ago) for ago in range(RECENT.days + 1)]
    return [row for row in sessions.of_days(turn.session, turn.user, days).values() if _is_skipped(row)]


def _is_skipped(row: TrainingSession) -> bool:
    return row.status == SessionStatus.SKIPPED and row.asks is not SessionKind.RECOVERY


def _open_again(turn: Turn, row: TrainingSession) -> Outcome:
    marking.take_back(turn, row)
    about(turn, row)
    return Changed("requests/unmarked", {"workout": dosed(turn, row)} | dated(turn, row.day))


def _take_back(turn: Turn, row: TrainingSession) -> None:
    """Let the session be open, and its day one of rest; that something hurts stays said."""
    hurts, today = worst_said(row.pain, row.skip_reason), today_of(turn)
    marking.take_back(turn, row)
    row.pain = hurts
    if row.day == today:
        plans.pin(turn.session, turn.user, [Pin(row.day, RECOVERY)])
    plans.renew(turn.session, turn.user, today)
    if row.day == today and hurts is not None:  # what was said of pain keeps it from being planned anew
        _, planned = plan.find_planned(turn, today, today)
        filled(row, planned)


def _places(turn: Turn, workout: str, to: date | None) -> list[PlannedDay]:
    """Return the days of this week, and the one that was said, on which the workout may stand."""
    today = today_of(turn)
    week = plans.week_of(turn.session, turn.user, today, today)
    days = {each.day: each for each in week.days} if isinstance(week, PlannedWeek) else {}
    if to is not None and to not in days:
        days[to] = plan.find_planned(turn, to, today)[1]
    found = [each for each in days.values() if each.open and each.day >= today]
    return [each for each in found if plan.fits(turn, each.day, workout, today)]


def _ask_where(turn: Turn, row: TrainingSession, to: date | None, places: list[PlannedDay]) -> Outcome:
    """Ask for the day, or say why the one that was said will not do; nothing has changed yet."""
    day, workout, names = row.day, row.workout, turn.language.workouts
    rows: list[Row] = [
        [
            do(
                f"move_{each.day.isoweekday()}",
                Intent.MOVE,
                Slots(from_day=day, to_day=each.day),
                now=names[each.workout].name,
            )
        ]
        for each in places
        if each.day != day
    ]
    turn.reply(
        "requests/move_skipped",
        [*rows, [Button("my_week", ShowWeek(0))]],
        workout=names[workout],
        to=dated(turn, to) if to else None,
        why=plan.find_planned(turn, to, today_of(turn))[1].why.value if to else None,
        hurts=worst_said(row.pain, row.skip_reason) is not None,
        hard=workout in SPACED,
        places=len(rows),
    )
    return Step.ASKED


def _plan_around(turn: Turn, day: date, today: date) -> dict[date, str]:
    """Return the workouts of the week that holds a day. Raises StaleButton where that is too far off."""
    week, _ = plan.find_planned(turn, day, today)
    return {each.day: each.workout for each in week.days}


def _new_place(before: dict[date, str], after: dict[date, str], workout: str | None) -> date | None:
    """Return the day on which a workout stands now and did not before, None where it has left the week."""
    return next((day for day, there in after.items() if workout and there == workout != before[day]), None)
