"""Sets of an exercise, told at any time: noted, with what to aim at next time.

Those of an exercise that is not of the day's session are noted beside the plan: nothing of it is marked as done.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.requests import DoRequest
from coach.buttons.session import MarkDone, ShowSession, ShowToday
from coach.parsing.mentions.phrases import find_phrases
from coach.planning.exercises.catalog import is_one_sided, same_job
from coach.planning.exercises.progression import MOST_LOAD_KG, MOST_REPS, MOST_SETS, DoneSets, SetsResult
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, ShownItem, Slots
from content.rendering.keyboards import Button, Row, Titled
from content.schema.training_pages import Workout
from content.understanding.requests.slots import noted_sets as told_sets
from db.models import TrainingSession
from db.queries.figures import noted_sets
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, about, dated, has_plan, is_kept
from handlers.training.marking import effort_rows
from handlers.training.strength import noted_sets as noting
from handlers.training.strength import stand_ins
from handlers.training.today import dosed, kept_session, today_of

TOMORROW: Final = timedelta(days=1)
MOST_ASKED: Final = 8  # exercises of which one is asked for
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


def sets(turn: Turn, slots: Slots) -> Outcome:
    """Note the sets of one exercise, or how the whole session went in a word; ask which exercise where unsure."""
    if not has_plan(turn):
        return Step.ASKED
    if loads := _several_loads(turn, slots):
        return _ask_load(turn, replace(slots, kg=None), loads)
    row = _session(turn, slots)
    return _beside_the_plan(turn, slots) if row is None else _of_session(turn, row, slots)


def _of_session(turn: Turn, row: TrainingSession, slots: Slots) -> Outcome:
    workout, spoken_of = dosed(turn, row), turn.shown.exercise if turn.shown is not None else None
    known, done = [each.exercise for each in workout.exercises], _done(slots)
    if slots.what in set(SetsResult):
        about(turn, row)
        return _in_a_word(turn, row, workout, SetsResult(slots.what))
    exercise = _meant(known, slots.exercise, spoken_of or _of_one_side(turn, known))
    if done is not None and exercise is not None and exercise not in known:
        return _beside_the_plan(turn, slots)
    about(turn, row)
    if done is None:
        return _ask_sets(turn, row, workout)
    return _ask_exercise(turn, row.day, known, done) if exercise is None else _noted(turn, row, exercise, done)


def _beside_the_plan(turn: Turn, slots: Slots) -> Outcome:
    """Note sets that are of no session: no session is marked; ask which exercise where none is named or was shown."""
    done, exercise = _done(slots), slots.exercise or (turn.shown.exercise if turn.shown is not None else None)
    if done is None or slots.what in set(SetsResult):
        ways: list[Row] = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]
        turn.reply("requests/no_sets", ways, load=noting.example_load(turn.user))
        return Step.ASKED
    day = slots.day if slots.day is not None and is_kept(turn, slots.day) else today_of(turn)
    if exercise is None:
        known = dict.fromkeys([*noted_sets.lately(turn.session, turn.user), *stand_ins.planned_exercises(turn)])
        return _ask_exercise(turn, day, list(known)[:MOST_ASKED], done)
    turn.note_shown(ShownItem(exercise=exercise))
    return _stored(turn, day, exercise, done)


def _noted(turn: Turn, row: TrainingSession, exercise: str, done: DoneSets) -> Outcome:
    marks: list[Row] = []
    if row.status == SessionStatus.PLANNED and row.day == today_of(turn):
        marks = [[Button("done", MarkDone(row.day), style="success"), Button("show_session", ShowSession(row.day))]]
    return _stored(turn, row.day, exercise, done, row, marks)


def _stored(
    turn: Turn,
    day: date,
    exercise: str,
    done: DoneSets,
    row: TrainingSession | None = None,
    marks: Sequence[Row] = (),
) -> Outcome:
    changed = noted_sets.store(turn.session, turn.user, day, exercise, done)
    values = dated(turn, day) | {
        "name": turn.language.exercises[exercise].name,
        "sets": noting.shown_sets(turn.user, done),
        "each_hand": _each_hand(turn, done),
        "beside": row is None,
        "next": noting.aims(turn, dosed(turn, row), day + TOMORROW).get(exercise) if row is not None else None,
    }
    if not changed:
        turn.reply("requests/sets", marks, **values)
        return Step.SHOWN
    carried_out = Slots(day=day, kg=done.load_kg, exercise=exercise, reps=done.reps)
    return Changed("requests/sets", values, None, marks, carried_out)


def _several_loads(turn: Turn, slots: Slots) -> list[float]:
    """Return the loads of the sets, where a message tells more than one: of an exercise a day has one."""
    loads = told_sets.loads_of_sets(answering.heard(turn, turn.written)) if turn.written and slots.kg else []
    return sorted(set(loads)) if len(set(loads)) > 1 and len(loads) == len(slots.reps or ()) else []


def _ask_load(turn: Turn, told: Slots, loads: Sequence[float]) -> Outcome:
    """Ask which of several loads to keep."""
    ways = [Titled(noting.shown_load(turn.user, kg), DoRequest.of(Intent.SETS, replace(told, kg=kg))) for kg in loads]
    shown = noting.shown_sets(turn.user, DoneSets(told.reps or (), None))
    turn.reply("requests/sets_loads", _two_a_row(ways), sets=shown)
    turn.note_offered(*((Intent.SETS, replace(told, kg=kg)) for kg in loads))
    return Step.ASKED


def _each_hand(turn: Turn, done: DoneSets) -> str | None:
    """Return the load of each hand where the message tells that: the load that is noted is that of both."""
    if not done.load_kg:
        return None
    heard, words = answering.heard(turn, turn.written), turn.language.goal_words
    half = noting.shown_load(turn.user, done.load_kg / 2)
    told = half.split()[0] in {figure.replace(",", ".") for figure in _NUMBER.findall(heard.said)}
    sides = told and find_phrases(heard.said, words.each_side)
    named = sides or find_phrases(heard.said, words.each_hand) or told_sets.is_loaded_twice(heard)
    return half if named else None


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


def _meant(known: Collection[str], named: str | None, spoken_of: str | None) -> str | None:
    """Return the exercise that is meant, one of the session where that may be; None where several may be.

    What was done on one leg is nothing of the session that is done on both.
    """
    if named is None:
        return spoken_of or (next(iter(known)) if len(known) == 1 else None)
    found = [each for each in same_job(named, known) if is_one_sided(each) or not is_one_sided(named)]
    if not found:
        return named
    return found[0] if len(found) == 1 else None


def _of_one_side(turn: Turn, known: Collection[str]) -> str | None:
    """Return the one exercise that is done side after side, where the figures are told so: "left 12 right 14 reps"."""
    if not told_sets.of_each_leg(answering.heard(turn, turn.written)):
        return None
    found = [each for each in known if is_one_sided(each)]
    return found[0] if len(found) == 1 else None


def _ask_exercise(turn: Turn, day: date, known: Collection[str], done: DoneSets) -> Outcome:
    """Ask which exercise the figures are of, those of which nothing is noted first; it can be typed, too."""
    noted = noted_sets.of_day(turn.session, turn.user, day)
    told = Slots(day=day, kg=done.load_kg, reps=done.reps)
    named = [
        Titled(
            turn.language.exercises[slug].name,
            DoRequest.of(Intent.SETS, replace(told, exercise=slug)),
        )
        for slug in sorted(known, key=lambda slug: slug in noted)
    ]
    shown = noting.shown_sets(turn.user, done)
    each_hand = _each_hand(turn, done)
    turn.reply("requests/sets_which", _two_a_row(named), sets=shown, each_hand=each_hand, **dated(turn, day))
    turn.note_offered((Intent.SETS, told))
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
