"""The seconds of a guide: tones exactly at the changes, counts before what works, and no two voices at once."""

from collections import defaultdict
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.guide.steps import Move, SetsOf, Step, Stretch, heel_raise_steps, interval_steps, steps_of
from coach.guide.timeline import STOP_WHEN, TONE_SECONDS, Timeline, Tone, timeline
from coach.planning.session_volume import SECONDS_A_SET
from coach.planning.workouts import WORKOUTS


class Lengths(defaultdict[str, float]):
    """Every sentence there may be takes as long as is said."""

    def __init__(self, seconds: float) -> None:
        super().__init__(lambda: seconds)

    def __contains__(self, _word: object) -> bool:
        return True


def planned(slug: str) -> tuple[Step, ...]:
    spec = WORKOUTS[slug]
    middle = [Stretch(seconds, spec.rounds is not None) for seconds in spec.middle]
    return steps_of(slug, [Stretch(spec.warm_up), *middle, Stretch(spec.cool_down)], percent=70)


def words(found: Timeline, start: float, end: float) -> list[str]:
    return [cue.word for cue in found.cues if cue.word and start <= cue.at < end]


@pytest.mark.parametrize("slug", WORKOUTS)
def test_a_guide_takes_as_long_as_its_session(slug: str) -> None:
    found = timeline(planned(slug), Lengths(0.8))
    ends = next(cue.at for cue in found.cues if cue.tone is Tone.END)
    assert ends - found.begins == WORKOUTS[slug].seconds()
    assert found.seconds > ends + TONE_SECONDS[Tone.END]


def test_sprints_are_named_counted_in_and_halved() -> None:
    found = timeline(planned("sprint-intervals"), Lengths(0.8), ["session-sprint-intervals"])
    first = found.begins + 600
    assert words(found, 0, found.begins)[:2] == ["session-sprint-intervals", STOP_WHEN]
    assert words(found, first - 9, first) == ["next-sprint", "round-1-of-5", "three", "two", "one"]
    assert words(found, first, first + 12)[:3] == ["do-sprint", "for-30", "percent-70"]
    assert words(found, first + 12, first + 30) == ["halfway", "three", "two", "one"]
    assert words(found, first + 30, first + 40)[:3] == ["do-walk", "for-90", "pause-me"]
    assert words(found, first + 110, first + 120) == ["next-sprint", "round-2-of-5", "three", "two", "one"]
    assert words(found, first + 470, first + 480)[:2] == ["next-sprint", "last-one"]
    assert [cue.at for cue in found.cues if cue.tone is Tone.HALFWAY][1] == first + 15


def test_sets_and_rests_take_as_long_as_the_plan_counts_them() -> None:
    sets = [SetsOf("standing-calf-raise", 3, 15), SetsOf("forward-lunge", 2, 10, sides=2)]
    steps = steps_of("calf-strength-a", [Stretch(300), Stretch(900), Stretch(180)], sets=sets)
    turns = steps[1:-1]
    assert [step.move for step in turns] == [Move.SET, Move.REST] * 4 + [Move.SET]
    assert all(
        work.seconds + rest.seconds == SECONDS_A_SET for work, rest in zip(turns[::2], turns[1::2], strict=False)
    )
    assert all(step.seconds >= 30 for step in turns)
    found = timeline(steps, Lengths(0.6))
    assert len(found.beats) == 5
    assert {"set-2-of-3", "last-one", "exercise-forward-lunge"} <= {cue.word for cue in found.cues}


def test_the_test_on_one_leg_has_a_beat_of_sixty_a_minute() -> None:
    found = timeline(heel_raise_steps(), Lengths(0.6))
    assert [(beat.end - beat.start, beat.every) for beat in found.beats] == [(120, 1.0), (120, 1.0)]
    assert "other-leg" in {cue.word for cue in found.cues}


def test_who_is_tested_or_on_the_mend_hears_when_to_stop_and_what_to_tell() -> None:
    found = timeline(heel_raise_steps(), Lengths(0.6), stop_when="stop-when-test", finish="finish-test")
    said = {cue.word for cue in found.cues}
    assert {"stop-when-test", "finish-test"} <= said
    assert not {"stop-when", "finish"} & said


def test_running_is_ticked_where_a_cadence_is_wished() -> None:
    steps = steps_of("easy-run", [Stretch(300), Stretch(1200), Stretch(300)], cadence=170)
    assert [step.beat for step in steps] == [None, pytest.approx(60 / 170), None]


def test_a_sentence_that_nobody_spoke_is_left_to_its_tone() -> None:
    found = timeline(planned("hill-sprints"), {})
    assert {cue.word for cue in found.cues} == {None}
    assert sum(cue.tone is Tone.WORK for cue in found.cues) == 5


intervals = st.builds(
    interval_steps,
    st.integers(1, 30),
    st.integers(1, 600),
    st.integers(0, 600),
    st.integers(0, 1200),
    st.integers(0, 1200),
)


@given(intervals, st.floats(0.3, 4), st.lists(st.sampled_from(["session-x", "rounds-5"]), max_size=2))
def test_no_two_sentences_are_heard_at_once(steps: tuple[Step, ...], length: float, opening: list[str]) -> None:
    found = timeline(steps, Lengths(length), opening)
    said = [cue for cue in found.cues if cue.word]
    assert all(second.at >= first.at + length - 1e-6 for first, second in pairwise(said))
    starts = [found.begins, *accumulate((step.seconds for step in steps), initial=found.begins)]
    assert {cue.at for cue in found.cues if cue.tone in {Tone.WORK, Tone.EASE, Tone.END}} == set(starts)
    assert all(0 < cue.at < found.seconds for cue in found.cues)
    assert [cue.at for cue in found.cues] == sorted(cue.at for cue in found.cues)
    assert STOP_WHEN in words(found, 0, found.begins)


@given(intervals)
def test_what_works_is_counted_in_to_the_second(steps: tuple[Step, ...]) -> None:
    found = timeline(steps, Lengths(0.5))
    starts = list(accumulate((step.seconds for step in steps), initial=found.begins))
    said = {(cue.at, cue.word) for cue in found.cues}
    for place, step in enumerate(steps):
        if place and step.move.works and steps[place - 1].seconds >= 8:
            assert {(starts[place] - 3, "three"), (starts[place] - 2, "two"), (starts[place] - 1, "one")} <= said
