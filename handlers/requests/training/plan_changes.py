"""Requests about the week: moving a session, an easier or a harder plan."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.account import Change
from coach.buttons.plan import MoveDay, ShowWeek, SwapDay
from coach.buttons.requests import unpack_slots
from coach.buttons.session import Later, MarkPlanned, ShowSession
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.inputs import DEFAULT_MINUTES, Pin
from coach.planning.planner import swapped
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.profile import PromptKind, SessionKind, SessionStatus
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from content.understanding.requests.request import Request
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.prompts.durations import LEAST_MINUTES
from handlers.requests.outcome import Changed, Outcome, Step, dated, do, has_plan, titled
from handlers.requests.training.session_meant import is_open
from handlers.requests.training.sessions import too_far
from handlers.requests.training.skipped_moves import move_skipped, put_off, refuses_today, skipped_last, skipped_on
from handlers.requests.training.unplanned import named, open_sessions
from handlers.training import next_session, plan
from handlers.training.marking import effort_rows
from handlers.training.today import dosed, today_of
from services import last_change, plans, shown

LENGTHS: Final = (20, 30, 45, 60)  # minutes of a session
OFFERED: Final = 6


def move(turn: Turn, slots: Slots) -> Outcome:
    """Let two days change places where every rule holds, or say which days would do."""
    if not has_plan(turn):
        return Step.ASKED
    moving, today = _of_last_week(turn, slots), today_of(turn)
    to = slots.to_day
    if to is not None and (moving == to or (moving is None and to == today)) and is_open(turn, to):
        return _say_it_stays(turn, to)
    skipped = skipped_last(turn) if moving is None else skipped_on(turn, moving)
    if moving is None and skipped is None:
        there = _moved_there(turn, slots.to_day)
        return _ask_which(turn, to) if there is None else _say_moved(turn, there)
    try:
        return move_skipped(turn, skipped, to) if skipped is not None else _moved(turn, moving or today, to)
    except StaleButton:
        return too_far(turn, moving or to or today)


def _of_last_week(turn: Turn, slots: Slots) -> date | None:
    """Return the day that is moved: the past one of its name where that was missed, and lies before the other day."""
    moving, to = slots.from_day, slots.to_day
    if moving is None or to is None or not today_of(turn) <= to < moving:
        return moving
    past = moving - timedelta(days=7)
    ours, said = turn.language.week_words, fold(turn.written)
    tells = find_phrases(said, (ours.missing - ours.drops) | ours.made_up | turn.language.goal_words.undone)
    return past if is_open(turn, past) and (tells or not is_open(turn, moving)) else moving


def _say_it_stays(turn: Turn, day: date) -> Outcome:
    """Say that a session stands on that day already; today's can be put off until later."""
    _, planned = plan.find_planned(turn, day, today_of(turn))
    today = day == today_of(turn)
    later = [Button("later", Later(day)), Button("show_session", ShowSession(day))] if today else []
    values = {"workout": turn.language.workouts[planned.workout]} | dated(turn, day)
    turn.note_shown(ShownItem(session=day, workout=planned.workout))
    turn.reply("requests/stands_already", [later, [Button("my_week", ShowWeek(0))]], **values)
    return Step.SHOWN


def _moved(turn: Turn, moving: date, to: date | None) -> Outcome:
    """Move the session of a day. Raises StaleButton where that day is too far off."""
    today = today_of(turn)
    week, planned = plan.find_planned(turn, moving, today)
    missed = sessions.of_day(turn.session, turn.user, moving) if moving < today and is_open(turn, moving) else None
    if missed is not None:  # the past is planned anew as rest
        planned = replace(planned, workout=missed.workout, open=False)
    there = next((each for each in week.days if each.day == to), None)
    if there is not None and planned.workout == RECOVERY and there.open:
        planned, there = there, planned  # "swap friday and saturday": the one that is no rest moves
    if planned.workout == RECOVERY:
        return _nothing_to_move(turn, moving, to)
    row = sessions.of_day(turn.session, turn.user, planned.day)
    if row is not None and row.status == SessionStatus.DONE:
        return _say_done(turn, row)
    if not planned.open:
        return _catch_up(turn, planned, to)
    if to is None:
        plan.move(turn, MoveDay(moving))
        turn.note_offered((Intent.MOVE, Slots(from_day=moving)))
        return Step.ASKED
    places = plans.places(turn.session, turn.user, planned.day, today)
    if there is None or there.day not in places:
        return _not_there(turn, planned, to, [each for each in week.days if each.day in places])
    stays_free = planned.day == today and there.workout != RECOVERY and turn.written and refuses_today(turn)
    return put_off(turn, planned, there) if stays_free else _swapped(turn, planned, there)


def _swapped(turn: Turn, planned: PlannedDay, there: PlannedDay) -> Outcome:
    before = _planned(turn, planned.day)
    plans.pin(turn.session, turn.user, swapped(planned, there))
    plans.renew(turn.session, turn.user, today_of(turn))
    turn.note_shown(ShownItem(session=there.day, workout=planned.workout))
    names = turn.language.workouts
    after = _planned(turn, planned.day)
    changed = [day for day in after if after[day] != before.get(day) and day not in {planned.day, there.day}]
    values = {
        "workout": names[planned.workout],
        "other": None if there.workout == RECOVERY else names[there.workout],
        "other_to": dated(turn, planned.day),
        "moving": dated(turn, planned.day),
        "to": dated(turn, there.day),
        "skipped": False,
        "besides": [
            dated(turn, day) | {"workout": names[after[day]], "rest": after[day] == RECOVERY} for day in changed
        ],
    }
    return Changed("requests/moved", values, Button("change", MoveDay(there.day)))


def _planned(turn: Turn, day: date) -> dict[date, str]:
    """Return the workouts of the days from today on in the week of a day."""
    today = today_of(turn)
    week = plans.week_of(turn.session, turn.user, day, today)
    return {each.day: each.workout for each in week.days if each.day >= today} if isinstance(week, PlannedWeek) else {}


def easier(turn: Turn, _slots: Slots) -> Outcome:
    """Offer what makes the plan easier: how it felt, shorter sessions, fewer days, another session today."""
    return _dial(turn, Intent.EASIER)


def harder(turn: Turn, _slots: Slots) -> Outcome:
    """Offer what makes the plan harder: how it felt, longer sessions, more days."""
    return _dial(turn, Intent.HARDER)


def _ask_which(turn: Turn, to: date | None) -> Outcome:
    """Ask which session is meant; those of this week and the next that can move are offered."""
    today = today_of(turn)
    found: list[PlannedDay] = []
    for ahead in (0, 7):
        week = plans.week_of(turn.session, turn.user, today + timedelta(days=ahead), today)
        found += (
            [each for each in week.days if each.open and each.day >= today] if isinstance(week, PlannedWeek) else []
        )
    movable = [each for each in found if each.workout != RECOVERY and each.day != to][:OFFERED]
    choices = [
        titled(named(turn, each.day, each.workout), Intent.MOVE, Slots(from_day=each.day, to_day=to))
        for each in movable
    ]
    rows: list[Row] = [choices[first : first + 2] for first in range(0, len(choices), 2)]
    turn.reply("requests/move_which", [*rows, [Button("my_week", ShowWeek(0))]], to=dated(turn, to) if to else None)
    if to is not None:
        turn.note_offered((Intent.MOVE, Slots(to_day=to)))
    return Step.ASKED


def _moved_there(turn: Turn, to: date | None) -> TrainingSession | None:
    """Return the session of a day, where it was moved there just now: "yes, tomorrow"."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if to is None or change is None or change.intents != [Intent.MOVE]:
        return None
    moved = unpack_slots(change.slots or "")
    return sessions.of_day(turn.session, turn.user, to) if moved is not None and moved.to_day == to else None


def _say_moved(turn: Turn, row: TrainingSession) -> Outcome:
    values = {"workout": turn.language.workouts[row.workout]} | dated(turn, row.day)
    turn.reply("requests/moved_already", [[Button("my_week", ShowWeek(0))]], **values)
    return Step.SHOWN


def _nothing_to_move(turn: Turn, day: date, to: date | None) -> Outcome:
    """Say that a day is one of rest, and offer to move the next session."""
    coming = next_session.after(turn, day, today_of(turn))
    next_day = coming["day"] if coming is not None else None
    rows: list[Row] = [[Button("my_week", ShowWeek(0))]]
    if isinstance(next_day, date) and next_day != to:
        slots = Slots(from_day=next_day, to_day=to)
        rows.insert(0, [do("move_there" if to is not None else "request_move", Intent.MOVE, slots)])
        turn.note_offered((Intent.MOVE, slots))
    turn.reply("requests/nothing_to_move", rows, coming=coming, to=dated(turn, to) if to else None, **dated(turn, day))
    return Step.ASKED


def _say_done(turn: Turn, row: TrainingSession) -> Outcome:
    """Say that a session is done, and stays where it was."""
    turn.reply(
        "requests/skip_done",
        [[Button("undo", MarkPlanned(row.day)), Button("my_week", ShowWeek(0))]],
        workout=dosed(turn, row),
        **dated(turn, row.day),
    )
    return Step.ASKED


def _not_there(turn: Turn, planned: PlannedDay, to: date | None, places: list[PlannedDay]) -> Outcome:
    """Say that the session cannot go there, and offer the days on which every rule holds."""
    names = turn.language.workouts
    rows: list[Row] = [
        [
            do(
                f"move_{each.day.isoweekday()}",
                Intent.MOVE,
                Slots(from_day=planned.day, to_day=each.day),
                now=names[each.workout].name,
            )
        ]
        for each in places
    ]
    turn.reply(
        "requests/move_not",
        [*rows, [Button("my_week", ShowWeek(0))]],
        workout=names[planned.workout],
        to=dated(turn, to) if to else None,
        same_week=to is not None and _monday(to) == _monday(planned.day),
        places=len(places),
    )
    turn.note_offered((Intent.MOVE, Slots(from_day=planned.day)))
    return Step.ASKED


def _catch_up(turn: Turn, missed: PlannedDay, to: date | None) -> Outcome:
    """Put a session that was missed on another day, where every rule holds there."""
    today = today_of(turn)
    row = sessions.of_day(turn.session, turn.user, missed.day)
    workout = row.workout if row else missed.workout
    open_days = {each.day for each in open_sessions(turn)}
    if to is None or to < today or missed.day not in open_days or not plan.fits(turn, to, workout, today):
        return _not_there(turn, missed, to, [])
    _, there = plan.find_planned(turn, to, today)
    plans.pin(turn.session, turn.user, [Pin(to, workout)])
    plans.renew(turn.session, turn.user, today)
    names = turn.language.workouts
    values: dict[str, object] = {
        "workout": names[workout],
        "other": None,
        "other_to": None,
        "moving": dated(turn, missed.day),
        "to": dated(turn, there.day),
        "skipped": False,
        "besides": [],
    }
    return Changed("requests/moved", values, Button("change", SwapDay(to)))


def next_step(turn: Turn, intent: Intent) -> Request | None:
    """Return the minutes that are a step more or less, where that is asked for once more: "no, a little harder"."""
    minutes = turn.user.minutes or DEFAULT_MINUTES
    length = _next_length(minutes, easier=intent is Intent.EASIER)
    offered = (intent, Slots()) in shown.offered(turn.user, turn.now)
    return Request(Intent.MINUTES, Slots(minutes=length[0])) if offered and length else None


def _next_length(minutes: int, *, easier: bool) -> list[int]:
    lengths = [each for each in LENGTHS if (each < minutes if easier else each > minutes)]
    return (lengths[-1:] if easier else lengths[:1]) if minutes >= LEAST_MINUTES else []


def _dial(turn: Turn, intent: Intent) -> Outcome:
    if not has_plan(turn):
        return Step.ASKED
    today, minutes = today_of(turn), turn.user.minutes or DEFAULT_MINUTES
    row = sessions.of_day(turn.session, turn.user, today)
    felt = row is not None and row.status == SessionStatus.DONE and row.effort is None
    easier = intent is Intent.EASIER
    length = _next_length(minutes, easier=easier)
    rows: list[Row] = effort_rows(today) if felt else []
    rows += [
        [do("sessions_of", Intent.MINUTES, Slots(minutes=each), minutes=each) for each in length],
        [Button("fewer_days" if easier else "more_days", Change(PromptKind.DAYS))],
    ]
    open_today = row is not None and row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY
    if open_today and row is not None and row.pain is None:
        rows.append([Button("swap_today", SwapDay(today))])
    turn.reply("requests/dial", rows, easier=easier, minutes=minutes, felt=felt)
    turn.note_offered((intent, Slots()))
    return Step.ASKED


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
