"""Repetitions of sets as people tell them, one set after another or all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.measurements import Side
from coach.parsing.mentions.durations import find_durations
from coach.parsing.mentions.figures import plain_kilograms, read_girths, read_raises
from coach.parsing.mentions.intervals import find_intervals
from coach.parsing.mentions.mention import spoken
from coach.parsing.mentions.repetitions import told_reps
from coach.profile import Units
from tests.support.vocabularies import ENGLISH


@pytest.mark.parametrize(
    ("text", "reps"),
    [
        ("first set 18, second 15, third i died at 9", (18, 15, 9)),
        ("set one was 14, set two also 14, set three 13", (14, 14, 13)),
        ("twelve reps comma twelve reps comma eleven reps", (12, 12, 11)),
        ("managed 17 then 15 then a pure pitiful 8", (17, 15, 8)),
        ("sixteen on the first go, fourteen on the second and then twelve", (16, 14, 12)),
        ("that would be 15-15-13, coach", (15, 15, 13)),
        ("10/10/9/9 in the end", (10, 10, 9, 9)),
        ("six. six. five. and then a lie down", (6, 6, 5)),
        ("4 sets, 10 each", (10, 10, 10, 10)),
        ("sets: 5. reps: 8 in each", (8,) * 5),
        ("two tens", (10, 10)),
        ("three eights", (8, 8, 8)),
        ("twice twelve", (12, 12)),
        ("fifteen, three times over", (15, 15, 15)),
        ("a dozen, then ten", (12, 10)),
        ("twenty, eighteen and a half-hearted fifteen", (20, 18, 15)),
        ("third set was 10 not 12. so 12, 12, 10 it is", (12, 12, 10)),
        ("three lots of ten", (10, 10, 10)),
    ],
)
def test_sets_are_told_in_many_ways(text: str, reps: tuple[int, ...]) -> None:
    assert told_reps(spoken(text, ENGLISH), ENGLISH) == reps


@given(st.lists(st.integers(4, 40), min_size=2, max_size=6), st.sampled_from([", ", " then ", " and ", ", then "]))
def test_what_stands_between_the_sets_does_not_matter(reps: list[int], between: str) -> None:
    assert told_reps(between.join(map(str, reps)), ENGLISH) == tuple(reps)


@pytest.mark.parametrize(("text", "kilograms"), [("10-pounder", 4.5), ("35 pounder", 15.9), ("20-kilo", 20.0)])
def test_a_load_is_called_by_its_weight(text: str, kilograms: float) -> None:
    assert plain_kilograms(text, ENGLISH) == kilograms


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("a full hour", 3600),
        ("the whole hour", 3600),
        ("half a minute", 30),
        ("a minute and a half", 90),
        ("a minute and twenty", 80),
        ("an hour and ten", 4200),
    ],
)
def test_spans_in_words(text: str, seconds: int) -> None:
    assert [one.value for one in find_durations(spoken(text, ENGLISH), ENGLISH)] == [seconds]


@pytest.mark.parametrize(
    ("text", "rounds", "work", "rest"),
    [
        ("tabata timer 8 20 10", 8, 20, 10),
        ("ten rounds, half a minute of work, half a minute of rest", 10, 30, 30),
        ("six times forty seconds flat out with a minute and twenty between", 6, 40, 80),
        ("a dozen goes of fifteen seconds and forty-five off", 12, 15, 45),
    ],
)
def test_intervals_in_words(text: str, rounds: int, work: int, rest: int) -> None:
    assert find_intervals(spoken(text, ENGLISH), ENGLISH) == (rounds, work, rest)


@pytest.mark.parametrize(
    ("text", "legs"),
    [
        ("19 on the left, right one gave me 22", {Side.LEFT: 19, Side.RIGHT: 22}),
        ("28 raises with right leg, left i not tried", {Side.RIGHT: 28}),
        ("20 on both calves. wait, the right was 21", {Side.LEFT: 20, Side.RIGHT: 21}),
        ("two dozen each", {Side.LEFT: 24, Side.RIGHT: 24}),
    ],
)
def test_a_leg_has_the_figure_that_is_told_of_it(text: str, legs: dict[Side, int]) -> None:
    assert read_raises(spoken(text, ENGLISH), ENGLISH) == legs


def test_a_point_is_spoken() -> None:
    said = spoken("left calf is 34 point 2, right one 34 point 8", ENGLISH)
    assert read_girths(said, Units.KILOGRAMS, ENGLISH) == {Side.LEFT: 34.2, Side.RIGHT: 34.8}
