"""Intervals as people say them, and kind answers to nonsense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.guide.steps import Move
from coach.parsing.own_intervals import (
    COOL_DOWN,
    LONGEST_NAME,
    MOST_IN_ALL,
    WARM_UP,
    Intervals,
    SaidIntervals,
    advised,
    checked,
    read_intervals,
)
from coach.planning.inputs import AgeGroup, Experience
from coach.user_errors import IntervalsNotUnderstood, IntervalsOutOfRange
from content.library import Content


def read(said: str, content: Content) -> SaidIntervals:
    language = content.language(None)
    return read_intervals(said, language.vocabulary, language.interval_words)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("8x20/40", Intervals(8, 20, 40)),
        ("8 x 20 s hard, 40 s easy, 10 min warm-up", Intervals(8, 20, 40, 600)),
        ("20/10 x8", Intervals(8, 20, 10)),
        ("30 secs work 60 rest 5 times", Intervals(5, 30, 60)),
        ("5 x 2min/1min", Intervals(5, 120, 60)),
        ("six times one minute with a minute's rest", Intervals(6, 60, 60)),
        ("8 × 20 s / 1:30", Intervals(8, 20, 90)),
        ("8x20/40 no warm-up", Intervals(8, 20, 40, 0)),
        ("8x20/40, warm-up 5, cool-down 90 s", Intervals(8, 20, 40, 300, 90)),
        ("tabata", Intervals(8, 20, 10)),
        ("１０ｘ30/30", Intervals(10, 30, 30)),
        ("1x60", Intervals(1, 60, 0)),
    ],
)
def test_intervals_are_read_as_they_are_meant(said: str, meant: Intervals, content: Content) -> None:
    assert checked(read(said, content)) == meant


def test_a_name_stands_before_a_colon(content: Content) -> None:
    said = read("  Track   night : 8x20/40", content)
    assert (said.name, said.rounds) == ("Track night", 8)


@pytest.mark.parametrize(
    "nonsense",
    ["0x0", "999999x1/1", "-8x20/40", "8x-20/40", "8x20/-40", "three hours of sprints", "180x30/30", "8x1/1",
     "30x90/60", "8x20/40 99 min warm-up", "0x20/40", "8x0/40", "8x20/0"],
)  # fmt: skip
def test_what_nobody_should_be_counted_through_is_refused(nonsense: str, content: Content) -> None:
    with pytest.raises(IntervalsOutOfRange):
        checked(read(nonsense, content))


@pytest.mark.parametrize(
    "nothing", ["", "x", "5x", "8x20", "hello there", ":", "8x20/40" + " " * 4096 + "x", "é" * 4096]
)
def test_what_says_too_little_is_asked_again(nothing: str, content: Content) -> None:
    with pytest.raises(IntervalsNotUnderstood):
        checked(read(nothing, content))


@settings(deadline=None)
@given(said=st.text(max_size=220) | st.from_regex(r"[0-9x/ :.smin,-]{0,40}", fullmatch=True))
def test_whatever_is_written_is_intervals_within_bounds_or_a_kind_answer(said: str, content: Content) -> None:
    try:
        name = read(said, content).name
        found = checked(read(said, content))
    except (IntervalsNotUnderstood, IntervalsOutOfRange):
        return
    assert found.seconds <= MOST_IN_ALL
    assert sum(step.seconds for step in found.steps) == found.seconds
    assert name is None or 0 < len(name) <= LONGEST_NAME


@settings(deadline=None)
@given(
    rounds=st.integers(1, 30),
    work=st.integers(5, 120),
    rest=st.integers(5, 120),
    warm_up=st.none() | st.integers(0, 15),
)
def test_what_is_written_down_is_read_back(
    rounds: int, work: int, rest: int, warm_up: int | None, content: Content
) -> None:
    said = f"{rounds} x {work} s / {rest} s" + ("" if warm_up is None else f", {warm_up} min warm-up")
    assert read(said, content) == SaidIntervals(None, rounds, work, rest, None if warm_up is None else warm_up * 60)


def test_the_default_is_as_long_around_as_sprints_of_a_plan() -> None:
    steps = Intervals(8, 20, 40).steps
    assert [step.seconds for step in (steps[0], steps[-1])] == [WARM_UP, COOL_DOWN] == [600, 300]
    assert [step.move for step in steps[1:4]] == [Move.HARD, Move.EASY, Move.HARD]
    assert steps[-2].move is Move.HARD


@settings(deadline=None)
@given(rounds=st.integers(1, 30), work=st.integers(5, 600), experience=st.sampled_from(Experience))
def test_advice_never_asks_for_more(rounds: int, work: int, experience: Experience) -> None:
    found = advised(Intervals(rounds, work, 60), experience, AgeGroup.ADULT)
    assert 1 <= found.rounds <= rounds
    careful = advised(Intervals(rounds, work, 60), experience, AgeGroup.FIFTY_PLUS)
    assert careful.rounds <= found.rounds
