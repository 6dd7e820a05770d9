"""Calves and heel raises as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.girth import show_girth
from coach.parsing.measurements import Side, parse_girths, parse_raises, swelled
from coach.profile import Units
from coach.user_errors import (
    GirthNotUnderstood,
    GirthOutOfRange,
    GirthUnitMissing,
    RaisesNotUnderstood,
    RaisesOutOfRange,
    UserError,
)
from tests.support.vocabularies import ENGLISH

L, R = Side.LEFT, Side.RIGHT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38.5", {None: 38.5}),
        ("38,5 cm", {None: 38.5}),
        ("38.5 38.2", {L: 38.5, R: 38.2}),
        ("38,5 38,2", {L: 38.5, R: 38.2}),
        ("38.5, 38.2", {L: 38.5, R: 38.2}),
        ("38.5/38.2", {L: 38.5, R: 38.2}),
        ("38.5 and 38.2 cm", {L: 38.5, R: 38.2}),
        ("38.5cm 38.2cm", {L: 38.5, R: 38.2}),
        ("left 38.5", {L: 38.5}),
        ("R: 38.2", {R: 38.2}),
        ("right 38.2, left 38.5", {L: 38.5, R: 38.2}),
        ("L38.5 R38.2".replace("L", "l ").replace("R", "r "), {L: 38.5, R: 38.2}),
        ("38.5 left and 38.2 right", {L: 38.5, R: 38.2}),
        ("left calf 38.5 right calf 38", {L: 38.5, R: 38.0}),
        ("both 38", {L: 38.0, R: 38.0}),
        ("38 both", {L: 38.0, R: 38.0}),
        ("each leg 38", {L: 38.0, R: 38.0}),
        ("15 1/4 in 15 1/2 in", {L: 15.25 * 2.54, R: 15.5 * 2.54}),
    ],
)
def test_girths(text: str, expected: dict[Side | None, float]) -> None:
    assert parse_girths(text, Units.KILOGRAMS, ENGLISH) == pytest.approx(expected)


def test_a_bare_girth_is_in_the_person_s_unit() -> None:
    assert parse_girths("15.2 15", Units.POUNDS, ENGLISH) == pytest.approx({L: 15.2 * 2.54, R: 15 * 2.54})
    with pytest.raises(GirthUnitMissing):
        parse_girths("24.5 24", None, ENGLISH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35,5 and 36", {L: 35.5, R: 36.0}),
        ("36 36.5 cm", {L: 36.0, R: 36.5}),
        ("24 24.5 cm", {L: 24.0, R: 24.5}),
        ("24 in, 25", {L: 24 * 2.54, R: 25 * 2.54}),
        ("left 24 right 24.5 cm", {L: 24.0, R: 24.5}),
        ("380 mm 382mm", {L: 38.0, R: 38.2}),
    ],
)
def test_one_unit_counts_for_both_legs_and_most_need_none(text: str, expected: dict[Side | None, float]) -> None:
    assert parse_girths(text, None, ENGLISH) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", GirthNotUnderstood),
        ("purple", GirthNotUnderstood),
        ("left", GirthNotUnderstood),
        ("left 38 left 39", GirthNotUnderstood),
        ("38 39 40", GirthNotUnderstood),
        ("38 left right", GirthNotUnderstood),
        ("both", GirthNotUnderstood),
        ("38 3", GirthOutOfRange),
        ("-38", GirthOutOfRange),
        ("1e999", GirthNotUnderstood),
        ("7" * 4096, GirthNotUnderstood),
        ("385 38", GirthOutOfRange),
    ],
)
def test_what_is_no_girth(text: str, mistake: type[UserError]) -> None:
    with pytest.raises(mistake):
        parse_girths(text, Units.KILOGRAMS, ENGLISH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 22", {L: 24, R: 22}),
        ("24", {None: 24}),
        ("left 24 reps, right 22", {L: 24, R: 22}),
        ("24/22", {L: 24, R: 22}),
        ("both 20", {L: 20, R: 20}),
        ("0 5", {L: 0, R: 5}),
    ],
)
def test_raises(text: str, expected: dict[Side | None, int]) -> None:
    assert parse_raises(text, ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("many", RaisesNotUnderstood),
        ("2.5", RaisesNotUnderstood),
        ("101 3", RaisesOutOfRange),
        ("", RaisesNotUnderstood),
    ],
)
def test_what_is_no_number_of_raises(text: str, mistake: type[UserError]) -> None:
    with pytest.raises(mistake):
        parse_raises(text, ENGLISH)


@given(st.text(max_size=60))
def test_nothing_typed_does_worse_than_a_mistake(text: str) -> None:
    for read in (lambda: parse_girths(text, Units.KILOGRAMS, ENGLISH), lambda: parse_raises(text, ENGLISH)):
        with suppress(UserError):
            assert set(read()) in ({None}, {L}, {R}, {L, R})


@given(st.floats(20, 70), st.floats(20, 70), st.sampled_from(Units))
def test_what_is_shown_can_be_typed(left: float, right: float, units: Units) -> None:
    text = f"{show_girth(left, units)} {show_girth(right, units)}"
    try:
        found = parse_girths(text, units, ENGLISH)
    except GirthOutOfRange:  # the bounds, rounded to a tenth of an inch
        assert units is not Units.KILOGRAMS
        assert min(left, right) < 20.2 or max(left, right) > 69.8
        return
    assert found[L] == pytest.approx(left, abs=0.13)
    assert found[R] == pytest.approx(right, abs=0.13)


def test_one_leg_that_swells_is_not_growth() -> None:
    assert swelled({L: 38.0, R: 38.2}, {L: 40.5, R: 38.3}) is L
    assert swelled({L: 38.0, R: 38.2}, {L: 38.4, R: 38.9}) is None
    assert swelled({L: 38.0, R: 38.2}, {L: 40.4, R: 40.6}) is None, "both: another tape, or another hour"
    assert swelled({L: 38.0}, {L: 44.0, R: 38.0}) is None
    assert swelled({L: 40.0, R: 38.0}, {L: 38.0, R: 38.0}) is None, "one that shrinks has not swollen"
