"""Sets of an exercise, told at any time on a day of strength: noted, with what to aim at next time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.requests import DoRequest, pack_slots
from coach.buttons.session import MarkDone, ShowSession, ShowToday
from coach.planning.exercises.catalog import same_job
from coach.planning.exercises.progression import MOST_LOAD_KG, MOST_REPS, MOST_SETS, DoneSets, SetsResult
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button, Row, Titled
from content.schema.training_pages import Workout
from db.models import TrainingSession
from db.queries.figures import noted_sets
from handlers.framework.turn import Turn
from handlers.requests.outcome import Changed, Outcome, Step, about, dated, has_plan, is_kept
from handlers.training.marking import effort_rows
from handlers.training.strength import noted_sets as noting
from handlers.training.today import dosed, kept_session, today_of

TOMORROW: Final = timedelta(days=1)
ROOM: Final = 56  # characters of a button that holds figures and their exercise, beside its code and intent


def sets(turn: Turn, slots: Slots) -> Outcome:
    """Note the sets of one exercise, or how the whole session went in a word; ask which exercise where unsure."""
    if not has_plan(turn):
        return Step.ASKED
    row = _session(turn, slots)
    if row is not None:
        return _of_session(turn, row, slots)
    turn.reply("requests/no_sets", [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]])
    return Step.ASKED


def _of_session(turn: Turn, row: TrainingSession, slots: Slots) -> Outcome:
    workout, spoken_of = dosed(turn, row), turn.shown.exercise if turn.shown is not None else None
    about(turn, row)
    if slots.what in set(SetsResult):
        return _in_a_word(turn, row, workout, SetsResult(slots.what))
    done = _done(slots)
    if done is None:
        return _ask_sets(turn, row, workout)
    exercise = _meant(workout, slots.exercise, spoken_of)
    if exercise is None:
        return _ask_exercise(turn, row, workout, slots)
    return _noted(turn, row, workout, exercise, done)


def _noted(turn: Turn, row: TrainingSession, workout: Workout, exercise: str, done: DoneSets) -> Outcome:
    changed = noted_sets.store(turn.session, turn.user, row.day, exercise, done)
    next_time = noting.aims(turn, workout, row.day + TOMORROW).get(exercise)
    values = dated(turn, row.day) | {
        "name": turn.language.exercises[exercise].name,
        "sets": noting.shown_sets(turn.user, done),
        "next": next_time,
    }
    marks: list[Row] = []
    if row.status == SessionStatus.PLANNED and row.day == today_of(turn):
        marks = [[Button("done", MarkDone(row.day), style="success"), Button("show_session", ShowSession(row.day))]]
    if not changed:
        turn.reply("requests/sets", marks, **values)
        return Step.SHOWN
    return Changed("requests/sets", values, None, marks)


def _session(turn: Turn, slots: Slots) -> TrainingSession | None:
    """Return the session that is spoken of: the day's that is said or shown, else today's, else yesterday's."""
    today = today_of(turn)
    days = [slots.day] if slots.day is not None else [turn.shown_day or today, today, today - TOMORROW]
    found = (kept_session(turn, day) for day in dict.fromkeys(days) if is_kept(turn, day))
    return next((row for row in found if row is not None and _is_strength(row)), None)


def _is_strength(row: TrainingSession) -> bool:
    return row.asks is SessionKind.STRENGTH and row.status != SessionStatus.SKIPPED


def _done(slots: Slots) -> DoneSets | None:
    """Return the sets that are said, None where there are none or they cannot be."""
    reps = slots.reps or ()
    if not 0 < len(reps) <= MOST_SETS or any(not 0 <= count <= MOST_REPS for count in reps):
        return None
    return DoneSets(reps, slots.kg) if slots.kg is None or 0 <= slots.kg <= MOST_LOAD_KG else None


def _meant(workout: Workout, named: str | None, spoken_of: str | None) -> str | None:
    """Return the exercise of the session that is meant, None where several may be."""
    known = [each.exercise for each in workout.exercises]
    if named is not None:
        found = same_job(named, known)
        return found[0] if len(found) == 1 else None
    if spoken_of in known:
        return spoken_of
    return known[0] if len(known) == 1 else None


def _ask_exercise(turn: Turn, row: TrainingSession, workout: Workout, slots: Slots) -> Outcome:
    """Ask which exercise the figures are of, those of which nothing is noted first."""
    noted = noted_sets.of_day(turn.session, turn.user, row.day)
    known = sorted((each.exercise for each in workout.exercises), key=lambda slug: slug in noted)
    assert slots.reps is not None
    named = [
        Titled(turn.language.exercises[slug].name, DoRequest(Intent.SETS, pack_slots(told, ROOM)))
        for slug in known
        for told in [Slots(day=row.day, kg=slots.kg, exercise=slug, reps=slots.reps)]
    ]
    shown = noting.shown_sets(turn.user, DoneSets(slots.reps, slots.kg))
    turn.reply("requests/sets_which", _two_a_row(named), sets=shown, **dated(turn, row.day))
    return Step.ASKED


def _ask_sets(turn: Turn, row: TrainingSession, workout: Workout) -> Outcome:
    words = [noting.result_row(row.day)] if row.status == SessionStatus.DONE else []
    turn.reply(
        "requests/sets_how",
        [*words, [Button("show_session", ShowSession(row.day))]],
        workout=workout,
        load=noting.example_load(turn.user),
        **dated(turn, row.day),
    )
    return Step.ASKED


def _in_a_word(turn: Turn, row: TrainingSession, workout: Workout, result: SetsResult) -> Outcome:
    """Note for every exercise without figures how it went; the effort can still be said."""
    noted = noted_sets.of_day(turn.session, turn.user, row.day)
    left = [each.exercise for each in workout.exercises if not (each.exercise in noted and noted[each.exercise].reps)]
    changed = [
        noted_sets.store(turn.session, turn.user, row.day, exercise, DoneSets(result=result)) for exercise in left
    ]
    values = dated(turn, row.day) | {"result": result.value, "effort": row.effort, "workout": workout}
    efforts: list[Row] = effort_rows(row.day) if row.effort is None else []
    if not any(changed):
        turn.reply("requests/sets_in_a_word", efforts, **values)
        return Step.SHOWN
    return Changed("requests/sets_in_a_word", values, None, efforts)


def _two_a_row(buttons: Sequence[Titled]) -> list[Row]:
    return [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
