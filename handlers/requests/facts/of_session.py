"""A fact of one session: how long it takes, when in the day, where, with what, and whether it still stands."""

from typing import Final

from coach.buttons.plan import SwapDay
from coach.buttons.reminders import ShowReminders
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.inputs import Equipment
from coach.planning.rules import FIRST_STAGE_UNKNOWN
from coach.planning.workouts import HILLS, WORKOUTS
from coach.profile import SessionKind, SessionStatus
from coach.reminders.local_time import show_daytime
from coach.requests import Slots
from content.rendering.keyboards import Button, Row
from content.rendering.session_details import equipment_used
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.requests.facts import subject
from handlers.requests.outcome import Outcome, Step, is_kept
from handlers.training.plan import find_planned
from handlers.training.strength import stand_ins
from handlers.training.today import dosed, marks, today_of
from services import plans, reminders

_LISTED: Final = (Equipment.STEP, Equipment.DUMBBELLS, Equipment.BARBELL)
"""Equipment for strength, in the order in which it is named."""


def minutes(turn: Turn, slots: Slots) -> Outcome:
    """Say how long a session takes, warm-up and cool-down included."""
    row = subject.found(turn, slots)
    if not isinstance(row, TrainingSession):
        return row
    said = subject.values(turn, row)
    turn.reply("facts/minutes", subject.rows(turn, row), **said, rounds=row.rounds, minutes_done=row.minutes_done)
    return Step.SHOWN


def hour(turn: Turn, slots: Slots) -> Outcome:
    """Say that a session has no hour of its own, and when its reminder comes."""
    row = subject.found(turn, slots)
    if not isinstance(row, TrainingSession):
        return row
    reminder = reminders.of(turn.session, turn.user)
    times = reminders.schedule(reminder).times if reminder is not None and reminder.on else {}
    at = times.get(row.day.isoweekday())
    buttons: list[Row] = [[subject.show_button(turn, row.day), Button("change_time", ShowReminders())]]
    turn.reply("facts/hour", buttons, **subject.values(turn, row), at=None if at is None else show_daytime(at))
    return Step.SHOWN


def place(turn: Turn, slots: Slots) -> Outcome:
    """Say where a session is done; one that is done outdoors can be swapped."""
    row = subject.found(turn, slots)
    if not isinstance(row, TrainingSession):
        return row
    named = bool(find_phrases(fold(turn.written), turn.language.week_words.treadmill))
    treadmill, where = named or Equipment.TREADMILL in _used(turn, row), _where(row)
    buttons = subject.rows(turn, row)
    if where != "anywhere" and not treadmill and _may_change(turn, row):
        buttons.insert(0, [Button("swap", SwapDay(row.day))])
    bad_air = bool(find_phrases(fold(turn.written), turn.language.reply_words.bad_air))
    turn.reply(
        "facts/place",
        buttons,
        **subject.values(turn, row),
        where=where,
        treadmill=treadmill,
        named=named,
        bad_air=bad_air,
    )
    return Step.SHOWN


def needs(turn: Turn, slots: Slots) -> Outcome:
    """Say what of their equipment a person uses in a session."""
    row = subject.found(turn, slots)
    if not isinstance(row, TrainingSession):
        return row
    used = _used(turn, row)
    listed = [each.value for each in _LISTED if each in used]
    said = subject.values(turn, row)
    treadmill = Equipment.TREADMILL in used
    turn.reply("facts/needs", subject.rows(turn, row), **said, equipment=listed, where=_where(row), treadmill=treadmill)
    return Step.SHOWN


def stands(turn: Turn, slots: Slots) -> Outcome:
    """Say what became of a day's session: still to do, done, skipped, moved, or none."""
    row = subject.found(turn, slots, rests=True)
    if not isinstance(row, TrainingSession):
        return row
    today, rest = today_of(turn), row.asks is SessionKind.RECOVERY
    shown, _ = find_planned(turn, row.day, today)
    stored = {day.day: each for day in shown.days if (each := plans.of_day(turn.session, turn.user, day.day, today))}
    moved = plans.moved_to(stored).get(row.day)
    opens = is_kept(turn, row.day) and not rest and row.status == SessionStatus.PLANNED and moved is None
    buttons = [marks(turn, row)[0][:1]] if opens else []
    turn.reply(
        "facts/stands",
        [*buttons, *subject.rows(turn, row)],
        **subject.values(turn, row),
        rest=rest,
        status=row.status,
        effort=row.effort,
        why=row.why,
        past=row.day < today,
        moved=None if moved is None else {"day": moved, "days_off": (moved - today).days},
        coming=subject.coming(turn, row.day) if rest else None,
    )
    return Step.SHOWN


def _where(row: TrainingSession) -> str:
    """Return where a session is done: uphill, as a run, as gentle movement, or anywhere."""
    spec = WORKOUTS[row.workout]
    if spec.slug == HILLS:
        return "hill"
    if spec.runs:
        return "run"
    return "gentle" if spec.gentle else "anywhere"


def _used(turn: Turn, row: TrainingSession) -> frozenset[Equipment]:
    """Return what of their equipment a person uses in a session; stand-ins bring their own."""
    has = frozenset(map(Equipment, turn.user.equipment or ()))
    stage = FIRST_STAGE_UNKNOWN if row.step is None else row.step
    used = equipment_used(turn.language.workouts[row.workout], has, stage)
    if stand_ins.stands_for(turn, row):
        exercises = [turn.language.exercises[each.exercise] for each in dosed(turn, row).exercises]
        used |= {each for each in has if any(each in exercise.equipment for exercise in exercises)}
    return used


def _may_change(turn: Turn, row: TrainingSession) -> bool:
    today = today_of(turn)
    _, planned = find_planned(turn, row.day, today)
    return planned.open and row.day >= today and row.pain is None
