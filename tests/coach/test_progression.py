"""Double progression: reps first, then load; never a jump, never below zero, and more done is never less aimed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.weight import KG_PER_LB
from coach.planning.exercises.catalog import EXERCISES, alternatives, is_loadable, same_job
from coach.planning.exercises.progression import (
    MOST_LOAD_KG,
    MOST_REPS,
    Aim,
    AimChange,
    DoneSets,
    RepRange,
    SetsResult,
    load_step,
    next_aim,
    rep_range,
)
from coach.planning.inputs import Equipment

CALVES = RepRange(3, 8, 15)
REPS = st.lists(st.integers(0, MOST_REPS), min_size=1, max_size=6).map(tuple)
LOADS = st.none() | st.integers(0, 600).map(lambda halves: halves / 2)
DONE = st.builds(DoneSets, REPS | st.just(()), LOADS, st.sampled_from(SetsResult))
HISTORIES = st.lists(DONE, max_size=8)
RANGES = st.builds(
    lambda sets, least, more: RepRange(sets, least, least + more),
    st.integers(1, 6),
    st.integers(5, 12),
    st.integers(2, 8),
)
HARDER = [AimChange.HARDER, AimChange.FIRST_LOAD]


def aimed(*done: DoneSets, loadable: bool = True, pounds: bool = False) -> Aim:
    return next_aim(done, CALVES, loadable=loadable, pounds=pounds)


def test_nothing_noted_begins_at_the_bottom() -> None:
    assert aimed() == Aim((8, 8, 8), 0.0, AimChange.START)


def test_one_repetition_more_in_each_set_below_the_top() -> None:
    assert aimed(DoneSets((15, 14, 12))) == Aim((15, 15, 13), 0.0, AimChange.REPS)


def test_the_top_leads_to_load_and_back_to_the_bottom() -> None:
    assert aimed(DoneSets((15, 15, 15), 12.0)) == Aim((8, 8, 8), 13.0, AimChange.LOAD)
    assert aimed(DoneSets((15, 15, 15))) == Aim((8, 8, 8), 0.0, AimChange.FIRST_LOAD)
    assert aimed(DoneSets((15, 15, 15)), loadable=False).change is AimChange.HARDER


def test_a_large_step_needs_two_repetitions_more() -> None:
    assert aimed(DoneSets((15, 15, 15), 5.0)) == Aim((16, 16, 16), 5.0, AimChange.REPS)
    assert aimed(DoneSets((17, 17, 17), 5.0)) == Aim((8, 8, 8), 6.0, AimChange.LOAD)


def test_pounds_grow_by_steps_of_pounds() -> None:
    aim = aimed(DoneSets((15, 15, 15), 25 * KG_PER_LB), pounds=True)
    assert round(aim.load_kg / KG_PER_LB, 1) == 27.5


def test_misses_hold_and_two_of_them_take_a_step_off() -> None:
    once = DoneSets((8, 7, 6), 12.0)
    assert aimed(once) == Aim((8, 7, 6), 12.0, AimChange.SAME)
    assert aimed(once, once) == Aim((8, 7, 6), 11.0, AimChange.LIGHTER)
    assert aimed(DoneSets((4, 4, 4)), DoneSets((4, 4, 4)), loadable=False) == Aim((4, 4, 4), 0.0, AimChange.SAME)


def test_a_load_that_is_not_said_is_the_one_before() -> None:
    assert aimed(DoneSets((12, 12, 12), 10.0), DoneSets((13, 13, 13))).load_kg == 10.0
    assert aimed(DoneSets((12, 12, 12), 10.0), DoneSets((13, 13, 13), 0.0)).load_kg == 0.0


def test_words_stand_for_what_was_aimed_at() -> None:
    before = DoneSets((10, 10, 10), 12.0)
    assert aimed(before, DoneSets(result=SetsResult.PLANNED)).reps == (12, 12, 12)
    assert aimed(before, DoneSets(result=SetsResult.MORE)).reps == (13, 13, 13)
    assert aimed(before, DoneSets(result=SetsResult.FEWER)).reps == (11, 11, 11)


@pytest.mark.parametrize(("text", "least", "most"), [("8–15", 8, 15), ("6–10 a side", 6, 10), ("10-20", 10, 20)])
def test_the_range_of_a_page(text: str, least: int, most: int) -> None:
    assert rep_range(text, 2) == RepRange(2, least, most)
    assert rep_range("as many as you like", 2) is None


@given(HISTORIES, RANGES, st.booleans(), st.booleans())
def test_never_a_jump_never_below_zero(done: list[DoneSets], wanted: RepRange, loadable: bool, pounds: bool) -> None:
    aim, before = (next_aim(each, wanted, loadable=loadable, pounds=pounds) for each in (done, done[:-1]))
    assert len(aim.reps) == wanted.sets
    assert all(count >= 0 for count in aim.reps)
    assert aim.load_kg >= 0
    if not done:
        return
    last = done[-1]
    load = before.load_kg if last.load_kg is None else last.load_kg
    assert aim.load_kg <= max(load + load_step(load, pounds=pounds), load)
    assert aim.load_kg >= max(load - load_step(load, pounds=pounds), 0)
    if load <= MOST_LOAD_KG:
        assert aim.load_kg <= MOST_LOAD_KG
    if aim.load_kg == load and last.reps:
        assert max(aim.reps) <= max(*last.reps, wanted.least) + 1


@given(HISTORIES, RANGES, st.lists(st.integers(0, 40), min_size=3, max_size=3), st.integers(0, 5), LOADS, st.booleans())
def test_more_done_is_never_less_aimed_at(
    done: list[DoneSets], wanted: RepRange, reps: list[int], more: int, load: float | None, loadable: bool
) -> None:
    def rank(last: list[int]) -> tuple[float, bool, tuple[int, ...]]:
        aim = next_aim([*done, DoneSets(tuple(last), load)], wanted, loadable=loadable)
        return aim.load_kg, aim.change in HARDER, aim.reps

    assert rank([count + more for count in reps]) >= rank(reps)


@given(RANGES, st.integers(5, 40), st.booleans())
def test_a_person_who_always_does_what_is_aimed_at_gets_further(
    wanted: RepRange, sessions: int, loadable: bool
) -> None:
    done: list[DoneSets] = []
    loads = []
    for _ in range(sessions):
        aim = next_aim(done, wanted, loadable=loadable)
        done.append(DoneSets(aim.reps, 8.0 if aim.change is AimChange.FIRST_LOAD else aim.load_kg))
        loads.append(done[-1].load_kg or 0.0)
    assert loads == sorted(loads)
    assert (loads[-1] > 0) == (loadable and sessions > wanted.most - wanted.least + 1)


# Alternatives

THINGS = st.frozensets(st.sampled_from(Equipment))


@given(st.sampled_from(sorted(EXERCISES)), THINGS)
def test_what_stands_in_does_the_same_job_with_what_there_is(exercise: str, has: frozenset[Equipment]) -> None:
    for other in alternatives(exercise, has):
        assert other != exercise
        assert EXERCISES[other].job is EXERCISES[exercise].job
        assert EXERCISES[other].needs <= has
        assert EXERCISES[other].hardness <= EXERCISES[exercise].hardness + 1


def test_what_is_in_the_session_already_comes_last() -> None:
    has = frozenset({Equipment.STEP})
    assert alternatives("single-leg-calf-raise", has) == ("step-calf-raise", "standing-calf-raise")
    assert alternatives("single-leg-calf-raise", has, {"step-calf-raise"}) == ("standing-calf-raise", "step-calf-raise")
    assert alternatives("pogo-hops", has) == ()


def test_weights_make_some_exercises_harder() -> None:
    assert is_loadable("bodyweight-squat", frozenset({Equipment.BARBELL}))
    assert not is_loadable("bodyweight-squat", frozenset({Equipment.STEP}))
    assert not is_loadable("glute-bridge", frozenset(Equipment))


def test_a_name_means_the_exercise_of_its_job() -> None:
    assert same_job("standing-calf-raise", ["single-leg-calf-raise", "glute-bridge"]) == ("single-leg-calf-raise",)
    assert same_job("forward-lunge", ["forward-lunge", "bodyweight-squat"]) == ("forward-lunge",)
    assert same_job("jump-rope", ["forward-lunge"]) == ()
