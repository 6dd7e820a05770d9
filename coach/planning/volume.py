"""How much of each session a week has: rounds, sets and minutes, cut where the week is an easier one."""

from coach.planning.board import Board
from coach.planning.rules import (
    EASIER_SHARE,
    EASY_RUN,
    FAMILY,
    HILLS,
    LADDER,
    LONG_RUN,
    LONGEST_EASY,
    LONGEST_LONG,
    QUALITY,
    RETURN_SHARE,
    WALK_JOG,
    WALK_JOG_ROUNDS,
    Dose,
    Family,
    interval_minutes,
    run_dose,
    strength_dose,
)
from coach.planning.training_state import Note, TrainingState

_BEFORE_AND_AFTER_A_RUN = 10


def dose(board: Board, workout: str, calf_sets: int) -> Dose:
    """Return how much of `workout` there is, within the person's minutes; `calf_sets` is a strength day's share."""
    if workout in QUALITY:
        lowest = bool(board.form.notes & {Note.EASIER_WEEK, Note.REALIGNED})
        rounds, percent = LADDER[0 if lowest else board.form.step]
        return _rounds(workout, rounds, percent, board.minutes())
    if workout == WALK_JOG:
        lowest = bool(board.form.notes & {Note.EASIER_WEEK, Note.RETURNING, Note.REALIGNED})
        return _rounds(workout, WALK_JOG_ROUNDS[0] if lowest else board.form.jog_rounds, None, board.minutes())
    if FAMILY[workout] is Family.STRENGTH:
        return strength_dose(workout, calf_sets, board.minutes())
    if workout == EASY_RUN:
        return run_dose(easy_minutes(board))
    if workout == LONG_RUN:
        return run_dose(long_minutes(board))
    return Dose(min(30, board.minutes()))


def easy_minutes(board: Board) -> int:
    """Return the minutes that an easy run may take."""
    return min(LONGEST_EASY, long_minutes(board))


def long_minutes(board: Board) -> int:
    """Return the minutes that a long run may take; what a return cuts is cut in the form already."""
    easier = Note.EASIER_WEEK in board.form.notes and Note.RETURNING not in board.form.notes
    minutes = int(board.form.run_minutes * EASIER_SHARE) if easier else board.form.run_minutes
    return min(LONGEST_LONG, board.minutes() - _BEFORE_AND_AFTER_A_RUN, minutes, board.form.run_limit)


def calf_sets_aim(form: TrainingState) -> int:
    """Return the week's calf sets."""
    if form.notes & {Note.RETURNING, Note.PAIN_REDUCED}:
        return round(form.calf_sets * RETURN_SHARE)
    return round(form.calf_sets * (EASIER_SHARE if Note.EASIER_WEEK in form.notes else 1))


def calf_shares(board: Board) -> dict[int, int]:
    """Return the calf sets of each strength day to come: what is left of the aim, evenly, one at least."""
    counted = [*board.done.values(), *board.let_go.values()]  # nothing is made up for
    left = max(calf_sets_aim(board.form) - sum(row.calf_sets for row in counted), 0)
    days = [
        place
        for place, slot in enumerate(board.slots)
        if slot is not None and place not in board.done and FAMILY[slot] is Family.STRENGTH
    ]
    return {place: max(1, left // len(days) + (order < left % len(days))) for order, place in enumerate(days)}


def hills_fit(board: Board) -> bool:
    """Say whether the shortest hill session fits into the person's minutes."""
    return interval_minutes(HILLS, LADDER[0][0]) <= board.minutes()


def _rounds(workout: str, rounds: int, percent: int | None, minutes: int) -> Dose:
    while interval_minutes(workout, rounds) > minutes:
        rounds -= 1
    return Dose(interval_minutes(workout, rounds), rounds=rounds, percent=percent)
