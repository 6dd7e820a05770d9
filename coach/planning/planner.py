"""The week: a pure function of the person, the week's number, what they did, and today's date.

Safety rules always hold (evidence.md D): no plan before a clear health check; sprints and hills none before steady
weeks of running, then one a week, at most three; hard days three at most and never on two days running, which keeps 48
hours between sprints and keeps them off the day after a long run; a day of recovery at least; a run at most a tenth
longer than the longest of 30 days.

Targets hold where the free days allow. With fewer days they are dropped in this order, the first first:

- easy movement, the long run, the second day of leg strength, intervals, the aim of calf sets;
- where neither calves nor legs are a goal: the second day of leg strength, easy movement, the long run, intervals, the
  aim of calf sets; with only running goals the last two change places, and with distance as the only goal intervals, the
  aim of calf sets, the long run are the last three.

The person's own days, and an easier week every fifth, are never dropped. What is dropped stands in the week, with why.
What was missed is placed on a later free day of the same week, once, or left out; what was skipped is left out.
Never two sessions on a day.
"""

from dataclasses import replace
from datetime import date, timedelta

from coach.planning.board import Board, new_board, place_sessions
from coach.planning.equipment import UPHILL
from coach.planning.inputs import EVERY_WEEKDAY, Experience, History, Pin, Profile, Screening
from coach.planning.reasons import dropped, why_rest, why_session
from coach.planning.rules import FLAT_FROM, JOG_LADDER, LONG_FROM, SCREENING_DAYS, SCREENING_SOON, SHORTEST_RUN
from coach.planning.spread import beside
from coach.planning.state.training_state import read_training_state
from coach.planning.volume import (
    calf_sets_aim,
    calf_shares,
    fits,
    minutes_for_running,
    run_minutes,
    session_volume,
)
from coach.planning.week import (
    DROP_ORDER,
    DROP_ORDER_DISTANCE,
    DROP_ORDER_HEALTHY,
    DROP_ORDER_RUNNING,
    DropReason,
    NoPlan,
    PlannedDay,
    PlannedWeek,
    Refusal,
    Target,
    WeekNote,
    Why,
)
from coach.planning.workouts import (
    CALVES_A,
    CALVES_B,
    EASY_RUN,
    EASY_WALK,
    HALF_HOUR_WALK,
    HARD,
    HILLS,
    LEGS,
    LONG_RUN,
    RECOVERY,
    SPACED,
    SPRINTS,
    STEADY_RUN,
    WALK_JOG,
    WORKOUTS,
    Family,
)
from coach.profile import Goal


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
    wishes = _wishes(board, number)
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


def _wishes(board: Board, number: int) -> list[str]:
    """Return the workouts that the week wants, the most important first.

    One for each target comes before the others, which a week can have more of.
    """
    profile, state = board.profile, board.state
    if state.way_back is not None:
        hurts = state.notes & {WeekNote.PAIN_STOPPED, WeekNote.PAIN_REDUCED}
        return [HALF_HOUR_WALK] * 3 if hurts else list(state.way_back.wishes)
    if WeekNote.PAIN_STOPPED in state.notes:
        return [EASY_WALK] * 3
    if WeekNote.PAIN_REDUCED in state.notes:
        return [CALVES_A, EASY_WALK, CALVES_B, EASY_WALK]
    new = state.level is Experience.NEW
    unbroken = state.jog_step == len(JOG_LADDER) and run_minutes(board, STEADY_RUN) >= SHORTEST_RUN
    jog = STEADY_RUN if unbroken else WALK_JOG
    easy = EASY_WALK if new or run_minutes(board, EASY_RUN) < SHORTEST_RUN else EASY_RUN
    light = bool(state.notes & {WeekNote.RETURNING, WeekNote.EVENT_WEEK})
    heavy = Goal.LEGS in profile.goals and not new and not light
    tracks = _tracks(board, number)
    quality = [tracks[place % 2] for place in range(state.sprints_a_week)]
    long = [LONG_RUN] if _wants_long(board) else []
    wanted = {
        Target.CALF_SETS: [CALVES_A],
        Target.INTERVALS: quality[:1] or [jog],
        Target.LEGS_TWICE: [LEGS if heavy else CALVES_B],
        Target.LONG_RUN: long,
        Target.EASY: [jog] if new else [easy],
    }
    board.order = _drop_order(profile.goals, long=bool(long))
    first = [workout for target in reversed(board.order) for workout in wanted[target]]
    one_calf_day = CALVES_B in first and first.index(CALVES_B) >= len(profile.days & EVERY_WEEKDAY or EVERY_WEEKDAY)
    if one_calf_day and number % 2 == 0:  # knees straight and bent in turns, where there is no day for both
        first = [{CALVES_A: CALVES_B, CALVES_B: CALVES_A}.get(workout, workout) for workout in first]
    # A third sprint session only where no other run or session of the week is hard.
    return [*first, *quality[1:2], *([] if long or heavy else quality[2:]), easy]


def _tracks(board: Board, number: int) -> tuple[str, str]:
    """Return where the first and the second fast session are run: uphill, then on the flat, then in turns."""
    if not (board.profile.equipment & UPHILL and fits(board, HILLS)):
        return SPRINTS, SPRINTS
    if board.state.step < FLAT_FROM:
        return HILLS, HILLS
    return (SPRINTS, HILLS) if board.state.step == FLAT_FROM or number % 2 == 0 else (HILLS, SPRINTS)


def _drop_order(goals: frozenset[Goal], *, long: bool) -> tuple[Target, ...]:
    """Return the order of dropping: a second day of strength comes last for who named neither calves nor legs."""
    if not goals or goals & {Goal.CALVES, Goal.LEGS}:
        return DROP_ORDER
    if Goal.HEALTHY in goals:
        return DROP_ORDER_HEALTHY
    return DROP_ORDER_RUNNING if Goal.SPRINTS in goals or not long else DROP_ORDER_DISTANCE


def _wants_long(board: Board) -> bool:
    if Goal.DISTANCE not in board.profile.goals or board.state.level is Experience.NEW:
        return False
    if WeekNote.RETURNING in board.state.notes:
        return False
    if WeekNote.EVENT_WEEK in board.state.notes:
        board.blocked[Target.LONG_RUN] = DropReason.EVENT
        return False
    if run_minutes(board, LONG_RUN) >= LONG_FROM:
        return True
    if minutes_for_running(board, LONG_RUN) < LONG_FROM:
        board.blocked[Target.LONG_RUN] = DropReason.MINUTES
    else:
        eased = WeekNote.EASIER_WEEK in board.state.notes and board.state.run_minutes >= LONG_FROM
        board.blocked[Target.LONG_RUN] = DropReason.EASIER_WEEK if eased else DropReason.NOT_YET
    return False


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
        return PlannedDay(day, spec.kind, RECOVERY, None, rest, min(spec.minutes(), board.minutes()), open=is_open)
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
