"""The week: a pure function of the person, the week's number, what they did, and today's date.

Safety rules always hold (evidence.md D): no plan before a clear health check; sprints and hills none before steady
weeks of running, then one a week, at most three; hard days three at most and never on two days running, which keeps 48
hours between sprints and keeps them off the day after a long run; a day of recovery at least; a run at most a tenth
longer than the longest of 30 days.

Targets hold where the free days allow. With fewer days they are dropped in this order, the first first:

- easy movement, the long run, the second day of leg strength, intervals, the aim of calf sets;
- where neither calves nor legs are a goal: the second day of leg strength, easy movement, the long run, intervals, the
  aim of calf sets; with only running goals the last two change places, and with distance as the only goal the last
  three are intervals, the aim of calf sets, the long run.

The person's own days, and an easier week every fifth, are never dropped. What is dropped stands in the week, with why.
What was missed is placed on a later free day of the same week, once, or left out; what was skipped is left out.
Never two sessions on a day.
"""

from dataclasses import replace
from datetime import date, timedelta

from coach.planning.board import Board, new_board, place_sessions
from coach.planning.inputs import History, Pin, Profile, Screening
from coach.planning.reasons import dropped, why_rest, why_session
from coach.planning.rules import SCREENING_DAYS, SCREENING_SOON
from coach.planning.spread import beside
from coach.planning.state.training_state import read_training_state
from coach.planning.volume import (
    calf_sets_aim,
    calf_shares,
    fits,
    session_volume,
)
from coach.planning.week import (
    NoPlan,
    PlannedDay,
    PlannedWeek,
    Refusal,
    WeekNote,
    Why,
)
from coach.planning.wishes import wishes_of
from coach.planning.workouts import (
    HARD,
    RECOVERY,
    SPACED,
    WORKOUTS,
    Family,
)


def refusal(profile: Profile, today: date) -> Refusal | None:
    """Return why this person gets no plan today; None where one may be made (evidence.md C1, C3)."""
    if profile.screening is Screening.SOMETHING_APPLIES:
        return Refusal.SOMETHING_APPLIES
    if profile.screening is Screening.NOT_ASKED or profile.screened_on is None:
        return Refusal.ASK_FIRST
    return Refusal.ASK_AGAIN if (today - profile.screened_on).days > SCREENING_DAYS else None


def check_days_left(profile: Profile, today: date) -> int | None:
    """Return how many days the health check still counts after today, where they are few; None otherwise."""
    if profile.screened_on is None or refusal(profile, today):
        return None
    left = SCREENING_DAYS - (today - profile.screened_on).days
    return left if left <= SCREENING_SOON else None


def plan_week(profile: Profile, number: int, history: History, today: date) -> PlannedWeek | NoPlan:
    """Return week `number` (counted from 1) as it stands on `today`: what is past as it was, the rest planned.

    Raises ValueError for a number below 1.
    """
    if number < 1:
        raise ValueError(f"weeks are counted from 1: {number}")
    if reason := refusal(profile, today):
        return NoPlan(reason)
    state = read_training_state(profile, number, history, today)
    board = new_board(profile, number, state, history, today)
    wishes = wishes_of(board, number)
    for row in board.done.values():
        _cross_off(wishes, row.workout)
    for pin in history.pins:
        _keep(board, wishes, pin)
    for place, row in board.given_up.items():
        _cross_off(wishes, row.workout)
        board.spaced |= (row.workout in SPACED) << place  # the others stay where they were
    place_sessions(board, wishes)
    return _week(board, number)


def places_for(profile: Profile, number: int, history: History, today: date, day: date) -> list[date]:
    """Return the days of the week on which the session of `day` may stand instead; what stands there takes its place.

    Empty where nothing is planned for `day`, or there is no plan.
    """
    week = plan_week(profile, number, history, today)
    if isinstance(week, NoPlan):
        return []
    moving = next((planned for planned in week.days if planned.day == day and planned.open), None)
    if moving is None or moving.workout == RECOVERY:
        return []
    return [
        other.day
        for other in week.days
        if other.open and other.workout != moving.workout and _may_swap(profile, number, history, today, moving, other)
    ]


def swapped(moving: PlannedDay, other: PlannedDay) -> tuple[Pin, Pin]:
    """Return what to remember so that two days change places."""
    return Pin(moving.day, other.workout), Pin(other.day, moving.workout)


def _may_swap(
    profile: Profile, number: int, history: History, today: date, moving: PlannedDay, other: PlannedDay
) -> bool:
    pins = [pin for pin in history.pins if pin.day not in {moving.day, other.day}]
    tried = replace(history, pins=(*pins, *swapped(moving, other)))
    week = plan_week(profile, number, tried, today)
    kept = {other.day: moving.workout, moving.day: other.workout}
    return isinstance(week, PlannedWeek) and all(
        kept.get(planned.day, planned.workout) == planned.workout for planned in week.days
    )


def _cross_off(wishes: list[str], workout: str) -> None:
    """Remove from the wishes a workout that the week has: itself, or else one of its family."""
    alike = (wish for wish in wishes if WORKOUTS[wish].family is WORKOUTS[workout].family)
    if (met := workout if workout in wishes else next(alike, None)) is not None:
        wishes.remove(met)


def _keep(board: Board, wishes: list[str], pin: Pin) -> None:
    """Put what the person moved where they want it, as long as every safety rule holds."""
    place = (pin.day - board.first).days
    if place not in board.open and board.closed.get(place) is not Why.REST_NOT_FREE:
        return
    if pin.workout == RECOVERY:
        board.open = [day for day in board.open if day != place]
        board.closed[place] = Why.CHOSEN
    elif _safe(board, place, pin.workout, wishes):
        board.put(place, pin.workout)
        board.chosen.add(place)
        _cross_off(wishes, pin.workout)
    elif _beyond_step(board, pin.workout):
        board.beyond_step = True
    else:
        board.unsafe_pin = True


def _safe(board: Board, place: int, workout: str, wishes: list[str]) -> bool:
    """Say whether a workout of the person's choice may stand on that day: an easy walk always, others where wished."""
    if _beyond_step(board, workout):
        return False
    if board.places_left <= 0 or (workout in HARD and board.hard_left <= 0):
        return False
    if workout in SPACED and (beside(board.spaced) | board.barred) & (1 << place):
        return False
    spec = WORKOUTS[workout]
    if spec.only_wished:
        return workout in wishes
    return spec.gentle or (fits(board, workout) and spec.family in {WORKOUTS[wish].family for wish in wishes})


def _beyond_step(board: Board, workout: str) -> bool:
    """Say whether a workout is more than the step of the way back allows."""
    return board.state.way_back is not None and workout not in board.state.way_back.allowed


def _week(board: Board, number: int) -> PlannedWeek:
    shares = calf_shares(board)
    again: list[Family] = list(board.again)
    days = tuple(_day(board, place, shares.get(place, 0), again) for place in range(7))
    notes = set(board.state.notes)
    if Why.PAUSED in board.closed.values():
        notes.add(WeekNote.PAUSED)
    if any(day.why is Why.MOVED for day in days):
        notes.add(WeekNote.MOVED)
    if board.unsafe_pin:
        notes.add(WeekNote.UNSAFE_PIN)
    if board.beyond_step:
        notes.add(WeekNote.BEYOND_STEP)
    return PlannedWeek(number, days, frozenset(notes), dropped(board, days), calf_sets_aim(board.state), board.order)


def _day(board: Board, place: int, calf_sets: int, again: list[Family]) -> PlannedDay:
    day = board.first + timedelta(days=place)
    workout = board.slots[place]
    if workout is None:
        is_open = board.closed.get(place) is not Why.PAST
        rest = why_rest(board, place)
        spec = WORKOUTS[RECOVERY]
        return PlannedDay(day, spec.kind, RECOVERY, None, rest, min(spec.minutes(), board.minutes(place)), open=is_open)
    amount = board.done.get(place) or session_volume(board, place, workout, calf_sets)
    return PlannedDay(
        day=day,
        kind=WORKOUTS[workout].kind,
        workout=workout,
        rounds=amount.rounds,
        why=Why.DONE if place in board.done else why_session(board, place, again),
        minutes=amount.minutes,
        percent=amount.percent,
        calf_sets=amount.calf_sets,
        leg_sets=amount.leg_sets,
        run_minutes=amount.run_minutes,
        step=amount.step,
        open=place not in board.done,
    )
